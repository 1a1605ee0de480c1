"""Eligibility, item by item."""

import pandas as pd
import pytest
from sepsisflow.cohort.eligibility import first_failed_item, meets


def item(name="age", field="age_years", **rule):
    defaults = {"one_of": None, "at_least": None, "at_most": None, "missing": "excluded"}
    return {"item": name, "field": field, **defaults, **rule}


PEOPLE = pd.DataFrame(
    {
        "age_years": [17.9, 18.0, 80.0, 80.1, None],
        "pregnant": pd.array([False, None, True, False, False], dtype="boolean"),
    }
)


def test_both_ends_of_a_range_are_eligible():
    met = meets(PEOPLE, item(at_least=18, at_most=80))
    assert met.tolist() == [False, True, True, False, False]


def test_a_range_may_be_open():
    assert meets(PEOPLE, item(at_least=18)).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(("missing", "second"), [("kept", True), ("excluded", False)])
def test_what_is_not_documented_counts_as_the_study_file_says(missing, second):
    met = meets(PEOPLE, item("pregnancy", "pregnant", one_of=[False], missing=missing))
    assert met.tolist() == [True, second, False, True, True]


def test_everyone_is_excluded_once_by_the_first_item_they_fail():
    items = [item(at_least=18, at_most=80), item("pregnancy", "pregnant", one_of=[False])]
    failed = first_failed_item(PEOPLE, items)
    assert failed.where(failed.notna(), None).tolist() == [
        "age",
        "pregnancy",
        "pregnancy",
        "age",
        "age",
    ]
