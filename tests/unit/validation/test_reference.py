"""docs/findings.md says what the rules say."""

from sepsisflow.validation.reference import PAGE, reference


def test_the_list_of_findings_is_not_stale():
    assert PAGE.read_text(encoding="utf-8") == reference(), "Run make reference."
