"""Where something stands, in words, as queries begin with it; and queries without it."""

import pandas as pd

# As `place`, of a row of a table with columns source_file, source_row and source_column.
PLACE_SQL = (
    "source_file || ', row ' || source_row || coalesce(', column ''' || source_column || '''', '')"
)


def place(source_file: str, source_row: float | None, source_column: str | None) -> str:
    """Words for where something stands, as "labs.csv, row 12, column 'CRP'"."""
    row = "" if source_row is None or source_row != source_row else f", row {int(source_row)}"
    return f"{source_file}{row}" + (f", column '{source_column}'" if source_column else "")


def places(rows: pd.DataFrame) -> pd.Series:
    """Where each row stands, in words; missing where the row has no place."""
    numbers = rows["source_row"].map(lambda row: f"{row:.0f}", na_action="ignore")
    return rows["source_file"] + ", row " + numbers


def place_of(finding: dict) -> str:
    """Where a finding stands; its field stands in for a row that it does not have."""
    named = place(
        finding["source_file"] or finding["table"], finding["source_row"], finding["source_column"]
    )
    if pd.isna(finding["source_row"]) and finding["field"]:
        named += f", {finding['field']}"
    return named


def question(finding: dict) -> str:
    """The query of a finding without its place, as a sentence."""
    sentence = finding["query"].removeprefix(f"{place_of(finding)}: ")
    return sentence[:1].upper() + sentence[1:]
