"""Sepsis: window, baseline, onset and what is missing."""

import pandas as pd
import pytest
from infected import antibiotics, cases, cultures, hours
from sepsisflow.schemas.sepsis import Sepsis

# Suspected at hour 100; the window of the score is from hour 52 to hour 124.
SUSPECTED = antibiotics(101), cultures(100)
QUIET, ILL = [0] * 200, [5] * 200


def course(*changes):
    """Scores of 200 hours, 0 but for {hour that ends: score}."""
    scores = list(QUIET)
    for end, score in changes:
        scores[end - 1] = score
    return hours(scores)


def one(*tables, **choices):
    found = cases(*tables, **choices)
    assert len(found) == 1
    return Sepsis.validate(found, lazy=True).iloc[0]


@pytest.mark.parametrize(
    ("end", "expected"), [(51, False), (52, True), (100, True), (124, True), (125, False)]
)
def test_the_hour_must_end_within_48_hours_before_and_24_hours_after(end, expected):
    row = one(*SUSPECTED, course((end, 2)), baseline="zero")
    assert row["sepsis"] == expected
    if expected:
        assert row[["hour", "score_h", "score", "baseline"]].tolist() == [end - 1, end, 2, 0]


@pytest.mark.parametrize(("score", "expected"), [(1, False), (2, True), (3, True)])
def test_the_score_must_rise_by_two(score, expected):
    assert one(*SUSPECTED, course((100, score)))["sepsis"] == expected


@pytest.mark.parametrize(
    ("baseline", "scores", "expected"),
    [
        # Ill for long: a case only if the baseline is taken to be 0.
        ("zero", ILL, True),
        ("running_minimum", ILL, False),
        ("before_window", ILL, False),
        # Ill at first, better within the window, then worse again.
        ("running_minimum", [5] * 80 + [3] * 10 + [5] * 110, True),
        ("running_minimum", [5] * 80 + [4] * 10 + [5] * 110, False),
        # What was before the window does not count for the running minimum, and alone does else.
        ("running_minimum", [0] * 51 + [4] * 149, False),
        ("before_window", [0] * 51 + [4] * 149, True),
        ("before_window", [3] * 51 + [4] * 149, False),
        ("before_window", [3, 2] * 25 + [3] + [4] * 149, True),
        ("before_window", [None] * 51 + [4] * 149, True),
    ],
)
def test_the_baseline_is_a_choice(baseline, scores, expected):
    assert one(*SUSPECTED, hours(scores), baseline=baseline)["sepsis"] == expected


@pytest.mark.parametrize(
    ("baseline", "runs", "expected"),
    [
        # Ill for long and unchanged: at first only the pressure is known.
        ("before_window", [(6, 0, 1), (194, 6, 6)], False),
        ("running_minimum", [(60, 0, 1), (140, 6, 6)], False),
        # Nothing is known as fully of before the window: what was then is unknown, so 0.
        ("before_window", [(60, 0, 1), (140, 6, 6)], True),
        # Creatinine is as high as ever, and not measured for some hours.
        ("before_window", [(10, 4, 6), (26, 0, 5), (164, 4, 6)], False),
        ("running_minimum", [(54, 4, 6), (26, 0, 5), (120, 4, 6)], False),
        # Less is known now, and it has risen.
        ("before_window", [(30, 1, 6), (170, 3, 5)], True),
        ("running_minimum", [(80, 1, 6), (120, 3, 5)], True),
    ],
)
def test_hours_are_compared_with_hours_of_which_as_much_was_observed(baseline, runs, expected):
    scores, observed = ([run[at] for run in runs for _ in range(run[0])] for at in (1, 2))
    totals = hours(scores, observed=observed)
    assert one(*SUSPECTED, totals, baseline=baseline)["sepsis"] == expected
    # Compared with any hour, all of them have risen.
    assert one(*SUSPECTED, totals, baseline=baseline, baseline_observed="any")["sepsis"]


def test_a_stay_that_begins_within_the_window_has_no_score_before_and_baseline_zero():
    row = one(*SUSPECTED, hours([2] * 60, first=60), baseline="before_window")
    assert row[["sepsis", "baseline", "hour"]].tolist() == [True, 0, 60]


@pytest.mark.parametrize(("known", "expected"), [(4.0, False), (3.0, True), (None, True)])
def test_a_score_known_from_before_takes_the_place_of_the_baseline(known, expected):
    row = one(*SUSPECTED, hours(ILL), known=[known], known_baseline="chronic_sofa", baseline="zero")
    assert row["sepsis"] == expected


