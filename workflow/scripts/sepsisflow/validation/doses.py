"""Doses of the trial's agents against body weight and the participant's clock."""

import pandas as pd

from sepsisflow.validation.rules import flag_rows


def check_weights(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Doses that differ from protocol dose times weight by more than the tolerance.

    ``settings["doses"]`` gives, by agent, ``per_kg`` (in the agent's canonical unit) and
    ``tolerance_percent``. Without a recorded weight nothing is said.
    """
    given = tables["interventions"]
    weights = tables["participants"].set_index("participant_id")["weight_kg"]
    found = []
    for agent, protocol in settings["doses"].items():
        doses = given[given["agent"] == agent]
        expected = doses["participant_id"].map(weights) * protocol["per_kg"]
        tolerated = expected * protocol["tolerance_percent"] / 100
        wrong = doses[(doses["dose"] - expected).abs() > tolerated * (1 + 1e-9)]
        found += flag_rows("dose.not_by_weight", "interventions", wrong)
    return found


def check_first_doses(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """First doses of the trial's agents that end before hour 0."""
    given = tables["interventions"]
    doses = given[given["agent"].isin(settings["trial_agents"])]
    doses = doses.sort_values("start_h", kind="stable")
    first = doses.drop_duplicates(["participant_id", "agent"])
    early = first[["start_h", "end_h"]].max(axis=1) < 0
    return flag_rows("dose.before_origin", "interventions", first[early])
