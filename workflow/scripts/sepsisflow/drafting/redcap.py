"""REDCap projects among unknown files: the dictionary says what codes mean and who is named."""

from sepsisflow.drafting.raw_tables import UnknownTable
from sepsisflow.readers.cells import cell_text

DICTIONARY = ("Variable / Field Name", "field_name")
EXPORT = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
# Headings of the dictionary as the page and as the interface of programs export it.
CHOICES = ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations")
IDENTIFIER = ("Identifier?", "identifier")
KIND = ("Field Type", "field_type")


def is_dictionary(table: UnknownTable) -> bool:
    """Whether a table is a REDCap data dictionary."""
    return table.header[0] in DICTIONARY


def is_export(table: UnknownTable, dictionary: dict[str, dict]) -> bool:
    """Whether a table holds REDCap records: their own columns, or most of those of a dictionary."""
    known = sum(name.split("___")[0] in dictionary for name in table.header)
    return any(name in EXPORT for name in table.header) or (
        bool(dictionary) and known * 2 > len(table.header)
    )


def read_dictionary(table: UnknownTable) -> dict[str, dict]:
    """Labels of codes, and whether a field is personal, by name of the field."""
    names, choices, identifiers, kinds = (
        _column(table, each) for each in (DICTIONARY, CHOICES, IDENTIFIER, KIND)
    )
    return {
        name: {
            "labels": _labels(choice) if kind in ("radio", "dropdown", "checkbox") else {},
            "personal": identifier.casefold() == "y" or kind in ("notes", "file"),
        }
        for name, choice, identifier, kind in zip(names, choices, identifiers, kinds, strict=True)
    }


def _column(table: UnknownTable, headings: tuple) -> list[str]:
    at = next((at for at, name in enumerate(table.header) if name in headings), None)
    return [""] * table.rows if at is None else [cell_text(cell) for cell in table.columns[at]]


def _labels(choices: str) -> dict[str, str]:
    """Labels by code of "0, Female | 1, Male"."""
    pairs = [each.partition(",") for each in choices.split("|")]
    return {code.strip(): label.strip() for code, comma, label in pairs if comma}
