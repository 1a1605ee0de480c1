"""Windows about rows of another table equal a search row by row."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.scores.windows import last_before, lowest_so_far, pairs_within

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(-20, 20)), max_size=12)
NUMBERS = st.one_of(st.integers(0, 24).map(float), st.just(np.nan))


def columns(rows):
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


@given(ROWS, ROWS.map(sorted), st.integers(0, 10), st.integers(-2, 10))
def test_pairs_are_those_that_a_search_finds(windows, rows, before, after):
    person, moment = columns(windows)
    found = pairs_within(person, moment - before, moment + after, *columns(rows))
    assert list(zip(*map(list, found), strict=True)) == [
        (at, row)
        for at, (who, time) in enumerate(windows)
        for row, (other, then) in enumerate(rows)
        if who == other and time - before <= then <= time + after
    ]


@given(ROWS, ROWS.map(sorted))
def test_the_last_row_before_is_the_one_that_a_search_finds(moments, rows):
    found = last_before(*columns(moments), *columns(rows)).tolist()
    assert found == [
        max(
            (at for at, (other, then) in enumerate(rows) if other == who and then < time),
            default=-1,
        )
        for who, time in moments
    ]


@given(st.lists(st.tuples(st.integers(0, 3), NUMBERS), max_size=15))
def test_the_lowest_so_far_is_the_minimum_of_the_group_up_to_each_row(rows):
    rows = sorted(rows, key=lambda each: each[0])
    group = np.array([each[0] for each in rows], dtype=np.int64)
    value = np.array([each[1] for each in rows], dtype=float)
    expected = [
        min((v for g, v in rows[: at + 1] if g == group[at] and v == v), default=np.inf)
        for at in range(len(rows))
    ]
    assert lowest_so_far(group, value).tolist() == pytest.approx(expected)
