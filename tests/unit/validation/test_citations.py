"""Where a finding stands is said alike in Python and SQL, and can be taken off its query."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.validation.citations import PLACE_SQL, place, question
from sepsisflow.validation.rules import finding

NAMES = st.text(min_size=1)
ASKED = "This is not a number. Please correct it."


@given(
    file=st.none() | NAMES,
    row=st.none() | st.integers(1, 10**9),
    column=st.none() | NAMES,
    field=st.none() | NAMES,
)
def test_a_query_without_its_place_is_the_sentence_of_its_rule(file, row, column, field):
    where = {"source_file": file, "source_row": row, "source_column": column, "field": field}
    assert question(finding("value.unreadable", "events", **where)) == ASKED


@pytest.mark.parametrize("row", [None, float("nan")])
def test_a_finding_about_no_row_names_its_field(row):
    found = finding("value.unreadable", "events", field="death", source_row=row)
    assert found["query"] == "events, death: this is not a number. Please correct it."
    assert question(found) == ASKED


@pytest.mark.parametrize("column", [None, "CRP", "it's: 5 %"])
def test_a_database_says_where_a_row_stands_in_the_same_words(column):
    row = ["hosp/lab's.csv.gz", 12, column]
    sql = f"SELECT {PLACE_SQL} FROM (SELECT ? AS source_file, ? AS source_row, ? AS source_column)"
    assert duckdb.execute(sql, row).fetchone() == (place(*row),)
