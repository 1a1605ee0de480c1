"""The hours that are scored, and their days."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import HOUR, Grid, cell_of, extreme, make_grid, one_cell
from sepsisflow.scores.observations import People, Rows


def grid_of(who: People, rows: Rows, ends: pd.DataFrame, choices: dict) -> tuple:
    """The hours that ``choices.clock`` names, and the second at which each participant's begin.

    ``ends`` holds the events ``participant_id`` and ``event``, ``latest_h``. Whoever has no
    reading of the clock's variable, or no value at all, is not scored; where the clock is one
    ``window``, everybody is.
    """
    clock, count = choices["clock"], len(who.identifier)
    if "window" in clock:
        return one_cell(who.origin, *clock["window"]), who.origin
    before = choices["hours_before"]
    if "first_reading_of" in clock:
        which = rows.called(clock["first_reading_of"])
        begin, last = _first_and_last(rows.person[which], rows.second[which], count)
        scored = begin <= last
        end = -(-np.where(scored, begin, 0) // HOUR) * HOUR
        hours = np.where(scored, last // HOUR - begin // HOUR, -1)
        return make_grid(end, hours, before), begin
    end = who.origin + HOUR
    # What is known by date alone reaches to the end of its day.
    reach = rows.second + np.where(rows.by_date, 24 * HOUR - 1, 0)
    _, last = _first_and_last(rows.person, reach, count)
    _, visit = _first_and_last(rows.person[rows.by_date], reach[rows.by_date], count)
    until = ends[ends["event"].isin(clock["until"])].groupby("participant_id")["latest_h"].min()
    left = until.reindex(who.identifier).to_numpy() * HOUR
    event = who.origin + np.nan_to_num(left).astype(np.int64)
    if clock["visits_after"]:
        event = np.maximum(event, visit)
    last = np.where(np.isnan(left), last, event)
    hours = np.where(last > who.origin, -((end - last) // HOUR), -1)
    return make_grid(end, hours, before), who.origin


def _first_and_last(person: np.ndarray, second: np.ndarray, count: int) -> tuple:
    limits = np.iinfo(np.int64)
    first, last = np.full(count, limits.max // 2), np.full(count, limits.min // 2)
    np.minimum.at(first, person, second)
    np.maximum.at(last, person, second)
    return first, last


def hour_of_day_1(grid: Grid, who: People, day_1_h: pd.Series) -> np.ndarray:
    """The hour with which each participant's day 1 begins.

    ``day_1_h`` is by participant_id, in hours from the origin. Where it is not a full hour of the
    grid, the hour that has begun before is not of day 1. Nobody without a number has an hour.
    """
    start = day_1_h.reindex(who.identifier).to_numpy(dtype=float)
    second = who.origin + np.rint(np.nan_to_num(start) * HOUR).astype(np.int64)
    first = -((grid.end - HOUR - second) // HOUR)
    return np.where(np.isnan(start), grid.count, first)


def days(grid: Grid, first: np.ndarray | int = 0) -> tuple[Grid, np.ndarray, Callable]:
    """Days of a grid: 24 hours from ``first`` on are day 1, and so on.

    ``first`` is one hour, or one for each participant; hours before it, and before hour 0, are in
    no day.

    Returns
    -------
    tuple
        A grid whose hours are days from 0; the number of hours of each; and a function that gives
        the highest of scores by cell in each day, and the cell that has it, else -1.
    """
    first = np.broadcast_to(first, len(grid.count))
    last = np.where(grid.count > 0, (grid.count - grid.before - 1 - first) // 24, -1)
    daily = make_grid(grid.end, last, 0)
    day = (grid.hour - first[grid.person]) // 24
    cell = np.where(grid.hour >= 0, cell_of(daily, grid.person, day), -1)

    def worst(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return extreme(cell, score, len(daily.hour), "highest")

    return daily, np.bincount(cell[cell >= 0], minlength=len(daily.hour)), worst


def last_hours(daily: Grid, grid: Grid, first: np.ndarray | int = 0) -> np.ndarray:
    """Cell of the last hour of each day of `days`, -1 where the grid begins later."""
    begin = np.broadcast_to(first, len(grid.count))[daily.person] + daily.hour * 24
    last = grid.count[daily.person] - grid.before - 1
    return cell_of(grid, daily.person, np.minimum(begin + 23, last))
