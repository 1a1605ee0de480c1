"""How many participants lack what others have."""

import pandas as pd

from sepsisflow.validation.discharges import DISCHARGES
from sepsisflow.validation.rules import finding


def check_completeness(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Variables and kinds of discharge that are recorded, but not of everyone."""
    events = tables["events"]
    having = {"events": _people(events[events["event"].isin(DISCHARGES)], "event")}
    for name, table in tables.items():
        if name.startswith("measurements/"):
            having[name] = _people(table.dropna(subset="value"), "variable")
    total = len(tables["participants"])
    return [
        finding("column.incomplete", name, field=field, count=total - count, total=total)
        for name, counts in having.items()
        for field, count in counts.items()
        if count < total
    ]


def _people(rows: pd.DataFrame, field: str) -> pd.Series:
    """Participants with each value of ``field``."""
    return rows.groupby(field)["participant_id"].nunique()
