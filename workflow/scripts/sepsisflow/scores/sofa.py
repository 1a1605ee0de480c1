"""Scores of some participants as tables: by hour and by day, components and totals."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from sepsisflow.scores.definitions import parts_of
from sepsisflow.scores.derived import derived
from sepsisflow.scores.grid import HOUR, Grid, last_seconds, trailing_worst
from sepsisflow.scores.hourly import days, grid_of, hour_of_day_1, last_hours
from sepsisflow.scores.observations import People, Rows, measured, people, treated
from sepsisflow.scores.parts import Sources, component_by_cell, worst_of
from sepsisflow.scores.reading import plain
from sepsisflow.scores.totals import carried, total
from sepsisflow.scores.vasopressors import as_base

# Columns that are missing where no value decided.
NULLABLE = ("variable", "unit", "source_file", "source_row")


@dataclass(frozen=True)
class _Cited:
    """Deciding values of all components behind one another, ``count`` of them; texts as positions.

    ``place`` says of each component where its cells have theirs. The last place, of cells without
    one and of the cell -1, tells nothing.
    """

    count: int
    place: dict[str, np.ndarray]
    columns: dict[str, np.ndarray]


@dataclass(frozen=True)
class _Scored:
    """All that the tables are made of."""

    name: str
    definition: dict
    who: People
    measurements: Rows
    interventions: Rows
    components: dict
    cited: _Cited


def score_participants(
    name: str,
    definition: dict,
    *,
    participants: pd.DataFrame,
    measurements: pa.Table,
    interventions: pa.Table,
    events: pa.Table,
    variables: dict,
    day_1_h: pd.Series | None = None,
) -> dict[str, pa.Table]:
    """Score every hour and day, or the one window, of some participants.

    Parameters
    ----------
    name : str
        Name of the definition.
    definition : dict
        See `sepsisflow.scores.definitions.read_definition`.
    participants : DataFrame
    measurements, interventions, events : pyarrow.Table
        Validated tables, rows of these participants only.
    variables : dict
        The codelist.
    day_1_h : Series of float, by participant_id
        Where days do not begin with the definition's clock: the start of day 1, in hours from the
        origin. Whoever has none has no days, and hours before it are in none.

    Returns
    -------
    dict of str to pyarrow.Table
        Those of `sepsisflow.scores.definitions.tables_of_definition`, described in
        `sepsisflow.schemas.organ_scores`; hours and days begin with the definition's clock. Only
        ``daily_components`` and ``daily_totals`` where ``day_1_h`` is given.
    """
    choices = definition["choices"]
    who = people(participants, choices)
    values = measured(measurements, who, choices)
    salts = (choices["vasopressors"] or {"salts": {}})["salts"]
    grid, begin = grid_of(who, values, plain(events).to_pandas(), choices)
    open_ended, last = choices["open_ended"], last_seconds(grid)
    given = as_base(treated(interventions, who, open_ended=open_ended, last=last), salts)
    wanted = {part["derived"] for part in parts_of(definition) if "derived" in part}
    look_up = derived(values, given, who, begin, choices, wanted)
    sources = Sources(grid, values, given, look_up, choices["vasopressors"], variables)
    components = {
        each: component_by_cell(component["parts"], sources)
        for each, component in definition["components"].items()
    }
    cited = _cited(definition, who, values, given, components)
    scored = _Scored(name, definition, who, values, given, components, cited)
    if "window" in choices["clock"]:
        cells = np.arange(len(grid.hour))
        alone = {name: worst_of(each, _alone) for name, each in components.items()}
        return {
            "window_components": _components(scored, grid, alone, cells, "window"),
            "window_totals": _totals(
                scored, grid, alone, cells, "window", _measured_last(scored, grid, 0)
            ),
        }

    first = 0 if day_1_h is None else hour_of_day_1(grid, who, day_1_h)
    daily, hours, of_days = days(grid, first)
    worst = {name: worst_of(each, of_days) for name, each in components.items()}
    every_day = np.arange(len(daily.hour))
    ends = last_hours(daily, grid, first)
    before_days = [np.append(each, np.nan)[ends] for each in _measured_last(scored, grid, 0)]
    of_each_day = {
        "daily_components": _components(scored, daily, worst, every_day, "day"),
        "daily_totals": _totals(scored, daily, worst, every_day, "day", before_days).append_column(
            "n_hours", pa.array(hours)
        ),
    }
    if day_1_h is not None:
        return of_each_day

    def of_hours(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return trailing_worst(grid, score, choices["window_h"])

    windows = {name: worst_of(each, of_hours) for name, each in components.items()}
    listed = np.flatnonzero(grid.hour >= 0)
    before = _measured_last(scored, grid, -grid.before)
    return {
        "hourly_components": _components(scored, grid, windows, listed, "hour"),
        "hourly_totals": _totals(scored, grid, windows, listed, "hour", before),
        **of_each_day,
    }


def _keys(scored: _Scored, grid: Grid, cells: np.ndarray, step: str, each: int) -> dict:
    """Participant, hour or day, and its time, ``each`` times for every cell."""
    person, number = grid.person[cells], grid.hour[cells]
    code = np.repeat(person.astype(np.int32), each)
    keys = {
        "participant_id": _texts(code, scored.who.identifier),
        "definition": _texts(np.zeros(len(code), dtype=np.int32), [scored.name]),
    }
    if step == "window":
        return keys
    if step == "day":
        return {**keys, "study_day": np.repeat(number + 1, each)}
    time = (grid.end[person] - scored.who.origin[person] + number * HOUR) / HOUR
    return {**keys, "hour": np.repeat(number, each), "time_h": np.repeat(time, each)}


def _measured_last(scored: _Scored, grid: Grid, first_hour: int) -> list[np.ndarray]:
    """By component, at each hour, the points of the last hour in which any of it was measured.

    Hours count from ``first_hour`` on. Empty where the definition carries nothing forward.
    """
    if scored.definition["choices"]["missing_component"] != "carried":
        return []
    found = []
    for each in scored.components.values():
        score, _ = worst_of(replace(each, score=each.measured), _alone)
        found.append(carried(np.where(grid.hour >= first_hour, score, np.nan), grid))
    return found


def _totals(
    scored: _Scored,
    grid: Grid,
    worst: dict,
    cells: np.ndarray,
    step: str,
    before: list[np.ndarray],
) -> pa.Table:
    missing = scored.definition["choices"]["missing_component"]
    whole, observed = total([score for score, _ in worst.values()], missing, before)
    columns = _keys(scored, grid, cells, step, 1)
    return pa.table({**columns, "score": whole[cells], "n_components": observed[cells]})


def _components(scored: _Scored, grid: Grid, worst: dict, cells: np.ndarray, step: str) -> pa.Table:
    """Rows in order of participant, time and component."""
    names = list(scored.components)
    shape = (len(cells), len(names))
    columns = _keys(scored, grid, cells, step, len(names))
    columns["component"] = _texts(np.tile(np.arange(len(names), dtype=np.int32), len(cells)), names)
    if step == "hour":
        alone = [worst_of(each, _alone)[0] for each in scored.components.values()]
        columns["hour_score"] = _woven(shape, [each[cells] for each in alone])
    columns["score"] = _woven(shape, [worst[name][0][cells] for name in names])
    place = _woven(shape, [scored.cited.place[name][worst[name][1][cells]] for name in names])
    for key, every in scored.cited.columns.items():
        columns[key] = every.take(place)
    known = pa.py_buffer(np.packbits(place < scored.cited.count, bitorder="little"))
    for key, words in (
        ("variable", _names(scored.definition, scored.interventions)),
        ("unit", _units(scored.definition)),
        ("source_file", _files(scored.measurements, scored.interventions)),
    ):
        columns[key] = _texts(columns[key], words, known)
    columns["source_row"] = _numbers(columns["source_row"], known)
    table = pa.table(columns)
    # A column without places for missing values is written faster; missing numbers are NaN.
    filled = [field.with_nullable(field.name in NULLABLE) for field in table.schema]
    return table.cast(pa.schema(filled))


def _alone(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every cell as a window of its own."""
    return score, np.where(np.isnan(score), -1, np.arange(len(score)))


