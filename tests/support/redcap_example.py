"""A small REDCap project: its data dictionary, and a source that reads its export."""

import csv
import io
from pathlib import Path

from raw_sources import filled
from sepsisflow.readers.raw import RawTable, read_raw

HEADINGS = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
)
FIELDS = """\
id|person|text|Study ID
sex|person|radio|Sex|0, Female / 1, Male
site|person|dropdown|Site|1, Ward A, left / 2, Ward B
born|person|text|Born||date_dmy|1900-01-01|2020-12-31|y
drugs|person|checkbox|<b>Drugs</b>|1, Aspirin / -1, None / x, Other, which
pregnant|person|yesno|Pregnant
alive|person|truefalse|Alive
weight|bp|text|Weight (kg)||number_1dp_comma_decimal|30|200
pulse|bp|text|Pulse||integer|20|250
taken|bp|text|Taken||datetime_seconds_mdy
phone|bp|text|Phone||phone
"""


def dictionary(fields: str = FIELDS) -> str:
    """A data dictionary: a field a line as name, form, type, label, choices, validation, limits."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for line in fields.splitlines():
        name, form, kind, label, *more = line.split("|")
        choices, validation, low, high, identifier = [*more, *[""] * (5 - len(more))]
        choices = choices.replace(" / ", " | ")
        rows.writerow((name, form, "", kind, label, choices, "", validation, low, high, identifier))
    return text.getvalue()


def source(**changes) -> dict:
    """A source of the project, with the schema's defaults filled in."""
    given = {"file": "data.csv", "format": "redcap", "dictionary": "dictionary.csv", "maps": []}
    return filled({"source": {**given, **changes}})["source"]


def read(
    folder: Path, records: str, *columns: str, fields: str = FIELDS, bom: bool = False, **changes
) -> RawTable:
    """Columns of an export whose lines are ``records``."""
    encoding = "utf-8-sig" if bom else "utf-8"
    (folder / "data.csv").write_text(records, encoding=encoding)
    (folder / "dictionary.csv").write_text(dictionary(fields), encoding=encoding)
    return read_raw(folder, source(**changes), list(columns))
