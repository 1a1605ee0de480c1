"""SQL that turns the staged rows of one file of a database into measurements.

A part is an entry of the description's ``measurements``: a file, and its variables by item. Each
function returns SQL; nothing is executed here.
"""

from sepsisflow.readers.databases.engine import named, quoted
from sepsisflow.readers.databases.numbers import limit, no_result, number_columns

# Stands for a unit where the size of the number explains none; never a unit of a codelist.
NO_UNIT = "?"
COLUMNS = (
    "participant_id",
    "time_h",
    "precision",
    "variable",
    "value",
    "text",
    "unit",
    "censoring",
    "admission",
    "source_file",
    "source_row",
)


def staged_rows(part: dict, person: str, rows: str) -> str:
    """SQL of the cells of rows, as written, by the names that `measured` knows.

    ``person`` is the column by which a row names whom it belongs to, ``rows`` SQL that gives the
    file's rows.
    """
    numbers = [f"{named(column)} AS number_{at}" for at, column in enumerate(part["number"])]
    text = named(part["text"]) if "text" in part else "NULL::VARCHAR"
    admission = named(part["admission"]) if "admission" in part else "NULL::VARCHAR"
    specimen = "specimen_id" if "specimen" in part else "NULL::VARCHAR"
    return (
        f"SELECT source_row, itemid AS item, trim(coalesce({named(person)}, '')) AS person, "
        f"{named(part['time'])} AS time, trim(coalesce({named(part['unit'])}, '')) AS unit, "
        f"{text} AS text, nullif(trim({admission}), '') AS admission, {specimen} AS specimen, "
        f"{', '.join(numbers)} "
        f"FROM ({rows})"
    )


def arterial_specimens(part: dict, staged: str) -> str:
    """The specimens that are arterial: all rows that name the specimen say so."""
    spec = part["specimen"]
    words = ", ".join(map(quoted, spec["arterial"]))
    return (
        f"SELECT specimen, true AS arterial FROM {staged} "
        f"WHERE item = {quoted(spec['item'])} AND specimen IS NOT NULL GROUP BY specimen "
        f"HAVING bool_and(trim(text) IN ({words}))"
    )


def measured(part: dict, description: dict, *, staged: str, rules: str, file: str) -> str:
    """Measurements of one part, a row per value and participant, in the file's order.

    Parameters
    ----------
    part, description : dict
    staged : str
        Relation that holds what `staged_rows` selects.
    rules : str
        Table of what each item, unit and kind of specimen means; other items are left out.
    file : str
        Name under which rows are cited.

    Returns
    -------
    str
        SQL with `COLUMNS`; ``kind``, `number` or `text`; ``cell``, what is written, and its
        ``cell_column``; ``time_cell``; ``value_problem`` and ``time_problem``, codes of findings.
        It reads the tables ``specimens`` and, by whom the part's rows belong to, ``stay`` (person,
        participant_id, origin) or ``subject`` (person, stays: a list of the same).
    """
    arterial = "coalesce(specimens.arterial, false)" if "specimen" in part else "false"
    specimens = "LEFT JOIN specimens USING (specimen)" if "specimen" in part else ""
    return f"""
WITH cells AS (
    SELECT source_row, item, person, time AS time_cell, try_cast(time AS TIMESTAMP) AS moment,
        unit AS unit_written, text, admission, number_0, {arterial} AS arterial,
        {number_columns(part, description)}
    FROM {staged} SEMI JOIN {rules} USING (item) {specimens}
), limits AS (
    SELECT *, CASE WHEN fast IS NULL AND cell IS NOT NULL THEN {limit(part)} END AS limited
    FROM cells
), numbers AS (
    SELECT *, coalesce(fast, try_cast(replace(limited.number, ',', '') AS DOUBLE)) AS number
    FROM limits
), units AS (
    SELECT *, {_unit(part)} AS unit FROM numbers
), ruled AS (
    SELECT units.*, kind, wording, variable, canonical, factor, shift
    FROM units JOIN {rules} AS rules USING (item, unit, arterial)
), judged AS (
    SELECT *,
        CASE WHEN kind = 'text' THEN NULL
            WHEN number IS NULL AND ({no_result("cell", description)} OR {_no_digit(part)})
                THEN 'value.declared_missing'
            WHEN number IS NULL AND cell IS NOT NULL THEN 'value.unreadable'
            WHEN number IS NOT NULL AND factor IS NULL AND unit = '' THEN 'unit.missing'
            WHEN number IS NOT NULL AND factor IS NULL THEN 'unit.unknown' END AS value_problem,
        CASE WHEN moment IS NULL AND trim(time_cell) <> '' THEN 'date.impossible' END
            AS time_problem
    FROM ruled
), placed AS (
    {_placed(part["belongs_to"])}
)
SELECT participant_id,
    (epoch_us(moment) - epoch_us(origin)) / 3600000000.0 AS time_h,
    'minute' AS precision,
    variable,
    CASE WHEN kind = 'number' AND value_problem IS NULL THEN factor * number + shift END AS value,
    CASE WHEN kind = 'text' OR (wording AND try_cast(text AS DOUBLE) IS NULL)
        THEN nullif(trim(text), '') END AS text,
    canonical AS unit,
    CASE WHEN value_problem IS NOT NULL THEN 'none' WHEN limited.below <> '' THEN 'below'
        WHEN limited.above <> '' THEN 'above' ELSE 'none' END AS censoring,
    admission,
    {quoted(file)} AS source_file,
    source_row,
    kind, {quoted(part["time"])} AS time_column, time_cell, time_problem, value_problem,
    coalesce(cell, number_0) AS cell,
    coalesce(cell_column, {quoted(part["number"][0])}) AS cell_column
FROM placed"""


