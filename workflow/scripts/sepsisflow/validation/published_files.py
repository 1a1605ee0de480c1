"""Whether raw files are those that their publisher describes."""

import pandas as pd

from sepsisflow.validation.rules import finding, findings_table


def check_published_files(found: list[str], published: dict[str, str]) -> pd.DataFrame:
    """One finding per raw file that differs from the published one.

    Parameters
    ----------
    found : list of str
        SHA-256 of the raw files, in the order of ``published``.
    published : dict of str to str
        SHA-256 by name of file, as published.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.findings.Findings`
    """
    return findings_table(
        [
            finding("file.changed", "raw files", source_file=name)
            for digest, (name, checksum) in zip(found, published.items(), strict=True)
            if digest.strip() != checksum
        ]
    )
