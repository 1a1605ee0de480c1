"""SOFA of study days, which begin at time zero."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scored import DEFINITIONS, infusion, people, scored, value
from sepsisflow.schemas.check import check
from sepsisflow.schemas.scores import Scores
from sepsisflow.scores.days import first_day_h, study_day_scores

CHOICES = {"missing_component": "zero", "after_death": {"rule": "missing"}}


def study_days(totals, zero=0.0, died=None, last_day=5, **choices):
    """Study day, score, status and number of components, by day, of totals by day of one person."""
    table = study_day_scores(
        totals,
        pd.DataFrame({"participant_id": ["a", "z"], "arm": "msc", "time_zero_h": zero}),
        pd.DataFrame({"participant_id": ["a"], "earliest_h": [died]}).dropna(),
        name="short",
        choices={**CHOICES, **choices},
        last_day=last_day,
    )
    check(table, Scores, "sofa")
    assert set(table["participant_id"]) <= {"a"}
    assert set(table["definition"]) <= {"short"}
    days = (table["time_h"] - zero) / 24 + 1
    columns = (days.round(9), table["score"], table["status"], table["n_components"])
    return list(zip(*columns, strict=True))


def with_the_dead(*days, **more):
    """`study_days` of days written as (study day, score, number of components)."""
    frame = pd.DataFrame(days, columns=["study_day", "score", "n_components"]).astype(float)
    return study_days(frame.assign(participant_id="a").astype({"participant_id": object}), **more)


def course(definition, rows, given=(), *, zero=0.0, rule=None):
    """`study_days` of measurements, by a definition, or by it with another rule on missing ones."""
    content = DEFINITIONS[definition]
    choices = dict(content["choices"])
    if rule is not None:
        choices["missing_component"] = rule
    start = first_day_h(pd.DataFrame({"participant_id": ["a"], "time_zero_h": [zero]}))
    content = {**content, "choices": choices}
    tables = scored(definition, rows, given, content=content, day_1_h=start)
    assert set(tables) == {"daily_components", "daily_totals"}
    return study_days(tables["daily_totals"], zero, missing_component=choices["missing_component"])


# Points of 2, 4, 3 and 1.
TWO_DAYS = [
    value("gcs", 0.5, 11),
    value("gcs", 6.5, 5),
    value("platelets", 23.5, 40.0),
    value("bilirubin", 24.5, 1.5),
    value("map", 47.5),
]


def test_the_worst_of_each_component_in_24_hours_is_added_up():
    assert course("sofa-1996", TWO_DAYS) == [(1, 7, "observed", 2), (2, 1, "observed", 1)]


def test_days_begin_with_time_zero_and_those_before_it_are_kept():
    assert course("sofa-1996", TWO_DAYS, zero=6.0) == [
        (0, 2, "observed", 1),
        (1, 8, "observed", 3),
    ]
    assert course("sofa-1996", TWO_DAYS, zero=24.0) == [
        (0, 7, "observed", 2),
        (1, 1, "observed", 1),
    ]
    assert course("sofa-1996", TWO_DAYS, zero=-30.0) == [
        (2, 4, "observed", 1),
        (3, 4, "observed", 2),
    ]


@pytest.mark.parametrize(("zero", "day"), [(6.0, 1), (6.2, 0), (7.0, 0), (30.2, -1)])
def test_an_hour_is_of_the_day_in_which_it_begins(zero, day):
    # The value lies in the hour from 6 to 7.
    assert course("sofa-1996", [value("platelets", 6.9, 40.0)], zero=zero) == [
        (day, 3, "observed", 1)
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("zero", [7, 1]), ("missing", []), ("carried", [7, 8]), ("prorated", [21, 6])],
)
def test_a_missing_component_counts_as_the_definition_says(rule, expected):
    found = course("sofa-1996", TWO_DAYS, rule=rule)
    assert [score for _, score, _, _ in found] == expected


def test_a_day_without_any_value_has_a_score_only_if_values_are_carried():
    rows = [
        value("anything", 0.5),
        value("gcs", 29.5, 11),
        value("anything", 59.5),
        value("bilirubin", 79.5, 1.5),
    ]
    assert course("sofa-1996", rows) == [(2, 2, "observed", 1), (4, 1, "observed", 1)]
    assert course("sofa-1996", rows, rule="carried") == [
        (2, 2, "observed", 1),
        (3, 2, "carried", 0),
        (4, 3, "observed", 1),
    ]


def test_of_the_hours_before_a_study_day_the_last_one_observed_is_carried_on():
    rows = [value("gcs", 0.5, 5), value("gcs", 10.5, 11), value("anything", 40.5)]
    for zero in (12.0, 12.5):
        assert course("sofa-1996", rows, zero=zero, rule="carried") == [
            (0, 4, "observed", 1),
            (1, 2, "carried", 0),
            (2, 2, "carried", 0),
        ]


def test_spo2_counts_only_on_a_study_day_without_a_gas():
    gas = [value("pao2", 2.5, 140.0), value("fio2_blood_gas", 2.5, 0.5)]
    pulse = [value("spo2", 10.5, 90.0), value("fio2", 10.5, 0.9)]
    ventilated = [infusion("mechanical_ventilation", 0, 20)]
    assert course("sofa-2", gas + pulse, ventilated) == [(1, 1, "observed", 1)]
    # From 5 hours on there is no gas.
    assert course("sofa-2", gas + pulse, ventilated, zero=5.0) == [
        (0, 1, "observed", 1),
        (1, 4, "observed", 1),
    ]


def test_criteria_are_met_at_different_hours_of_a_study_day():
    rows = [value("creatinine", 2.5, 1.5), value("potassium", 10.5, 6.5)]
    assert course("sofa-2", rows) == [(1, 4, "observed", 1)]
    assert course("sofa-2", rows, zero=5.0)[0] == (0, 1, "observed", 1)


def test_whoever_has_no_time_zero_has_no_days():
    rows = [value("platelets", 6.5, 40.0, who) for who in ("a", "b")]
    totals = scored(
        "sofa-1996", rows, participants=people("a", "b"), day_1_h=pd.Series({"b": 5.0})
    )["daily_totals"]
    assert totals[["participant_id", "study_day", "n_hours"]].to_numpy().tolist() == [["b", 1, 2]]


def test_a_stay_that_ends_before_day_1_has_no_days():
    rows = [value("platelets", 6.5, 40.0)]
    for zero in (7.0, 40.0):
        tables = scored("sofa-1996", rows, day_1_h=pd.Series({"a": zero}))
        assert tables["daily_totals"].empty


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
    # Days after death, as carried on by a flag, are nobody's.
    days = [(1, 7, 2), (2, 1, 1), (4, 4, 1), (5, 4, 1)]
    assert with_the_dead(*days, died=died, after_death=dead, last_day=4) == observed + DEAD[rule]


def test_on_a_day_of_death_without_a_value_the_rule_decides():
    carried = {"after_death": {"rule": "score", "score": 24}, "missing_component": "carried"}
    days = [(1, 2, 1), (2, 2, 0)]
    assert with_the_dead(*days, died=26.0, last_day=2, **carried) == [
        (1, 2, "observed", 1),
        (2, 24, "after_death", 0),
    ]
    assert with_the_dead(*days, died=26.0, last_day=2) == [(1, 2, "observed", 1)]


def test_nobody_is_carried_beyond_death_without_any_score():
    assert with_the_dead(died=26.0, after_death={"rule": "carried"}) == []
    assert with_the_dead(died=26.0, after_death={"rule": "score", "score": 24}, last_day=2) == [
        (2, 24, "after_death", 0)
    ]


NUMBERS = {
    "gcs": [3, 8, 12, 15],
    "platelets": [15, 60, 120, 300],
    "creatinine": [1.0, 1.5, 2.5, 6.0],
    "potassium": [4.0, 6.5],
    "bilirubin": [0.5, 1.5, 4.0, 15.0],
    "map": [55, 90],
    "pao2": [60, 140, 400],
    "fio2_blood_gas": [0.5, 0.9],
    "spo2": [85, 97],
    "fio2": [0.5, 0.9],
    "urine_output": [20, 400],
}
MEASURED = st.lists(
    st.sampled_from(list(NUMBERS)).flatmap(
        lambda name: st.tuples(
            st.just(name), st.integers(1, 479).map(lambda t: t / 4), st.sampled_from(NUMBERS[name])
        )
    ),
    min_size=1,
    max_size=25,
).map(lambda rows: [value(name, time, float(number)) for name, time, number in rows])
GIVEN = st.lists(
    st.tuples(
        st.sampled_from(["mechanical_ventilation", "norepinephrine"]),
        st.integers(0, 90),
        st.integers(1, 30),
    ),
    max_size=3,
).map(lambda rows: [infusion(name, at, at + length, 0.3) for name, at, length in rows])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["sofa-1996", "sofa-1996-prorated", "sofa-2", "sofa-2-si"]), MEASURED, GIVEN)
def test_with_time_zero_at_the_origin_study_days_are_the_days_of_the_scores(name, rows, given):
    days = scored(name, rows, given)["daily_totals"]
    observed = days["n_components"] > 0
    # SOFA-2 carries on what was observed, from the first day with a value on.
    days = days[observed.cummax() if name.startswith("sofa-2") else observed]
    expected = days[["study_day", "score", "n_components"]].to_numpy().tolist()
    found = course(name, rows, given)
    assert [[day, score, count] for day, score, _, count in found] == expected


@settings(deadline=None, max_examples=60)
@given(MEASURED, GIVEN, st.integers(-30, 70).map(lambda t: t / 2))
def test_where_hours_alone_decide_days_add_up_the_worst_hours_of_components(rows, given, zero):
    hours = scored("sofa-1996", rows, given)["hourly_components"]
    day = (hours["time_h"] - 1 - zero) // 24 + 1
    worst = hours.groupby([day.rename("day"), "component"])["hour_score"].max().unstack()
    expected = worst.sum(axis=1)[worst.notna().any(axis=1)]
    found = course("sofa-1996", rows, given, zero=zero)
    assert [(day, score) for day, score, _, _ in found] == list(expected.items())


@settings(deadline=None, max_examples=40)
@given(MEASURED, st.integers(0, 48))
def test_rules_on_missing_components_only_add_and_days_never_exceed_the_most(rows, zero):
    by_rule = {
        rule: {day: score for day, score, _, _ in course("sofa-1996", rows, zero=zero, rule=rule)}
        for rule in ("zero", "missing", "carried", "prorated")
    }
    for day, score in by_rule["zero"].items():
        assert score <= by_rule["carried"][day] <= 24
        assert score <= by_rule["prorated"][day] <= 24
        assert by_rule["missing"].get(day, score) == score
