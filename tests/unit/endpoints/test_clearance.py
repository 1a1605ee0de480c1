"""Clearance of lactate."""

import pandas as pd
import pytest
from lives_example import alive, lives, plain
from sepsisflow.endpoints.clearance import clearance

RULES = {
    "variable": "lactate",
    "first_h": {"from": 0, "to": 6},
    "later_h": {"from": 6, "to": 24},
    "later": "last",
    "below_limit": "half_limit",
}


def readings(*rows) -> pd.DataFrame:
    """Readings: hour, value, and censoring where there is any."""
    whole = [("A", hour, "lactate", value, *(left or ["none"])) for hour, value, *left in rows]
    columns = ["participant_id", "time_h", "variable", "value", "censoring"]
    return pd.DataFrame(whole, columns=columns)


def found(*rows, **rules) -> list:
    return plain(clearance(readings(*rows), lives(A=alive()), **{**RULES, **rules}).loc["A"])


@pytest.mark.parametrize(("later", "percent"), [("first", 25), ("last", 50), ("lowest", 75)])
def test_the_fall_is_from_the_first_value_to_the_chosen_later_one(later, percent):
    values = [(12, 1.0), (1, 4.0), (3, 9.0), (6, 3.0), (20, 2.0), (24, 0.1)]
    assert found(*values, later=later) == [percent, "observed", None]


def test_a_rise_is_negative():
    assert found((0, 2.0), (10, 3.0)) == [-50, "observed", None]


@pytest.mark.parametrize(("rule", "percent"), [("half_limit", 87.5), ("limit", 75)])
def test_a_value_below_the_limit_counts_as_said(rule, percent):
    assert found((0, 4.0), (10, 1.0, "below"), below_limit=rule)[0] == percent


def test_a_value_above_a_limit_counts_as_the_limit():
    assert found((0, 20.0, "above"), (10, 10.0))[0] == 50


def test_values_outside_the_windows_or_of_another_variable_do_not_count():
    assert found((-0.1, 4.0), (10, 1.0))[1:] == ["missing", "no first value"]
    assert found((0, 4.0), (24, 1.0))[1:] == ["missing", "no later value"]
    assert found((0, 4.0), (10, None))[1:] == ["missing", "no later value"]
    other = readings((0, 4.0), (10, 2.0)).assign(variable="crp")
    assert clearance(other, lives(A=alive()), **RULES).loc["A", "reason"] == "no first value"


def test_nothing_can_be_cleared_of_nothing():
    assert found((0, 0.0), (10, 1.0))[1:] == ["missing", "first value is 0"]
