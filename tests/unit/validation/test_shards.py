"""Tables read some participants at a time give the findings of the whole."""

import pandas as pd
import pytest
from cross_tables import NOTHING, events, measurements, people
from sepsisflow.validation.cross import check_across
from sepsisflow.validation.gather import gather_findings
from sepsisflow.validation.shards import read_shards
from sepsisflow.validation.table import MODELS


@pytest.fixture
def paths(tmp_path):
    """Five people, of whom one is measured after death, one is discharged, and two lack a CRP."""
    tables = {
        "participants": people("A1", "A2", "A3", "A4", "A5"),
        "events": events(("A2", "death", 10, 20), ("A4", "hospital_discharge", 30, 40)),
        "measurements/laboratory": measurements(
            ("A1", "crp", 0, 5.0), ("A2", "crp", 50, 7.0), ("A4", "crp", 2, 9.0)
        ),
        "interventions": MODELS["interventions"].empty(),
    }
    written = {}
    for name, table in tables.items():
        written[name] = tmp_path / f"{name.replace('/', '_')}.parquet"
        table.to_parquet(written[name])
    return written


@pytest.mark.parametrize(("shard_rows", "count"), [(100, 1), (5, 2), (1, 5)])
def test_every_row_is_in_one_shard_with_its_participant(paths, shard_rows, count):
    shards = list(read_shards(paths, shard_rows=shard_rows))
    assert len(shards) == count
    for name, path in paths.items():
        rows = pd.concat([shard[name] for shard in shards], ignore_index=True)
        assert rows["participant_id"].tolist() == pd.read_parquet(path)["participant_id"].tolist()
        for shard in shards:
            assert shard[name]["participant_id"].isin(shard["participants"]["participant_id"]).all()


@pytest.mark.parametrize("shard_rows", [1, 5])
def test_the_findings_are_those_of_the_whole(paths, shard_rows):
    whole, split = (
        gather_findings([check_across(read_shards(paths, shard_rows=rows), settings=NOTHING)])
        for rows in (100, shard_rows)
    )
    codes = ["column.incomplete", "measurement.after_death", "participant.no_follow_up"]
    assert sorted(set(whole["code"])) == codes
    pd.testing.assert_frame_equal(split, whole)
