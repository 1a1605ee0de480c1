"""Rows of the survival analysis."""

from math import isnan

import pandas as pd
import pytest
from sepsisflow.inference.time_to_death import survival_rows
from sepsisflow.schemas.estimates import estimates_table

ARMS = {"msc": {"label": "MSC", "role": "treated"}, "control": {"label": "C", "role": "control"}}
DAYS = {"follow_up_days": 28, "horizons_days": [14, 28], "risk_table_days": [0, 14, 28]}


def rows_of(rows: list[tuple[str, float, bool]]) -> pd.DataFrame:
    followed = pd.DataFrame(rows, columns=["arm", "time_d", "died"])
    table = estimates_table(survival_rows(followed, **DAYS, arms=ARMS, level=0.95))
    return table.set_index("key")


def test_rows_of_a_small_trial():
    table = rows_of(
        [
            ("msc", 20.0, True),
            ("msc", 28.0, False),
            ("control", 3.5, True),
            ("control", 14.0, True),
            ("control", 10.0, False),
            ("control", 28.0, False),
        ]
    )
    curve = table[table["statistic"].eq("survival_probability") & table["group"].eq("control")]
    assert curve["study_day"].tolist() == [0, 3.5, 14, 28]
    assert curve["value"].tolist() == pytest.approx([1, 0.75, 0.375, 0.375])
    assert curve["n"].tolist() == [4, 4, 2, 1]
    assert curve["n_events"].tolist() == [0, 1, 1, 0]
    at_risk = table.loc["survival.death.analysed.control@14.at_risk"]
    assert (at_risk["value"], at_risk["n_events"]) == (2, 2)
    assert table.loc["survival.death.analysed.control@10.censored", "value"] == pytest.approx(0.75)
    assert table.loc["survival.death.analysed.msc.median", "unit"] == "d"
    ratio = table.loc["survival.death.analysed.msc-vs-control.hazard_ratio"]
    assert (ratio["n"], ratio["n_events"]) == (6, 3)
    assert 0 < ratio["lower"] < ratio["value"] < ratio["upper"]


def test_the_method_says_where_there_is_no_interval():
    table = rows_of([("msc", 28.0, False), ("control", 5.0, True)])
    method = table["method"]
    start = method["survival.death.analysed.msc@14.survival_probability"]
    assert start == "Kaplan–Meier; no interval before the first death"
    end = method["survival.death.analysed.control@14.survival_probability"]
    assert end == "Kaplan–Meier; no interval where nobody survives"


def test_a_curve_ends_with_its_follow_up():
    table = rows_of([("msc", 5.0, False), ("control", 28.0, False)])
    curve = table[table["statistic"].eq("survival_probability") & table["group"].eq("msc")]
    assert curve["study_day"].tolist() == [0, 5, 14, 28]
    assert curve["value"].isna().tolist() == [False, False, True, True]
    assert curve["method"].iloc[-1].endswith("nobody is followed to this day")


def test_an_empty_arm_gives_rows_and_no_error():
    table = rows_of([("control", 5.0, True), ("control", 28.0, False)])
    assert table.loc["survival.death.analysed.msc@0.at_risk", "value"] == 0
    assert isnan(table.loc["survival.death.analysed.msc.median", "value"])


def test_somebody_without_follow_up_is_left_out_and_counted():
    table = rows_of([("msc", float("nan"), False), ("msc", 28.0, False), ("control", 5.0, True)])
    ratio = table.loc["survival.death.analysed.msc-vs-control.hazard_ratio"]
    assert ratio["n"] == 2
    assert ratio["method"].endswith("; 1 without follow-up left out")
