"""The edges derive_endpoints and estimate_endpoints: tables in, endpoints and estimates out."""

import derive_endpoints
import endpoints_example
import estimate_endpoints
import pandas as pd
import pytest
from edge_runs import run_edge
from estimate_examples import ARMS

LISTS = ("scores", "interventions", "events", "measurements")


def derived(folder, tables: dict) -> bytes:
    given = {name: [each] if name in LISTS else each for name, each in tables.items()}
    return run_edge(
        derive_endpoints,
        folder,
        tables=given,
        params={"endpoints": endpoints_example.BLOCK, "definition": "sofa-1996"},
        outputs={"endpoints": "endpoints.parquet"},
    )["endpoints"]


@pytest.fixture
def tables() -> dict:
    return endpoints_example.tables(ARMS)


def test_endpoints_are_written_and_estimated(tables, tmp_path):
    derived(tmp_path, tables)
    endpoints = pd.read_parquet(tmp_path / "written/endpoints.parquet")
    pd.testing.assert_frame_equal(
        endpoints.fillna({"reason": ""}), endpoints_example.endpoints(ARMS).fillna({"reason": ""})
    )
    run_edge(
        estimate_endpoints,
        tmp_path / "next",
        tables={"endpoints": endpoints, "analysis_set": tables["analysis_set"]},
        params={"arms": ARMS},
        outputs={"estimates": "estimates.parquet"},
    )
    estimates = pd.read_parquet(tmp_path / "next/written/estimates.parquet").set_index("key")
    assert estimates.loc["endpoints.vfd.analysed.msc@28.median", "value"] == 26.5


def test_the_order_of_rows_changes_no_byte(tables, tmp_path):
    shuffled = {name: each.sample(frac=1, random_state=1) for name, each in tables.items()}
    assert derived(tmp_path / "a", tables) == derived(tmp_path / "b", shuffled)
