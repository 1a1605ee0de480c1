"""Definitions of sepsis are checked when the workflow is read, their labels among them."""

import pytest
import yaml
from infected import NAMES, SEPSIS
from scored import DEFINITIONS, LISTS, ROOT
from sepsisflow.errors import DataError
from sepsisflow.scores.definitions import SEPSIS as LISTED
from sepsisflow.scores.definitions import definition_names
from sepsisflow.scores.sepsis_definitions import read_sepsis, scores_read, variables_of_shock

BASES = [name for name in NAMES if name not in ("sepsis-1", "sofa-2-rise")]


def read(folder, name, change, *, scores=DEFINITIONS, names=None, covariates=None):
    """Read definitions of a folder, one of them changed."""
    (folder / "resources/definitions").mkdir(parents=True)
    for each in NAMES:
        content = yaml.safe_load((ROOT / f"resources/definitions/{each}.yaml").read_text())
        if each == name:
            change(content)
        (folder / f"resources/definitions/{each}.yaml").write_text(yaml.safe_dump(content))
    (folder / "workflow").mkdir()
    (folder / "workflow/schemas").symlink_to(ROOT / "workflow/schemas")
    return read_sepsis(
        names or BASES,
        folder,
        scores=scores,
        codelists=LISTS,
        study={"covariates": covariates or {}},
        where="config/studies/x.yaml",
    )


def refused(*args, **more):
    with pytest.raises(DataError) as caught:
        read(*args, **more)
    return str(caught.value)


def change(block, key, value):
    return lambda content: content[block].__setitem__(key, value)


def nothing(_content):
    pass


def test_all_definitions_of_sepsis_are_listed_and_none_is_an_hourly_score():
    assert list(LISTED) == NAMES
    assert not set(LISTED) & set(definition_names(ROOT))


@pytest.mark.parametrize(
    ("name", "block", "key", "value", "message"),
    [
        (
            "sepsis-3",
            "infection",
            "suspected_at",
            "both",
            "infection.suspected_at: 'both' is not allowed; valid: 'first_of_both', 'antibiotic', "
            "'culture'.",
        ),
        (
            "sepsis-3",
            "dysfunction",
            "rises",
            2,
            "dysfunction.rises: unknown key; did you mean 'rises_by' or 'cases'?",
        ),
        (
            "septic-shock",
            "shock",
            "vasopressors",
            ["noradrenaline"],
            "shock.vasopressors[1]: resources/codelists/agents.yaml has no 'noradrenaline'.",
        ),
        (
            "septic-shock",
            "shock",
            "salts",
            {"norepinephrine": ["norepinephrine_tartrate"]},
            "shock.salts.norepinephrine: resources/codelists/agents.yaml has no "
            "'norepinephrine_tartrate'.",
        ),
        (
            "septic-shock",
            "shock",
            "lactate",
            {"variable": "lactat", "above": 2, "unit": "mmol/L"},
            "shock.lactate.variable: resources/codelists/variables.yaml has no 'lactat'.",
        ),
        (
            "septic-shock",
            "shock",
            "lactate",
            {"variable": "lactate", "above": 2, "unit": "mmHg"},
            "shock.lactate.unit: 'mmHg' is not a unit of 'lactate'.",
        ),
        (
            "septic-shock",
            "shock",
            "mean_pressure",
            {"at_least": 70, "unit": "mm[Hg]", "taken_as": "vasopressor_runs"},
            "shock.mean_pressure.at_least: '70' is not allowed; valid: '65'.",
        ),
        (
            "septic-shock",
            "shock",
            "mean_pressure",
            {"at_least": 65, "unit": "kPa", "taken_as": "vasopressor_runs"},
            "shock.mean_pressure.unit: 'kPa' is not allowed; valid: 'mm[Hg]'.",
        ),
    ],
)
def test_a_wrong_definition_stops_with_the_key_that_is_wrong(
    tmp_path, name, block, key, value, message
):
    wrong = refused(tmp_path, name, change(block, key, value))
    assert wrong == f"resources/definitions/{name}.yaml: {message}"


def test_a_definition_is_of_sepsis_or_of_shock(tmp_path):
    both = change("dysfunction", "score", "sofa-1996")

    def and_shock(content):
        both(content)
        content["shock"] = SEPSIS["septic-shock"]["shock"]

    assert "resources/definitions/sepsis-3.yaml" in refused(tmp_path, "sepsis-3", and_shock)


def test_a_variant_is_checked_with_all_that_it_takes_over(tmp_path):
    other = change("infection", "suspected_at", "antibiotic")
    found = read(tmp_path, "sepsis-3", other, names=["sofa-2-rise"])
    assert found["sofa-2-rise"]["infection"]["suspected_at"] == "antibiotic"
    assert found["sofa-2-rise"]["dysfunction"]["score"] == "sofa-2"


def test_a_variant_must_name_a_definition_of_sepsis(tmp_path):
    def other(content):
        content["extends"] = "sofa-2"

    assert refused(tmp_path, "sofa-2-rise", other, names=["sofa-2-rise"]) == (
        "resources/definitions/sofa-2-rise.yaml: extends: there is no definition 'sofa-2'; did you "
        "mean 'sofa-2-rise'?"
    )


