"""APACHE II by hand: gases, renal failure, gaps between classes, windows, what is missing."""

import hypothesis
import pandas as pd
import pytest
from apache_example import measured, people, scored, settings
from hypothesis import given
from hypothesis import strategies as st
from sepsisflow.schemas.apache_ii import ApacheComponents, ApacheTotals
from sepsisflow.schemas.check import check
from sepsisflow.scores.apache_ii import apache_ii

NORMAL = {
    "temperature": 37, "map": 90, "heart_rate": 80, "respiratory_rate": 16, "pao2": 90,
    "fio2": 0.21, "paco2": 40, "ph_arterial": 7.4, "sodium": 140, "potassium": 4,
    "creatinine": 1, "haematocrit": 40, "leucocytes": 8, "gcs": 15, "acute_renal_failure": 0,
    "chronic_health_points": 0,
}  # fmt: skip
WORST = {
    "temperature": 29, "map": 40, "heart_rate": 30, "respiratory_rate": 4, "pao2": 40,
    "fio2": 0.21, "paco2": 80, "ph_arterial": 7, "sodium": 105, "potassium": 2, "creatinine": 9,
    "haematocrit": 15, "leucocytes": 0.5, "gcs": 3, "acute_renal_failure": 1,
    "chronic_health_points": 5,
}  # fmt: skip


def test_the_total_runs_from_0_to_71():
    _, best = scored(*NORMAL.items())
    _, worst = scored(*WORST.items(), age=80)
    assert (best["score"], best["n_components"], best["missing"]) == (0, 14, "")
    assert (worst["score"], worst["highest"]) == (71, 71)


@hypothesis.settings(max_examples=50)
@given(
    values=st.lists(
        st.tuples(
            st.sampled_from([*NORMAL, "bicarbonate"]),
            st.floats(-50, 800),
            st.floats(-30, 60),
        ),
        max_size=30,
    ),
    age=st.none() | st.floats(0, 110),
)
def test_whatever_is_measured_the_tables_hold_and_the_total_lies_between_its_bounds(values, age):
    components, totals = apache_ii(people(A1=age), measured(*values), settings())
    check(components, ApacheComponents, "components")
    check(totals, ApacheTotals, "totals")
    assert totals["score"].between(0, totals["highest"]).all()
    assert totals["highest"].le(71).all()
    assert len(components) == 14 * len(totals)


# At 760 mmHg and FiO2 0.5: 356.5 - 40 / 0.8 - 100 = 206.5. At 670 mmHg: 161.5.
@pytest.mark.parametrize(
    ("fio2", "mmhg", "variable", "value", "points"),
    [
        (0.5, 760, "alveolar_arterial_gradient", 206.5, 2),
        (0.5, 670, "alveolar_arterial_gradient", 161.5, 0),
        (0.49, 760, "pao2", 100, 0),
    ],
)
def test_fio2_of_exactly_one_half_is_scored_by_the_gradient(fio2, mmhg, variable, value, points):
    components, _ = scored(("pao2", 100), ("fio2", fio2), ("paco2", 40), mmhg=mmhg)
    row = components.loc["oxygenation"]
    assert (row["variable"], row["value"], row["score"]) == (variable, pytest.approx(value), points)


def test_at_high_fio2_a_gas_without_paco2_is_not_scored():
    components, total = scored(("pao2", 50), ("fio2", 0.5), ("gcs", 15))
    assert pd.isna(components.loc["oxygenation", "score"])
    assert "oxygenation" in total["missing"]


@pytest.mark.parametrize(("hour", "observed"), [(0.0, True), (-0.1, False)])
def test_fio2_belongs_to_a_gas_of_the_next_four_hours(hour, observed):
    components, _ = scored(("fio2", 0.4, hour), ("pao2", 50, 4.0), ("gcs", 15))
    assert components.loc["oxygenation"].notna()["score"] == observed


def test_an_fio2_before_the_first_hour_counts_and_a_gas_before_it_does_not():
    components, _ = scored(("fio2", 0.4, -1.0), ("pao2", 50, -1.0), ("pao2", 65, 1.0), ("gcs", 15))
    assert components.loc["oxygenation", "value"] == 65


def test_bicarbonate_is_scored_only_without_an_arterial_ph():
    both, _ = scored(("bicarbonate", 10), ("ph_arterial", 7.4))
    alone, _ = scored(("bicarbonate", 10), ("ph_arterial", 7.4, 30))
    assert both.loc["acid_base", ["variable", "score"]].tolist() == ["ph_arterial", 0]
    assert alone.loc["acid_base", ["variable", "score"]].tolist() == ["bicarbonate", 4]


@pytest.mark.parametrize(
    ("value", "failure", "expected"), [(3.5, 1, 8), (3.5, 0, 4), (0.5, 1, 4), (1.0, 1, 0)]
)
def test_creatinine_counts_twice_in_acute_renal_failure(value, failure, expected):
    components, _ = scored(("creatinine", value), ("acute_renal_failure", failure))
    assert components.loc["creatinine", "score"] == expected


