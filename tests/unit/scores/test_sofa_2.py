"""Footnotes of SOFA-2, hand-worked, with those that implementations get wrong."""

import pytest
from scored import course, infusion, people, scored, value

TUBE = {"text": "No Response-ETT"}
# Something charted late, so that there are hours to look at.
LATE = [value("platelets", 8, 300.0)]


def points(component, rows=(), given=(), column="hour_score", **more):
    return course("sofa-2", component, [*rows, *LATE], given, column=column, **more)


def gcs(time_h, eye, verbal, motor, **more):
    parts = {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
    return [value(k, time_h, v, **more) for k, v in parts.items() if v is not None]


# ---- brain ----


@pytest.mark.parametrize(
    ("total", "expected"),
    [(15, 0), (14, 1), (13, 1), (12, 2), (9, 2), (8, 3), (6, 3), (5, 4), (3, 4)],
)
def test_the_total_decides_where_it_can_be_assessed(total, expected):
    assert points("brain", [value("gcs", 0.5, total)])[0] == expected


@pytest.mark.parametrize(("motor", "expected"), [(6, 0), (5, 1), (4, 2), (3, 3), (2, 4), (1, 4)])
def test_with_a_tube_the_motor_response_decides(motor, expected):
    rows = gcs(0.5, 1, 1, motor, **TUBE)
    assert points("brain", rows)[0] == expected
    assert points("brain", rows, column="variable")[0] == "gcs_motor_alone"


def test_the_motor_response_is_not_looked_at_where_there_is_a_total():
    # 4 + 4 + 5 = 13: 1 point; of the motor response alone 1 as well; 3 + 5 + 4 = 12: 2 points.
    assert points("brain", gcs(0.5, 4, 5, 5))[0] == 1
    assert points("brain", gcs(0.5, 3, 5, 4), column="variable")[0] == "gcs"


def test_a_drug_for_delirium_scores_one_with_a_total_of_15_and_no_more_than_a_worse_total():
    drug = [infusion("delirium_drug", 0.2, 0.2)]
    assert points("brain", gcs(0.5, 4, 5, 6), drug)[0] == 1
    assert points("brain", gcs(0.5, 3, 4, 5), drug)[0] == 2
    assert points("brain", (), drug)[:2] == [1, None]


def test_under_sedation_the_last_assessment_before_it_counts_and_is_cited():
    rows = gcs(0.5, 4, 4, 6) + gcs(3.5, 1, 1, 1, **TUBE) + gcs(6.5, 3, 4, 6)
    asleep = [infusion("sedation", 2, 5)]
    assert points("brain", rows, asleep)[:7] == [1, None, None, 1, None, None, 1]
    assert points("brain", rows, asleep, column="value_time_h")[3] == 0.5
    assert points("brain", rows)[3] == 4


def test_sedated_from_the_start_scores_nothing_as_what_was_before_is_unknown():
    rows = gcs(3.5, 1, 1, 1, **TUBE)
    assert points("brain", rows, [infusion("sedation", 2, 5)])[3] == 0
    assert points("brain", [*rows, value("sedated", 3, 1)])[3] == 0
    # The chart's last word on sedation counts.
    assert points("brain", [*rows, value("sedated", 3, 1), value("sedated", 3.2, 0)])[3] == 4


def test_a_sedative_at_a_rate_of_0_sedates_nobody():
    rows = gcs(3.5, 1, 1, 1)
    assert points("brain", rows, [infusion("sedation", 2, 5, 0.0)])[3] == 4


# ---- respiratory ----


def gas(time_h, ratio):
    return [value("pao2", time_h, ratio / 2), value("fio2_blood_gas", time_h, 0.5)]


SUPPORTS = [
    "mechanical_ventilation",
    "noninvasive_ventilation",
    "cpap",
    "high_flow_oxygen",
    "home_ventilation",
    "respiratory_support_unavailable",
]


@pytest.mark.parametrize("agent", SUPPORTS)
@pytest.mark.parametrize(
    ("ratio", "supported", "alone"),
    [(301, 0, 0), (300, 1, 1), (226, 1, 1), (225, 2, 2), (150, 3, 2), (76, 3, 2), (75, 4, 2)],
)
def test_more_than_two_points_are_for_advanced_support(agent, ratio, supported, alone):
    assert points("respiratory", gas(3.5, ratio), [infusion(agent, 2, 5)])[3] == supported
    assert points("respiratory", gas(3.5, ratio))[3] == alone


def test_changes_of_support_of_less_than_an_hour_are_ignored():
    trial = [infusion("mechanical_ventilation", 3, 3.9)]
    assert points("respiratory", gas(3.5, 80), trial)[3] == 2
    off = [infusion("mechanical_ventilation", 1, 3.1), infusion("mechanical_ventilation", 4, 6)]
    assert points("respiratory", gas(3.5, 80), off)[3] == 3
    longer = [infusion("mechanical_ventilation", 1, 3), infusion("mechanical_ventilation", 4, 6)]
    assert points("respiratory", gas(3.5, 80), longer)[3] == 2


def pulse(time_h, spo2, fio2=0.5):
    return [value("spo2", time_h, spo2), value("fio2", time_h, fio2)]


@pytest.mark.parametrize(("spo2", "expected"), [(97, 4), (98, None), (99, None)])
def test_an_spo2_of_98_says_nothing(spo2, expected):
    ventilated = [infusion("mechanical_ventilation", 2, 5)]
    assert points("respiratory", pulse(3.5, spo2, 0.9), ventilated)[3] == expected


@pytest.mark.parametrize(
    ("fio2", "supported", "alone"),
    [(0.3, 0, 0), (0.32, 1, 1), (0.4, 2, 2), (0.5, 3, 2), (0.8, 4, 2)],
)
def test_spo2_scores_where_there_is_no_gas(fio2, supported, alone):
    ventilated = [infusion("mechanical_ventilation", 2, 5)]
    assert points("respiratory", pulse(3.5, 96, fio2), ventilated)[3] == supported
    assert points("respiratory", pulse(3.5, 96, fio2))[3] == alone


def test_spo2_is_not_looked_at_in_a_window_or_day_with_a_gas():
    rows = pulse(1.5, 90, 0.6) + gas(3.5, 400)
    assert points("respiratory", rows, column="score")[:4] == [None, 2, 2, 0]
    days = scored("sofa-2", rows)["daily_components"].query("component == 'respiratory'")
    assert days["score"].tolist() == [0]


def test_ecmo_scores_by_what_it_was_begun_for():
    for agent, expected in (("ecmo_respiratory", None), ("ecmo_cardiovascular", 4)):
        ecmo = [infusion(agent, 2, 5)]
        assert points("respiratory", (), ecmo)[3] == 4
        assert points("cardiovascular", (), ecmo)[3] == expected


# ---- cardiovascular ----


def drugs(*pairs, start=2, end=5):
    return [infusion(agent, start, end, rate) for agent, rate in pairs]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("norepinephrine", 0.2)], 2),
        ([("norepinephrine", 0.1), ("epinephrine", 0.1)], 2),
        ([("norepinephrine", 0.02), ("epinephrine", 0.18)], 2),
        ([("norepinephrine", 0.15), ("epinephrine", 0.06)], 3),
        ([("norepinephrine", 0.4)], 3),
        ([("norepinephrine", 0.41)], 4),
        ([("norepinephrine", 0.2), ("vasopressin", 0.03)], 3),
        ([("norepinephrine", 0.21), ("vasopressin", 0.03)], 4),
        ([("norepinephrine", 0.1), ("dopamine", 50)], 3),
        ([("vasopressin", 0.03)], 2),
        ([("dobutamine", 50), ("milrinone", 0.5)], 2),
        ([("norepinephrine", 0.1), ("methylene_blue", 0.5)], 3),
        ([("methylene_blue", 0.5)], 2),
        ([("dopamine", 50), ("methylene_blue", 0.5)], 2),
        ([("dopamine", 20)], 2),
        ([("dopamine", 20.1)], 3),
        ([("dopamine", 40)], 3),
        ([("dopamine", 40.1)], 4),
        ([("dopamine", 40.1), ("dobutamine", 2)], 2),
        ([("norepinephrine_bitartrate_monohydrate", 0.4)], 2),
        ([("norepinephrine_bitartrate", 0.378)], 2),
        ([("norepinephrine_bitartrate", 0.379)], 3),
        ([("norepinephrine_hydrochloride", 0.245)], 3),
        ([("intra_aortic_balloon_pump", None)], 4),
        ([("ventricular_assist_device", None)], 4),
        ([("microaxial_pump", None)], 4),
        ([("norepinephrine", 0.0)], None),
        ([("norepinephrine", None)], 2),
        ([("norepinephrine", 0.3), ("vasopressin", None)], 4),
    ],
)
def test_drugs_and_pumps_score_by_dose_and_by_what_runs_beside(given, expected):
    assert points("cardiovascular", (), drugs(*given))[2:5] == [expected] * 3


