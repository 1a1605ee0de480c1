"""The summary of a participant's biomarkers, and the family of tests."""

from math import isnan, log

import pandas as pd
import pytest
from sepsisflow.inference.biomarkers import counted, holm, mean_log_ratio
from sepsisflow.inference.estimate import Estimate


def daily(rows: list[tuple[str, int, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["participant_id", "study_day", "value"])


def test_the_summary_is_the_mean_of_the_logs_of_what_a_participant_has():
    table = daily([("A", 1, 2), ("A", 3, 4), ("A", 5, 8), ("B", 1, 10), ("B", 5, 5)])
    found = mean_log_ratio(table, baseline_day=1, days=[1, 3, 5, 7])
    assert found.to_dict() == pytest.approx({"A": (log(2) + log(4)) / 2, "B": log(0.5)})


def test_somebody_without_baseline_or_later_value_or_with_a_baseline_of_0_does_not_enter():
    table = daily([("A", 3, 4), ("B", 1, 2), ("C", 1, 0), ("C", 3, 1), ("D", 1, 1), ("D", 3, 1)])
    found = mean_log_ratio(table, baseline_day=1, days=[1, 3])
    assert found.to_dict() == {"D": 0}


@pytest.mark.parametrize(("rule", "expected"), [("half_limit", [4, 0.5]), ("limit", [4, 1])])
def test_a_value_below_the_limit_counts_as_the_study_says(rule, expected):
    table = pd.DataFrame({"value": [4.0, 1.0], "censoring": ["none", "below"]})
    assert counted(table, rule)["value"].tolist() == expected


def test_holm_by_hand():
    tests = {"a": Estimate(0.01, ""), "b": Estimate(0.04, ""), "c": Estimate(0.03, "")}
    found = {name: each.value for name, each in holm(tests).items()}
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})


def test_a_family_without_any_p_stays_missing():
    found = holm({"a": Estimate(float("nan"), "")})["a"]
    assert isnan(found.value)
    assert found.method.endswith("not estimable: no p to adjust")
