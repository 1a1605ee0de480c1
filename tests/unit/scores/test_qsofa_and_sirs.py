"""qSOFA and SIRS by the hour: both sides of every threshold."""

import pytest
from scored import course, scored, value

GCS = ("gcs_eye", "gcs_verbal", "gcs_motor")


def points(definition, component, *values):
    """Points of hour 0, of values by name at half past."""
    rows = [value(name, 0.5, number) for name, number in values]
    return course(definition, component, rows)[0]


@pytest.mark.parametrize(
    ("definition", "component", "name", "number", "expected"),
    [
        ("qsofa", "respiration", "respiratory_rate", 21, 0),
        ("qsofa", "respiration", "respiratory_rate", 22, 1),
        ("qsofa", "blood_pressure", "sbp", 101, 0),
        ("qsofa", "blood_pressure", "sbp", 100, 1),
        ("sirs", "temperature", "temperature", 38, 0),
        ("sirs", "temperature", "temperature", 38.1, 1),
        ("sirs", "temperature", "temperature", 36, 0),
        ("sirs", "temperature", "temperature", 35.9, 1),
        ("sirs", "heart_rate", "heart_rate", 90, 0),
        ("sirs", "heart_rate", "heart_rate", 91, 1),
        ("sirs", "respiration", "respiratory_rate", 20, 0),
        ("sirs", "respiration", "respiratory_rate", 21, 1),
        ("sirs", "respiration", "paco2", 32, 0),
        ("sirs", "respiration", "paco2", 31.9, 1),
        ("sirs", "leucocytes", "leucocytes", 12, 0),
        ("sirs", "leucocytes", "leucocytes", 12.1, 1),
        ("sirs", "leucocytes", "leucocytes", 4, 0),
        ("sirs", "leucocytes", "leucocytes", 3.9, 1),
        ("sirs", "leucocytes", "bands", 10, 0),
        ("sirs", "leucocytes", "bands", 10.1, 1),
    ],
)
def test_points_on_both_sides_of_a_threshold(definition, component, name, number, expected):
    assert points(definition, component, (name, number)) == expected


@pytest.mark.parametrize(("parts", "expected"), [((4, 5, 6), 0), ((4, 4, 6), 1), ((3, 5, 6), 1)])
def test_any_mentation_but_the_normal_one_is_altered(parts, expected):
    assert points("qsofa", "mentation", *zip(GCS, parts, strict=True)) == expected


def test_normal_leucocytes_with_many_bands_count_once():
    assert points("sirs", "leucocytes", ("leucocytes", 3), ("bands", 20)) == 1


def test_the_total_is_of_what_was_observed_in_24_hours():
    rows = [
        value("respiratory_rate", 0.5, 30),
        value("sbp", 2.5, 90),
        value("respiratory_rate", 25.5, 12),
    ]
    totals = scored("qsofa", rows)["hourly_totals"]
    assert totals["score"].tolist()[:3] == [1, 1, 2]
    assert totals["n_components"].tolist()[:3] == [1, 1, 2]
    # The rate of hour 0 has left the window, the pressure of hour 2 has not.
    assert totals["score"].tolist()[23:26] == [2, 1, 1]