@pytest.mark.parametrize(
    ("choice", "end", "expected"),
    [
        ("score", 90, 90),
        ("suspicion", 90, 100),
        ("earlier", 90, 90),
        ("later", 90, 100),
        ("score", 110, 110),
        ("suspicion", 110, 100),
        ("earlier", 110, 100),
        ("later", 110, 110),
    ],
)
def test_which_time_is_the_onset_is_a_choice(choice, end, expected):
    row = one(*SUSPECTED, course((end, 2)), onset=choice)
    assert row[["onset_h", "suspicion_h", "score_h"]].tolist() == [expected, 100, end]


def test_the_first_suspicion_with_which_the_score_rises_counts_or_all_of_them():
    given, taken = antibiotics(11, 101, 181), cultures(10, 100, 180)
    totals = course((100, 2), (185, 4))
    assert one(given, taken, totals)["suspicion_h"] == 100
    every = cases(given, taken, totals, cases="all")
    assert every["suspicion_h"].tolist() == [100, 180]
    assert every["score"].tolist() == [2, 4]


def test_two_antibiotics_for_one_culture_are_one_case():
    assert len(cases(antibiotics(101, 102), cultures(100), course((100, 2)), cases="all")) == 1


def test_nobody_without_a_suspicion_is_a_case():
    row = one(antibiotics(101), cultures(), hours(ILL))
    assert not row["sepsis"]
    assert row[["onset_h", "suspicion_h", "antibiotic_h", "score"]].isna().all()


def test_whoever_is_no_case_has_the_times_of_the_first_suspicion():
    row = one(antibiotics(101, 141), cultures(100, 140), hours(QUIET))
    assert not row["sepsis"]
    assert row[["suspicion_h", "antibiotic_h", "culture_h"]].tolist() == [100, 101, 100]
    assert row[["onset_h", "score", "baseline", "hour"]].isna().all()


@pytest.mark.parametrize(
    "totals", [hours([None] * 200), hours([]), hours([5] * 10), hours([5] * 10, first=150)]
)
def test_a_missing_score_about_the_suspicion_is_missing_sepsis(totals):
    row = one(*SUSPECTED, totals)
    assert pd.isna(row["sepsis"])
    assert pd.isna(row["score"])


@pytest.mark.parametrize("baseline", ["zero", "running_minimum", "before_window"])
def test_a_score_of_which_nothing_was_observed_is_missing_sepsis(baseline):
    assert pd.isna(one(*SUSPECTED, hours(QUIET, observed=0), baseline=baseline)["sepsis"])
    once = [0] * 60 + [1] + [0] * 139
    assert not one(*SUSPECTED, hours(QUIET, observed=once), baseline=baseline)["sepsis"]


def test_a_score_about_one_of_two_suspicions_is_enough_to_say_no():
    assert not one(antibiotics(101, 301), cultures(100, 300), hours(QUIET))["sepsis"]


@pytest.mark.parametrize(
    ("suspicion", "expected"),
    [(-25, False), (-24, True), (198, True), (199, False)],
)
def test_a_suspicion_is_of_the_stay_that_its_window_meets(suspicion, expected):
    # The stay ends at hour 150: of a suspicion at 198 the window begins then.
    given, taken = antibiotics(suspicion + 1), cultures(suspicion)
    taken = pd.concat([taken, cultures(150).assign(event="icu_discharge")], ignore_index=True)
    row = one(given, taken, hours(ILL, first=-1), baseline="zero")
    assert pd.notna(row["suspicion_h"]) == expected
    assert row["sepsis"] == expected


def test_an_antibiotic_before_the_stay_makes_no_case_of_the_reference():
    given, taken, totals = antibiotics(-1), cultures(-2), hours(ILL)
    assert one(given, taken, totals, baseline="zero")["sepsis"]
    strict = {"of_the_stay": "antibiotic_begins_in_it"}
    assert not one(given, taken, totals, baseline="zero", **strict)["sepsis"]


def test_every_participant_is_listed_in_order_whoever_was_scored():
    given = pd.concat([antibiotics(101, who=each) for each in "cb"], ignore_index=True)
    taken = pd.concat([cultures(100, who=each) for each in "cb"], ignore_index=True)
    totals = pd.concat([hours(ILL, who="c"), hours(QUIET, who="b"), hours(ILL, who="a")])
    found = cases(given, taken, totals, participants=("c", "a", "b"))
    assert found["participant_id"].tolist() == ["c", "a", "b"]
    assert found["sepsis"].tolist() == [False, False, False]
    found = cases(given, taken, totals, participants=("c", "a", "b"), baseline="zero")
    assert found["sepsis"].tolist() == [True, False, False]
    assert found["label"].unique().tolist() == ["Sepsis-3"]
