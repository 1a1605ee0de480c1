"""Deaths by a horizon."""

from math import isnan

import pandas as pd
from sepsisflow.inference.mortality import deaths_by, mortality_rows

ARMS = {"msc": {"label": "MSC", "role": "treated"}, "control": {"label": "C", "role": "control"}}


def followed(rows: list[tuple[str, float, bool]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["arm", "time_d", "died"])
    return table.assign(participant_id=[f"P{number}" for number in range(len(table))])


def by_name(rows: list[dict]) -> dict:
    return {
        (row["group"], row["comparator"], row["study_day"], row["statistic"]): row for row in rows
    }


def test_a_death_on_the_horizon_counts():
    assert deaths_by(followed([("msc", 14.0, True), ("msc", 14.1, True)]), 14) == (1, 2)


def test_somebody_lost_alive_before_the_horizon_is_not_counted_and_said_to_be_left_out():
    table = followed([("msc", 5.0, False), ("msc", 14.0, False), ("msc", 3.0, True)])
    rows = by_name(mortality_rows(table, horizons_days=[14], arms=ARMS, level=0.95))
    risk = rows["msc", None, 14, "risk"]
    assert (risk["value"], risk["n"], risk["n_events"]) == (0.5, 2, 1)
    assert risk["method"].endswith("; 1 of unknown status left out")


def test_rows_of_the_published_counts():
    table = followed(
        [("msc", 20.0, True)] * 3
        + [("msc", 28.0, False)] * 7
        + [("control", 5.0, True)] * 6
        + [("control", 20.0, True)] * 2
        + [("control", 28.0, False)] * 12
    )
    rows = by_name(mortality_rows(table, horizons_days=[14, 28], arms=ARMS, level=0.95))
    value = {place: row["value"] for place, row in rows.items()}
    assert value["msc", None, 14, "alive"] == 10
    assert value["control", None, 28, "deaths"] == 8
    assert round(value["msc", "control", 14, "fisher_p"], 4) == 0.0741
    assert round(value["msc", "control", 28, "fisher_p"], 4) == 0.7020
    difference = rows["msc", "control", 14, "survival_difference"]
    limits = [round(difference[part], 3) for part in ("value", "lower", "upper")]
    assert limits == [0.300, -0.018, 0.519]
    mirrored = rows["msc", "control", 14, "risk_difference"]
    assert round(mirrored["upper"], 3) == 0.018


def test_an_empty_arm_gives_missing_values_and_zero_counts():
    table = followed([("control", 28.0, False)])
    rows = by_name(mortality_rows(table, horizons_days=[28], arms=ARMS, level=0.95))
    assert rows["msc", None, 28, "deaths"]["value"] == 0
    assert isnan(rows["msc", None, 28, "risk"]["value"])
    assert isnan(rows["msc", "control", 28, "risk_difference"]["value"])
