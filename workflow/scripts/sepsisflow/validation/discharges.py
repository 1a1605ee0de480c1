"""Discharges: repeated, before the participant's clock began, or in an impossible order."""

import pandas as pd

from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows

DISCHARGES = ["icu_discharge", "hospital_discharge"]


def check_discharges(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Discharges of a kind after the first, and those that end before hour 0."""
    events = tables["events"]
    discharges = events[events["event"].isin(DISCHARGES)].sort_values("earliest_h", kind="stable")
    earlier = places(discharges).groupby([discharges["participant_id"], discharges["event"]])
    again = discharges.assign(other=earlier.shift()).dropna(subset="other")
    return [
        *flag_rows("discharge.repeated", "events", again),
        *flag_rows("discharge.before_origin", "events", discharges[discharges["latest_h"] < 0]),
    ]


def check_order(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Last discharges from hospital before the first discharge from intensive care."""
    events = tables["events"]
    kinds = events.assign(other=places(events)).sort_values("earliest_h", kind="stable")
    icu = kinds[kinds["event"] == "icu_discharge"].drop_duplicates("participant_id")
    hospital = kinds[kinds["event"] == "hospital_discharge"]
    hospital = hospital.drop_duplicates("participant_id", keep="last")
    icu = icu.set_index("participant_id").reindex(hospital["participant_id"])
    early = hospital["latest_h"].to_numpy() < icu["earliest_h"].to_numpy()
    wrong = hospital.assign(other=icu["other"].to_numpy())[early]
    return flag_rows("discharge.out_of_order", "events", wrong)
