"""Scores of one window, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scored import infusion, people, scored, value
from sepsisflow.schemas.organ_scores import WINDOW_SCHEMAS

FIRST_DAY, SIRS = "mimic-code-first-day", "mimic-code-sirs"


def component(definition, name, *rows, column="score", **more):
    """One component of the first participant."""
    found = scored(definition, rows, **more)["window_components"]
    (cell,) = found.loc[found["component"].eq(name) & found["participant_id"].eq("a"), column]
    return None if cell != cell else cell


@pytest.mark.parametrize(
    ("hour", "points"), [(-6.001, None), (-6, 1), (0, 1), (24, 1), (24.001, None)]
)
def test_the_window_includes_both_its_ends(hour, points):
    assert component(SIRS, "heart_rate", value("heart_rate", hour, 91)) == points


def test_the_worst_value_of_the_window_decides_and_is_cited():
    rows = [value("bilirubin", 1, 1.0), value("bilirubin", 2, 7.0), value("bilirubin", 3, 6.0)]
    assert component(FIRST_DAY, "liver", *rows) == 3
    cited = [
        component(FIRST_DAY, "liver", *rows, column=each)
        for each in ("value", "unit", "value_time_h", "source_row")
    ]
    assert cited == [7.0, "mg/dL", 2.0, 3]


def test_everybody_has_a_total_beside_which_stands_what_was_observed():
    rows = [value("heart_rate", 1, 91, who="b"), value("respiratory_rate", 1, 21, who="b")]
    tables = scored(SIRS, rows, participants=people("a", "b", "c"))
    totals = tables["window_totals"].set_index("participant_id")
    assert totals["score"].tolist() == [0, 2, 0]
    assert totals["n_components"].tolist() == [0, 2, 0]
    assert len(tables["window_components"]) == 3 * 4
    for name, schema in WINDOW_SCHEMAS.items():
        assert len(schema.validate(tables[name], lazy=True))


@pytest.mark.parametrize(
    ("start", "end", "points"), [(-7, 5, None), (-6, -5.9, 4), (24, 90, 4), (25, 90, None)]
)
def test_a_rate_counts_by_when_it_begins(start, end, points):
    given_ = [infusion("norepinephrine", start, end, 0.2)]
    assert component(FIRST_DAY, "cardiovascular", interventions=given_) == points


def test_urine_of_the_first_24_hours_is_summed_whatever_time_it_stands_for():
    rows = [value("urine_output", hour, 150) for hour in (-0.5, 0, 12, 24, 24.5)]
    assert component(FIRST_DAY, "renal", *rows) == 3
    assert component(FIRST_DAY, "renal", *rows, column="value") == 450
    assert component(FIRST_DAY, "renal", *rows, column="value_time_h") == 24
    assert component(FIRST_DAY, "renal", value("urine_output", 25, 100)) is None


def test_urine_counts_less_what_went_into_the_bladder():
    rows = [value("bladder_irrigant_in", 1, 900), value("bladder_irrigant_out", 2, 1000)]
    assert component(FIRST_DAY, "renal", *rows, column="value") == 100
    assert component(FIRST_DAY, "renal", *rows) == 4


@pytest.mark.parametrize(
    ("ratios", "points"),
    [((250,), 0), ((199,), 3), ((99,), 4)],
)
def test_a_ventilated_ratio_of_200_or_more_scores_0(ratios, points):
    modes = [value("ventilator_mode", hour, text="CMV") for hour in (0, 8)]
    gases = [
        each
        for at, ratio in enumerate(ratios, start=1)
        for each in (value("pao2", at, ratio / 2), value("fio2_blood_gas", at, 0.5))
    ]
    assert component(FIRST_DAY, "respiration", *modes, *gases) == points
    # Without the ventilator the same gas scores.
    assert component(FIRST_DAY, "respiration", *gases) == 2


@pytest.mark.parametrize(
    ("readings", "points"),
    [
        ([(100.4 - 32) / 1.8], 0),
        ([(100.5 - 32) / 1.8], 1),
        # Averaged at one time, to two decimals.
        ([38.0, 38.008], 0),
        ([38.0, 38.012], 1),
        ([36.0], 0),
        ([35.99], 1),
        ([9.9], None),
    ],
)
def test_temperature_is_judged_to_two_decimals(readings, points):
    rows = [value("temperature", 1, each) for each in readings]
    assert component(SIRS, "temperature", *rows) == points


@given(
    st.lists(st.tuples(st.floats(-10, 30), st.integers(60, 120)), min_size=1, max_size=20),
)
def test_the_score_is_that_of_the_values_in_the_window(readings):
    rows = [value("heart_rate", hour, number) for hour, number in dict(readings).items()]
    inside = [
        each["value"] for each in rows if -6 * 3600 <= round(each["time_h"] * 3600) <= 24 * 3600
    ]
    # Values of one second are averaged.
    seconds = {round(each["time_h"] * 3600) for each in rows}
    expected = (max(inside) > 90) if inside else None
    if len(seconds) == len(rows):
        assert component(SIRS, "heart_rate", *rows) == expected
