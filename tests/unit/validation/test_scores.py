"""Recorded scores against those computed from the values of their day."""

import pandas as pd
import pytest
from cross_tables import NOTHING, people
from sepsisflow.validation.cross import check_across

SOFA = {
    "table": "measurements/severity",
    "items": {"sofa_cns": "cns", "sofa_renal": "renal"},
    "highest": {"cns": 4, "renal": 4},
}
SETTINGS = {**NOTHING, "recorded_scores": {"sofa": SOFA}}


def recorded(time_h=24.0, **values):
    rows = [
        {
            "participant_id": "A1",
            "variable": name,
            "time_h": time_h,
            "value": float(value),
            "censoring": "none",
            "precision": "day",
            "source_file": "form.csv",
            "source_row": 7,
        }
        for name, value in values.items()
    ]
    return pd.DataFrame(rows)


def computed(cns=3.0, renal=2.0, day=2):
    """Components as the engine writes them: texts as categories, rows missing with the score."""
    frame = pd.DataFrame({"component": ["cns", "renal"], "score": [cns, renal]}).assign(
        participant_id="A1",
        study_day=day,
        source_file=["chart.csv", "labs.csv"],
        source_row=[4.0, 9.0],
    )
    unseen = frame["score"].isna()
    places = {
        "source_file": frame["source_file"].mask(unseen),
        "source_row": frame["source_row"].mask(unseen),
    }
    frame = frame.astype({"score": float}).assign(**places)
    return frame.astype(dict.fromkeys(["participant_id", "component", "source_file"], "category"))


def queries(form, scores):
    tables = {"participants": people("A1"), "measurements/severity": form, "scores/sofa": scores}
    found = check_across([tables], settings=SETTINGS)
    found = found[found["code"] == "score.differs"]
    assert set(found["severity"]) <= {"warning"}
    return list(zip(found["field"], found["query"], strict=True))


def asks(field, other):
    query = f"form.csv, row 7: the score differs from that of the values at {other}. Which of them "
    return field, f"{query}is right?"


@pytest.mark.parametrize(
    "values", [{"sofa": 5}, {"sofa": 5, "sofa_cns": 3, "sofa_renal": 2}, {"sofa_renal": 2}]
)
def test_what_is_recorded_as_computed_is_not_asked_about(values):
    assert queries(recorded(**values), computed()) == []


@pytest.mark.parametrize("total", [4, 6])
def test_a_total_that_differs_names_the_rows_of_all_values_that_decided(total):
    assert queries(recorded(sofa=total), computed()) == [
        asks("sofa", "chart.csv, row 4; labs.csv, row 9")
    ]


def test_an_item_that_differs_names_the_row_of_its_value_and_excuses_the_total():
    assert queries(recorded(sofa=4, sofa_cns=2, sofa_renal=2), computed()) == [
        asks("sofa_cns", "chart.csv, row 4")
    ]


def test_a_total_that_differs_by_more_than_its_items_is_asked_about_too():
    assert [field for field, _ in queries(recorded(sofa=3, sofa_cns=2), computed())] == [
        "sofa_cns",
        "sofa",
    ]


def test_items_that_differ_do_not_make_a_right_total_wrong():
    form = recorded(sofa=5, sofa_cns=2, sofa_renal=3)
    assert [field for field, _ in queries(form, computed())] == ["sofa_cns", "sofa_renal"]


@pytest.mark.parametrize(("total", "count"), [(2, 1), (3, 0), (7, 0), (8, 1)])
def test_a_component_not_observed_may_have_been_anything(total, count):
    assert len(queries(recorded(sofa=total), computed(renal=None))) == count
    assert queries(recorded(sofa_renal=4), computed(renal=None)) == []


@pytest.mark.parametrize(("time_h", "count"), [(23.9, 0), (24, 1), (47.9, 1), (48, 0)])
def test_a_score_is_compared_with_the_values_of_its_day(time_h, count):
    assert len(queries(recorded(time_h, sofa=9), computed())) == count


def test_a_limit_is_no_total():
    assert queries(recorded(sofa=9).assign(censoring="below"), computed()) == []


def test_a_day_on_which_nothing_was_observed_is_not_judged():
    assert queries(recorded(sofa=9), computed(cns=None, renal=None)) == []
