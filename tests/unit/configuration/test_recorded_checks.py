"""What is said of scores once their definitions are read."""

import pytest
from scored import DEFINITIONS
from sepsisflow.configuration.recorded_checks import check_clocks
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
