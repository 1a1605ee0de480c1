"""Time to reversal of shock."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives_example import alive, dead, lives, periods, plain
from sepsisflow.endpoints.shock_reversal import time_to_reversal

RULES = {"shock_within_h": 24, "free_at_least_h": 24, "horizon_day": 28, "death": "censored"}


def found(person: tuple, *spells: tuple[float, float], **rules) -> list:
    """Value, status and reason of one person."""
    rows = periods(*(("A", start, end) for start, end in spells))
    return plain(time_to_reversal(rows, lives(A=person), **{**RULES, **rules}).loc["A"])


def test_shock_is_reversed_when_the_vasopressor_stops_for_long_enough():
    assert found(alive(), (-6, 60)) == [2.5, "observed", None]


def test_a_short_pause_is_no_reversal_and_a_return_of_shock_undoes_none():
    assert found(alive(), (0, 24), (40, 72), (200, 300)) == [3, "observed", None]


def test_who_has_no_vasopressor_at_first_is_not_in_shock():
    assert found(alive(), (24, 48))[1:] == ["missing", "not in shock"]
    assert found(alive(), (-48, 0))[1:] == ["missing", "not in shock"]
    assert found(alive())[1:] == ["missing", "not in shock"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("censored", [3, "censored", "died"]), ("never", [28, "death_rule", "died"])],
)
def test_death_on_vasopressors_is_censored_or_never_reversed(rule, expected):
    assert found(dead(3), (0, 96), death=rule) == expected


@pytest.mark.parametrize(("day", "status"), [(2.9, "censored"), (3, "observed")])
def test_vasopressors_withdrawn_before_death_are_no_reversal(day, status):
    assert found(dead(day), (0, 48))[1] == status


def test_support_to_the_horizon_is_censored_there():
    assert found(alive(40), (0, 700)) == [28, "censored", "not reversed by the horizon"]
    assert found(dead(29), (0, 696)) == [28, "censored", "not reversed by the horizon"]


def test_reversal_on_the_horizon_counts():
    assert found(alive(40), (0, 672)) == [28, "observed", None]


def test_who_is_lost_before_the_free_hours_are_over_is_censored():
    assert found(alive(2.5), (0, 48)) == [2.5, "censored", "not followed"]
    assert found(alive(3), (0, 48)) == [2, "observed", None]
    assert found((None, None), (0, 48)) == [0, "censored", "not followed"]


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(-50, 800), st.integers(1, 200)), max_size=5),
    st.one_of(st.integers(0, 40).map(dead), st.integers(0, 40).map(alive)),
    st.sampled_from(["censored", "never"]),
)
def test_times_lie_between_time_zero_and_the_horizon(spells, person, death):
    value, status, reason = found(person, *((a, a + b) for a, b in spells), death=death)
    assert status == "missing" or 0 <= value <= 28
    assert (status == "observed") == (reason is None)
    if person[0] is not None and status == "observed":
        assert value + 1 <= person[0] + 1e-9
