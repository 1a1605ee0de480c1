"""What is new, resolved and still open since the previous export."""

import pandas as pd
import pytest
from findings_example import findings, located, reported
from hypothesis import given, settings
from hypothesis import strategies as st
from sepsisflow.errors import DataError
from sepsisflow.validation.previous import compare_exports, read_previous

KINDS = st.tuples(
    st.sampled_from(["value.implausible", "value.unreadable"]),
    st.sampled_from(["A1", "B1", None]),
    st.integers(2, 6),
)


def export(kinds) -> pd.DataFrame:
    parts = [
        findings(code, participant=who, first_row=row)
        for code, who, row in sorted(kinds, key=lambda kind: (kind[0], kind[2]))
    ]
    return located(*(parts or [findings("value.implausible").iloc[:0]]))


def test_without_a_previous_export_everything_is_open_and_numbered():
    found, resolved = compare_exports(located(findings("value.implausible", "value.unreadable")))
    assert found["status"].tolist() == ["open", "open"]
    assert found["number"].str.fullmatch("Q-[A-Z2-7]{5}-[A-Z2-7]{5}").all()
    assert resolved.empty


def test_a_query_number_does_not_depend_on_what_else_is_found():
    alone = reported(findings("value.implausible", first_row=9))
    among = reported(findings("value.unreadable"), findings("value.implausible", first_row=9))
    assert alone["number"].iloc[0] == among["number"].iloc[1]


def test_two_equal_findings_have_two_numbers():
    assert reported(findings("value.implausible"), findings("value.implausible"))[
        "number"
    ].is_unique


def test_rows_that_moved_keep_their_number_and_stay_open():
    before = reported(findings(*["value.implausible"] * 3, first_row=5))
    now, resolved = compare_exports(
        located(findings(*["value.implausible"] * 3, first_row=6)), before
    )
    assert now["status"].tolist() == ["still open"] * 3
    assert now["number"].tolist() == before["number"].tolist()
    assert resolved.empty


def test_of_fewer_findings_than_before_those_in_the_same_row_are_the_same():
    before = reported(findings(*["value.implausible"] * 3, first_row=5))
    now, resolved = compare_exports(located(findings("value.implausible", first_row=6)), before)
    assert now["number"].tolist() == [before["number"][1]]
    assert resolved["source_row"].tolist() == [5, 7]
    assert set(resolved["status"]) == {"resolved"}


def test_a_file_with_another_name_is_still_the_same_form_of_the_participant():
    before = reported(findings("value.implausible", file="export_may.csv"))
    now, resolved = compare_exports(
        located(findings("value.implausible", file="export_june.csv", first_row=40)), before
    )
    assert (now["status"].tolist(), len(resolved)) == (["still open"], 0)


def test_another_rule_or_participant_is_new_and_the_old_one_resolved():
    before = reported(findings("value.implausible"), findings("row.incomplete"))
    changed = located(findings("value.unreadable"), findings("row.incomplete", participant="B1"))
    now, resolved = compare_exports(changed, before)
    assert now["status"].tolist() == ["new", "new"]
    assert resolved["number"].tolist() == before["number"].tolist()


def test_a_new_finding_never_takes_the_number_of_one_that_moved():
    before = reported(findings("value.implausible", first_row=5))
    moved = findings("value.implausible", "value.implausible", first_row=5).iloc[[1, 0]]
    now, _ = compare_exports(located(moved), before)
    assert now["number"].is_unique


def test_findings_are_read_as_they_were_written_and_nothing_else_is(tmp_path):
    kept = tmp_path / "may.parquet"
    written = reported(findings("value.implausible"))
    written.to_parquet(kept)
    assert read_previous(kept).equals(written)
    other = tmp_path / "other.parquet"
    text = tmp_path / "text.parquet"
    findings("value.implausible").to_parquet(other)
    text.write_text("no parquet")
    for path in (other, text):
        with pytest.raises(DataError) as error:
            read_previous(path)
        assert str(error.value) == (
            f"{path}: this is not a quality/findings.parquet as this version of sepsisflow writes "
            "it. Make it anew from the raw files of that export, or leave previous_findings out."
        )


@settings(max_examples=60, derandomize=True, database=None)
@given(st.lists(KINDS), st.lists(KINDS))
def test_new_resolved_and_still_open_add_up(before, now):
    previous, _ = compare_exports(export(before))
    found, resolved = compare_exports(export(now), previous)
    still_open = found[found["status"].eq("still open")]
    assert len(still_open) + len(resolved) == len(before)
    assert len(still_open) + found["status"].eq("new").sum() == len(now)
    assert set(still_open["number"]) | set(resolved["number"]) == set(previous["number"])
    assert pd.concat([found["number"], resolved["number"]]).is_unique


@settings(max_examples=60, derandomize=True, database=None)
@given(st.lists(KINDS))
def test_an_export_compared_with_itself_is_still_open_throughout(kinds):
    previous, _ = compare_exports(export(kinds))
    found, resolved = compare_exports(export(kinds), previous)
    assert found["number"].tolist() == previous["number"].tolist()
    assert resolved.empty
