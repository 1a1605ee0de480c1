"""Urine per kilogram and hour, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Series
from sepsisflow.scores.urine_rates import urine_over, urine_rate


def collected(*entries, begin=0.0):
    """Entries (hour, mL) of one participant, and the second at which the collection began."""
    hours, volumes = zip(*entries, strict=True)
    second = np.rint(np.array(hours) * HOUR).astype(np.int64)
    person, row = np.zeros(len(hours), dtype=int), np.arange(len(hours))
    return Series(person, second, np.array(volumes, float), row), np.array([int(begin * HOUR)])


def rates(entries, over_h, weight=100, begin=0.0, rule=None):
    """Rates at each entry."""
    urine, since = collected(*entries, begin=begin)
    rule = rule or {"after_h": over_h}
    found = urine_rate(urine, since, np.full(len(entries), weight), over_h=over_h, entries=rule)
    return [None if np.isnan(each) else round(each, 6) for each in found.value]


def test_hourly_entries_are_averaged_once_enough_hours_are_documented():
    entries = [(1, 60), (2, 60), (3, 60), (4, 180)]
    assert rates(entries, 3) == [None, None, 0.6, 1.0]


def test_rarer_entries_are_averaged_over_the_time_that_they_stand_for():
    # 400 mL in the four hours up to each.
    assert rates([(4, 400), (8, 400)], 6) == [None, 1.0]


def test_the_first_entry_stands_for_the_time_since_the_collection_began():
    assert rates([(6, 300)], 6) == [0.5]
    assert rates([(6, 300)], 6, begin=1.0) == [None]


def test_a_missing_weight_gives_no_rate():
    assert rates([(6, 300)], 6, weight=np.nan) == [None]


@pytest.mark.parametrize(
    ("rule", "volume", "hours"),
    [
        # Entries at 0:50, 1:30, 6:10 and 7:20; asked for at 7:20.
        ({"from_h": 5}, 3 + 4, 350 / 60),
        ({"after_h": 5}, 3 + 4, 350 / 60),
        ({"after_h": 6}, 2 + 3 + 4, 390 / 60),
        ({"from_clock_hour": 5}, 3 + 4, 350 / 60),
        ({"from_clock_hour": 6}, 2 + 3 + 4, 390 / 60),
        ({"from_clock_hour": 7}, 1 + 2 + 3 + 4, 440 / 60),
    ],
)
def test_the_rule_says_how_far_back_entries_count(rule, volume, hours):
    urine, since = collected((50 / 60, 1), (1.5, 2), (370 / 60, 3), (440 / 60, 4))
    volumes, documented = urine_over(urine, since, rule)
    assert volumes[-1] == volume
    assert documented[-1] == pytest.approx(hours, abs=1e-6)


def test_an_entry_just_so_many_hours_before_counts_by_from_and_not_by_after():
    urine, since = collected((1, 10), (7, 20))
    assert urine_over(urine, since, {"from_h": 6})[0].tolist() == [10, 30]
    assert urine_over(urine, since, {"after_h": 6})[0].tolist() == [10, 20]


def test_entries_of_somebody_else_do_not_count():
    one, since = collected((1, 10), (2, 20))
    both = Series(np.array([0, 1]), one.second, one.value, one.row)
    volumes, hours = urine_over(both, np.repeat(since, 2), {"after_h": 24})
    assert volumes.tolist() == [10, 20]
    assert hours.tolist() == [1, 2]


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=30),
    st.integers(1, 24),
)
def test_a_record_without_a_gap_has_a_rate_as_soon_as_it_is_long_enough(gaps, over_h):
    minutes = np.cumsum(gaps)
    found = rates([(each / 60, each) for each in minutes], over_h)
    assert [each is not None for each in found] == (minutes >= over_h * 60).tolist()
