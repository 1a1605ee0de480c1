"""Definitions are checked when the workflow is read, and name what they look at."""

from pathlib import Path

import pytest
import yaml
from scored import DEFINITIONS, LISTS, ROOT
from sepsisflow.errors import DataError
from sepsisflow.scores.definitions import (
    check_covariates,
    domains_read,
    read_definition,
    variables_read,
)


def written(folder, change):
    """The folder of a workflow whose only definition is SOFA (1996), changed."""
    content = yaml.safe_load((ROOT / "resources/definitions/sofa-1996.yaml").read_text())
    change(content)
    (folder / "resources/definitions").mkdir(parents=True)
    (folder / "resources/definitions/own.yaml").write_text(yaml.safe_dump(content))
    (folder / "workflow").mkdir()
    (folder / "workflow/schemas").symlink_to(ROOT / "workflow/schemas")
    return folder


def misspell(content):
    content["choices"]["windowh"] = content["choices"].pop("window_h")


def unknown_variable(content):
    content["components"]["liver"]["variable"] = "bilirubine"


def unknown_choice(content):
    content["choices"]["missing_component"] = "mean"


def no_choice(content):
    del content["choices"]["gcs"]


def window_of_hours(content):
    content["choices"]["clock"] = {"window": [0, 24]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (no_choice, "choices.gcs: missing; a part with 'gcs' needs it."),
        (
            window_of_hours,
            "choices.hours_before: does not apply here; remove it.\n"
            "resources/definitions/own.yaml: "
            "choices.window_h: does not apply here; remove it.",
        ),
        (misspell, "choices.windowh: unknown key; did you mean 'window_h'?"),
        (
            unknown_variable,
            "components.liver.variable: resources/codelists/variables.yaml has no 'bilirubine'.",
        ),
        (
            unknown_choice,
            "choices.missing_component: 'mean' is not allowed; valid: 'zero', "
            "'missing', 'carried', 'prorated'.",
        ),
    ],
)
def test_a_wrong_definition_stops_with_the_key_that_is_wrong(tmp_path: Path, change, message):
    with pytest.raises(DataError) as caught:
        read_definition("own", written(tmp_path, change), LISTS)
    assert str(caught.value) == f"resources/definitions/own.yaml: {message}"


def test_a_definition_names_the_variables_and_domains_that_it_looks_at():
    names = variables_read(DEFINITIONS["sofa-1996"])
    assert {"platelets", "gcs", "gcs_motor", "fio2", "urine_output", "urine_output_24h"} < set(
        names
    )
    assert "ventilator_mode" not in names
    assert domains_read(DEFINITIONS["sofa-1996"], LISTS["variables"]) == ["organ_function"]
    assert domains_read(DEFINITIONS["mimic-code"], LISTS["variables"]) == [
        "organ_function",
        "respiratory_support",
        "severity",
    ]


def test_a_study_must_declare_the_covariates_that_a_definition_needs():
    preset = DEFINITIONS["mimic-code"]
    assert check_covariates(preset, {"subject_id": {}, "hadm_id": {}}, "x") is preset
    with pytest.raises(DataError) as caught:
        check_covariates(preset, {"subject_id": {}}, "config/studies/x.yaml: scores: 'mimic-code'")
    assert str(caught.value) == (
        "config/studies/x.yaml: scores: 'mimic-code' needs the covariate 'hadm_id'; declare it "
        "under `covariates`."
    )
