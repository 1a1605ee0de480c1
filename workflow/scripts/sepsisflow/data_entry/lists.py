"""The sheet of lists, from which the drop-downs of the other sheets are filled."""

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sepsisflow.data_entry import layout
from sepsisflow.data_entry.style import BODY, HEADER, HEADER_FILL, INPUT_FILL, WRAPPED, for_print
from sepsisflow.fields import SEXES

ARMS = ("treatment", "control")
ARMS_OFFERED = 9
# Columns of the sheet, by what they list.
PLACES = {name: get_column_letter(at) for at, name in enumerate(
    ("arm", "sex", "yes_no", "zero_one", "grade", "event", "agent", "agent_unit_of", "agent_unit",
     "variable", "unit", "possible_low", "possible_high", "plausible_low", "plausible_high",
     "loinc", "variable_unit_of", "variable_unit"), start=1)}  # fmt: skip
HEADINGS = {
    "arm": "Arms (yours: edit here)",
    "sex": "Sex",
    "yes_no": "Yes or no",
    "zero_one": "0 or 1",
    "grade": "Grade",
    "event": "Events",
    "agent": "Treatments",
    "agent_unit_of": "Unit of which treatment",
    "agent_unit": "Unit of dose",
    "variable": "Variables",
    "unit": "Unit of the ranges",
    "possible_low": "Possible from",
    "possible_high": "Possible to",
    "plausible_low": "Usual from",
    "plausible_high": "Usual to",
    "loinc": "LOINC",
    "variable_unit_of": "Unit of which variable",
    "variable_unit": "Unit",
}


def lists(codelists: dict) -> dict[str, list]:
    """What stands in each column of the sheet, below its heading."""
    variables, agents = codelists["variables"], codelists["agents"]
    events = codelists["events"].values()
    entries = list(variables.values())
    return {
        "arm": list(ARMS),
        "sex": list(SEXES),
        "yes_no": list(layout.YES_NO),
        "zero_one": [0, 1],
        "grade": [1, 2, 3, 4, 5],
        "event": [each["label"] for each in events],
        "agent": [each["label"] for each in agents.values()],
        **_units(agents, "agent"),
        "variable": [each["label"] for each in entries],
        "unit": [layout.offered_units(each)[0] for each in entries],
        "possible_low": [each["possible"][0] for each in entries],
        "possible_high": [each["possible"][1] for each in entries],
        "plausible_low": [each["plausible"][0] for each in entries],
        "plausible_high": [each["plausible"][1] for each in entries],
        "loinc": [each.get("loinc") for each in entries],
        **_units(variables, "variable"),
    }


def _units(entries: dict, kind: str) -> dict[str, list]:
    pairs = [
        (each["label"], unit) for each in entries.values() for unit in layout.offered_units(each)
    ]
    of, units = zip(*pairs, strict=True)
    return {f"{kind}_unit_of": list(of), f"{kind}_unit": list(units)}


def listed(name: str) -> str:
    """Range of a list in which blanks end it, for a drop-down that the user may add to."""
    return (
        f"OFFSET(Lists!${PLACES[name]}$2,0,0,COUNTA(Lists!${PLACES[name]}$2:${PLACES[name]}$999),1)"
    )


def units_of(kind: str, cell: str) -> str:
    """Range of the units of the variable or agent that ``cell`` names."""
    of, units = PLACES[f"{kind}_unit_of"], PLACES[f"{kind}_unit"]
    whole = f"Lists!${of}$2:${of}$999"
    return f"OFFSET(Lists!${units}$1,MATCH({cell},{whole},0),0,COUNTIF({whole},{cell}),1)"


def looked_up(name: str, variable: str) -> str:
    """A column of the list of variables, for the variable that a cell names."""
    first, column = PLACES["variable"], PLACES[name]
    return (
        f"INDEX(Lists!${column}$2:${column}$999,MATCH({variable},Lists!${first}$2:${first}$999,0))"
    )


def write_lists(sheet: Worksheet, codelists: dict) -> None:
    """Fill the sheet."""
    for name, values in lists(codelists).items():
        letter = PLACES[name]
        cells = [HEADINGS[name], *values]
        for row, value in enumerate(cells, start=1):
            sheet[f"{letter}{row}"] = value
            sheet[f"{letter}{row}"].font = Font(name=BODY)
        sheet[f"{letter}1"].font, sheet[f"{letter}1"].fill = HEADER, HEADER_FILL
        sheet[f"{letter}1"].alignment = WRAPPED
        width = max(len(str(value or "")) for value in cells[1:])
        sheet.column_dimensions[letter].width = max(12, width + 3)
    for row in range(2, 2 + ARMS_OFFERED):
        sheet[f"{PLACES['arm']}{row}"].fill = INPUT_FILL
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    for_print(sheet)
