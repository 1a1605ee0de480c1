"""How far a file is read, told without any value."""

import gzip

import pandas as pd
import pytest
from sepsisflow.errors import DataError
from sepsisflow.readers.databases.engine import connect, execute, progress_line, rows_expected


def test_whatever_statement_needs_more_memory_says_how_to_allow_more(tmp_path):
    (tmp_path / "spill").write_text("no folder, so that nothing can be spilled")
    connection = connect(tmp_path, memory_mb=20, threads=1)
    with pytest.raises(DataError) as error:
        execute(connection, "SELECT list(i::VARCHAR) FROM range(10000000) AS rows(i)")
    assert str(error.value) == (
        "The memory allowed does not suffice to read the database. Allow more, as with "
        "snakemake --set-resources ingest_database:mem_mb=8000."
    )


def test_progress_tells_share_rows_and_speed():
    line = progress_line("labevents", 43, 28_600_000, 5.856)
    assert line == "labevents: 43 %, 12.3 million rows, 2.1 million/s"
    assert progress_line("labevents", 43, None, 5.856) == "labevents: 43 %"


def test_rows_expected_are_told_from_the_first_ones(tmp_path):
    text = "".join(f"{at},{at % 7}\n" for at in range(1_000_000)).encode()
    (tmp_path / "a.csv").write_bytes(text)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text, compresslevel=1))
    pd.DataFrame({"a": range(1000)}).to_parquet(tmp_path / "a.parquet")
    assert rows_expected(tmp_path / "a.csv") == pytest.approx(1_000_000, rel=0.2)
    assert rows_expected(tmp_path / "a.csv.gz") == pytest.approx(1_000_000, rel=0.2)
    assert rows_expected(tmp_path / "a.parquet") == 1000
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(text)[:100])
    assert rows_expected(tmp_path / "cut.csv.gz") is None
