"""Sheets and columns of the data-entry workbook.

Both the workbook (`data_entry.workbook`) and the maps by which it is read (`data_entry.maps`) are
made from here, so they cannot differ. Imported whenever the workflow is read, so without openpyxl.
"""

from sepsisflow.labels import printed_unit, with_unit
from sepsisflow.units import conversion, normalise_unit, units_of

WORKBOOK = "resources/template/data_entry.xlsx"
# Sheet, canonical table, and the heading of each field of a map of that table.
SHEETS = {
    "Participants": (
        "participants",
        {
            "participant_id": "Participant ID",
            "origin": "Start of observation",
            "arm": "Arm",
            "site": "Site",
            "age_years": "Age (years)",
            "sex": "Sex",
            "weight_kg": "Weight (kg)",
            "height_cm": "Height (cm)",
        },
    ),
    "Daily values": (
        "measurements",
        {"participant_id": "Participant ID", "time": "Date, time"},
    ),
    "Measurements": (
        "measurements",
        {
            "participant_id": "Participant ID",
            "time": "Date, time",
            "variable": "Variable",
            "value": "Value",
            "unit": "Unit",
        },
    ),
    "Treatments": (
        "interventions",
        {
            "participant_id": "Participant ID",
            "agent": "Treatment",
            "start": "Start",
            "end": "End",
            "dose": "Dose",
            "unit": "Unit of dose",
            "route": "Route",
        },
    ),
    "Events": (
        "events",
        {"participant_id": "Participant ID", "event": "Event", "time": "Date, time"},
    ),
    "Adverse events": (
        "adverse_events",
        {
            "participant_id": "Participant ID",
            "start": "Start",
            "term": "Adverse event",
            "grade": "Grade (1–5)",
            "serious": "Serious",
            "related": "Related to treatment",
        },
    ),
}
DAILY = "Daily values"
# A column each in that sheet: what organ failure scores need of a day, and the bedside laboratory.
DAILY_VARIABLES = (
    "pao2",
    "fio2",
    "ventilated",
    "platelets",
    "bilirubin",
    "map",
    "gcs",
    "sedated",
    "creatinine",
    "urine_output_24h",
    "sofa_recorded",
    "temperature",
    "heart_rate",
    "respiratory_rate",
    "lactate",
    "crp",
    "procalcitonin",
    "leucocytes",
)
DATE_FORMAT = "%Y-%m-%d"
YES_NO = {"yes": True, "no": False}


def is_yes_no(entry: dict) -> bool:
    """Whether a variable of the codelist can only be 0 or 1."""
    return entry["unit"] == "1" and [*entry["possible"], *entry["plausible"]] == [0, 1, 0, 1]


def daily_heading(entry: dict) -> str:
    """Heading of a variable's own column: with its unit, or of a pure number with its range."""
    if is_yes_no(entry):
        return f"{entry['label']} (0 = no, 1 = yes)"
    if printed_unit(entry["unit"]):
        return with_unit(entry["label"], entry["unit"])
    low, high = entry["plausible"]
    return f"{entry['label']} ({low:g}–{high:g})"


def offered_units(entry: dict) -> list[str]:
    """Units of a codelist entry, one spelling of each, the canonical one first.

    Of all that can be converted, those in which usual values have one to four digits.
    """
    spellings: dict[tuple, list[str]] = {}
    for unit in units_of(entry):
        affine = conversion(unit, entry)
        if unit == entry["unit"] or _is_handy(affine, entry):
            spellings.setdefault(affine, []).extend([printed_unit(unit), unit])
    return [_legible(each, entry) for each in spellings.values()]


def _is_handy(affine: tuple[float, float], entry: dict) -> bool:
    """Whether the middle of the plausible range is a number that a person writes.

    Of pure numbers, scores and answers have no other unit; a fraction may be given as percent.
    """
    if "plausible" not in entry:
        return False
    if not printed_unit(entry["unit"]) and (is_yes_no(entry) or entry["possible"][1] > 1):
        return False
    factor, offset = affine
    middle = sum(entry["plausible"]) / 2
    return 1 <= (middle - offset) / factor < 10_000


def _legible(spellings: list[str], entry: dict) -> str:
    """The first spelling that can be read back and has no sign that only UCUM uses."""
    readable = [each for each in spellings if each and conversion(each, entry)]
    plain = [each for each in readable if not set("[*{") & set(normalise_unit(each))]
    return (plain or readable)[0]
