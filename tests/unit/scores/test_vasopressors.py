"""Rates by hour, against a count of every ten minutes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scored import infusion, people, table
from sepsisflow.scores.grid import HOUR, make_grid
from sepsisflow.scores.observations import people as arrays
from sepsisflow.scores.observations import treated
from sepsisflow.scores.vasopressors import as_base, running_by_cell, sums_by_cell

AGENTS, HOURS, TICKS = ("epinephrine", "norepinephrine"), 8, 6
CHOICES = {"person": None, "admission": None}
INFUSIONS = st.lists(
    st.tuples(
        st.sampled_from(AGENTS),
        st.integers(0, HOURS * TICKS - 1),
        st.integers(1, 15),
        st.sampled_from([0.0, 0.1, 0.2, 0.3]),
        st.sampled_from("ab"),
    ),
    max_size=8,
)


def rows_of(infusions):
    """Interventions, and a grid of whoever gets them."""
    who = arrays(people("a", "b"), CHOICES)
    listed = [
        infusion(agent, begin / TICKS, (begin + length) / TICKS, rate, name)
        for agent, begin, length, rate, name in infusions
    ]
    return make_grid(who.origin + HOUR, np.full(2, HOURS - 1), 0), treated(
        table("interventions", listed), who
    )


def lasting(infusions, agent, name, gap):
    """Runs of an agent, in ticks, with breaks of up to ``gap``."""
    runs = []
    for _, begin, length, _, _ in sorted(i for i in infusions if (i[0], i[4]) == (agent, name)):
        if runs and begin <= runs[-1][1] + gap:
            runs[-1][1] = max(runs[-1][1], begin + length)
        else:
            runs.append([begin, begin + length])
    return runs


def counts(infusion, infusions):
    """Whether an infusion lasts for an hour with those without a break, or is a rate of 0."""
    agent, begin, _, rate, name = infusion
    runs = lasting([each for each in infusions if each[3] > 0], agent, name, 0)
    return not rate or any(start <= begin <= end and end - start >= TICKS for start, end in runs)


def highest(cell, value):
    """Highest value of each cell of two people, missing as None."""
    found = [None] * (2 * HOURS)
    for at, each in zip(cell, value, strict=True):
        if at >= 0:
            found[at] = each if found[at] is None else max(found[at], each)
    return found


@given(INFUSIONS)
def test_sums_are_of_what_runs_at_one_time_for_an_hour_or_more(infusions):
    grid, rows = rows_of(infusions)
    cell, value, _ = sums_by_cell(grid, rows, AGENTS, counted="during_hour", minimum_h=1)
    expected = [None] * (2 * HOURS)
    counting = [each for each in infusions if counts(each, infusions)]
    for _, begin, length, _, name in counting:
        for tick in range(begin, min(begin + length, HOURS * TICKS)):
            kept = [
                each[3]
                for each in counting
                if each[4] == name and each[1] <= tick < each[1] + each[2]
            ]
            at = "ab".index(name) * HOURS + tick // TICKS
            expected[at] = max(expected[at] or 0.0, sum(kept))
    assert highest(cell, value) == pytest.approx(expected)


@given(INFUSIONS, st.integers(0, 12))
def test_what_is_given_runs_through_breaks_that_are_short_enough(infusions, gap):
    infusions = [each for each in infusions if each[0] == "epinephrine" and each[3] > 0]
    grid, rows = rows_of(infusions)
    cell, _ = running_by_cell(
        grid, rows, AGENTS, counted="during_hour", minimum_h=1, joined_h=gap / TICKS
    )
    expected = {
        "ab".index(name) * HOURS + tick // TICKS
        for name in "ab"
        for start, end in lasting(infusions, "epinephrine", name, gap)
        if end - start >= TICKS
        for tick in range(start, min(end, HOURS * TICKS))
    }
    assert set(cell[cell >= 0].tolist()) == expected


def test_salts_are_turned_into_the_base_and_cited_as_it():
    _, rows = rows_of([("epinephrine", 0, 6, 0.2, "a"), ("norepinephrine", 0, 6, 0.2, "b")])
    found = as_base(rows, {"norepinephrine": {"epinephrine": 2}})
    assert found.value.tolist() == [0.1, 0.2]
    assert len(found.called("norepinephrine")) == 2
    assert rows.value.tolist() == [0.2, 0.2]
