"""PaO2 told by SpO2 and FiO2, against numbers worked out with 40 digits from the formulas.

Linear: FiO2 * (S/F - 64) / 0.84. Log-linear: FiO2 * 10 ** (0.78 * log10(S/F) + 0.48). Nonlinear,
the inverted curve of Severinghaus: cbrt(c + sqrt(50**3 + c**2)) + cbrt(c - sqrt(50**3 + c**2)) with
c = 11700 / (1 / S - 1); S is the saturation, in % for S/F and as a fraction in c.
"""

from copy import deepcopy

import pytest
from scored import DEFINITIONS, course, value

# SpO2 (%), FiO2, and PaO2 (mmHg) by formula.
PAO2 = [
    (80, 0.21, {"linear": 79.2381, "log_linear": 65.3580, "nonlinear": 44.3028}),
    (88, 0.30, {"linear": 81.9048, "log_linear": 76.1488, "nonlinear": 54.6701}),
    (92, 0.40, {"linear": 79.0476, "log_linear": 83.9862, "nonlinear": 63.7867}),
    (96, 0.50, {"linear": 76.1905, "log_linear": 91.1895, "nonlinear": 81.8981}),
    (90, 1.00, {"linear": 30.9524, "log_linear": 100.9972, "nonlinear": 58.6554}),
]


@pytest.fixture(params=["linear", "log_linear", "nonlinear"])
def formula(request, monkeypatch):
    """SOFA (1996) with PaO2 from SpO2."""
    definition = deepcopy(DEFINITIONS["sofa-1996"])
    definition["choices"]["spo2"]["pao2_from_spo2"] = request.param
    monkeypatch.setitem(DEFINITIONS, "own", definition)
    return request.param


def ratios(*rows):
    return course("own", "respiration", list(rows), column="value")


@pytest.mark.parametrize(("spo2", "fio2", "pao2"), PAO2)
def test_pao2_is_that_of_the_formula(formula, spo2, fio2, pao2):
    found = ratios(value("spo2", 0.5, float(spo2)), value("fio2", 0.5, fio2))
    assert found == [pytest.approx(pao2[formula] / fio2, rel=2e-6)]


def test_a_saturation_that_says_little_of_pao2_is_not_used(formula):
    rows = [value("fio2", 0.5, 0.5), value("spo2", 0.5, 98.0), value("spo2", 0.6, 100.0)]
    assert ratios(*rows, value("map", 0.5, 80.0)) == [None]


def test_a_measured_pao2_precedes_what_saturation_tells(formula):
    gas = [value("pao2", 0.25, 150.0), value("fio2_blood_gas", 0.25, 0.5)]
    saturation = [value("spo2", 0.5, 90.0), value("fio2", 0.5, 0.5)]
    assert ratios(*gas, *saturation) == [300]


@pytest.mark.parametrize(("spo2", "expected"), [(96.0, 163.7962), (97.0, None)])
def test_the_variant_uses_the_nonlinear_formula_below_97_percent(spo2, expected):
    rows = [value("fio2", 0.5, 0.5), value("spo2", 0.5, spo2)]
    found = course("sofa-1996-pao2-from-spo2", "respiration", rows, column="value")
    assert found == [pytest.approx(expected, rel=2e-6) if expected else None]


@pytest.mark.parametrize(
    ("hour", "expected"), [(-24.25, pytest.approx(58.6554 / 0.46, rel=2e-6)), (-20, 300)]
)
def test_the_variant_prefers_a_gas_of_the_day_before(hour, expected):
    gas = [value("pao2", hour, 150.0), value("fio2_blood_gas", hour, 0.5)]
    rows = [*gas, value("spo2", 0.5, 90.0), value("fio2", 0.5, 0.46)]
    found = course("sofa-1996-pao2-from-spo2", "respiration", rows, column="value")
    assert found == [expected]
