"""Histograms per variable and form: round bins, every value counted, small numbers kept private."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sepsisflow.schemas.findings import Quarantine
from sepsisflow.validation import distributions
from sepsisflow.validation.distributions import axis_of, histograms
from sepsisflow.validation.numbers import Number, described_numbers
from sepsisflow.validation.pictures import picture, ticks

CREATININE = {"creatinine": Number("Creatinine", "mg/dL", (0.1, 20), (0.01, 60))}


def measurements(values, *, form="labs.csv", variable="creatinine"):
    return pd.DataFrame(
        {
            "participant_id": [f"P{at % 7}" for at in range(len(values))],
            "variable": variable,
            "value": values,
            "censoring": "none",
            "source_file": form,
        }
    )


def quarantine(*rows):
    columns = list(Quarantine.to_schema().columns)
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def count(tmp_path):
    """Histograms of a table of measurements before and after values were set aside."""

    def run(ingested, validated, aside=None, numbers=CREATININE, forms=("labs.csv",)):
        ingested.to_parquet(tmp_path / "ingested.parquet")
        validated.to_parquet(tmp_path / "validated.parquet")
        paths = tmp_path / "ingested.parquet", tmp_path / "validated.parquet"
        aside = quarantine() if aside is None else aside
        return histograms("measurements/laboratory", *paths, aside, numbers, forms)

    return run


def test_milligrams_among_micromoles_are_two_humps_one_of_them_set_aside(count):
    values = [0.8, 0.9, 1.0, 1.1, 1.2] * 8 + [80.0, 90.0, 100.0] * 4
    ingested = measurements(values)
    validated = ingested.assign(value=ingested["value"].mask(ingested["value"] > 60))
    aside = quarantine(
        {"code": "value.impossible", "scope": "value", "field": "creatinine", "values": 12,
         "source_file": "labs.csv"}
    )  # fmt: skip
    (found,) = count(ingested, validated, aside)
    assert found.axis.log
    assert (found.n, found.aside.sum(), found.set_aside, found.missing) == (40, 12, 12, 0)
    assert found.participants == 7
    occupied = found.axis.edges[:-1][found.aside > 0]
    assert occupied.min() > 50
    gap = (found.axis.edges[:-1] > 2) & (found.axis.edges[1:] < 50)
    assert gap.sum() > 3
    assert (found.validated + found.aside)[gap].sum() == 0
    drawn = picture(found)
    assert 'class="kept"' in drawn
    assert 'class="aside"' in drawn


def test_each_form_has_its_own_counts_on_the_same_axis(count):
    both = pd.concat([measurements([1.0, 2.0, 3.0]), measurements([7.0, 8.0], form="icu.csv")])
    icu, labs = count(both, both, forms=("labs.csv", "icu.csv"))
    assert (icu.form, icu.n, labs.form, labs.n) == ("icu.csv", 2, "labs.csv", 3)
    assert icu.axis is labs.axis


def test_files_of_one_pattern_are_one_form(count):
    many = pd.concat([measurements([1.0, 2.0], form=f"p/{at}.psv") for at in range(4)])
    (found,) = count(many, many, forms=("p/*.psv",))
    assert (found.form, found.n) == ("p/*.psv", 8)


def test_tables_in_several_batches_count_the_same(count, monkeypatch):
    table = measurements([0.5, 1.5, 2.5, 40.0, 41.0, 300.0] * 5)
    (whole,) = count(table, table)
    monkeypatch.setattr(distributions, "BATCH_ROWS", 4)
    (parts,) = count(table, table)
    assert parts.validated.tolist() == whole.validated.tolist()
    assert (parts.participants, parts.n) == (whole.participants, whole.n)


def test_values_far_beyond_the_possible_range_do_not_flatten_the_rest(count):
    table = measurements([0.0, 10.0, 20.0, 30.0, 1e6])
    (found,) = count(table, table, numbers={"creatinine": Number("X", "", None, (0, 100))})
    assert found.axis.edges[-1] < 300
    assert (found.beyond, found.n) == (1, 5)


def test_values_that_are_all_far_beyond_the_possible_range_are_counted(count):
    table = measurements([1e6, 2e6, 3e6])
    (found,) = count(table, table.iloc[:0], numbers={"creatinine": Number("X", "", None, (0, 100))})
    assert (found.beyond, found.n, found.aside.sum(), found.participants) == (3, 0, 3, 0)


def test_a_variable_without_any_value_has_no_histogram(count):
    empty = measurements([np.nan, np.nan])
    assert count(empty, empty) == []
    nothing = measurements([]).astype({"value": float})
    assert count(nothing, nothing) == []


def test_participants_are_counted_by_column_with_what_is_missing(tmp_path):
    people = pd.DataFrame(
        {"participant_id": list("abcd"), "age_years": [40.0, 50.0, np.nan, np.nan],
         "source_file": "p.csv"}
    )  # fmt: skip
    people.to_parquet(tmp_path / "p.parquet")
    aside = quarantine(
        {"scope": "value", "field": "age_years", "values": 1, "source_file": "p.csv"}
    )
    numbers = {
        "age_years": described_numbers({}, {"variables": {}, "agents": {}})["participants"][
            "age_years"
        ]
    }
    paths = [tmp_path / "p.parquet"] * 2
    (found,) = histograms("participants", *paths, aside, numbers, ["p.csv"])
    assert (found.n, found.missing, found.set_aside) == (2, 1, 1)


POSITIVE = st.floats(1e-6, 1e6)


@settings(max_examples=300, derandomize=True, database=None)
@example(values=[1.0, 1.6e-279], whole=False)
@example(values=[-101.0], whole=False)
@given(
    values=st.lists(POSITIVE | st.floats(-1e6, 1e6), min_size=1, max_size=60), whole=st.booleans()
)
def test_every_value_lies_in_one_bin(values, whole):
    values = np.round(values) if whole else np.array(values)
    axis = axis_of(values.min(), values.max(), n=len(values), whole=whole)
    assert len(axis.edges) <= 60
    assert (np.diff(axis.edges) > 0).all()
    assert axis.edges[0] <= values.min() * (1 + 1e-9 * np.sign(values.min())) + 1e-9
    assert axis.edges[-1] >= values.max() * (1 - 1e-9 * np.sign(values.max())) - 1e-9
    shown = ticks(axis)
    assert len(shown) <= 9
    margin = 0.01 * (axis.edges[-1] - axis.edges[0])
    assert all(axis.edges[0] - margin <= tick <= axis.edges[-1] + margin for tick in shown)


def test_whole_numbers_over_a_short_range_have_a_bin_each():
    axis = axis_of(3, 15, n=600, whole=True)
    assert axis.edges.tolist() == [at - 0.5 for at in range(3, 17)]
    assert ticks(axis) == [5, 10, 15]


def test_few_values_get_few_bins():
    assert len(axis_of(0.0, 97.0, n=20, whole=False).edges) <= 13
    assert len(axis_of(0.0, 97.0, n=2000, whole=False).edges) > 15
