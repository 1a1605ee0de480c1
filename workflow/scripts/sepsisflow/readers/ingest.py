"""Ingest one canonical table of a study from its raw files."""

from datetime import datetime
from pathlib import Path

import pandas as pd

from sepsisflow.readers.canonical import PROBLEMS, Reading
from sepsisflow.readers.mapping import columns_used, identity_map, maps_for, vocabulary
from sepsisflow.readers.raw import read_raw
from sepsisflow.readers.tables import PEOPLE, read_rows

# The fields whose cells are counted from the raw file to the validated table.
COUNTED = {
    "participants": PEOPLE[1:],
    "measurements": ["value"],
    "interventions": ["dose"],
    "events": ["time"],
    "adverse_events": ["term", "grade", "serious", "related"],
}
STRANGER = "participant.unknown"
UNCOUNTED_OF_MEASUREMENTS = {"participant_id", "time", "variable"}


def counted_fields(table: str, fields: list[str], covariates: dict) -> list[str]:
    """Those of ``fields`` whose cells are values of ``table``, not identifiers or times."""
    kind = table.partition("/")[0]
    if kind == "measurements":
        return [name for name in fields if name not in UNCOUNTED_OF_MEASUREMENTS]
    counted = {*COUNTED[kind], *(covariates if kind == "participants" else ())}
    return [name for name in fields if name in counted]


def ingest_table(
    table: str, settings: dict, codelists: dict, folder: Path
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]:
    """Read the rows of one canonical table.

    Parameters
    ----------
    table : str
        Name of the canonical table, as ``measurements/severity``.
    settings : dict
        ``sources`` and ``covariates`` of the study.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
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
    origins = {} if table == "participants" else _origins(settings, codelists, folder)
    parts, problems, values_in = [], [], 0
    for name, source_map in maps_for(table, settings, codelists["variables"]):
        reading = _reading(table, name, source_map, settings, codelists, folder, origins)
        rows = read_rows(reading)
        if table != "participants":
            rows = _without_strangers(rows, reading)
        counted = counted_fields(table, list(reading.cells), settings["covariates"])
        values_in += sum(reading.cells[each] for each in counted)
        problems += reading.problems
        parts.append(rows)
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
    counts = {"rows_in": len(frame), "values_in": values_in}
    return frame, pd.DataFrame(problems, columns=PROBLEMS), counts


def _origins(settings: dict, codelists: dict, folder: Path) -> dict[str, datetime | None]:
    """Origin of every participant's clock, None where it cannot be read."""
    origins: dict[str, datetime | None] = {}
    for name, source_map in maps_for("participants", settings, codelists["variables"]):
        identity = identity_map(source_map)
        reading = _reading("participants", name, identity, settings, codelists, folder, origins)
        spec = identity["fields"].get("origin", {"constant": None})
        for person, origin in zip(reading.people, reading.read_field("origin", spec), strict=True):
            if person is not None:
                origins.setdefault(person, origin)
    return origins


def _reading(
    table: str,
    name: str,
    source_map: dict,
    settings: dict,
    codelists: dict,
    folder: Path,
    origins: dict[str, datetime | None],
) -> Reading:
    """Start to read one map of the source ``name``."""
    source = settings["sources"][name]
    return Reading(
        read_raw(folder, source, columns_used(source_map)),
        source,
        source_map,
        vocabulary(table, codelists),
        settings["covariates"],
        origins,
        table,
    )


def _without_strangers(rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Rows of people who are no participants lose their identifier, with a problem each."""
    strange = rows["participant_id"].notna() & ~rows["participant_id"].isin(reading.origins.keys())
    flagged = {each["source_row"] for each in reading.problems if each["code"] == STRANGER}
    column = reading.identifier_column
    for person, row in zip(
        rows.loc[strange, "participant_id"], rows.loc[strange, "source_row"], strict=True
    ):
        if row not in flagged:
            position = reading.raw.rows.index(row)
            reading.problem(STRANGER, "participant_id", reading.at.index(position), column, person)
            flagged.add(row)
    return rows.assign(participant_id=rows["participant_id"].mask(strange, None))
