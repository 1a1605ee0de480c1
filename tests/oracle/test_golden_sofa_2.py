"""SOFA-2 where public implementations go wrong, footnote by footnote.

Ranzani et al., JAMA 2025 (doi 10.1001/jama.2025.20516), table 2 with its footnotes a to q. Both
sides of its thresholds are in golden/sofa-2.csv.
"""

import pytest
from golden import WEIGHT_KG
from scored import course, infusion, people, scored, value

WHO = people("a", weight_kg=WEIGHT_KG)
CALM = [value("map", 0.5, 80.0)]


def points(component, measurements, interventions=(), hour=0, column="score"):
    """Points of one component in one hour; the participant weighs 100 kg."""
    return course(
        "sofa-2", component, measurements, interventions, column=column, participants=WHO
    )[hour]


def gcs(time_h, eye, verbal, motor):
    parts = {"gcs_eye": eye, "gcs_verbal": verbal, "gcs_motor": motor}
    return [value(name, time_h, float(part)) for name, part in parts.items()]


def gas(time_h, ratio):
    return [value("pao2", time_h, ratio / 2), value("fio2_blood_gas", time_h, 0.5)]


def urine(ml_per_kg_h, hours):
    return [value("urine_output", float(hour), ml_per_kg_h * WEIGHT_KG) for hour in hours]


# ---- brain: c, d, e ----


@pytest.mark.parametrize(("motor", "expected"), [(6, 0), (5, 1), (4, 2), (3, 3), (2, 4), (1, 4)])
def test_d_the_motor_score_alone_obeys_5_scores_1_and_6_none(motor, expected):
    assert points("brain", [value("gcs_motor", 0.5, float(motor))]) == expected


@pytest.mark.parametrize(
    ("eye", "verbal", "motor", "expected"), [(4, 5, 4, 1), (1, 1, 6, 3), (4, 4, 5, 1), (3, 4, 5, 2)]
)
def test_d_the_motor_score_does_not_count_where_the_three_domains_were_assessed(
    eye, verbal, motor, expected
):
    assert points("brain", gcs(0.5, eye, verbal, motor)) == expected


def test_d_the_motor_score_does_not_count_beside_a_total():
    rows = [value("gcs", 0.5, 10.0), value("gcs_motor", 0.5, 3.0)]
    assert points("brain", rows) == 2
    assert points("brain", [*rows, value("gcs_motor", 0.75, 2.0)]) == 2


@pytest.mark.parametrize(("motor", "expected"), [(6, 2), (3, 2), (2, 3)])
def test_d_parts_charted_minutes_apart_are_one_total(motor, expected):
    rest = [value("gcs_eye", 0.6, 3.0), value("gcs_verbal", 0.6, 3.0)]
    assert points("brain", [value("gcs_motor", 0.5, float(motor)), *rest]) == expected


def test_d_with_a_tube_the_motor_score_counts_and_a_total_of_that_time_does_not():
    tube = value("gcs_verbal", 0.5, 1.0, text="No Response-ETT")
    rows = [value("gcs_eye", 0.5, 1.0), tube, value("gcs_motor", 0.5, 5.0)]
    assert points("brain", [*rows, value("gcs", 0.5, 7.0)]) == 1
    assert points("brain", [*rows, value("gcs", 0.25, 10.0)]) == 2


@pytest.mark.parametrize(("total", "expected"), [(15.0, 1), (14.0, 1), (12.0, 2), (5.0, 4)])
def test_e_a_drug_for_delirium_scores_at_least_1_even_at_gcs_15(total, expected):
    drug = [infusion("delirium_drug", 0.0, 2.0)]
    assert points("brain", [value("gcs", 0.5, total)], drug) == expected


def test_c_under_sedation_the_last_score_before_it_counts():
    sedated = [infusion("sedation", 1.0, 6.0)]
    awake, asleep = [value("gcs", 0.5, 14.0)], [value("gcs", 3.5, 3.0)]
    assert points("brain", [*awake, *asleep], sedated, hour=3) == 1
    assert points("brain", [*awake, *asleep], hour=3) == 4


def test_c_a_score_at_the_moment_sedation_begins_is_the_last_before_it():
    sedated = [infusion("sedation", 0.5, 3.0), infusion("sedation", 3.0, 6.0)]
    rows = [value("gcs", 0.5, 8.0), value("gcs", 3.0, 3.0), value("gcs", 4.5, 3.0)]
    assert [points("brain", rows, sedated, hour=hour) for hour in (0, 3, 4)] == [3, 3, 3]
    assert points("brain", rows, sedated, hour=4, column="value_time_h") == 0.5


