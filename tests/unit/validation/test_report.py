"""The quality report and the refusal that points to it."""

from pathlib import Path

import pandas as pd
import pytest
from sepsisflow.validation.report import gather_findings, quality_report, refusal, unread_events
from sepsisflow.validation.rules import finding

TEMPLATE = Path(__file__).parents[3] / "resources" / "quality" / "report.html.jinja"
STUDY = {"title": "Trial", "registration": None, "synthetic": False, "errors_allowed": 0}
ACCOUNTING = pd.DataFrame(
    [
        {"table": "participants", "rows_in": 30, "rows_validated": 29, "rows_quarantined": 1,
         "values_in": 90, "values_validated": 80, "values_quarantined": 10}
    ]
)  # fmt: skip


def findings(*codes):
    rows = [
        finding(code, "participants", source_file="p.csv", source_row=row, participant_id="A1")
        for row, code in enumerate(codes, start=2)
    ]
    return pd.DataFrame(rows)


def test_the_report_shows_sums_and_findings_and_escapes_what_it_quotes():
    found = findings("value.unreadable").assign(field="<script>")
    page = quality_report(TEMPLATE.read_text(), found, ACCOUNTING, study=STUDY)
    assert "1 errors" in page
    assert '<td class="n">90</td><td class="n">80</td><td class="n">10</td>' in page
    assert "p.csv, row 2: this is not a number. Please correct it." in page
    assert "<script>" not in page
    assert "SYNTHETIC DATA" not in page


def test_a_report_of_synthetic_data_says_so_and_one_without_findings_too():
    study = {**STUDY, "synthetic": True}
    nothing = findings("value.unreadable").iloc[:0]
    page = quality_report(TEMPLATE.read_text(), nothing, ACCOUNTING, study=study)
    assert "SYNTHETIC DATA" in page
    assert "No findings." in page


def test_errors_come_first():
    found = findings("value.declared_missing", "value.implausible", "row.incomplete")
    assert gather_findings([found])["severity"].tolist() == ["error", "warning", "note"]


def test_a_study_without_too_many_errors_goes_on():
    found = findings("value.implausible", "row.incomplete")
    assert refusal(found, errors_allowed=1, report="r.html", study="x") is None


def test_too_many_errors_stop_with_where_and_what_to_do():
    found = findings("date.impossible", *["value.unreadable"] * 6)
    message = refusal(found, errors_allowed=0, report="results/x/quality/report.html", study="x")
    lines = message.splitlines()
    assert lines[0] == "The raw data hold 7 error(s); 0 allowed:"
    assert lines[1] == (
        "  date.impossible: p.csv, row 2: there is no such date in the declared format. "
        "Please correct it."
    )
    assert lines[-2] == "  … and 2 more"
    assert lines[-1] == (
        "See results/x/quality/report.html. Correct the raw files, or set "
        "findings.errors_allowed in config/studies/x.yaml."
    )


@pytest.mark.parametrize("code", ["value.unreadable", "contact.before_death"])
def test_a_query_names_file_row_and_column(code):
    row = finding(code, "t", source_file="a.csv", source_row=7.0, source_column="IL 6")
    assert row["query"].startswith("a.csv, row 7, column 'IL 6': ")


def test_participants_whose_events_could_not_be_read_are_known():
    unread = findings("date.impossible", "value.implausible").assign(table="events")
    elsewhere = findings("date.impossible").assign(participant_id="B1")
    assert unread_events(gather_findings([unread, elsewhere])) == {"A1"}
