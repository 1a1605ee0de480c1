"""People as endpoints see them, and periods of support: hours and days from time zero."""

import pandas as pd


def lives(**people: tuple[float | None, float | None]) -> pd.DataFrame:
    """People by name: (day of death, last day known), as `endpoints.people.lives` gives them."""
    table = pd.DataFrame.from_dict(people, orient="index", columns=["death_d", "seen_d"])
    table.index.name = "participant_id"
    return table.astype(float).assign(time_zero_h=0.0)


def alive(until: float = 28) -> tuple[None, float]:
    """Who is known to live until a day."""
    return None, until


def dead(day: float) -> tuple[float, float]:
    """Who died so many days from time zero."""
    return day, day


def periods(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Periods: participant, first and last hour."""
    table = pd.DataFrame(rows, columns=["participant_id", "start_h", "end_h"])
    return table.astype({"participant_id": object, "start_h": float, "end_h": float})


def plain(row: pd.Series) -> list:
    """Values of a row, None where missing."""
    return row.astype(object).where(row.notna(), None).tolist()
