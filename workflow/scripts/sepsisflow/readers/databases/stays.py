"""Participants, events and interventions of MIMIC-IV: an ICU stay is a participant.

Tables of this size fit in memory; they are validated as those of any study. Each function gives
rows, problems and counts, as `sepsisflow.readers.ingest.ingest_table` does.
"""

import pandas as pd

from sepsisflow.fields import PEOPLE
from sepsisflow.readers.canonical import PROBLEMS
from sepsisflow.readers.databases.engine import execute, insert, named, quoted
from sepsisflow.readers.databases.numbers import number
from sepsisflow.readers.databases.rules import items_of
from sepsisflow.units import conversion, conversion_by_weight

Ingested = tuple[pd.DataFrame, pd.DataFrame, dict[str, int]]

PERSONS = """
CREATE TABLE stay AS
    SELECT trim(stay_id) AS person, trim(stay_id) AS participant_id,
        arg_min(try_cast(intime AS TIMESTAMP), source_row) AS origin
    FROM icustays WHERE trim(stay_id) <> '' GROUP BY trim(stay_id)
    UNION ALL SELECT '', NULL, NULL;
CREATE TABLE subject AS
    SELECT trim(subject_id) AS person,
        list({'participant_id': participant_id, 'origin': origin} ORDER BY participant_id) AS stays
    FROM (SELECT DISTINCT subject_id, trim(stay_id) AS person FROM icustays)
        JOIN stay USING (person)
    WHERE trim(subject_id) <> '' AND person <> '' GROUP BY trim(subject_id)
    UNION ALL SELECT '', [{'participant_id': NULL::VARCHAR, 'origin': NULL::TIMESTAMP}]"""


def make_persons(connection) -> None:
    """Create ``stay`` and ``subject``: the participants, by what names them in a row.

    The empty name stands for a row that names nobody: it is kept, and set aside later.
    """
    execute(connection, PERSONS)


def participants(connection, plan: dict, files: dict[str, str]) -> Ingested:
    """One row per ICU stay; weight and height from the table ``first_charted``."""
    people, covariates = plan["description"]["participants"], plan["covariates"]
    extra = [
        f", {people['covariates'][name]}.{named(name)} AS {named(name)}" for name in covariates
    ]
    extra += [
        f", {number(people['covariates'][name] + '.' + named(name))} AS {named(name + ' number')}"
        for name, each in covariates.items()
        if each["type"] == "number"
    ]
    frame = execute(
        connection,
        f"""
SELECT icustays.stay_id AS participant_id, gender AS sex, anchor_age AS age_years, intime AS origin,
    {number("anchor_age")} AS anchor_age_number,
    {number("anchor_year")} AS anchor_year, source_row,
    weight.value AS weight_kg, height.value AS height_cm {"".join(extra)}
FROM icustays
LEFT JOIN (FROM patients SELECT DISTINCT ON (subject_id) * EXCLUDE (source_row)
    ORDER BY patients.source_row) AS patients USING (subject_id)
LEFT JOIN (FROM admissions SELECT DISTINCT ON (hadm_id) * EXCLUDE (source_row, subject_id)
    ORDER BY admissions.source_row) AS admissions USING (hadm_id)
LEFT JOIN first_charted AS weight ON weight.participant_id = icustays.stay_id
    AND weight.field = 'weight_kg'
LEFT JOIN first_charted AS height ON height.participant_id = icustays.stay_id
    AND height.field = 'height_cm'
ORDER BY source_row""",
    ).df()
    frame["source_file"] = files["icustays"]
    written = [
        "participant_id",
        "sex",
        "age_years",
        "origin",
        *covariates,
    ]
    cells = frame[written].apply(lambda column: column.str.strip().replace("", None))
    frame = frame.assign(**cells, arm=None, site=None)
    frame["sex"] = cells["sex"].map(people["sex"])
    frame["origin"] = pd.to_datetime(cells["origin"], errors="coerce", format="%Y-%m-%d %H:%M:%S")
    frame["age_years"] = frame["anchor_age_number"] + frame["origin"].dt.year - frame["anchor_year"]
    for name, each in covariates.items():
        if each["type"] == "number":
            frame[name] = frame[f"{name} number"]
    codes = {"sex": ("code.unmapped", "gender"), "origin": ("date.impossible", "intime")}
    codes["age_years"] = ("value.unreadable", "anchor_age")
    codes |= {name: ("value.unreadable", name) for name in covariates}
    problems = [
        _problems(frame, cells[name], cells[name].notna() & frame[name].isna(), code, name, column)
        for name, (code, column) in codes.items()
    ]
    rows = frame[[*PEOPLE, *covariates, "source_file", "source_row"]]
    return rows, _joined(problems), _people_counted(connection, people, covariates)