def test_creatinine_counts_once_where_renal_failure_is_not_recorded_but_may_count_twice():
    components, _ = scored(("creatinine", 2.0))
    assert components.loc["creatinine", ["score", "highest"]].tolist() == [3, 6]


@pytest.mark.parametrize(
    ("variable", "value", "half_up", "none"),
    [
        ("temperature", 38.45, 1, 0),
        ("temperature", 38.44, 0, 0),
        ("temperature", 29.95, 3, 4),
        ("potassium", 3.45, 0, 1),
        ("potassium", 5.45, 1, 0),
        ("ph_arterial", 7.325, 0, 2),
        ("map", 69.67, 0, 2),
        ("leucocytes", 14.95, 1, 0),
        ("creatinine", 1.45, 2, 0),
    ],
)
def test_a_value_between_two_printed_classes_is_settled_by_the_rounding(
    variable, value, half_up, none
):
    component = "acid_base" if variable == "ph_arterial" else variable
    for rounding, expected in (("half_up", half_up), ("none", none)):
        components, _ = scored((variable, value), rounding=rounding)
        assert components.loc[component, "score"] == expected
        assert components.loc[component, "value"] == value


def test_nobody_is_a_year_older_before_the_birthday():
    components, _ = scored(("gcs", 15), age=44.99)
    assert components.loc["age", "score"] == 0


def test_the_side_that_scores_more_decides_and_of_equal_values_the_earliest():
    components, _ = scored(
        ("temperature", 39.5, 3), ("temperature", 31, 8), ("temperature", 31, 5),
        ("temperature", 33, 1), ("temperature", 20, 24),
    )  # fmt: skip
    decided = components.loc["temperature", ["score", "value", "value_time_h", "source_row"]]
    assert decided.tolist() == [3, 39.5, 3, 2]


def test_a_missing_component_stays_missing_beside_a_total_that_counts_it_as_normal():
    components, total = scored(("gcs", 3), ("temperature", 37), age=None)
    assert components["score"].count() == 2
    assert pd.isna(components.loc["age", "score"])
    assert components.loc["age", ["counted", "highest"]].tolist() == [0, 6]
    assert (total["score"], total["n_components"]) == (12, 2)
    assert total["highest"] == 71 - 4
    assert total["missing"].startswith("map, heart_rate, ")
    _, unknown = scored(("gcs", 3), ("temperature", 37), missing_component="missing")
    assert pd.isna(unknown["score"])


def test_a_limit_counts_as_its_value_or_not_at_all():
    values = measured(("creatinine", 0.5)).assign(censoring="below")
    for censored, expected in (("at_limit", 1), ("left_out", 0)):
        _, totals = apache_ii(people(A1=None), values, settings(censored=censored))
        assert len(totals) == expected


def test_chronic_health_points_that_do_not_exist_are_not_scored():
    components, _ = scored(("chronic_health_points", 3), ("gcs", 15))
    assert pd.isna(components.loc["chronic_health", "score"])


def test_thresholds_are_evaluated_in_the_unit_that_the_definition_names():
    changed = settings()
    creatinine = changed["definition"]["components"]["creatinine"]
    bands = [{"points": 2, "at_least": 133}, {"points": 0}]
    molar = {**creatinine, "unit": "umol/L", "decimals": 0, "bands": bands}
    parts = {**changed["definition"]["components"], "creatinine": molar}
    changed["definition"] = {**changed["definition"], "components": parts}
    components, _ = apache_ii(people(A1=30), measured(("creatinine", 1.5)), changed)
    row = components.set_index("component").loc["creatinine"]
    assert (row["unit"], row["score"]) == ("umol/L", 2)
    assert row["value"] == pytest.approx(132.6, abs=0.01)


def test_who_has_no_measured_value_in_these_hours_has_no_score():
    components, totals = apache_ii(people(A1=50), measured(("gcs", 3, 24)), settings())
    assert len(components) == len(totals) == 0


def test_the_day_of_the_recorded_total_is_scored_or_else_the_first():
    values = pd.concat(
        [
            measured(("gcs", 14, 5), ("gcs", 3, 30), ("apache_ii_recorded", 12, 24)),
            measured(("gcs", 14, 5), ("gcs", 3, 30), participant="A2"),
        ]
    )
    of_the_day, of_origin = (
        apache_ii(people(A1=30, A2=30), values, settings(starts_at=starts_at))[1]
        for starts_at in ("recorded", "origin")
    )
    assert of_the_day[["time_h", "score"]].to_numpy().tolist() == [[24, 12], [0, 1]]
    assert of_the_day["difference"].fillna(-1).tolist() == [0, -1]
    assert of_origin["score"].tolist() == [1, 1]
    assert of_origin["recorded"].isna().all()
