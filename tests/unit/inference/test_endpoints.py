"""Endpoints by arm, with the parts of composites."""

import pandas as pd
import pytest
from endpoints_example import endpoints, tables
from estimate_examples import ARMS
from sepsisflow.inference.endpoints import endpoint_rows
from sepsisflow.schemas.estimates import estimates_table


@pytest.fixture
def found() -> pd.DataFrame:
    rows = endpoint_rows(endpoints(ARMS), tables(ARMS)["analysis_set"], arms=ARMS)
    return estimates_table(rows).set_index("key")


def at(found: pd.DataFrame, key: str) -> tuple:
    row = found.loc[f"endpoints.{key}"]
    return (None if pd.isna(row["value"]) else row["value"]), row["n"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sofa_missing.analysed.msc@7.median", (4.5, 2)),
        ("sofa_missing.analysed.control@7.median", (None, 0)),
        ("sofa_missing.analysed.control@7.n_missing", (2, 2)),
        ("sofa_score_24.analysed.control@7.mean", (24, 1)),
        ("sofa_score_24.analysed.control@7.n_death_rule", (1, 2)),
        ("vfd.analysed.msc@28.median", (26.5, 2)),
        ("vfd.analysed.msc@28.alive_q1", (25.75, 2)),
        ("vfd.analysed.control@28.deaths", (1, 1)),
        ("vfd.analysed.control@28.alive_median", (None, 0)),
        ("daoh.analysed.control@28.deaths", (1, 2)),
        ("daoh.analysed.control@28.alive_mean", (0, 1)),
        ("reversal.analysed.msc@28.in_shock", (1, 1)),
        ("reversal.analysed.control@28.reversed", (1, 2)),
        ("reversal.analysed.control@28.died", (1, 2)),
        ("reversal.analysed.control@28.censored", (0, 2)),
        ("reversal.analysed.control@28.reversed_median", (2, 1)),
        ("clearance.analysed.msc.median", (75, 1)),
        ("clearance.analysed.control.median", (None, 0)),
    ],
)
def test_numbers_by_hand(found, key, expected):
    assert at(found, key) == expected


def test_the_method_says_how_many_values_rest_on_what(found):
    methods = found["method"]
    assert methods["endpoints.sofa_score_24.analysed.control@7.median"] == (
        "Median; 1 by the rule about death; 1 without a value left out"
    )
    assert methods["endpoints.vfd.analysed.msc@28.median"] == "Median"
    assert methods["endpoints.vfd.analysed.msc@28.alive_median"] == "Median; of those alive"


def test_counts_have_no_unit_and_values_that_of_the_endpoint(found):
    units = found["unit"]
    assert units["endpoints.vfd.analysed.msc@28.median"] == "d"
    assert units["endpoints.vfd.analysed.msc@28.deaths"] == "1"
    assert units["endpoints.clearance.analysed.msc.median"] == "%"
    definitions = found["definition"]
    assert definitions["endpoints.sofa_missing.analysed.msc@7.median"] == "sofa-1996"


def test_an_arm_of_which_nobody_has_a_value_is_not_estimable():
    nobody = tables(ARMS)["analysis_set"].assign(arm="msc")
    found = estimates_table(endpoint_rows(endpoints(ARMS), nobody, arms=ARMS)).set_index("key")
    assert at(found, "vfd.analysed.control@28.median") == (None, 0)
    assert "not estimable" in found.loc["endpoints.vfd.analysed.control@28.median", "method"]
    assert at(found, "reversal.analysed.control@28.in_shock") == (0, 0)