def _woven(shape: tuple[int, int], arrays: list[np.ndarray]) -> np.ndarray:
    """The first value of each array, then the second of each, and so on."""
    found = np.empty(shape, dtype=arrays[0].dtype)
    for at, each in enumerate(arrays):
        found[:, at] = each
    return found.ravel()


def _name(part: dict) -> str:
    """What a part looks at; of agents that are given the row tells."""
    if "sum_of" in part:
        return "+".join(part["sum_of"])
    return next((part[kind] for kind in ("variable", "agent", "derived") if kind in part), "")


def _names(definition: dict, interventions: Rows) -> list[str]:
    names = map(_name, parts_of(definition))
    return list(dict.fromkeys([*names, *interventions.names]))


def _units(definition: dict) -> list[str]:
    return list(dict.fromkeys(part["unit"] for part in parts_of(definition)))


def _files(measurements: Rows, interventions: Rows) -> list[str]:
    return list(dict.fromkeys([*measurements.files, *interventions.files]))


def _cited(
    definition: dict, who: People, measurements: Rows, interventions: Rows, components: dict
) -> _Cited:
    """Value, its unit, time and source of each cell that a value decided."""
    names, units = _names(definition, interventions), _units(definition)
    files = _files(measurements, interventions)
    cells = {name: np.flatnonzero(each.part >= 0) for name, each in components.items()}
    count = sum(map(len, cells.values()))
    found = {
        "variable": np.zeros(count + 1, dtype=np.int32),
        "value": np.full(count + 1, np.nan),
        "unit": np.zeros(count + 1, dtype=np.int32),
        "value_time_h": np.full(count + 1, np.nan),
        "source_file": np.zeros(count + 1, dtype=np.int32),
        "source_row": np.zeros(count + 1, dtype=np.int64),
    }
    place, begin = {}, 0
    for key, component in components.items():
        cell, end = cells[key], begin + len(cells[key])
        part, row = component.part[cell], component.row[cell]
        name = np.array([names.index(_name(each)) for each in component.parts])
        unit = np.array([units.index(each["unit"]) for each in component.parts])
        given = np.array(["given" in each for each in component.parts])
        agent = given | np.array(["agent" in each or "sum_of" in each for each in component.parts])
        found["variable"][begin:end], found["unit"][begin:end] = name[part], unit[part]
        found["value"][begin:end] = component.value[cell]
        for rows, which in ((measurements, ~agent[part]), (interventions, agent[part])):
            which = np.flatnonzero(which)
            at, to = row[which], begin + which
            places = np.array([files.index(each) for each in rows.files], dtype=np.int32)
            placed = rows.second[at] if rows.by_date is None else rows.second[at] - rows.by_date[at]
            found["value_time_h"][to] = (placed - who.origin[rows.person[at]]) / HOUR
            found["source_file"][to] = places[rows.source_file[at]] if len(at) else -1
            found["source_row"][to] = rows.source_row[at]
        told, own = cell[given[part]], np.array([names.index(each) for each in interventions.names])
        to = begin + np.flatnonzero(given[part])
        found["variable"][to] = own[interventions.name[component.row[told]]] if len(told) else 0
        place[key] = np.full(len(component.part) + 1, count)
        place[key][cell] = np.arange(begin, end)
        begin = end
    return _Cited(count, place, found)


def _texts(code: np.ndarray, words: list | np.ndarray, known: pa.Buffer | None = None) -> pa.Array:
    """Words by their positions, where they are ``known``."""
    return pa.DictionaryArray.from_arrays(
        _numbers(code, known), pa.array(words, pa.string()), safe=False
    )


def _numbers(numbers: np.ndarray, known: pa.Buffer | None) -> pa.Array:
    """Numbers, missing where the bits of ``known`` are not set."""
    buffers = [known, pa.py_buffer(numbers)]
    return pa.Array.from_buffers(pa.from_numpy_dtype(numbers.dtype), len(numbers), buffers)
