"""A million rows: more than DuckDB reads in one go, so that its threads can disturb their order."""

import hashlib

import duckdb
import pytest

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
