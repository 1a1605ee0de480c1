"""Texts, CSV and workbook as a hospital exports them, the same bytes on every run."""

import csv
import io
import os
from datetime import date, datetime

os.environ["OPENPYXL_LXML"] = "False"  # one XML writer, whether or not lxml is installed

from openpyxl import Workbook
from openpyxl.styles import Font
from sepsisflow.archives import workbook_parts, zip_bytes

FIXED = datetime(2024, 1, 15, 9, 0)  # every time stamp in the workbook


def comma(value: float, decimals: int, *, thousands: bool = False) -> str:
    """Write a number as the exports do: decimal comma, points between thousands if asked."""
    text = f"{value:,.{decimals}f}" if thousands else f"{value:.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def dotted(day: date) -> str:
    """Write a date as dd.mm.yyyy."""
    return day.strftime("%d.%m.%Y")


def yes(truth: bool) -> str:
    """Write a truth value as the forms do."""
    return "yes" if truth else "no"


def csv_bytes(rows: list[list], encoding: str) -> bytes:
    """Semicolon-separated text."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    return text.getvalue().encode(encoding)


def workbook_bytes(sheets: dict[str, list[list]]) -> bytes:
    """Build the workbook with fixed times and an uncompressed archive: the same bytes anywhere."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "generate.py"
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for column in sheet.iter_cols():
            column[0].font = Font(bold=True)
            longest = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(40, longest + 2)
            for cell in column[1:]:
                if isinstance(cell.value, date):
                    cell.number_format = "DD.MM.YYYY"
        sheet.freeze_panes = "B2"
    return zip_bytes(dict(sorted(workbook_parts(book, FIXED).items())), FIXED, compressed=False)
