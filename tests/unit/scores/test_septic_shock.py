"""Septic shock: a vasopressor and a lactate together, about the onset of sepsis."""

import pandas as pd
import pytest
from infected import chosen
from scored import LISTS, infusion, table, value
from sepsisflow.schemas.sepsis import SepticShock
from sepsisflow.scores.septic_shock import septic_shock

SECOND = 1 / 3600


def shock(drugs, readings, onsets=(100.0,), state=True, who="a", **choices):
    """Septic shock of cases of sepsis with these onsets, tables of the hand-written rows."""
    found = septic_shock(
        "septic-shock",
        chosen("septic-shock", **choices),
        cases=pd.DataFrame(
            {
                "participant_id": who,
                "sepsis": pd.array([state] * len(onsets), "boolean"),
                "onset_h": list(onsets),
            }
        ),
        interventions=table("interventions", drugs).to_pandas(),
        measurements=table("measurements", readings).to_pandas(),
        variables=LISTS["variables"],
    )
    return SepticShock.validate(found.astype({"definition": str, "label": str}), lazy=True)


def told(drugs, readings, **choices):
    """Since when the one case is in septic shock, or "no", or "missing"."""
    row = shock(drugs, readings, **choices).iloc[0]
    if pd.isna(row["septic_shock"]):
        return "missing"
    return row["onset_h"] if row["septic_shock"] else "no"


def lactate(time_h, number, **more):
    return value("lactate", time_h, number, **more)


@pytest.mark.parametrize(("number", "expected"), [(2.0, "no"), (2.01, 101.0)])
def test_lactate_must_exceed_two(number, expected):
    found = told([infusion("norepinephrine", 100.0, 110.0, 0.1)], [lactate(101.0, number)])
    assert found == expected


@pytest.mark.parametrize(
    ("time_h", "expected"),
    [
        (94.0 - SECOND, "missing"),
        (94.0, 100.0),
        (105.0, 105.0),
        (116.0, 116.0),
        (116.0 + SECOND, "missing"),
    ],
)
def test_lactate_and_vasopressor_are_together_up_to_six_hours_apart(time_h, expected):
    found = told([infusion("norepinephrine", 100.0, 110.0, 0.1)], [lactate(time_h, 4.0)])
    assert found == expected


@pytest.mark.parametrize(
    ("begin", "expected"),
    [(52.0 - SECOND, "no"), (52.0, 52.0), (124.0, 124.0), (124.0 + SECOND, "no")],
)
def test_both_must_have_come_within_the_window_about_the_onset(begin, expected):
    drug = infusion("norepinephrine", begin, begin, 0.1)
    assert told([drug], [lactate(begin, 4.0)], together_h=0, minimum_h=0) == expected


def test_shock_begins_when_the_later_of_both_has_come_and_cites_the_lactate():
    row = shock(
        [infusion("phenylephrine", 98.0, 99.0, 0.5), infusion("norepinephrine", 103.0, 110.0, 0.1)],
        [lactate(101.0, 2.0), lactate(104.0, 3.5)],
    ).iloc[0]
    assert row[["onset_h", "agent", "vasopressor_h", "lactate", "unit", "lactate_h"]].tolist() == [
        104.0,
        "phenylephrine",
        98.0,
        3.5,
        "mmol/L",
        104.0,
    ]
    assert row[["source_file", "source_row"]].tolist() == ["measurements.csv", 3]


def test_lactate_is_evaluated_in_the_unit_of_the_definition():
    choice = {"variable": "lactate", "above": 20, "unit": "mg/dL"}
    drug = infusion("norepinephrine", 100.0, 110.0, 0.1)
    # 2.22 mmol/L are 20.0 mg/dL.
    assert told([drug], [lactate(101.0, 2.22)], lactate=choice) == "no"
    row = shock([drug], [lactate(101.0, 2.23)], lactate=choice).iloc[0]
    assert row["lactate"] == pytest.approx(20.09, abs=0.005)
    assert row["unit"] == "mg/dL"


def test_a_vasopressor_at_no_dose_or_an_inotrope_is_none():
    readings = [lactate(101.0, 4.0)]
    assert told([infusion("norepinephrine", 100.0, 110.0, 0.0)], readings) == "no"
    assert told([infusion("dobutamine", 100.0, 110.0, 5.0)], readings) == "no"
    assert told([infusion("norepinephrine", 100.0, 110.0)], readings) == 101.0
    assert told([infusion("norepinephrine", 100.0, None, 0.1)], readings) == 101.0


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(98.0, 98 + 5 / 60)], "no"),
        ([(98.0, 99.0 - SECOND)], "no"),
        ([(98.0, 99.0)], 101.0),
        # Without a break they are one.
        ([(98.0, 98.5), (98.5, 99.0)], 101.0),
        ([(98.0, 98.5), (98.5 + SECOND, 99.2)], "no"),
        # The shorter within the longer breaks nothing.
        ([(98.0, 98.9), (98.1, 98.2), (98.9, 99.0)], 101.0),
        ([(98.0, None)], 101.0),
    ],
)
def test_a_vasopressor_must_run_for_an_hour(spans, expected):
    given = [infusion("phenylephrine", *span, 1.0) for span in spans]
    assert told(given, [lactate(101.0, 2.5)]) == expected


def test_a_short_vasopressor_leaves_nothing_unknown_and_no_other_agent_or_person_lengthens_it():
    assert told([infusion("phenylephrine", 98.0, 98.1, 1.0)], []) == "no"
    given = [
        infusion("phenylephrine", 98.0, 98.6, 1.0),
        infusion("vasopressin", 98.6, 99.2, 0.04),
        infusion("phenylephrine", 98.6, 99.2, 1.0, who="b"),
    ]
    assert told(given, [lactate(101.0, 2.5)]) == "no"


@pytest.mark.parametrize(
    "salt",
    [
        "norepinephrine_bitartrate_monohydrate",
        "norepinephrine_bitartrate",
        "norepinephrine_hydrochloride",
    ],
)
def test_a_salt_is_its_base(salt):
    given = [infusion(salt, 100.0, 100.5, 0.2), infusion("norepinephrine", 100.5, 101.0, 0.1)]
    row = shock(given, [lactate(101.0, 4.0)]).iloc[0]
    assert row[["septic_shock", "agent", "vasopressor_h"]].tolist() == [
        True,
        "norepinephrine",
        100.0,
    ]
    assert told(given, [lactate(101.0, 4.0)], salts={}) == "no"


def test_without_a_lactate_shock_is_missing_only_if_a_vasopressor_ran():
    assert told([infusion("norepinephrine", 100.0, 110.0, 0.1)], []) == "missing"
    assert told([infusion("norepinephrine", 125.0, 130.0, 0.1)], []) == "no"
    assert told([infusion("norepinephrine", 40.0, 52.0, 0.1)], []) == "missing"
    assert told([], [lactate(101.0, 4.0)]) == "no"


def test_drugs_and_readings_of_different_people_make_no_shock():
    drug = infusion("norepinephrine", 100.0, 110.0, 0.1, who="b")
    assert told([drug], [lactate(101.0, 4.0)]) == "no"


def test_only_cases_of_sepsis_are_listed_each_of_them():
    drug, reading = infusion("norepinephrine", 100.0, 110.0, 0.1), lactate(101.0, 4.0)
    assert shock([drug], [reading], state=False).empty
    assert shock([drug], [reading], state=None).empty
    found = shock([drug], [reading], onsets=(100.0, 300.0))
    assert found["septic_shock"].tolist() == [True, False]
