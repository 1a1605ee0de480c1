"""Fingerprints change with what matters, and with nothing else."""

import os

import pytest
from raw_sources import filled
from sepsisflow import fingerprints, places
from sepsisflow.readers.mapping import reading_plan, tables_of

VARIABLES = {
    "il_6": {"domain": "biomarkers", "unit": "pg/mL", "units": {}},
    "crp": {"domain": "laboratory", "unit": "mg/L", "units": {}},
}
CODELISTS = {"variables": VARIABLES, "agents": {}, "events": {}}
PEOPLE = "id,begin,age,comment\nA1,2018-02-01,40,a\nA2,2018-02-02,50,b\n"
LABS = "id,day,test,result,who\nA1,1,IL6,5,x\nA1,1,CRP,80,x\nA1,1,ZZZ,1,x\n"


def settings():
    people = {"participant_id": "id", "origin": "begin", "age_years": "age"}
    labs = {
        "participant_id": "id",
        "time": {"column": "day", "as": "study_day"},
        "variable": {"column": "test", "codes": {"IL6": "il_6", "CRP": "crp"}},
        "value": "result",
    }
    people_map = {"table": "participants", "fields": people}
    labs_map = {"table": "measurements", "fields": labs}
    sources = {
        "people": {"file": "people.csv", "format": "csv", "maps": [people_map]},
        "labs": {"file": "labs.csv", "format": "csv", "maps": [labs_map]},
    }
    return {
        "sources": filled(sources),
        "covariates": {},
        "arms": {},
        "time_zone": None,
        "repeats": {"default": "keep", "variables": {}},
    }


def fingerprint(folder):
    """Fingerprint of every table of the study."""
    study = settings()
    return {
        table: fingerprints.table_fingerprint(
            reading_plan(table, study, CODELISTS), folder, folder / "known" / f"{table}.txt"
        )
        for table in tables_of(study, VARIABLES)
    }


def digests(folder, people=PEOPLE, labs=LABS):
    (folder / "people.csv").write_text(people)
    (folder / "labs.csv").write_text(labs)
    return fingerprint(folder)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"labs": LABS.replace("IL6,5", "IL6,6")}, {"measurements/biomarkers"}),
        ({"labs": LABS.replace("CRP,80", "CRP,81")}, {"measurements/laboratory"}),
        # A code nobody mapped belongs to the first domain, in the order biomarkers, laboratory.
        ({"labs": LABS.replace("ZZZ,1", "ZZZ,2")}, {"measurements/biomarkers"}),
        ({"labs": LABS.replace(",x", ",y")}, set()),
        ({"people": PEOPLE.replace(",a\n", ",changed\n")}, set()),
        ({"people": PEOPLE.replace("40", "41")}, {"participants"}),
        (
            {"people": PEOPLE.replace("2018-02-01", "2018-02-03")},
            {"participants", "measurements/biomarkers", "measurements/laboratory"},
        ),
        (
            {"labs": LABS.replace("A1,1,IL6", "A1,1,CRP,7,x\nA1,1,IL6")},
            {"measurements/biomarkers", "measurements/laboratory"},
        ),
    ],
)
def test_only_tables_that_use_a_changed_cell_change(tmp_path, change, changed):
    before, after = digests(tmp_path), digests(tmp_path, **change)
    assert {table for table in before if before[table] != after[table]} == changed


def test_a_touch_changes_no_fingerprint_and_writes_no_file(tmp_path):
    before = digests(tmp_path)
    os.utime(tmp_path / "labs.csv", (0, 0))
    assert fingerprint(tmp_path) == before
    stamp = tmp_path / "stamp.txt"
    fingerprints.write_if_changed("x\n", stamp)
    os.utime(stamp, (0, 0))
    fingerprints.write_if_changed("x\n", stamp)
    assert stamp.stat().st_mtime == 0
    fingerprints.write_if_changed("y\n", stamp)
    assert stamp.stat().st_mtime > 0


