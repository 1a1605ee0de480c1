"""What each column of the data-entry workbook holds, from the schemas and codelists."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from sepsisflow.configuration.schema import resolved
from sepsisflow.data_entry import layout
from sepsisflow.data_entry.lists import listed, looked_up, units_of
from sepsisflow.labels import printed_unit
from sepsisflow.validation.table import RANGES

LISTS = {
    "arm": "arm",
    "sex": "sex",
    "event": "event",
    "agent": "agent",
    "variable": "variable",
    "grade": "grade",
    "serious": "yes_no",
    "related": "yes_no",
}
DATES = ("origin", "time", "start", "end")
# Beyond what the schema requires: an entry without these is of no use.
REQUIRED = {"participants": ("origin",), "measurements": ("variable", "value", "unit")}
DATE_REMARK = "As 2024-03-31, with the time of day if it is known: 2024-03-31 14:30."
REMARKS = {
    "participant_id": "A code, never a name.",
    "origin": f"{DATE_REMARK} All other times are counted from here.",
    "time": DATE_REMARK,
    "start": DATE_REMARK,
    "end": f"{DATE_REMARK} Empty for what has no length.",
    "arm": "The list is in the sheet Lists.",
    "variable": "Choose from the list.",
    "agent": "Choose from the list.",
    "event": "Choose from the list.",
    "value": "A limit is written <0.5 or >1000.",
    "unit": "Choose the unit in which the value is written; none is guessed.",
}


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    ``kind`` is text, id, person (an id of Participants), date, list, number or limited (a number
    or a limit such as <0.5); ``source`` is the formula of a list. ``possible`` and ``plausible``
    are lowest and highest values, or formulas of them, that hold where the formula ``if_unit`` is
    true. A required cell is lacking in every row with an entry, another where the formula
    ``needed_if`` is true. In formulas ``{row}`` stands for the number of the row.
    """

    heading: str
    meaning: str
    kind: str
    required: bool = False
    source: str = ""
    unit: str = ""
    possible: tuple | None = None
    plausible: tuple | None = None
    if_unit: str = ""
    needed_if: str = ""


def columns_of(sheet: str, schema: dict, codelists: dict) -> list[Column]:
    """Columns of a sheet, in order, with what the schema and the codelists say of them."""
    table, headings = layout.SHEETS[sheet]
    fields = schema["$defs"][f"{table}_fields"]
    required = {*fields["required"], *REQUIRED.get(table, ())}
    columns = []
    for name, heading in headings.items():
        described = resolved(fields["properties"].get(name, {}), schema)
        words = [described.get("description", "Unit of the dose."), REMARKS.get(name, "")]
        columns.append(
            Column(
                heading,
                " ".join(words).strip(),
                required=name in required,
                **_content(sheet, name, described),
            )
        )
    if sheet == layout.DAILY:
        columns += [_daily(codelists["variables"][name]) for name in layout.DAILY_VARIABLES]
    return columns


def _content(sheet: str, name: str, described: dict) -> dict:
    """Kind of entry of a field, and what is allowed."""
    if name == "participant_id":
        return {"kind": "id" if sheet == "Participants" else "person"}
    if name in DATES:
        return {"kind": "date"}
    if name in LISTS:
        return {"kind": "list", "source": listed(LISTS[name])}
    if name == "unit":
        kind, number = ("variable", "value") if sheet == "Measurements" else ("agent", "dose")
        needed = f"NOT(ISBLANK({_cell(sheet, number)}))"
        source = units_of(kind, _cell(sheet, kind))
        return {"kind": "list", "source": source, "needed_if": needed}
    if name in RANGES:
        limits = {kind: tuple(each) for kind, each in RANGES[name].items()}
        return {"kind": "number", "unit": printed_unit(described["unit"]), **limits}
    if name == "value":
        return {"kind": "limited", **_looked_up_ranges(sheet)}
    if name == "dose":
        return {"kind": "number", "possible": (0, 1e12)}
    return {"kind": "text"}


def _cell(sheet: str, field: str) -> str:
    """The cell of a field in the same row, as formulas of the sheet name it."""
    at = list(layout.SHEETS[sheet][1]).index(field) + 1
    return f"${get_column_letter(at)}{{row}}"


def _looked_up_ranges(sheet: str) -> dict:
    """Ranges of the variable that the row names, where its unit is that of the ranges."""
    variable, unit = _cell(sheet, "variable"), _cell(sheet, "unit")
    ranges = {
        kind: tuple(looked_up(f"{kind}_{end}", variable) for end in ("low", "high"))
        for kind in ("possible", "plausible")
    }
    return {**ranges, "if_unit": f"EXACT({unit},{looked_up('unit', variable)})"}


def _daily(entry: dict) -> Column:
    """A variable's own column."""
    heading, meaning = layout.daily_heading(entry), f"{entry['label']}. {REMARKS['value']}"
    if layout.is_yes_no(entry):
        return Column(heading, f"{entry['label']}.", "list", source=listed("zero_one"))
    return Column(
        heading,
        meaning,
        "limited",
        unit=printed_unit(entry["unit"]),
        possible=tuple(entry["possible"]),
        plausible=tuple(entry["plausible"]),
    )
