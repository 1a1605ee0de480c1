"""Validate measurements of a database in SQL: as `validation.table`, for tables that fill a disk.

Values of one participant and variable at one time are not asked about: monitors and laboratories
chart several, and all are kept.
"""

from pathlib import Path

from sepsisflow.readers.databases.engine import path_literal, quoted
from sepsisflow.readers.databases.measurements import COLUMNS
from sepsisflow.validation.citations import PLACE_SQL
from sepsisflow.validation.rules import RULES

PLACED = "participant_id IS NOT NULL AND time_h IS NOT NULL"
LIMITS = ("possible_low", "possible_high", "plausible_low", "plausible_high")
# A value that is known only to lie beyond a limit may be possible whatever the limit is.
IMPOSSIBLE = "censoring = 'none' AND value NOT BETWEEN possible_low AND possible_high"
IMPLAUSIBLE = "censoring = 'none' AND value NOT BETWEEN plausible_low AND plausible_high"

# Whether what is validated differs from what was ingested.
CHANGED = f"""FROM (SELECT 1 FROM troubled_rows WHERE NOT ({PLACED})
    UNION ALL SELECT 1 FROM beyond_limits WHERE impossible)"""


def make_lists(connection, variables: dict) -> None:
    """Create the tables ``limits`` of the variables and ``messages`` of the rules."""
    limits = ", ".join(f"{name} DOUBLE" for name in LIMITS)
    connection.execute(f"CREATE TABLE limits (variable VARCHAR, {limits})")
    connection.executemany(
        "INSERT INTO limits VALUES (?, ?, ?, ?, ?)",
        [[name, *entry["possible"], *entry["plausible"]] for name, entry in variables.items()],
    )
    connection.execute("CREATE TABLE messages (code VARCHAR, severity VARCHAR, query VARCHAR)")
    connection.executemany(
        "INSERT INTO messages VALUES (?, ?, ?)",
        [[code, rule.severity, rule.query] for code, rule in RULES.items()],
    )


def troubled(readings: str) -> str:
    """SQL of the rows of which a cell cannot be used, or that cannot be placed."""
    return (
        f"SELECT * FROM ({readings}) "
        f"WHERE value_problem IS NOT NULL OR time_problem IS NOT NULL OR NOT ({PLACED})"
    )


def beyond(ingested: Path) -> str:
    """SQL of the values, of rows that can be placed, that are implausible or impossible."""
    return (
        f"SELECT ingested.*, coalesce({IMPOSSIBLE}, false) AS impossible "
        f"FROM read_parquet({path_literal(ingested)}) AS ingested JOIN limits USING (variable) "
        f"WHERE {PLACED} AND ({IMPLAUSIBLE} OR {IMPOSSIBLE})"
    )


def validated(ingested: Path) -> str:
    """SQL of the rows that can be placed, impossible values missing."""
    columns = ", ".join(COLUMNS).replace(
        "value,", f"CASE WHEN {IMPOSSIBLE} THEN NULL ELSE value END AS value,"
    )
    return (
        f"SELECT {columns} FROM read_parquet({path_literal(ingested)}) "
        f"JOIN limits USING (variable) WHERE {PLACED}"
    )


