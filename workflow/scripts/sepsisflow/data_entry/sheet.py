"""One sheet of the data-entry workbook: header, formats, drop-downs, checks."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sepsisflow.data_entry.columns import Column
from sepsisflow.data_entry.style import (
    HEADER,
    HEADER_FILL,
    LACKING_FILL,
    REQUIRED_FILL,
    UNUSUAL_FILL,
    WRAPPED,
    WRONG_FILL,
    for_print,
)

LAST_ROW = 10000  # of those with drop-downs and checks
FIRST_DAY = "DATE(1950,1,1)"
DATE_AND_TIME = "yyyy-mm-dd hh:mm"
FORMATS = {"date": DATE_AND_TIME, "id": "@", "person": "@", "text": "@"}
WIDTHS = {"date": 18, "id": 16, "person": 16, "list": 12, "text": 22, "number": 11, "limited": 14}
WIDE = {
    "Arm": 16,
    "Event": 26,
    "Variable": 32,
    "Treatment": 28,
    "Adverse event": 34,
    "Unit": 14,
    "Unit of dose": 14,
}
PARTICIPANTS = f"Participants!$A$2:$A${LAST_ROW}"
PEOPLE = f"OFFSET(Participants!$A$2,0,0,MAX(1,COUNTA({PARTICIPANTS})),1)"


def write_sheet(sheet: Worksheet, columns: list[Column]) -> None:
    """Fill an empty sheet with header, formats, drop-downs and checks."""
    entered = f"COUNTA($A2:${get_column_letter(len(columns))}2)>0"
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        header = sheet[f"{letter}1"]
        header.value, header.font, header.alignment = column.heading, HEADER, WRAPPED
        header.fill = REQUIRED_FILL if column.required else HEADER_FILL
        dimension = sheet.column_dimensions[letter]
        dimension.width = WIDE.get(column.heading, WIDTHS[column.kind])
        dimension.number_format = FORMATS.get(column.kind, "General")
        _add_validation(sheet, f"{letter}2:{letter}{LAST_ROW}", f"{letter}2", column)
        _add_colours(sheet, letter, column, entered)
    lines = max(-(-len(each.heading) // 10) for each in columns if each.heading not in WIDE)
    sheet.row_dimensions[1].height = 16 * max(2, lines)
    sheet.freeze_panes = "B2"
    for_print(sheet)


def _add_validation(sheet: Worksheet, cells: str, first: str, column: Column) -> None:
    """Drop-down or check of what is typed, and the message shown beside the cell."""
    check = _check(first, column)
    message = f"{column.meaning} {_ranges(column)}".strip()
    validation = DataValidation(
        **check,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage="type" in check,
        promptTitle=column.heading[:32],
        prompt=message[:255],
        errorTitle="Not possible here",
        error=_refusal(column)[:225],
    )
    validation.add(cells)
    sheet.add_data_validation(validation)


def _check(cell: str, column: Column) -> dict:
    """What a cell may hold, as a data validation says it."""
    match column.kind:
        case "list":
            return {"type": "list", "formula1": column.source.format(row=2)}
        case "person":
            return {"type": "list", "formula1": PEOPLE}
        case "id":
            return {"type": "custom", "formula1": f"COUNTIF($A$2:$A${LAST_ROW},{cell})=1"}
        case "date":
            limits = {"formula1": FIRST_DAY, "formula2": "TODAY()+1"}
            return {"type": "date", "operator": "between", **limits}
        case "number":
            low, high = column.possible
            return {"type": "decimal", "operator": "between", "formula1": low, "formula2": high}
        case "limited":
            return {"type": "custom", "formula1": _readable(cell, column)}
    return {}


def _readable(cell: str, column: Column) -> str:
    """Formula: a number, of fixed range if the column has one, or a limit such as <0.5."""
    number = "TRUE" if column.if_unit else _within(cell, column.possible)
    sign = f'OR(LEFT({cell})="<",LEFT({cell})=">")'
    limit = f'AND({sign},ISNUMBER(_xlfn.NUMBERVALUE(MID({cell},2,20),".")))'
    return f"IF(ISNUMBER({cell}),{number},{limit})"


def _within(cell: str, limits: tuple) -> str:
    low, high = (f"{each:.12g}" if isinstance(each, int | float) else each for each in limits)
    return f"AND({cell}>={low},{cell}<={high})"


def _refusal(column: Column) -> str:
    """What is said of an entry that is not accepted."""
    match column.kind:
        case "list":
            return "Choose an entry of the list."
        case "person":
            return "Enter the participant in the sheet Participants first."
        case "id":
            return "This participant is already entered; one row each."
        case "date":
            return "Enter a date as 2024-03-31 or 2024-03-31 14:30, not in the future."
    return f"Enter a number. {_ranges(column)}"


def _ranges(column: Column) -> str:
    """Possible and usual range in words, where they are fixed."""
    if column.plausible is None or column.if_unit:
        return ""
    unit = f" {column.unit}" if column.unit else ""
    (low, high), (least, most) = column.plausible, column.possible
    return f"Usual: {low:g} to {high:g}{unit}. Possible: {least:g} to {most:g}{unit}."


def _add_colours(sheet: Worksheet, letter: str, column: Column, entered: str) -> None:
    """Colours for what is lacking, impossible or unusual, however it was entered."""
    cell, cells = f"{letter}2", f"{letter}2:{letter}{LAST_ROW}"
    needed = entered if column.required else column.needed_if.format(row=2)
    if needed:
        _add_rule(sheet, cells, f"AND({needed},ISBLANK({cell}))", fill=LACKING_FILL)
    wrong = _wrong(cell, column)
    if wrong:
        _add_rule(sheet, cells, f"AND(NOT(ISBLANK({cell})),{wrong})", fill=WRONG_FILL)
    if column.plausible is not None:
        outside = f"NOT({_within(cell, column.plausible)})"
        condition = f"ISNUMBER({cell}),{_holds(column)}{outside}"
        _add_rule(sheet, cells, f"AND({condition})".format(row=2), fill=UNUSUAL_FILL)
    if column.kind == "date":
        whole_day = NumberFormat(numFmtId=164, formatCode="yyyy-mm-dd")
        condition = f"AND(ISNUMBER({cell}),INT({cell})={cell})"
        _add_rule(sheet, cells, condition, numFmt=whole_day)


def _wrong(cell: str, column: Column) -> str:
    """Formula of what a drop-down or check would have refused; "" if that cannot be said."""
    match column.kind:
        case "list":
            return f"ISNA(MATCH({cell},{column.source.format(row=2)},0))"
        case "person":
            return f"COUNTIF({PARTICIPANTS},{cell})=0"
        case "id":
            return f"COUNTIF($A$2:$A${LAST_ROW},{cell})>1"
        case "date":
            return f"NOT(ISNUMBER({cell}))"
        case "number":
            return f"IF(ISNUMBER({cell}),NOT({_within(cell, column.possible)}),TRUE)"
        case "limited":
            wrong = f"NOT({_readable(cell, column)})"
            if not column.if_unit:
                return wrong
            outside = f"NOT({_within(cell, column.possible)})"
            return f"OR({wrong},AND(ISNUMBER({cell}),{_holds(column)}{outside}))".format(row=2)
    return ""


def _holds(column: Column) -> str:
    return f"{column.if_unit}," if column.if_unit else ""


def _add_rule(sheet: Worksheet, cells: str, formula: str, **style) -> None:
    rule = Rule(type="expression", dxf=DifferentialStyle(**style), formula=[formula])
    rule.stopIfTrue = "fill" in style
    sheet.conditional_formatting.add(cells, rule)
