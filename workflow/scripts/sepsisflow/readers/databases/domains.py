"""Write and validate the measurements of one domain, from the staged rows of a database's files."""

import shutil
from pathlib import Path

from sepsisflow import job
from sepsisflow.readers.databases import engine, measurements
from sepsisflow.readers.databases.engine import PARQUET, path_literal, quoted
from sepsisflow.readers.databases.rules import RULE_COLUMNS, domains_of, rule_rows
from sepsisflow.validation import database as review
from sepsisflow.validation.table import check_sums


class Domain:
    """One table of measurements being written; its own tables are seen by its connection alone."""

    def __init__(self, connection, plan: dict, staged: dict[str, str], table: str):
        self.connection = connection
        self.table, self.staged, self.files = table, staged, plan["files"]
        self.description, self.variables = plan["description"], plan["vocabulary"]["variables"]
        # In the order of the files' names, as rows stand in the table.
        self.parts = sorted(
            self.description["measurements"].items(), key=lambda each: self.files[each[0]]
        )

    def write(self, paths: dict[str, Path]) -> int:
        """Write each kind of output; gives the number of rows read."""
        readings, counted = zip(*self._readings(), strict=True)
        rows = " UNION ALL ".join(f"({sql})" for sql in readings)
        with (
            job.replacing(paths["ingested"]) as ingested,
            job.replacing(paths["validated"]) as valid,
        ):
            self._copy(f"SELECT {', '.join(measurements.COLUMNS)} FROM ({rows})", ingested)
            self._table("troubled_rows", review.troubled(rows))
            self._table("beyond_limits", review.beyond(ingested))
            if self._one(f"SELECT count(*) {review.CHANGED}"):
                self._copy(review.validated(ingested), valid)
            else:
                shutil.copyfile(ingested, valid)
            self._table("rows_read", " UNION ALL ".join(counted))
            columns = {self.files[name]: part["number"][0] for name, part in self.parts}
            for kind, sql in (
                ("findings", review.findings(self.table, columns)),
                ("quarantine", review.quarantine(columns)),
            ):
                with job.replacing(paths[kind]) as temporary:
                    self._copy(sql, temporary)
            self._write_accounting(valid, paths["accounting"])
            self._note_first(valid)
        return self._one("SELECT sum(rows) FROM rows_read")

    def _readings(self) -> list[tuple[str, str]]:
        """SQL of the domain's measurements in each file, and of how many these must be."""
        domain, found = self.table.partition("/")[2], []
        for name, part in self.parts:
            if domain not in domains_of(part, self.variables):
                continue
            where = {"staged": self.staged[name], "rules": f"rules_{name}"}
            seen = f"SELECT DISTINCT item, unit FROM {self.staged[name]}"
            seen = engine.execute(self.connection, seen).fetchall()
            rows = rule_rows(part, self.description, self.variables, domain, seen)
            columns = ", ".join(f"{key} {kind}" for key, kind in RULE_COLUMNS.items())
            engine.execute(self.connection, f"CREATE TEMP TABLE {where['rules']} ({columns})")
            engine.insert(self.connection, where["rules"], rows)
            readings = measurements.measured(part, self.description, file=self.files[name], **where)
            found.append((readings, measurements.counted(part, **where)))
        return found

    def _one(self, sql: str) -> int:
        return engine.execute(self.connection, sql).fetchall()[0][0]

    def _table(self, name: str, sql: str) -> None:
        engine.execute(self.connection, f"CREATE TEMP TABLE {name} AS {sql}")

    def _copy(self, sql: str, path: Path) -> None:
        engine.execute(self.connection, f"COPY ({sql}) TO {quoted(path)} ({PARQUET})")

    def _write_accounting(self, valid: Path, path: Path) -> None:
        texts = [
            name
            for _, part in self.parts
            for name, spec in part["variables"].items()
            if spec.get("kind") == "text"
        ]
        sql = review.accounting(self.table, valid, texts)
        frame = engine.execute(self.connection, sql).df()
        check_sums(frame.iloc[0].to_dict())
        job.write_parquet(frame, path)

    def _note_first(self, valid: Path) -> None:
        """Keep the first value of each stay of the variables that describe participants."""
        for column in ("weight_kg", "height_cm"):
            names = ", ".join(map(quoted, self.description["participants"][column]))
            engine.execute(
                self.connection,
                f"INSERT INTO first_charted SELECT participant_id, {quoted(column)}, "
                "arg_min(value, (time_h, source_file, source_row)) "
                f"FROM read_parquet({path_literal(valid)}) WHERE variable IN ({names}) "
                "AND value IS NOT NULL GROUP BY ALL",
            )
