"""Intervals that end before they start, and rates that contradict each other."""

import pandas as pd

from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows

# A rate holds for every moment of its interval; totals of two infusions may well overlap.
RATE = r"/(?:s|min|h|d)\b"


def check_reversed(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Treatments, and events known by interval, that end before they start."""
    return [
        finding
        for table, start, end in (
            ("interventions", "start_h", "end_h"),
            ("events", "earliest_h", "latest_h"),
        )
        for finding in flag_rows(
            "interval.reversed", table, tables[table][tables[table][end] < tables[table][start]]
        )
    ]


def check_overlap(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Rates that begin while another rate of the same agent and route still runs."""
    interventions = tables["interventions"]
    rates = interventions[
        interventions["unit"].astype("string").str.contains(RATE, na=False)
        & (interventions["end_h"] > interventions["start_h"])
    ].sort_values(["participant_id", "start_h"], kind="stable")
    course = [rates["participant_id"], rates["agent"], rates["route"].fillna("")]
    # Of the rates that began before, the one that ends last is the one that may still run.
    longest = rates.groupby(course)["end_h"].cummax()
    holder = rates.assign(other=places(rates)).where(rates["end_h"] == longest)
    holder = holder[["end_h", "dose", "other"]].groupby(course).ffill().groupby(course).shift()
    runs = (rates["start_h"] < holder["end_h"]) & (rates["dose"] != holder["dose"])
    clash = rates.assign(other=holder["other"])[runs & rates["dose"].notna()]
    return flag_rows("interval.overlap", "interventions", clash)
