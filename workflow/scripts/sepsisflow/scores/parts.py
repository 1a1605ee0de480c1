"""Points of the parts of a component by hour, and the worst of them in a window."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sepsisflow.errors import DataError
from sepsisflow.scores.bands import points, settled, within
from sepsisflow.scores.definitions import leaves_of
from sepsisflow.scores.grid import Grid, cell_of, extreme, hour_of
from sepsisflow.scores.observations import Rows, Series, series
from sepsisflow.scores.vasopressors import (
    rates_by_cell,
    running_by_cell,
    runs_in_cell,
    sums_by_cell,
)
from sepsisflow.units import conversion

# What gives points by a treatment, not by anything measured.
TREATMENTS = {"agent", "sum_of", "given"}

# The worst score of each window, given scores by cell, and the cell that has it, else -1.
Worst = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Sources:
    """What parts look at: ``derived`` gives the values of a part; ``vasopressors`` are choices."""

    grid: Grid
    measurements: Rows
    interventions: Rows
    derived: Callable[[dict], Series]
    vasopressors: dict
    variables: dict


@dataclass(frozen=True)
class Component:
    """One component by cell, in layers of all cells behind one another.

    The first layer holds the parts of which the worst counts in every window, the next those with
    ``fallback``, each one more a leaf of the ``criteria`` (1 where it holds in the hour, else 0).
    ``score`` are points of the hour alone (NaN where nothing gives any), ``part`` the position in
    ``parts`` of what decided, ``value`` its value in its unit and ``row`` the row that holds it: of
    measurements or, where the part looks at agents, of interventions. ``measured`` are points of
    what was measured alone, without treatments.
    """

    parts: list
    criteria: list
    cells: int
    score: np.ndarray
    part: np.ndarray
    value: np.ndarray
    row: np.ndarray
    measured: np.ndarray

    def layer(self, number: int) -> np.ndarray:
        """Scores of a layer."""
        return self.score[number * self.cells : (number + 1) * self.cells]


def component_by_cell(parts: list[dict], sources: Sources) -> Component:
    """Points of each cell: those of the part that gives most, of equal ones the first."""
    cells = len(sources.grid.hour)
    criteria = [part for part in parts if "criteria" in part]
    leaves = [leaf for part in criteria for leaf in leaves_of(part["criteria"])]
    whole = [part for part in parts if "criteria" not in part]
    entries = [*whole, *leaves]
    layers = [
        [at for at, part in enumerate(whole) if not part["fallback"]],
        [at for at, part in enumerate(whole) if part["fallback"]],
        *([len(whole) + at] for at in range(len(leaves))),
    ]
    if not leaves and not layers[1]:
        layers = layers[:1]
    count = cells * len(layers)
    score = np.full(count, np.nan)
    treated = any(TREATMENTS & set(part) for part in whole)
    found = Component(
        entries,
        criteria,
        cells,
        score,
        np.full(count, -1, dtype=np.int8),
        np.full(count, np.nan),
        np.full(count, -1, dtype=np.int64),
        score.copy() if treated else score,
    )
    for number, numbers in enumerate(layers):
        for at in numbers:
            given, value, row = _points(entries[at], sources)
            worse = np.flatnonzero(_worse(given, found.layer(number)))
            place = number * cells + worse
            found.score[place], found.part[place] = given[worse], at
            found.value[place], found.row[place] = value[worse], row[worse]
            if treated and not TREATMENTS & set(entries[at]):
                measured = found.measured[number * cells : (number + 1) * cells]
                np.fmax(measured, given, out=measured)
    return found


def _worse(score: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Where a score is higher, or the first one."""
    return (score > before) | (np.isnan(before) & ~np.isnan(score))


