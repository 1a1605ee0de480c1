"""REDCap: an export of records, raw or labelled, read with the project's data dictionary.

Cells come as the dictionary says: choices as codes, dates and numbers as such, boxes that nobody
ticked as missing. Imported whenever the workflow is read, so without pandas.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sepsisflow.readers import delimited
from sepsisflow.readers.records import Records
from sepsisflow.readers.redcap_dictionary import (
    Field,
    event_name,
    plain,
    read_dictionary,
    read_events,
)
from sepsisflow.readers.redcap_validation import typed_cell

EVENT, INSTRUMENT = "redcap_event_name", "redcap_repeat_instrument"
INSTANCE = "redcap_repeat_instance"
# Columns of an export that no dictionary describes, by the heading of a labelled export.
STRUCTURE = {
    "Event Name": EVENT,
    "Repeat Instrument": INSTRUMENT,
    "Repeat Instance": INSTANCE,
    "Data Access Group": "redcap_data_access_group",
    "Survey Identifier": "redcap_survey_identifier",
}
STATES = {"TRUE": "1", "True": "1", "true": "1", "FALSE": "0", "False": "0", "false": "0"}
BOXES = {**STATES, "Checked": "1", "Unchecked": "0"}


def header(path: Path, source: dict) -> list[str]:
    """Names of the columns; of a labelled heading, the field's name instead."""
    with delimited.open_binary(path) as file:
        names = delimited.header_of(file, source)
    return field_names(names, _dictionary(source))


def read(path: Path, source: dict, columns: list[str]) -> Iterator[Records]:
    """The wanted columns of every row, with remarks on what the form or the project forbids."""
    with delimited.open_binary(path) as file:
        found = delimited.read_stream(file, source, None, name="", place=path.name)
    fields = _dictionary(source)
    names = field_names(found.header, fields)
    table = {
        name: [row[at].strip() if at < len(row) else "" for row in found.rows]
        for at, name in enumerate(names)
    }
    record = next(iter([*fields, *names]), "")
    about_rows = _place_rows(table, record, fields, _events(source))
    labelled = _is_labelled(table, fields)
    wanted = {}
    about_cells = {}
    for name in (name for name in columns if name in table):
        remarks: dict[int, str] = {}
        if "___" in name:
            wanted[name] = _box(name, table, fields, source)
        elif name in fields and name != record:
            wanted[name], remarks = _cells(fields[name], table[name], labelled)
        else:
            wanted[name], remarks = table[name], _undescribed(name, table[name], fields)
        about_cells |= {(at + found.first_row, name): code for at, code in remarks.items()}
    yield Records(
        "",
        list(wanted),
        found.first_row,
        list(zip(*wanted.values(), strict=True)),
        about_cells,
        found.about_rows | {at + found.first_row: remark for at, remark in about_rows.items()},
    )


def _place_rows(
    table: dict[str, list[str]], record: str, fields: dict[str, Field], events: dict
) -> dict[int, tuple[str, str]]:
    """Write instruments and events as the project names them; remark on rows it does not know."""
    remarks = dict.fromkeys(_repeated(table, record), (record, "record.repeated"))
    forms = {each.form for each in fields.values()}
    known = {
        INSTRUMENT: (forms, lambda text: _form(text, forms), "instrument.unknown"),
        EVENT: (events, lambda text: event_name(text, events), "event.unknown"),
    }
    for column, (names, find, code) in known.items():
        if column not in table or not names:
            continue
        meanings = {text: find(text) for text in set(table[column])}
        for at, text in enumerate(table[column]):
            if text and meanings[text] is None:
                remarks[at] = column, code
        table[column] = [meanings[text] or text for text in table[column]]
    return remarks


def field_names(names: list[str], fields: dict[str, Field]) -> list[str]:
    """Names of fields for the headings of an export, which may be labels.

    Labels need not be unique, but stand in the dictionary's order: each is the next field that
    bears it.
    """
    if not fields or any(name in fields for name in names):
        return names
    expected = _headings(fields)
    found, after = [], 0
    for name in names:
        heading = plain(name)
        at = [place for place, (each, _) in enumerate(expected) if each == heading]
        later = [place for place in at if place >= after]
        if heading in STRUCTURE or not at:
            found.append(STRUCTURE.get(heading, name))
            continue
        place = (later or at)[0]
        found.append(expected[place][1])
        after = place + 1
    return found


def _headings(fields: dict[str, Field]) -> list[tuple[str, str]]:
    """Heading and name of every column of a labelled export, in the dictionary's order."""
    headings = []
    for form in dict.fromkeys(each.form for each in fields.values()):
        for each in fields.values():
            if each.form == form and each.kind == "checkbox":
                headings += [
                    (f"{each.label} (choice={label})", f"{each.name}___{_box_code(code)}")
                    for code, label in each.choices.items()
                ]
            elif each.form == form:
                headings.append((each.label, each.name))
    return headings


def _dictionary(source: dict) -> dict[str, Field]:
    file = source["dictionary"]
    return {} if file is None else read_dictionary(Path(file), source["encoding"])


