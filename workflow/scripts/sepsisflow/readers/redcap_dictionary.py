"""REDCap's data dictionary and list of events: what each field of a record export may hold.

Imported whenever the workflow is read, so without pandas.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sepsisflow.readers.records import UnreadableFileError

# Headings of the file that REDCap's pages give, and of the one its API gives.
HEADINGS = {
    "name": ("Variable / Field Name", "field_name"),
    "form": ("Form Name", "form_name"),
    "kind": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": (
        "Choices, Calculations, OR Slider Labels",
        "select_choices_or_calculations",
    ),
    "validation": (
        "Text Validation Type OR Show Slider Number",
        "text_validation_type_or_show_slider_number",
    ),
    "low": ("Text Validation Min", "text_validation_min"),
    "high": ("Text Validation Max", "text_validation_max"),
    "identifier": ("Identifier?", "identifier"),
}
FIXED_CHOICES = {
    "yesno": {"1": "Yes", "0": "No"},
    "truefalse": {"1": "True", "0": "False"},
    "complete": {"0": "Incomplete", "1": "Unverified", "2": "Complete"},
}
CHOICE = re.compile(r"\s*([\w.-]+)\s*,\s*(.*?)\s*", re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
EVENT_OF_ARM = re.compile(r"(.*) \(Arm (\d+): .*\)", re.DOTALL)


@dataclass(frozen=True)
class Field:
    """One field: ``kind`` is its type in REDCap, or ``complete`` for the status of a form.

    ``choices`` maps codes to labels, empty where there is no choice; ``low`` and ``high`` are the
    form's own limits as written, empty where there is none.
    """

    name: str
    form: str
    kind: str
    label: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    validation: str = ""
    low: str = ""
    high: str = ""
    identifier: bool = False


def read_dictionary(path: Path, encoding: str) -> dict[str, Field]:
    """Every field by its name, in the dictionary's order, the status of each form behind it.

    Raises
    ------
    UnreadableFileError
        If the file is no data dictionary, or describes a field twice; worded to follow the name of
        the file of records.
    """
    fields: dict[str, Field] = {}
    for row in _rows(path, encoding, HEADINGS, "data dictionary"):
        name = row["name"].strip()
        if name in fields:
            raise UnreadableFileError(
                f"has a data dictionary, {path.name}, that describes '{name}' twice; "
                "download it again from REDCap."
            )
        if name:
            fields[name] = _field(name, row)
    forms = dict.fromkeys(each.form for each in fields.values())
    states = FIXED_CHOICES["complete"]
    status = (Field(f"{form}_complete", form, "complete", "Complete?", states) for form in forms)
    return {**fields, **{each.name: each for each in status}}


def identifier_fields(dictionary: dict[str, Field]) -> list[str]:
    """Names of the fields that the project marks as identifiers of a person."""
    return [name for name, each in dictionary.items() if each.identifier]


def read_events(path: Path, encoding: str) -> dict[tuple[str, str], str]:
    """Unique name of each event, by name as displayed and arm; also by the unique name itself."""
    headings = {name: (name,) for name in ("event_name", "arm_num", "unique_event_name")}
    events = {}
    for row in _rows(path, encoding, headings, "list of events"):
        unique = row["unique_event_name"].strip()
        events[unique, ""] = unique
        events[row["event_name"].strip(), row["arm_num"].strip()] = unique
    return events


def event_name(text: str, events: dict[tuple[str, str], str]) -> str | None:
    """Unique name of the event that a cell names, also as a labelled export does; or None."""
    if (text, "") in events:
        return events[text, ""]
    of_arm = EVENT_OF_ARM.fullmatch(text)
    if of_arm:
        return events.get(of_arm.groups())
    found = {unique for (name, arm), unique in events.items() if arm and name == text}
    return found.pop() if len(found) == 1 else None


def plain(label: str) -> str:
    """A label as REDCap exports it, without its markup."""
    return " ".join(TAG.sub("", label).split())


def _field(name: str, row: dict[str, str]) -> Field:
    kind = row["kind"].strip().lower()
    choices = _choices(row["choices"]) if kind in ("radio", "dropdown", "checkbox") else {}
    return Field(
        name,
        row["form"].strip(),
        kind,
        plain(row["label"]),
        FIXED_CHOICES.get(kind, choices),
        row["validation"].strip().lower(),
        row["low"].strip(),
        row["high"].strip(),
        row["identifier"].strip().lower() == "y",
    )


def _choices(text: str) -> dict[str, str]:
    """Codes and labels of ``1, one | 2, two``; what bears no code belongs to the label before."""
    found: list[list[str]] = []
    for part in text.split("|"):
        choice = CHOICE.fullmatch(part)
        if choice:
            found.append(list(choice.groups()))
        elif found:
            found[-1][1] += f"|{part}"
        elif part.strip():
            found.append([part.strip(), part])
    return {code: plain(label) for code, label in found}


def _rows(path: Path, encoding: str, headings: dict, what: str) -> Iterator[dict[str, str]]:
    """Rows of a file that describes a project, by our names of its columns."""
    wrong = f"has a {what}, {path.name}, that"
    try:
        text = path.read_text(encoding=encoding).removeprefix("\N{BYTE ORDER MARK}")
    except OSError:
        raise UnreadableFileError(f"{wrong} cannot be opened; is it in the data folder?") from None
    except (UnicodeDecodeError, LookupError):
        raise UnreadableFileError(f"{wrong} is not {encoding} text; set 'encoding'.") from None
    first = text.partition("\n")[0]
    # Both are downloaded with the delimiter that the user's profile in REDCap names.
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    header = [name.strip() for name in next(rows, [])]
    places = {}
    for name, spellings in headings.items():
        at = [header.index(each) for each in spellings if each in header]
        if not at:
            raise UnreadableFileError(
                f"{wrong} has no column '{spellings[0]}'; download it again from REDCap."
            )
        places[name] = at[0]
    try:
        for row in rows:
            yield {name: row[at] if at < len(row) else "" for name, at in places.items()}
    except csv.Error:
        raise UnreadableFileError(
            f"{wrong} has a quotation mark that is not closed; download it again from REDCap."
        ) from None
