"""Scores of some participants as tables: by hour and by day, components and totals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from sepsisflow.scores.definitions import parts_of
from sepsisflow.scores.derived import derived
from sepsisflow.scores.grid import HOUR, Grid, trailing_worst
from sepsisflow.scores.hourly import days, grid_of
from sepsisflow.scores.observations import People, Rows, measured, people, treated
from sepsisflow.scores.parts import Component, Sources, component_by_cell, worst_of
from sepsisflow.scores.totals import total
from sepsisflow.scores.vasopressors import as_base


@dataclass(frozen=True)
class _Scored:
    """All that the tables are made of."""

    name: str
    definition: dict
    who: People
    measurements: Rows
    interventions: Rows
    grid: Grid
    components: dict


def score_participants(
    name: str,
    definition: dict,
    *,
    participants: pd.DataFrame,
    measurements: pa.Table,
    interventions: pa.Table,
    events: pa.Table,
    variables: dict,
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

    Returns
    -------
    dict of str to pyarrow.Table
        Those of `sepsisflow.scores.definitions.tables_of_definition`, described in
        `sepsisflow.schemas.organ_scores`; hours and days begin with the definition's clock.
    """
    choices = definition["choices"]
    who = people(participants, choices)
    values = measured(measurements, who, choices)
    salts = (choices["vasopressors"] or {"salts": {}})["salts"]
    given = as_base(treated(interventions, who), salts)
    grid, begin = grid_of(who, values, events.to_pandas(), choices)
    wanted = {part["derived"] for part in parts_of(definition) if "derived" in part}
    look_up = derived(values, given, who, begin, choices, wanted)
    sources = Sources(grid, values, given, look_up, choices["vasopressors"], variables)
    components = {
        each: component_by_cell(component["parts"], sources)
        for each, component in definition["components"].items()
    }
    scored = _Scored(name, definition, who, values, given, grid, components)
    if "window" in choices["clock"]:
        cells = np.arange(len(grid.hour))
        alone = {name: worst_of(each, _alone) for name, each in components.items()}
        return {
            "window_components": _components(scored, grid, alone, cells, "window"),
            "window_totals": _totals(scored, grid, alone, cells, "window"),
        }

    def of_hours(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return trailing_worst(grid, score, choices["window_h"])

    windows = {name: worst_of(each, of_hours) for name, each in components.items()}
    daily, hours, of_days = days(grid)
    worst = {name: worst_of(each, of_days) for name, each in components.items()}
    every_day = np.arange(len(daily.hour))
    listed = np.flatnonzero(grid.hour >= 0)
    return {
        "hourly_components": _components(scored, grid, windows, listed, "hour"),
        "hourly_totals": _totals(scored, grid, windows, listed, "hour"),
        "daily_components": _components(scored, daily, worst, every_day, "day"),
        "daily_totals": _totals(scored, daily, worst, every_day, "day").append_column(
            "n_hours", pa.array(hours)
        ),
    }


def _keys(scored: _Scored, grid: Grid, cells: np.ndarray, step: str, each: int) -> dict:
    """Participant, hour or day, and its time, ``each`` times for every cell."""
    person, number = np.repeat(grid.person[cells], each), np.repeat(grid.hour[cells], each)
    ids = pa.DictionaryArray.from_arrays(
        pa.array(person.astype(np.int32)), pa.array(scored.who.identifier, pa.string())
    )
    origin, end = scored.who.origin[person], grid.end[person]
    name = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(person), dtype=np.int32)), pa.array([scored.name])
    )
    keys = {"participant_id": ids, "definition": name}
    if step == "window":
        return keys
    if step == "day":
        return {**keys, "study_day": number + 1}
    time = (end - origin + number * HOUR) / HOUR
    return {**keys, "hour": number, "time_h": time}


def _totals(scored: _Scored, grid: Grid, worst: dict, cells: np.ndarray, step: str) -> pa.Table:
    missing = scored.definition["choices"]["missing_component"]
    whole, observed = total([score for score, _ in worst.values()], missing, grid)
    columns = _keys(scored, grid, cells, step, 1)
    return pa.table({**columns, "score": whole[cells], "n_components": observed[cells]})


