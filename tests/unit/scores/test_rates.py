"""Versions of rates over time are checked when the workflow is read."""

from types import SimpleNamespace

import pytest
import yaml
from scored import LISTS, ROOT
from sepsisflow.errors import DataError
from sepsisflow.scores.rates import (
    EQUIVALENTS,
    FILES,
    URINE,
    agents_of_equivalents,
    check_filled,
    chosen_versions,
    read_versions,
    variables_of_urine,
)
from study_example import changed, loaded


def wanting(key, *names):
    """A study that wants these versions."""
    file = "config/studies/x.yaml"
    return SimpleNamespace(file=file, settings={key: list(names)}, codelists=LISTS)


def written(folder, key, change):
    """The folder of a workflow whose versions are changed."""
    file = f"resources/definitions/{FILES[key]}.yaml"
    content = yaml.safe_load((ROOT / file).read_text())
    change(content["versions"])
    (folder / "resources/definitions").mkdir(parents=True)
    (folder / file).write_text(yaml.safe_dump(content))
    (folder / "workflow").mkdir()
    (folder / "workflow/schemas").symlink_to(ROOT / "workflow/schemas")
    return folder


def test_factors_are_by_the_unit_of_the_codelist():
    versions = read_versions(EQUIVALENTS, ROOT, LISTS)
    # 0.01 ug/kg/min of angiotensin II, as 0.1 of norepinephrine; the codelist has ng/kg/min.
    assert versions["goradia-2020"]["factors"]["angiotensin_ii"] * 10 == pytest.approx(0.1)
    assert versions["kotani-2023"]["factors"]["angiotensin_ii"] == 0.0025
    assert versions["goradia-2020"]["factors"]["vasopressin"] * 0.04 == pytest.approx(0.1)


def test_versions_name_what_they_look_at():
    versions = chosen_versions(EQUIVALENTS, wanting(EQUIVALENTS, "mimic-code"), ROOT)
    assert agents_of_equivalents(versions)[-2:] == ["dobutamine", "milrinone"]
    urine = chosen_versions(URINE, wanting(URINE, "kdigo-2012", "mimic-code"), ROOT)
    assert variables_of_urine(urine)[3:] == ["heart_rate", "weight_admission", "weight"]
    assert variables_of_urine({}) == ["urine_output", "bladder_irrigant_in", "bladder_irrigant_out"]


def test_a_version_that_does_not_exist_stops_with_the_nearest_name():
    with pytest.raises(DataError) as caught:
        chosen_versions(EQUIVALENTS, wanting(EQUIVALENTS, "mimic-code", "goradia-2021"), ROOT)
    assert str(caught.value) == (
        "config/studies/x.yaml: norepinephrine_equivalents[2]: there is no version 'goradia-2021'; "
        "did you mean 'goradia-2020' or 'kotani-2023'?"
    )


def filled(folder, *changes):
    """Versions of a study of files, as far as their sources go."""
    study = loaded(folder, changed(*changes))
    for key in (URINE, EQUIVALENTS):
        check_filled(chosen_versions(key, study, ROOT), key, study)


def test_versions_of_what_no_source_fills_stop_by_name(tmp_path):
    wanted = "urine_output: [kdigo-2012, mimic-code]\nsofa:\n"
    with pytest.raises(DataError) as caught:
        filled(
            tmp_path,
            ("sofa:\n", wanted),
            ('          weight_kg: {column: Weight, unit: kg, declared_missing: ["0"]}\n', ""),
        )
    assert str(caught.value) == (
        "config/studies/x.yaml: urine_output[1]: no source fills measurements with "
        "'urine_output', which 'kdigo-2012' needs.\n"
        "config/studies/x.yaml: urine_output[1]: no source fills participants with "
        "'weight_kg', which 'kdigo-2012' needs.\n"
        "config/studies/x.yaml: urine_output[2]: no source fills measurements with "
        "'urine_output', which 'mimic-code' needs.\n"
        "config/studies/x.yaml: urine_output[2]: no source fills measurements with "
        "'heart_rate', which 'mimic-code' needs.\n"
        "config/studies/x.yaml: urine_output[2]: no source fills measurements with "
        "'weight_admission' or 'weight', which 'mimic-code' needs."
    )


def test_equivalents_need_one_of_their_agents(tmp_path):
    wanted = ("sofa:\n", "norepinephrine_equivalents: [khanna-2017]\nsofa:\n")
    with pytest.raises(DataError) as caught:
        filled(tmp_path, wanted)
    assert str(caught.value) == (
        "config/studies/x.yaml: norepinephrine_equivalents[1]: no source fills interventions "
        "with 'norepinephrine' or 'epinephrine' or 'phenylephrine' or 'dopamine' or 'vasopressin', "
        "which 'khanna-2017' needs."
    )


def test_versions_of_what_a_source_fills_are_taken(tmp_path):
    filled(
        tmp_path,
        (
            "sofa:\n",
            "norepinephrine_equivalents: [khanna-2017]\nurine_output: [kdigo-2012]\nsofa:\n",
        ),
        ("          il_6", "          urine_output: {column: U, unit: mL}\n          il_6"),
        ("first_dose_of: msc", "first_dose_of: dopamine"),
        ("constant: msc}", "constant: dopamine}"),
        ("unit: 10*6", "unit: ug/kg/min"),
    )


def unknown_agent(versions):
    versions["kotani-2023"]["also_cut_by"] = ["midodrine"]


def unknown_salt(versions):
    versions["kotani-2023"]["salts"] = {"norepinephrine": {"norepinephrine_tartrate": 2}}


def other_unit(versions):
    versions["kotani-2023"]["factors"]["metaraminol"]["unit"] = "mg/h"


def no_choice(versions):
    del versions["kotani-2023"]["at_once"]


def no_weight(versions):
    versions["kdigo-2012"]["weight"]["from"] = "charted"


def test_a_unit_of_all_versions_changes_nothing_and_is_refused(tmp_path):
    folder = written(tmp_path, URINE, lambda versions: None)
    file = folder / "resources/definitions/urine-output.yaml"
    file.write_text(f"unit: mL/h\n{file.read_text()}")
    with pytest.raises(DataError) as caught:
        read_versions(URINE, folder, LISTS)
    assert str(caught.value) == (
        "resources/definitions/urine-output.yaml: unit: unknown key; valid: 'title', 'versions'."
    )


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        (
            EQUIVALENTS,
            unknown_agent,
            "versions['kotani-2023']: resources/codelists/agents.yaml has no 'midodrine'.",
        ),
        (
            EQUIVALENTS,
            unknown_salt,
            "versions['kotani-2023']: resources/codelists/agents.yaml has no "
            "'norepinephrine_tartrate'.",
        ),
        (
            EQUIVALENTS,
            other_unit,
            "versions['kotani-2023'].factors.metaraminol.unit: 'mg/h' is not a unit of "
            "'metaraminol'; did you mean 'mg/kg/h'?",
        ),
        (
            EQUIVALENTS,
            no_choice,
            "versions['kotani-2023'].factors: needs 'at_once' beside it.",
        ),
        (
            URINE,
            no_weight,
            "versions['kdigo-2012'].weight.admission: missing; this key is required.",
        ),
    ],
)
def test_a_wrong_version_stops_with_the_key_that_is_wrong(tmp_path, key, change, message):
    with pytest.raises(DataError) as caught:
        read_versions(key, written(tmp_path, key, change), LISTS)
    assert str(caught.value) == f"resources/definitions/{FILES[key]}.yaml: {message}"
