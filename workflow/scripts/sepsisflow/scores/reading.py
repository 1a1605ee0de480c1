"""Rows of validated tables that belong to some participants, texts as dictionaries.

A text column of parquet is a dictionary and positions in it. To write the texts out, and to look
each of them up again, costs more than to score them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

TEXT = pa.dictionary(pa.int32(), pa.string())
BATCH_ROWS = 131_072
SCANNED = ("participant_id", "variable")
# In other encodings pyarrow cannot read a text as a dictionary.
DICTIONARIES = {"PLAIN", "RLE", "BIT_PACKED", "PLAIN_DICTIONARY", "RLE_DICTIONARY"}


@dataclass(frozen=True)
class File:
    """A parquet file of a canonical table: the columns wanted of it, and of which variables.

    ``columns`` have their types here; ``variables`` are all if None.
    """

    path: Path
    columns: dict[str, pa.DataType]
    variables: list[str] | None = None

    @cached_property
    def metadata(self) -> pq.FileMetaData:
        """What the file says of itself."""
        return pq.read_metadata(self.path)

    @cached_property
    def _texts(self) -> list[str]:
        """Columns that can be read as dictionaries."""
        fits = {name: type_ == TEXT for name, type_ in self.columns.items()}
        there = set()
        for group in range(self.metadata.num_row_groups):
            for at in range(self.metadata.num_columns):
                part = self.metadata.row_group(group).column(at)
                there.add(part.path_in_schema)
                if not DICTIONARIES.issuperset(part.encodings):
                    fits[part.path_in_schema] = False
        return [name for name in self.columns if fits[name] and name in there]

    def _opened(self) -> pq.ParquetFile:
        return pq.ParquetFile(self.path, metadata=self.metadata, read_dictionary=self._texts)

    def batches(
        self, people: pa.Array | None = None, groups: list[int] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Rows in the file's order; null where it lacks a column.

        ``people`` are the participants whose rows are wanted, ``groups`` the groups of rows that
        are read; all of them if None.
        """
        if groups is None:
            groups = list(range(self.metadata.num_row_groups))
        for batch in self._read(self._opened(), groups, self.columns):
            kept = self._wanted(batch)
            if people is not None:
                kept &= _among(batch.column("participant_id"), people)
            if kept.any():
                yield batch if kept.all() else batch.filter(pa.array(kept))

    def scanned(self, group: int) -> tuple[set[str], int]:
        """Participants of a group of rows, and how many of its rows are wanted."""
        columns = {name: self.columns[name] for name in SCANNED if name in self.columns}
        ids, rows = set(), 0
        for batch in self._read(self._opened(), [group], columns):
            ids.update(_used(batch.column("participant_id")))
            rows += int(np.count_nonzero(self._wanted(batch)))
        return ids, rows

    def _read(self, file: pq.ParquetFile, groups: list[int], columns: dict) -> Iterator:
        there = [name for name in columns if name in file.schema_arrow.names]
        for batch in file.iter_batches(BATCH_ROWS, groups, there, use_threads=False):
            yield _typed(batch, columns)

    def _wanted(self, batch: pa.RecordBatch) -> np.ndarray:
        if self.variables is None:
            return np.ones(batch.num_rows, dtype=bool)
        return _among(batch.column("variable"), pa.array(self.variables, pa.string()))

    def rows_of(self, group: int) -> int:
        """Rows of a group."""
        return self.metadata.row_group(group).num_rows


def table_of(batches: Iterator[pa.RecordBatch], columns: dict[str, pa.DataType]) -> pa.Table:
    """Batches behind one another."""
    return pa.Table.from_batches(batches, pa.schema(columns))


def plain(table: pa.Table) -> pa.Table:
    """The same with texts that are no dictionaries."""
    types = {field.name: field.type for field in table.schema}
    names = {name: pa.string() if type_ == TEXT else type_ for name, type_ in types.items()}
    return table.cast(pa.schema(names))


def _typed(batch: pa.RecordBatch, columns: dict[str, pa.DataType]) -> pa.RecordBatch:
    """All columns by their types."""
    arrays = [
        _cast(batch.column(name), type_)
        if name in batch.schema.names
        else pa.nulls(batch.num_rows, type_)
        for name, type_ in columns.items()
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(columns))


def _cast(array: pa.Array, type_: pa.DataType) -> pa.Array:
    if array.type == type_:
        return array
    if pa.types.is_null(array.type):
        return pa.nulls(len(array), type_)
    if type_ == TEXT and not pa.types.is_dictionary(array.type):
        return array.cast(pa.string()).dictionary_encode()
    return array.cast(type_)


def _among(texts: pa.DictionaryArray, words: pa.Array) -> np.ndarray:
    """Which texts are one of the words; looked up once each."""
    there = pa.compute.is_in(texts.dictionary, words).to_numpy(zero_copy_only=False)
    # A missing text is the last place.
    return np.append(there, False)[texts.indices.fill_null(-1).to_numpy()]


def _used(texts: pa.DictionaryArray) -> list[str]:
    """Texts of a column without missing ones; its dictionary may hold others."""
    used = np.flatnonzero(np.bincount(texts.indices.to_numpy()))
    return texts.dictionary.take(pa.array(used)).to_pylist()
