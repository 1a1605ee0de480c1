"""Rules across tables on rows written down: what decides, and where it stops deciding."""

import pandas as pd
import pytest
from cross_tables import NOTHING, events, interventions, measurements, people
from sepsisflow.validation.cross import check_across
from sepsisflow.validation.table import MODELS


def findings(settings=NOTHING, **tables):
    names = {"labs": "measurements/laboratory", "scores": "measurements/severity"}
    named = {names.get(name, name): frame for name, frame in tables.items()}
    found = check_across([{"participants": people("A1"), **named}], settings=settings)
    return found[found["code"] != "column.incomplete"]


def codes(settings=NOTHING, **tables):
    return findings(settings, **tables)["code"].tolist()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("A1", "death", 0, 24), ("A1", "death", 24, 48)], ["death.repeated"]),
        ([("A1", "death", 0, 24)], []),
        ([("A1", "death", -48, -24)], ["death.before_origin"]),
        ([("A1", "death", 48, 72), ("A1", "last_contact", 24, 48)], ["contact.before_death"]),
        ([("A1", "death", 48, 72), ("A1", "last_contact", 48, 72)], []),
        ([("A1", "death", 48, 72), ("A1", "known_alive", 73, 73)], ["alive.after_death"]),
        ([("A1", "death", 48, 72), ("A1", "known_alive", 72, 72)], []),
        ([("A2", "last_contact", 48, 72)], ["participant.no_follow_up"]),
    ],
)
def test_events_that_contradict_each_other_are_flagged(rows, expected):
    assert codes(events=events(*rows)) == expected


def test_a_pool_candidate_chosen_as_control_must_have_a_follow_up():
    chosen = people("P1", arm=None, chosen=True)
    assert codes(participants=chosen, events=events()) == ["participant.no_follow_up"]


def test_where_arms_are_recorded_everyone_must_have_one():
    recorded = {**NOTHING, "controls": {"method": "recorded"}}
    found = findings(recorded, participants=people("A1", arm=None))
    assert found["query"].tolist() == ["x.csv, row 2: the arm is not recorded. Please complete it."]


def test_where_no_arms_are_compared_nobody_needs_an_arm_or_a_follow_up():
    everyone = people("A1", "A2").assign(arm=[None, "msc"])
    assert codes({**NOTHING, "controls": None}, participants=everyone, events=events()) == []


def test_a_culture_is_no_follow_up():
    assert codes(events=events(("A1", "culture", 0, 24))) == ["participant.no_follow_up"]


def test_nobody_asks_again_of_whom_an_event_could_not_be_read():
    tables = {"participants": people("A1", "A2"), "events": events()}
    found = check_across([tables], settings=NOTHING, asked={"A1"})
    assert found["participant_id"].tolist() == ["A2"]


def test_nobody_asks_for_the_follow_up_of_a_candidate_without_an_arm():
    assert codes(participants=people("P1", arm=None), events=events()) == []


@pytest.mark.parametrize(
    ("start_h", "expected"),
    [
        (72, []),
        (73, ["death.before_first_dose", "intervention.after_death"]),
        (0, []),
    ],
)
def test_treatment_after_death_is_flagged(start_h, expected):
    death = events(("A1", "death", 48, 72))
    given = interventions(("A1", start_h, start_h, 0.1))
    assert codes(events=death, interventions=given) == expected


@pytest.mark.parametrize(("time_h", "expected"), [(72, []), (73, ["measurement.after_death"])])
def test_a_measurement_after_death_is_flagged(time_h, expected):
    death = events(("A1", "death", 48, 72))
    assert codes(events=death, labs=measurements(("A1", "crp", time_h, 5.0))) == expected


def test_a_variable_that_some_participants_lack_is_noted():
    labs = measurements(("A1", "crp", 0, 5.0), ("A2", "crp", 0, None))
    tables = {"participants": people("A1", "A2"), "measurements/laboratory": labs}
    assert check_across([tables], settings=NOTHING)["query"].tolist() == [
        "measurements/laboratory, crp: not recorded for 1 of 2 participants."
    ]