def test_the_study_must_score_by_what_the_definition_looks_at(tmp_path):
    scores = {"sofa-1996": DEFINITIONS["sofa-1996"]}
    names = ["sepsis-3", "mimic-code-sepsis-3"]
    assert refused(tmp_path, "sepsis-3", nothing, scores=scores, names=names) == (
        "config/studies/x.yaml: sepsis: 'mimic-code-sepsis-3' needs the score 'mimic-code'; add it "
        "under `scores`."
    )


def test_septic_shock_needs_its_sepsis(tmp_path):
    assert refused(tmp_path, "sepsis-3", nothing, names=["septic-shock"]) == (
        "config/studies/x.yaml: sepsis: 'septic-shock' needs 'sepsis-3'; add it."
    )


def test_a_known_baseline_is_a_number_among_the_covariates(tmp_path):
    known = change("dysfunction", "known_baseline", "chronic_sofa")
    message = (
        "config/studies/x.yaml: sepsis: 'sepsis-3' needs the covariate 'chronic_sofa', a number; "
        "declare it under `covariates`."
    )
    assert refused(tmp_path / "none", "sepsis-3", known) == message
    text = {"chronic_sofa": {"type": "text"}}
    assert refused(tmp_path / "text", "sepsis-3", known, covariates=text) == message
    number = {"chronic_sofa": {"type": "number"}}
    assert read(tmp_path / "number", "sepsis-3", known, covariates=number)


# Another score than SOFA of 1996, such as SOFA-2.
OTHER = {**DEFINITIONS, "sofa-1996": {**DEFINITIONS["sofa-1996"], "family": "sofa-2"}}


@pytest.mark.parametrize("name", ["sepsis-3", "septic-shock"])
def test_a_rise_of_another_score_must_not_be_called_sepsis_3(tmp_path, name):
    def relabel(content):
        content["label"] = "SOFA-2 rise, not Sepsis-3"

    other = "septic-shock" if name == "sepsis-3" else "sepsis-3"
    assert refused(tmp_path, other, relabel, scores=OTHER) == (
        f"resources/definitions/{name}.yaml: label: the score 'sofa-1996' is not SOFA of 1996 "
        "whole (its `family`, six components, no points for death), so these cases are not "
        "Sepsis-3; say 'not Sepsis-3' in the label."
    )


@pytest.mark.parametrize("variant", ["sofa-1996-without-cns", "sofa-1996-death-24"])
def test_a_rise_of_a_part_of_sofa_must_not_be_called_sepsis_3(tmp_path, variant):
    def rescore(content):
        content["dysfunction"]["score"] = variant

    said = refused(tmp_path, "sepsis-3", rescore, scores=DEFINITIONS)
    assert f"the score '{variant}' is not SOFA of 1996 whole" in said


def test_a_rise_of_another_score_that_says_so_is_read(tmp_path):
    def relabel(content):
        content["label"] = "SOFA-2 rise, not Sepsis-3"

    names = ["sepsis-3", "mimic-code-sepsis-3"]
    found = read(tmp_path, "sepsis-3", relabel, scores=OTHER, names=names)
    assert found["sepsis-3"]["label"] == "SOFA-2 rise, not Sepsis-3"


def test_only_rises_of_sofa_of_1996_are_called_sepsis_3():
    rises = {name: each for name, each in SEPSIS.items() if "dysfunction" in each}
    assert {name: each["label"] for name, each in rises.items()} == {
        "mimic-code-sepsis-3": "Sepsis-3",
        "sepsis-1": "Sepsis by SIRS, not Sepsis-3",
        "sepsis-3": "Sepsis-3",
        "sofa-2-rise": "SOFA-2 rise, not Sepsis-3",
    }
    families = {
        name: DEFINITIONS[each["dysfunction"]["score"]]["family"] for name, each in rises.items()
    }
    assert families == {
        "mimic-code-sepsis-3": "sofa-1996",
        "sepsis-1": "sirs",
        "sepsis-3": "sofa-1996",
        "sofa-2-rise": "sofa-2",
    }
    # But for the score, and what it is called, the two are chosen alike.
    same = {**rises["sofa-2-rise"]["dysfunction"], "score": "sofa-1996"}
    assert same == rises["sepsis-3"]["dysfunction"]
    assert rises["sofa-2-rise"]["infection"] == rises["sepsis-3"]["infection"]


def test_a_score_of_one_window_does_not_rise(tmp_path):
    once = change("dysfunction", "score", "mimic-code-first-day")
    assert refused(tmp_path, "sepsis-3", once) == (
        "config/studies/x.yaml: sepsis: 'sepsis-3' needs a score of every hour; "
        "'mimic-code-first-day' is one of a window."
    )


def test_scores_and_variables_that_are_read_are_known():
    assert scores_read(SEPSIS) == ["mimic-code", "sirs", "sofa-1996", "sofa-2"]
    assert variables_of_shock(SEPSIS) == ["lactate"]
