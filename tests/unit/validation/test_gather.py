"""Findings of several tables as one, with form and site."""

import pandas as pd
from findings_example import findings, located
from sepsisflow.validation.gather import forms_of, gather_findings, unread_events
from sepsisflow.validation.settings import form_names


def test_errors_come_first():
    found = findings("value.declared_missing", "value.implausible", "row.incomplete")
    assert gather_findings([found])["severity"].tolist() == ["error", "warning", "note"]


def test_participants_whose_events_could_not_be_read_are_known():
    unread = findings("date.impossible", "value.implausible").assign(table="events")
    elsewhere = findings("date.impossible", participant="B1")
    assert unread_events(gather_findings([unread, elsewhere])) == {"A1"}


def test_a_row_that_several_participants_share_is_asked_about_once():
    shared = findings("interval.reversed", "interval.reversed").assign(source_column=None)
    other = shared.assign(participant_id="B1")
    gathered = gather_findings([shared, other])
    assert gathered["participant_id"].tolist() == ["A1", "A1"]
    assert gathered["source_row"].tolist() == [2, 3]


def test_several_treatments_in_one_row_of_a_participant_are_all_asked_about():
    first = findings("interval.reversed").assign(source_column=None)
    assert len(gather_findings([first, first])) == 2


def test_a_finding_belongs_to_the_site_of_its_participant_and_to_a_form():
    unknown = findings("value.implausible", participant="Z9")
    general = findings("row.incomplete", participant=None)
    found = located(findings("value.implausible"), unknown, general.assign(source_file=None))
    assert found["site"].fillna("-").tolist() == ["north", "-", "-"]
    assert found["form"].tolist() == ["p.csv", "p.csv", "participants"]


def test_many_small_files_are_one_form():
    files = pd.Series(["labs/p1.psv", "labs/p2.psv", "other.csv", None])
    formed = forms_of(files, ["a.csv", "labs/*.psv"])
    assert formed.fillna("-").tolist() == ["labs/*.psv", "labs/*.psv", "other.csv", "-"]


def test_forms_are_the_sources_as_findings_cite_them():
    sources = {
        "sheet": {"file": "book.xlsx", "sheet": "Labs"},
        "again": {"file": "book.xlsx", "sheet": "Labs"},
        "many": {"file": "training", "members": "*.psv"},
    }
    forms = form_names(sources)
    assert forms == ["book.xlsx#Labs", "training#*.psv"]
    files = pd.Series(["training#p1.psv", "training"])
    assert forms_of(files, forms).tolist() == ["training#*.psv"] * 2