def counted(part: dict, *, staged: str, rules: str) -> str:
    """SQL of how many rows and values `measured` must give, counted in the cells as written."""
    arterial = "coalesce(specimens.arterial, false)" if "specimen" in part else "false"
    specimens = "LEFT JOIN specimens USING (specimen)" if "specimen" in part else ""
    each = "len(stays)" if part["belongs_to"] == "subject" else "1"
    cells = " OR ".join(f"trim(number_{at}) <> ''" for at in range(len(part["number"])))
    return f"""
SELECT coalesce(sum({each}), 0)::BIGINT AS rows, coalesce(sum({each}) FILTER (
    CASE kind WHEN 'text' THEN trim(text) <> '' ELSE {cells} END), 0)::BIGINT AS "values"
FROM (SELECT staged.*, {arterial} AS arterial FROM {staged} AS staged {specimens})
    JOIN (SELECT DISTINCT item, arterial, kind FROM {rules}) USING (item, arterial)
    JOIN {part["belongs_to"]} USING (person)"""


def _placed(belongs_to: str) -> str:
    """Rows with their participant; those of people who are no participants are left out."""
    if belongs_to == "stay":
        return "SELECT judged.*, participant_id, origin FROM judged JOIN stay USING (person)"
    several = "SELECT judged.*, unnest(stays) AS stay FROM judged JOIN subject USING (person)"
    return f"SELECT *, stay.participant_id, stay.origin FROM ({several})"


def _unit(part: dict) -> str:
    """SQL of the unit written or, where the description says so, told from the number's size."""
    cases = []
    for spec in part["variables"].values():
        if "unit_by_value" in spec:
            items = ", ".join(map(quoted, spec["items"]))
            bands = " ".join(
                f"WHEN number BETWEEN {band['from']} AND {band['to']} THEN {quoted(band['unit'])}"
                for band in spec["unit_by_value"]
            )
            cases.append(
                f"WHEN item IN ({items}) AND unit_written = '' AND number IS NOT NULL "
                f"THEN CASE {bands} ELSE '{NO_UNIT}' END"
            )
    return f"CASE {' '.join(cases)} ELSE unit_written END" if cases else "unit_written"


def _no_digit(part: dict) -> str:
    """Condition: a comment without a digit; it is not there to be a number."""
    if "comments" not in part["number"]:
        return "false"
    return "(cell_column = 'comments' AND NOT regexp_matches(cell, '[0-9]'))"