def hashing(folder, key, monkeypatch):
    """Fingerprint of the participants, their identifiers hashed with a key."""
    (folder / "key").write_text(key)
    monkeypatch.setenv(places.KEY_FILE, str(folder / "key"))
    study = settings()
    study["sources"]["people"]["identifiers"] = {"id": "hash", "comment": "drop"}
    plan = reading_plan("participants", study, CODELISTS)
    return fingerprints.table_fingerprint(plan, folder, folder / "known" / "hashed.txt")


@pytest.mark.parametrize("large", [1, 10**9])
def test_another_key_changes_the_fingerprint_and_the_same_key_does_not(
    tmp_path, monkeypatch, large
):
    monkeypatch.setattr(fingerprints, "LARGE_FILE_BYTES", large)
    digests(tmp_path)
    first = hashing(tmp_path, "a" * 32, monkeypatch)
    assert hashing(tmp_path, "b" * 32, monkeypatch) != first
    assert hashing(tmp_path, "a" * 32, monkeypatch) == first


@pytest.mark.parametrize("how", ["drop", "keep"])
def test_declaring_a_column_that_nobody_reads_changes_no_fingerprint(tmp_path, how):
    before, study = digests(tmp_path), settings()
    study["sources"]["people"]["identifiers"] = {"comment": how}
    plan = reading_plan("participants", study, CODELISTS)
    known = tmp_path / "known" / "declared.txt"
    assert fingerprints.table_fingerprint(plan, tmp_path, known) == before["participants"]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules and the script that imports one through the other."""
    root = tmp_path / "sepsisflow"
    (root / "stage").mkdir(parents=True)
    for path in (root / "__init__.py", root / "stage" / "__init__.py"):
        path.write_text("")
    (root / "stage" / "used.py").write_text('"""Doc."""\nfrom sepsisflow import deep\nA = 1\n')
    (root / "deep.py").write_text("def f():\n    return 1\n")
    (root / "other.py").write_text("B = 1\n")
    (tmp_path / "edge.py").write_text("from sepsisflow.stage import used\n")
    (tmp_path / "requirements.lock").write_text("lifelines==0.30.3\n")
    monkeypatch.setattr(fingerprints, "PACKAGE", root)
    return tmp_path


@pytest.mark.parametrize(
    ("module", "text", "changes"),
    [
        ("stage/used.py", '"""Another."""\n# why\nfrom sepsisflow import deep\n\nA  =  1\n', False),
        ("stage/used.py", "from sepsisflow import deep\nA = 2\n", True),
        ("deep.py", 'def f():\n    """Say one."""\n    return 1  # one\n', False),
        ("deep.py", "def f():\n    return 2\n", True),
        ("other.py", "B = 2\n", False),
    ],
)
def test_code_changes_with_the_meaning_of_what_a_script_imports(package, module, text, changes):
    script, lock = package / "edge.py", package / "requirements.lock"
    before = fingerprints.code_fingerprint(script, lock)
    (package / "sepsisflow" / module).write_text(text)
    fingerprints.parsed_module.cache_clear()
    assert (fingerprints.code_fingerprint(script, lock) != before) is changes


def test_other_libraries_are_other_code(package):
    script, lock = package / "edge.py", package / "requirements.lock"
    before = fingerprints.code_fingerprint(script, lock)
    lock.write_text("lifelines==0.30.4\n")
    assert fingerprints.code_fingerprint(script, lock) != before


def test_a_large_file_is_known_by_size_and_date(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprints, "LARGE_FILE_BYTES", 10)
    before = digests(tmp_path)
    os.utime(tmp_path / "labs.csv", (0, 0))
    after = fingerprint(tmp_path)
    assert {table for table in before if before[table] != after[table]} == {
        "measurements/biomarkers",
        "measurements/laboratory",
    }


def test_while_a_file_stays_as_it_is_it_is_not_read_again(tmp_path, monkeypatch):
    before = digests(tmp_path)
    monkeypatch.setattr(fingerprints, "read_raw", None)
    assert fingerprint(tmp_path) == before