def _events(source: dict) -> dict[tuple[str, str], str]:
    file = source["events"]
    return {} if file is None else read_events(Path(file), source["encoding"])


def _form(text: str, forms: set[str]) -> str | None:
    """Form that a cell names by its name or, in a labelled export, by its label."""
    name = re.sub(r"\W+", "_", text.lower()).strip("_")
    return next((each for each in (text, name) if each in forms), None)


def _repeated(table: dict[str, list[str]], record: str) -> Iterator[int]:
    """Positions of rows whose record, event, instrument and instance another row has already."""
    if record not in table:
        return
    keys = [table[name] for name in (record, EVENT, INSTRUMENT, INSTANCE) if name in table]
    seen = set()
    for at, key in enumerate(zip(*keys, strict=True)):
        if key in seen and key[0]:
            yield at
        seen.add(key)


def _is_labelled(table: dict[str, list[str]], fields: dict[str, Field]) -> bool:
    """Whether choices are written as labels.

    It matters where one choice's label is another's code, as in "1, 0 | 2, 1"; such choices
    themselves say nothing.
    """
    labels = codes = False
    for name in table.keys() & fields.keys():
        choices = fields[name].choices
        texts = set(choices.values())
        for cell in set(table[name]) if choices else ():
            labels |= cell in texts and cell not in choices
            codes |= cell in choices and cell not in texts
    return labels and not codes


def _cells(field: Field, cells: list[str], labelled: bool) -> tuple[list[object], dict[int, str]]:
    """Cells of one field as the dictionary types them, and remarks by position."""
    if field.choices:
        meanings = _meanings(field, labelled)
        return [meanings.get(cell, cell) for cell in cells], {}
    known = {cell: typed_cell(field, cell) if cell else (cell, None) for cell in set(cells)}
    remarks = {at: known[cell][1] for at, cell in enumerate(cells) if known[cell][1]}
    return [known[cell][0] for cell in cells], remarks


def _meanings(field: Field, labelled: bool) -> dict[str, str]:
    """Code for every text that stands for a choice of a field."""
    labels = list(field.choices.values())
    by_label = {label: code for code, label in field.choices.items() if labels.count(label) == 1}
    codes = {code: code for code in field.choices}
    # What other programs make of a field whose only codes are 1 and 0.
    states = STATES if field.choices.keys() == {"0", "1"} else {}
    return {**states, **codes, **by_label} if labelled else {**states, **by_label, **codes}


def _undescribed(name: str, cells: list[str], fields: dict[str, Field]) -> dict[int, str]:
    """A remark on the first cell of a column that the dictionary lacks."""
    described = not fields or name in fields or name.startswith("redcap_")
    first = next((at for at, cell in enumerate(cells) if cell), None)
    return {} if described or first is None else {first: "field.undescribed"}


def _box(
    name: str, table: dict[str, list[str]], fields: dict[str, Field], source: dict
) -> list[str]:
    """Cells of one box of a checkbox field: "1", "0", or nothing where nobody answered.

    REDCap writes 0 in every box of a form that was never opened. Where no box of the field is
    ticked, the field is unanswered, unless the source says that it means no and the form is
    complete. A ticked box for a missing-data code says so of them all.
    """
    field, _, suffix = name.partition("___")
    labels = {}
    if field in fields:
        labels = {_box_code(code): label for code, label in fields[field].choices.items()}
    boxes = {
        box: [_ticked(cell, labels.get(box)) for cell in cells]
        for each, cells in table.items()
        for start, mark, box in [each.partition("___")]
        if start == field and mark
    }
    absent = {_box_code(code): code for code in source["missing_data_codes"]}
    absent = {box: absent[box] for box in absent.keys() & boxes.keys() - labels.keys()}
    completed = [False] * len(boxes[suffix])
    if source["unticked"] == "no" and field in fields:
        completed = _completed(fields[f"{fields[field].form}_complete"], table, completed)
    cells = []
    for at, cell in enumerate(boxes[suffix]):
        declared = [code for box, code in absent.items() if boxes[box][at] == "1"]
        if declared:
            cells.append(declared[0])
        elif any(box[at] == "1" for box in boxes.values()):
            cells.append(cell or "0")
        else:
            cells.append("" if cell == "0" and not completed[at] else cell)
    return cells


def _completed(status: Field, table: dict[str, list[str]], otherwise: list[bool]) -> list[bool]:
    """Whether each row's form is marked complete."""
    if status.name not in table:
        return otherwise
    return [cell in ("2", status.choices["2"]) for cell in table[status.name]]


def _ticked(cell: str, label: str | None) -> str:
    """A box as "1" or "0"; empty, or as it stands, where it is neither."""
    return "1" if cell and cell == label else BOXES.get(cell, cell)


def _box_code(code: str) -> str:
    """A choice's code as the names of columns end in it: of -1, the column is field____1."""
    return re.sub(r"[^a-z0-9_]", "_", code.lower())
