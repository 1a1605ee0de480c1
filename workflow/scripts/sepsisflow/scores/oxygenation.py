"""Oxygen in blood by inspired oxygen: PaO2/FiO2, SpO2/FiO2, and PaO2 told by SpO2."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.matching import known, last_known
from sepsisflow.scores.observations import Rows, Series, together

# PaO2/FiO2 (mmHg) by SpO2 (%) and FiO2 (fraction): Brown SM et al. Chest 2016;150:307, after Rice
# 2007 (linear), Pandharipande 2009 (log-linear) and Ellis 1989 (Severinghaus inverted).
FORMULAS = {
    "linear": lambda spo2, fio2: (spo2 / fio2 - 64) / 0.84,
    "log_linear": lambda spo2, fio2: 10 ** (0.78 * np.log10(spo2 / fio2) + 0.48),
    "nonlinear": lambda spo2, fio2: severinghaus_inverted(spo2 / 100) / fio2,
}


def severinghaus_inverted(saturation: np.ndarray) -> np.ndarray:
    """PaO2 (mmHg) at a saturation (fraction, above 0 and below 1); Ellis 1989."""
    c = 11700 / (1 / saturation - 1)
    root = np.sqrt(50**3 + c**2)
    return np.cbrt(root + c) - np.cbrt(root - c)


def fio2_at(
    rows: Rows,
    values: Series,
    same_person: np.ndarray,
    *,
    at_the_gas: str,
    charted: str,
    looked_back_h: float,
) -> np.ndarray:
    """The inspired oxygen fraction at the time of each value, NaN where it is not known.

    Parameters
    ----------
    rows : Rows
        With FiO2 (fraction) under the names given.
    values : Series
        What FiO2 is looked for.
    same_person : ndarray of int
        By position of the participant the number of the person, whose charted values are shared.
    at_the_gas : str
        Variable whose value at that time is taken.
    charted : str
        Variable whose last value in the ``looked_back_h`` hours up to it is taken otherwise. Of
        several values at one time the highest counts.
    """
    told, _ = last_known(known(rows, at_the_gas), values.person, values.second, looked_back=0)
    last = known(rows, charted)
    before, _ = last_known(
        replace(last, person=same_person[last.person]),
        same_person[values.person],
        values.second,
        looked_back=looked_back_h * HOUR,
    )
    return np.where(np.isnan(told), before, told)


def pao2_fio2(rows: Rows, same_person: np.ndarray, *, fio2: dict, spo2: dict) -> Series:
    """PaO2/FiO2 (mmHg) of every arterial gas that has an FiO2; cited is the gas.

    With a formula (``spo2.pao2_from_spo2``) also of every SpO2 that may be used and has no PaO2 in
    the ``without_pao2_h`` hours up to it; cited is the SpO2.
    """
    gas = known(rows, "pao2")
    ratio = replace(gas, value=gas.value / fio2_at(rows, gas, same_person, **fio2))
    if spo2["pao2_from_spo2"] == "none":
        return ratio
    pulse = _usable(rows, spo2)
    back = spo2["without_pao2_h"] * HOUR
    _, at = last_known(gas, pulse.person, pulse.second, looked_back=back)
    pulse = pulse.chosen(at < 0)
    formula = FORMULAS[spo2["pao2_from_spo2"]]
    told = replace(pulse, value=formula(pulse.value, fio2_at(rows, pulse, same_person, **fio2)))
    return together(ratio, told)


def spo2_fio2(rows: Rows, same_person: np.ndarray, *, fio2: dict, spo2: dict) -> Series:
    """SpO2/FiO2 (%) of every SpO2 that may be used and has an FiO2."""
    pulse = _usable(rows, spo2)
    return replace(pulse, value=pulse.value / fio2_at(rows, pulse, same_person, **fio2))


def _usable(rows: Rows, spo2: dict) -> Series:
    """SpO2 below the limit above which it says little of PaO2."""
    found = known(rows, "spo2")
    return found.chosen((found.value > 0) & (found.value < spo2["below"]))
