"""Which columns of a raw file look as if they told who a person is."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_sources import filled
from sepsisflow.readers.head import first_rows
from sepsisflow.readers.suspects import (
    ADDRESSES,
    BIRTHS,
    MAIL,
    NAMES,
    NATIONAL,
    PHONES,
    RECORDS,
    is_national_number,
    suspects,
    words,
)

PEOPLE_NAMES = ["Alice Cornel", "Jaida Wojdyla", "Ayşe Öz", "Иван Петров", "Zoë", "Li"]


def seen(name, cells, *, people=(), mapped=(), beside=None):
    """What one column is taken for, alone or beside others."""
    columns = {name: cells, **(beside or {})}
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return suspects(list(columns), rows, people=set(people), mapped=set(mapped)).get(name)


@pytest.mark.parametrize(
    ("name", "cells", "what"),
    [
        ("name_last", PEOPLE_NAMES, NAMES),
        ("Patient Name", PEOPLE_NAMES, NAMES),
        ("Soyad\N{LATIN SMALL LETTER DOTLESS I}", PEOPLE_NAMES, NAMES),
        ("HASTA ADI", PEOPLE_NAMES, NAMES),
        ("Nachname", PEOPLE_NAMES, NAMES),
        ("Prénom", PEOPLE_NAMES, NAMES),
        ("Apellidos", PEOPLE_NAMES, NAMES),
        ("Cognome", PEOPLE_NAMES, NAMES),
        ("Фамилия", PEOPLE_NAMES, NAMES),
        ("Name", PEOPLE_NAMES, NAMES),
        ("doğumTarihi", ["13.05.1991", "14.10.1931"], BIRTHS),
        ("Date de naissance", ["13/05/1991", "14/10/1931"], BIRTHS),
        ("dob", [date(1991, 5, 13), datetime(1931, 10, 14)], BIRTHS),
        ("Geb.-Datum", ["13.05.91", "14.10.31"], BIRTHS),
        ("Дата рождения", ["13.05.1991"], BIRTHS),
        ("phone", ["3364812635", "5233183616"], PHONES),
        ("phone", [3364812635.0, 5233183616], PHONES),
        ("Téléphone", ["01 23 45 67 89"], PHONES),
        ("Cep tel", ["0532 123 45 67"], PHONES),
        ("Dirección", ["Calle Mayor 5", "Av. 3"], ADDRESSES),
        ("Straße", ["Hauptstr. 5", "Am Markt 3"], ADDRESSES),
        ("ZIP", ["73104", "73105"], ADDRESSES),
        ("e-mail", ["a@b.org", "c@d.org"], MAIL),
        ("MRN", ["0012345", "0012346"], RECORDS),
        ("Dosya No", ["12345", "2346"], RECORDS),
        ("TC Kimlik No", ["10000000146", "12345678902"], NATIONAL),
        ("SSN", ["078051120", "219099999"], NATIONAL),
        ("Insurance number", ["A078051120", "B219099999"], NATIONAL),
    ],
)
def test_a_column_is_known_by_its_name_in_seven_languages(name, cells, what):
    assert seen(name, cells) == what


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (["see notes", "write to jane.doe@example.org", ""], MAIL),
        (["(405) 321-1111", "(405) 321-2222"], PHONES),
        (["405-321-1111"], PHONES),
        (["+90 532 123 45 67", "+49 30 1234567"], PHONES),
        (["078-05-1120"], NATIONAL),
        (["12345678Z", "X1234567L"], NATIONAL),
        (["10000000146", "19191919190", "76558242278"], NATIONAL),
    ],
)
def test_a_column_of_any_name_is_known_by_its_cells(cells, what):
    assert seen("x1", cells) == what


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("mobile", ["0", "1", "1"]),
        ("given_birth", ["yes", "no"]),
        ("birth weight", ["3.4", "2.9"]),
        ("mail_sent", ["yes", "no"]),
        ("MAP", ["65", "70"]),
        ("zip", ["", ""]),
        ("Name", ["CRP", "IL-6", "CRP", "IL-6", "CRP"]),
        ("ad", ["0", "1"]),
        ("redcap_event_name", ["enrolment_arm_1", "dose_1_arm_1"]),
        ("DNI", ["0", "1"]),
        ("nir", ["65.5", "70.2"]),
        ("x1", ["2022-03-16 14:35", "2022-03-17 08:00"]),
        ("USUBJID", ["01-701-1015", "01-701-1023"]),
        ("ndc", ["00338004904", "63323026201"]),
        ("hadm_id", ["22595853", "22841357"]),
        ("dose", ["120-80", "130-85"]),
        ("value", ["10000000147", "12345678901"]),
    ],
)
def test_what_only_resembles_an_identifier_is_left_alone(name, cells):
    assert seen(name, cells) is None


def test_the_participants_identifier_is_not_accused_of_being_one():
    numbers = ["0012345", "0012346"]
    assert seen("MRN", numbers, people=["MRN"], mapped=["MRN"]) is None
    assert seen("TC", ["10000000146"] * 3, people=["TC"], mapped=["TC"]) == NATIONAL


VISITS = [f"{2018 + at % 2}-02-0{at % 9 + 1}" for at in range(20)]


def test_unmapped_dates_years_before_all_others_are_dates_of_birth():
    births = [f"{1935 + 3 * at}-05-0{at % 9 + 1}" for at in range(20)]
    assert seen("d1", births, beside={"visit": VISITS}) == BIRTHS
    assert seen("d1", births, mapped=["d1"], beside={"visit": VISITS}) is None
    assert seen("d1", births) is None
    assert seen("d1", births[:9], beside={"visit": VISITS[:9]}) is None


def test_dates_of_diagnosis_within_a_decade_are_no_dates_of_birth():
    diagnoses = [f"{2008 + at % 10}-05-0{at % 9 + 1}" for at in range(20)]
    assert seen("d1", diagnoses, beside={"visit": VISITS}) is None


def test_words_of_a_name_are_without_case_accents_and_digits():
    assert words("doğumTarihi_1") == ["dogum", "tarihi"]
    assert words("TELEPHONE 2") == ["telephone"]
    assert words("Адрес") == words("АДРЕС")


@given(st.integers(1, 9), st.lists(st.integers(0, 9), min_size=8, max_size=8), st.integers(1, 9))
def test_a_turkish_number_with_one_wrong_digit_is_none(first, rest, shift):
    digits = [first, *rest]
    digits.append((7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10)
    digits.append(sum(digits) % 10)
    assert is_national_number("".join(map(str, digits)))
    digits[10] = (digits[10] + shift) % 10
    assert not is_national_number("".join(map(str, digits)))


@given(st.lists(st.lists(st.text(max_size=20), max_size=4), max_size=12))
def test_no_cells_are_too_odd_to_be_looked_at(rows):
    header = ["name", "phone", "d", "tel"]
    found = suspects(header, rows, people=set(), mapped=set())
    assert found.keys() <= set(header)


# ---- real files ----


def seen_in(folder: Path, file: str, **source) -> dict[str, str]:
    given = {"file": file, "format": "csv", "maps": [], **source}
    rows = first_rows(folder, filled({"it": given})["it"], 1000)
    return suspects(*rows, people=set(), mapped=set())


PROJECTS = {
    "checkboxes-1": set(),
    "clinical-trial-1": {"name_last", "name_first", "address", "phone", "dob", "email"},
    "decimal-comma": {"name"},
    "longitudinal": {"first_name", "last_name", "telephone_1", "email", "dob"},
    "potentially-problematic-values": set(),
    "repeating-instruments": {"first_name", "dob"},
    "repeating-instruments-sparse": {"first_name", "dob"},
    "russian": set(),
    "simple": {"name_first", "name_last", "address", "telephone", "email", "dob"},
    "validation-types-1": set(),
}


@pytest.mark.parametrize(("project", "columns"), PROJECTS.items())
def test_the_invented_persons_of_redcap_projects_are_found(reference, project, columns):
    assert seen_in(reference(f"data/redcap-projects/{project}"), "data.csv").keys() == columns


def test_published_data_without_identifiers_raise_no_alarm(reference):
    assert seen_in(reference("data/rhc"), "rhc.csv") == {}
    sample = reference("data/challenge-2019-sample")
    archive = "training_setB_first1000.tar.gz"
    assert seen_in(sample, archive, members="*.psv", delimiter="|", member_column="id") == {}
    database = reference("data/mimic-iv-demo")
    files = sorted(database.glob("*/*.csv.gz"))
    assert len(files) > 20
    assert {path.name: seen_in(path.parent, path.name) for path in files} == {
        path.name: {} for path in files
    }
