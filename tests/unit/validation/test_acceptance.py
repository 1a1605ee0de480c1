"""The refusal of data with too many errors."""

from findings_example import findings
from sepsisflow.validation.acceptance import refusal


def test_a_study_without_too_many_errors_goes_on():
    found = findings("value.implausible", "row.incomplete")
    assert refusal(found, errors_allowed=1, report="r.html", study="x") is None


def test_too_many_errors_stop_with_where_and_what_to_do():
    found = findings("date.impossible", *["value.unreadable"] * 6)
    message = refusal(found, errors_allowed=0, report="results/x/quality/report.html", study="x")
    lines = message.splitlines()
    assert lines[0] == "The raw data hold 7 error(s); 0 allowed:"
    assert lines[1] == (
        "  date.impossible: p.csv, row 2, column 'Age': there is no such date in the declared "
        "format. Please correct it."
    )
    assert lines[-2] == "  … and 2 more"
    assert lines[-1] == (
        "See results/x/quality/report.html. Correct the raw files, or set "
        "findings.errors_allowed in config/studies/x.yaml."
    )
