"""Definitions side by side, by hand: heart and lung of two people on two days."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from score_comparison_example import CASES, NEW, OLD, PEOPLE, POINTS, compared, daily, tables
from sepsisflow.inference.score_comparison import daily_scores, shared

OLD_ALONE, PAIR = (
    "score_comparison.{}.all.old_one{}",
    "score_comparison.{}.all.new_one-vs-old_one{}",
)


@pytest.fixture(scope="module")
def table():
    """Estimates by key."""
    return compared(OLD, NEW).set_index("key")


def test_a_definition_is_described_by_whom_it_scores_and_of_what(table):
    scored = table.loc[OLD_ALONE.format("participants", ".scored")]
    assert scored[["value", "n_events", "n"]].tolist() == [pytest.approx(2 / 3), 2, 3]
    expected = {
        ("participants", ".days"): 4,
        ("participants", ".components_observed"): 7 / 4,
        ("heart", ".observed"): 1,
        ("lung", ".observed"): 3 / 4,
    }
    found = {place: table.loc[OLD_ALONE.format(*place), "value"] for place in expected}
    assert found == expected
    assert table.loc[OLD_ALONE.format("heart", ".observed"), "definition"] == "old-one"


def test_totals_are_described_on_the_first_day_and_on_the_day_of_the_highest(table):
    expected = {
        ("first_day", "@1.mean"): 2.5,  # 1 and 4
        ("first_day", "@1.minimum"): 1,
        ("highest", ".mean"): 3.5,  # 3 and 4
        ("highest", ".median"): 3.5,
        ("highest", ".maximum"): 4,
    }
    found = {place: table.loc[OLD_ALONE.format(*place), "value"] for place in expected}
    assert found == expected


def test_points_are_compared_on_the_days_on_which_both_gave_points(table):
    # Heart: 2 - 0, 2 - 2, 1 - 4; lung: 1 - 1, and on day 2 of a only the old; total: 2, -1, -3.
    expected = {
        ("heart", "days"): (3, 2),
        ("heart", "different"): (2 / 3, 2),
        ("heart", "mean_difference"): (-1 / 3, 2),
        ("heart", "by_one_only"): (0, 2),
        ("lung", "days"): (1, 1),
        ("lung", "different"): (0, 1),
        ("lung", "by_one_only"): (1 / 3, 2),
        ("total", "different"): (1, 2),
        ("total", "mean_difference"): (-2 / 3, 2),
    }
    for (endpoint, statistic), numbers in expected.items():
        row = table.loc[PAIR.format(endpoint, f".{statistic}")]
        assert (row["value"], row["n"]) == pytest.approx(numbers), (endpoint, statistic)


def test_who_reaches_two_points_is_crossed_among_those_whom_both_scored(table):
    cells = ("both", "group_only", "comparator_only", "neither")
    # First day: a 1 and 3, b 4 and 1. Highest: a 3 and 3, b 4 and 1.
    for endpoint, day, expected in (
        ("first_day_at_least_2", "@1", [0, 1, 1, 0]),
        ("highest_at_least_2", "", [1, 0, 1, 0]),
    ):
        rows = table.loc[[PAIR.format(endpoint, f"{day}.{cell}") for cell in cells]]
        assert rows["value"].tolist() == expected
        assert rows["n"].tolist() == [2] * 4
    share = table.loc[OLD_ALONE.format("highest_at_least_2", ".proportion")]
    assert share[["value", "n_events", "n"]].tolist() == [1, 2, 2]


def test_two_points_are_two_points_and_not_one():
    rows = compared([("a", 1, 1, 1, 2), ("b", 1, 1, 0, 1)], NEW).set_index("key")
    assert rows.loc[OLD_ALONE.format("highest_at_least_2", ".proportion"), "n_events"] == 1


def test_components_are_compared_where_both_can_give_as_many_points():
    one, other = {"heart": 4, "lung": 4, "brain": 4}, {"lung": 4, "heart": 1}
    assert shared(one, other) == ["lung"]
    assert shared(one, {"lung": 4, "heart": 4}) == ["total", "heart", "lung"]
    assert shared(one, {"temperature": 4}) == []


def test_definitions_of_another_scale_are_only_crossed():
    qsofa = {"old-one": POINTS["old-one"], "new-one": {"heart": 1, "lung": 1}}
    table = compared(OLD, NEW, points=qsofa)
    pairs = table.loc[table["comparator"].notna(), "endpoint"]
    assert set(pairs) == {"first_day_at_least_2", "highest_at_least_2"}


@pytest.mark.parametrize(
    "day",
    [(None, None, 0), (None, 3, None)],
    ids=["of which nothing was observed, for which the definition has 0", "without a total"],
)
def test_a_day_is_not_scored(day):
    rows = compared([("a", 1, *day), ("b", 1, 2, 2, 4)], NEW).set_index("key")
    assert rows.loc[OLD_ALONE.format("participants", ".days"), "value"] == 1
    assert rows.loc[OLD_ALONE.format("lung", ".observed"), "value"] == 1


def test_components_are_compared_under_the_name_of_their_organ():
    found = daily_scores(
        *tables(NEW), organs={"lung": "respiration", "brain": "cns"}, people=PEOPLE
    )
    assert found.columns.tolist() == ["total", "n_components", "respiration", "cns"]
    assert found.loc[("a", 1), "respiration"] == 1
    assert found["cns"].isna().all()


def test_a_score_of_one_window_is_day_one():
    first = [row for row in NEW if row[1] == 1]
    once = [each.drop(columns="study_day") for each in tables(first)]
    found = daily_scores(*once, organs={"heart": "heart", "lung": "lung"}, people=PEOPLE)
    pd.testing.assert_frame_equal(found, daily(first))


@pytest.mark.parametrize("scored", [[], [("x", 1, 1, 1, 2)]], ids=["nothing", "nobody who counts"])
def test_a_definition_that_scores_nobody_has_counts_of_nought_and_no_levels(scored):
    table = compared(OLD, scored).set_index("key")
    at = "score_comparison.{}.all.new_one.{}".format
    assert table.loc[at("participants", "scored"), "value"] == 0
    assert table.loc[at("participants", "days"), "value"] == 0
    assert np.isnan(table.loc[at("highest", "mean"), "value"])
    assert table.loc[PAIR.format("total", ".days"), "value"] == 0
    assert "not estimable" in table.loc[PAIR.format("total", ".different"), "method"]


def test_nobody_to_be_scored_is_no_error():
    table = compared(OLD, NEW, people=pd.Series([], dtype=str)).set_index("key")
    assert np.isnan(table.loc[OLD_ALONE.format("participants", ".scored"), "value"])


def test_sepsis_is_counted_and_crossed_among_those_who_are_judged():
    table = compared(OLD, NEW, cases=CASES).set_index("key")
    at = "score_comparison.sepsis.all.{}.{}".format
    old = table.loc[at("old_sepsis", "proportion")]
    assert old[["value", "n_events", "n", "definition"]].tolist() == [0.5, 1, 2, "old-sepsis"]
    new = table.loc[at("new_sepsis", "proportion")]
    assert new[["value", "n_events", "n"]].tolist() == [1, 1, 1]
    cells = ("both", "group_only", "comparator_only", "neither")
    crossed = table.loc[[at("new_sepsis-vs-old_sepsis", cell) for cell in cells]]
    assert crossed["value"].tolist() == [0, 1, 0, 0]
    assert crossed["n"].tolist() == [1] * 4


def test_nobody_is_judged_where_there_is_no_suspicion():
    table = compared(OLD, NEW, cases=CASES[:0]).set_index("key")
    share = table.loc["score_comparison.sepsis.all.old_sepsis.proportion"]
    assert np.isnan(share["value"])
    assert share["n"] == 0


def test_every_pair_is_compared_and_the_first_definition_is_the_reference():
    table = compared(OLD, NEW, OLD, points={**POINTS, "third": POINTS["old-one"]})
    pairs = table[table["endpoint"].eq("total")][["group", "comparator"]].drop_duplicates()
    assert pairs.values.tolist() == [
        ["new_one", "old_one"],
        ["third", "old_one"],
        ["third", "new_one"],
    ]
    crossed = table[table["statistic"].eq("neither")]
    assert set(crossed["comparator"]) == {"old_one"}


def test_the_order_of_rows_changes_nothing():
    pd.testing.assert_frame_equal(compared(OLD[::-1], NEW[::-1]), compared(OLD, NEW))


FEW = settings(max_examples=25)
POINT = st.one_of(st.none(), st.integers(0, 4))
PLACES = [(name, day) for name in "abc" for day in (1, 2)]


@st.composite
def courses(draw):
    """Points of some participants on some days, their sum with missing as 0."""
    chosen = draw(st.lists(st.sampled_from(PLACES), min_size=1, unique=True))
    points = [(draw(POINT), draw(POINT)) for _ in chosen]
    return [
        (*place, *pair, sum(each or 0 for each in pair))
        for place, pair in zip(chosen, points, strict=True)
    ]


@FEW
@given(courses())
def test_a_definition_differs_from_itself_on_no_day_and_moves_nobody(course):
    table = compared(course, course)
    of_pair = table[table["comparator"].notna()].groupby("statistic")["value"]
    for statistic in ("different", "mean_difference", "by_one_only"):
        assert of_pair.get_group(statistic).fillna(0).eq(0).all()
    for statistic in ("group_only", "comparator_only"):
        assert of_pair.get_group(statistic).eq(0).all()


@FEW
@given(courses(), courses())
def test_exchanged_definitions_differ_as_often_and_the_other_way(one, other):
    there, back = (compared(*each).set_index(["endpoint", "statistic", "comparator"])["value"]
                   for each in ((one, other), (other, one)))  # fmt: skip
    there, back = (each.xs("old_one", level="comparator") for each in (there, back))
    for endpoint in ("total", "heart", "lung"):
        same = there[endpoint, "different"], back[endpoint, "different"]
        assert same == pytest.approx(same[::-1], nan_ok=True)
        gaps = there[endpoint, "mean_difference"], back[endpoint, "mean_difference"]
        assert gaps[0] == pytest.approx(-gaps[1], nan_ok=True)
    for endpoint in ("first_day_at_least_2", "highest_at_least_2"):
        assert there[endpoint, "group_only"] == back[endpoint, "comparator_only"]


@FEW
@given(courses(), courses())
def test_the_cells_of_a_cross_table_are_those_whom_both_scored(one, other):
    both = set(daily(one).index.unique(0)) & set(daily(other).index.unique(0))
    table = compared(one, other)
    crossed = table[table["endpoint"].eq("highest_at_least_2") & table["comparator"].notna()]
    assert crossed["value"].sum() == len(both)
    assert crossed["n"].eq(len(both)).all()
