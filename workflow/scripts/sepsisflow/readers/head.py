"""The first rows of a raw file, all columns, without reading the rest of a large one.

Imported whenever the workflow is read, so without pandas.
"""

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from sepsisflow.errors import DataError
from sepsisflow.readers import delimited
from sepsisflow.readers.raw import header_of, located, raw_path, reader_of


def first_rows(folder: Path, source: dict, count: int) -> tuple[list[str], list[list]]:
    """Header and up to ``count`` rows; fewer if the file cannot be read further."""
    path = raw_path(folder, source)
    names = header_of(folder, source)
    reader = reader_of(source)
    if reader is delimited:
        rows = _text_rows(path, source)
    elif source["format"] == "parquet":
        rows = _parquet_rows(path, count)
    else:
        rows = (
            row for each in reader.read(path, located(folder, source), names) for row in each.rows
        )
    found: list[list] = []
    # Reading the mapped columns says what is wrong.
    with suppress(OSError, EOFError, ValueError, csv.Error, DataError):
        found.extend(islice(rows, count))
    return names, found


def _text_rows(path: Path, source: dict) -> Iterator[list]:
    with delimited.open_binary(path) as file:
        yield from islice(delimited.rows_of(file, source), source["header_row"], None)


def _parquet_rows(path: Path, count: int) -> Iterator[list]:
    import pyarrow.parquet

    for batch in pyarrow.parquet.ParquetFile(path).iter_batches(batch_size=count):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