def test_c_under_sedation_without_a_score_before_it_there_are_no_points():
    sedated = [infusion("sedation", 0.0, 6.0)]
    totals = scored("sofa-2", [value("gcs", 3.5, 3.0)], sedated, participants=WHO)
    assert totals["hourly_totals"]["score"].tolist() == [0] * 4


# ---- respiration: f, g, h, i ----


@pytest.mark.parametrize(
    ("support", "expected"),
    [
        ("mechanical_ventilation", 4),
        ("noninvasive_ventilation", 4),
        ("respiratory_support_unavailable", 4),
        (None, 2),
    ],
)
@pytest.mark.parametrize("ratio", [10, 75])
def test_h_without_support_at_most_2_points_unless_it_is_unavailable(support, expected, ratio):
    given = [infusion(support, 0.0, 3.0)] if support else []
    assert points("respiratory", gas(0.5, ratio), given) == expected


def test_g_support_of_less_than_an_hour_is_ignored():
    short = [infusion("mechanical_ventilation", 0.25, 1.2)]
    long = [infusion("mechanical_ventilation", 0.25, 1.25)]
    assert points("respiratory", gas(0.5, 70), short) == 2
    assert points("respiratory", gas(0.5, 70), long) == 4


@pytest.mark.parametrize(("spo2", "expected"), [(97.0, 1), (97.9, 1), (98.0, None), (100.0, None)])
def test_f_a_saturation_of_98_or_more_is_not_scored(spo2, expected):
    rows = [value("spo2", 0.5, spo2), value("fio2", 0.5, spo2 / 100 / 2.8), *CALM]
    assert points("respiratory", rows) == expected


def test_f_saturation_counts_only_where_there_is_no_arterial_gas():
    saturation = [value("spo2", 0.5, 90.0), value("fio2", 0.5, 0.6)]
    assert points("respiratory", saturation) == 2
    assert points("respiratory", [*saturation, *gas(0.25, 310)]) == 0


def test_i_ecmo_for_the_lungs_scores_the_lungs_alone_and_for_the_heart_both():
    for agent, expected in (("ecmo_respiratory", [4, 0]), ("ecmo_cardiovascular", [4, 4])):
        given = [infusion(agent, 0.0, 3.0)]
        found = [points(organ, CALM, given) for organ in ("respiratory", "cardiovascular")]
        assert found == expected


# ---- circulation: j, k, l, n ----


@pytest.mark.parametrize("end_h", [1.24, 1.25])
def test_j_a_vasopressor_counts_from_an_hour_without_a_break(end_h):
    given = [infusion("norepinephrine", 0.25, end_h, 0.5)]
    assert points("cardiovascular", CALM, given) == (4 if end_h == 1.25 else 0)


@pytest.mark.parametrize(
    ("dopamine", "alone", "beside"), [(5.0, 2, 3), (20.0, 2, 3), (40.0, 3, 3), (40.1, 4, 3)]
)
def test_l_the_limits_of_dopamine_are_for_dopamine_alone(dopamine, alone, beside):
    given = [infusion("dopamine", 0.0, 3.0, dopamine)]
    another = infusion("norepinephrine", 0.0, 3.0, 0.1)
    assert points("cardiovascular", CALM, given) == alone
    assert points("cardiovascular", CALM, [*given, another]) == beside


@pytest.mark.parametrize(
    ("norepinephrine", "epinephrine", "expected"),
    [(0.1, 0.1, 2), (0.11, 0.1, 3), (0.3, 0.1, 3), (0.3, 0.11, 4), (0.0, 0.41, 4)],
)
def test_norepinephrine_and_epinephrine_are_added(norepinephrine, epinephrine, expected):
    given = [
        infusion("norepinephrine", 0.0, 3.0, norepinephrine),
        infusion("epinephrine", 0.0, 3.0, epinephrine),
    ]
    assert points("cardiovascular", CALM, given) == expected


def test_another_agent_that_ran_before_does_not_raise_norepinephrine():
    given = [infusion("vasopressin", 0.0, 2.0, 0.03), infusion("norepinephrine", 3.0, 6.0, 0.1)]
    rows = [*CALM, value("map", 4.5, 80.0)]
    assert points("cardiovascular", rows, given, hour=1) == 2
    assert points("cardiovascular", rows, given, hour=4) == 2


