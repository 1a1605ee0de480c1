"""Excel workbooks: one sheet, with headings over one or more rows, merged cells, error cells."""

import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from sepsisflow.errors import nearest
from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.records import Records, UnreadableFileError

# An error cell, or a formula without a value, in the XML of a sheet.
LOST = re.compile(rb't="e"|</f>\s*(<v\s*/>|<v></v>)?\s*</c>')


def header(path: Path, source: dict) -> list[str]:
    """Names of the columns; of headings over several rows, joined by a blank."""
    sheet = _sheet(path, source)
    last = source["header_row"] + source["header_rows"] - 1
    return _names(_filled(sheet, sheet.to_python(skip_empty_area=False, nrows=last)), source)


def read(path: Path, source: dict, _columns: list[str]) -> Iterator[Records]:
    """Every row of the sheet; a cell merged over several rows stands in each of them."""
    sheet = _sheet(path, source)
    rows = _filled(sheet, sheet.to_python(skip_empty_area=False))
    if _has_lost_cells(path):
        _restore(rows, path, source["sheet"])
    first_row = source["header_row"] + source["header_rows"]
    yield Records("", _names(rows, source), first_row, rows[first_row - 1 :])


def sheets(path: Path) -> list[str]:
    """Names of a workbook's sheets."""
    return _workbook(path, path.stat().st_mtime_ns).sheet_names


@lru_cache(maxsize=4)
def _workbook(path: Path, _changed: int):
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        raise UnreadableFileError("cannot be read as xlsx; check its format.") from None


def _sheet(path: Path, source: dict):
    names = sheets(path)
    if source["sheet"] not in names:
        wrong = f"has no sheet '{source['sheet']}'"
        raise UnreadableFileError(f"{wrong}; {nearest(source['sheet'], names)}")
    from python_calamine import CalamineError

    try:
        return _workbook(path, path.stat().st_mtime_ns).get_sheet_by_name(source["sheet"])
    except CalamineError:
        raise UnreadableFileError("is damaged; save it again in a spreadsheet.") from None


def _names(rows: list[list], source: dict) -> list[str]:
    """Names of the columns from the heading's rows; what stands twice in a column counts once."""
    first = source["header_row"] - 1
    headings = rows[first : first + source["header_rows"]]
    columns = zip(*headings, strict=True) if headings else ()
    return [
        " ".join(dict.fromkeys(text for text in map(cell_text, column) if text))
        for column in columns
    ]


def _filled(sheet, rows: list[list]) -> list[list]:
    """Rows in which a merged cell stands at every place it covers."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in rows[top : bottom + 1]:
            covered = len(row[left : right + 1])
            row[left : right + 1] = rows[top][left : left + 1] * covered
    return rows


def _has_lost_cells(path: Path) -> bool:
    """Whether calamine gives as empty what is not: formulas that failed or were never computed."""
    try:
        with zipfile.ZipFile(path) as workbook:
            names = [name for name in workbook.namelist() if name.startswith("xl/worksheets/")]
            return any(LOST.search(workbook.read(name)) for name in names)
    except zipfile.BadZipFile:
        return False


def _restore(rows: list[list], path: Path, sheet: str) -> None:
    """Put "#REF!" and the like where they stand, and formulas where there is no result."""
    from openpyxl import load_workbook

    for results, lost in ((True, "e"), (False, "f")):
        workbook = load_workbook(path, read_only=True, data_only=results)
        try:
            for row, cells in zip(rows, workbook[sheet].iter_rows(), strict=False):
                for at, cell in enumerate(cells[: len(row)]):
                    if cell.data_type == lost and row[at] in ("", None):
                        row[at] = cell.value
        finally:
            workbook.close()
