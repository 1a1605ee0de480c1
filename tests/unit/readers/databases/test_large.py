"""A million rows: more than DuckDB reads in one go, so that its threads can disturb their order."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import duckdb
import pytest
from whole_workflow import ROOT

ROWS = 1_000_000
# A row each second of stay 201, so that the time says which row it was. Every third is not read.
CHARTS = f"""
SELECT 2 AS subject_id, 22 AS hadm_id, 201 AS stay_id,
    TIMESTAMP '2150-01-02 12:00:00' + to_seconds(i) AS charttime,
    [220045, 220210, 1][1 + i % 3] AS itemid, 20 + hash(i) % 7 AS value,
    20 + hash(i) % 7 AS valuenum, ['bpm', 'insp/min', ''][1 + i % 3] AS valueuom
FROM range({ROWS}) AS rows(i)"""
FORMATS = {"csv.gz": "FORMAT csv, HEADER", "csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet"}


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_row_is_cited_and_every_byte_the_same_whatever_the_threads(folder, suffix):
    path = folder.path / "data/icu/chartevents.csv.gz"
    path.unlink()
    path = path.with_name(f"chartevents.{suffix}")
    duckdb.execute(f"COPY ({CHARTS}) TO '{path}' ({FORMATS[suffix]})")
    digests = set()
    for threads in (1, 2, 5):
        read = folder.ingest(threads=threads)
        for kind in ("ingested", "validated"):
            written = read.outputs[kind]["measurements/severity"]
            digests.add((kind, hashlib.sha256(written.read_bytes()).hexdigest()))
        frame = read.validated["measurements/severity"]
        row = (frame["time_h"] * 3600).round().astype("int64") + (1 if suffix == "parquet" else 2)
        assert (frame["source_row"] == row).all()
        assert frame["source_row"].is_monotonic_increasing
        assert len(frame) == ROWS - ROWS // 3
    assert len(digests) == 2


READ = """
import json, sys
from pathlib import Path
from sepsisflow.readers.databases.ingest import ingest_database
plan, folder, outputs = json.loads(sys.argv[1])
outputs = {kind: {name: Path(each) for name, each in of.items()} for kind, of in outputs.items()}
ingest_database(plan, Path(folder), outputs, memory_mb=1000, threads=2, report=print)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_whoever_is_told_to_end_leaves_no_rows_of_participants(folder, number):
    path = folder.path / "data/icu/chartevents.csv.gz"
    duckdb.execute(f"COPY ({CHARTS.replace(str(ROWS), str(5 * ROWS))}) TO '{path}' (FORMAT csv)")
    given = json.dumps(folder.what_to_read(), default=str)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "workflow/scripts")}
    process = subprocess.Popen([sys.executable, "-c", READ, given], env=environment)
    scratch = folder.path / "results/ingested/.reading"
    while not (scratch / "chartevents-whole.parquet").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(timeout=20) == 128 + number
    assert not scratch.exists()


def test_rows_that_a_killed_run_left_are_removed(folder):
    left = folder.path / "results/ingested/.reading/chartevents.parquet"
    left.parent.mkdir(parents=True)
    left.write_text("rows")
    folder.ingest()
    assert not left.parent.exists()
