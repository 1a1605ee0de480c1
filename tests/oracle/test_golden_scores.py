"""Both sides of every threshold, by a transcription of its own, scored from raw rows.

The tables in golden/ were written from the publications without a look at resources/definitions, so
that a threshold which is wrong in either disagrees with the other.
"""

import pytest
from golden import Case, cases, points_of
from scored import course, infusion, value

TABLES = ("sofa-1996",)
CASES = tuple(case for name in TABLES for case in cases(f"{name}.csv"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_both_sides_of_a_threshold_score_as_published(case):
    assert points_of(CASES)[case] == case.points


# Creatinine of 1 mg/dL is 88.4 umol/L, bilirubin 17.1: the values on both sides of each threshold.
IN_MICROMOLES = {
    ("sofa-1996", "renal", "creatinine"): [
        (106, 0), (107, 1), (109, 1), (110, 1), (176, 1), (177, 2), (309, 2), (310, 3), (443, 4),
    ],
    ("sofa-1996", "liver", "bilirubin"): [
        (20, 0), (21, 1), (34, 1), (35, 2), (102, 2), (103, 3), (205, 3), (206, 4),
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


# PaO2 that is exactly the threshold at this FiO2; the quotient in binary is a little less.
@pytest.mark.parametrize("percent", [28, 34, 55, 56, 68])
@pytest.mark.parametrize(("ratio", "points"), [(100, 3), (200, 2), (300, 1), (400, 0)])
def test_a_ratio_that_is_exactly_a_threshold_is_not_below_it(percent, ratio, points):
    gas = [
        value("pao2", 0.5, round(ratio * percent / 100, 2)),
        value("fio2_blood_gas", 0.5, percent / 100),
    ]
    ventilated = [infusion("mechanical_ventilation", 0, 2)]
    assert course("sofa-1996", "respiration", gas, ventilated) == [points]