def test_a_discharge_that_some_lack_is_noted():
    discharged = events(("A1", "hospital_discharge", 240, 264), ("A2", "last_contact", 240, 264))
    tables = {"participants": people("A1", "A2"), "events": discharged}
    assert check_across([tables], settings=NOTHING)["query"].tolist() == [
        "events, hospital_discharge: not recorded for 1 of 2 participants."
    ]


EVERYTHING = {
    "controls": {"method": "recorded"},
    "visits": {
        "early": {
            "days": [1], "window_days": 0, "counted_from": {"first_dose_of": "msc"},
            "variables": ["il_6"], "agents": ["msc"],
        }
    },
    "doses": {"msc": {"per_kg": 1, "tolerance_percent": 20}},
    "trial_agents": ["msc"],
    "jumps": {"sodium": {"change": 20, "within_h": 24}},
    "totals": {"sofa": {"cns": 4, "liver": 4}},
    "recorded_scores": {
        "sofa": {"table": "measurements/severity", "items": {"cns": "cns"}, "highest": {"cns": 4}}
    },
}  # fmt: skip


def test_a_study_may_lack_every_table_but_participants():
    assert codes(EVERYTHING) == []


def test_every_table_may_be_empty():
    empty = {name: model.empty() for name, model in MODELS.items() if name != "measurements"}
    empty["measurements/severity"] = MODELS["measurements"].empty()
    assert check_across([empty], settings=EVERYTHING).empty


@pytest.mark.parametrize(
    ("hospital", "icu", "expected"),
    [
        ((48, 72), (73, 73), ["discharge.out_of_order"]),
        ((48, 72), (72, 96), []),
        ((-48, -24), (-72, -48), ["discharge.before_origin", "discharge.before_origin"]),
        ((-24, 0), (-24, 0), []),
    ],
)
def test_discharges_in_an_impossible_order_are_flagged(hospital, icu, expected):
    rows = [("A1", "hospital_discharge", *hospital), ("A1", "icu_discharge", *icu)]
    assert codes(events=events(*rows)) == expected


def test_a_second_discharge_names_the_earlier_one():
    rows = [("A1", "icu_discharge", 96, 96), ("A1", "icu_discharge", 24, 24)]
    assert findings(events=events(*rows))["query"].tolist() == [
        "x.csv, row 2: there is an earlier discharge, at x.csv, row 3. Are both right?"
    ]


@pytest.mark.parametrize(("place", "expected"), [("icu", []), ("hospital", ["discharge.repeated"])])
def test_a_discharge_after_a_readmission_is_no_repeat(place, expected):
    rows = [
        ("A1", "icu_discharge", 96, 96),
        ("A1", "icu_discharge", 24, 24),
        ("A1", f"{place}_readmission", 24, 48),
    ]
    assert codes(events=events(*rows)) == expected


def test_after_a_return_to_intensive_care_the_first_discharge_decides():
    rows = [
        ("A1", "icu_discharge", 24, 24),
        ("A1", "hospital_discharge", 48, 48),
        ("A1", "icu_discharge", 96, 96),
        ("A1", "hospital_discharge", 120, 120),
    ]
    assert set(codes(events=events(*rows))) == {"discharge.repeated"}


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([(0, 24, 0.1), (24, 48, 0.2)], []),
        ([(0, 24, 0.1), (23, 48, 0.2)], [(3, 2)]),
        ([(0, 24, 0.1), (23, 48, 0.1)], []),
        # The one that still runs is not the one before.
        ([(0, 99, 0.1), (10, 20, 0.1), (30, 40, 0.2)], [(4, 2)]),
        ([(0, 99, 0.1), (10, 20, None)], []),
        ([(0, 24, 0.1), (0, 24, 0.2)], [(3, 2)]),
    ],
)
def test_rates_that_contradict_each_other_are_flagged_with_both_places(rows, places):
    given = interventions(*(("A1", *row) for row in rows))
    assert findings(interventions=given)["query"].tolist() == [
        f"x.csv, row {row}: another rate is entered for part of this time, at x.csv, row {other}. "
        "Which is right?"
        for row, other in places
    ]


