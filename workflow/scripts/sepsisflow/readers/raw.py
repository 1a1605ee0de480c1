"""Read the wanted columns of a raw file, cell by cell, as they stand in it.

Imported whenever the workflow is read, so without pandas.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from sepsisflow.errors import DataError, nearest
from sepsisflow.places import download_path
from sepsisflow.readers import (
    dataset_json,
    delimited,
    members,
    parquet,
    redcap,
    transport,
    workbook,
)
from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.door import without_identifiers
from sepsisflow.readers.records import Records, UnreadableFileError

READERS = {
    "csv": delimited,
    "tsv": delimited,
    "xlsx": workbook,
    "parquet": parquet,
    "xpt": transport,
    "dataset_json": dataset_json,
    "redcap": redcap,
}
# Keys of a source that name files which say what its cells mean.
DESCRIPTIONS = ("dictionary", "events")


@dataclass(frozen=True)
class RawTable:
    """Some columns of one source, all its files below each other.

    ``files`` and ``rows`` hold, for each row, the name under which its file is cited and its number
    there (a header is row 1); ``columns`` holds cells as `Records` does. ``about_cells`` and
    ``about_rows`` are its remarks, by position of the row.
    """

    files: list[str]
    rows: list[int]
    columns: dict[str, list]
    about_cells: dict[tuple[int, str], str] = field(default_factory=dict)
    about_rows: dict[int, tuple[str, str]] = field(default_factory=dict)


def raw_path(folder: Path, source: dict) -> Path:
    """Where a source's file lies: in the data folder, or among the files fetched."""
    return download_path(source) if "sha256" in source else folder / source["file"]


def raw_paths(folder: Path, source: dict) -> list[Path]:
    """A source's file and those that describe it, as a data dictionary."""
    described = [folder / source[key] for key in DESCRIPTIONS if source[key] is not None]
    return [raw_path(folder, source), *described]


def located(folder: Path, source: dict) -> dict:
    """A source whose describing files are named with their folder."""
    described = {key: source[key] for key in DESCRIPTIONS if source[key] is not None}
    return {**source, **{key: str(folder / name) for key, name in described.items()}}


def table_name(source: dict, member: str = "") -> str:
    """Name under which rows are cited: the file's, with the sheet or member after ``#``."""
    part = source.get("sheet") or member
    return f"{source['file']}#{part}" if part else source["file"]


def row_text(raw: RawTable, at: int) -> str:
    """The cells of a row that are not empty, by column, as JSON."""
    cells = {column: cell_text(cells[at]) for column, cells in raw.columns.items()}
    return json.dumps({column: text for column, text in cells.items() if text}, ensure_ascii=False)


def header_of(folder: Path, source: dict) -> list[str]:
    """Names of a source's columns.

    Raises
    ------
    UnreadableFileError
        If the file cannot be read in its declared format.
    """
    path = raw_path(folder, source)
    names = reader_of(source).header(path, located(folder, source))
    if not any(names):
        raise UnreadableFileError("holds no header; the first row must name the columns.")
    return names


def read_raw(folder: Path, source: dict, columns: list[str]) -> RawTable:
    """Read ``columns`` of a source; rows without any cell are left out.

    Columns that the study declares to be hashed hold hashes.

    Raises
    ------
    DataError
        If the file cannot be read in its declared format, lacks a column, or a key is missing.
    """
    name = table_name(source)
    table = RawTable([], [], {column: [] for column in columns})
    path, whole = raw_path(folder, source), located(folder, source)
    try:
        for records in reader_of(source).read(path, whole, columns):
            _append(table, records, table_name(source, records.name))
    except UnreadableFileError as error:
        raise DataError(f"{name} {error}") from error
    except (OSError, UnicodeDecodeError, EOFError, ValueError) as error:
        raise DataError(
            f"{name}: cannot be read as {source['format']} ({type(error).__name__}). "
            "Check `format`, `encoding` and `sheet` of this source in the study file."
        ) from error
    return replace(table, columns=without_identifiers(table.columns, source))


def reader_of(source: dict):
    """Module that reads a source."""
    return members if source.get("members") else READERS[source["format"]]


def _append(table: RawTable, records: Records, name: str) -> None:
    """Append the rows of one file."""
    columns = list(table.columns)
    missing = [column for column in columns if column not in records.header]
    if missing and len(missing) == len(columns):
        raise DataError(
            f"{name}: none of the {len(columns)} columns that the study file names is in its first "
            "row; is that row a header?"
        )
    if missing:
        raise DataError(
            f"{name}: no column '{missing[0]}'; {nearest(missing[0], records.header)}"
            " Correct the mapping in the study file."
        )
    numbered = [
        (number, row)
        for number, row in enumerate(records.rows, start=records.first_row)
        if any(cell not in (None, "") for cell in row)
    ]
    if records.about_cells or records.about_rows:
        at = {number: len(table.rows) + place for place, (number, _) in enumerate(numbered)}
        for (number, column), code in records.about_cells.items():
            table.about_cells[at[number], column] = code
        table.about_rows.update(
            {at[number]: remark for number, remark in records.about_rows.items() if number in at}
        )
    table.files.extend([name] * len(numbered))
    table.rows.extend(number for number, _ in numbered)
    for column, cells in table.columns.items():
        at = records.header.index(column)
        cells.extend(row[at] if at < len(row) else None for _, row in numbered)
