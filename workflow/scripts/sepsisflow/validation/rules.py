"""The rules of validation: a stable code, how grave it is, what it reads, what the site is asked.

A value is set aside where the rule makes it unusable; ``error`` is kept for what the site must
correct, ``warning`` for what it should look at, ``note`` for what the reader should know.
"""

from dataclasses import dataclass

import pandas as pd

from sepsisflow.schemas.check import check
from sepsisflow.schemas.findings import Findings
from sepsisflow.validation.citations import place_of


@dataclass(frozen=True)
class Rule:
    """Severity and query of one code, and the canonical columns that decide.

    In the query ``{place}`` stands for file, row and column, ``{other}`` for the place of the row
    that contradicts it. ``reads`` names ``table.column``; ``table.*`` is any column of the table.
    """

    severity: str
    query: str
    reads: tuple[str, ...]


ANY_NUMBER = (
    "participants.*",
    "measurements.value",
    "interventions.dose",
    "adverse_events.grade",
)
ANY_TIME = (
    "participants.origin",
    "measurements.time_h",
    "interventions.start_h",
    "interventions.end_h",
    "events.earliest_h",
    "adverse_events.start_h",
)
ANY_CODE = (
    "participants.*",
    "measurements.variable",
    "interventions.agent",
    "events.event",
    "adverse_events.serious",
    "adverse_events.related",
)
ANY_UNIT = ("measurements.unit", "interventions.unit")
ANY_CELL = ("participants.*", "measurements.*", "interventions.*", "events.*", "adverse_events.*")
ANY_IDENTIFIER = (
    "measurements.participant_id",
    "interventions.participant_id",
    "events.participant_id",
    "adverse_events.participant_id",
)
IN_RANGE = (
    "participants.age_years",
    "participants.weight_kg",
    "participants.height_cm",
    "measurements.value",
    "measurements.censoring",
    "interventions.dose",
)
EVENT_TIMES = ("events.event", "events.earliest_h", "events.latest_h")
DOSES = ("interventions.agent", "interventions.start_h", "interventions.dose")
ENTRIES = ("measurements.variable", "measurements.time_h", "measurements.value")

