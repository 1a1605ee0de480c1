"""PaO2 told by SpO2: three formulas, and when they are used."""

import numpy as np
import pytest
from scored import DEFINITIONS, course, value
from sepsisflow.scores.oxygenation import FORMULAS, severinghaus_inverted


# By hand: (90/0.5 - 64)/0.84 = 138.1; 10**(0.78*log10(180) + 0.48) = 173.4; c = 11700/(1/0.9 - 1) =
# 105300, cbrt(210600.59) - cbrt(0.5935) = 59.49 - 0.84 = 58.66 mmHg, over 0.5.
@pytest.mark.parametrize(
    ("formula", "expected"), [("linear", 138.1), ("log_linear", 173.4), ("nonlinear", 117.3)]
)
def test_formulas_by_hand(formula, expected):
    assert FORMULAS[formula](np.array([90.0]), np.array([0.5])) == pytest.approx(
        [expected], abs=0.1
    )


def test_the_inverted_curve_gives_back_the_saturation():
    pao2 = np.array([30.0, 40.0, 60.0, 80.0, 100.0])
    saturation = 1 / (23400 / (pao2**3 + 150 * pao2) + 1)
    assert severinghaus_inverted(saturation) == pytest.approx(pao2, rel=1e-6)


@pytest.fixture
def linear(monkeypatch):
    """SOFA (1996) with the linear formula."""
    definition = DEFINITIONS["sofa-1996"]
    spo2 = {"below": 97, "pao2_from_spo2": "linear", "without_pao2_h": 3}
    changed = {**definition, "choices": {**definition["choices"], "spo2": spo2}}
    monkeypatch.setitem(DEFINITIONS, "linear", changed)
    return "linear"


def pulse(time_h, spo2):
    return [value("spo2", time_h, spo2), value("fio2", time_h, 0.5)]


def test_spo2_stands_for_a_gas_and_is_cited(linear):
    rows = pulse(0.5, 90.0)
    assert course(linear, "respiration", rows) == [2]
    assert course(linear, "respiration", rows, column="value") == pytest.approx([138.1], abs=0.1)
    assert course(linear, "respiration", rows, column="source_row") == [2]
    assert course("sofa-1996", "respiration", rows) == [None]


@pytest.mark.parametrize(("spo2", "expected"), [(96.9, 2), (97, None), (0, None)])
def test_a_high_saturation_tells_nothing(linear, spo2, expected):
    assert course(linear, "respiration", pulse(0.5, spo2)) == [expected]


@pytest.mark.parametrize(("age", "expected"), [(0, 0), (3, None), (3.1, 2)])
def test_a_gas_of_the_hours_before_is_preferred(linear, age, expected):
    rows = [*pulse(5.5, 90.0), value("pao2", 5.5 - age, 300.0), value("fio2", 5.5 - age, 0.5)]
    assert course(linear, "respiration", rows)[5] == expected
