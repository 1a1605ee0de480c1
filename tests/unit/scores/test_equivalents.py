"""Norepinephrine equivalents, by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from scored import infusion, people, table
from sepsisflow.scores.equivalents import equivalents
from sepsisflow.scores.observations import people as as_arrays
from sepsisflow.scores.observations import treated

FACTORS = {"norepinephrine": 1, "phenylephrine": 0.1, "vasopressin": 2.5}


def intervals(*given, at_once="sum", also_cut_by=(), names=("a", "b")):
    """Participant, start and end (hours from the origin), and dose."""
    who = as_arrays(people(*names), {"person": None, "admission": None})
    rows = treated(table("interventions", given), who)
    found = equivalents(rows, FACTORS, also_cut_by=list(also_cut_by), at_once=at_once)
    start, end = ((each - who.origin[found.person]) / 3600 for each in (found.start, found.end))
    ids = who.identifier[found.person]
    return list(zip(ids, start.tolist(), end.tolist(), found.dose.round(6).tolist(), strict=True))


def test_rates_that_run_at_one_time_are_added_by_their_factors():
    given = [
        infusion("norepinephrine", 0, 4, 0.2),
        infusion("phenylephrine", 1, 3, 1.0),
        infusion("vasopressin", 2, 3, 0.04),
    ]
    assert intervals(*given) == [
        ("a", 0, 1, 0.2),
        ("a", 1, 2, 0.3),
        ("a", 2, 3, 0.4),
        ("a", 3, 4, 0.2),
    ]


def test_nothing_is_said_of_the_time_between_infusions():
    given = [infusion("norepinephrine", 0, 1, 0.2), infusion("norepinephrine", 5, 6, 0.1)]
    assert intervals(*given) == [("a", 0, 1, 0.2), ("a", 5, 6, 0.1)]


def test_a_rate_of_0_is_0_and_one_that_is_missing_is_none():
    given = [infusion("norepinephrine", 0, 1, 0.0), infusion("norepinephrine", 5, 6)]
    assert intervals(*given) == [("a", 0, 1, 0.0)]


def test_agents_that_do_not_count_end_an_interval_only_if_they_should():
    given = [infusion("norepinephrine", 0, 4, 0.2), infusion("dobutamine", 1, 9, 5)]
    assert intervals(*given) == [("a", 0, 4, 0.2)]
    cut = [("a", 0, 1, 0.2), ("a", 1, 4, 0.2)]
    assert intervals(*given, also_cut_by=["dobutamine"]) == cut


@pytest.mark.parametrize(("at_once", "within"), [("sum", [0.5]), ("each", [0.3, 0.4])])
def test_two_rates_of_one_agent_are_added_or_stand_each_for_itself(at_once, within):
    given = [
        infusion("norepinephrine", 0, 2, 0.1),
        infusion("norepinephrine", 1, 2, 0.2),
        infusion("phenylephrine", 1, 2, 2),
    ]
    expected = [("a", 0, 1, 0.1), *(("a", 1, 2, dose) for dose in within)]
    assert intervals(*given, at_once=at_once) == expected


def test_participants_are_kept_apart():
    given = [
        infusion("norepinephrine", 0, 4, 0.2),
        infusion("norepinephrine", 2, 6, 0.1, who="b"),
    ]
    assert intervals(*given) == [("a", 0, 4, 0.2), ("b", 2, 6, 0.1)]


def test_an_infusion_without_length_gives_nothing_and_nobody_has_none():
    assert intervals(infusion("norepinephrine", 1, 1, 0.2)) == []
    assert intervals() == []


RATES = st.tuples(
    st.sampled_from(list(FACTORS)),
    st.integers(0, 20),
    st.integers(0, 9),
    st.floats(0, 5),
    st.sampled_from("ab"),
)


@examples(st.lists(RATES, max_size=12))
def test_the_area_under_the_equivalents_is_that_of_all_infusions(drawn):
    given = [
        infusion(agent, start, start + length, rate, who=who)
        for agent, start, length, rate, who in drawn
    ]
    found = pd.DataFrame(intervals(*given), columns=["who", "start", "end", "dose"])
    area = (found["end"] - found["start"]) @ found["dose"].astype(float) if len(found) else 0
    expected = sum(length * rate * FACTORS[agent] for agent, _, length, rate, _ in drawn)
    assert np.isclose(area, expected, atol=1e-3)
    for _, mine in found.groupby("who"):
        assert (mine["start"].to_numpy()[1:] >= mine["end"].to_numpy()[:-1]).all()
