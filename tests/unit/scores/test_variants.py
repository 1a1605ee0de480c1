"""Variants say what differs, and take over the rest."""

import pytest
from scored import DEFINITIONS, LISTS, ROOT, course, infusion, scored, value
from sepsisflow.configuration.schema import Problem
from sepsisflow.scores.definitions import definition_names, read_definition
from sepsisflow.scores.variants import extended, merged

FILES = {
    "a": {"title": "A", "source": "s", "version": "1", "choices": {"x": 1, "y": {"p": 1, "q": 2}}},
    "b": {"extends": "a", "title": "B", "source": "s", "version": "2", "choices": {"y": {"q": 3}}},
    "c": {"extends": "b", "title": "C", "source": "s", "version": "3", "choices": {"x": None}},
    "loop": {"extends": "loop", "title": "L", "source": "s", "version": "1"},
    "nameless": {"extends": "a", "title": "N"},
    "lost": {"extends": "aa", "title": "N"},
}


def whole(name):
    return extended(FILES[name], FILES.__getitem__, list(FILES))


def test_mappings_are_merged_and_null_leaves_out():
    content, problems = whole("b")
    assert problems == []
    assert content["choices"] == {"x": 1, "y": {"p": 1, "q": 3}}
    assert (content["title"], content["extends"]) == ("B", "a")
    assert FILES["a"]["choices"]["y"] == {"p": 1, "q": 2}


def test_a_variant_of_a_variant_takes_over_from_both():
    content, problems = whole("c")
    assert (content["choices"], problems) == ({"y": {"p": 1, "q": 3}}, [])
    assert content["extends"] == "b"


def test_lists_are_replaced():
    assert merged({"parts": [1, 2], "label": "x"}, {"parts": [3]}) == {"parts": [3], "label": "x"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("loop", "extends: 'loop' extends itself."),
        ("nameless", "source: missing; a definition that extends another one says its own."),
        ("lost", "extends: there is no definition 'aa'; did you mean 'a'?"),
    ],
)
def test_what_cannot_be_extended_is_told(name, message):
    _, problems = whole(name)
    assert isinstance(problems[0], Problem)
    assert str(problems[0]) == message


@pytest.mark.parametrize("name", definition_names(ROOT))
def test_every_definition_can_be_read(name):
    assert read_definition(name, ROOT, LISTS)["components"]


# ---- variants of SOFA (1996) ----


def test_without_the_brain_there_are_five_components():
    names = list(DEFINITIONS["sofa-1996-without-cns"]["components"])
    assert names == ["respiration", "coagulation", "liver", "cardiovascular", "renal"]
    rows = [value("gcs", 0.5, 3), value("platelets", 0.5, 40.0)]
    assert scored("sofa-1996-without-cns", rows)["hourly_totals"]["score"].tolist() == [3]
    assert scored("sofa-1996", rows)["hourly_totals"]["score"].tolist() == [7]


def test_before_sedation_the_last_score_counts_and_an_unknown_one_is_missing():
    rows = [value("gcs", 0.5, 13), value("gcs", 2.5, 3)]
    asleep = [infusion("sedation", 1, 4)]
    assert course("sofa-1996-before-sedation", "cns", rows, asleep) == [1, None, 1]
    assert course("sofa-1996-before-sedation", "cns", rows[1:], asleep) == [None] * 3
    assert course("sofa-1996", "cns", rows, asleep) == [1, None, 4]


@pytest.mark.parametrize(
    ("ratio", "expected"), [(401, 0), (400, 1), (316, 1), (315, 2), (235, 3), (151, 3), (150, 4)]
)
def test_spo2_scores_in_place_of_gases(ratio, expected):
    spo2 = 84.0
    rows = [value("spo2", 0.5, spo2), value("fio2", 0.5, spo2 / ratio), value("pao2", 0.5, 20.0)]
    assert course("sofa-1996-spo2", "respiration", rows)[0] == expected


def test_prorated_totals_are_the_mean_of_what_was_observed_times_six():
    rows = [value("platelets", 0.5, 40.0), value("bilirubin", 0.6, 1.0), value("map", 30, 80)]
    totals = scored("sofa-1996-prorated", rows)["hourly_totals"]
    assert totals["score"].iloc[0] == 9
    assert totals["n_components"].iloc[0] == 2
    assert totals["score"].iloc[28] != totals["score"].iloc[28]


def test_days_after_death_are_a_choice_of_the_definition_and_leave_the_hours_alone():
    choice = {name: DEFINITIONS[name]["choices"]["after_death"] for name in DEFINITIONS}
    assert choice["sofa-1996"] == {"rule": "missing"}
    assert choice["sofa-1996-carried-after-death"] == {"rule": "carried"}
    assert choice["sofa-1996-death-24"] == {"rule": "score", "score": 24}
    died = [{"participant_id": "a", "event": "death", "latest_h": 20.0}]
    rows = [value("platelets", 1, 40.0), value("platelets", 40, 300.0)]
    for name in ("sofa-1996", "sofa-1996-death-24"):
        days = scored(name, rows, (), died)["daily_totals"]
        assert days[["score", "n_hours"]].to_numpy().tolist() == [[3, 20]]
