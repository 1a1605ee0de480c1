"""The workbook of queries: complete, inert and the same for the same findings."""

import io
import time
import zipfile

import openpyxl
import pytest
from findings_example import findings, located, reported
from sepsisflow.validation import queries
from sepsisflow.validation.previous import compare_exports
from sepsisflow.validation.queries import ANSWERS, query_workbook

STUDY = {"title": "Trial & error", "synthetic": True, "compared": False}


def workbook(found, resolved=None, **study):
    resolved = found.iloc[:0] if resolved is None else resolved
    return openpyxl.load_workbook(io.BytesIO(query_workbook(found, resolved, {**STUDY, **study})))


def column(sheet, heading):
    at = [cell.value for cell in sheet[1]].index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def test_each_site_has_a_sheet_with_its_errors_and_warnings_and_no_notes():
    found = reported(
        findings("value.unreadable", "value.implausible", "value.declared_missing"),
        findings("row.incomplete", participant="B1"),
        findings("row.incomplete", participant=None),
    )
    book = workbook(found)
    assert book.sheetnames == ["Overview", "north", "south", "no site"]
    numbers = [cell.value for cell in column(book["north"], "Query")]
    assert numbers == found["number"].tolist()[:2]
    assert [cell.value for cell in column(book["north"], "Row")] == [2, 3]
    assert column(book["north"], "Question")[0].value == "This is not a number. Please correct it."
    sums = [cell.value for cell in list(book["Overview"].rows)[-1]]
    assert sums == ["Sum", 3, 1]


def test_a_site_answers_in_cells_that_are_open_and_checked():
    sheet = workbook(reported(findings("value.unreadable")))["north"]
    assert sheet.protection.sheet
    for heading in ("Answer", "Corrected value", "Initials", "Date"):
        assert [cell.value for cell in column(sheet, heading)] == [None]
        assert not column(sheet, heading)[0].protection.locked
    assert column(sheet, "Question")[0].protection.locked
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == f'"{",".join(ANSWERS)}"'
    assert str(rules["date"].sqref) == "K2"
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("B2", "landscape")
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t="])
def test_no_text_is_ever_a_formula(start):
    evil = f'{start}HYPERLINK("http://example.org")'
    found = reported(findings("value.unreadable", participant=evil))
    found = found.assign(source_column=evil, form=evil, site=evil, query=evil)
    book = workbook(found, title=evil)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    quoted = [cell for cell in cells if isinstance(cell.value, str) and cell.value.endswith('")')]
    assert len(quoted) >= 6
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in quoted)


def test_characters_that_a_workbook_cannot_hold_are_replaced():
    found = reported(findings("value.unreadable")).assign(source_column="A\x00ge\x1f")
    assert column(workbook(found)["north"], "Column")[0].value == "A\N{REPLACEMENT CHARACTER}ge" + (
        "\N{REPLACEMENT CHARACTER}"
    )


def test_sites_get_sheet_names_that_a_workbook_accepts():
    sites = ["A/B: [1]", "x" * 40, "X" * 40, "History", "Overview", "'", ""]
    found = located(*(findings("row.incomplete", first_row=at) for at in range(2, 9)))
    found = compare_exports(found.assign(site=[*sites[:-1], None]))[0]
    names = workbook(found).sheetnames
    assert len(names) == 8
    assert len({name.lower() for name in names}) == 8
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_new_queries_come_first_and_the_resolved_ones_are_listed():
    before = reported(findings("value.unreadable", first_row=2), findings("row.incomplete"))
    now = located(findings("value.unreadable", first_row=2), findings("value.implausible"))
    found, resolved = compare_exports(now, before)
    book = workbook(found, resolved, compared=True)
    assert [cell.value for cell in column(book["north"], "Status")] == ["new", "still open"]
    assert [cell.value for cell in column(book["Resolved"], "Query")] == [before["number"][1]]
    assert [cell.value for cell in column(book["Resolved"], "Site")] == ["north"]
    sums = [cell.value for cell in list(book["Overview"].rows)[-1]]
    assert sums == ["Sum", 1, 1, 1, 1, 1]


def test_the_same_findings_give_the_same_bytes_at_any_time():
    found = reported(findings("value.unreadable", "value.implausible"))
    first = query_workbook(found, found.iloc[:0], STUDY)
    time.sleep(2.1)  # zip files date their members to two seconds
    assert query_workbook(found, found.iloc[:0], STUDY) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_sheet_too_long_for_anybody_says_how_many_queries_it_lacks(monkeypatch):
    monkeypatch.setattr(queries, "MOST_ROWS", 2)
    sheet = workbook(reported(findings(*["value.unreadable"] * 5)))["north"]
    assert sheet["A4"].value == "3 more are in quality/findings.parquet."
    assert len([cell.value for cell in column(sheet, "Row") if cell.value]) == 2


def test_without_findings_there_is_an_overview_alone():
    nothing = reported(findings("value.unreadable")).iloc[:0]
    book = workbook(nothing)
    assert book.sheetnames == ["Overview"]
