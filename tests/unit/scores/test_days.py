"""SOFA of study days, from the points of each hour."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.schemas.check import check
from sepsisflow.schemas.scores import Scores
from sepsisflow.scores.days import study_day_scores

CHOICES = {"missing_component": "zero", "after_death": {"rule": "missing"}}


def hours(*rows, who="a"):
    """Points of hours, as (end of the hour, component, points)."""
    frame = pd.DataFrame(rows, columns=["time_h", "component", "hour_score"])
    frame = frame.astype({"time_h": float, "component": object, "hour_score": float})
    return frame.assign(participant_id=who)


def totals(*rows, zero=0.0, died=None, last_day=5, **choices):
    """Study day, score, status and number of components, by day."""
    table = study_day_scores(
        hours(*rows),
        pd.DataFrame({"participant_id": ["a", "z"], "arm": "msc", "time_zero_h": zero}),
        pd.DataFrame({"participant_id": ["a"], "earliest_h": [died]}).dropna(),
        name="short",
        components=["cns", "renal", "liver"],
        choices={**CHOICES, **choices},
        last_day=last_day,
    )
    check(table, Scores, "sofa")
    assert set(table["participant_id"]) <= {"a"}
    assert set(table["definition"]) <= {"short"}
    days = (table["time_h"] - zero) / 24 + 1
    columns = (days, table["score"], table["status"], table["n_components"])
    return list(zip(*columns, strict=True))


TWO_DAYS = [(1, "cns", 2), (7, "cns", 4), (24, "renal", 3), (25, "cns", 1), (48, "renal", None)]


def test_the_worst_of_each_component_in_24_hours_is_added_up():
    # The hour that ends at 24 is the last of day 1.
    assert totals(*TWO_DAYS) == [(1, 7, "observed", 2), (2, 1, "observed", 1)]


def test_days_begin_with_time_zero_whatever_the_hour():
    assert totals(*TWO_DAYS, zero=6.0) == [
        (0, 2, "observed", 1),
        (1, 7, "observed", 2),
    ]
    assert totals(*TWO_DAYS, zero=24.0) == [(0, 7, "observed", 2), (1, 1, "observed", 1)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("zero", [7, 1]), ("missing", []), ("carried", [7, 4]), ("prorated", [10.5, 3])],
)
def test_a_missing_component_counts_as_the_definition_says(rule, expected):
    assert [score for _, score, _, _ in totals(*TWO_DAYS, missing_component=rule)] == expected


def test_a_day_without_any_value_has_a_score_only_if_values_are_carried():
    rows = [(1, "cns", None), (30, "cns", 2), (60, "cns", None), (80, "liver", 1)]
    assert totals(*rows) == [(2, 2, "observed", 1), (4, 1, "observed", 1)]
    assert totals(*rows, missing_component="carried") == [
        (2, 2, "observed", 1),
        (3, 2, "carried", 0),
        (4, 3, "observed", 1),
    ]


DEAD = {
    "missing": [],
    "carried": [(3, 1, "after_death", 0), (4, 1, "after_death", 0)],
    "score": [(3, 24, "after_death", 0), (4, 24, "after_death", 0)],
}


@pytest.mark.parametrize("rule", DEAD)
@pytest.mark.parametrize("died", [24.0, 47.9, 48.0])
def test_of_the_dead_the_rule_decides_but_what_was_seen_on_the_last_day_stands(rule, died):
    dead = {"rule": rule, "score": 24} if rule == "score" else {"rule": rule}
    observed = [(1, 7, "observed", 2), (2, 1, "observed", 1)]
    # Hours after death, as carried on by a flag, are nobody's.
    rows = [*TWO_DAYS, (73, "cns", 4), (97, "cns", 4)]
    assert totals(*rows, died=died, after_death=dead, last_day=4) == observed + DEAD[rule]


def test_on_a_day_of_death_without_a_value_the_rule_decides():
    carried = {"after_death": {"rule": "score", "score": 24}, "missing_component": "carried"}
    rows = [(1, "cns", 2), (30, "cns", None)]
    assert totals(*rows, died=26.0, last_day=2, **carried) == [
        (1, 2, "observed", 1),
        (2, 24, "after_death", 0),
    ]
    assert totals(*rows, died=26.0, last_day=2) == [(1, 2, "observed", 1)]


def test_nobody_is_carried_beyond_death_without_any_score():
    assert totals(died=26.0, after_death={"rule": "carried"}) == []
    assert totals(died=26.0, after_death={"rule": "score", "score": 24}, last_day=2) == [
        (2, 24, "after_death", 0)
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 120),
            st.sampled_from(["cns", "renal", "liver"]),
            st.none() | st.integers(0, 4),
        ),
        max_size=30,
    ),
    st.integers(0, 48),
)
def test_rules_on_missing_components_only_add_and_days_never_exceed_the_most(rows, zero):
    # One number per hour and component.
    rows = list({(time, name): (time, name, points) for time, name, points in rows}.values())
    by_rule = {
        rule: {day: score for day, score, _, _ in totals(*rows, zero=zero, missing_component=rule)}
        for rule in ("zero", "missing", "carried", "prorated")
    }
    for day, score in by_rule["zero"].items():
        assert score <= by_rule["carried"][day] <= 12
        assert score <= by_rule["prorated"][day] <= 12
        assert by_rule["missing"].get(day, score) == score
