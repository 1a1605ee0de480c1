"""Which definitions stand side by side, and what is said of them."""

from scored import DEFINITIONS
from sepsisflow.scores.side_by_side import component_labels, sepsis_side_by_side, side_by_side


def test_each_definition_is_described_by_its_components_and_their_most_points():
    described = side_by_side(DEFINITIONS)
    assert list(described) == list(DEFINITIONS)
    sofa = described["sofa-1996"]
    assert sofa["title"] == "SOFA (1996)"
    assert sofa["sepsis_3"]
    assert sofa["labels"]["cns"] == "Central nervous system"
    assert list(sofa["points"]) == list(sofa["labels"])
    assert set(sofa["points"].values()) == {4}


def test_one_definition_alone_is_compared_with_nothing():
    assert side_by_side({"sofa-1996": DEFINITIONS["sofa-1996"]}) == {}
    assert side_by_side({}) == {}


def test_components_of_sofa_2_are_set_beside_those_of_1996():
    described = side_by_side(DEFINITIONS)
    one, other = (described[name] for name in ("sofa-1996", "sofa-2"))
    assert set(one["points"]) == set(other["points"])
    assert other["organs"]["brain"] == "cns"
    assert other["labels"]["cns"] == "Brain"
    assert not other["sepsis_3"]


def test_a_definition_of_one_window_has_no_days():
    steps = {name: each["step"] for name, each in side_by_side(DEFINITIONS).items()}
    assert steps["sofa-1996"] == "daily"
    assert steps["mimic-code-first-day"] == "window"


def test_a_component_is_called_as_the_first_definition_calls_it():
    described = {"one": {"labels": {"cns": "Brain"}}, "two": {"labels": {"liver": "L", "cns": "C"}}}
    assert component_labels(described) == {"cns": "Brain", "liver": "L"}


def test_a_rise_of_another_score_is_not_sepsis_3():
    other = {**DEFINITIONS["sofa-1996"], "family": "sofa-2"}
    described = side_by_side({"sofa-1996": DEFINITIONS["sofa-1996"], "sofa-2": other})
    assert [each["sepsis_3"] for each in described.values()] == [True, False]


def test_only_the_whole_sofa_of_1996_is_of_sepsis_3():
    named = {name for name, each in side_by_side(DEFINITIONS).items() if each["sepsis_3"]}
    assert named == {
        "mimic-code",
        "mimic-code-first-day",
        "sofa-1996",
        "sofa-1996-before-sedation",
        "sofa-1996-carried-after-death",
        "sofa-1996-pao2-from-spo2",
        "sofa-1996-prorated",
        "sofa-1996-si",
        "sofa-1996-spo2",
    }
    sofa = DEFINITIONS["sofa-1996"]
    fewer = {key: each for key, each in sofa["components"].items() if key != "liver"}
    described = side_by_side({"whole": sofa, "part": {**sofa, "components": fewer}})
    assert [each["sepsis_3"] for each in described.values()] == [True, False]


def test_definitions_of_sepsis_are_shown_with_their_score_and_those_of_shock_are_not():
    scores = side_by_side(DEFINITIONS)
    sepsis = {
        "sepsis-3": {"title": "T", "label": "L", "dysfunction": {"score": "sofa-1996"}},
        "unscored": {"title": "T", "label": "L", "dysfunction": {"score": "first-day"}},
        "septic-shock": {"label": "Septic shock", "sepsis": "sepsis-3", "shock": {}},
    }
    assert sepsis_side_by_side(sepsis, scores) == {
        "sepsis-3": {"title": "T", "label": "L", "score": "sofa-1996"}
    }
