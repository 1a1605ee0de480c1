"""A score on every hour of every participant, by a definition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sepsisflow.errors import DataError
from sepsisflow.scores.bands import points
from sepsisflow.scores.gcs import gcs_total
from sepsisflow.scores.grid import HOUR, Grid, cell_of, extreme, hour_of, make_grid, one_cell
from sepsisflow.scores.observations import People, Rows, Series, series
from sepsisflow.scores.oxygenation import pao2_fio2
from sepsisflow.scores.urine import urine_24h, urine_output, urine_total
from sepsisflow.scores.vasopressors import rates_by_cell
from sepsisflow.scores.ventilation import (
    Episodes,
    charted_status,
    episodes,
    flagged,
    inside,
    treatment_episodes,
)
from sepsisflow.units import conversion


@dataclass(frozen=True)
class Component:
    """One component by cell.

    ``score`` are the points of the hour alone (NaN where nothing gives any), ``part`` the position
    of the part that decided, ``value`` its value in the part's unit and ``row`` the row that holds
    it: of measurements or, where the part is an agent, of interventions.
    """

    parts: list
    score: np.ndarray
    part: np.ndarray
    value: np.ndarray
    row: np.ndarray


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


def support_episodes(measurements: Rows, interventions: Rows, support: dict) -> Episodes:
    """Intervals of respiratory support."""
    if support["from"] == "interventions":
        return treatment_episodes(interventions, support["counts"])
    charted = charted_status(measurements, support["statuses"], support["device_needs"])
    every = episodes(charted, gap_h=support["episode_gap_h"])
    names = [each["status"] for each in support["statuses"]]
    which = np.isin(every.status, [names.index(name) for name in support["counts"]])
    return Episodes(*(each[which] for each in vars(every).values()))


def derived_series(
    wanted: set, measurements: Rows, interventions: Rows, who: People, begin, choices: dict
) -> dict[str, Series]:
    """What is computed of several variables, by name."""
    found = {}
    if "gcs" in wanted:
        found["gcs"] = gcs_total(measurements, **choices["gcs"])
    if "urine_24h" in wanted:
        urine = urine_output(measurements)
        urine = urine.chosen(begin[urine.person] < np.iinfo(np.int64).max // 2)
        found["urine_24h"] = urine_24h(urine, begin, **choices["urine"])
    if "urine_total" in wanted:
        urine = urine_output(measurements)
        found["urine_total"] = urine_total(urine, who.origin, **choices["urine"])
    if any(name.startswith("pao2_fio2") for name in wanted):
        ratio = pao2_fio2(measurements, who.person, **choices["fio2"])
        intervals = support_episodes(measurements, interventions, choices["support"])
        supported = inside(intervals, ratio.person, ratio.second)
        supported |= flagged(measurements, choices["support"], ratio.person, ratio.second)
        found["pao2_fio2_supported"] = ratio.chosen(supported)
        found["pao2_fio2_unsupported"] = ratio.chosen(~supported)
    return found


def component_by_cell(
    grid: Grid,
    parts: list[dict],
    *,
    measurements: Rows,
    interventions: Rows,
    derived: dict,
    vasopressors: dict,
    variables: dict,
) -> Component:
    """Points of each cell: those of the part that gives most, of equal ones the first."""
    cells = len(grid.hour)
    found = Component(
        parts,
        np.full(cells, np.nan),
        np.full(cells, -1, dtype=np.int8),
        np.full(cells, np.nan),
        np.full(cells, -1, dtype=np.int64),
    )
    for at, part in enumerate(parts):
        if "agent" in part:
            cell, value, row = rates_by_cell(grid, interventions, part["agent"], **vasopressors)
        else:
            each = derived[part["derived"]] if "derived" in part else series(measurements, part)
            cell = cell_of(grid, each.person, hour_of(grid, each.person, each.second))
            value, row = each.value, each.row
        best, position = extreme(cell, value, cells, part["worst"])
        if "variable" in part:
            best = in_unit(best, part["unit"], variables[part["variable"]])
        if part["decimals"] is not None:
            best = np.round(best, part["decimals"])
        given = points(best, part["bands"])
        worse = (given > found.score) | (np.isnan(found.score) & ~np.isnan(given))
        found.score[worse] = given[worse]
        found.part[worse] = at
        found.value[worse] = best[worse]
        found.row[worse] = row[position[worse]]
    return found


def in_unit(value: np.ndarray, unit: str, entry: dict) -> np.ndarray:
    """Values in the canonical unit of a codelist's entry, in ``unit``.

    Raises
    ------
    DataError
        If the unit does not fit the entry.
    """
    if unit == entry["unit"]:
        return value
    found = conversion(unit, entry)
    if found is None:
        raise DataError(
            f"resources/definitions: the unit '{unit}' is unknown for a variable in "
            f"{entry['unit']}; write one that can be converted."
        )
    factor, offset = found
    return (value - offset) / factor


def days(grid: Grid, components: dict[str, Component]) -> tuple[Grid, dict[str, tuple], np.ndarray]:
    """Worst score of each component by day: hours 0 to 23 are day 1, and so on.

    Returns
    -------
    tuple
        A grid whose hours are days from 0, the score and deciding cell of each component by cell of
        that grid, and the number of hours of each day.
    """
    listed = grid.hour >= 0
    last = np.where(grid.count > 0, (grid.count - grid.before - 1) // 24, -1)
    daily = make_grid(grid.end, last, 0)
    cell = np.where(listed, cell_of(daily, grid.person, grid.hour // 24), -1)
    worst = {
        name: extreme(cell, each.score, len(daily.hour), "highest")
        for name, each in components.items()
    }
    return daily, worst, np.bincount(cell[listed], minlength=len(daily.hour))


def total(scores: list[np.ndarray], missing_component: str) -> tuple[np.ndarray, np.ndarray]:
    """Sum of components by the definition's rule on missing ones, and how many are observed."""
    stacked = np.stack(scores)
    observed = (~np.isnan(stacked)).sum(axis=0)
    whole = np.nansum(stacked, axis=0)
    if missing_component == "missing":
        whole = np.where(observed < len(scores), np.nan, whole)
    return whole, observed
