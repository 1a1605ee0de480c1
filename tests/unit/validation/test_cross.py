"""Rules across tables: each fires on its case and not on the near miss."""

import pandas as pd
import pytest
from sepsisflow.validation.cross import check_across

POOL = {"method": "flagged", "flag": "chosen"}


def table(*rows, columns):
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(source_file="x.csv", source_row=range(2, len(rows) + 2))


def people(*identifiers, arm="msc", chosen=False):
    rows = ((each, arm, chosen) for each in identifiers)
    return table(*rows, columns=["participant_id", "arm", "chosen"])


def events(*rows):
    return table(*rows, columns=["participant_id", "event", "earliest_h", "latest_h"])


def interventions(*rows):
    return table(*rows, columns=["participant_id", "start_h"])


def measurements(*rows):
    return table(*rows, columns=["participant_id", "variable", "time_h", "value"])


def codes(**tables):
    names = {"labs": "measurements/laboratory"}
    named = {names.get(name, name): frame for name, frame in tables.items()}
    found = check_across(named, controls=POOL)
    return found["code"].tolist()


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
    assert codes(participants=people("A1"), events=events(*rows)) == expected


def test_a_pool_candidate_chosen_as_control_must_have_a_follow_up():
    chosen = people("P1", arm=None, chosen=True)
    assert codes(participants=chosen, events=events()) == ["participant.no_follow_up"]


def test_where_arms_are_recorded_everyone_must_have_one():
    found = check_across({"participants": people("A1", arm=None)}, controls={"method": "recorded"})
    assert found["query"].tolist() == ["x.csv, row 2: the arm is not recorded. Please complete it."]


def test_a_culture_is_no_follow_up():
    found = codes(participants=people("A1"), events=events(("A1", "culture", 0, 24)))
    assert found == ["participant.no_follow_up"]


def test_nobody_asks_again_of_whom_an_event_could_not_be_read():
    tables = {"participants": people("A1", "A2"), "events": events()}
    found = check_across(tables, controls=POOL, asked={"A1"})
    assert found["participant_id"].tolist() == ["A2"]


def test_nobody_asks_for_the_follow_up_of_a_candidate_without_an_arm():
    assert codes(participants=people("P1", arm=None), events=events()) == []


@pytest.mark.parametrize(
    ("start_h", "expected"),
    [
        (72, []),
        (73, ["intervention.after_death", "death.before_first_dose"]),
        (0, []),
    ],
)
def test_treatment_after_death_is_flagged(start_h, expected):
    death = events(("A1", "death", 48, 72))
    given = interventions(("A1", start_h))
    assert codes(participants=people("A1"), events=death, interventions=given) == expected


@pytest.mark.parametrize(("time_h", "expected"), [(72, []), (73, ["measurement.after_death"])])
def test_a_measurement_after_death_is_flagged(time_h, expected):
    death = events(("A1", "death", 48, 72))
    labs = measurements(("A1", "crp", time_h, 5.0))
    assert codes(participants=people("A1"), events=death, labs=labs) == expected


def test_a_variable_that_some_participants_lack_is_noted():
    labs = measurements(("A1", "crp", 0, 5.0), ("A2", "crp", 0, None))
    found = check_across(
        {"participants": people("A1", "A2"), "measurements/laboratory": labs}, controls=POOL
    )
    assert found["query"].tolist() == [
        "measurements/laboratory, crp: not recorded for 1 of 2 participants."
    ]


def test_a_discharge_that_some_lack_is_noted():
    discharged = events(("A1", "hospital_discharge", 240, 264), ("A2", "last_contact", 240, 264))
    found = check_across({"participants": people("A1", "A2"), "events": discharged}, controls=POOL)
    assert found["query"].tolist() == [
        "events, hospital_discharge: not recorded for 1 of 2 participants."
    ]
