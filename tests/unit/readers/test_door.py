"""What is declared an identifier is a keyed hash before anything else sees it."""

import hashlib
import hmac

import openpyxl
import pytest
import small_study
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingested_study import read_table
from raw_sources import filled
from sepsisflow import places
from sepsisflow.errors import DataError
from sepsisflow.readers.door import without_identifiers
from sepsisflow.readers.ingest import ingest_table
from sepsisflow.readers.mapping import reading_plan
from sepsisflow.readers.raw import read_raw
from study_example import loaded

KEY = "5f3a9c0b7d1e48265f3a9c0b7d1e4826"
PEOPLE = {"table": "participants", "fields": {"participant_id": "id", "age_years": "age"}}


@pytest.fixture(autouse=True)
def key(tmp_path_factory, monkeypatch):
    path = tmp_path_factory.mktemp("secret") / "key"
    path.write_text(f"{KEY}\n")
    monkeypatch.setenv(places.KEY_FILE, str(path))
    return path


def source(**more):
    given = {"file": "people.csv", "format": "csv", "maps": [PEOPLE], "identifiers": {"id": "hash"}}
    return filled({"people": {**given, **more}})["people"]


def test_a_hash_is_sixteen_digits_of_hmac_sha256_and_other_columns_stay(tmp_path):
    (tmp_path / "people.csv").write_text("id,age\nP-1,40\n P-1 ,41\n")
    expected = hmac.new(KEY.encode(), b"P-1", hashlib.sha256).hexdigest()[:16]
    raw = read_raw(tmp_path, source(), ["id", "age"])
    assert raw.columns == {"id": [expected, expected], "age": ["40", "41"]}
    kept = read_raw(tmp_path, source(identifiers={"id": "keep"}), ["id", "age"])
    assert kept.columns["id"] == ["P-1", " P-1 "]


def test_a_person_has_one_hash_whatever_the_format_of_the_file(tmp_path):
    (tmp_path / "people.csv").write_text("id\n17\n")
    book = openpyxl.Workbook()
    book.active.append(["id"])
    book.active.append([17])
    book.save(tmp_path / "people.xlsx")
    sheet = source(file="people.xlsx", format="xlsx", sheet="Sheet")
    text = read_raw(tmp_path, source(), ["id"]).columns
    assert text == read_raw(tmp_path, sheet, ["id"]).columns


def test_what_means_not_recorded_is_not_hashed():
    cells = {"id": ["", None, "NA", "x"]}
    found = without_identifiers(cells, source(missing=["", "NA"]))
    assert found["id"][:3] == ["", None, "NA"]
    assert len(found["id"][3]) == 16


def test_another_key_gives_another_hash(key):
    before = without_identifiers({"id": ["x"]}, source())
    key.write_text(KEY[::-1])
    assert without_identifiers({"id": ["x"]}, source()) != before


HOW_TO = "make one with: openssl rand -hex 32 (docs/privacy.md)."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, f"{{path}}: the key cannot be read (No such file or directory); {HOW_TO}"),
        ("short\n", f"{{path}}: the key is shorter than 16 bytes; {HOW_TO}"),
    ],
)
def test_a_key_that_is_none_is_said_in_one_sentence(key, content, said):
    key.unlink()
    if content:
        key.write_text(content)
    with pytest.raises(DataError) as error:
        without_identifiers({"id": ["x"]}, source())
    assert str(error.value) == said.format(path=key)


def test_without_a_named_key_it_is_said_where_to_name_it(monkeypatch):
    monkeypatch.delenv(places.KEY_FILE)
    with pytest.raises(DataError) as error:
        without_identifiers({"id": ["x"]}, source())
    assert str(error.value) == (
        "identifiers are to be hashed, but there is no key: name its file as 'key_file' in "
        f"config/config.yaml or in the environment variable SEPSISFLOW_KEY_FILE; {HOW_TO}"
    )


# Identifiers that cannot stand in a file name, a number or a hash by chance.
IDENTIFIERS = st.text(st.sampled_from("ÄQZqzğ-"), min_size=4, max_size=12)


STUDY = small_study.STUDY.replace("format: csv", "format: csv\n    identifiers: {id: hash}")


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(
        st.tuples(IDENTIFIERS, st.sampled_from(["T", "C", "X", ""]), st.sampled_from(["3", "?"])),
        min_size=1,
        max_size=6,
    )
)
def test_no_table_holds_an_identifier_whatever_the_other_cells_are(tmp_path_factory, people):
    folder = tmp_path_factory.mktemp("study")
    lines = ["id,arm,days,died", *(f"{person},{arm},{days},1" for person, arm, days in people)]
    (folder / "all.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    study = loaded(folder, STUDY)
    written = ""
    for table in ("participants", "events"):
        plan = reading_plan(table, study.settings, study.codelists)
        ingested, problems, _ = ingest_table(plan, folder)
        assert len(ingested) == len(people)
        frames = (ingested, problems, *read_table(plan, folder))
        written += "".join(each.to_csv() for each in frames)
    assert not [person for person, *_ in people if person in written]
