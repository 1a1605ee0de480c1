"""Read the wanted columns of a raw file, cell by cell, as they stand in it.

Imported whenever the workflow is read, so without pandas.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from sepsisflow.errors import DataError, nearest


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
    path = folder / source["file"]
    name = table_name(source)
    try:
        header, records = READERS[source["format"]](path, source, columns)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise DataError(
            f"{name}: cannot be read as {source['format']} ({type(error).__name__}). "
            "Check `format`, `encoding` and `sheet` of this source in the study file."
        ) from error
    missing = [column for column in columns if column not in header]
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
        records = list(csv.reader(file, delimiter=delimiter, strict=True))
    if not records:
        raise ValueError("empty file")
    return [name.strip() for name in records[0]], records[1:]


def _read_workbook(path: Path, source: dict, _columns: list[str]) -> tuple[list, list]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(source["sheet"])
    except CalamineError as error:
        raise ValueError("not a workbook, or no such sheet") from error
    records = sheet.to_python(skip_empty_area=False)
    if not records:
        raise ValueError("empty sheet")
    return [str(name).strip() for name in records[0]], records[1:]


def _read_parquet(path: Path, _source: dict, columns: list[str]) -> tuple[list, list]:
    import pyarrow.parquet

    names = pyarrow.parquet.read_schema(path).names
    table = pyarrow.parquet.read_table(path, columns=[name for name in columns if name in names])
    if not table.num_columns:
        return names, []
    records = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return (table.column_names if table.num_columns == len(columns) else names), records


READERS = {
    "csv": _read_text,
    "tsv": _read_text,
    "xlsx": _read_workbook,
    "parquet": _read_parquet,
}