def test_totals_of_two_infusions_may_overlap_and_so_may_rates_of_two_people():
    doses = interventions(("A1", 0, 24, 70), ("A1", 0, 24, 60), agent="msc", unit="10*6")
    assert codes(interventions=doses) == []
    rates = interventions(("A1", 0, 24, 0.1), ("A2", 0, 24, 0.2))
    assert codes(participants=people("A1", "A2"), interventions=rates) == []


@pytest.mark.parametrize(
    ("start_h", "end_h", "expected"), [(-24, -1, ["dose.before_origin"]), (-24, 0, [])]
)
def test_a_first_dose_before_the_origin_is_asked_about_if_the_agent_is_the_trials(
    start_h, end_h, expected
):
    given = interventions(("A1", start_h, end_h, 0.1))
    assert codes({**NOTHING, "trial_agents": ["norepinephrine"]}, interventions=given) == expected
    assert codes(interventions=given) == []


def by_weight(dose, weight):
    settings = {**NOTHING, "doses": {"msc": {"per_kg": 2, "tolerance_percent": 20}}}
    given = interventions(("A1", 0, 24, dose), agent="msc", unit="10*6")
    return codes(settings, participants=people("A1", weight=weight), interventions=given)


@pytest.mark.parametrize("dose", [96, 144])
def test_a_dose_at_the_tolerance_is_right(dose):
    assert by_weight(dose, weight=60) == []


@pytest.mark.parametrize("dose", [95, 145])
def test_a_dose_beyond_the_tolerance_is_asked_about(dose):
    assert by_weight(dose, weight=60) == ["dose.not_by_weight"]


def test_a_dose_for_an_unknown_weight_is_not_judged():
    assert by_weight(95, weight=None) == []


def visits(**changes):
    schedule = {
        "days": [1, 3], "window_days": 0, "counted_from": "origin", "variables": ["il_6"],
        "agents": ["msc"],
    }  # fmt: skip
    return {**NOTHING, "visits": {"infusions": {**schedule, **changes}}}


@pytest.mark.parametrize(("day", "out"), [(0, True), (1, False), (2, True), (3, False), (4, True)])
def test_a_visit_out_of_its_window_names_its_schedule(day, out):
    labs = measurements(("A1", "il_6", 24 * (day - 1), 5.0), ("A1", "crp", 999, 5.0))
    query = "x.csv, row 2: this day is within no visit of 'infusions'. Is the date right?"
    assert findings(visits(), labs=labs)["query"].tolist() == [query] * out


def test_a_window_reaches_as_far_as_it_says_on_both_sides():
    labs = measurements(*(("A1", "il_6", 24 * (day - 1), 5.0) for day in range(-1, 7)))
    found = findings(visits(window_days=1), labs=labs)
    assert found["source_row"].tolist() == [2, 8, 9]  # days -1, 5 and 6


def test_visits_may_count_from_the_first_dose_and_judge_nobody_without_one():
    given = interventions(("A1", 48, 72, 60), ("A1", 72, 96, 60), agent="msc", unit="10*6")
    labs = measurements(("A1", "il_6", 48, 5.0), ("A2", "il_6", 24, 5.0))
    settings = visits(counted_from={"first_dose_of": "msc"})
    tables = {"participants": people("A1", "A2"), "interventions": given, "labs": labs}
    found = findings(settings, **tables)
    assert found[["code", "table", "source_row"]].values.tolist() == [
        ["visit.out_of_window", "interventions", 3]
    ]


def test_a_row_with_several_values_out_of_window_is_asked_about_once():
    labs = measurements(("A1", "il_6", 24, 5.0), ("A1", "il_10", 24, 5.0)).assign(source_row=7)
    found = findings(visits(variables=["il_6", "il_10"]), labs=labs)
    assert found["source_row"].tolist() == [7]


