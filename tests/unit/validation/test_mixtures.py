"""Two units in one column are noticed; the spread of patients is not taken for them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from sepsisflow.validation.mixtures import confusable_factors, is_constant, mixed_units, mixtures

CODELIST = Path(__file__).parents[3] / "resources/codelists/variables.yaml"
VARIABLES = yaml.safe_load(CODELIST.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("variable", "factor"),
    [("creatinine", 88.40), ("bilirubin", 17.10), ("lactate", 9.008), ("pao2", 7.50),
     ("fio2", 100), ("temperature", 2.70)],
)  # fmt: skip
def test_the_factors_that_are_confused_in_practice_are_known(variable, factor):
    found = confusable_factors(VARIABLES[variable])
    assert any(each == pytest.approx(factor, rel=1e-3) for each in found)


@pytest.mark.parametrize("variable", ["creatinine", "lactate", "temperature", "il_6", "crp"])
def test_the_spread_of_patients_alarms_in_less_than_one_of_a_hundred(variable):
    entry = VARIABLES[variable]
    chance = np.random.default_rng(20220316)
    samples = [
        chance.lognormal(0, chance.uniform(0.05, 1), chance.integers(10, 300)) for _ in range(2000)
    ]
    assert sum(mixed_units(values, entry) for values in samples) < 20


@pytest.mark.parametrize(
    ("variable", "factor", "sigma"),
    [("creatinine", 88.4, 0.5), ("bilirubin", 17.1, 0.4), ("pao2", 1 / 7.5, 0.25),
     ("fio2", 100, 0.4), ("lactate", 9.008, 0.3)],
)  # fmt: skip
def test_a_twentieth_of_the_values_in_another_unit_is_mostly_noticed(variable, factor, sigma):
    entry = VARIABLES[variable]
    chance = np.random.default_rng(20220316)
    noticed = 0
    for _ in range(200):
        values = chance.lognormal(0, sigma, 120)
        values[: chance.integers(7, 60)] *= factor
        noticed += mixed_units(values, entry)
    assert noticed > 150


def test_fahrenheit_among_celsius_is_noticed():
    chance = np.random.default_rng(1)
    celsius = chance.normal(37.5, 0.9, 40)
    mixed = np.concatenate([celsius[:30], celsius[30:] * 1.8 + 32])
    entry = VARIABLES["temperature"]
    assert mixed_units(mixed, entry)
    assert not mixed_units(celsius, entry)


def test_a_mixture_is_named_by_its_file_and_variable_and_limits_do_not_count():
    values = [*np.linspace(0.8, 1.4, 10), *np.linspace(70, 120, 6)]
    frame = pd.DataFrame({"value": values, "variable": "creatinine", "source_file": "labs.csv"})
    frame["censoring"] = "none"
    assert mixtures(frame, VARIABLES) == [("labs.csv", "creatinine")]
    other_file = frame.assign(source_file=["a.csv"] * 10 + ["b.csv"] * 6)
    assert mixtures(other_file, VARIABLES) == []
    limits = frame.assign(censoring=["none"] * 10 + ["above"] * 6)
    assert mixtures(limits, VARIABLES) == []


@pytest.mark.parametrize(
    ("weights", "constant"),
    [([80.0] * 10, True), ([80.0] * 19 + [70], True), ([80.0] * 9 + [70], False),
     ([80.0] * 9, False), ([80.0] * 9 + [None], False)],
)  # fmt: skip
def test_one_weight_for_nearly_everybody_is_noticed(weights, constant):
    assert is_constant(pd.Series(weights)) is constant