def findings(table: str, column_of: dict[str, str]) -> str:
    """SQL of the table's findings, from ``troubled_rows`` and ``beyond_limits``.

    ``column_of`` is the column, by file, in which its values stand.
    """
    columns = " ".join(f"WHEN {quoted(k)} THEN {quoted(v)}" for k, v in column_of.items())
    return f"""
WITH found AS (
    SELECT value_problem AS code, variable AS field, participant_id, source_file, source_row,
        cell_column AS source_column FROM troubled_rows WHERE value_problem IS NOT NULL
    UNION ALL SELECT time_problem, 'time', participant_id, source_file, source_row, time_column
        FROM troubled_rows WHERE time_problem IS NOT NULL
    UNION ALL SELECT CASE WHEN participant_id IS NULL OR coalesce(trim(time_cell), '') = ''
            THEN 'row.incomplete' ELSE 'time.no_origin' END,
        NULL, participant_id, source_file, source_row, NULL
        FROM troubled_rows WHERE NOT ({PLACED}) AND time_problem IS NULL
    UNION ALL SELECT CASE WHEN impossible THEN 'value.impossible' ELSE 'value.implausible' END,
        variable, participant_id, source_file, source_row,
        CASE source_file {columns} END FROM beyond_limits
)
SELECT code, severity, {quoted(table)} AS "table", field, participant_id, source_file,
    source_row::DOUBLE AS source_row, source_column,
    replace(query, '{{place}}', {PLACE_SQL}) AS query
FROM found JOIN messages USING (code)
ORDER BY source_file, source_row, participant_id, code, field"""


def quarantine(column_of: dict[str, str]) -> str:
    """SQL of the values and rows set aside, from ``troubled_rows`` and ``beyond_limits``."""
    columns = " ".join(f"WHEN {quoted(k)} THEN {quoted(v)}" for k, v in column_of.items())
    return f"""
WITH aside AS (
    SELECT value_problem AS code, 'value' AS scope, variable AS field, participant_id,
        coalesce(cell, '') AS raw, 1 AS values, source_file, source_row,
        cell_column AS source_column FROM troubled_rows WHERE value_problem IS NOT NULL
    UNION ALL SELECT time_problem, 'value', 'time', participant_id, time_cell, 1, source_file,
        source_row, time_column FROM troubled_rows WHERE time_problem IS NOT NULL
    UNION ALL SELECT 'row.incomplete', 'row', NULL, participant_id,
        to_json({{variable: variable, value: value, text: text, unit: unit}})::VARCHAR,
        {_one_value("kind")}, source_file, source_row, NULL
        FROM troubled_rows WHERE NOT ({PLACED})
    UNION ALL SELECT 'value.impossible', 'value', variable, participant_id,
        value || ' ' || unit, 1, source_file, source_row, CASE source_file {columns} END
        FROM beyond_limits WHERE impossible
)
SELECT code, scope, field, participant_id, raw, "values"::BIGINT AS "values", source_file,
    source_row, source_column
FROM aside ORDER BY source_file, source_row, participant_id, scope, code, field"""


def accounting(table: str, validated_file: Path, texts: list[str]) -> str:
    """SQL of one row: what was read, what is validated, what is set aside.

    ``texts`` names the variables that are texts. Reads ``rows_read`` (rows, values), counted in
    the cells as they stand in the files.
    """
    words = ", ".join(map(quoted, texts)) or "NULL"
    return f"""
SELECT {quoted(table)} AS "table",
    (SELECT sum(rows) FROM rows_read)::BIGINT AS rows_in,
    valid.rows AS rows_validated,
    aside.rows AS rows_quarantined,
    (SELECT sum("values") FROM rows_read)::BIGINT AS values_in,
    valid."values" AS values_validated,
    aside."values" AS values_quarantined
FROM (SELECT count(*) AS rows, count(*) FILTER (value IS NOT NULL
        OR (variable IN ({words}) AND text IS NOT NULL)) AS values
    FROM read_parquet({path_literal(validated_file)})) AS valid,
    (SELECT count(*) FILTER (NOT ({PLACED})) AS rows,
        count(*) FILTER (value_problem IS NOT NULL)
        + coalesce(sum({_one_value("kind")}) FILTER (NOT ({PLACED})), 0)::BIGINT
        + (SELECT count(*) FROM beyond_limits WHERE impossible) AS values
    FROM troubled_rows) AS aside"""


def _one_value(kind: str) -> str:
    """1 where a row holds its value, which of a category is its text."""
    return f"(value IS NOT NULL OR ({kind} = 'text' AND text IS NOT NULL))::BIGINT"
