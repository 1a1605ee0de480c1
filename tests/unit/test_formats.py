"""How numbers are written: examples a reader of a journal would accept."""

import math
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.errors import DataError
from sepsisflow.formats import FORMATS, MISSING, format_row, number, significant


def row(value, **columns):
    blank = {"lower": None, "upper": None, "level": None, "n": None, "n_events": None}
    return {**blank, "value": value, **columns}


INTERVAL = {"lower": -0.0176503374, "upper": 0.5189728183, "level": 0.95}


@pytest.mark.parametrize(
    ("name", "cells", "text"),
    [
        ("count", row(12.0), "12"),
        ("count", row(5735.0), "5,735"),
        ("number1", row(6.25), "6.3"),
        ("number2", row(-0.004), "0.00"),
        ("number3", row(-0.0181), "−0.018"),
        ("significant3", row(0.012345), "0.0123"),
        ("significant3", row(12.345), "12.3"),
        ("significant3", row(1234.5), "1,230"),
        ("significant2", row(9.96), "10"),
        ("percent", row(0.7), "70.0%"),
        ("percent", row(0.0625), "6.3%"),
        ("percent", row(1.0), "100.0%"),
        ("percent_ci", row(0.7, lower=0.4572108177, upper=0.8810684096), "70.0% (45.7 to 88.1)"),
        ("percent_ci", row(1.0), "100.0% (–)"),
        ("estimate_ci", row(1.307, lower=1.194, upper=1.430), "1.31 (1.19 to 1.43)"),
        ("estimate_ci", row(math.inf, lower=0.652, upper=math.inf), "∞ (0.65 to ∞)"),
        ("estimate_ci", row(2.5, lower=1.0), "2.50 (1.00 to –)"),
        ("difference_ci", row(0.3, **INTERVAL), "0.300 (−0.018 to 0.519)"),
        ("percent_difference_ci", row(0.3, **INTERVAL), "30.0 (−1.8 to 51.9)"),
        (
            "percent_difference_interval",
            row(0.3, **INTERVAL),
            "30.0 percentage points (95% CI −1.8 to 51.9)",
        ),
        (
            "estimate_interval",
            row(1.5, lower=0.5, upper=4.5, level=0.975),
            "1.50 (97.5% CI 0.50 to 4.50)",
        ),
        ("p4", row(0.0741189844638), "0.0741"),
        ("p4", row(0.00004), "<0.0001"),
        ("p_is", row(0.0741), "p\xa0=\xa00.074"),
        ("p_is", row(0.0004), "p\xa0<\xa00.001"),
        ("p_is", row(None), "p not estimable"),
        ("n", row(None, n=10), "10"),
        ("number0_ci", row(2.5, lower=1.5, upper=3.5), "3 (2 to 4)"),
        ("number1_limits", row(2.5, lower=1.5, upper=3.25), "1.5 to 3.3"),
        ("percent_interval", row(1.0), "100.0% (no interval)"),
        ("deaths_of", row(0.3, n_events=6, n=20), "6 of 20"),
        ("deaths_of", row(6.0, n=20), "6 of 20"),
        ("value_of", row(14.0, n_events=6, n=20), "14 of 20"),
        ("value_of", row(3551.0, n=5735), "3,551 of 5,735"),
        ("events_percent", row(0.7, n_events=14, n=20), "14 (70.0%)"),
        ("median_ci", row(12.0, lower=8.0), "12.0 (8.0 to not reached)"),
        ("median_ci", row(12.0), "12.0 (–)"),
        ("median_ci", row(None), "not reached"),
    ],
)
def test_each_format_writes_its_kind_of_number(name, cells, text):
    assert format_row(cells, name) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00099, "<0.001"),
        (0.001, "0.001"),
        (0.0044, "0.004"),
        (0.0504, "0.050"),
        (0.0741, "0.074"),
        (0.0996, "0.100"),
        (0.1004, "0.10"),
        (0.7020, "0.70"),
        (0.991, ">0.99"),
        (1.0, ">0.99"),
    ],
)
def test_p_values_follow_the_journals(value, text):
    assert format_row(row(value), "p") == text


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"median_ci", "p_is"}))
def test_a_missing_estimate_is_a_dash_in_every_format(name, missing):
    assert format_row(row(missing), name) == MISSING


def test_a_pandas_row_is_written_like_a_dictionary():
    cells = row(0.7, lower=0.4572, upper=0.8811)
    assert format_row(pd.Series(cells), "percent_ci") == format_row(cells, "percent_ci")


def test_an_unknown_format_names_the_nearest():
    with pytest.raises(DataError) as caught:
        format_row(row(0.7), "percnt_ci")
    assert str(caught.value) == (
        "There is no number format 'percnt_ci'; "
        "did you mean 'percent_ci' or 'percent' or 'percent_interval'?"
    )


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_written_number_reads_back_within_half_a_unit(value, decimals):
    text = number(value, decimals).replace(",", "").replace("−", "-")
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)
    assert abs(float(text) - value) <= 0.5 * 10**-decimals + 1e-11 * abs(value) + 1e-12


@given(st.floats(1e-6, 1e6))
def test_significant_digits_read_back_within_their_precision(value):
    assert float(significant(value, 3).replace(",", "")) == pytest.approx(value, rel=0.0051)
