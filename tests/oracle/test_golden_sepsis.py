"""Sepsis-3 and septic shock at both sides of every limit, transcribed a second time.

Singer 2016, JAMA 315:801: suspected infection and a rise of SOFA by 2 or more; septic shock: a
vasopressor and lactate above 2 mmol/L. Seymour 2016, JAMA 315:762: a culture within 24 h after the
antibiotic, or an antibiotic within 72 h after the culture; the first of the two is the suspicion;
SOFA from 48 h before it to 24 h after it.
"""

import pandas as pd
import pytest
from infected import antibiotics, cases, chosen, cultures, hours, suspected
from scored import LISTS, infusion, table, value
from sepsisflow.scores.septic_shock import septic_shock
from sepsisflow.units import conversion

MINUTE = 1 / 60


@pytest.mark.parametrize(
    ("antibiotic", "culture", "suspicion"),
    [
        (100, 124, 100),
        (100, 124 + MINUTE, None),
        (172, 100, 100),
        (172 + MINUTE, 100, None),
    ],
)
def test_culture_and_antibiotic_are_24_or_72_hours_apart_at_most(antibiotic, culture, suspicion):
    row = suspected(antibiotics(antibiotic), cultures(culture)).iloc[0]
    assert (row["suspicion_h"] if row["suspected"] else None) == suspicion


@pytest.mark.parametrize("baseline", [0, 4])
@pytest.mark.parametrize(("rise", "expected"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize(("end", "within"), [(51, False), (52, True), (124, True), (125, False)])
def test_sofa_rises_by_2_from_48_hours_before_to_24_after(baseline, rise, expected, end, within):
    # Suspected at hour 100; hour h - 1 ends at h.
    scores = [baseline] * 200
    scores[end - 1] += rise
    rule = "running_minimum" if baseline else "zero"
    found = cases(antibiotics(101), cultures(100), hours(scores), baseline=rule)
    # At the first hour of the window there is nothing lower before it.
    first = bool(baseline) and end == 52
    assert found["sepsis"].tolist() == [expected and within and not first]


@pytest.mark.parametrize(("rise", "expected"), [(1, False), (2, True)])
@pytest.mark.parametrize("at_first", [1, 5, 6])
def test_chronic_dysfunction_is_the_baseline_however_little_is_known_at_first(
    at_first, rise, expected
):
    # Of SOFA 6 for 8 days, 2 points are seen in the first six hours if not all is observed.
    scores = [6 if at_first == 6 else 2] * 6 + [6] * 94 + [6 + rise] * 92
    totals = hours(scores, observed=[at_first] * 6 + [6] * 186)
    found = cases(antibiotics(101), cultures(100), totals)
    assert found["sepsis"].tolist() == [expected]
    assert found["baseline"].dropna().tolist() == [6] * expected


@pytest.mark.parametrize(
    ("lactate", "unit", "rate", "expected"),
    [
        (2.0, "mmol/L", 0.1, False),
        (2.1, "mmol/L", 0.1, True),
        (2.1, "mmol/L", 0.0, False),
        # 2 mmol/L are 18.02 mg/dL.
        (18.0, "mg/dL", 0.1, False),
        (18.1, "mg/dL", 0.1, True),
    ],
)
@pytest.mark.parametrize(
    "agent", ["norepinephrine", "vasopressin", "terlipressin", "angiotensin_ii", "metaraminol"]
)
def test_shock_is_a_running_vasopressor_and_lactate_above_2(agent, lactate, unit, rate, expected):
    canonical = conversion(unit, LISTS["variables"]["lactate"])[0] * lactate
    found = septic_shock(
        "septic-shock",
        chosen("septic-shock"),
        cases=pd.DataFrame(
            {
                "participant_id": ["a"],
                "sepsis": pd.array([True], "boolean"),
                "onset_h": [100.0],
            }
        ),
        interventions=table("interventions", [infusion(agent, 100, 110, rate)]).to_pandas(),
        measurements=table("measurements", [value("lactate", 101, canonical)]).to_pandas(),
        variables=LISTS["variables"],
    )
    assert found["septic_shock"].tolist() == [expected]


@pytest.mark.parametrize(
    ("agent", "minutes", "expected"),
    [
        ("phenylephrine", 5, False),
        ("phenylephrine", 59, False),
        ("phenylephrine", 60, True),
        ("norepinephrine_bitartrate_monohydrate", 60, True),
    ],
)
def test_a_bolus_is_no_shock_and_a_salt_is_the_vasopressor(agent, minutes, expected):
    drug = infusion(agent, 98, 98 + minutes * MINUTE, 0.2)
    found = septic_shock(
        "septic-shock",
        chosen("septic-shock"),
        cases=pd.DataFrame(
            {"participant_id": ["a"], "sepsis": pd.array([True], "boolean"), "onset_h": [100.0]}
        ),
        interventions=table("interventions", [drug]).to_pandas(),
        measurements=table("measurements", [value("lactate", 101, 2.5)]).to_pandas(),
        variables=LISTS["variables"],
    )
    assert found["septic_shock"].tolist() == [expected]
