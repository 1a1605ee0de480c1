"""Validated tables of some participants as arrays, in whole seconds of one clock."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from sepsisflow.scores.bands import within
from sepsisflow.scores.grid import HOUR


@dataclass(frozen=True)
class Series:
    """Values in time: position of the participant, second, value, and the row it came from."""

    person: np.ndarray
    second: np.ndarray
    value: np.ndarray
    row: np.ndarray

    def chosen(self, which: np.ndarray) -> "Series":
        """Some of the values, by position or condition."""
        parts = (self.person, self.second, self.value, self.row)
        return Series(*(part[which] for part in parts))


def together(*series: Series) -> Series:
    """Values of several, behind one another."""
    columns = zip(*(vars(each).values() for each in series), strict=True)
    return Series(*map(np.concatenate, columns))


@dataclass(frozen=True)
class People:
    """Participants: id, second of the origin (0 where there is none), and who and what they are.

    ``person`` is the same number for stays of one person, ``admission`` the hospital admission,
    ``weight_kg`` NaN where it is not known.
    """

    identifier: np.ndarray
    origin: np.ndarray
    person: np.ndarray
    admission: np.ndarray
    weight_kg: np.ndarray


@dataclass(frozen=True)
class Rows:
    """Rows of a canonical table, by column; texts as positions in lists of words."""

    person: np.ndarray
    second: np.ndarray
    value: np.ndarray
    name: np.ndarray
    names: list
    source_file: np.ndarray
    files: list
    source_row: np.ndarray
    # Of measurements.
    text: np.ndarray | None = None
    texts: list | None = None
    by_date: np.ndarray | None = None
    same_admission: np.ndarray | None = None
    # Of interventions.
    end: np.ndarray | None = None

    def called(self, name: str) -> np.ndarray:
        """Positions of the rows with this variable or agent."""
        if name not in self.names:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.name == self.names.index(name))


def people(participants: pd.DataFrame, choices: dict) -> People:
    """Participants as arrays; ``choices`` name the covariates for ``person`` and ``admission``."""
    origin = participants["origin"].astype("datetime64[s]")
    seconds = np.where(origin.isna(), 0, origin.to_numpy().astype(np.int64))
    own = np.arange(len(participants))
    person = own
    if choices["person"] is not None:
        person = pd.factorize(participants[choices["person"]].fillna(""))[0]
    admission = np.full(len(participants), None, dtype=object)
    if choices["admission"] is not None:
        admission = participants[choices["admission"]].to_numpy(dtype=object)
    identifiers = participants["participant_id"].to_numpy(dtype=object)
    weight = participants["weight_kg"].to_numpy(dtype=float)
    return People(identifiers, seconds, person, admission, weight)


def measured(table: pa.Table, who: People, choices: dict) -> Rows:
    """Rows of `sepsisflow.schemas.measurements.Measurements`, of these people, as arrays.

    Values that are censored are missing if ``choices`` leave them out. What is known by date alone
    (``by_date``) lies one second into its day: an hour holds its end, so midnight is of the day
    before.
    """
    person, second = _placed(table, who, "time_h")
    precision, words = _coded(table, "precision")
    by_date = precision == (words.index("day") if "day" in words else len(words))
    name, names = _coded(table, "variable")
    text, texts = _coded(table, "text")
    files, file_names = _coded(table, "source_file")
    value = _numbers(table, "value")
    if choices["censored"] == "left_out":
        censoring, words = _coded(table, "censoring")
        value = np.where(censoring == words.index("none") if "none" in words else -1, value, np.nan)
    admission, admissions = _coded(table, "admission")
    own = pd.Index(admissions).get_indexer(pd.Index(who.admission))
    same = (admission >= 0) & (admission == own[person])
    return Rows(
        person,
        second + by_date,
        value,
        name,
        names,
        files,
        file_names,
        table.column("source_row").to_numpy(),
        text=text,
        texts=texts,
        by_date=by_date,
        same_admission=same,
    )


def treated(
    table: pa.Table,
    who: People,
    *,
    open_ended: Collection[str] = (),
    last: np.ndarray | None = None,
) -> Rows:
    """Rows of `sepsisflow.schemas.interventions.Interventions` as arrays.

    One without an end ends as it begins; of agents that are ``open_ended`` with the second ``last``
    of its participant.
    """
    person, second = _placed(table, who, "start_h")
    name, names = _coded(table, "agent")
    files, file_names = _coded(table, "source_file")
    end_h = _numbers(table, "end_h")
    unknown = np.isnan(end_h)
    end_h = np.where(unknown, _numbers(table, "start_h"), end_h)
    end = who.origin[person] + np.rint(end_h * HOUR).astype(np.int64)
    if open_ended and last is not None:
        on = unknown & np.isin(name, [names.index(each) for each in open_ended if each in names])
        end = np.where(on, np.maximum(end, last[person]), end)
    return Rows(
        person,
        second,
        _numbers(table, "dose"),
        name,
        names,
        files,
        file_names,
        table.column("source_row").to_numpy(),
        end=end,
    )


def series(rows: Rows, part: dict) -> Series:
    """Values of a part's variable that it can use."""
    which = rows.called(part["variable"])
    used = within(rows.value[which], part["usable"]) & ~np.isnan(rows.value[which])
    if part["same_admission"]:
        used &= rows.same_admission[which]
    found = values_at(rows, which[used])
    return mean_at_once(found) if part["several_at_once"] == "mean" else found


def values_at(rows: Rows, which: np.ndarray) -> Series:
    """Values of these rows."""
    return Series(rows.person[which], rows.second[which], rows.value[which], which)


def time_key(person: np.ndarray, second: np.ndarray, low: int, span: int) -> np.ndarray:
    """One number that orders by person first and by time then."""
    return person.astype(np.int64) * span + (second - low)


def bounds(*seconds: np.ndarray) -> tuple[int, int]:
    """Lowest second, and a span that holds all of them, for `time_key`."""
    filled = [each for each in seconds if len(each)]
    if not filled:
        return 0, 1
    low = min(int(each.min()) for each in filled)
    return low, max(int(each.max()) for each in filled) - low + 1


def at_once(person: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First position of each participant and time, in their order, and which of them each is of."""
    key = time_key(person, second, *bounds(second))
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    return first, place


def mean_at_once(values: Series) -> Series:
    """The mean of what one participant has at one time; cited is the first row."""
    first, place = at_once(values.person, values.second)
    mean = np.bincount(place, weights=values.value) / np.bincount(place)
    return replace(values.chosen(first), value=mean)


def _placed(table: pa.Table, who: People, time: str) -> tuple[np.ndarray, np.ndarray]:
    """Position of the participant, and the second."""
    code, words = _coded(table, "participant_id")
    person = pd.Index(who.identifier).get_indexer(pd.Index(words))[code]
    return person, who.origin[person] + np.rint(_numbers(table, time) * HOUR).astype(np.int64)


def _numbers(table: pa.Table, column: str) -> np.ndarray:
    return table.column(column).to_numpy().astype(float, copy=False)


def _coded(table: pa.Table, column: str) -> tuple[np.ndarray, list]:
    """Texts of a column as positions in the list of its words, -1 where missing or no column."""
    if column not in table.column_names:
        return np.full(table.num_rows, -1, dtype=np.int32), []
    coded = table.column(column).combine_chunks()
    if not pa.types.is_dictionary(coded.type):
        coded = coded.cast(pa.string()).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    indices = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return indices.astype(np.int32, copy=False), coded.dictionary.to_pylist()
