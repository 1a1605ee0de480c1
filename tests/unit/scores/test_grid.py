"""The dense grid of hours, and windows over it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.scores.grid import HOUR, cell_of, extreme, hour_of, make_grid, trailing_worst

SCORE = st.one_of(st.none(), st.integers(0, 4))


def grid_of(hours, before=0):
    return make_grid(np.full(len(hours), 1000 * HOUR), np.array(hours) - 1 - before, before)


def test_an_hour_holds_its_end_and_not_its_begin():
    grid = grid_of([3])
    second = 1000 * HOUR + np.array([-HOUR, -HOUR + 1, 0, 1, HOUR, HOUR + 1])
    assert hour_of(grid, np.zeros(6, dtype=int), second).tolist() == [-1, 0, 0, 1, 1, 2]


def test_cells_of_participants_lie_behind_one_another_and_hours_outside_have_none():
    grid = make_grid(np.zeros(3), np.array([1, -1, 0]), before=1)
    assert grid.person.tolist() == [0, 0, 0, 2, 2]
    assert grid.hour.tolist() == [-1, 0, 1, -1, 0]
    person = np.array([0, 0, 0, 1, 2, 2])
    assert cell_of(grid, person, np.array([-2, -1, 2, 0, 0, 1])).tolist() == [-1, 0, -1, -1, 4, -1]


def test_the_first_of_equal_extremes_is_cited():
    value = np.array([2.0, 3.0, 3.0, np.nan, 9.0])
    best, position = extreme(np.array([0, 0, 0, 1, -1]), value, 3, "highest")
    np.testing.assert_equal(best, [3.0, np.nan, np.nan])
    assert position.tolist() == [1, -1, -1]
    assert extreme(np.array([0, 0]), np.array([2.0, 1.0]), 1, "lowest")[0].tolist() == [1.0]


@given(st.lists(st.lists(SCORE, max_size=60), min_size=1, max_size=4), st.integers(1, 30))
def test_windows_see_every_hour_of_one_participant_and_the_latest_of_equal_scores(people, window):
    grid = grid_of([len(scores) for scores in people])
    flat = np.array([s for scores in people for s in scores], dtype=float)
    best, cell = trailing_worst(grid, flat, window)
    at = 0
    for scores in people:
        begin = at
        for hour in range(len(scores)):
            seen = [
                (score, begin + h)
                for h, score in enumerate(scores)
                if hour - window < h <= hour and score is not None
            ]
            expected = max(seen) if seen else (np.nan, -1)
            np.testing.assert_equal((best[at], cell[at]), expected)
            at += 1
