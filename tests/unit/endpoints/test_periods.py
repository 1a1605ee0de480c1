"""Periods of support and of stays, from what was given, charted and dated."""

import math

import pandas as pd
import pytest
from lives_example import alive, dead, lives, periods
from sepsisflow.endpoints.periods import (
    agent_periods,
    flag_periods,
    joined,
    stay_periods,
    support_periods,
)

INF = math.inf


def given(*rows) -> pd.DataFrame:
    columns = ["participant_id", "agent", "start_h", "end_h", "dose"]
    return pd.DataFrame(rows, columns=columns).astype({"end_h": float, "dose": float})


def charted(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["participant_id", "time_h", "variable", "value"])


def events(*rows) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "event", "earliest_h", "latest_h"])
    return table.astype({"participant_id": object, "earliest_h": float, "latest_h": float})


def rows_of(table: pd.DataFrame) -> list:
    return table.values.tolist()


def test_agents_count_while_given_but_not_at_a_dose_of_0():
    interventions = given(
        ("A", "norepinephrine", 0, 5, 0.1),
        ("A", "norepinephrine", 5, 9, 0),
        ("A", "antibiotic", 0, 9, 1),
        ("B", "norepinephrine", 2, 4, None),
    )
    found = agent_periods(interventions, ["norepinephrine", "vasopressin"])
    assert rows_of(found) == [["A", 0, 5], ["B", 2, 4]]


def test_support_without_an_end_counts_in_the_hour_of_its_start():
    interventions = given(
        ("A", "renal_replacement", 7, None, None), ("B", "renal_replacement", 3, 3, 1)
    )
    assert rows_of(agent_periods(interventions, ["renal_replacement"])) == [
        ["A", 7, 8],
        ["B", 3, 4],
    ]


def test_a_flag_holds_until_the_next_reading_but_not_longer_than_said():
    readings = charted(
        ("A", 0.0, "ventilated", 1),
        ("A", 6.0, "ventilated", 0),
        ("A", 24.0, "ventilated", 1),
        ("B", 0.0, "ventilated", None),
        ("B", 0.0, "sedated", 1),
    )
    found = flag_periods(readings, ["ventilated"], flag_holds_h=24)
    assert rows_of(found) == [["A", 0, 6], ["A", 24, 48]]


def test_of_two_readings_for_one_time_support_counts():
    readings = charted(("A", 0.0, "ventilated", 1), ("A", 0.0, "ventilated", 0))
    assert rows_of(flag_periods(readings, ["ventilated"], flag_holds_h=24)) == [["A", 0, 24]]


def test_support_is_what_was_given_or_charted():
    settings = {"agents": ["norepinephrine"], "flags": ["ventilated"], "flag_holds_h": 12}
    found = support_periods(
        given(("A", "norepinephrine", 0, 5, 0.1)), charted(("A", 30.0, "ventilated", 1)), settings
    )
    assert rows_of(found) == [["A", 0, 5], ["A", 30, 42]]


@pytest.mark.parametrize(("end", "hours"), [("earliest", 240), ("latest", 264)])
def test_a_discharge_known_by_date_counts_at_the_declared_end_of_its_day(end, hours):
    left = events(("A", "hospital_discharge", 240, 264))
    stays = stay_periods(left, lives(A=alive()), place="hospital", discharge_counts_at=end)
    assert rows_of(stays) == [["A", -INF, hours]]


def test_who_was_never_discharged_stays():
    stays = stay_periods(events(), lives(A=alive()), place="hospital", discharge_counts_at="latest")
    assert rows_of(stays) == [["A", -INF, INF]]


def test_a_readmission_opens_a_stay_that_the_next_discharge_closes():
    moves = events(
        ("A", "icu_discharge", 100, 100),
        ("A", "icu_readmission", 150, 160),
        ("A", "icu_discharge", 200, 200),
        ("A", "hospital_discharge", 400, 400),
        ("B", "icu_discharge", 50, 50),
        ("B", "icu_readmission", 60, 60),
    )
    people = lives(A=alive(), B=alive())
    stays = stay_periods(moves, people, place="icu", discharge_counts_at="latest")
    assert rows_of(stays) == [
        ["A", -INF, 100],
        ["A", 150, 200],
        ["B", -INF, 50],
        ["B", 60, INF],
    ]


def test_a_stay_in_intensive_care_without_a_discharge_ends_with_the_next_from_hospital():
    moves = events(
        ("A", "icu_discharge", 100, 100),
        ("A", "icu_readmission", 220, 220),
        ("A", "hospital_discharge", 460, 460),
        ("B", "hospital_discharge", 90, 90),
        ("B", "icu_readmission", 150, 150),
        ("B", "hospital_discharge", 300, 300),
    )
    stays = stay_periods(
        moves, lives(A=alive(), B=alive()), place="icu", discharge_counts_at="latest"
    )
    assert rows_of(stays) == [
        ["A", -INF, 100],
        ["A", 220, 460],
        ["B", -INF, 90],
        ["B", 150, 300],
    ]


def test_two_discharges_without_a_readmission_are_one_stay_to_the_last():
    moves = events(("A", "hospital_discharge", 100, 100), ("A", "hospital_discharge", 300, 300))
    stays = stay_periods(moves, lives(A=alive()), place="hospital", discharge_counts_at="latest")
    assert rows_of(stays) == [["A", -INF, 300]]


def test_leaving_hospital_is_leaving_intensive_care_for_whom_nothing_else_is_recorded():
    moves = events(
        ("A", "hospital_discharge", 100, 100),
        ("B", "icu_discharge", 50, 50),
        ("B", "hospital_discharge", 100, 100),
    )
    people = lives(A=alive(), B=alive())
    stays = stay_periods(moves, people, place="icu", discharge_counts_at="latest")
    assert rows_of(stays) == [["A", -INF, 100], ["B", -INF, 50]]


def test_joined_periods_do_not_overlap_and_end_with_death():
    spells = periods(("A", 0, 10), ("A", 5, 8), ("A", 30, 40), ("B", 0, 90), ("C", 50, 60))
    people = lives(A=alive(), B=dead(2), C=dead(2))
    assert rows_of(joined(spells, people, free_at_least_h=12)) == [
        ["A", 0, 10],
        ["A", 30, 40],
        ["B", 0, 48],
    ]
    assert rows_of(joined(spells, people, free_at_least_h=24))[0] == ["A", 0, 40]
