"""Days alive and free of support, of a stay."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives_example import alive, dead, lives, periods
from sepsisflow.endpoints.free_days import free_days
from sepsisflow.endpoints.periods import joined

RULES = {
    "horizon_day": 28,
    "counted": "whole_days",
    "counted_from": "last_end",
    "free_at_least_h": 48,
    "death": "zero",
    "lost": "missing",
}


def scored(spells: pd.DataFrame, person: tuple, **rules) -> tuple:
    """Value and status of one person, A."""
    found = free_days(spells, lives(A=person), **{**RULES, **rules}).loc["A"]
    return found["value"], found["status"]


def on(*days: tuple[float, float]) -> pd.DataFrame:
    """Support of A from the start of one study day to the end of another."""
    return periods(*(("A", 24.0 * (first - 1), 24.0 * last) for first, last in days))


def test_who_was_never_supported_is_free_from_time_zero():
    for start in ("time_zero", "first_end", "last_end"):
        assert scored(periods(), alive(), counted_from=start) == (28, "observed")
        assert scored(periods(), alive(), counted_from=start, counted="hours") == (28, "observed")


@pytest.mark.parametrize(
    ("start", "expected"), [("time_zero", 22), ("first_end", 24), ("last_end", 18)]
)
def test_reintubation_after_three_days_counts_by_where_counting_starts(start, expected):
    # Ventilated on days 1 to 4, and again on days 9 and 10.
    assert scored(on((1, 4), (9, 10)), alive(), counted_from=start) == (expected, "observed")


@pytest.mark.parametrize(("hours", "expected"), [(47.9, 22), (48, 24)])
def test_a_pause_shorter_than_the_least_is_support(hours, expected):
    spells = periods(("A", 0, 96), ("A", 96 + hours, 96 + hours + 0.05))
    assert scored(spells, alive(), counted_from="first_end")[0] == expected


def test_periods_that_touch_are_one_even_if_any_pause_counts():
    rules = {"counted_from": "first_end", "free_at_least_h": 0}
    assert scored(on((1, 1), (2, 2), (3, 3)), alive(), **rules) == (25, "observed")


@pytest.mark.parametrize(("counted", "expected"), [("whole_days", 26), ("hours", 27.75)])
def test_six_hours_over_midnight_take_two_study_days_or_a_quarter_of_one(counted, expected):
    spells = periods(("A", 21, 27))
    rules = {"counted_from": "time_zero", "free_at_least_h": 0, "counted": counted}
    assert scored(spells, alive(), **rules)[0] == expected


def test_two_periods_within_one_day_take_it_once():
    spells = periods(("A", 1, 3), ("A", 20, 22), ("B", 30, 31))
    rules = {**RULES, "counted_from": "time_zero", "free_at_least_h": 0}
    found = free_days(spells, lives(A=alive(), B=alive(), C=alive()), **rules)
    assert found["value"].tolist() == [27, 27, 28]


def test_overlapping_kinds_of_support_are_counted_once():
    spells = periods(("A", 0, 72), ("A", 24, 48), ("A", 60, 96))
    rules = {"counted_from": "time_zero", "free_at_least_h": 0, "counted": "hours"}
    assert scored(spells, alive(), **rules)[0] == 24


@pytest.mark.parametrize(
    ("rule", "expected"), [("zero", 0), ("minus_one", -1), ("until_death", 18)]
)
def test_death_scores_by_its_rule(rule, expected):
    assert scored(on((1, 2)), dead(20), death=rule) == (expected, "death_rule")


@pytest.mark.parametrize(("day", "expected"), [(28, 0), (28.01, 26)])
def test_death_on_the_horizon_counts_and_after_it_does_not(day, expected):
    status = "death_rule" if day == 28 else "observed"
    assert scored(on((1, 2)), dead(day)) == (expected, status)


def test_days_lived_after_the_last_support_end_with_the_last_whole_day():
    rules = {"death": "until_death", "counted_from": "time_zero", "free_at_least_h": 0}
    assert scored(on((1, 2)), dead(10.5), **rules)[0] == 8
    assert scored(on((1, 2)), dead(10.5), **rules, counted="hours")[0] == 8.5


@pytest.mark.parametrize(("day", "expected"), [(11.9, 0), (12, 2)])
def test_support_withdrawn_within_two_days_of_death_is_no_liberation(day, expected):
    assert scored(on((1, 10)), dead(day), death="until_death")[0] == expected


def test_support_at_the_horizon_leaves_no_free_day_by_the_last_end():
    spells = on((1, 2), (28, 40))
    assert scored(spells, alive())[0] == 0
    assert scored(spells, alive(), counted_from="first_end")[0] == 26
    assert scored(spells, alive(), counted_from="time_zero")[0] == 25


def test_support_after_the_horizon_or_before_time_zero_takes_no_day():
    spells = periods(("A", -48, 0), ("A", 28 * 24, 29 * 24))
    assert scored(spells, alive(), counted_from="time_zero")[0] == 28
    assert scored(spells, alive())[0] == 28


def test_support_that_ends_just_before_the_horizon_and_returns_after_it_never_ended():
    spells = periods(("A", 0, 27 * 24), ("A", 28 * 24 + 12, 30 * 24))
    assert scored(spells, alive())[0] == 0
    assert scored(spells, alive(), free_at_least_h=24)[0] == 1


@pytest.mark.parametrize("until", [27.9, None])
@pytest.mark.parametrize(("lost", "expected"), [("missing", None), ("free", 26.0)])
def test_whoever_is_not_followed_to_the_horizon_is_missing_or_assumed_free(until, lost, expected):
    found = free_days(on((1, 2)), lives(A=(None, until)), **{**RULES, "lost": lost}).loc["A"]
    assert found["reason"] == "not followed to the horizon"
    assert found["status"] == ("missing" if lost == "missing" else "assumed")
    assert found["value"] == expected if expected else pd.isna(found["value"])


def test_death_before_the_last_support_ends_cuts_it():
    rules = {"death": "until_death", "counted_from": "time_zero", "free_at_least_h": 0}
    assert scored(on((3, 9)), dead(5), **rules) == (2, "death_rule")


hours = st.integers(-100, 900).map(float)
spans = st.lists(st.tuples(hours, st.integers(1, 300)), max_size=6)
people = st.one_of(
    st.integers(0, 40).map(lambda day: (float(day), float(day))),
    st.integers(0, 40).map(lambda day: (None, float(day))),
)
conventions = st.fixed_dictionaries(
    {
        "horizon_day": st.integers(1, 30),
        "counted": st.sampled_from(["whole_days", "hours"]),
        "counted_from": st.sampled_from(["time_zero", "first_end", "last_end"]),
        "free_at_least_h": st.sampled_from([0, 24, 48]),
        "death": st.sampled_from(["zero", "minus_one", "until_death"]),
        "lost": st.sampled_from(["missing", "free"]),
    }
)


def spells_of(each) -> pd.DataFrame:
    return periods(*(("A", start, start + length) for start, length in each))


@settings(max_examples=50)
@given(spans, people, conventions)
def test_free_days_lie_between_none_and_the_horizon_and_death_has_its_score(each, person, rules):
    found = free_days(spells_of(each), lives(A=person), **rules).loc["A"]
    died = person[0] is not None and person[0] <= rules["horizon_day"]
    if died and rules["death"] != "until_death":
        assert found["value"] == {"zero": 0, "minus_one": -1}[rules["death"]]
    elif found["status"] != "missing":
        lived = min(person[0] if died else rules["horizon_day"], rules["horizon_day"])
        assert 0 <= found["value"] <= lived
    assert (found["status"] == "death_rule") == died


@settings(max_examples=50)
@given(spans, people, conventions)
def test_the_last_end_never_gives_more_than_the_first_nor_than_every_day(each, person, rules):
    free = {
        start: free_days(spells_of(each), lives(A=person), **{**rules, "counted_from": start})
        for start in ("time_zero", "first_end", "last_end")
    }
    values = {start: found.loc["A", "value"] for start, found in free.items()}
    if pd.notna(values["last_end"]):
        assert values["last_end"] <= values["first_end"] + 1e-9
        assert values["last_end"] <= values["time_zero"] + 1e-9


@settings(max_examples=50)
@given(spans, people, conventions)
def test_a_supported_day_is_counted_day_by_day(each, person, rules):
    """The same count, written as a loop over days."""
    rules = {**rules, "counted": "whole_days", "counted_from": "time_zero", "death": "until_death"}
    everybody = lives(A=person)
    found = free_days(spells_of(each), everybody, **rules).loc["A"]
    spells = joined(spells_of(each), everybody, free_at_least_h=rules["free_at_least_h"])
    last = rules["horizon_day"] if person[0] is None else min(rules["horizon_day"], int(person[0]))
    touched = [
        any(s < 24 * day and e > 24 * (day - 1) for s, e in spells[["start_h", "end_h"]].values)
        for day in range(1, last + 1)
    ]
    if found["status"] != "missing":
        assert found["value"] == touched.count(False)
