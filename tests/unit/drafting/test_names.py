"""Columns and codes are recognised by name, in several languages."""

from pathlib import Path

import pytest
from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.drafting.draft import SYNONYMS
from sepsisflow.drafting.names import known_names, plain, recognise, split_unit
from sepsisflow.study import vocabularies

REPOSITORY = Path(__file__).parents[3]
CODELISTS = vocabularies(REPOSITORY)
NAMES = known_names(read_yaml(REPOSITORY / SYNONYMS, SYNONYMS), CODELISTS)


@pytest.mark.parametrize(
    ("heading", "variable"),
    [
        ("Creatinine (mg/dL)", "creatinine"),
        ("CREA", "creatinine"),
        ("Kreatinin [µmol/L]", "creatinine"),
        ("crea1", "creatinine"),
        ("WBC", "leucocytes"),
        ("Thrombozyten (G/L)", "platelets"),
        ("TNF-α (pg/mL)", "tnf_alpha"),
        ("IL-6", "il_6"),
        ("Lactate day 3", "lactate"),
        ("2160-0", "creatinine"),
        ("Lab no", None),
        ("Patient", None),
    ],
)
def test_a_heading_names_a_variable(heading, variable):
    assert recognise(heading, NAMES.variables) == variable


def test_a_unit_is_taken_from_brackets():
    assert split_unit("IL-6 (pg/mL)") == ("IL-6", "pg/mL")
    assert split_unit("PaO2 [mm[Hg]]") == ("PaO2", "mm[Hg]")
    assert split_unit("Arm (N=20) taken") == ("Arm (N=20) taken", "")


def test_no_word_stands_for_two_entries_of_a_codelist():
    synonyms = read_yaml(REPOSITORY / SYNONYMS, SYNONYMS)
    for part in ("variables", "agents"):
        assert synonyms[part].keys() <= CODELISTS[part].keys()
        words = [each for several in synonyms[part].values() for each in {*map(plain, several)}]
        assert len(words) == len(set(words)), part
    assert synonyms["events"].keys() <= CODELISTS["events"].keys()
