"""A score as an endpoint, under each rule about death."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives_example import alive, dead, lives, plain
from sepsisflow.endpoints.score import daily_scores, score_endpoints, worst_rank

RULES = {
    "baseline_day": 1,
    "on_days": [7],
    "over_days": [1, 3, 7],
    "of_day": "worst",
    "unscored": "missing",
    "day_of_death": "observed",
    "death_rules": ["missing", "carried", "score_24", "worst_rank"],
}
# A lives, B lives unscored on day 7, C dies on day 4, D earlier that day.
PEOPLE = lives(A=alive(), B=alive(), C=dead(3.5), D=dead(3.25))
SCORES = {"A": {1: 8, 3: 6, 7: 4}, "B": {1: 5, 3: 3}, "C": {1: 10, 3: 14}, "D": {1: 9}}
NAN = float("nan")


def scores(courses: dict) -> pd.DataFrame:
    rows = [
        (who, 24.0 * (day - 1) + 1, float(score))
        for who, course in courses.items()
        for day, score in course.items()
    ]
    table = pd.DataFrame(rows, columns=["participant_id", "time_h", "score"])
    return table.astype({"participant_id": object})


def endpoints(courses: dict = SCORES, people: pd.DataFrame = PEOPLE, **rules) -> pd.DataFrame:
    found = score_endpoints(scores(courses), people, name="sofa", **{**RULES, **rules})
    return found.set_index(["endpoint", "study_day", "participant_id"]).sort_index()


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("sofa_missing", [4, NAN, NAN, NAN]),
        ("sofa_carried", [4, NAN, 14, 9]),
        ("sofa_score_24", [4, NAN, 24, 24]),
        ("sofa_worst_rank", [1, NAN, 2, 3]),
        ("delta_sofa_missing", [-4, NAN, NAN, NAN]),
        ("delta_sofa_carried", [-4, NAN, 4, 0]),
        ("delta_sofa_score_24", [-4, NAN, 14, 15]),
        ("delta_sofa_worst_rank", [1, NAN, 2, 3]),
        ("maximum_sofa_missing", [8, 5, 14, 9]),
        ("maximum_sofa_carried", [8, 5, 14, 9]),
        ("maximum_sofa_score_24", [8, 5, 24, 24]),
        ("maximum_sofa_worst_rank", [2, 1, 3, 4]),
        ("mean_sofa_missing", [6, 4, 12, 9]),
        ("mean_sofa_carried", [6, 4, 38 / 3, 9]),
        ("mean_sofa_score_24", [6, 4, 16, 16.5]),
        ("mean_sofa_worst_rank", [2, 1, 3, 4]),
    ],
)
def test_each_endpoint_by_hand(endpoint, expected):
    np.testing.assert_allclose(endpoints()["value"].loc[endpoint, 7], expected)


def test_what_a_value_rests_on_stands_beside_it():
    found = endpoints()
    assert found.loc["sofa_missing", 7]["status"].tolist() == ["observed", *["missing"] * 3]
    reasons = plain(found.loc["sofa_missing", 7]["reason"])
    assert reasons == [None, "not scored", "died", "died"]
    carried = found.loc["sofa_carried", 7]
    assert carried["status"].tolist() == ["observed", "missing", "death_rule", "death_rule"]
    assert plain(carried["reason"]) == [None, "not scored", None, None]


def test_a_day_without_a_score_may_take_the_last_one_of_the_living():
    found = endpoints(unscored="carried")
    assert found.loc[("sofa_missing", 7, "B")].tolist() == [
        3,
        "carried from an earlier day",
        "assumed",
    ]
    assert found.loc[("mean_sofa_missing", 7, "B"), "value"] == pytest.approx(11 / 3)
    assert pd.isna(found.loc[("sofa_missing", 7, "C"), "value"])


@pytest.mark.parametrize(("convention", "expected"), [("observed", 16), ("death_rule", 24)])
def test_the_score_of_the_day_of_death_counts_or_the_rule_does(convention, expected):
    courses = {"A": {1: 8, 7: 16}}
    on_day_7 = lives(A=dead(6.5))
    found = endpoints(courses, on_day_7, day_of_death=convention, death_rules=["score_24"])
    assert found.loc[("sofa_score_24", 7, "A"), "value"] == expected


def test_by_the_rule_the_score_of_the_day_of_death_is_not_carried_either():
    courses, people = {"A": {1: 8, 4: 16}}, lives(A=dead(4))
    rules = {"death_rules": ["carried"]}
    last = [
        endpoints(courses, people, day_of_death=each, **rules)["value"].loc["sofa_carried", 7, "A"]
        for each in ("observed", "death_rule")
    ]
    assert last == [16, 8]


def test_without_a_baseline_there_is_no_change_but_death_still_ranks_worst():
    found = endpoints({"A": {1: 8, 7: 4}}, lives(A=alive(), B=dead(2)))
    assert pd.isna(found.loc[("delta_sofa_score_24", 7, "B"), "value"])
    assert found.loc[("delta_sofa_score_24", 7, "B"), "reason"] == "not scored"
    assert found.loc[("delta_sofa_worst_rank", 7, "B"), "value"] == 2


def test_nobody_scored_is_nobody_with_a_value():
    found = endpoints({}, lives(A=alive()), death_rules=["missing"])
    assert found["value"].isna().all()
    assert found["status"].eq("missing").all()


@pytest.mark.parametrize(("pick", "expected"), [("worst", 9), ("first", 7), ("last", 5)])
def test_of_several_scores_of_a_day_one_counts(pick, expected):
    table = pd.DataFrame(
        {"participant_id": "A", "time_h": [20.0, 12.0, 0.0, -1.0], "score": [5.0, 9.0, 7.0, 24.0]}
    )
    daily = daily_scores(table, lives(A=alive(), B=alive()), of_day=pick)
    assert daily.columns.tolist() == [1]
    assert daily.loc["A", 1] == expected
    assert daily.loc["B"].isna().all()


def test_the_earlier_death_ranks_worse_and_ties_share_the_mean():
    values = pd.Series([3.0, 3.0, 9.0, 1.0, np.nan])
    death_d = pd.Series([np.nan, np.nan, 5.0, 2.0, np.nan])
    assert worst_rank(values, death_d).fillna(-1).tolist() == [1.5, 1.5, 3, 4, -1]


lived = st.one_of(st.integers(1, 10).map(dead), st.just(alive()))
course = st.dictionaries(st.integers(1, 7), st.integers(0, 24), max_size=7)


@settings(max_examples=50)
@given(st.lists(st.tuples(lived, course), min_size=1, max_size=6))
def test_death_never_makes_a_score_better(people):
    names = [f"P{at}" for at in range(len(people))]
    everybody = lives(**dict(zip(names, (person for person, _ in people), strict=True)))
    courses = dict(zip(names, (each for _, each in people), strict=True))
    values = endpoints(courses, everybody)["value"]
    for prefix in ("", "delta_", "maximum_", "mean_"):
        alone, as_24 = (values.loc[f"{prefix}sofa_{rule}", 7] for rule in ("missing", "score_24"))
        known = alone.notna()
        assert (as_24[known] >= alone[known] - 1e-9).all()
        ranks = values.loc[f"{prefix}sofa_worst_rank", 7].dropna()
        assert ranks.sum() == pytest.approx(len(ranks) * (len(ranks) + 1) / 2)
