"""Rows of parquet files as they are scored: of some participants, texts as dictionaries."""

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from sepsisflow.scores.reading import TEXT, File, plain, table_of

COLUMNS = {"participant_id": TEXT, "variable": TEXT, "value": pa.float64(), "text": TEXT}
ROWS = pd.DataFrame(
    {
        "participant_id": ["a", "b", "a", "c", "b"],
        "variable": ["map", "map", "other", "map", "map"],
        "value": [1, 2, 3, 4, 5],
        "text": [None, "x", None, "y", "z"],
    }
)


def read(path, people, **more):
    """Rows of a file as a list of tuples."""
    file = File(path, COLUMNS, **more)
    table = table_of(file.batches(pa.array(people, pa.string())), COLUMNS)
    assert table.schema.types == list(COLUMNS.values())
    return list(
        plain(table).to_pandas().replace(float("nan"), None).itertuples(index=False, name=None)
    )


def test_rows_of_some_people_and_variables_are_read_in_order(tmp_path):
    ROWS.to_parquet(tmp_path / "rows.parquet", row_group_size=2)
    found = read(tmp_path / "rows.parquet", ["a", "b"], variables=["map"])
    assert found == [("a", "map", 1.0, None), ("b", "map", 2.0, "x"), ("b", "map", 5.0, "z")]


def test_a_column_that_a_file_lacks_or_that_is_empty_is_missing(tmp_path):
    ROWS.drop(columns="text").to_parquet(tmp_path / "lacks.parquet")
    ROWS.assign(text=None).to_parquet(tmp_path / "empty.parquet")
    expected = [("c", "map", 4.0, None)]
    assert read(tmp_path / "lacks.parquet", ["c"]) == expected
    assert read(tmp_path / "empty.parquet", ["c"]) == expected


def test_a_file_without_rows_is_a_table_without_rows(tmp_path):
    ROWS.iloc[:0].to_parquet(tmp_path / "rows.parquet")
    assert read(tmp_path / "rows.parquet", ["a"], variables=["map"]) == []
    assert File(tmp_path / "rows.parquet", COLUMNS, ["map"]).scanned(0) == (set(), 0)


def test_texts_that_are_not_written_as_dictionaries_are_read(tmp_path):
    path = tmp_path / "rows.parquet"
    every = ROWS.assign(text=None)
    options = "FORMAT parquet, PARQUET_VERSION v2"
    duckdb.sql(
        f"COPY (SELECT * REPLACE (text::VARCHAR AS text) FROM every) TO '{path}' ({options})"
    )
    encodings = pq.read_metadata(path).row_group(0).column(3).encodings
    assert encodings == ("DELTA_LENGTH_BYTE_ARRAY",)
    assert read(path, ["c"]) == [("c", "map", 4.0, None)]
    del every


def test_a_scan_tells_who_is_in_each_group_and_how_many_rows_are_wanted(tmp_path):
    ROWS.to_parquet(tmp_path / "rows.parquet", row_group_size=3)
    file = File(tmp_path / "rows.parquet", COLUMNS, ["map"])
    assert [file.scanned(group) for group in range(2)] == [({"a", "b"}, 2), ({"b", "c"}, 2)]
    assert [file.rows_of(group) for group in range(2)] == [3, 2]
