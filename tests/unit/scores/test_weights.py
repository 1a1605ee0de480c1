"""Body weight over time, by hand."""

import numpy as np
import pandas as pd
import pytest
from scored import ORIGIN, people, table, value
from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import measured
from sepsisflow.scores.observations import people as as_arrays
from sepsisflow.scores.weights import weight_at, weights

CHOICES = {"person": None, "admission": None, "censored": "at_limit"}
CHARTED = {
    "from": "charted",
    "admission": "weight_admission",
    "daily": "weight",
    "around_h": 2,
    "until": ["icu_discharge", "death"],
    "usable": {"above": 0, "below": 1500},
}
BEGIN = int(ORIGIN.timestamp())


def held(*rows, hours, events=(), choice=CHARTED, names=("a",), who=0, kg=70.0):
    """The weight of a participant some hours after the origin."""
    participants = people(*names).assign(weight_kg=kg)
    arrays = as_arrays(participants, CHOICES)
    ended = pd.DataFrame(events, columns=["participant_id", "event", "latest_h"])
    rows = measured(table("measurements", rows), arrays, CHOICES)
    known = weights(rows, arrays, ended, choice)
    second = BEGIN + np.rint(np.array(hours) * HOUR).astype(np.int64)
    found = weight_at(known, np.full(len(hours), who), second)
    return [None if np.isnan(each) else each for each in found]


def test_a_weight_holds_after_it_was_charted_until_and_with_the_next():
    rows = [value("weight", 1, 80), value("weight", 25, 82)]
    assert held(*rows, hours=[1, 1.001, 25, 25.001, 900]) == [80, 80, 80, 82, 82]


def test_the_first_weight_is_taken_from_two_hours_before_the_stay():
    assert held(value("weight", 9, 80), hours=[-2, -1.999, 9]) == [None, 80, 80]


def test_a_weight_charted_before_the_stay_holds_from_then_only():
    assert held(value("weight", -0.5, 80), hours=[-1, 1]) == [None, 80]


def test_the_admission_weight_holds_from_the_begin_even_if_a_daily_one_came_first():
    rows = [value("weight", 3, 80), value("weight_admission", 5, 90), value("weight", 27, 82)]
    assert held(*rows, hours=[1, 4, 6, 28]) == [90, 80, 80, 82]


def test_a_second_admission_weight_holds_from_its_own_time():
    rows = [value("weight_admission", 5, 90), value("weight_admission", 7, 91)]
    assert held(*rows, hours=[6, 8]) == [90, 91]


def test_the_last_weight_holds_until_two_hours_after_the_first_end_of_the_stay():
    ended = [("a", "icu_discharge", 50.0), ("a", "death", 40.0), ("a", "last_contact", 10.0)]
    assert held(value("weight", 0, 80), events=ended, hours=[42, 42.001]) == [80, None]


@pytest.mark.parametrize("number", [None, 0, -1, 1500])
def test_a_weight_that_cannot_be_is_left_out(number):
    assert held(value("weight", 1, number), value("weight", 2, 80), hours=[1.5]) == [80]


def test_weights_are_those_of_the_participant():
    rows = [value("weight", 1, 80, who="b"), value("weight", 1, 60, who="c")]
    found = [held(*rows, names=("a", "b", "c"), who=at, hours=[2]) for at in range(3)]
    assert found == [[None], [80], [60]]


def test_the_participants_own_weight_holds_at_all_times():
    chosen = {"from": "participants"}
    assert held(choice=chosen, hours=[-1000, 5, 90000]) == [70, 70, 70]
    assert held(choice=chosen, kg=np.nan, hours=[5]) == [None]


def test_nobody_has_a_weight_where_none_is_known():
    assert held(hours=[0, 1]) == [None, None]
