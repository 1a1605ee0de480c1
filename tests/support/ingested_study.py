"""A study file of tests/data/studies read, ingested and validated without the workflow."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from sepsisflow.configuration.raw_files import check_sources
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.readers.mapping import reading_plan, tables_of
from sepsisflow.study import load
from sepsisflow.validation.table import source_columns, validate_table

ROOT = Path(__file__).parents[2]
STUDIES = ROOT / "tests/data/studies"


@dataclass(frozen=True)
class Ingested:
    """Validated tables by name, the findings of all of them, and the sums that must add up."""

    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    accounting: pd.DataFrame

    def codes(self, *, table: str | None = None) -> dict[str, int]:
        """How often each code was found, in one table or in all."""
        found = self.findings
        if table is not None:
            found = found[found["table"] == table]
        return found["code"].value_counts().to_dict()

    def counts(self) -> dict[str, tuple[int, int]]:
        """Rows and values read, by table."""
        return {
            row.table: (row.rows_in, row.values_in)
            for row in self.accounting.itertuples(index=False)
        }

    def set_aside(self) -> dict[str, tuple[int, int]]:
        """Rows and values set aside, by table, of the tables that lost any."""
        return {
            row.table: (row.rows_quarantined, row.values_quarantined)
            for row in self.accounting.itertuples(index=False)
            if row.rows_quarantined or row.values_quarantined
        }


def read_table(plan: dict, folder: Path) -> tuple[pd.DataFrame, ...]:
    """Validated rows, findings, quarantine and accounting of a plan's table.

    Raises if rows or values do not add up, or if the table breaks its schema.
    """
    return validate_table(
        plan["table"],
        *ingest_table(plan, folder),
        vocabulary=plan["vocabulary"],
        repeats=plan["repeats"],
        covariates=plan["covariates"],
        source_columns=source_columns(plan),
    )


def ingest_study(name: str, data: Path, folder: Path) -> Ingested:
    """Read tests/data/studies/``name``.yaml with raw files in ``data``; ``folder`` is scratch."""
    (folder / "config/studies").mkdir(parents=True)
    shutil.copy(STUDIES / f"{name}.yaml", folder / "config/studies")
    study = load({"study": name, "data": str(data)}, workdir=folder, workflow_dir=ROOT)
    check_sources(study)
    tables, findings, accounting = {}, [], []
    for table in tables_of(study.settings, study.codelists["variables"]):
        plan = reading_plan(table, study.settings, study.codelists)
        tables[table], found, _, sums = read_table(plan, study.data)
        findings.append(found)
        accounting.append(sums)
    return Ingested(
        tables, pd.concat(findings, ignore_index=True), pd.concat(accounting, ignore_index=True)
    )
