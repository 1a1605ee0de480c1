"""Ingest and validate all canonical tables of a study from a database, each raw file read once."""

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from sepsisflow import job
from sepsisflow.readers.databases import courses, engine, measurements, stays
from sepsisflow.readers.databases.domains import Domain
from sepsisflow.readers.databases.engine import PARQUET, path_literal, quoted
from sepsisflow.readers.databases.files import columns_wanted
from sepsisflow.readers.databases.rules import items_of
from sepsisflow.validation import database as review
from sepsisflow.validation.rules import finding, findings_table
from sepsisflow.validation.table import validate_table

SMALL = ("icustays", "patients", "admissions")
IDS = ("subject_id", "hadm_id", "stay_id")
SCRATCH = ".reading"
OUTPUTS = ("ingested", "validated", "findings", "quarantine", "accounting")


def ingest_database(
    plan: dict,
    folder: Path,
    outputs: dict[str, dict[str, Path]],
    *,
    memory_mb: int,
    threads: int,
    report: Callable[[str], None],
) -> None:
    """Read a database and write every canonical table, with findings, quarantine and accounting.

    Parameters
    ----------
    plan : dict
        See `sepsisflow.readers.databases.plan.database_plan`.
    folder : Path
        Where the database lies.
    outputs : dict
        Of each of `OUTPUTS`, the file of each canonical table.
    memory_mb, threads : int
        What the process may use.
    report : callable
        Is given lines of progress, without any value.
    """
    beside = outputs["ingested"]["participants"].parent
    beside.mkdir(parents=True, exist_ok=True)
    scratch = beside / SCRATCH
    # A run that was killed may have left it.
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        with engine.connect(scratch, memory_mb=memory_mb, threads=threads) as connection:
            reading = _Reading(plan, folder, scratch, connection, report)
            with engine.stopped_by_signals(reading.cursors):
                reading.read_people()
                reading.stage(threads)
                reading.measurements(outputs, threads)
                reading.people(outputs)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Reading:
    """One database being read; ``staged`` holds the wanted rows of each large file."""

    def __init__(self, plan: dict, folder: Path, scratch: Path, connection, report: Callable):
        self.plan, self.folder, self.scratch = plan, folder, scratch
        self.connection, self.report = connection, report
        self.description, self.files = plan["description"], plan["files"]
        self.variables = plan["vocabulary"]["variables"]
        self.columns = columns_wanted(self.description, plan["covariates"])
        self.cursors = [connection]
        self.staged: dict[str, str] = {}
        self.outside: dict[str, int] = {}
        review.make_lists(connection, self.variables)

    def cursor(self):
        """Another connection to the same tables, for another thread."""
        self.cursors.append(self.connection.cursor())
        return self.cursors[-1]

    def rows(self, table: str) -> str:
        """SQL of a file's rows."""
        return engine.rows_of(self.folder / self.files[table], self.columns[table])

    def run(self, sql: str, table: str) -> None:
        """Execute a statement that reads a whole file."""
        file = self.folder / self.files[table]
        rows = engine.rows_expected(file)
        engine.run(
            self.cursor(),
            sql,
            doing=table,
            file=self.files[table],
            rows=rows,
            report=self.report,
        )

    def read_people(self) -> None:
        """Read who the participants are."""
        for table in SMALL:
            ids = [name for name in self.columns[table] if name in IDS]
            trimmed = ", ".join(f"trim({name}) AS {name}" for name in ids)
            rows = f"SELECT * REPLACE ({trimmed}) FROM ({self.rows(table)})"
            self.run(f"CREATE TABLE {table} AS {rows}", table)
        stays.make_persons(self.connection)
        for kind, wanted in (
            ("prescriptions", courses.prescribed_rows),
            ("cultures", courses.cultured_rows),
        ):
            part = self.description[kind]
            table, person = part["table"], self.description["persons"][part["belongs_to"]]
            self.run(f"CREATE TABLE {table} AS {wanted(part, person, self.rows(table))}", table)
            self.outside[table] = self._nobodys(table, part)
        self.execute(
            "CREATE TABLE first_charted (participant_id VARCHAR, field VARCHAR, value DOUBLE)"
        )

    def stage(self, threads: int) -> None:
        """Read each large file once, several at a time, and keep its wanted rows as written.

        DuckDB reads a compressed text file with one thread, whatever it is allowed.
        """
        parts = {
            table: (part, items_of(part, key))
            for kind, key in (("measurements", "variables"), ("interventions", "agents"))
            for table, part in self.description[kind].items()
        }
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda each: self._unpack(each, parts[each][1]), parts))
            engine.keep_order(self.connection)
            list(pool.map(lambda each: self._stage(each, *parts[each]), parts))
        engine.join_as_written(self.connection)
        for table, (part, _) in parts.items():
            staged = self.staged[table]
            self.outside[table] = self._nobodys(staged, part)
            if "specimen" in part:
                arterial = measurements.arterial_specimens(part, staged)
                self.execute(f"CREATE TABLE specimens AS {arterial}")

    def _nobodys(self, rows: str, part: dict) -> int:
        """How many rows belong to nobody who is a participant."""
        sql = f"SELECT count(*) FROM {rows} ANTI JOIN {part['belongs_to']} USING (person)"
        return self.execute(sql).fetchall()[0][0]

    def _whole(self, table: str) -> Path:
        """Where all rows of a text file are, until the wanted ones are staged."""
        return self.scratch / f"{table}-whole.parquet"

    def _unpack(self, table: str, items: Iterable[str]) -> None:
        file = self.folder / self.files[table]
        if file.suffix != ".parquet":
            rows = engine.rows_blanked(file, self.columns[table], items)
            self.run(f"COPY ({rows}) TO {quoted(self._whole(table))}", table)

    def _stage(self, table: str, part: dict, items: Iterable[str]) -> None:
        person = self.description["persons"][part["belongs_to"]]
        wanted = measurements.staged_rows if "time" in part else stays.staged_rows
        file, columns = self.folder / self.files[table], self.columns[table]
        if file.suffix == ".parquet":
            rows = engine.rows_wanted(file, columns, items)
        else:
            rows = engine.rows_numbered(self._whole(table), columns)
        path = self.scratch / f"{table}.parquet"
        self.run(f"COPY ({wanted(part, person, rows)}) TO {quoted(path)} ({PARQUET})", table)
        self._whole(table).unlink(missing_ok=True)
        self.staged[table] = f"read_parquet({path_literal(path)})"

    def execute(self, sql: str):
        """Execute a short statement."""
        return engine.execute(self.connection, sql)

    def measurements(self, outputs: dict[str, dict[str, Path]], threads: int) -> None:
        """Write the measurements of every domain, several at a time."""

        def write(table: str) -> None:
            domain = Domain(self.cursor(), self.plan, self.staged, table)
            rows = domain.write({kind: outputs[kind][table] for kind in OUTPUTS})
            self.report(f"{table}: {rows:,} rows")

        tables = [name for name in self.plan["tables"] if name.startswith("measurements/")]
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(write, tables))

    def people(self, outputs: dict[str, dict[str, Path]]) -> None:
        """Write participants, events and interventions."""
        plan = self.plan
        given, cultures = self.description["prescriptions"], self.description["cultures"]
        read = {
            "participants": stays.participants(self.connection, plan, self.files),
            "events": stays.together(
                stays.events(self.connection, self.files),
                courses.cultured(self.connection, cultures, self.files[cultures["table"]]),
            ),
            "interventions": stays.together(
                stays.treatments(self.connection, plan, self.files, self.staged),
                courses.prescribed(self.connection, given, self.files[given["table"]]),
            ),
        }
        notes = [
            finding("source.outside", "participants", source_file=self.files[name], count=count)
            for name, count in self.outside.items()
            if count
        ]
        for table, (rows, problems, counts) in read.items():
            covariates = plan["covariates"] if table == "participants" else {}
            frames = validate_table(
                table,
                rows,
                problems,
                counts,
                vocabulary=plan["vocabulary"]["agents"] if table == "interventions" else {},
                repeats={},
                covariates=covariates,
                source_columns={},
            )
            frames = dict(zip(OUTPUTS[1:], frames, strict=True))
            if table == "participants" and notes:
                frames["findings"] = pd.concat([frames["findings"], findings_table(notes)])
            for kind, frame in {"ingested": rows, **frames}.items():
                job.write_parquet(frame, outputs[kind][table])
