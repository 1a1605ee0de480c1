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


def part(*changes, without=()):
    """A change of the liver's part."""

    def change(content):
        liver = content["components"]["liver"]
        kept = {key: each for key, each in liver.items() if key not in ("label", *without)}
        parts = [{**kept, **each} for each in changes]
        content["components"]["liver"] = {"label": "Liver", "parts": parts}

    return change


def choice(name, **change):
    """A change of a choice."""

    def changed(content):
        content["choices"][name] = {**content["choices"][name], **change}

    return changed


UREA = {"variable": "urea", "unit": "mg/dL", "above": 1}
NO_UREA = "resources/codelists/variables.yaml has no 'urea'."
NO_DRUG = "resources/codelists/agents.yaml has no 'drug'."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (part({"given": ["drug"]}, without=["variable"]), f"components.liver.given: {NO_DRUG}"),
        (part({"sum_of": ["drug"]}, without=["variable"]), f"components.liver.sum_of: {NO_DRUG}"),
        (part({"with_none": ["drug"]}), f"components.liver.with_none: {NO_DRUG}"),
        (
            part({"criteria": {"all": [{"any": [UREA]}]}}, without=["variable"]),
            f"components.liver.variable: {NO_UREA}",
        ),
        (
            part({"derived": "urine_rate"}, without=["variable"]),
            "components.liver.parts[1].over_h: missing; this key is required.",
        ),
        (
            part({}, without=["unit"]),
            "components.liver.parts[1].unit: missing; this key is required.",
        ),
        (
            part({"given": ["norepinephrine"]}),
            "components.liver.parts[1]: give exactly one of 'variable', 'agent', 'derived', "
            "'sum_of', 'given', 'criteria'.",
        ),
        (choice("support", counts=["drug"]), f"choices.support.counts: {NO_DRUG}"),
        (choice("support", flags=["urea"]), f"choices.support.flags: {NO_UREA}"),
        (choice("gcs", sedation_agents=["drug"]), f"choices.gcs.sedation_agents: {NO_DRUG}"),
        (choice("gcs", sedated_variable="urea"), f"choices.gcs.sedated_variable: {NO_UREA}"),
        (
            choice("vasopressors", salts={"norepinephrine": {"drug": 2}}),
            f"choices.vasopressors.salts: {NO_DRUG}",
        ),
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
