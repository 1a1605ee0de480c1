"""Canonical tables of a few rows, and settings under which no rule across tables asks anything."""

import pandas as pd

NOTHING = {
    "controls": {"method": "flagged", "flag": "chosen"},
    "visits": {},
    "doses": {},
    "trial_agents": [],
    "jumps": {},
    "totals": {},
    "recorded_scores": {},
}


def table(*rows, columns):
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(source_file="x.csv", source_row=range(2, len(rows) + 2))


def people(*identifiers, arm="msc", chosen=False, weight=None, height=None):
    rows = ((each, arm, chosen, weight, height) for each in identifiers)
    columns = ["participant_id", "arm", "chosen", "weight_kg", "height_cm"]
    return table(*rows, columns=columns).astype({"weight_kg": float, "height_cm": float})


def events(*rows):
    return table(*rows, columns=["participant_id", "event", "earliest_h", "latest_h"])


def interventions(*rows, agent="norepinephrine", unit="ug/kg/min", route=None):
    """Rows of (participant, start, end, dose)."""
    frame = table(*rows, columns=["participant_id", "start_h", "end_h", "dose"])
    return frame.assign(agent=agent, unit=unit, route=route)


def measurements(*rows):
    """Rows of (participant, variable, time, value)."""
    frame = table(*rows, columns=["participant_id", "variable", "time_h", "value"])
    return frame.assign(censoring="none", precision="day")
