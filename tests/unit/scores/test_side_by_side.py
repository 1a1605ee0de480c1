"""Which definitions stand side by side, and what is said of them."""

from scored import DEFINITIONS
from sepsisflow.scores.side_by_side import side_by_side


def test_each_definition_is_described_by_its_components_and_their_most_points():
    described = side_by_side(DEFINITIONS)
    assert list(described) == list(DEFINITIONS)
    sofa = described["sofa-1996"]
    assert sofa["title"] == "SOFA (1996)"
    assert sofa["labels"]["cns"] == "Central nervous system"
    assert list(sofa["points"]) == list(sofa["labels"])
    assert set(sofa["points"].values()) == {4}


def test_one_definition_alone_is_compared_with_nothing():
    assert side_by_side({"sofa-1996": DEFINITIONS["sofa-1996"]}) == {}
    assert side_by_side({}) == {}


def test_a_definition_of_one_window_has_no_days_to_compare():
    sofa = DEFINITIONS["sofa-1996"]
    once = {**sofa, "choices": {**sofa["choices"], "clock": {"window": [-6, 24]}}}
    assert side_by_side({"sofa-1996": sofa, "once": once}) == {}
    third = side_by_side({"sofa-1996": sofa, "once": once, "mimic-code": sofa})
    assert list(third) == ["sofa-1996", "mimic-code"]
