"""APACHE II at both ends of every printed class, from a transcription of its own.

Knaus 1985, table 1, as printed: class by class its ends and its points. The definition gives lower
limits only, so that a threshold of either that is wrong disagrees with the other.
"""

import numpy as np
import pytest
from apache_example import DEFINITION, scored
from sepsisflow.scores.apache_ii_settings import parts_of
from sepsisflow.scores.bands import points

PRINTED = {
    "temperature": ">=41:4 39-40.9:3 38.5-38.9:1 36-38.4:0 34-35.9:1 32-33.9:2 30-31.9:3 <=29.9:4",
    "map": ">=160:4 130-159:3 110-129:2 70-109:0 50-69:2 <=49:4",
    "heart_rate": ">=180:4 140-179:3 110-139:2 70-109:0 55-69:2 40-54:3 <=39:4",
    "respiratory_rate": ">=50:4 35-49:3 25-34:1 12-24:0 10-11:1 6-9:2 <=5:4",
    "alveolar_arterial_gradient": ">=500:4 350-499:3 200-349:2 <=199:0",
    "pao2": ">=71:0 61-70:1 55-60:3 <=54:4",
    "ph_arterial":
        ">=7.7:4 7.6-7.69:3 7.5-7.59:1 7.33-7.49:0 7.25-7.32:2 7.15-7.24:3 <=7.14:4",
    "bicarbonate": ">=52:4 41-51.9:3 32-40.9:1 22-31.9:0 18-21.9:2 15-17.9:3 <=14.9:4",
    "sodium": ">=180:4 160-179:3 155-159:2 150-154:1 130-149:0 120-129:2 111-119:3 <=110:4",
    "potassium": ">=7:4 6-6.9:3 5.5-5.9:1 3.5-5.4:0 3-3.4:1 2.5-2.9:2 <=2.4:4",
    "creatinine": ">=3.5:4 2-3.4:3 1.5-1.9:2 0.6-1.4:0 <=0.5:2",
    "haematocrit": ">=60:4 50-59.9:2 46-49.9:1 30-45.9:0 20-29.9:2 <=19.9:4",
    "leucocytes": ">=40:4 20-39.9:2 15-19.9:1 3-14.9:0 1-2.9:2 <=0.9:4",
    "gcs": "15-15:0 14-14:1 13-13:2 12-12:3 11-11:4 10-10:5 9-9:6 8-8:7 7-7:8 6-6:9 5-5:10 4-4:11 "
        "3-3:12",
    "age_years": ">=75:6 65-74:5 55-64:3 45-54:2 <=44:0",
    "chronic_health_points": "5-5:5 2-2:2 0-0:0",
}  # fmt: skip


def ends():
    """Both ends of each printed class, as (variable, value, points)."""
    for variable, classes in PRINTED.items():
        for each in classes.split():
            span, _, score = each.partition(":")
            limits = span.lstrip("<>=").split("-")
            yield from ((variable, float(limit), float(score)) for limit in dict.fromkeys(limits))


def component_of(variable):
    """Name of the component that a variable decides, and how it is scored."""
    return next(
        (name, part)
        for name, component in DEFINITION["components"].items()
        for part in parts_of(component)
        if part["variable"] == variable
    )


def test_the_transcription_covers_every_way_to_score():
    used = [
        part["variable"]
        for component in DEFINITION["components"].values()
        for part in parts_of(component)
    ]
    assert sorted(used) == sorted(PRINTED)
    assert len(list(ends())) == 162


@pytest.mark.parametrize(("variable", "value", "expected"), list(ends()))
def test_a_printed_class_scores_its_points_at_both_ends(variable, value, expected):
    age, values = 30, [(variable, value)]
    if variable == "pao2":
        values.append(("fio2", 0.21))
    elif variable == "alveolar_arterial_gradient":
        # At FiO2 1, PaCO2 40 and 760 mmHg: 713 - 50 - PaO2.
        values = [("pao2", 663 - value), ("fio2", 1.0), ("paco2", 40)]
    elif variable == "age_years":
        age, values = value, [("gcs", 15)]
    components, _ = scored(*values, age=age)
    name, _ = component_of(variable)
    assert components.loc[name, "score"] == expected
    assert components.loc[name, "value"] == pytest.approx(value)


@pytest.mark.parametrize("variable", [name for name in PRINTED if PRINTED[name][0] == ">"])
def test_the_outermost_classes_have_no_end(variable):
    _, part = component_of(variable)
    highest, *_, lowest = (float(each.partition(":")[2]) for each in PRINTED[variable].split())
    assert points(np.array([-1e6, 1e6]), part["bands"]).tolist() == [lowest, highest]
