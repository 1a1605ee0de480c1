"""Parquet files: only the wanted columns are read."""

from collections.abc import Iterator
from pathlib import Path

from sepsisflow.readers.records import Records, UnreadableFileError


def header(path: Path, _source: dict) -> list[str]:
    """Names of the columns."""
    import pyarrow
    import pyarrow.parquet

    try:
        return pyarrow.parquet.read_schema(path).names
    except pyarrow.ArrowException:
        raise UnreadableFileError("cannot be read as parquet; check its format.") from None


def read(path: Path, source: dict, columns: list[str]) -> Iterator[Records]:
    """Every row; without names in the file, rows are counted from 1."""
    import pyarrow.parquet

    names = header(path, source)
    wanted = [name for name in columns if name in names]
    table = pyarrow.parquet.read_table(path, columns=wanted)
    cells = [
        [None if cell != cell else cell for cell in column.to_pylist()] for column in table.columns
    ]
    yield Records("", wanted, 1, list(zip(*cells, strict=True)))
