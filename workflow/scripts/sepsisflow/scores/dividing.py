"""Rows of a table in any order, laid down on disk so that those of a shard are read together."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from sepsisflow.scores.reading import TEXT


@dataclass(frozen=True)
class Divided:
    """A file per column in ``folder``; texts in it are positions in ``words``, -1 where missing.

    ``pieces`` are of each shard where its rows begin, and how many follow.
    """

    folder: Path
    columns: dict[str, pa.DataType]
    words: dict[str, list[str]]
    pieces: list[list[tuple[int, int]]]

    def table(self, shard: int) -> pa.Table:
        """Rows of a shard, in the order in which they came."""
        return pa.table({name: self._column(name, shard) for name in self.columns})

    def _column(self, name: str, shard: int) -> pa.Array:
        type_ = self.columns[name]
        number = _stored(type_)
        parts = [np.empty(0, number)]
        with (self.folder / name).open("rb") as file:
            for begin, count in self.pieces[shard]:
                file.seek(begin * number.itemsize)
                parts.append(np.fromfile(file, number, count))
        found = np.concatenate(parts)
        if type_ != TEXT:
            return pa.array(found, type_, from_pandas=True)
        words = pa.array(self.words[name], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(found, mask=found < 0), words)


def divide(
    batches: Iterable[pa.RecordBatch],
    columns: dict[str, pa.DataType],
    shard: pd.Series,
    folder: Path,
) -> Divided:
    """Lay rows down in one pass.

    Parameters
    ----------
    batches : iterable of pyarrow.RecordBatch
        With these columns.
    columns : dict of str to pyarrow.DataType
        Texts are dictionaries.
    shard : Series
        By participant the number of the shard, from 0; rows of others are nowhere.
    folder : Path
        Is made.
    """
    folder.mkdir()
    places = {name: {} for name, type_ in columns.items() if type_ == TEXT}
    pieces = [[] for _ in range(int(shard.max()) + 1)]
    laid = 0
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in columns}
        for batch in batches:
            ids = batch.column("participant_id")
            by_text = shard.reindex(ids.dictionary.to_pylist(), fill_value=-1).to_numpy(np.int32)
            where = by_text[ids.indices.to_numpy()]
            order = np.argsort(where, kind="stable")
            ends = np.searchsorted(where[order], np.arange(len(pieces) + 1))
            for name, file in files.items():
                _numbers(batch.column(name), places.get(name))[order].tofile(file)
            for at in np.flatnonzero(np.diff(ends)):
                pieces[at].append((laid + int(ends[at]), int(ends[at + 1] - ends[at])))
            laid += batch.num_rows
    return Divided(folder, columns, {name: list(each) for name, each in places.items()}, pieces)


def _stored(type_: pa.DataType) -> np.dtype:
    return np.dtype(np.int32 if type_ == TEXT else type_.to_pandas_dtype())


def _numbers(array: pa.Array, places: dict[str, int] | None) -> np.ndarray:
    """Values, or positions of texts in the order in which ``places``, which grows, meets them."""
    if places is None:
        return array.to_numpy(zero_copy_only=False).astype(_stored(array.type))
    texts = array.dictionary.to_pylist()
    place = [places.setdefault(text, len(places)) for text in texts]
    return np.array([*place, -1], dtype=np.int32)[array.indices.fill_null(-1).to_numpy()]
