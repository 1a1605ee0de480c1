"""Whatever stands in the cells, every row and value is validated or set aside, and counted."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingested_study import read_table
from raw_sources import filled
from sepsisflow.readers.mapping import reading_plan

RANGES = {"plausible": [1, 100], "possible": [0, 1000]}
CODELISTS = {
    "variables": {
        "crp": {"domain": "laboratory", "unit": "mg/L", "units": {"mg/dL": 10}, **RANGES},
        "il_6": {"domain": "biomarkers", "unit": "pg/mL", "units": {}, **RANGES},
    },
    "agents": {"msc": {"unit": "10*6", "units": {}}},
    "events": {"death": {}, "last_contact": {}},
}
MAPS = {
    "participants": {
        "participant_id": "a", "arm": {"column": "b", "codes": {"T": "t", "C": "c", "P": None}},
        "origin": "c", "age_years": {"column": "d", "declared_missing": ["999"]},
        "sex": {"column": "e", "codes": {"f": "female", "m": "male"}}, "smoker": "f",
    },
    "interventions": {
        "participant_id": "a", "agent": {"column": "b", "codes": {"CELLS": "msc", "X": None}},
        "start": "c", "dose": {"column": "d", "unit": "10*6"},
        "route": {"column": "e", "codes": {"iv": "intravenous"}},
    },
    "events": {
        "participant_id": "a", "event": {"column": "b", "codes": {"D": "death"}}, "time": "c",
    },
    "adverse_events": {
        "participant_id": "a", "start": "c", "term": "d", "grade": "e",
        "serious": {"column": "b", "codes": {"yes": True, "no": False}},
    },
    "measurements": {
        "participant_id": "a", "time": "c", "value": "d", "unit": {"column": "e"},
        "variable": {"column": "b", "codes": {"CRP": "crp", "IL6": "il_6", "X": None}},
    },
}  # fmt: skip
CELLS = {
    "a": ["P1", "P2", "P2", "Z9", "", "NA"],
    "b": ["T", "C", "P", "CELLS", "X", "D", "CRP", "IL6", "yes", "no", "??", ""],
    "c": ["2020-01-01", "2020-01-05", "2020-02-31", "5", "", "NA"],
    "d": ["50", "<5", "999", "-3", "5000", "1-2", "NA", ""],
    "e": ["f", "iv", "mg/L", "mg/dL", "furlong", "3", "9", "", "NA"],
    "f": ["true", "false", ""],
}
PEOPLE = [["P1", "T", "2020-01-01", "50", "f", ""], ["P2", "C", "", "60", "m", ""]]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([list(CELLS), *rows])


def study(table, policy):
    """A study whose participants come from people.csv and whose other table from rows.csv."""
    files = {"participants": "people.csv", table: "rows.csv"}
    sources = {
        name: {
            "file": file,
            "format": "csv",
            "missing": ["NA"],
            "maps": [{"table": name, "fields": MAPS[name]}],
        }
        for name, file in files.items()
    }
    covariates = {"smoker": {"type": "boolean"}}
    return {
        "sources": filled(sources),
        "covariates": covariates,
        "arms": {"t": {}, "c": {}},
        "time_zone": None,
        "repeats": {"default": policy, "variables": {}},
    }


@pytest.mark.parametrize("name", [*list(MAPS)[:-1], "measurements/laboratory"])
@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(*(st.sampled_from(cells) for cells in CELLS.values())), max_size=8),
    policy=st.sampled_from(["keep", "first", "last", "lowest", "highest", "refuse"]),
)
def test_rows_and_values_add_up_whatever_the_cells_hold(name, rows, policy):
    with TemporaryDirectory() as folder:
        write(Path(folder) / "people.csv", PEOPLE)
        write(Path(folder) / "rows.csv", rows)
        plan = reading_plan(name, study(name.partition("/")[0], policy), CODELISTS)
        # Raises if rows or values do not add up, or if the table breaks its schema.
        validated, findings, quarantine, sums = read_table(plan, Path(folder))
    set_aside = quarantine[quarantine["scope"] == "row"]
    assert len(validated) + len(set_aside) == sums["rows_in"].item()
    assert validated["participant_id"].isin(["P1", "P2", "Z9"]).all()
    if name != "participants":
        assert not validated["participant_id"].eq("Z9").any()
    # Every row that is set aside has a finding that says why, an error unless another one counts.
    said = (findings["severity"] == "error") | (findings["code"] == "measurement.repeated")
    assert set(set_aside["source_row"]) <= set(findings.loc[said, "source_row"])
