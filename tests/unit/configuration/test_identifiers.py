"""Identifiers as a study file declares them, and those it does not."""

import json
from pathlib import Path

import pytest
from sepsisflow import places
from sepsisflow.configuration.identifiers import check_key, undeclared
from sepsisflow.configuration.raw_files import check_sources
from sepsisflow.errors import DataError
from study_example import LABORATORY, PEOPLE, STUDY, changed, complaints, loaded

PEOPLE_FILE = "    file: people.csv\n"
LABS_FILE = "    file: laboratory.csv\n"


def declared(people="", labs=""):
    """The example study with these ``identifiers`` of its two sources."""
    return changed(
        (PEOPLE_FILE, PEOPLE_FILE + (f"    identifiers: {people}\n" if people else "")),
        (LABS_FILE, LABS_FILE + (f"    identifiers: {labs}\n" if labs else "")),
    )


def test_hashed_participants_and_dropped_columns_are_accepted(tmp_path):
    text = declared("{ID: hash, Name: drop, Weight: keep}", "{ID: hash}")
    settings = loaded(tmp_path, text).settings
    assert settings["sources"]["people"]["identifiers"]["Name"] == "drop"
    assert loaded(tmp_path, STUDY).settings["sources"]["people"]["identifiers"] == {}


@pytest.mark.parametrize(
    ("people", "labs", "said"),
    [
        (
            "{Weight: drop}",
            "",
            "sources.people.identifiers.Weight: maps[1] reads this column; remove it there, or "
            "declare it 'hash'.",
        ),
        (
            "{Died: drop}",
            "",
            "sources.people.identifiers.Died: maps[2] reads this column; remove it there, or "
            "declare it 'hash'.",
        ),
        (
            "{ID: hash, Age: hash}",
            "{ID: hash}",
            "sources.people.identifiers.Age: maps[1] could read nothing from a hash; remove the "
            "column there.",
        ),
        (
            "{ID: hash}",
            "",
            "sources.laboratory.identifiers: sources.people hashes the participant's identifier; "
            "do so here too, or nobody is found again.",
        ),
        (
            "{Name: dropp}",
            "",
            "sources.people.identifiers.Name: 'dropp' is not allowed; did you mean 'drop'?",
        ),
    ],
)
def test_what_cannot_be_done_with_a_column_is_said(tmp_path, people, labs, said):
    assert complaints(tmp_path, declared(people, labs)) == [said]


def with_files(folder, text, people=PEOPLE, cells=""):
    (folder / "raw").mkdir(exist_ok=True)
    (folder / "raw/people.csv").write_text(f"{people}\n{cells}", encoding="utf-8")
    (folder / "raw/laboratory.csv").write_text(f"{LABORATORY}\n", encoding="utf-8")
    return loaded(folder, text, data="raw")


def test_a_declared_column_that_is_not_there_is_named_with_the_nearest(tmp_path):
    study = with_files(tmp_path, declared("{Full nam: drop}"), f"{PEOPLE},Full name")
    with pytest.raises(DataError) as error:
        check_sources(study)
    assert str(error.value) == (
        "config/studies/x.yaml: sources.people.identifiers['Full nam']: people.csv has no column "
        "'Full nam'; did you mean 'Full name'?"
    )


# ---- the key ----


def test_a_study_that_hashes_nothing_needs_no_key(tmp_path, monkeypatch):
    monkeypatch.delenv(places.KEY_FILE, raising=False)
    check_key(loaded(tmp_path, declared("{Name: drop}")).settings, [tmp_path])


def test_a_study_that_hashes_needs_a_key(tmp_path, monkeypatch):
    monkeypatch.delenv(places.KEY_FILE, raising=False)
    with pytest.raises(DataError, match="there is no key: name its file as 'key_file'"):
        check_key(loaded(tmp_path, declared("{ID: hash}", "{ID: hash}")).settings, [])


def test_a_key_among_data_or_results_is_refused(tmp_path, monkeypatch):
    settings = loaded(tmp_path, declared("{ID: hash}", "{ID: hash}")).settings
    (tmp_path / "data").mkdir()
    path = tmp_path / "data/key"
    path.write_text("0123456789abcdef")
    monkeypatch.setenv(places.KEY_FILE, str(path))
    check_key(settings, [tmp_path / "elsewhere"])
    with pytest.raises(DataError) as error:
        check_key(settings, [tmp_path / "elsewhere", tmp_path / "data"])
    assert str(error.value) == (
        f"{path}: the key lies in {tmp_path / 'data'}, with data or results that may be passed on; "
        "keep it elsewhere."
    )


def test_the_key_is_named_by_the_configuration_before_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(places.KEY_FILE, "elsewhere")
    places.declare(None, loaded(tmp_path, key_file=None).key_file)
    assert places.key_file() == Path("elsewhere")
    places.declare(None, loaded(tmp_path, key_file="secret/key").key_file)
    assert places.key_file() == tmp_path / "secret/key"


# ---- what nobody declared ----

NAMED = f"{PEOPLE},Surname,Phone"
CELLS = "P1,N,50,f,60,2022-01-01,no,L,1,1,no,,,1,Öz,405 321 1111\n"


def found(folder, text=STUDY, people=NAMED, cells=CELLS):
    study = with_files(folder, text, people, cells)
    return json.loads(undeclared(study.settings, study.data, folder / "known"))


def test_columns_that_look_like_identifiers_are_found_and_nothing_of_their_cells(tmp_path):
    assert found(tmp_path) == {"people.csv": {"Surname": "names", "Phone": "phone numbers"}}
    written = "".join(path.read_text() for path in (tmp_path / "known").iterdir())
    assert "Öz" not in written
    assert "321 1111" not in written


@pytest.mark.parametrize("how", ["drop", "keep"])
def test_a_declared_column_is_no_finding(tmp_path, how):
    assert found(tmp_path, declared(f"{{Surname: {how}}}")) == {
        "people.csv": {"Phone": "phone numbers"}
    }


def test_a_source_of_the_same_file_may_declare_for_the_other(tmp_path):
    twice = STUDY.replace(LABS_FILE, "    file: people.csv\n    identifiers: {Phone: drop}\n")
    twice = twice.replace("sofa_recorded: SOFA\n", "sofa_recorded: Charlson\n")
    assert found(tmp_path, twice) == {"people.csv": {"Surname": "names"}}


def test_while_a_file_stays_as_it_is_it_is_not_looked_at_again(tmp_path, monkeypatch):
    before = found(tmp_path)
    monkeypatch.setattr("sepsisflow.readers.head.first_rows", None)
    study = loaded(tmp_path, declared("{Phone: keep}"), data="raw")
    after = json.loads(undeclared(study.settings, study.data, tmp_path / "known"))
    assert after == {"people.csv": {"Surname": before["people.csv"]["Surname"]}}


def test_a_file_that_cannot_be_read_on_is_judged_by_what_was_read(tmp_path):
    assert found(tmp_path, cells=f'{CELLS}"never closed') == {
        "people.csv": {"Surname": "names", "Phone": "phone numbers"}
    }
