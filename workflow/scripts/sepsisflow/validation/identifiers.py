"""Columns of the raw files that look like identifiers and are not declared."""

import json

import pandas as pd

from sepsisflow.validation.rules import finding, findings_table


def check_identifiers(undeclared: str) -> pd.DataFrame:
    """One finding per column that looks like an identifier.

    Parameters
    ----------
    undeclared : str
        See `sepsisflow.configuration.identifiers.undeclared`.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.findings.Findings`
    """
    found = [
        finding(
            "privacy.identifier", "raw files", source_file=table, source_column=column, what=what
        )
        for table, columns in json.loads(undeclared).items()
        for column, what in columns.items()
    ]
    return findings_table(found)
