"""Ingest and validate all canonical tables of a study from a database, each raw file read once."""

import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from sepsisflow import job
from sepsisflow.errors import DataError
from sepsisflow.readers.databases import engine, measurements, stays
from sepsisflow.readers.databases.engine import PARQUET, quoted
from sepsisflow.readers.databases.files import columns_wanted
from sepsisflow.readers.databases.rules import RULE_COLUMNS, domains_of, items_of, rule_rows
from sepsisflow.validation import database as review
from sepsisflow.validation.rules import finding, findings_table
from sepsisflow.validation.table import validate_table

SMALL = ("icustays", "patients", "admissions")
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
    with (
        tempfile.TemporaryDirectory(prefix=".reading-", dir=beside) as scratch,
        engine.connect(Path(scratch), memory_mb=memory_mb, threads=threads) as connection,
    ):
        reading = _Reading(plan, folder, Path(scratch), connection, report)
        reading.read_people()
        reading.stage(threads)
        for table in plan["tables"]:
            if table.startswith("measurements/"):
                reading.measurements(table, {kind: outputs[kind][table] for kind in OUTPUTS})
        reading.people(outputs)


class _Reading:
    """One database being read; ``staged`` holds the wanted rows of each large file."""

    def __init__(self, plan: dict, folder: Path, scratch: Path, connection, report: Callable):
        self.plan, self.folder, self.scratch = plan, folder, scratch
        self.connection, self.report = connection, report
        self.description, self.files = plan["description"], plan["files"]
        self.variables = plan["vocabulary"]["variables"]
        self.columns = columns_wanted(self.description, plan["covariates"])
        self.staged: dict[str, str] = {}
        self.outside: dict[str, int] = {}
        review.make_lists(connection, self.variables)

    def rows(self, table: str) -> str:
        """SQL of a file's rows."""
        return engine.rows_of(self.folder / self.files[table], self.columns[table])

    def run(self, sql: str, table: str) -> None:
        """Execute a statement that reads a whole file."""
        file = self.folder / self.files[table]
        rows = engine.rows_expected(file)
        engine.run(
            self.connection.cursor(),
            sql,
            doing=table,
            file=self.files[table],
            rows=rows,
            report=self.report,
        )

    def read_people(self) -> None:
        """Read who the participants are."""
        for table in SMALL:
            self.run(f"CREATE TABLE {table} AS {self.rows(table)}", table)
        stays.make_persons(self.connection)
        self.connection.execute(
            "CREATE TABLE first_charted (participant_id VARCHAR, variable VARCHAR, value DOUBLE)"
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
        for table, (_, items) in parts.items():
            self._table(f"items_{table}", "SELECT ''::VARCHAR AS item LIMIT 0")
            self._insert(f"items_{table}", [[item] for item in items])
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda each: self._stage(each, parts[each][0]), parts))
        engine.join_as_written(self.connection)
        for table, (part, _) in parts.items():
            self.outside[table] = self._one(
                f"SELECT count(*) FROM {self.staged[table]} "
                f"ANTI JOIN {part['belongs_to']} USING (person)"
            )
            if "specimen" in part:
                self._table("specimens", measurements.arterial_specimens(part, self.staged[table]))

    def _stage(self, table: str, part: dict) -> None:
        person = self.description["persons"][part["belongs_to"]]
        wanted = measurements.staged_rows if "time" in part else stays.staged_rows
        path, whole = (self.scratch / f"{table}{kind}.parquet" for kind in ("", "-whole"))
        file, columns, items = (
            self.folder / self.files[table],
            self.columns[table],
            f"items_{table}",
        )
        if file.suffix == ".parquet":
            rows = f"{engine.rows_of(file, columns)} SEMI JOIN {items} ON itemid = item"
        else:
            self.run(
                f"COPY ({engine.rows_blanked(file, columns, items)}) TO {quoted(whole)}", table
            )
            rows = engine.rows_numbered(whole, columns)
        self.run(f"COPY ({wanted(part, person, rows)}) TO {quoted(path)} ({PARQUET})", table)
        whole.unlink(missing_ok=True)
        self.staged[table] = f"read_parquet({quoted(path)})"

    def _one(self, sql: str) -> int:
        return self.connection.execute(sql).fetchall()[0][0]

    def measurements(self, table: str, paths: dict[str, Path]) -> None:
        """Write the measurements of one domain."""
        domain = table.partition("/")[2]
        parts = self._parts(domain)
        readings = " UNION ALL ".join(f"({sql})" for sql, _ in parts)
        with (
            job.replacing(paths["ingested"]) as ingested,
            job.replacing(paths["validated"]) as valid,
        ):
            self._copy(f"SELECT {', '.join(measurements.COLUMNS)} FROM ({readings})", ingested)
            self._table("troubled_rows", review.troubled(readings))
            self._table("beyond_limits", review.beyond(ingested))
            if self._one(f"SELECT count(*) {review.CHANGED}"):
                self._copy(review.validated(ingested), valid)
            else:
                shutil.copyfile(ingested, valid)
            self._table("rows_read", " UNION ALL ".join(counted for _, counted in parts))
            self.report(f"{table}: {self._one('SELECT sum(rows) FROM rows_read'):,} rows")
            columns = {self.files[name]: part["number"][0] for name, part in self._measured()}
            self._write(review.findings(table, columns), paths["findings"])
            self._write(review.quarantine(columns), paths["quarantine"])
            self._write_accounting(table, valid, paths["accounting"])
            self._note_first(valid)

    def _measured(self):
        """Parts of the database that hold measurements, in the order of their files' names."""
        return sorted(
            self.description["measurements"].items(), key=lambda each: self.files[each[0]]
        )

    def _parts(self, domain: str) -> list[tuple[str, str]]:
        """SQL of a domain's measurements in each file, and of how many these must be."""
        parts = []
        for name, part in self._measured():
            if domain not in domains_of(part, self.variables):
                continue
            staged, rules = self.staged[name], f"rules_{name}"
            seen = self.connection.execute(f"SELECT DISTINCT item, unit FROM {staged}").fetchall()
            rows = rule_rows(part, self.description, self.variables, domain, seen)
            columns = ", ".join(f"{key} {kind}" for key, kind in RULE_COLUMNS.items())
            self.connection.execute(f"CREATE OR REPLACE TABLE {rules} ({columns})")
            self._insert(rules, rows)
            where = {"staged": staged, "rules": rules}
            readings = measurements.measured(part, self.description, file=self.files[name], **where)
            parts.append((readings, measurements.counted(part, **where)))
        return parts

    def _insert(self, table: str, rows: list) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _table(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def _copy(self, sql: str, path: Path) -> None:
        self.connection.execute(f"COPY ({sql}) TO {quoted(path)} ({PARQUET})")

    def _write(self, sql: str, path: Path) -> None:
        with job.replacing(path) as temporary:
            self._copy(sql, temporary)

    def _write_accounting(self, table: str, valid: Path, path: Path) -> None:
        texts = [
            name
            for _, part in self._measured()
            for name, spec in part["variables"].items()
            if spec.get("kind") == "text"
        ]
        frame = self.connection.sql(review.accounting(table, valid, texts)).df()
        check_sums(frame.iloc[0].to_dict())
        job.write_parquet(frame, path)

    def _note_first(self, valid: Path) -> None:
        """Keep the first value of each stay of the variables that describe participants."""
        people = self.description["participants"]
        names = ", ".join(map(quoted, (people["weight_kg"], people["height_cm"])))
        self.connection.execute(
            "INSERT INTO first_charted SELECT participant_id, variable, "
            "arg_min(value, (time_h, source_file, source_row)) "
            f"FROM read_parquet({quoted(valid)}) WHERE variable IN ({names}) "
            "AND value IS NOT NULL GROUP BY ALL"
        )

    def people(self, outputs: dict[str, dict[str, Path]]) -> None:
        """Write participants, events and interventions."""
        plan = self.plan
        read = {
            "participants": stays.participants(self.connection, plan, self.files),
            "events": stays.events(self.connection, self.files),
            "interventions": stays.treatments(self.connection, plan, self.files, self.staged),
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


def check_sums(row: dict) -> None:
    """Raise if rows or values read are not those validated and set aside."""
    for what in ("rows", "values"):
        aside, valid = row[f"{what}_quarantined"], row[f"{what}_validated"]
        if row[f"{what}_in"] != valid + aside:
            raise DataError(
                f"{row['table']}: {row[f'{what}_in']} {what} were read, but {valid} validated and "
                f"{aside} set aside. Please report this fault."
            )