def test_rates_are_summed_when_they_run_at_one_time_only():
    in_turn = [infusion("norepinephrine", 0, 2.5, 0.2), infusion("epinephrine", 2.5, 5, 0.2)]
    assert points("cardiovascular", (), in_turn)[:5] == [2] * 5
    twice = [infusion("norepinephrine", 0, 3, 0.15), infusion("norepinephrine", 1, 4, 0.15)]
    assert points("cardiovascular", (), twice)[:4] == [2, 3, 3, 2]
    assert points("cardiovascular", (), twice, column="value")[:2] == [0.15, 0.3]


def test_what_runs_for_less_than_an_hour_does_not_count_nor_hide_the_pressure():
    low = [value("map", 2.5, 60), value("map", 6.5, 60)]
    short = drugs(("norepinephrine", 0.3), ("vasopressin", 0.03), start=2.1, end=3.0)
    assert points("cardiovascular", low, short)[2] == 1
    assert points("cardiovascular", low, drugs(("norepinephrine", 0.1), start=2, end=3))[2] == 2


def test_two_half_hours_with_a_pause_of_rate_0_between_them_are_not_an_hour():
    rates = [(0, 0.5), (0.5, 0.0), (1, 0.5), (1.5, 0.0)]
    given = [infusion("norepinephrine", 2 + at, 2.5 + at, rate) for at, rate in rates]
    assert points("cardiovascular", (), given)[2:5] == [None] * 3


