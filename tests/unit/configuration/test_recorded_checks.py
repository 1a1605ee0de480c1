"""What is said of scores once their definitions are read."""

import pytest
from scored import DEFINITIONS, LISTS
from sepsisflow.configuration.recorded_checks import check_clocks, check_items
from sepsisflow.errors import DataError


@pytest.mark.parametrize("recorded", [{}, {"sofa_recorded": "sofa-1996"}])
def test_days_that_begin_with_the_origin_can_be_compared(recorded):
    settings = {"recorded_scores": recorded, "sofa": {"definition": "sofa-1996"}}
    check_clocks(settings, DEFINITIONS, "config/studies/trial.yaml")


def test_days_that_begin_elsewhere_cannot_be_compared_with_what_was_recorded():
    settings = {"recorded_scores": {"sofa_recorded": "mimic-code"}, "sofa": None}
    with pytest.raises(DataError) as caught:
        check_clocks(settings, DEFINITIONS, "config/studies/trial.yaml")
    assert str(caught.value) == (
        "config/studies/trial.yaml: recorded_scores: sofa_recorded: the days of 'mimic-code' do "
        "not begin with the origin, so that no recorded total is of one of them. Name another "
        "definition."
    )


def test_a_score_of_one_window_has_no_course():
    settings = {"recorded_scores": {}, "sofa": {"definition": "mimic-code-first-day"}}
    with pytest.raises(DataError) as caught:
        check_clocks(settings, DEFINITIONS, "config/studies/trial.yaml")
    assert str(caught.value) == (
        "config/studies/trial.yaml: sofa: definition: 'mimic-code-first-day' scores one window of "
        "time and no days. Name another definition."
    )


@pytest.mark.parametrize("name", ["sofa-1996", "sofa-1996-si", "sofa-1996-death-24"])
def test_a_definition_with_the_components_of_the_form_can_be_compared(name):
    settings = {"recorded_scores": {"sofa_recorded": name}}
    check_items(settings, DEFINITIONS, LISTS["variables"], "config/studies/trial.yaml")


@pytest.mark.parametrize(
    ("name", "differ"),
    [
        ("sofa-1996-without-cns", "'cns'"),
        (
            "sofa-2",
            "'brain', 'cns', 'coagulation', 'hemostasis', 'kidney', 'renal', 'respiration', "
            "'respiratory'",
        ),
    ],
)
def test_a_definition_with_other_components_than_the_form_is_refused(name, differ):
    settings = {"recorded_scores": {"sofa_recorded": name}}
    with pytest.raises(DataError) as caught:
        check_items(settings, DEFINITIONS, LISTS["variables"], "config/studies/trial.yaml")
    assert str(caught.value) == (
        f"config/studies/trial.yaml: recorded_scores: sofa_recorded: its items and the components "
        f"of '{name}' differ in {differ}, so that the two totals are of different things. Name a "
        "definition with the components of the form."
    )


def test_an_item_that_is_no_component_is_named_itself():
    variables = {
        **LISTS["variables"],
        "own": {"sum_of": [*LISTS["variables"]["sofa_recorded"]["sum_of"], "lactate"]},
    }
    settings = {"recorded_scores": {"own": "sofa-1996"}}
    with pytest.raises(DataError, match="differ in 'lactate', so that"):
        check_items(settings, DEFINITIONS, variables, "config/studies/trial.yaml")
