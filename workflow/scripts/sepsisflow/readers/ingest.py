"""Ingest one canonical table of a study from its raw files."""

from datetime import datetime
from pathlib import Path

import pandas as pd

from sepsisflow.fields import is_value
from sepsisflow.readers.canonical import PROBLEMS, Reading
from sepsisflow.readers.mapping import columns_used
from sepsisflow.readers.raw import read_raw
from sepsisflow.readers.tables import read_rows

STRANGER = "participant.unknown"


def ingest_table(plan: dict, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Read the rows of one canonical table.

    Parameters
    ----------
    plan : dict
        What to read and how; see `sepsisflow.readers.mapping.reading_plan`.
    folder : Path
        Where the raw files lie.

    Returns
    -------
    rows : DataFrame as the table's schema, but unreadable cells are missing
        Sorted by file and row.
    problems : DataFrame, one row per cell that cannot be used
        Columns ``code``, ``field``, ``participant_id``, ``raw`` (as written), ``source_file``,
        ``source_row``, ``source_column``.
    counts : dict
        ``rows_in`` and ``values_in``: rows read, and non-empty cells in them that are values.
    """
    kind = plan["table"].partition("/")[0]
    origins = _origins(plan, folder)
    parts, problems, values_in = [], [], 0
    for part in plan["maps"]:
        reading = _start(part, plan, folder, origins)
        rows = read_rows(reading)
        if kind != "participants":
            rows = _without_strangers(rows, reading)
        values_in += sum(count for field, count in reading.cells.items() if is_value(kind, field))
        problems += reading.problems
        parts.append(rows)
    frame = pd.concat([each for each in parts if len(each)] or parts[:1], ignore_index=True)
    frame = frame.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
    found = pd.DataFrame(problems, columns=PROBLEMS)
    # Every map of a source finds the same rows that none of them reads.
    found = found[~(found["field"].eq("when") & found.duplicated())].reset_index(drop=True)
    return frame, found, {"rows_in": len(frame), "values_in": values_in}


def _start(part: dict, plan: dict, folder: Path, origins: dict) -> Reading:
    raw = read_raw(folder, part["source"], columns_used(part["map"]))
    return Reading(raw, part, plan, origins)


def _origins(plan: dict, folder: Path) -> dict[str, datetime | None]:
    """Origin of every participant's clock, None where it cannot be read; the first entry counts."""
    origins: dict[str, datetime | None] = {}
    for part in plan["people"]:
        reading = _start(part, plan, folder, origins)
        spec = part["map"]["fields"].get("origin", {"constant": None})
        for person, origin in zip(reading.people, reading.read_field("origin", spec), strict=True):
            if person is not None:
                origins.setdefault(person, origin)
    return origins


def _without_strangers(rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Rows of people who are no participants lose their identifier, with a problem each."""
    strange = rows["participant_id"].notna() & ~rows["participant_id"].isin(reading.origins.keys())
    places = rows.loc[strange, ["source_file", "source_row"]].itertuples(index=False, name=None)
    known = {
        (each["source_file"], each["source_row"])
        for each in reading.problems
        if each["code"] == STRANGER
    }
    positions = {
        (reading.raw.files[at], reading.raw.rows[at]): position
        for position, at in enumerate(reading.at)
    }
    for place in dict.fromkeys(places):
        if place not in known:
            position, column = positions[place], reading.identifier_column
            person = reading.people[position]
            reading.problem(STRANGER, "participant_id", position, column, person)
    return rows.assign(participant_id=rows["participant_id"].mask(strange, None))