def _people_counted(connection, people: dict, covariates: dict) -> dict[str, int]:
    """Rows and values of participants, counted in each table of the database by itself."""
    columns = {"gender": "patients", "anchor_age": "patients", "intime": "icustays"}
    columns |= {name: people["covariates"][name] for name in covariates}
    keys = {"patients": "subject_id", "admissions": "hadm_id"}
    conditions = [
        f"trim({named(name)}) <> ''"
        if table == "icustays"
        else f"{keys[table]} IN (SELECT {keys[table]} FROM {table} GROUP BY ALL "
        f"HAVING trim(first({named(name)} ORDER BY source_row)) <> '')"
        for name, table in columns.items()
    ]
    conditions += [
        f"stay_id IN (SELECT participant_id FROM first_charted WHERE field = {quoted(name)})"
        for name in ("weight_kg", "height_cm")
    ]
    sums = " + ".join(f"count(*) FILTER ({each})" for each in conditions)
    rows, values = execute(connection, f"SELECT count(*), {sums} FROM icustays").fetchall()[0]
    return {"rows_in": rows, "values_in": values}


def _problems(
    frame: pd.DataFrame, cells: pd.Series, wrong: pd.Series, code: str, field: str, column: str
) -> pd.DataFrame:
    """Cells that cannot be used, as rows of `PROBLEMS`."""
    found = frame.loc[wrong, ["participant_id", "source_file", "source_row"]]
    return found.assign(code=code, field=field, raw=cells[wrong], source_column=column)[PROBLEMS]


def _joined(problems: list[pd.DataFrame]) -> pd.DataFrame:
    some = [each for each in problems if len(each)]
    return pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=PROBLEMS)


