"""Ingest a study: every raw file once, every map of it, into the canonical tables."""

from datetime import datetime
from pathlib import Path

import pandas as pd

from sepsisflow.readers.canonical import PROBLEMS, Reading
from sepsisflow.readers.mapping import columns_used, maps_for, tables_of, vocabulary
from sepsisflow.readers.raw import RawTable, read_raw
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


def ingest(
    settings: dict, codelists: dict, folder: Path
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, pd.DataFrame]:
    """Read all raw files of a study.

    Parameters
    ----------
    settings : dict
        The study's settings.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
    folder : Path
        Where the raw files lie.

    Returns
    -------
    tables : dict of str to DataFrame
        Per canonical table its rows, sorted by file and row; unreadable cells are missing.
    problems : DataFrame, one row per cell that cannot be used
        Columns ``table``, ``code``, ``field``, ``participant_id``, ``raw`` (as written),
        ``source_file``, ``source_row``, ``source_column``.
    accounting : DataFrame, one row per table
        Columns ``table``, ``rows_in`` and ``values_in``: rows read, and non-empty cells in them
        that are values.
    """
    names = tables_of(settings, codelists["variables"])
    raw = _raw_tables(settings, codelists, folder, names)
    origin: dict[str, datetime | None] = {}
    tables, problems, accounting = {}, [], []
    for table in names:
        parts, values_in = [], 0
        for name, source_map in maps_for(table, settings, codelists["variables"]):
            reading = Reading(
                table,
                raw[name],
                settings["sources"][name],
                source_map,
                vocabulary(table, codelists),
                settings["covariates"],
                origin,
            )
            rows = read_rows(reading)
            if table != "participants":
                rows = _without_strangers(rows, reading)
            counted = counted_fields(table, list(reading.cells), settings["covariates"])
            values_in += sum(reading.cells[each] for each in counted)
            problems += reading.problems
            parts.append(rows)
        frame = pd.concat(parts, ignore_index=True)
        frame = frame.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
        if table == "participants":
            known = frame.dropna(subset="participant_id").drop_duplicates("participant_id")
            origin = {
                person: None if pd.isna(when) else when.to_pydatetime()
                for person, when in zip(known["participant_id"], known["origin"], strict=True)
            }
        tables[table] = frame
        accounting.append({"table": table, "rows_in": len(frame), "values_in": values_in})
    return tables, pd.DataFrame(problems, columns=PROBLEMS), pd.DataFrame(accounting)


def _raw_tables(
    settings: dict, codelists: dict, folder: Path, names: list[str]
) -> dict[str, RawTable]:
    """Each source's used columns."""
    columns: dict[str, list[str]] = {}
    for table in names:
        for name, source_map in maps_for(table, settings, codelists["variables"]):
            columns.setdefault(name, []).extend(columns_used(source_map))
    return {
        name: read_raw(folder, settings["sources"][name], list(dict.fromkeys(used)))
        for name, used in columns.items()
    }


def _without_strangers(rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Rows of people who are no participants lose their identifier, with a problem each."""
    strange = rows["participant_id"].notna() & ~rows["participant_id"].isin(reading.origin.keys())
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