@pytest.mark.parametrize(
    "agent", ["intra_aortic_balloon_pump", "ventricular_assist_device", "microaxial_pump"]
)
def test_n_mechanical_support_of_the_circulation_scores_4(agent):
    assert points("cardiovascular", CALM, [infusion(agent, 0.0, 3.0)]) == 4


# ---- kidney: o, p, q ----


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Creatinine alone opens the criteria, without any urine documented.
        ([value("creatinine", 6.5, 1.3), value("potassium", 6.5, 6.0)], 4),
        # So does oliguria alone, at a normal creatinine.
        (
            [*urine(0.2, range(1, 8)), value("creatinine", 6.5, 1.0), value("potassium", 6.5, 6.0)],
            4,
        ),
        # Oliguria of a whole day on the chart, of 100 kg.
        ([value("urine_output_24h", 6.5, 719.0), value("potassium", 6.5, 6.0)], 4),
        ([value("urine_output_24h", 6.5, 720.0), value("potassium", 6.5, 6.0)], 2),
        # Neither of them.
        (
            [*urine(1.0, range(1, 8)), value("creatinine", 6.5, 1.2), value("potassium", 6.5, 7.0)],
            0,
        ),
        # Both, without potassium or acidosis.
        ([*urine(0.2, range(1, 8)), value("creatinine", 6.5, 1.3)], 1),
        # Acidosis is both pH and bicarbonate.
        ([value("creatinine", 6.5, 1.3), value("ph_arterial", 6.5, 7.1)], 1),
        ([value("creatinine", 6.5, 1.3), value("bicarbonate", 6.5, 8.0)], 1),
        (
            [
                value("creatinine", 6.5, 1.3),
                value("ph_arterial", 6.5, 7.2),
                value("bicarbonate", 6.5, 12.0),
            ],
            4,
        ),
    ],
)
def test_p_criteria_for_replacement_need_creatinine_or_oliguria_and_potassium_or_acidosis(
    rows, expected
):
    assert points("kidney", rows, hour=6) == expected


def test_q_intermittent_replacement_scores_4_on_days_off_until_it_ends():
    rows = [value("creatinine", hour + 0.5, 1.0) for hour in range(0, 240, 24)]
    sessions = [infusion("renal_replacement", start, start + 4.0) for start in (24.0, 72.0)]
    found = course("sofa-2", "kidney", rows, sessions, column="score", participants=WHO)
    # Hour 50 is a day off between two sessions, hour 20 before the first, hour 215 long after.
    assert [found[hour] for hour in (20, 26, 50, 74, 215)] == [0, 4, 4, 4, 0]


def test_o_replacement_for_a_cause_outside_the_kidney_does_not_count():
    given = [infusion("renal_replacement_other_cause", 0.0, 3.0)]
    assert points("kidney", [value("creatinine", 0.5, 1.0)], given) == 0


# ---- missing: b ----


def test_b_what_is_missing_counts_0_on_day_1_and_is_carried_later():
    rows = [value("bilirubin", 30.0, 5.0), value("map", 1.0, 80.0), value("map", 100.0, 80.0)]
    tables = scored("sofa-2", rows, participants=WHO)
    totals = tables["hourly_totals"].set_index("hour")
    # Bilirubin of 5 mg/dL scores 2; it was seen in hour 29, its window ends with hour 52.
    assert totals["score"].reindex([10, 29, 52, 53, 99]).tolist() == [0, 2, 2, 2, 2]
    assert tables["daily_totals"]["score"].tolist() == [0, 2, 2, 2, 2]
    # Mean pressure of days 1 and 5, bilirubin of day 2: what is carried is not observed.
    assert tables["daily_totals"]["n_components"].tolist() == [1, 1, 0, 0, 1]


def test_b_replacement_that_has_ended_is_not_carried():
    rows = [value("creatinine", 1.0, 2.5), value("map", 100.0, 80.0)]
    tables = scored("sofa-2", rows, [infusion("renal_replacement", 2.0, 10.0)], participants=WHO)
    assert tables["daily_totals"]["score"].tolist() == [4, 2, 2, 2, 2]
    hours = tables["hourly_totals"].set_index("hour")["score"]
    assert hours.reindex([20, 32, 33, 99]).tolist() == [4, 4, 2, 2]


def test_creatinine_of_107_micromoles_scores_by_milligrams():
    rows = [value("creatinine", 0.5, 107 * 113.12 / 1e4)]
    assert points("kidney", rows) == 1
