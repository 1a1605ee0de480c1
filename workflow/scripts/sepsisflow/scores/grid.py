"""A dense grid of hours: windows see hours without a reading, and no loop over participants.

Cells of all participants lie behind one another, each participant's in the order of hours. Times
are whole seconds, of the wall clock where the participant has an origin by date and time.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

HOUR = 3600


@dataclass(frozen=True)
class Grid:
    """Hours of some participants.

    ``end`` is the second at which a participant's hour 0 ends, ``count`` the number of their cells
    (0: not scored), of which the first ``before`` precede hour 0, ``first`` the first one. By cell
    ``person`` is the participant's position and ``hour`` the hour; hour h holds the times after
    ``end + (h - 1) * length``, up to and with ``end + h * length``.
    """

    end: np.ndarray
    count: np.ndarray
    first: np.ndarray
    before: int
    person: np.ndarray
    hour: np.ndarray
    length: int = HOUR


def make_grid(end: np.ndarray, last_hour: np.ndarray, before: int) -> Grid:
    """Grid from ``before`` hours before hour 0 to each participant's last hour.

    ``end`` is in seconds, ``last_hour`` in hours, negative for whoever is not scored.
    """
    count = np.where(last_hour >= 0, last_hour + 1 + before, 0).astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count)[:-1])).astype(np.int64)
    person = np.repeat(np.arange(len(count)), count)
    hour = np.arange(count.sum()) - first[person] - before
    return Grid(end.astype(np.int64), count, first, before, person, hour)


def one_cell(origin: np.ndarray, from_h: float, to_h: float) -> Grid:
    """A grid of one cell each: from ``from_h`` to ``to_h`` hours after ``origin``, ends included.

    ``origin`` is in whole seconds, as all times are.
    """
    count = np.ones(len(origin), dtype=np.int64)
    own = np.arange(len(origin))
    length = round((to_h - from_h) * HOUR) + 1
    return Grid(origin + round(to_h * HOUR), count, own, 0, own, np.zeros_like(own), length)


def last_seconds(grid: Grid) -> np.ndarray:
    """The second at which each participant's last hour ends."""
    return grid.end + (grid.count - grid.before - 1) * grid.length


def hour_of(grid: Grid, person: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The hour that each time falls in."""
    return -((grid.end[person] - second) // grid.length)


def cell_of(grid: Grid, person: np.ndarray, hour: np.ndarray) -> np.ndarray:
    """The cell of each participant's hour, -1 outside of the grid."""
    place = hour + grid.before
    inside = (place >= 0) & (place < grid.count[person])
    return np.where(inside, grid.first[person] + place, -1)


def counted_up(first: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``count`` whole numbers from each ``first`` on, with the position of their first."""
    each = np.repeat(np.arange(len(first)), count)
    offset = np.arange(len(each)) - np.repeat(np.cumsum(count) - count, count)
    return each, first[each] + offset


def extreme(
    cell: np.ndarray, value: np.ndarray, cells: int, worst: str
) -> tuple[np.ndarray, np.ndarray]:
    """Highest or lowest value of each cell, and the position of the first that has it.

    Parameters
    ----------
    cell : ndarray of int
        Cell of each value; -1 is left out.
    value : ndarray of float
        NaN is left out.
    cells : int
        Number of cells.
    worst : {"highest", "lowest"}

    Returns
    -------
    tuple of ndarray
        By cell the value, NaN where there is none, and its position in ``value``, else -1.
    """
    used = np.flatnonzero((cell >= 0) & ~np.isnan(value))
    where, what = cell[used], value[used]
    best = np.full(cells, -np.inf if worst == "highest" else np.inf)
    (np.maximum if worst == "highest" else np.minimum).at(best, where, what)
    position = np.full(cells, -1, dtype=np.int64)
    deciding = np.flatnonzero(what == best[where])[::-1]
    position[where[deciding]] = used[deciding]
    best[position < 0] = np.nan
    return best, position


def trailing_worst(grid: Grid, score: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Highest score of each hour and the ``window - 1`` hours before it.

    The window doubles: after k steps a cell knows the worst of 2**k hours.

    Returns
    -------
    tuple of ndarray
        By cell the score, NaN where all hours are missing, and the cell that has it (the latest of
        equal ones), else -1.
    """
    cells = len(score)
    known = np.flatnonzero(~np.isnan(score))
    # One number that orders by score first and by hour then; 0 where the score is missing.
    levels = np.sort(pd.unique(score[known]))
    small = (len(levels) + 1) * cells < np.iinfo(np.int32).max
    key = np.zeros(cells, dtype=np.int32 if small else np.int64)
    key[known] = np.searchsorted(levels, score[known]) * cells + known + 1
    reached = 1
    while reached < window:
        step = min(reached, window - reached)
        earlier = key[:-step].copy()
        # The first hours of each participant follow the last ones of another.
        begin = (grid.first[:, np.newaxis] + np.arange(step)).ravel()
        earlier[begin[(begin >= step) & (begin < cells)] - step] = 0
        np.maximum(key[step:], earlier, out=key[step:])
        reached += step
    found = np.flatnonzero(key)
    level, cell = np.divmod(key[found] - 1, cells)
    best, deciding = np.full(cells, np.nan), np.full(cells, -1, dtype=np.int64)
    best[found], deciding[found] = levels[level], cell
    return best, deciding