@pytest.mark.parametrize(
    ("pressure", "ceiling", "usual"),
    [
        (70, 0, 0),
        (69, 1, 1),
        (60, 1, 1),
        (59, 2, 1),
        (50, 2, 1),
        (49, 3, 1),
        (40, 3, 1),
        (39, 4, 1),
    ],
)
def test_pressure_scores_more_where_no_drugs_are_available(pressure, ceiling, usual):
    rows = [value("map", 3.5, pressure)]
    none = [infusion("vasopressors_unavailable", 2, 5)]
    assert points("cardiovascular", rows, none)[3] == ceiling
    assert points("cardiovascular", rows)[3] == usual


def test_a_ceiling_of_treatment_without_an_end_lasts_to_the_end_of_the_hours():
    low = [value("map", 1.5, 45), value("map", 6.5, 45), *gas(6.5, 80)]
    ceiling = [infusion("vasopressors_unavailable", 2.5, None)]
    found = points("cardiovascular", low, ceiling)
    assert (found[1], found[6]) == (1, 3)
    # One whose end is known ends then; no other agent lasts on.
    ended = [infusion("vasopressors_unavailable", 2.5, 5)]
    assert points("cardiovascular", low, ended)[6] == 1
    for agent, expected in (("respiratory_support_unavailable", 3), ("mechanical_ventilation", 2)):
        assert points("respiratory", low, [infusion(agent, 2.5, None)])[6] == expected


# ---- kidney ----

KIDNEY, ACID = value("creatinine", 1.5, 1.3), value("potassium", 3.5, 6.0)
OLIGURIA = [value("urine_output", hour, 20.0) for hour in range(1, 7)]  # 0.25 mL/kg/h


def test_intermittent_replacement_counts_on_the_days_off():
    rows = [*LATE, value("platelets", 150, 300.0)]
    given = [infusion("renal_replacement", 10, 14), infusion("renal_replacement", 86, 90)]
    found = course("sofa-2", "kidney", rows, given)
    assert found[10:90] == [4] * 80
    assert found[:10] + found[90:] == [None] * 70
    apart = [given[0], infusion("renal_replacement", 86.5, 90)]
    assert course("sofa-2", "kidney", rows, apart)[14:86] == [None] * 72


def test_replacement_for_another_cause_does_not_count():
    assert points("kidney", (), [infusion("renal_replacement_other_cause", 1, 5)])[2] is None


def test_of_creatinine_and_oliguria_either_fulfils_the_criteria():
    assert points("kidney", [KIDNEY, ACID], column="score")[:4] == [None, 1, 1, 4]
    late = value("potassium", 6.5, 6.0)
    assert points("kidney", [*OLIGURIA, late], column="score")[5:7] == [1, 4]
    assert points("kidney", [ACID], column="score")[3] is None
    assert points("kidney", [KIDNEY, value("potassium", 3.5, 5.9)], column="score")[3] == 1


def test_oliguria_of_a_whole_day_fulfils_the_criteria_as_well():
    day = value("urine_output_24h", 1, 100.0)
    assert points("kidney", [day, ACID], column="score")[3] == 4
    # 0.29 and 0.31 mL/kg/h, of 80 kg.
    for volume, expected in ((557.0, 4), (595.0, 2)):
        rows = [value("urine_output_24h", 1, volume), ACID]
        assert points("kidney", rows, column="score")[3] == expected


@pytest.mark.parametrize(
    ("ph", "bicarbonate", "expected"),
    [(7.2, 12, 4), (7.21, 12, 1), (7.2, 12.1, 1), (7.2, None, 1), (None, 12, 1)],
)
def test_acidosis_needs_ph_and_bicarbonate(ph, bicarbonate, expected):
    acid = [("ph_arterial", ph), ("bicarbonate", bicarbonate)]
    rows = [value(name, 3.5, each) for name, each in acid if each is not None]
    assert points("kidney", [KIDNEY, *rows], column="score")[3] == expected


