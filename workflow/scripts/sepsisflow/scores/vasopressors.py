"""Rates of infusions by hour."""

import numpy as np

from sepsisflow.scores.grid import HOUR, Grid, cell_of, hour_of
from sepsisflow.scores.observations import Rows
from sepsisflow.scores.ventilation import inside, joined, treatment_episodes


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
        Infusions that last less, taking those without a break together, are left out.

    Returns
    -------
    tuple of ndarray
        Cell, rate and row, one per infusion and hour.
    """
    which = rows.called(agent)
    given = treatment_episodes(rows, [agent])
    whole = joined(given, gap=0)
    long_enough = whole.end - whole.start >= minimum_h * HOUR
    lasting = type(whole)(
        *(each[long_enough] for each in (whole.person, whole.start, whole.end, whole.status))
    )
    which = which[inside(lasting, rows.person[which], rows.second[which])]
    person, end = rows.person[which], grid.end[rows.person[which]]
    first = (rows.second[which] - end) // grid.length + 1
    last = (rows.end[which] - end) // grid.length
    if counted == "during_hour":
        last = -((end - rows.end[which]) // grid.length)
    if counted == "at_start":
        first = last = hour_of(grid, person, rows.second[which])
    # Hours outside of the grid are not written out.
    first = np.maximum(first, -grid.before)
    last = np.minimum(last, grid.count[person] - grid.before - 1)
    hours = np.maximum(last - first + 1, 0)
    each = np.repeat(np.arange(len(which)), hours)
    offset = np.arange(len(each)) - np.repeat(np.cumsum(hours) - hours, hours)
    cell = cell_of(grid, person[each], first[each] + offset)
    return cell, rows.value[which][each], which[each]
