"""The rules of validation: a stable code, how grave it is, and what the site is asked.

A value is set aside where the rule makes it unusable; ``error`` is kept for what the site must
correct, ``warning`` for what it should look at, ``note`` for what the reader should know.
"""

from dataclasses import dataclass

import pandas as pd

from sepsisflow.schemas.check import check
from sepsisflow.schemas.findings import Findings


@dataclass(frozen=True)
class Rule:
    """Severity and query of one code; ``{place}`` stands for file, row and column."""

    severity: str
    query: str


RULES = {
    # Cells that cannot be used
    "value.unreadable": Rule("error", "{place}: this is not a number. Please correct it."),
    "date.impossible": Rule(
        "error", "{place}: there is no such date in the declared format. Please correct it."
    ),
    "code.unmapped": Rule(
        "error", "{place}: this code is not in the agreed list. Please correct it."
    ),
    "unit.unknown": Rule("error", "{place}: the unit is not known. Please state the unit."),
    "unit.missing": Rule("error", "{place}: the unit is missing. Please state the unit."),
    "value.impossible": Rule(
        "error", "{place}: no living patient has this value. Please check value and unit."
    ),
    "value.invalid": Rule("error", "{place}: this entry is not allowed. Please correct it."),
    "value.declared_missing": Rule(
        "note", "{place}: this entry stands for a missing value, as the study file says."
    ),
    "value.implausible": Rule("warning", "{place}: is this value right? Please confirm it."),
    # Rows that cannot be placed
    "participant.unknown": Rule(
        "error", "{place}: nobody with this identifier is a participant. Please correct it."
    ),
    "participant.duplicate": Rule(
        "error", "{place}: this identifier occurs twice. Which of the two entries is right?"
    ),
    "time.no_origin": Rule(
        "error", "{place}: the participant's day of origin is missing, so this cannot be timed."
    ),
    "row.incomplete": Rule(
        "error", "{place}: identifier, time or name of the entry is missing. Please complete it."
    ),
    # Entries that contradict each other
    "measurement.repeated": Rule(
        "warning", "{place}: there is another entry for this time. Which of them is right?"
    ),
    "death.repeated": Rule("error", "{place}: there are two deaths. Which of them is right?"),
    "death.before_origin": Rule("error", "{place}: death precedes the day of origin. Correct?"),
    "death.before_first_dose": Rule("error", "{place}: death precedes the first dose. Correct?"),
    "contact.before_death": Rule(
        "warning", "{place}: the last contact precedes the death. Was it learnt of otherwise?"
    ),
    "alive.after_death": Rule("error", "{place}: alive after death. Which of the two is right?"),
    "intervention.after_death": Rule("error", "{place}: treatment after death. Correct?"),
    "measurement.after_death": Rule("warning", "{place}: measured after death. Correct?"),
    # What is not there, or not what it should be
    "file.changed": Rule(
        "warning", "{place}: this is not the file that was published; its SHA-256 differs."
    ),
    "privacy.identifier": Rule(
        "warning",
        "{place}: the column looks like {what}. Remove it from the export, or declare it under "
        "`identifiers` of the study file.",
    ),
    "participant.no_arm": Rule("error", "{place}: the arm is not recorded. Please complete it."),
    "participant.no_follow_up": Rule(
        "error", "{place}: neither death nor a last contact is recorded. Please complete it."
    ),
    "column.incomplete": Rule("note", "{place}: not recorded for {count} of {total} participants."),
}


def place(source_file: str, source_row: float | None, source_column: str | None) -> str:
    """Words for where something stands, as "labs.csv, row 12, column 'CRP'"."""
    row = "" if source_row is None or source_row != source_row else f", row {int(source_row)}"
    return f"{source_file}{row}" + (f", column '{source_column}'" if source_column else "")


def finding(code: str, table: str, **where) -> dict:
    """One row of the findings table.

    ``where`` may hold field, participant_id, source_file, source_row, source_column, and count,
    total and what where the query asks for them.
    """
    rule = RULES[code]
    counts = {name: where.pop(name) for name in ("count", "total", "what") if name in where}
    row = {
        "code": code,
        "severity": rule.severity,
        "table": table,
        "field": None,
        "participant_id": None,
        "source_file": None,
        "source_row": None,
        "source_column": None,
        **where,
    }
    named = place(row["source_file"] or table, row["source_row"], row["source_column"])
    if row["source_row"] is None and row["field"]:
        named += f", {row['field']}"
    return {**row, "query": rule.query.format(place=named, **counts)}


def findings_table(found: list[dict]) -> pd.DataFrame:
    """Rows made by `finding` as a checked table."""
    table = pd.DataFrame(found, columns=list(Findings.to_schema().columns))
    return check(table.astype({"source_row": "float64"}), Findings, "findings")
