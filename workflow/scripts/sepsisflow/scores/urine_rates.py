"""Urine output per kilogram and hour, over some documented hours."""

from dataclasses import replace

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Series
from sepsisflow.scores.urine import MINUTE, summed_back, urine_minutes


def urine_over(urine: Series, begin: np.ndarray, entries: dict) -> tuple[np.ndarray, np.ndarray]:
    """Volume (mL) of the entries up to each entry, and the hours that they stand for.

    Parameters
    ----------
    urine : Series
        Volumes (mL); see `sepsisflow.scores.urine.urine_output`.
    begin : ndarray of int
        Second since which each participant's first entry was collected.
    entries : dict
        Which entries count: ``from_h``, those up to so many hours before; ``after_h``, those less
        than so many hours before; ``from_clock_hour``, those of the same hour of the wall clock and
        of so many before it.
    """
    ((rule, hours),) = entries.items()
    times = urine
    if rule == "from_clock_hour":
        clock_hour = urine.second // HOUR * HOUR
        times = replace(urine, second=clock_hour)
    # Times are whole seconds.
    back = hours - 0.5 / HOUR if rule == "after_h" else hours
    minutes = summed_back(times, urine_minutes(urine, begin), back)
    return summed_back(times, urine.value, back), np.round(minutes * MINUTE / HOUR, 6)


def urine_rate(
    urine: Series, begin: np.ndarray, weight: np.ndarray, *, over_h: float, entries: dict
) -> Series:
    """Urine (mL/kg/h) at each entry: what the entries hold, by the time that they stand for.

    Missing where they stand for less than ``over_h`` hours, or where the weight is missing.

    Parameters
    ----------
    urine, begin, entries
        See `urine_over`. ``{"after_h": over_h}`` is the plain choice: of hourly entries the last
        ``over_h``, of rarer ones as many as cover that time.
    weight : ndarray
        Weight (kg) at each entry; see `sepsisflow.scores.weights.weight_at`.
    over_h : float
        Hours of documentation needed.
    """
    volume, hours = urine_over(urine, begin, entries)
    return replace(urine, value=per_kg_and_hour(volume, hours, weight, over_h))


def per_kg_and_hour(
    volume: np.ndarray, hours: np.ndarray, weight: np.ndarray, over_h: float
) -> np.ndarray:
    """Volumes (mL) by weight (kg) and time (h), missing where that is less than ``over_h``."""
    return volume / weight / np.where(hours >= over_h, hours, np.nan)
