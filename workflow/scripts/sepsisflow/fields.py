"""Which fields of a map hold values, and which only say where a row belongs.

Ingest counts the cells of values in the raw files, validation counts them in the tables; both ask
here, so that the two counts are of the same cells.
"""

PEOPLE = ["participant_id", "arm", "site", "age_years", "sex", "weight_kg", "height_cm", "origin"]
UNITS = {"age_years": "a", "weight_kg": "kg", "height_cm": "cm"}
PLACES = {"participant_id", "time", "latest", "start", "end", "variable", "agent", "event", "when"}
VALUES = {
    "participants": PEOPLE[1:],
    "measurements": ["value"],
    "interventions": ["dose", "route"],
    "events": ["earliest_h"],
    "adverse_events": ["term", "grade", "serious", "related"],
}

# Codes of findings that leave a value, or row, as it is: remarks of a reader on what it read.
REMARKS = {
    "date.partial",
    "value.outside_form",
    "value.unlike_form",
    "field.undescribed",
    "instrument.unknown",
    "event.unknown",
    "record.repeated",
}


def value_columns(kind: str, covariates: dict) -> list[str]:
    """Columns of a canonical table that hold values, not places."""
    return [*VALUES[kind], *(covariates if kind == "participants" else ())]


def is_value(kind: str, field: str) -> bool:
    """Whether the cells of a field of a map are values; of an event, its time is the value."""
    return field == "time" if kind == "events" else field not in PLACES
