"""A trial's chart: one entry a day, ventilated yes or no, infusions dated by day."""

import pytest
from scored import course, infusion, scored, value


def chart(day, who="a", **values):
    """Values of study day ``day``, known by date."""
    time_h = 24 * (day - 1)
    return [value(name, time_h, each, who, precision="day") for name, each in values.items()]


def by_day(rows, component, given=(), events=()):
    """Points of a component by study day."""
    days = scored("sofa-1996", rows, given, events)["daily_components"]
    chosen = days[days["component"].eq(component)]
    return [None if each != each else each for each in chosen["score"]]


def test_a_value_known_by_date_counts_on_its_day_from_the_first_hour():
    rows = chart(1, platelets=40.0) + chart(2, platelets=90.0) + chart(3, platelets=140.0)
    assert by_day(rows, "coagulation") == [3, 2, 1]
    assert course("sofa-1996", "coagulation", rows, column="score")[:25] == [3] * 24 + [2]
    cited = course("sofa-1996", "coagulation", rows, column="value_time_h")
    assert (cited[0], cited[24]) == (0, 24)


def test_a_value_at_midnight_by_the_clock_ends_the_day_before():
    rows = [value("platelets", 24, 40.0, precision="minute"), value("platelets", 30, 140.0)]
    assert by_day(rows, "coagulation") == [3, 1]


def test_the_day_of_the_last_value_known_by_date_is_scored_to_its_end():
    assert scored("sofa-1996", chart(2, map=80.0))["daily_totals"]["n_hours"].tolist() == [24, 24]


@pytest.mark.parametrize(("ventilated", "expected"), [(1, 4), (0, 2), (None, 2)])
def test_a_chart_that_says_ventilated_is_respiratory_support(ventilated, expected):
    rows = chart(1, pao2=90.0, fio2=1.0) + chart(2, map=80.0)
    rows += [] if ventilated is None else chart(1, ventilated=ventilated)
    assert by_day(rows, "respiration") == [expected, None]


@pytest.mark.parametrize(("age", "expected"), [(0, 4), (23.9, 4), (24, 2), (-0.1, 2)])
def test_the_last_entry_of_ventilation_holds_for_less_than_a_day(age, expected):
    gas = [value("pao2", 30, 90.0), value("fio2_blood_gas", 30, 1.0)]
    told = [value("ventilated", 30 - age, 1)]
    assert course("sofa-1996", "respiration", gas + told)[29] == expected


def test_a_later_entry_of_not_ventilated_ends_it():
    gas = [value("pao2", 30, 90.0), value("fio2_blood_gas", 30, 1.0)]
    told = [value("ventilated", 20, 1), value("ventilated", 29, 0)]
    assert course("sofa-1996", "respiration", gas + told)[29] == 2


def test_an_infusion_of_a_single_date_counts_on_that_day_alone():
    rows = chart(1, map=80.0) + chart(2, map=80.0)
    given = [infusion("norepinephrine", 0, 24, 0.2)]
    assert by_day(rows, "cardiovascular", given) == [4, 0]


def test_hours_end_with_the_day_of_a_discharge_known_by_date():
    left = [{"participant_id": "a", "event": "icu_discharge", "latest_h": 48.0}]
    rows = [*chart(2, platelets=90.0), value("platelets", 60, 40.0)]
    assert by_day(rows, "coagulation", (), left) == [None, 2]


def test_visits_after_the_icu_are_scored_and_charted_values_after_it_are_not():
    left = [{"participant_id": "a", "event": "icu_discharge", "latest_h": 24.0}]
    rows = chart(1, platelets=90.0) + chart(4, platelets=120.0)
    assert by_day(rows, "coagulation", (), left) == [2, None, None, 1]
    assert by_day([*rows[:1], value("platelets", 80, 120.0)], "coagulation", (), left) == [2]
