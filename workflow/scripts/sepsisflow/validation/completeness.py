"""How many participants lack what others have."""

import pandas as pd

from sepsisflow.validation.discharges import DISCHARGES
from sepsisflow.validation.rules import finding


def people_having(tables: dict[str, pd.DataFrame]) -> dict[tuple[str, str], int]:
    """Participants with each variable, and each kind of discharge, by table and its name."""
    events = tables["events"]
    recorded = {"events": (events[events["event"].isin(DISCHARGES)], "event")}
    for name, table in tables.items():
        if name.startswith("measurements/"):
            recorded[name] = table.dropna(subset="value"), "variable"
    return {
        (name, field): count
        for name, (rows, column) in recorded.items()
        for field, count in rows.groupby(column)["participant_id"].nunique().items()
    }


def incomplete(having: dict[tuple[str, str], int], total: int) -> list[dict]:
    """Findings about what is recorded, but not of all ``total`` participants."""
    return [
        finding("column.incomplete", table, field=field, count=total - count, total=total)
        for (table, field), count in having.items()
        if count < total
    ]
