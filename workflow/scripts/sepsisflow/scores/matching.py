"""The last value that was known at a time."""

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Rows, Series, bounds, time_key, values_at


def known(rows: Rows, name: str) -> Series:
    """All values of a variable that are not missing."""
    found = values_at(rows, rows.called(name))
    return found.chosen(~np.isnan(found.value))


def last_known(
    values: Series, person: np.ndarray, second: np.ndarray, *, looked_back: float
) -> tuple[np.ndarray, np.ndarray]:
    """The last value at, or at most ``looked_back`` seconds before, each time.

    Parameters
    ----------
    values : Series
        Without missing values; of several at one time the highest counts.
    person, second : ndarray of int
        Whose value is looked for, and when.
    looked_back : float
        Seconds; infinite to look back without end.

    Returns
    -------
    tuple of ndarray
        The value, NaN where there is none, and its position in ``values``, else -1.
    """
    if not len(values.value):
        return np.full(len(person), np.nan), np.full(len(person), -1)
    low, span = bounds(values.second, second)
    key = time_key(person, second, low, span)
    there = time_key(values.person, values.second, low, span)
    order = np.lexsort((values.value, there))
    at = np.searchsorted(there[order], key, side="right") - 1
    gap = np.where(at >= 0, key - there[order][at], np.inf)
    # The person before lies further back than the first second of this one.
    found = (gap <= looked_back) & (gap <= second - low)
    position = np.where(found, order[at], -1)
    return np.where(found, values.value[position], np.nan), position


def flagged(
    rows: Rows, name: str, person: np.ndarray, second: np.ndarray, *, within_h: float
) -> np.ndarray:
    """Whether the last value of a variable, less than ``within_h`` hours old, is 1."""
    value, _ = last_known(known(rows, name), person, second, looked_back=within_h * HOUR - 1)
    return value == 1
