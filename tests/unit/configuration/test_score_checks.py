"""What is said of scores once their definitions are read."""

import pytest
from scored import DEFINITIONS
from sepsisflow.configuration.score_checks import check_clocks
from sepsisflow.errors import DataError


@pytest.mark.parametrize("recorded", [{}, {"sofa_recorded": "sofa-1996"}])
def test_days_that_begin_with_the_origin_can_be_compared(recorded):
    check_clocks({"recorded_scores": recorded}, DEFINITIONS, "config/studies/trial.yaml")


def test_days_that_begin_elsewhere_cannot_be_compared_with_what_was_recorded():
    settings = {"recorded_scores": {"sofa_recorded": "mimic-code"}}
    with pytest.raises(DataError) as caught:
        check_clocks(settings, DEFINITIONS, "config/studies/trial.yaml")
    assert str(caught.value) == (
        "config/studies/trial.yaml: recorded_scores: sofa_recorded: the days of 'mimic-code' do "
        "not begin with the origin, so that no recorded total is of one of them. Name another "
        "definition."
    )
