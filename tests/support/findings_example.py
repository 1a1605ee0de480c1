"""Findings as they are reported, made up, for tests of what is shown of them."""

import pandas as pd
from sepsisflow.validation.gather import locate_findings
from sepsisflow.validation.previous import compare_exports
from sepsisflow.validation.rules import finding

PEOPLE = pd.DataFrame({"participant_id": ["A1", "B1"], "site": ["north", "south"]})
FORMS = ["p.csv", "labs/*.psv"]


def findings(*codes, participant="A1", file="p.csv", first_row=2) -> pd.DataFrame:
    """One finding per code, in consecutive rows of one file."""
    rows = [
        finding(
            code,
            "participants",
            source_file=file,
            source_row=row,
            source_column="Age",
            participant_id=participant,
        )
        for row, code in enumerate(codes, start=first_row)
    ]
    return pd.DataFrame(rows).astype({"source_row": "float64"})


def located(*parts: pd.DataFrame) -> pd.DataFrame:
    """Findings with form and site."""
    return locate_findings(pd.concat(parts, ignore_index=True), PEOPLE, FORMS)


def reported(*parts: pd.DataFrame) -> pd.DataFrame:
    """Findings of a first export, numbered."""
    return compare_exports(located(*parts))[0]
