"""Rows laid down by shard come back as they were, in the order in which they came."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from sepsisflow.scores.dividing import divide
from sepsisflow.scores.reading import TEXT, plain

COLUMNS = {"participant_id": TEXT, "value": pa.float64(), "text": TEXT, "row": pa.int64()}
SHARD = pd.Series({"a": 0, "b": 0, "c": 1, "d": 2, "nobody": 3})  # and e is not among them
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.text(max_size=2),
        st.integers(0, 2**40),
    ),
    max_size=30,
)


@settings(max_examples=40)
@given(ROWS, st.integers(1, 30))
def test_each_shard_gets_its_rows_back_in_order(rows, batch_rows):
    every = pa.table(
        {
            name: pa.array([row[at] for row in rows], type_)
            for at, (name, type_) in enumerate(COLUMNS.items())
        }
    )
    with TemporaryDirectory() as name:
        batches = every.to_batches(max_chunksize=batch_rows)
        divided = divide(batches, COLUMNS, SHARD, Path(name) / "divided")
        for shard in range(4):
            table = divided.table(shard)
            assert table.schema.types == list(COLUMNS.values())
            found = list(zip(*plain(table).to_pydict().values(), strict=True))
            assert found == [row for row in rows if SHARD.get(row[0]) == shard]
