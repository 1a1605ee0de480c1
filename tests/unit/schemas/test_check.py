"""A table that breaks its schema is refused, every rule at once and no value named."""

import pandas as pd
import pytest
from sepsisflow.errors import DataError
from sepsisflow.schemas.analysis_set import AnalysisSet
from sepsisflow.schemas.check import check, read_table

GOOD = pd.DataFrame({"participant_id": ["A", "B"], "arm": "msc", "time_zero_h": 0.0})


def test_a_table_that_satisfies_its_schema_is_returned(tmp_path):
    GOOD.to_parquet(tmp_path / "analysis_set.parquet")
    pd.testing.assert_frame_equal(read_table(tmp_path / "analysis_set.parquet", AnalysisSet), GOOD)


def test_every_broken_rule_is_named_and_no_value():
    bad = GOOD.assign(participant_id="SECRET", extra=1).drop(columns="arm")
    with pytest.raises(DataError) as error:
        check(bad, AnalysisSet, "analysis_set.parquet")
    assert str(error.value).splitlines() == [
        "analysis_set.parquet: the table breaks its schema AnalysisSet.",
        "  column 'arm' is missing",
        "  column 'extra' is not known",
        "  column 'participant_id', field_uniqueness: 2 row(s), first 0",
    ]