def worst_of(component: Component, worst: Worst) -> tuple[np.ndarray, np.ndarray]:
    """The component's score in each window, and the position in its arrays of what decided.

    Criteria hold in a window if their leaves do, each at any time of it; parts with ``fallback``
    count where no other gives points.
    """
    cells = component.cells
    score, decided = worst(component.layer(0))
    if len(component.score) == cells:
        return score, decided
    number = 2
    for part in component.criteria:
        leaves = iter(range(number, number + len(leaves_of(part["criteria"]))))
        number += len(leaves_of(part["criteria"]))
        holds, last = _criteria(component, part["criteria"], leaves, worst)
        given = points(np.where(holds, 1.0, np.nan), part["bands"])
        worse = _worse(given, score)
        score, decided = np.where(worse, given, score), np.where(worse, last, decided)
    instead, at = worst(component.layer(1))
    alone = np.isnan(score) & ~np.isnan(instead)
    return np.where(alone, instead, score), np.where(alone, at + cells, decided)


def _criteria(component: Component, tree: dict, numbers, worst: Worst) -> tuple:
    """Whether a tree holds in each window, and what decided: of all the latest, of any the first.

    ``numbers`` gives the layers of its leaves, in the order of the file.
    """
    branches = tree.get("all", tree.get("any"))
    if branches is None:
        number = next(numbers)
        truth, at = worst(component.layer(number))
        return truth == 1, at + number * component.cells
    pairs = [_criteria(component, each, numbers, worst) for each in branches]
    holds, decided = (np.stack(each) for each in zip(*pairs, strict=True))
    if "all" in tree:
        whole, chosen = holds.all(axis=0), (decided % component.cells).argmax(axis=0)
    else:
        whole, chosen = holds.any(axis=0), holds.argmax(axis=0)
    return whole, np.take_along_axis(decided, chosen[None], axis=0)[0]


def _points(part: dict, sources: Sources) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points, the deciding value and its row, by cell; of a leaf 1 where it holds, else 0."""
    grid = sources.grid
    cells = len(grid.hour)
    cell, value, row = _values(part, sources)
    for key, counts in (("with_any", True), ("with_none", False)):
        if part.get(key):
            runs = runs_in_cell(grid, sources.interventions, part[key], sources.vasopressors)
            # Where there are no cells at all, -1 must still be a place.
            cell = np.where(np.append(runs, False)[cell] == counts, cell, -1)
    if "variable" in part:
        value = in_unit(value, part["unit"], sources.variables[part["variable"]])
    if "bands" not in part:
        holds = np.where(np.isnan(value), np.nan, within(settled(value), part))
        given, position = extreme(cell, holds, cells, "highest")
        return given, _taken(value, position, np.nan), _taken(row, position, -1)
    best, position = extreme(cell, value, cells, part["worst"])
    if part["decimals"] is not None:
        best = np.round(best, part["decimals"])
    return points(best, part["bands"]), best, _taken(row, position, -1)


def _taken(values: np.ndarray, position: np.ndarray, missing: float) -> np.ndarray:
    """Values at these positions, ``missing`` at -1."""
    padded = np.append(values, missing)
    return padded[position]


def _values(part: dict, sources: Sources) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cell (-1: outside of the grid), value and row of all that a part looks at."""
    grid, given = sources.grid, sources.interventions
    if "agent" in part:
        return rates_by_cell(grid, given, part["agent"], **_counted(sources))
    if "sum_of" in part:
        return sums_by_cell(grid, given, part["sum_of"], **_counted(sources))
    if "given" in part:
        cell, row = running_by_cell(
            grid,
            given,
            part["given"],
            counted="during_hour",
            minimum_h=part["minimum_h"],
            joined_h=part["joined_h"],
        )
        return cell, np.ones(len(cell)), row
    each = sources.derived(part) if "derived" in part else series(sources.measurements, part)
    cell = cell_of(grid, each.person, hour_of(grid, each.person, each.second))
    return cell, each.value, each.row


def _counted(sources: Sources) -> dict:
    return {name: sources.vasopressors[name] for name in ("counted", "minimum_h")}


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
