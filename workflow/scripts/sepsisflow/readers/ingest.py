"""Ingest one canonical table of a study from its raw files."""

import json
from pathlib import Path

import pandas as pd

from sepsisflow.fields import REMARKS, is_value
from sepsisflow.readers.canonical import PROBLEMS, Reading
from sepsisflow.readers.mapping import columns_used
from sepsisflow.readers.raw import read_raw
from sepsisflow.readers.tables import read_rows

STRANGER = "participant.unknown"
PLACE = ("code", "source_file", "source_row", "source_column")


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
        ``rows_in`` and ``values_in``: rows that the maps ask for or that none accounts for, and
        non-empty cells in the former that are values.
    """
    kind = plan["table"].partition("/")[0]
    origins, weights = _people(plan, folder)
    parts, problems, values_in = [], [], 0
    for part in plan["maps"]:
        reading = _start(part, plan, folder, origins, weights)
        rows = read_rows(reading)
        if kind != "participants":
            rows = _without_strangers(rows, reading)
        values_in += sum(count for field, count in reading.cells.items() if is_value(kind, field))
        problems += reading.problems
        parts.append(rows)
    frame = pd.concat([each for each in parts if len(each)] or parts[:1], ignore_index=True)
    frame = frame.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
    found = pd.DataFrame(_each_row_once(problems), columns=PROBLEMS)
    rows_in = len(frame) + len(rows_left_out(found))
    return frame, found, {"rows_in": rows_in, "values_in": values_in}


def _each_row_once(problems: list[dict]) -> list[dict]:
    """Problems, with those of a row that no map reads as one; every map of its source finds it."""
    kept: dict[tuple, dict] = {}
    for number, problem in enumerate(problems):
        if problem["field"] != "when":
            kept[number,] = problem
            continue
        place = tuple(problem[key] for key in PLACE)
        first = kept.setdefault(place, problem)
        cells = json.loads(first["raw"] or "{}") | json.loads(problem["raw"] or "{}")
        kept[place] = {**first, "raw": json.dumps(cells, ensure_ascii=False)}
    return list(kept.values())


def rows_left_out(problems: pd.DataFrame) -> pd.DataFrame:
    """File and number of rows that no map reads, for what their filter's column holds."""
    found = problems[problems["field"].eq("when") & ~problems["code"].isin(REMARKS)]
    return found[["source_file", "source_row"]].drop_duplicates()


def _start(part: dict, plan: dict, folder: Path, origins: dict, weights: dict) -> Reading:
    raw = read_raw(folder, part["source"], columns_used(part["map"]))
    return Reading(raw, part, plan, origins, weights)


def _people(plan: dict, folder: Path) -> tuple[dict, dict]:
    """Origin of every participant's clock, and weight (kg) if the plan needs it; None if unread.

    The first entry of a participant counts.
    """
    known: tuple[dict, dict] = ({}, {})
    for part in plan["people"]:
        reading = _start(part, plan, folder, *known)
        for name, values in zip(("origin", "weight_kg"), known, strict=True):
            spec = part["map"]["fields"].get(name, {"constant": None})
            for person, value in zip(reading.people, reading.read_field(name, spec), strict=True):
                if person is not None:
                    values.setdefault(person, value)
    return known


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