def form(row, file="x.csv", time_h=24, **values):
    rows = (("A1", variable, time_h, value) for variable, value in values.items())
    return measurements(*rows).assign(source_row=row, source_file=file)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (form(3, crp=5.0, lactate=3.0, pct=1.0), 1),
        (form(3, crp=5.0, lactate=2.0, pct=1.0), 0),  # the same values
        (form(3, crp=6.0, lactate=2.0), 1),  # most of it
        (form(3, crp=6.0), 0),  # one value only
        (form(3, file="y.csv", crp=6.0, lactate=3.0), 0),
        (form(3, time_h=48, crp=6.0, lactate=3.0), 0),
        (form(3, crp=6.0, lactate=3.0).assign(precision="minute"), 0),
    ],
)
def test_a_visit_entered_twice_is_one_finding_with_both_places(second, expected):
    labs = pd.concat([form(2, crp=5.0, lactate=2.0, pct=1.0), second], ignore_index=True)
    assert (
        findings(labs=labs)["query"].tolist()
        == [
            "x.csv, row 3: this visit is also entered at x.csv, row 2, with other values. "
            "Which is right?"
        ]
        * expected
    )


TOTALS = {**NOTHING, "totals": {"sofa": {"cns": 4, "liver": 4}}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"sofa": 5.0, "cns": 3.0, "liver": 2.0}, []),
        ({"sofa": 6.0, "cns": 3.0, "liver": 2.0}, ["total.differs"]),
        ({"sofa": 4.0, "cns": 3.0, "liver": 2.0}, ["total.differs"]),
        # The liver may have any of 0 to 4 points.
        ({"sofa": 7.0, "cns": 3.0}, []),
        ({"sofa": 8.0, "cns": 3.0}, ["total.differs"]),
        ({"sofa": 2.0, "cns": 3.0}, ["total.differs"]),
        ({"sofa": 8.0}, []),
        ({"cns": 3.0, "liver": 2.0}, []),
    ],
)
def test_a_total_must_be_a_sum_that_its_items_can_give(values, expected):
    assert codes(TOTALS, scores=form(2, **values)) == expected


def test_items_of_another_file_or_domain_or_entered_twice_are_still_items():
    scores = form(2, sofa=5.0)
    items = pd.concat([form(9, "y.csv", cns=3.0, liver=2.0), form(8, "y.csv", cns=4.0)])
    assert codes(TOTALS, scores=scores, labs=items) == []
    assert codes(TOTALS, scores=form(2, sofa=7.0), labs=items) == ["total.differs"]
    assert codes(TOTALS, scores=scores, labs=items.assign(time_h=48)) == []


JUMPS = {**NOTHING, "jumps": {"sodium": {"change": 20, "within_h": 24}}}


@pytest.mark.parametrize(
    ("times", "values", "rows"),
    [
        ((0, 24), (140, 160), []),
        ((0, 24), (140, 161), [(3, 2)]),
        ((0, 24), (140, 119), [(3, 2)]),
        ((0, 25), (140, 161), []),
        ((24, 0), (140, 161), [(2, 3)]),
        ((0, 0, 24), (140, 161, 150), []),  # two values of one time: not judged
        ((0, 12, 24), (140, 170, 141), [(3, 2), (4, 3)]),
    ],
)
def test_a_jump_names_both_places_and_no_value(times, values, rows):
    labs = measurements(
        *(("A1", "sodium", at, value) for at, value in zip(times, values, strict=True))
    )
    assert findings(JUMPS, labs=labs)["query"].tolist() == [
        f"x.csv, row {row}: the change since x.csv, row {other} is larger than expected. "
        "Are both values right?"
        for row, other in rows
    ]


def test_a_limit_does_not_jump():
    labs = measurements(("A1", "sodium", 0, 140), ("A1", "sodium", 24, 200))
    assert codes(JUMPS, labs=labs.assign(censoring=["none", "above"])) == []


@pytest.mark.parametrize(
    ("weight", "height", "expected"),
    [(29, 170, []), (28, 170, ["participant.build"]), (170, 70, ["participant.build"]),
     (231, 170, []), (232, 170, ["participant.build"]), (28, None, [])],
)  # fmt: skip
def test_weight_and_height_must_fit_each_other(weight, height, expected):
    assert codes(participants=people("A1", weight=weight, height=height)) == expected
