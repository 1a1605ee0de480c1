"""The ratio of arterial oxygen tension to inspired oxygen fraction."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.matching import known, last_known
from sepsisflow.scores.observations import Rows, Series


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
    gas = known(rows, "pao2")
    told, _ = last_known(known(rows, at_the_gas), gas.person, gas.second, looked_back=0)
    last = known(rows, charted)
    before, _ = last_known(
        replace(last, person=same_person[last.person]),
        same_person[gas.person],
        gas.second,
        looked_back=looked_back_h * HOUR,
    )
    fio2 = np.where(np.isnan(told), before, told)
    return replace(gas, value=gas.value / fio2)
