"""Both sides of every threshold, by a transcription of its own, scored from raw rows.

The tables in golden/ were written from the publications without a look at resources/definitions, so
that a threshold which is wrong in either disagrees with the other.
"""

import pytest
from golden import Case, cases, points_of
from scored import DEFINITIONS, course, infusion, value
from sepsisflow.scores.bands import LIMITS
from sepsisflow.scores.definitions import leaves_of

TABLES = ("sofa-1996", "sofa-2", "si_units", "sirs", "qsofa")
CASES = tuple(case for name in TABLES for case in cases(f"{name}.csv"))
DEFINED = sorted({case.definition for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sides_of_a_threshold_score_as_published(case):
    assert points_of(CASES)[case] == case.points


# Values in umol/L at both sides of a threshold in mg/dL; 1 mg/dL of creatinine is 88.4 umol/L, of
# bilirubin 17.1. The printed columns in umol/L put some of them (of creatinine 107, 172 and 442, of
# bilirubin 20.6 and 205) into another class.
IN_MICROMOLES = {
    ("sofa-1996", "renal", "creatinine"): [
        (106, 0), (107, 1), (109, 1), (110, 1), (172, 1), (176, 1), (177, 2), (309, 2), (310, 3),
        (442, 3), (443, 4),
    ],
    ("sofa-1996", "liver", "bilirubin"): [
        (20, 0), (21, 1), (34, 1), (35, 2), (102, 2), (103, 3), (205, 3), (206, 4),
    ],
    ("sofa-2", "kidney", "creatinine"): [
        (106, 0), (107, 1), (110, 1), (170, 1), (176, 1), (177, 2), (300, 2), (309, 2), (310, 3),
    ],
    ("sofa-2", "liver", "bilirubin"): [
        (20.5, 0), (20.6, 1), (51.3, 1), (51.4, 2), (102.6, 2), (102.7, 3), (205, 3), (206, 4),
    ],
}  # fmt: skip
REPORTED = tuple(
    Case(*key, "umol/L", number, "", points)
    for key, pairs in IN_MICROMOLES.items()
    for number, points in pairs
)


@pytest.mark.parametrize("case", REPORTED, ids=lambda case: case.name)
def test_micromoles_are_scored_by_milligrams_where_the_definition_says_so(case):
    assert points_of(REPORTED)[case] == case.points


@pytest.mark.parametrize("definition", ["sofa-1996", "sofa-2"])
def test_a_definition_by_micromoles_differs_in_creatinine_and_bilirubin_alone(definition):
    own, base = (
        [
            part
            for component in DEFINITIONS[name]["components"].values()
            for part in component["parts"]
            if part.get("variable") not in ("creatinine", "bilirubin")
        ]
        for name in (f"{definition}-si", definition)
    )
    assert _without_creatinine(own) == _without_creatinine(base) != []
    assert DEFINITIONS[f"{definition}-si"]["choices"] == DEFINITIONS[definition]["choices"]


def _without_creatinine(parts):
    """Parts as text, without the leaves of criteria that look at creatinine."""
    leaves = [
        leaf
        for part in parts
        if "criteria" in part
        for leaf in leaves_of(part["criteria"])
        if leaf.get("variable") != "creatinine"
    ]
    return [part for part in parts if "criteria" not in part] + leaves


# PaO2 that is exactly the threshold at this FiO2; the quotient in binary is a little more or less.
@pytest.mark.parametrize("percent", [27, 28, 29, 34, 55, 56, 68])
@pytest.mark.parametrize(
    ("definition", "component", "ratio", "points"),
    [
        *[("sofa-1996", "respiration", *each) for each in [(100, 3), (200, 2), (300, 1), (400, 0)]],
        *[("sofa-2", "respiratory", *each) for each in [(75, 4), (150, 3), (225, 2), (300, 1)]],
    ],
)
def test_a_ratio_that_is_exactly_a_threshold_is_that_threshold(
    percent, definition, component, ratio, points
):
    gas = [
        value("pao2", 0.5, round(ratio * percent / 100, 2)),
        value("fio2_blood_gas", 0.5, percent / 100),
    ]
    ventilated = [infusion("mechanical_ventilation", 0, 2)]
    assert course(definition, component, gas, ventilated) == [points]


def _limits_of(definition):
    """Limits by component, of criteria too; that an agent runs at all is no limit."""
    return {
        (name, each[limit])
        for name, component in DEFINITIONS[definition]["components"].items()
        for part in component["parts"]
        for each in (leaves_of(part["criteria"]) if "criteria" in part else part["bands"])
        for limit in LIMITS
        if limit in each
        and "given" not in part
        and not ({"agent", "sum_of"} & set(part) and each[limit] == 0)
    }


@pytest.mark.parametrize("definition", DEFINED)
def test_every_threshold_of_a_definition_is_transcribed(definition):
    tables = (definition, definition.removesuffix("-si").removesuffix("-spo2"))
    transcribed = {(case.component, case.number) for case in CASES if case.definition in tables}
    assert _limits_of(definition) <= transcribed