def _components(scored: _Scored, grid: Grid, worst: dict, cells: np.ndarray, step: str) -> pa.Table:
    """Rows in order of participant, time and component."""
    names = list(scored.components)
    count = len(names)
    columns = _keys(scored, grid, cells, step, count)
    columns["component"] = pa.DictionaryArray.from_arrays(
        pa.array(np.tile(np.arange(count, dtype=np.int32), len(cells))), pa.array(names)
    )
    if step == "hour":
        alone = [worst_of(each, _alone)[0] for each in scored.components.values()]
        columns["hour_score"] = _woven([score[cells] for score in alone])
    columns["score"] = _woven([worst[name][0][cells] for name in names])
    cited = [
        _cited(scored, each, worst[name][1][cells]) for name, each in scored.components.items()
    ]
    for key in cited[0]:
        columns[key] = _woven([each[key] for each in cited])
    for key, words in (
        ("variable", _names(scored)),
        ("unit", _units(scored)),
        ("source_file", _files(scored)),
    ):
        code = columns[key]
        columns[key] = pa.DictionaryArray.from_arrays(
            pa.array(code, mask=code < 0), pa.array(words, pa.string())
        )
    columns["source_row"] = pa.array(columns["source_row"], mask=columns["source_row"] < 0)
    return pa.table(columns)


def _alone(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every cell as a window of its own."""
    return score, np.where(np.isnan(score), -1, np.arange(len(score)))


def _woven(arrays: list[np.ndarray]) -> np.ndarray:
    """The first value of each array, then the second of each, and so on."""
    return np.stack(arrays, axis=1).ravel()


def _name(part: dict) -> str:
    """What a part looks at; of agents that are given the row tells."""
    if "sum_of" in part:
        return "+".join(part["sum_of"])
    return next((part[kind] for kind in ("variable", "agent", "derived") if kind in part), "")


def _names(scored: _Scored) -> list[str]:
    names = map(_name, parts_of(scored.definition))
    return list(dict.fromkeys([*names, *scored.interventions.names]))


def _units(scored: _Scored) -> list[str]:
    return list(dict.fromkeys(part["unit"] for part in parts_of(scored.definition)))


def _files(scored: _Scored) -> list[str]:
    return list(dict.fromkeys([*scored.measurements.files, *scored.interventions.files]))


def _cited(scored: _Scored, component: Component, decided: np.ndarray) -> dict:
    """Value, its unit, time and source of each deciding cell (-1: none); texts as positions."""
    none = decided < 0
    part = np.where(none, -1, component.part[decided])
    row = np.where(none, -1, component.row[decided])
    names, units, files = _names(scored), _units(scored), _files(scored)
    name = np.array([names.index(_name(each)) for each in component.parts])
    unit = np.array([units.index(each["unit"]) for each in component.parts])
    given = np.array(["given" in each for each in component.parts])
    agent = given | np.array(["agent" in each or "sum_of" in each for each in component.parts])
    found = {
        "variable": np.where(none, -1, name[part]).astype(np.int32),
        "value": np.where(none, np.nan, component.value[decided]),
        "unit": np.where(none, -1, unit[part]).astype(np.int32),
        "value_time_h": np.full(len(decided), np.nan),
        "source_file": np.full(len(decided), -1, dtype=np.int32),
        "source_row": np.full(len(decided), -1, dtype=np.int64),
    }
    for rows, which in (
        (scored.measurements, ~none & ~agent[part]),
        (scored.interventions, ~none & agent[part]),
    ):
        at = row[which]
        if rows is scored.interventions:
            own = np.array([names.index(each) for each in rows.names], dtype=np.int32)
            name = own[rows.name[at]] if len(at) else at
            found["variable"][which] = np.where(given[part[which]], name, found["variable"][which])
        places = np.array([files.index(each) for each in rows.files], dtype=np.int32)
        origin = scored.who.origin[rows.person[at]]
        placed = rows.second[at] if rows.by_date is None else rows.second[at] - rows.by_date[at]
        found["value_time_h"][which] = (placed - origin) / HOUR
        found["source_file"][which] = places[rows.source_file[at]] if len(at) else -1
        found["source_row"][which] = rows.source_row[at]
    return found