def test_criteria_hold_in_a_window_that_holds_all_of_them_and_no_longer():
    rows = [value("creatinine", 0.5, 1.3), value("potassium", 20.5, 6.0), value("map", 40, 80)]
    worst = course("sofa-2", "kidney", rows, column="score")
    assert worst == [1] * 20 + [4] * 4 + [None] * 16
    days = scored("sofa-2", rows)["daily_components"].query("component == 'kidney'")
    assert days["score"].tolist()[0] == 4
    cited = days.iloc[0]
    assert (cited["variable"], cited["value"], cited["unit"]) == ("potassium", 6, "mmol/L")
    assert (cited["value_time_h"], cited["source_row"]) == (20.5, 3)


@pytest.mark.parametrize(
    ("volume", "hours", "expected"),
    [
        (40.0, 6, 0), (39.9, 5, None), (39.9, 6, 1), (39.9, 11, 1), (39.9, 12, 2), (24.0, 23, 2),
        (24.0, 24, 2), (23.9, 23, 2), (23.9, 24, 3), (0.0, 11, 1), (0.0, 12, 3),
    ],
)  # fmt: skip
def test_urine_scores_by_weight_and_by_how_long_it_was_little(volume, hours, expected):
    rows = [value("urine_output", hour, volume) for hour in range(1, hours + 1)]
    assert course("sofa-2", "kidney", rows, column="score")[-1] == expected


@pytest.mark.parametrize(("out", "expected"), [(1500.0, 2), (1200.0, 3), (1199.0, None)])
def test_less_out_of_the_bladder_than_went_into_it_says_nothing(out, expected):
    rows = [value("bladder_irrigant_in", hour, 100.0) for hour in range(1, 13)]
    rows += [value("bladder_irrigant_out", hour, out / 12) for hour in range(1, 13)]
    assert course("sofa-2", "kidney", rows)[-1] == expected


def test_urine_of_whoever_was_not_weighed_is_not_scored():
    heavy = people("a", weight_kg=float("nan"))
    assert course("sofa-2", "kidney", OLIGURIA, participants=heavy) == [None] * 6


@pytest.mark.parametrize(("volume", "expected"), [(575, 3), (577, 2), (959, 2), (961, 0)])
def test_a_recorded_volume_of_a_day_counts_by_weight(volume, expected):
    assert points("kidney", [value("urine_output_24h", 1, volume)])[0] == expected


# ---- totals ----


def test_missing_counts_0_on_day_1_and_is_then_carried_forward():
    rows = [value("platelets", 3, 40.0), value("bilirubin", 60, 7.0), value("map", 70, 80)]
    tables = scored("sofa-2", rows)
    days = tables["daily_totals"]
    assert days["score"].tolist() == [4, 4, 7]
    assert days["n_components"].tolist() == [1, 0, 2]
    hours = tables["hourly_totals"]["score"].tolist()
    assert (hours[1], hours[2], hours[58], hours[59]) == (0, 4, 4, 7)
    alone = tables["daily_components"].query("component == 'hemostasis'")["score"]
    assert [each == each for each in alone] == [True, False, False]


def test_points_of_a_treatment_are_not_carried_after_it_has_ended():
    dialysis = [infusion("renal_replacement", 2, 10)]
    rows = [value("creatinine", 1.5, 1.5), value("creatinine", 5.5, 1.0), value("map", 139.5, 80)]
    hours = scored("sofa-2", rows, dialysis)["hourly_totals"]["score"].tolist()
    # The window of hour 9 ends with hour 32; then the last creatinine, of 1.0, counts.
    assert (hours[32], hours[33], hours[139]) == (4, 0, 0)
    days = scored("sofa-2", [rows[0], rows[2]], dialysis)["daily_totals"]["score"]
    assert days.tolist() == [4, 1, 1, 1, 1, 1]
    shock = [infusion("norepinephrine", 2, 10, 0.5)]
    rows = [value("map", 4.5, 60), value("platelets", 139.5, 300.0)]
    days = scored("sofa-2", rows, shock)["daily_totals"]["score"]
    assert days.tolist() == [4, 0, 0, 0, 0, 0]


def test_the_last_observation_is_carried_and_not_the_worst_of_its_day():
    rows = [value("creatinine", 5.5, 4.0), value("creatinine", 10.5, 2.5), value("map", 60, 80)]
    tables = scored("sofa-2", rows)
    assert tables["daily_totals"]["score"].tolist() == [3, 2, 2]
    assert tables["hourly_totals"]["score"].tolist()[40] == 2
