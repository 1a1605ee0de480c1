"""The ratio of arterial oxygen tension to inspired oxygen fraction."""

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Rows, Series, bounds, time_key, values_at


def pao2_fio2(
    rows: Rows, same_person: np.ndarray, *, at_the_gas: str, charted: str, looked_back_h: float
) -> Series:
    """PaO2/FiO2 of every arterial gas that has an FiO2; cited is the gas.

    Parameters
    ----------
    rows : Rows
        With ``pao2`` (mmHg) and FiO2 (fraction) under the names given.
    same_person : ndarray of int
        By position of the participant the number of the person, whose charted values are shared.
    at_the_gas : str
        Variable whose value at the time of the gas is taken.
    charted : str
        Variable whose last value in the ``looked_back_h`` hours up to the gas is taken otherwise.
        Of several values at one time the highest counts.
    """
    gas = _known(rows, "pao2")
    told = _known(rows, at_the_gas)
    last = _known(rows, charted)
    low, span = bounds(gas.second, told.second, last.second)
    key = time_key(gas.person, gas.second, low, span)
    at, gap = _last_before(key, time_key(told.person, told.second, low, span), told.value)
    fio2 = np.where(gap == 0, at, np.nan)
    gas_key = time_key(same_person[gas.person], gas.second, low, span)
    last_key = time_key(same_person[last.person], last.second, low, span)
    at, gap = _last_before(gas_key, last_key, last.value)
    # A gap within the same person: the place of the gas in the span bounds it.
    near = (gap <= looked_back_h * HOUR) & (gap <= gas.second - low)
    fio2 = np.where(np.isnan(fio2) & near, at, fio2)
    return Series(gas.person, gas.second, gas.value / fio2, gas.row)


def _known(rows: Rows, name: str) -> Series:
    found = values_at(rows, rows.called(name))
    return found.chosen(~np.isnan(found.value))


def _last_before(key: np.ndarray, known: np.ndarray, value: np.ndarray) -> tuple:
    """The value with the greatest key up to each key, the highest of equal ones, and how far."""
    if not len(known):
        return np.full(len(key), np.nan), np.full(len(key), np.inf)
    order = np.lexsort((value, known))
    at = np.searchsorted(known[order], key, side="right") - 1
    gap = np.where(at >= 0, key - known[order][at], np.inf)
    return np.where(at >= 0, value[order][at], np.nan), gap
