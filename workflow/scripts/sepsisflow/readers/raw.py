"""Read the wanted columns of a raw file, cell by cell, as they stand in it.

Imported whenever the workflow is read, so without pandas.
"""

import csv
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sepsisflow.errors import DataError, nearest
from sepsisflow.places import download_path
from sepsisflow.readers.cells import cell_text


@dataclass(frozen=True)
class RawTable:
    """Some columns of one raw file or sheet.

    ``name`` is the file's, with the sheet after ``#``; ``rows`` holds the number of each row in
    the file (a header is row 1); ``columns`` holds cells as str, or what a workbook or parquet
    file stores: int, float, bool, date, datetime, None.
    """

    name: str
    rows: list[int]
    columns: dict[str, list]


def raw_path(folder: Path, source: dict) -> Path:
    """Where a source's file lies: in the data folder, or among the files fetched."""
    return download_path(source) if "sha256" in source else folder / source["file"]


def table_name(source: dict) -> str:
    """Name under which a source's rows are cited: its file, with the sheet after ``#``."""
    return f"{source['file']}#{source['sheet']}" if source.get("sheet") else source["file"]


def read_raw(folder: Path, source: dict, columns: list[str]) -> RawTable:
    """Read ``columns`` of a source; rows without any cell are left out.

    Raises
    ------
    DataError
        If the file cannot be read in its declared format, or lacks a column.
    """
    path = raw_path(folder, source)
    name = table_name(source)
    try:
        header, records = READERS[source["format"]](path, source, columns)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DataError(
            f"{name}: cannot be read as {source['format']} ({type(error).__name__}). "
            "Check `format`, `encoding` and `sheet` of this source in the study file."
        ) from error
    missing = [column for column in columns if column not in header]
    if missing and len(missing) == len(columns):
        raise DataError(
            f"{name}: none of the {len(columns)} columns that the study file names is in its first "
            "row; is that row a header?"
        )
    if missing:
        raise DataError(
            f"{name}: no column '{missing[0]}'; {nearest(missing[0], header)}"
            " Correct the mapping in the study file."
        )
    first_row = 1 if source["format"] == "parquet" else 2
    numbered = [
        (number, record)
        for number, record in enumerate(records, start=first_row)
        if any(cell not in (None, "") for cell in record)
    ]
    positions = {column: header.index(column) for column in columns}
    return RawTable(
        name,
        [number for number, _ in numbered],
        {
            column: [record[at] if at < len(record) else None for _, record in numbered]
            for column, at in positions.items()
        },
    )


def _read_text(path: Path, source: dict, _columns: list[str]) -> tuple[list, list]:
    delimiter = "\t" if source["format"] == "tsv" else source["delimiter"]
    # A byte order mark is no part of the first column's name.
    encoding = (
        "utf-8-sig" if source["encoding"].lower() in ("utf-8", "utf8") else source["encoding"]
    )
    with open(path, encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            records = list(reader)
        except csv.Error as error:
            raise DataError(
                f"{path.name}, line {reader.line_num}: a quotation mark is not closed, or stands "
                "inside a cell. Correct the file."
            ) from error
    if not records:
        raise ValueError("empty file")
    header = [name.strip() for name in records[0]]
    for number, record in enumerate(records[1:], start=2):
        if any(record[len(header) :]):
            raise DataError(
                f"{path.name}, row {number}: more cells than the header has columns. Is the "
                "delimiter also used inside cells, as a decimal mark or in a text?"
            )
    return header, records[1:]


def _read_workbook(path: Path, source: dict, _columns: list[str]) -> tuple[list, list]:
    from python_calamine import CalamineError, CalamineWorkbook

    if _has_error_cells(path):
        records = _read_with_errors(path, source["sheet"])
    else:
        try:
            sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(source["sheet"])
        except CalamineError as error:
            raise ValueError("not a workbook, or no such sheet") from error
        records = sheet.to_python(skip_empty_area=False)
    if not records:
        raise ValueError("empty sheet")
    return [cell_text(name) for name in records[0]], records[1:]


def _has_error_cells(path: Path) -> bool:
    """Whether a formula of the workbook failed; calamine gives such cells as empty ones."""
    try:
        with zipfile.ZipFile(path) as workbook:
            sheets = [name for name in workbook.namelist() if name.startswith("xl/worksheets/")]
            return any(b't="e"' in workbook.read(name) for name in sheets)
    except zipfile.BadZipFile as error:
        raise ValueError("not a workbook") from error


def _read_with_errors(path: Path, sheet: str) -> list[list]:
    """Read a sheet slowly, error cells as "#REF!" and the like."""
    from openpyxl import load_workbook

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        return [list(row) for row in workbook[sheet].iter_rows(values_only=True)]
    except KeyError as error:
        raise ValueError("no such sheet") from error
    finally:
        workbook.close()


def _read_parquet(path: Path, _source: dict, columns: list[str]) -> tuple[list, list]:
    import pyarrow.parquet

    names = pyarrow.parquet.read_schema(path).names
    wanted = [name for name in columns if name in names]
    if len(wanted) < len(columns):
        return names, []
    table = pyarrow.parquet.read_table(path, columns=wanted)
    cells = [
        [None if cell != cell else cell for cell in column.to_pylist()] for column in table.columns
    ]
    return table.column_names, list(zip(*cells, strict=True))


READERS = {
    "csv": _read_text,
    "tsv": _read_text,
    "xlsx": _read_workbook,
    "parquet": _read_parquet,
}
