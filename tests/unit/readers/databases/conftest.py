"""A tiny synthetic database, read as the rule does."""

from types import SimpleNamespace

import pandas as pd
import pytest
from icu_folder import write_database
from sepsisflow import study
from sepsisflow.readers.databases.ingest import OUTPUTS, ingest_database
from sepsisflow.readers.databases.plan import database_folder, database_plan
from whole_workflow import ROOT

STUDY = """\
title: Synthetic database
seed: 1
covariates:
  subject_id: {label: Subject, type: text}
  hadm_id: {label: Admission, type: text}
sources:
  synthetic: {file: ., format: mimic_iv}
"""


class Folder:
    """A study that reads a synthetic database."""

    def __init__(self, path):
        self.path = path
        (path / "config/studies").mkdir(parents=True)
        self.write_study(STUDY)
        write_database(path / "data")

    def write_study(self, text):
        """Write the study file."""
        (self.path / "config/studies/synthetic.yaml").write_text(text)

    def study(self):
        """The study, checked."""
        config = {"study": "synthetic", "data": str(self.path / "data")}
        return study.load(config, workdir=self.path, workflow_dir=ROOT)

    def read(self, *, threads=1, into="results", **tables):
        """Write these tables and ingest; give the frames by kind of output and table."""
        write_database(self.path / "data", **tables)
        return self.ingest(threads=threads, into=into)

    def what_to_read(self, into="results"):
        """Plan, folder and outputs."""
        known = self.study()
        plan = database_plan(known)
        outputs = {
            kind: {table: self.path / into / kind / f"{table}.parquet" for table in plan["tables"]}
            for kind in OUTPUTS
        }
        return plan, database_folder(known), outputs

    def ingest(self, *, threads=1, into="results"):
        """Ingest what lies in the folder."""
        lines = []
        plan, folder, outputs = self.what_to_read(into)
        ingest_database(plan, folder, outputs, memory_mb=1000, threads=threads, report=lines.append)
        frames = {
            kind: {table: pd.read_parquet(path) for table, path in each.items()}
            for kind, each in outputs.items()
        }
        return SimpleNamespace(lines=lines, outputs=outputs, **frames)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def make_folder():
    return Folder
