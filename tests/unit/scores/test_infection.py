"""Suspected infection: windows at both limits, dates, several cultures, several stays."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from infected import antibiotics, cultures, suspected
from sepsisflow.schemas.sepsis import SuspicionOfInfection

SECOND = 1 / 3600


def told(given, taken, **choices):
    """What came first and the time of suspicion of the one antibiotic."""
    row = suspected(given, taken, **choices).iloc[0]
    return (row["came_first"], row["suspicion_h"]) if row["suspected"] else None


@pytest.mark.parametrize(
    ("culture", "expected"),
    [
        (100 - 72 - SECOND, None),
        (100 - 72, ("culture", 28)),
        (100 - SECOND, ("culture", 100 - SECOND)),
        (100, ("culture", 100)),
        (100 + SECOND, ("antibiotic", 100)),
        (100 + 24, ("antibiotic", 100)),
        (100 + 24 + SECOND, None),
    ],
)
def test_a_culture_counts_up_to_72_hours_before_and_24_hours_after(culture, expected):
    assert told(antibiotics(100), cultures(culture)) == expected


def test_a_culture_at_the_very_time_may_be_left_out():
    given, taken = antibiotics(100), cultures(100)
    assert told(given, taken, at_the_same_time="left_out") is None
    assert told(given, taken, at_the_same_time="culture_first") == ("culture", 100)


@pytest.mark.parametrize(
    ("antibiotic", "expected"),
    [
        # The culture's day is from hour 48 to hour 72.
        (48 - 24 - SECOND, None),
        (48 - 24, ("antibiotic", 24)),
        (48 - SECOND, ("antibiotic", 48 - SECOND)),
        (48, ("culture", 48)),
        (60, ("culture", 48)),
        (72 + 72 - SECOND, ("culture", 48)),
        (72 + 72, None),
    ],
)
def test_a_culture_known_by_date_counts_if_it_fits_at_any_time_of_the_day(antibiotic, expected):
    given, taken = antibiotics(antibiotic), cultures((48, 72))
    assert told(given, taken) == expected
    assert told(given, taken, at_the_same_time="left_out") == expected
    assert told(given, taken, known_by_date="left_out") is None


def test_an_antibiotic_without_a_culture_is_listed_and_no_suspicion():
    row = suspected(antibiotics(5), cultures()).iloc[0]
    assert not row["suspected"]
    assert row[["came_first", "suspicion_h", "culture_h", "specimen", "positive"]].isna().all()
    assert row["antibiotic_h"] == 5


def test_without_antibiotics_nothing_is_listed():
    given = antibiotics(5).iloc[:0]
    assert SuspicionOfInfection.to_schema().columns.keys() == set(suspected(given, cultures(1)))
    assert suspected(given, cultures(1)).empty


@pytest.mark.parametrize(
    ("times", "specimen"),
    [
        # The earliest of those that came first, though another one followed sooner.
        ((101, 90, 40), "specimen 4"),
        # The earliest of those that followed.
        ((120, 110), "specimen 3"),
        # Of one day those without a time come last, of one time the first of the table counts.
        (((96, 120), 99), "specimen 3"),
        (((72, 96), 99), "specimen 2"),
        ((99, 99), "specimen 2"),
    ],
)
def test_of_several_cultures_the_earliest_that_came_first_counts(times, specimen):
    assert suspected(antibiotics(100), cultures(*times))["specimen"].tolist() == [specimen]


def test_a_wide_day_does_not_hide_a_culture_with_a_time():
    # The day ends after the antibiotic, the other culture lies before it by less than 72 h.
    taken = cultures((96, 120), 30)
    assert told(antibiotics(100), taken) == ("culture", 30)


def test_whether_the_culture_grew_anything_and_its_row_are_kept():
    row = suspected(antibiotics(100), cultures(90)).iloc[0]
    assert row["positive"]
    assert row[["culture_file", "culture_row"]].tolist() == ["cultures.csv", 2]
    assert row[["antibiotic_file", "antibiotic_row"]].tolist() == ["prescriptions.csv", 2]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("first_of_both", 90), ("antibiotic", 100), ("culture", 90)],
)
def test_the_time_of_the_suspicion_is_a_choice(choice, expected):
    assert told(antibiotics(100), cultures(90), suspected_at=choice)[1] == expected


def test_antibiotics_are_numbered_by_start_end_and_name_and_some_are_left_out():
    given = pd.concat(
        [
            antibiotics(9, text="Vancomycin"),
            antibiotics(5, text="Mupirocin Ointment 2%"),
            antibiotics(5, text="Vancomycin", end_h=float("nan")),
            antibiotics(5, text="Vancomycin", end_h=8.0),
            antibiotics(5, text="Cefazolin", end_h=8.0),
        ],
        ignore_index=True,
    )
    rows = suspected(given, cultures(1))
    assert rows[["number", "antibiotic", "antibiotic_h"]].to_numpy().tolist() == [
        [1, "Cefazolin", 5],
        [2, "Vancomycin", 5],
        [3, "Vancomycin", 5],
        [4, "Vancomycin", 9],
    ]
    assert len(suspected(given, cultures(1), antibiotics_left_out=[])) == 5
    assert len(suspected(given, cultures(1), antibiotics_left_out=["VANCO"])) == 2


def test_every_stay_of_a_person_has_the_antibiotic_and_one_says_that_it_began_there():
    given = pd.concat([antibiotics(10), antibiotics(-90, who="b")], ignore_index=True)
    taken = pd.concat([cultures(4), cultures(-96, who="b")], ignore_index=True)
    rows = suspected(given, taken, participants=("b", "a"))
    assert rows["participant_id"].tolist() == ["b", "a"]
    assert rows["during_stay"].tolist() == [False, True]
    assert rows["suspicion_h"].tolist() == [-96, 4]


@pytest.mark.parametrize("end", ["icu_discharge", "death"])
@pytest.mark.parametrize(
    ("start", "during"), [(-SECOND, False), (0, True), (30 - SECOND, True), (30, False)]
)
def test_a_stay_lasts_from_the_origin_until_discharge_or_death(end, start, during):
    taken = pd.concat([cultures(1), cultures(30).assign(event=end)], ignore_index=True)
    assert suspected(antibiotics(start), taken)["during_stay"].tolist() == [during]


def test_cultures_and_antibiotics_of_different_people_make_no_suspicion():
    rows = suspected(antibiotics(10), cultures(9, who="b"), participants=("a", "b"))
    assert rows["suspected"].tolist() == [False]


def test_rows_of_nobody_who_is_a_participant_are_left_out():
    given = pd.concat([antibiotics(10, who="z"), antibiotics(10)], ignore_index=True)
    taken = pd.concat([cultures(9, who="z"), cultures(8)], ignore_index=True)
    rows = suspected(given, taken)
    assert rows[["participant_id", "culture_h"]].to_numpy().tolist() == [["a", 8]]


def test_tables_without_names_and_specimens_suffice():
    given, taken = antibiotics(10).drop(columns="text"), cultures(9)
    rows = suspected(given, taken.drop(columns=["text", "positive"]))
    assert rows["suspicion_h"].tolist() == [9]
    assert rows[["antibiotic", "specimen", "positive"]].isna().all(axis=None)


TIMES = st.integers(-40, 40).map(lambda at: at * 3.0)
DAYS = st.integers(-5, 5).map(lambda day: (day * 24.0, day * 24.0 + 24.0))


def by_search(start, taken, *, same):
    """The culture of an antibiotic, as the choices of Sepsis-3 are worded, one after the other."""
    fits = {"culture": [], "antibiotic": []}
    for at, time in enumerate(taken):
        moments = [time] if not isinstance(time, tuple) else [time[0] + h for h in range(24)]
        exact = len(moments) == 1
        last = moments[-1] if exact else time[1] - SECOND
        earlier = [m for m in moments if m < start or (m == start and (same or not exact))]
        if earlier and last >= start - 72:
            fits["culture"].append((last, not exact, at))
        if last > start and moments[0] - 24 <= start:
            fits["antibiotic"].append((last, not exact, at))
    for first, found in fits.items():
        if found:
            return first, min(found)[2] + 2
    return None, None


@given(
    st.lists(TIMES, min_size=1, max_size=4),
    st.lists(st.one_of(TIMES, DAYS), max_size=5),
    st.booleans(),
)
def test_the_culture_is_the_one_that_a_search_finds(starts, taken, same):
    choice = "culture_first" if same else "left_out"
    rows = suspected(antibiotics(*starts), cultures(*taken), at_the_same_time=choice)
    found = rows[["came_first", "culture_row"]].astype(object)
    found = found.where(found.notna(), None).to_numpy().tolist()
    assert found == [list(by_search(start, taken, same=same)) for start in sorted(starts)]
