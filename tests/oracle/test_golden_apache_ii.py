"""What public implementations of APACHE II get wrong, transcribed from Knaus 1985.

Both ends of every printed class are in tests/unit/scores/test_apache_ii_classes.py.
"""

import pytest
from apache_example import scored


@pytest.mark.parametrize(
    ("creatinine", "once"),
    [(3.5, 4), (3.4, 3), (2.0, 3), (1.9, 2), (1.5, 2), (1.4, 0), (0.6, 0), (0.5, 2)],
)
@pytest.mark.parametrize(("failure", "times"), [(0, 1), (1, 2)])
def test_acute_renal_failure_doubles_creatinine_in_every_class(creatinine, once, failure, times):
    components, total = scored(("creatinine", creatinine), ("acute_renal_failure", failure))
    assert components.loc["creatinine", "score"] == once * times
    assert total["score"] == once * times


# PaO2 60 and PaCO2 40 at 760 mmHg. At FiO2 0.5: 0.5 * 713 - 50 - 60 = 246.5.
@pytest.mark.parametrize(
    ("fio2", "decided", "points"),
    [
        (0.21, "pao2", 3),
        (0.49, "pao2", 3),
        (0.5, "alveolar_arterial_gradient", 2),
        (0.51, "alveolar_arterial_gradient", 2),
        (1.0, "alveolar_arterial_gradient", 4),
    ],
)
def test_the_gradient_decides_from_an_fio2_of_exactly_one_half(fio2, decided, points):
    components, _ = scored(("pao2", 60), ("fio2", fio2), ("paco2", 40))
    assert components.loc["oxygenation", ["variable", "score"]].tolist() == [decided, points]


# FiO2 1, PaCO2 40: pressure - 47 - 50 - PaO2. At 670 mmHg a gradient is 90 mmHg less.
@pytest.mark.parametrize(
    ("mmhg", "pao2", "points"),
    [(760, 163, 4), (760, 164, 3), (670, 73, 4), (670, 74, 3), (670, 163, 3)],
)
def test_the_gradient_is_of_the_site_s_barometric_pressure(mmhg, pao2, points):
    components, _ = scored(("pao2", pao2), ("fio2", 1.0), ("paco2", 40), mmhg=mmhg)
    assert components.loc["oxygenation", "score"] == points


@pytest.mark.parametrize(
    ("rows", "decided", "points"),
    [
        ([("bicarbonate", 14.9)], "bicarbonate", 4),
        ([("bicarbonate", 15.0)], "bicarbonate", 3),
        ([("bicarbonate", 14.9), ("ph_arterial", 7.4)], "ph_arterial", 0),
        ([("bicarbonate", 52.0), ("ph_arterial", 7.14)], "ph_arterial", 4),
        # A gas of the day before is none of these 24 hours.
        ([("bicarbonate", 18.0), ("ph_arterial", 7.1, -1.0)], "bicarbonate", 2),
    ],
)
def test_bicarbonate_decides_only_where_there_is_no_arterial_gas(rows, decided, points):
    components, _ = scored(*rows)
    assert components.loc["acid_base", ["variable", "score"]].tolist() == [decided, points]
