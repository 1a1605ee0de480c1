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


def days(grid: Grid) -> tuple[Grid, np.ndarray, Callable]:
    """Days of a grid: hours 0 to 23 are day 1, and so on.

    Returns
    -------
    tuple
        A grid whose hours are days from 0; the number of hours of each; and a function that gives
        the highest of scores by cell in each day, and the cell that has it, else -1.
    """
    listed = grid.hour >= 0
    last = np.where(grid.count > 0, (grid.count - grid.before - 1) // 24, -1)
    daily = make_grid(grid.end, last, 0)
    cell = np.where(listed, cell_of(daily, grid.person, grid.hour // 24), -1)

    def worst(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return extreme(cell, score, len(daily.hour), "highest")

    return daily, np.bincount(cell[listed], minlength=len(daily.hour)), worst


def last_hours(daily: Grid, grid: Grid) -> np.ndarray:
    """Cell of the last hour of each day of `days`."""
    last = grid.count[daily.person] - grid.before - 1
    return cell_of(grid, daily.person, np.minimum(daily.hour * 24 + 23, last))