def events(connection, files: dict[str, str]) -> Ingested:
    """Death and discharges of each stay; which row tells what is in the description."""
    hours = "(epoch_us({}) - epoch_us(origin)) / 3600000000.0"
    day = "CASE WHEN moment = origin::DATE THEN 0.0 ELSE " + hours.format("moment") + " END"
    frame = execute(
        connection,
        f"""
WITH told AS (
    SELECT 'death' AS event, trim(subject_id) AS subject, NULL AS admission, deathtime AS cell,
        'deathtime' AS source_column, 'admissions' AS file, source_row, false AS by_date
    FROM admissions WHERE trim(deathtime) <> ''
    UNION ALL SELECT 'death', trim(subject_id), NULL, dod, 'dod', 'patients', source_row, true
    FROM patients WHERE trim(dod) <> '' AND trim(subject_id) NOT IN
        (SELECT trim(subject_id) FROM admissions WHERE trim(deathtime) <> '')
    UNION ALL SELECT 'hospital_discharge', trim(subject_id), trim(hadm_id), dischtime, 'dischtime',
        'admissions', source_row, false
    FROM admissions WHERE trim(dischtime) <> '' AND coalesce(trim(hospital_expire_flag), '') <> '1'
), placed AS (
    SELECT told.*, stay.participant_id, stay.origin
    FROM told JOIN icustays ON told.subject = trim(icustays.subject_id)
        AND (admission IS NULL OR admission = trim(icustays.hadm_id))
    JOIN stay ON stay.person = trim(icustays.stay_id)
    UNION ALL
    SELECT 'icu_discharge', trim(icustays.subject_id), NULL, outtime, 'outtime', 'icustays',
        icustays.source_row, false, stay.participant_id, stay.origin
    FROM icustays JOIN stay ON stay.person = trim(stay_id)
    LEFT JOIN admissions USING (hadm_id)
    WHERE trim(outtime) <> ''
        AND coalesce(try_cast(deathtime AS TIMESTAMP) > try_cast(outtime AS TIMESTAMP), true)
), timed AS (
    SELECT *, try_cast(cell AS TIMESTAMP) AS moment FROM placed
)
SELECT participant_id, event, cell, source_column, file, source_row,
    CASE WHEN by_date THEN {day} ELSE {hours.format("moment")} END AS earliest_h,
    CASE WHEN by_date THEN {hours.format("(moment + INTERVAL 1 DAY)")}
        ELSE {hours.format("moment")} END AS latest_h
FROM timed
ORDER BY file, source_row, event, participant_id""",
    ).df()
    frame["source_file"] = frame["file"].map(files)
    frame = frame.sort_values(["source_file", "source_row"], kind="stable", ignore_index=True)
    untimed = frame["earliest_h"].isna()
    known = frame["participant_id"].map(
        execute(connection, "SELECT participant_id, origin FROM stay WHERE person <> ''")
        .df()
        .set_index("participant_id")["origin"]
    )
    codes = known.isna().map({True: "time.no_origin", False: "date.impossible"})
    problems = frame.loc[untimed].assign(
        code=codes[untimed], field="time", raw=frame["cell"][untimed]
    )[PROBLEMS]
    columns = ["participant_id", "event", "earliest_h", "latest_h", "source_file", "source_row"]
    counts = {"rows_in": len(frame), "values_in": len(frame)}
    return frame[columns], problems.reset_index(drop=True), counts


def staged_rows(part: dict, person: str, rows: str) -> str:
    """SQL of the cells of rows, as written, by the names that `treatments` knows."""
    cells = ", ".join(
        f"{named(part[key]) if key in part else 'NULL::VARCHAR'} AS {key}_cell"
        for key in ("start", "end", "dose", "unit", "weight")
    )
    return (
        f"SELECT source_row, itemid AS item, trim(coalesce({named(person)}, '')) AS person, "
        f"{cells} FROM ({rows})"
    )


def treatments(connection, plan: dict, files: dict[str, str], staged: dict[str, str]) -> Ingested:
    """Intervals of treatment and support, in the canonical unit of each agent's dose."""
    parts = [
        _treatments(connection, staged[table], part, plan, files[table])
        for table, part in plan["description"]["interventions"].items()
    ]
    return together(*parts)


def together(*parts: Ingested) -> Ingested:
    """Several parts of one table, in the order of their files; a column that one lacks is null.

    Rows of one file stand together, as they do in their part.
    """
    types = {name: kind for rows, *_ in parts for name, kind in rows.dtypes.items()}
    filled = [
        rows.assign(
            **{
                name: pd.Series([None] * len(rows), rows.index, dtype=kind)
                for name, kind in types.items()
                if name not in rows
            }
        )
        for rows, *_ in parts
    ]
    rows = pd.concat(filled, ignore_index=True)
    rows = rows.sort_values("source_file", kind="stable", ignore_index=True)
    counts = {name: sum(each[2][name] for each in parts) for name in parts[0][2]}
    return rows, _joined([each[1] for each in parts]), counts


def _dose(unit: str, entry: dict) -> tuple[float | None, bool]:
    """Factor to an agent's canonical unit, if there is one, and whether to divide by the weight."""
    plain = conversion(unit, entry) if unit else None
    if plain:
        return plain[0], False
    factor, power = (conversion_by_weight(unit, entry) if unit else None) or (None, 0)
    return (factor, True) if power == -1 else (None, False)


