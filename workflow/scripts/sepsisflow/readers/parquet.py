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
    cells = [_cells(column, name) for name, column in zip(wanted, table.columns, strict=True)]
    yield Records("", wanted, 1, list(zip(*cells, strict=True)))


def _cells(column, name: str) -> list:
    """Cells of a column; bytes as the text they are."""
    import pyarrow

    if pyarrow.types.is_nested(column.type):
        raise UnreadableFileError(f"holds lists or structures in column '{name}'; make it flat.")
    if pyarrow.types.is_binary(column.type) or pyarrow.types.is_large_binary(column.type):
        try:
            column = column.cast("string")
        except pyarrow.ArrowInvalid:
            raise UnreadableFileError(f"holds bytes in column '{name}' that are no text.") from None
    return [None if cell != cell else cell for cell in column.to_pylist()]
