"""Rates of infusions, and the hours in which treatments run."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR, Grid, cell_of, counted_up, hour_of
from sepsisflow.scores.observations import Rows, bounds, time_key
from sepsisflow.scores.ventilation import inside, joined, running

# Sums of decimals differ in the last digits by their order.
DECIMALS = 9


def as_base(rows: Rows, salts: dict) -> Rows:
    """Interventions with every salt as its base.

    ``salts`` holds, by base, the mass of each salt (agents) that one of the base is in.
    """
    names, name, dose = list(rows.names), rows.name.copy(), rows.value.copy()
    for base, masses in salts.items():
        if base not in names:
            names.append(base)
        for salt, mass in masses.items():
            which = rows.called(salt)
            name[which] = names.index(base)
            dose[which] /= mass
    return replace(rows, names=names, name=name, value=dose)


def rates_by_cell(
    grid: Grid, rows: Rows, agent: str, *, counted: str, minimum_h: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates of an agent in the cells of a grid.

    Parameters
    ----------
    grid : Grid
    rows : Rows
        Interventions.
    counted : {"at_end_of_hour", "during_hour", "at_start"}
        Rates that run when the hour ends (begun before, ended then or later), at any time in it, or
        that begin in it.
    minimum_h : float
        Infusions that last less, taking those without a break together, are left out; a rate of 0
        is a break.

    Returns
    -------
    tuple of ndarray
        Cell, rate and row, one per infusion and hour.
    """
    which = _lasting(rows, agent, minimum_h)
    cell, each = _hours(grid, rows.person[which], rows.second[which], rows.end[which], counted)
    return cell, rows.value[which][each], which[each]


def sums_by_cell(
    grid: Grid, rows: Rows, agents: list[str], *, counted: str, minimum_h: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sums of the rates of some agents that run at one time; cited is the latest to begin.

    As `rates_by_cell`, which see; several infusions of one agent are added, too.
    """
    which = np.concatenate([_lasting(rows, agent, minimum_h) for agent in agents])
    which = which[np.lexsort((rows.second[which], rows.person[which]))]
    which = which[(rows.end[which] > rows.second[which]) & ~np.isnan(rows.value[which])]
    person, start, end = rows.person[which], rows.second[which], rows.end[which]
    low, span = bounds(start, end)
    begin, finish = time_key(person, start, low, span), time_key(person, end, low, span)
    # Between two of these times of a participant nothing begins or ends.
    key = np.unique(np.concatenate([begin, finish]))
    first = np.searchsorted(key, begin)
    count = np.searchsorted(key, finish) - first
    infusion, place = counted_up(first, count)
    total = np.bincount(place, weights=rows.value[which][infusion], minlength=len(key))
    latest = np.full(len(key), -1)
    np.maximum.at(latest, place, infusion)
    runs = np.flatnonzero(latest >= 0)
    second = key % span + low
    cell, each = _hours(grid, key[runs] // span, second[runs], second[runs + 1], counted)
    return cell, np.round(total, DECIMALS)[runs][each], which[latest[runs]][each]


def running_by_cell(
    grid: Grid, rows: Rows, agents: list[str], *, counted: str, minimum_h: float, joined_h: float
) -> tuple[np.ndarray, np.ndarray]:
    """Cells in which one of these agents runs, and the row of each; a rate of 0 does not run.

    Of an agent, intervals at most ``joined_h`` apart are one. See `rates_by_cell`.
    """
    found = []
    for agent in agents:
        whole = joined(running(rows, [agent]), gap=round(joined_h * HOUR))
        whole = whole.chosen(whole.end - whole.start >= minimum_h * HOUR)
        cell, each = _hours(grid, whole.person, whole.start, whole.end, counted)
        found.append((cell, whole.status[each]))
    return tuple(np.concatenate(each) for each in zip(*found, strict=True))


def runs_in_cell(grid: Grid, rows: Rows, agents: list[str], vasopressors: dict) -> np.ndarray:
    """Whether, in each cell, one of these agents runs as ``vasopressors`` says."""
    cell, _ = running_by_cell(
        grid,
        rows,
        agents,
        counted=vasopressors["counted"],
        minimum_h=vasopressors["minimum_h"],
        joined_h=0,
    )
    found = np.zeros(len(grid.hour), dtype=bool)
    found[cell[cell >= 0]] = True
    return found


def _lasting(rows: Rows, agent: str, minimum_h: float) -> np.ndarray:
    """Rows of an agent that, with those without a break, last so many hours.

    A rate of 0 is a break; its rows, in which nothing runs, stay.
    """
    which = rows.called(agent)
    if not minimum_h:
        return which
    whole = joined(running(rows, [agent]), gap=0)
    lasting = whole.chosen(whole.end - whole.start >= minimum_h * HOUR)
    runs = inside(lasting, rows.person[which], rows.second[which])
    return which[runs | (rows.value[which] == 0)]


def _hours(
    grid: Grid, person: np.ndarray, start: np.ndarray, end: np.ndarray, counted: str
) -> tuple[np.ndarray, np.ndarray]:
    """Cells of the hours of each interval, and the interval's position."""
    zero = grid.end[person]
    first = (start - zero) // grid.length + 1
    last = (end - zero) // grid.length
    if counted == "during_hour":
        # What begins and ends at once is of the hour that holds it.
        first = np.where(start == end, -((zero - start) // grid.length), first)
        last = -((zero - end) // grid.length)
    if counted == "at_start":
        first = last = hour_of(grid, person, start)
    # Hours outside of the grid are not written out.
    first = np.maximum(first, -grid.before)
    last = np.minimum(last, grid.count[person] - grid.before - 1)
    each, hour = counted_up(first, np.maximum(last - first + 1, 0))
    return cell_of(grid, person[each], hour), each
