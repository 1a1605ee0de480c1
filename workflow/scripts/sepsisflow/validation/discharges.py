"""Discharges: repeated, before the participant's clock began, or in an impossible order."""

import pandas as pd

from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows

DISCHARGES = ["icu_discharge", "hospital_discharge"]
RETURNS = ["icu_readmission", "hospital_readmission"]


def check_discharges(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Discharges of a kind without a readmission since the last, and those before hour 0."""
    events = tables["events"]
    moves = events[events["event"].isin([*DISCHARGES, *RETURNS])]
    moves = moves.assign(returned=moves["event"].isin(RETURNS))
    moves = moves.sort_values(["earliest_h", "returned"], kind="stable")
    stays = moves.groupby(["participant_id", moves["event"].str.split("_").str[0]])["returned"]
    moves = moves.assign(stay=stays.cumsum())
    discharges = moves[~moves["returned"]]
    earlier = places(discharges).groupby(
        [discharges[name] for name in ("participant_id", "event", "stay")]
    )
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