RULES = {
    # Cells that cannot be used
    "value.unreadable": Rule(
        "error", "{place}: this is not a number. Please correct it.", ANY_NUMBER
    ),
    "value.ambiguous": Rule(
        "error",
        "{place}: this number can be read in two ways. Please write it without marks between "
        "thousands.",
        ANY_NUMBER,
    ),
    "value.range": Rule(
        "error", "{place}: this is a range. Please give the one value measured.", ANY_NUMBER
    ),
    "value.withheld": Rule(
        "warning", "{place}: the value was removed from the export. Can it be given?", ANY_NUMBER
    ),
    "date.impossible": Rule(
        "error",
        "{place}: there is no such date in the declared format. Please correct it.",
        ANY_TIME,
    ),
    "date.ambiguous": Rule(
        "error", "{place}: this date can be read in two ways. Which of them is meant?", ANY_TIME
    ),
    "time.implausible": Rule(
        "warning",
        "{place}: this is more than ten years from the participant's origin. Is the year right?",
        ANY_TIME,
    ),
    "date.zoned": Rule(
        "error",
        "{place}: the time names a time zone; the study file must then say `time_zone`.",
        ANY_TIME,
    ),
    "date.incomplete": Rule(
        "error",
        "{place}: the day is missing. Please complete the date.",
        ("participants.origin", "measurements.time_h"),
    ),
    "date.partial": Rule(
        "warning",
        "{place}: only the month or year is known, so it may be any day of it. Which day was it?",
        (*ANY_TIME[2:], "events.latest_h"),
    ),
    "code.unmapped": Rule(
        "error", "{place}: this code is not in the agreed list. Please correct it.", ANY_CODE
    ),
    "unit.unknown": Rule(
        "error", "{place}: the unit is not known, or can be two. Please state the unit.", ANY_UNIT
    ),
    "unit.contradictory": Rule(
        "error",
        "{place}: what stands beside the number is not the unit stated for it. Which is right?",
        ANY_UNIT,
    ),
    "unit.missing": Rule("error", "{place}: the unit is missing. Please state the unit.", ANY_UNIT),
    "dose.no_weight": Rule(
        "error",
        "{place}: the body weight for this dose is missing. Please complete it.",
        ("interventions.dose", "participants.weight_kg"),
    ),
    "unit.mixture": Rule(
        "warning",
        "{place}: the values look as if some were in another unit. Please check the units.",
        ("measurements.variable", "measurements.value"),
    ),
    "value.constant": Rule(
        "warning",
        "{place}: nearly all participants have the same value. Was it measured?",
        ("participants.weight_kg", "participants.height_cm"),
    ),
    "value.impossible": Rule(
        "error", "{place}: no living patient has this value. Please check value and unit.", IN_RANGE
    ),
    "value.invalid": Rule(
        "error", "{place}: this entry is not allowed. Please correct it.", ANY_CELL
    ),
    "value.declared_missing": Rule(
        "note", "{place}: this entry stands for a missing value, as the study file says.", ANY_CELL
    ),
    "value.implausible": Rule(
        "warning", "{place}: is this value right? Please confirm it.", IN_RANGE
    ),
    # Rows that cannot be placed
    "participant.unknown": Rule(
        "error",
        "{place}: nobody with this identifier is a participant. Please correct it.",
        ANY_IDENTIFIER,
    ),
    "participant.duplicate": Rule(
        "error",
        "{place}: this identifier occurs twice. Which of the two entries is right?",
        ("participants.participant_id",),
    ),
    "time.no_origin": Rule(
        "error",
        "{place}: the participant's day of origin is missing, so this cannot be timed.",
        ANY_TIME,
    ),
    "row.incomplete": Rule(
        "error",
        "{place}: identifier, time or name of the entry is missing. Please complete it.",
        (*ANY_IDENTIFIER, *ANY_TIME),
    ),
    "row.short": Rule(
        "warning", "{place}: the row ends before this column. Was it cut off?", ANY_CELL
    ),
    # Entries for one time
    "measurement.repeated": Rule(
        "warning", "{place}: there is another entry for this time; {kept}. Which is right?", ENTRIES
    ),
    "measurement.refused": Rule(
        "error",
        "{place}: there are several entries for this time, and none is used. Which is right?",
        ENTRIES,
    ),
    "visit.repeated": Rule(
        "warning",
        "{place}: this visit is also entered at {other}, with other values. Which is right?",
        ENTRIES,
    ),
    "visit.out_of_window": Rule(
        "warning",
        "{place}: this day is within no visit of '{visit}'. Is the date right?",
        ("measurements.time_h", "interventions.start_h"),
    ),
    # Values that contradict each other
    "total.differs": Rule(
        "warning",
        "{place}: the total differs from the sum of its items. Which of them is right?",
        ENTRIES,
    ),
    "score.differs": Rule(
        "warning",
        "{place}: the score differs from that of the values at {other}. Which of them is right?",
        (*ENTRIES, *DOSES, "participants.age_years"),
    ),
    "measurement.jump": Rule(
        "warning",
        "{place}: the change since {other} is larger than expected. Are both values right?",
        ENTRIES,
    ),
    "participant.build": Rule(
        "warning",
        "{place}: weight and height do not fit each other. Are both right?",
        ("participants.weight_kg", "participants.height_cm"),
    ),
    "dose.not_by_weight": Rule(
        "warning",
        "{place}: the dose does not fit the participant's weight. Which of the two is right?",
        ("interventions.dose", "participants.weight_kg"),
    ),
    # Times that contradict each other
    "death.repeated": Rule(
        "error", "{place}: there are two deaths. Which of them is right?", EVENT_TIMES
    ),
    "death.before_origin": Rule(
        "error", "{place}: death precedes the day of origin. Correct?", EVENT_TIMES
    ),
    "death.before_first_dose": Rule(
        "error",
        "{place}: death precedes the first dose. Correct?",
        (*EVENT_TIMES, "interventions.start_h"),
    ),
    "contact.before_death": Rule(
        "warning",
        "{place}: the last contact precedes the death. Was it learnt of otherwise?",
        EVENT_TIMES,
    ),
    "contact.before_origin": Rule(
        "error", "{place}: the last contact precedes the day of origin. Correct?", EVENT_TIMES
    ),
    "alive.after_death": Rule(
        "error", "{place}: alive after death. Which of the two is right?", EVENT_TIMES
    ),
    "discharge.before_origin": Rule(
        "error", "{place}: discharge precedes the day of origin. Correct?", EVENT_TIMES
    ),
    "discharge.repeated": Rule(
        "warning",
        "{place}: there is an earlier discharge, at {other}. Are both right?",
        EVENT_TIMES,
    ),
    "discharge.out_of_order": Rule(
        "error",
        "{place}: discharge from hospital precedes that from intensive care, at {other}. Correct?",
        EVENT_TIMES,
    ),
    "intervention.after_death": Rule(
        "error",
        "{place}: treatment after death. Correct?",
        ("interventions.start_h", *EVENT_TIMES),
    ),
    "measurement.after_death": Rule(
        "warning",
        "{place}: measured after death. Correct?",
        ("measurements.time_h", *EVENT_TIMES),
    ),
    "adverse_event.after_death": Rule(
        "error",
        "{place}: the adverse event begins after death. Correct?",
        ("adverse_events.start_h", *EVENT_TIMES),
    ),
    "adverse_event.fatal": Rule(
        "warning",
        "{place}: grade 5 means death, but no death is recorded. Which of the two is right?",
        ("adverse_events.grade", "events.event"),
    ),
    "dose.before_origin": Rule(
        "warning",
        "{place}: the first dose precedes the day of origin. Correct?",
        ("interventions.agent", "interventions.start_h"),
    ),
    "interval.reversed": Rule(
        "error",
        "{place}: the end precedes the start. Please correct them.",
        ("interventions.start_h", "interventions.end_h", *EVENT_TIMES[1:]),
    ),
    "interval.overlap": Rule(
        "warning",
        "{place}: another rate is entered for part of this time, at {other}. Which is right?",
        (*DOSES, "interventions.end_h", "interventions.unit"),
    ),
    # What is not there, or not what it should be
    "file.changed": Rule(
        "warning", "{place}: this is not the file that was published; its SHA-256 differs.", ()
    ),
    "privacy.identifier": Rule(
        "warning",
        "{place}: the column looks like {what}. Remove it from the export, or declare it under "
        "`identifiers` of the study file.",
        (),
    ),
    "participant.no_arm": Rule(
        "error", "{place}: the arm is not recorded. Please complete it.", ("participants.arm",)
    ),
    "participant.no_follow_up": Rule(
        "error",
        "{place}: neither death nor a last contact is recorded. Please complete it.",
        ("participants.arm", "events.event"),
    ),
    "source.outside": Rule(
        "note",
        "{place}: {count} rows of people who are no participants were not read.",
        ANY_IDENTIFIER,
    ),
    "column.incomplete": Rule(
        "note",
        "{place}: not recorded for {count} of {total} participants.",
        ("participants.*", "measurements.value", "events.event"),
    ),
    # What the form or the project does not foresee
    "value.outside_form": Rule(
        "warning", "{place}: outside the limits of the form itself. Please confirm it.", ANY_CELL
    ),
    "value.unlike_form": Rule(
        "warning", "{place}: not written as the form asks. Please correct it.", ANY_CELL
    ),
    "field.undescribed": Rule(
        "warning", "{place}: the data dictionary lacks this. Which is in use?", ANY_CELL
    ),
    "instrument.unknown": Rule(
        "error", "{place}: the data dictionary has no such instrument. Please correct it.", ()
    ),
    "event.unknown": Rule(
        "error", "{place}: the project has no such event. Please correct it.", ()
    ),
    "record.repeated": Rule(
        "error",
        "{place}: this record, event and instance occur twice. Which of them is right?",
        ANY_IDENTIFIER,
    ),
}
# What a query may say beside the place, and how the list of rules shows it.
WORDS = {
    "count": "n",
    "total": "N",
    "other": "…",
    "kept": "both are kept",
    "visit": "…",
    "what": "…",
}


