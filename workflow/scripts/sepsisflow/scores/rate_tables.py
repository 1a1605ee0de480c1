"""Rates over time as tables, from validated tables: urine output, norepinephrine equivalents."""

import numpy as np
import pandas as pd
import pyarrow as pa

from sepsisflow.scores.equivalents import Equivalents, equivalents
from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import People, Rows, Series, measured, people, treated
from sepsisflow.scores.urine import urine_output
from sepsisflow.scores.urine_rates import per_kg_and_hour, urine_over
from sepsisflow.scores.vasopressors import as_base
from sepsisflow.scores.weights import weight_at, weights

# Stays stand for themselves; a value known as a limit counts as that.
CHOICES = {"person": None, "admission": None, "censored": "at_limit"}
UNIT, RATE_UNIT = "ug/kg/min", "mL/kg/h"


def urine_table(
    versions: dict[str, dict], participants: pd.DataFrame, measurements: pa.Table, events: pa.Table
) -> pa.Table:
    """Urine output of each entry over each window of each version.

    Parameters
    ----------
    versions : dict of str to dict
        Of `sepsisflow.scores.rates.read_versions`, by name.
    participants : DataFrame
    measurements, events : pyarrow.Table

    Returns
    -------
    pyarrow.Table
        `sepsisflow.schemas.rates.UrineOutput`, in order of participant, version, window and time.
    """
    who = people(participants, CHOICES)
    rows = measured(measurements, who, CHOICES)
    every, ended = urine_output(rows), events.to_pandas()
    found, person = [], []
    for name, version in versions.items():
        begin = _begin(version["first_since"], who, rows)
        known = weights(rows, who, ended, version["weight"])
        urine = every.chosen(~np.isnan(begin[every.person]))
        begin = np.nan_to_num(begin).astype(np.int64)
        weight = weight_at(known, urine.person, urine.second)
        for window in version["windows"]:
            found.append(_urine_rows(name, window, who, rows, urine, begin, weight))
            person.append(urine.person)
    return _by_participant(found, person)


def _by_participant(found: list[pa.Table], person: list[np.ndarray]) -> pa.Table:
    """Tables behind one another, the rows of each participant together."""
    return pa.concat_tables(found).take(np.argsort(np.concatenate(person), kind="stable"))


def _begin(since: str | dict, who: People, rows: Rows) -> np.ndarray:
    """Second since which each participant's first entry was collected; NaN: no entry counts."""
    if since == "origin":
        return who.origin.astype(float)
    which = rows.called(since["first_reading_of"])
    begin = np.full(len(who.identifier), np.nan)
    np.fmin.at(begin, rows.person[which], rows.second[which])
    return begin


def _urine_rows(
    name: str,
    window: dict,
    who: People,
    rows: Rows,
    urine: Series,
    begin: np.ndarray,
    weight: np.ndarray,
) -> pa.Table:
    volume, hours = urine_over(urine, begin, window["entries"])
    rate = per_kg_and_hour(volume, hours, weight, window["over_h"])
    return pa.table(
        {
            "participant_id": who.identifier[urine.person],
            "time_h": (urine.second - who.origin[urine.person]) / HOUR,
            "version": _repeated(name, len(rate)),
            "over_h": np.full(len(rate), float(window["over_h"])),
            "entry": urine.value.astype(float),
            "volume": volume,
            "documented_h": hours,
            "weight": _number(weight),
            "rate": _number(rate),
            "unit": _repeated(RATE_UNIT, len(rate)),
            "source_file": _words(rows.files, rows.source_file[urine.row]),
            "source_row": rows.source_row[urine.row],
        }
    )


def equivalents_table(
    versions: dict[str, dict],
    participants: pd.DataFrame,
    interventions: pa.Table,
    units: dict[str, str],
) -> pa.Table:
    """Norepinephrine equivalents of each version, between two changes of any rate.

    Parameters
    ----------
    versions : dict of str to dict
        Of `sepsisflow.scores.rates.read_versions`, by name.
    participants : DataFrame
    interventions : pyarrow.Table
    units : dict of str to str
        Unit of each agent's rate.

    Returns
    -------
    pyarrow.Table
        `sepsisflow.schemas.rates.NorepinephrineEquivalents`, in order of participant, version and
        time.
    """
    who = people(participants, CHOICES)
    found, person = [], []
    every = treated(interventions, who)
    for name, version in versions.items():
        given = as_base(every, version["salts"])
        choices = {key: version[key] for key in ("also_cut_by", "at_once")}
        each = equivalents(given, version["factors"], **choices)
        found.append(_equivalent_rows(name, list(version["factors"]), who, given, each, units))
        person.append(each.person)
    return _by_participant(found, person)


def _equivalent_rows(
    name: str, agents: list, who: People, given: Rows, found: Equivalents, units: dict
) -> pa.Table:
    origin = who.origin[found.person]
    runs = found.row >= 0
    row, agent = found.row[runs], np.nonzero(runs)[1]
    components = pa.StructArray.from_arrays(
        [
            _words(agents, agent),
            pa.array(found.rate[runs]),
            _words([units[each] for each in agents], agent),
            _words(given.files, given.source_file[row]),
            pa.array(given.source_row[row]),
        ],
        names=["agent", "rate", "unit", "source_file", "source_row"],
    )
    offsets = np.concatenate(([0], np.cumsum(runs.sum(axis=1)))).astype(np.int32)
    return pa.table(
        {
            "participant_id": who.identifier[found.person],
            "start_h": (found.start - origin) / HOUR,
            "end_h": (found.end - origin) / HOUR,
            "version": _repeated(name, len(origin)),
            "dose": found.dose,
            "unit": _repeated(UNIT, len(origin)),
            "components": pa.ListArray.from_arrays(offsets, components),
        }
    )


def _repeated(word: str, count: int) -> pa.Array:
    return pa.repeat(word, count)


def _words(words: list, code: np.ndarray) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(code))


def _number(values: np.ndarray) -> pa.Array:
    """Numbers, null where NaN."""
    return pa.array(values, from_pandas=True)
