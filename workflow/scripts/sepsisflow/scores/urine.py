"""Urine output over time."""

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Rows, Series, at_once, bounds, time_key

SIGNS = {"urine_output": 1, "bladder_irrigant_out": 1, "bladder_irrigant_in": -1}
MINUTE = 60


def urine_output(rows: Rows) -> Series:
    """Urine (mL) of each participant and time: entries, less what went into the bladder.

    In order of participant and time; cited is the first entry.
    """
    which = np.concatenate([rows.called(name) for name in SIGNS])
    sign = np.concatenate([np.full(len(rows.called(name)), SIGNS[name]) for name in SIGNS])
    known = ~np.isnan(rows.value[which])
    which, sign = which[known], sign[known]
    person, second = rows.person[which], rows.second[which]
    first, place = at_once(person, second)
    volume = np.bincount(place, weights=rows.value[which] * sign, minlength=len(first))
    return Series(person[first], second[first], volume, which[first])


def urine_minutes(urine: Series, begin: np.ndarray) -> np.ndarray:
    """Minutes that each volume stands for: since the one before, the first since ``begin``.

    ``begin`` (seconds) is by position of the participant. Boundaries of minutes are counted.
    """
    minute = urine.second // MINUTE
    before = np.roll(minute, 1)
    first = np.diff(urine.person, prepend=-1) != 0
    return minute - np.where(first, begin[urine.person] // MINUTE, before)


def summed_back(urine: Series, amount: np.ndarray, hours: float) -> np.ndarray:
    """Sum of ``amount`` over each time and the ``hours`` before it, of the same participant."""
    low, span = bounds(urine.second)
    # Wide enough that no window reaches the participant before.
    span += int(hours * HOUR) + 1
    key = time_key(urine.person, urine.second, low, span)
    sums = np.concatenate(([0.0], np.cumsum(amount)))
    begins = np.searchsorted(key, key - int(hours * HOUR), side="left")
    # Sums of decimals differ in the last digits by their order.
    return np.round(sums[1:] - sums[begins], 6)


def urine_total(urine: Series, origin: np.ndarray, *, summed_h: list[float]) -> Series:
    """The sum (mL) of each participant's entries from so many to so many hours after ``origin``.

    Both ends are included. Cited, and the time, is the last entry; who has none is left out.
    """
    since = urine.second - origin[urine.person]
    inside = urine.chosen((since >= summed_h[0] * HOUR) & (since <= summed_h[1] * HOUR))
    last = np.flatnonzero(np.append(np.diff(inside.person), 1)[: len(inside.person)])
    sums = np.bincount(inside.person, weights=inside.value)
    ends = inside.chosen(last)
    return Series(ends.person, ends.second, sums[ends.person], ends.row)


def urine_24h(
    urine: Series, begin: np.ndarray, *, looked_back_h: float, documented_h: list[float]
) -> Series:
    """Urine per 24 h at each entry, scaled by the time that the entries stand for.

    Parameters
    ----------
    urine : Series
        See `urine_output`.
    begin : ndarray of int
        Second from which each participant's first entry is counted.
    looked_back_h : float
        Entries so many hours before are summed.
    documented_h : list of float
        Least and greatest time that they must stand for; elsewhere the amount is missing.
    """
    hours = summed_back(urine, urine_minutes(urine, begin), looked_back_h) * MINUTE / HOUR
    low, high = documented_h
    enough = (hours >= low) & (hours <= high)
    volume = summed_back(urine, urine.value, looked_back_h)
    scaled = volume / np.where(enough, hours, np.nan) * 24
    return Series(urine.person, urine.second, scaled, urine.row)