def finding(code: str, table: str, **where) -> dict:
    """One row of the findings table.

    ``where`` may hold field, participant_id, source_file, source_row, source_column, and those of
    `WORDS` that the query asks for.
    """
    rule = RULES[code]
    words = {name: where.pop(name) for name in WORDS if name in where}
    row = {
        "code": code,
        "severity": rule.severity,
        "table": table,
        "field": None,
        "participant_id": None,
        "source_file": None,
        "source_row": None,
        "source_column": None,
        **where,
    }
    return {**row, "query": rule.query.format(place=place_of(row), **words)}


def flag_rows(code: str, table: str, rows: pd.DataFrame) -> list[dict]:
    """One finding per row of a canonical table, where it stands.

    Columns of ``rows`` that are among `WORDS`, or are ``field``, go into the finding.
    """
    wanted = ["participant_id", "source_file", "source_row", "field", *WORDS]
    kept = rows[[name for name in wanted if name in rows]]
    return [finding(code, table, **where) for where in kept.to_dict("records")]


def findings_table(found: list[dict]) -> pd.DataFrame:
    """Rows made by `finding` as a checked table."""
    table = pd.DataFrame(found, columns=list(Findings.to_schema().columns))
    return check(table.astype({"source_row": "float64"}), Findings, "findings")
