"""The definition of APACHE II and what the study file adds: read, checked, converted."""

import shutil

import pytest
from apache_example import DEFINITION, ROOT, VARIABLES
from sepsisflow.errors import DataError
from sepsisflow.scores.apache_ii_settings import apache_ii_settings, read_definition, tables_read


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "rounding: half_up",
            "rounding: half_down",
            "choices.rounding: 'half_down' is not allowed; did you mean 'half_up'?",
        ),
        (
            "variable: sodium",
            "variable: sodum",
            "components: there is no variable 'sodum'; did you mean 'sodium'?",
        ),
        (
            "unit: mg/dL",
            "unit: mg",
            "components.creatinine.unit: 'mg' is not a unit of 'creatinine'; did you mean 'mg/L'?",
        ),
    ],
)
def test_a_definition_that_cannot_be_is_refused_in_words(tmp_path, old, new, message):
    for folder in ("resources/definitions", "workflow/schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / "resources/definitions/apache-ii.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_definition("apache-ii", tmp_path, VARIABLES)
    assert str(error.value) == f"resources/definitions/apache-ii.yaml: {message}"


@pytest.mark.parametrize(
    ("value", "unit", "mmhg"), [(670, "mm[Hg]", 670), (1013.25, "hPa", 760), (101.325, "kPa", 760)]
)
def test_the_barometric_pressure_may_be_in_any_unit(value, unit, mmhg):
    block = {
        "definition": "apache-ii",
        "barometric_pressure": {"value": value, "unit": unit},
        "starts_at": "origin",
        "recorded": None,
    }
    settings = apache_ii_settings(block, DEFINITION, VARIABLES)
    assert settings["pressure"] == pytest.approx(mmhg, abs=1e-3)


def test_only_tables_of_the_domains_it_reads_are_read():
    block = {
        "definition": "apache-ii",
        "barometric_pressure": {"value": 760, "unit": "mm[Hg]"},
        "starts_at": "origin",
        "recorded": "apache_ii_recorded",
    }
    settings = apache_ii_settings(block, DEFINITION, VARIABLES)
    tables = ["participants", "measurements/severity", "measurements/biomarkers", "measurements/x"]
    assert tables_read(settings, tables) == ["measurements/severity"]
    with pytest.raises(DataError) as error:
        tables_read(settings, ["participants", "measurements/biomarkers"])
    assert str(error.value) == (
        "apache_ii: no source of the study fills measurements that the score reads. Map some, or "
        "remove `apache_ii` from the study file."
    )
