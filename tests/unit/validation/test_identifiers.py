"""Undeclared identifiers as findings."""

from sepsisflow.validation.identifiers import check_identifiers


def test_a_column_that_looks_like_an_identifier_is_a_warning():
    found = check_identifiers('{"people.csv": {"Surname": "names"}}')
    assert found[["code", "severity", "source_file", "source_column", "query"]].values.tolist() == [
        [
            "privacy.identifier",
            "warning",
            "people.csv",
            "Surname",
            "people.csv, column 'Surname': the column looks like names. Remove it from the export, "
            "or declare it under `identifiers` of the study file.",
        ]
    ]


def test_without_such_columns_there_is_no_finding():
    assert check_identifiers("{}").empty