def _treatments(connection, staged: str, part: dict, plan: dict, file: str) -> Ingested:
    """Intervals of one file, of which ``staged`` holds what `staged_rows` selects."""
    agents = plan["vocabulary"]["agents"]
    execute(
        connection,
        "CREATE OR REPLACE TABLE doses (item VARCHAR, agent VARCHAR, canonical VARCHAR, "
        "written VARCHAR, factor DOUBLE, by_weight BOOLEAN)",
    )
    units = f"SELECT DISTINCT item, coalesce(trim(unit_cell), '') FROM {staged}"
    seen = execute(connection, units).fetchall()
    items = items_of(part, "agents")
    rows = []
    for item, unit in sorted(seen):
        agent, _ = items[item]
        rows.append([item, agent, agents[agent]["unit"], unit, *_dose(unit, agents[agent])])
    insert(connection, "doses", rows)
    frame = execute(
        connection,
        f"""
WITH cells AS (
    SELECT participant_id, origin, source_row, item, start_cell, end_cell,
        nullif(trim(dose_cell), '') AS dose_cell, coalesce(trim(unit_cell), '') AS written,
        {number("weight_cell")} AS weight
    FROM {staged} JOIN stay USING (person)
), meant AS (
    SELECT cells.*, doses.factor, doses.by_weight, agents.agent, agents.canonical,
        {number("dose_cell")} AS number
    FROM cells JOIN (SELECT DISTINCT item, agent, canonical FROM doses) AS agents USING (item)
    LEFT JOIN doses ON doses.item = cells.item AND doses.written = cells.written
)
SELECT participant_id, agent,
    (epoch_us(try_cast(start_cell AS TIMESTAMP)) - epoch_us(origin)) / 3600000000.0 AS start_h,
    (epoch_us(try_cast(end_cell AS TIMESTAMP)) - epoch_us(origin)) / 3600000000.0 AS end_h,
    CASE WHEN by_weight THEN CASE WHEN weight > 0 THEN number * factor / weight END
        ELSE number * factor END AS dose,
    canonical AS unit, NULL AS route, source_row, dose_cell, start_cell, end_cell, number, written
FROM meant ORDER BY source_row, participant_id""",
    ).df()
    frame["source_file"] = file
    frame["route"] = frame["route"].astype(object).where(frame["route"].notna(), None)
    cells, unread = frame["dose_cell"], frame["dose_cell"].notna() & frame["dose"].isna()
    missing = unread & frame["number"].notna() & frame["written"].eq("")
    unknown = unread & frame["number"].notna() & frame["written"].ne("")
    column = part.get("dose", "")
    problems = [
        _problems(
            frame, cells, unread & frame["number"].isna(), "value.unreadable", "dose", column
        ),
        _problems(frame, cells, missing, "unit.missing", "dose", column),
        _problems(frame, cells, unknown, "unit.unknown", "dose", column),
    ]
    for name in ("start", "end"):
        written = frame[f"{name}_cell"]
        wrong = written.notna() & frame[f"{name}_h"].isna() & frame["participant_id"].notna()
        problems.append(_problems(frame, written, wrong, "date.impossible", name, part[name]))
    frame["unit"] = frame["unit"].where(frame["dose"].notna(), None)
    columns = ["participant_id", "agent", "start_h", "end_h", "dose", "unit", "route"]
    read = execute(
        connection,
        f"SELECT count(*), count(*) FILTER (trim(dose_cell) <> '') FROM {staged} "
        "WHERE person IN (SELECT person FROM stay)",
    ).fetchall()[0]
    counts = dict(zip(("rows_in", "values_in"), read, strict=True))
    return frame[[*columns, "source_file", "source_row"]], _joined(problems), counts
