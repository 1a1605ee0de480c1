"""Prescriptions and cultures of a database, which belong to persons: they stand in every stay.

Each function gives rows, problems and counts, as those of `sepsisflow.readers.databases.stays`.
"""

import re

import pandas as pd

from sepsisflow.readers.canonical import PROBLEMS
from sepsisflow.readers.databases.engine import execute, named, quoted

HOURS = "(epoch_us({}) - epoch_us(origin)) / 3600000000.0"


def prescribed_rows(spec: dict, person: str, rows: str) -> str:
    """SQL of the prescriptions of an agent, and ``agent``.

    ``person`` is the column by which a row names whom it belongs to, ``rows`` SQL of the file's.
    """
    agents = " ".join(
        f"WHEN {_meant(spec, each)} THEN {quoted(name)}" for name, each in spec["agents"].items()
    )
    return (
        f"SELECT *, trim(coalesce({named(person)}, '')) AS person "
        f"FROM (SELECT *, CASE {agents} END AS agent FROM ({rows})) WHERE agent IS NOT NULL"
    )


def _meant(spec: dict, agent: dict) -> str:
    """Condition that a prescription is one of an agent."""
    drug, route, kind = (f"trim({named(spec[key])})" for key in ("drug", "route", "type"))
    return " AND ".join(
        (
            f"regexp_matches(lower({drug}), {_any_of(agent['names'])})",
            f"NOT regexp_matches(lower({drug}), {_any_of(agent['without'])})",
            f"{kind} NOT IN ({', '.join(map(quoted, agent['not_types']))})",
            f"{route} <> ''",
            f"{route} NOT IN ({', '.join(map(quoted, agent['not_routes']))})",
            f"NOT regexp_matches(lower({route}), {_any_of(agent['not_routes_with'])})",
        )
    )


def _any_of(parts: list[str]) -> str:
    return quoted("|".join(map(re.escape, parts)))


def prescribed(connection, spec: dict, file: str) -> tuple:
    """Intervals of treatment of the prescriptions in the table that ``spec`` names."""
    start, end = named(spec["start"]), named(spec["end"])
    frame = execute(
        connection,
        f"""
WITH placed AS (
    SELECT rows.*, unnest(stays) AS stay FROM {spec["table"]} AS rows JOIN subject USING (person)
), timed AS (
    SELECT *, stay.participant_id AS participant_id, stay.origin AS origin,
        nullif(trim({start}), '') AS start_cell, nullif(trim({end}), '') AS end_cell
    FROM placed
)
SELECT participant_id, agent,
    {HOURS.format("try_cast(start_cell AS TIMESTAMP)")} AS start_h,
    {HOURS.format("try_cast(end_cell AS TIMESTAMP)")} AS end_h,
    NULL::DOUBLE AS dose, NULL::VARCHAR AS unit, trim({named(spec["route"])}) AS route,
    trim({named(spec["drug"])}) AS text, source_row, start_cell, end_cell, origin
FROM timed ORDER BY source_row, participant_id""",
    ).df()
    frame["source_file"] = file
    frame["unit"] = frame["unit"].astype(object).where(frame["unit"].notna(), None)
    problems = [
        _dates(frame, f"{name}_h", f"{name}_cell", name, pd.Series(spec[name], frame.index))
        for name in ("start", "end")
    ]
    columns = ["participant_id", "agent", "start_h", "end_h", "dose", "unit", "route", "text"]
    counted = (
        f"SELECT coalesce(sum(len(stays)), 0)::BIGINT FROM {spec['table']} "
        "JOIN subject USING (person)"
    )
    rows = execute(connection, counted).fetchall()[0][0]
    # None is taken without its route, the one value that a prescription holds.
    counts = {"rows_in": rows, "values_in": rows}
    return frame[[*columns, "source_file", "source_row"]], pd.concat(problems), counts


def cultured_rows(spec: dict, person: str, rows: str) -> str:
    """SQL of what is known of each specimen, as `prescribed_rows`; ``number`` is its lowest."""
    organism, item = named(spec["organism"]), named(spec["organism_item"])
    first = "arg_min(nullif(trim({}), ''), source_row)"
    # A row without a specimen's number is a specimen of its own.
    specimen = f"coalesce(nullif(trim({named(spec['specimen'])}), ''), 'row ' || source_row)"
    none = ", ".join(map(quoted, map(str, spec["no_organism"])))
    grown = f"trim({organism}) <> '' AND coalesce(trim({item}), '') NOT IN ({none})"
    return f"""
SELECT trim(coalesce({named(person)}, '')) AS person, min(source_row) AS source_row,
    {first.format(named(spec["time"]))} AS time_cell,
    {first.format(named(spec["date"]))} AS date_cell,
    {first.format(named(spec["text"]))} AS text, bool_or(coalesce({grown}, false)) AS positive,
    min(try_cast({named(spec["number"])} AS BIGINT)) AS number
FROM ({rows}) GROUP BY person, {specimen}"""


def cultured(connection, spec: dict, file: str) -> tuple:
    """Cultures in the table that ``spec`` names, which holds what `cultured_rows` selects."""
    frame = execute(
        connection,
        f"""
WITH placed AS (
    SELECT rows.*, unnest(stays) AS stay FROM {spec["table"]} AS rows JOIN subject USING (person)
), timed AS (
    SELECT *, stay.participant_id AS participant_id, stay.origin AS origin,
        coalesce(time_cell, date_cell) AS cell, try_cast(cell AS TIMESTAMP) AS moment
    FROM placed
)
SELECT participant_id, {quoted(spec["event"])} AS event, text, positive, source_row, cell, origin,
    CASE WHEN time_cell IS NULL THEN {quoted(spec["date"])} ELSE {quoted(spec["time"])} END
        AS source_column,
    {HOURS.format("moment")} AS earliest_h,
    CASE WHEN time_cell IS NULL THEN {HOURS.format("(moment + INTERVAL 1 DAY)")}
        ELSE {HOURS.format("moment")} END AS latest_h
FROM timed ORDER BY number, source_row, participant_id""",
    ).df()
    frame["source_file"] = file
    frame["positive"] = frame["positive"].astype("boolean")
    problems = _dates(frame, "earliest_h", "cell", "time", frame["source_column"])
    columns = ["participant_id", "event", "earliest_h", "latest_h", "text", "positive"]
    counted = (
        "SELECT coalesce(sum(len(stays)), 0)::BIGINT, coalesce(sum(len(stays)) FILTER "
        "(time_cell IS NOT NULL OR date_cell IS NOT NULL), 0)::BIGINT "
        f"FROM {spec['table']} JOIN subject USING (person)"
    )
    read = execute(connection, counted).fetchall()[0]
    counts = dict(zip(("rows_in", "values_in"), read, strict=True))
    return frame[[*columns, "source_file", "source_row"]], problems, counts


def _dates(
    frame: pd.DataFrame, hours: str, cell: str, field: str, columns: pd.Series
) -> pd.DataFrame:
    """Times of a stay's clock that cannot be read, as rows of `PROBLEMS`."""
    known = frame["participant_id"].notna()
    wrong = frame[known & frame[cell].notna() & frame[hours].isna()]
    problems = wrong.assign(
        code=wrong["origin"].isna().map({True: "time.no_origin", False: "date.impossible"}),
        field=field,
        raw=wrong[cell],
        source_column=columns[wrong.index],
    )
    return problems[PROBLEMS].reset_index(drop=True)
