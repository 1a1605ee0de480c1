"""The first sheet of the data-entry workbook, which says how to fill in the others."""

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from sepsisflow.data_entry.columns import Column
from sepsisflow.data_entry.style import (
    BODY,
    HEADER,
    HEADER_FILL,
    LACKING_FILL,
    REQUIRED_FILL,
    RULED,
    SUBTITLE,
    TITLE,
    UNUSUAL_FILL,
    WRAPPED,
    WRONG_FILL,
    for_print,
)

STEPS = (
    "Enter every participant once in the sheet Participants: one row each. The identifier is a "
    "code, never a name. The other sheets then offer these identifiers.",
    "Enter what was observed. Daily values holds one row per participant and day, a column per "
    "variable, in the unit of the heading. Measurements holds one row per value: use it for "
    "variables without a column of their own, and for values in another unit. Enter no value "
    "twice.",
    "Enter treatments and organ support (start, end, dose with its unit), events (death, last "
    "contact, discharge) and adverse events. A death needs a row in Events; so does, for everybody "
    "else, the last contact, or it is not known how long they lived.",
    "Write dates as 2024-03-31, and with the time of day if it is known: 2024-03-31 14:30. Write "
    "midnight as 00:01, because 00:00 cannot be told from a day without time.",
    "Leave empty what is not known. Do not write 0, 999 or n.a. for it, and do not estimate.",
    "Write the names of your arms, as in your study file, into the yellow cells of the sheet "
    "Lists. To record more of each participant, add columns at the right of Participants, each "
    "headed by the name of a covariate of your study file; yes and no stand for true and false.",
    "Do not rename sheets or headings. A sheet that you do not need stays empty.",
    "Save as xlsx. In the study file the workbook needs two lines, file and format: template. "
    "The quality report then names sheet, row and column of whatever is wrong.",
)
COLOURS = (
    (REQUIRED_FILL, "Dark heading: must be filled in every row that is used."),
    (HEADER_FILL, "Light heading: fill in if known."),
    (LACKING_FILL, "A required cell of this row is still empty."),
    (WRONG_FILL, "Impossible or not readable: correct it. Typed entries of this kind are refused."),
    (UNUSUAL_FILL, "Unusual: correct it, or leave it if it is right."),
)
WIDTHS = {"A": 16, "B": 31, "C": 10, "D": 64, "E": 11, "F": 15, "G": 15}
HEADINGS = ("Sheet", "Column", "Required", "What to enter", "Unit", "Usual", "Possible")
LINE_CHARACTERS, LINE_POINTS = 165, 15.5


def write_guide(sheet: Worksheet, columns: dict[str, list[Column]]) -> None:
    """Fill the sheet; ``columns`` are those of each sheet of entries."""
    sheet.title = "Read me"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.append(["Data entry for a sepsis trial"])
    sheet["A1"].font = TITLE
    _heading(sheet, "How to fill it in")
    for number, step in enumerate(STEPS, start=1):
        _sentence(sheet, f"{number}.  {step}")
    _heading(sheet, "Colours")
    for fill, meaning in COLOURS:
        sheet.append([None, meaning])
        sheet.cell(sheet.max_row, 1).fill = fill
        sheet.cell(sheet.max_row, 2).font = Font(name=BODY)
    _heading(sheet, "Columns")
    sheet.append(HEADINGS)
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = HEADER, HEADER_FILL
    for name, each in columns.items():
        for at, column in enumerate(each):
            _describe(sheet, name if at == 0 else None, column)
    sheet.sheet_view.showGridLines = False
    for_print(sheet)
    sheet.print_title_rows, sheet.print_options.gridLines = None, False


def _heading(sheet: Worksheet, text: str) -> None:
    sheet.append([])
    sheet.append([text])
    row = sheet.max_row + (sheet.max_row == 1)
    sheet.cell(row, 1).font = SUBTITLE


def _sentence(sheet: Worksheet, text: str) -> None:
    """A paragraph across all columns, in a row as high as it needs."""
    sheet.append([text])
    row = sheet.max_row
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
    sheet.cell(row, 1).alignment, sheet.cell(row, 1).font = WRAPPED, Font(name=BODY)
    sheet.row_dimensions[row].height = LINE_POINTS * (1 + len(text) // LINE_CHARACTERS)


def _describe(sheet: Worksheet, name: str | None, column: Column) -> None:
    """One row about one column."""
    ranges = [
        "" if limits is None or column.if_unit else f"{limits[0]:g} to {limits[1]:g}"
        for limits in (column.plausible, column.possible if column.plausible else None)
    ]
    required = "yes" if column.required else ""
    sheet.append([name, column.heading, required, column.meaning, column.unit, *ranges])
    for cell in sheet[sheet.max_row]:
        cell.alignment, cell.border = WRAPPED, RULED
        cell.font = Font(name=BODY, bold=cell.column == 1)
    lines = 1 + max(len(column.meaning) // 66, len(column.heading) // 30)
    sheet.row_dimensions[sheet.max_row].height = LINE_POINTS * lines
