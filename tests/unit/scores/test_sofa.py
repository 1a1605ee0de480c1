"""Hand-worked courses, by the published definition and by the reference's rules."""

import numpy as np
import pandas as pd
import pytest
from scored import LISTS, course, infusion, people, scored, value
from sepsisflow.errors import DataError
from sepsisflow.scores.bands import points
from sepsisflow.scores.parts import in_unit

# A clock of five hours for mimic-code: readings at 0:30 and 4:30.
BEATS = [value("heart_rate", 0.5, 80), value("heart_rate", 4.5, 80)]
TUBE = {"text": "No Response-ETT"}


def device(name, time_h):
    return [value("oxygen_device", time_h, text=name), value("oxygen_flow", time_h, 5.0)]


def gcs(time_h, eye=None, verbal=None, motor=None, **more):
    parts = {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
    return [value(k, time_h, v, **more) for k, v in parts.items() if v is not None]


def test_a_component_is_missing_until_it_is_observed_and_counts_for_a_day():
    rows = [value("platelets", 1.5, 90.0), value("map", 29.5, 80.0)]
    alone = course("sofa-1996", "coagulation", rows)
    worst = course("sofa-1996", "coagulation", rows, column="score")
    assert alone == [None, 2, *[None] * 28]
    assert worst == [None, *[2] * 24, *[None] * 5]


def test_missing_components_count_nothing_and_are_told():
    totals = scored("sofa-1996", [value("platelets", 1.5, 90.0)])["hourly_totals"]
    assert totals[["score", "n_components"]].to_numpy().tolist() == [[0, 0], [2, 1]]


def test_the_deciding_value_its_time_and_its_row_are_cited():
    rows = [value("platelets", 0.5, 140.0), value("platelets", 0.75, 45.0), value("map", 2, 70)]
    hours = scored("sofa-1996", rows)["hourly_components"]
    last = hours.query("component == 'coagulation' and hour == 1").iloc[0]
    assert (last["score"], last["hour_score"] == last["hour_score"]) == (3, False)
    assert (last["variable"], last["value"], last["unit"]) == ("platelets", 45, "10*3/uL")
    assert (last["value_time_h"], last["source_file"], last["source_row"]) == (
        0.75,
        "measurements.csv",
        3,
    )


def test_the_hours_end_with_death_or_discharge():
    left = [{"participant_id": "a", "event": "icu_discharge", "latest_h": 2.5}]
    rows = [value("platelets", 1.5, 90.0), value("platelets", 9, 90.0)]
    assert course("sofa-1996", "coagulation", rows, (), left) == [None, 2, None]


def test_a_value_known_to_be_below_a_limit_is_that_limit_or_left_out():
    rows = [*BEATS, value("bilirubin", 1, 1.2, censoring="below", admission="1")]
    assert course("sofa-1996", "liver", rows)[:2] == [1, None]
    assert course("mimic-code", "liver", rows)[:2] == [None, None]


@pytest.mark.parametrize(("admission", "expected"), [("1", 2), ("2", None), (None, None)])
def test_the_preset_takes_laboratory_values_of_the_same_admission_only(admission, expected):
    rows = [*BEATS, value("platelets", 0.5, 90.0, admission=admission)]
    assert course("mimic-code", "coagulation", rows)[0] == expected


def test_the_preset_begins_its_hours_at_the_first_heart_rate_on_the_wall_clock():
    late = people("a").assign(origin=pd.Timestamp("2150-01-01 00:20:00"))
    rows = [value("heart_rate", 0.5, 80), value("heart_rate", 3.5, 80), value("map", 1.0, 60)]
    hours = scored("mimic-code", rows, participants=late)["hourly_totals"]
    # 0:50 to 3:50 by the wall clock: hour 0 ends at 1:00, hour 3 at 4:00.
    assert hours["time_h"].tolist() == pytest.approx([2 / 3, 5 / 3, 8 / 3, 11 / 3])
    assert hours["score"].tolist() == [0, 1, 1, 1]


def test_whoever_has_no_heart_rate_is_not_scored_by_the_preset():
    assert len(scored("mimic-code", [value("map", 1.0, 60)])["hourly_totals"]) == 0


def test_arterial_line_and_cuff_at_one_time_are_averaged_by_the_preset():
    rows = [*BEATS, value("map", 0.5, 60), value("map", 0.5, 82)]
    assert course("mimic-code", "cardiovascular", rows)[0] == 0
    assert course("sofa-1996", "cardiovascular", rows)[0] == 1


# ---- coma ----


def test_parts_make_a_total_and_the_lowest_of_an_hour_counts():
    rows = [*gcs(0.5, 4, 5, 6), *gcs(0.75, 3, 4, 5), value("map", 2, 80)]
    assert course("sofa-1996", "cns", rows, column="value")[0] == 12


def test_an_incomplete_assessment_is_none_as_published_and_carried_by_the_preset():
    rows = [*BEATS, *gcs(0.5, 3, 4, 5), *gcs(2, motor=2), *gcs(4, eye=1)]
    assert course("sofa-1996", "cns", rows) == [2, None, None, None, None]
    # 3 + 4 + 2, then 1 + 5 + 2: only the assessment just before is looked at.
    values = course("mimic-code", "cns", rows, column="value")
    assert values[:2] == [12, 9]
    assert values[3] == 8


def test_who_cannot_speak_for_a_tube_scores_15_by_the_preset_and_1_verbally_as_published():
    rows = [*BEATS, *gcs(0.5, 1, 1, 1, **TUBE), *gcs(2, 1, None, 1), *gcs(3, 2, 1, 2)]
    assert course("mimic-code", "cns", rows) == [0, 0, 4, None, None]
    assert course("sofa-1996", "cns", rows) == [4, None, 4, None, None]


# ---- respiration ----


def gas(time_h, pao2, fio2, **more):
    return [value("pao2", time_h, pao2, **more), value("fio2_blood_gas", time_h, fio2, **more)]


def test_three_and_four_points_are_for_respiratory_support():
    rows = [*gas(0.5, 90, 1.0), *gas(1.5, 90, 1.0)]
    ventilated = [infusion("mechanical_ventilation", 1.0, 2.0)]
    assert course("sofa-1996", "respiration", rows, ventilated) == [2, 4]


@pytest.mark.parametrize(("hours_before", "expected"), [(0, 2), (4, 2), (4.1, None)])
def test_charted_oxygen_counts_for_four_hours(hours_before, expected):
    rows = [value("fio2", 5 - hours_before, 0.4), value("pao2", 5, 90)]
    assert course("sofa-1996", "respiration", rows)[4] == expected


def test_the_analyser_precedes_the_chart():
    rows = [*gas(0.5, 90, 1.0), value("fio2", 0.5, 0.21)]
    assert course("sofa-1996", "respiration", rows, column="value") == [90]


def test_oxygen_charted_in_another_stay_of_the_person_counts_by_the_preset_only():
    rows = [*BEATS, value("pao2", 2, 90), value("fio2", 1, 0.5, who="b")]
    for definition, expected in (("mimic-code", 2), ("sofa-1996", None)):
        one = people("a", "b", subject="s")
        assert course(definition, "respiration", rows, participants=one)[1] == expected
        two = people("a", "b")
        assert course(definition, "respiration", rows, participants=two)[1] is None


def test_a_charted_tube_is_support_until_the_next_device_if_a_flow_stands_beside():
    tube = device("Endotracheal tube", 0.5) + device("Nasal cannula", 2.5)
    gases = [*gas(2.0, 90, 1.0), *gas(2.75, 90, 1.0)]
    two = device("Endotracheal tube", 1)
    assert course("mimic-code", "respiration", [*BEATS, *tube, *two, *gases])[1:3] == [4, 2]
    # One point in time is no episode, and a device without a flow is lost.
    assert course("mimic-code", "respiration", [*BEATS, *tube, *gases])[1:3] == [2, 2]
    alone = [row for row in [*tube, *two] if row["variable"] == "oxygen_device"]
    assert course("mimic-code", "respiration", [*BEATS, *alone, *gases])[1:3] == [2, 2]


@pytest.mark.parametrize(("second", "expected"), [(14.9, 4), (15.0, 2)])
def test_an_episode_ends_after_fourteen_hours_without_documentation(second, expected):
    modes = [value("ventilator_mode", t, text="CMV") for t in (0.5, 1.0, second)]
    beats = [value("heart_rate", 0.5, 80), value("heart_rate", 20, 80)]
    assert course("mimic-code", "respiration", [*beats, *modes, *gas(8, 90, 1.0)])[7] == expected


# ---- circulation ----


def test_an_infusion_of_less_than_an_hour_does_not_count_as_published():
    rows = [value("map", 4, 80)]
    short = [infusion("norepinephrine", 0.25, 1.2, 0.2)]
    joined = [*short, infusion("norepinephrine", 1.2, 1.3, 0.05)]
    assert course("sofa-1996", "cardiovascular", rows, short)[:2] == [None, None]
    assert course("sofa-1996", "cardiovascular", rows, joined) == [4, 4, None, 0]


def test_a_rate_of_0_is_a_pause_that_does_not_lengthen_an_infusion():
    rows = [value("map", 4.5, 80)]
    paused = [infusion("norepinephrine", 0, 0.5, 0.1), infusion("norepinephrine", 0.5, 5, 0.0)]
    assert course("sofa-1996", "cardiovascular", rows, paused) == [0] * 5
    longer = [infusion("norepinephrine", 0, 1, 0.1), infusion("norepinephrine", 1, 5, 0.0)]
    assert course("sofa-1996", "cardiovascular", rows, longer) == [3, 0, 0, 0, 0]


def test_the_preset_sees_what_runs_at_the_end_of_the_hour():
    given = [infusion("norepinephrine", 0.1, 0.9, 0.5), infusion("dopamine", 1.5, 3.0, 4)]
    assert course("mimic-code", "cardiovascular", BEATS, given) == [None, 2, 2, None, None]


# ---- kidney ----


def urine(hours, volume):
    return [value("urine_output", each, volume) for each in hours]


def test_urine_is_scaled_to_a_day_where_enough_of_it_is_documented():
    rows = [value("heart_rate", 0, 80), value("heart_rate", 30, 80), *urine(range(1, 31), 15)]
    volumes = course("mimic-code", "renal", rows, column="value")
    # 22 hours at the 22nd entry; then 24 entries of 24 hours.
    assert volumes[:22] == [None] * 22
    assert volumes[22:] == [360] * 9
    assert course("mimic-code", "renal", rows)[22] == 3


def test_thresholds_are_evaluated_in_the_unit_of_the_definition():
    creatinine = LISTS["variables"]["creatinine"]
    micromole = in_unit(np.array([1.21]), "umol/L", creatinine)
    assert micromole == pytest.approx([1.21 / 113.12 * 1e4])
    # 107 umol/L: 1 point by mg/dL (1.2), none by umol/L (110).
    assert points(micromole, [{"points": 1, "at_least": 110}, {"points": 0}]).tolist() == [0]
    assert course("sofa-1996", "renal", [value("creatinine", 0.5, 1.21)]) == [1]


def test_a_unit_that_cannot_be_converted_is_an_error():
    with pytest.raises(DataError) as caught:
        in_unit(np.array([1.0]), "mm[Hg]", LISTS["variables"]["creatinine"])
    assert str(caught.value) == (
        "resources/definitions: the unit 'mm[Hg]' is unknown for a variable in mg/dL; write one "
        "that can be converted."
    )


def test_a_recorded_volume_of_a_day_counts_as_published():
    assert course("sofa-1996", "renal", [value("urine_output_24h", 1, 150.0)]) == [4]


def test_days_are_the_worst_of_their_hours_and_nothing_is_carried_into_them():
    rows = [value("platelets", 1, 40.0), value("platelets", 30, 120.0)]
    tables = scored("sofa-1996", rows)
    days = tables["daily_components"].query("component == 'coagulation'")
    assert days["score"].tolist() == [3, 1]
    assert tables["daily_totals"]["n_hours"].tolist() == [24, 6]
