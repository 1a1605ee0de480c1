"""What a study file may say of a REDCap export, and what is said when files are not there."""

import pytest
from redcap_example import dictionary
from sepsisflow.configuration.raw_files import check_sources, raw_files
from sepsisflow.errors import DataError
from sepsisflow.fingerprints import table_fingerprint
from sepsisflow.readers.mapping import reading_plan
from study_example import complaints, loaded

STUDY = """\
title: A project
seed: 1
sources:
  records:
    file: data.csv
    format: redcap
    dictionary: dictionary.csv
    events: event.csv
    unticked: no
    missing_data_codes: [NASK]
    maps:
      - {table: participants, fields: {participant_id: id, weight_kg: weight}}
"""
EVENTS = "event_name,arm_num,unique_event_name\nVisit,1,visit_arm_1\n"


@pytest.fixture
def study(tmp_path):
    """The study with its three files in place."""
    (tmp_path / "raw").mkdir()
    files = {"data.csv": 'id,weight\nA,"70,5"\n', "event.csv": EVENTS}
    for name, text in {**files, "dictionary.csv": dictionary()}.items():
        (tmp_path / "raw" / name).write_text(text, encoding="utf-8")
    return loaded(tmp_path, STUDY, data="raw")


def said_of(study) -> str:
    with pytest.raises(DataError) as error:
        check_sources(study)
    return str(error.value).replace(str(study.data), "raw")


def test_an_export_is_three_raw_files(study):
    check_sources(study)
    assert [path.name for path in raw_files(study)] == ["data.csv", "dictionary.csv", "event.csv"]


def test_a_dictionary_that_is_not_there_is_named_with_the_nearest(study):
    (study.data / "dictionary.csv").rename(study.data / "dictionary_old.csv")
    assert said_of(study) == (
        "config/studies/x.yaml: sources.records.dictionary: there is no 'dictionary.csv' in raw; "
        "did you mean 'dictionary_old.csv'?"
    )


def test_a_file_that_is_no_dictionary_stops_before_any_job(study):
    (study.data / "dictionary.csv").write_text(EVENTS, encoding="utf-8")
    assert said_of(study) == (
        "config/studies/x.yaml: sources.records.file: data.csv has a data dictionary, "
        "dictionary.csv, that has no column 'Variable / Field Name'; download it again from REDCap."
    )


def test_a_column_may_be_named_by_its_field_where_the_export_bears_labels(study):
    (study.data / "data.csv").write_text("Study ID,Weight (kg)\nA,70\n", encoding="utf-8")
    check_sources(study)


def test_what_only_redcap_has_does_not_apply_to_other_formats(tmp_path):
    assert complaints(tmp_path, STUDY.replace("format: redcap", "format: csv")) == [
        f"sources.records.{key}: does not apply here; remove it."
        for key in ("dictionary", "events", "unticked")
    ]


def test_another_limit_in_the_dictionary_is_another_fingerprint(study, tmp_path):
    plan = reading_plan("participants", study.settings, study.codelists)
    known = tmp_path / "known.txt"
    before = table_fingerprint(plan, study.data, known)
    assert table_fingerprint(plan, study.data, known) == before
    file = study.data / "dictionary.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Pulse", "Heart rate"), encoding="utf-8")
    assert table_fingerprint(plan, study.data, known) == before
    file.write_text(text.replace(",30,200,", ",80,200,"), encoding="utf-8")
    assert table_fingerprint(plan, study.data, known) != before
