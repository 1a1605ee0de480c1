"""Rows of one table within a window about the rows of another, for all participants at once."""

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import HOUR, counted_up


def seconds(hours: pd.Series) -> np.ndarray:
    """Whole seconds of times in hours, so that the limits of windows are met exactly."""
    return np.rint(hours.to_numpy(dtype="float64") * HOUR).astype(np.int64)


def pairs_within(
    person: np.ndarray,
    earliest: np.ndarray,
    latest: np.ndarray,
    of_person: np.ndarray,
    second: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Positions of every row of one table with each of another that lies in its window.

    Parameters
    ----------
    person, earliest, latest : array of int64
        Windows (s), both limits included, each of a person by number (0, 1, ...).
    of_person, second : array of int64
        The other table's rows, sorted by person and second.

    Returns
    -------
    tuple of array
        Positions of windows and of the other rows: by window, then in the other table's order.
    """
    begin = _rows_before(person, earliest, of_person, second)
    count = np.maximum(_rows_before(person, latest + 1, of_person, second) - begin, 0)
    return counted_up(begin, count)


def last_before(
    person: np.ndarray, moment: np.ndarray, of_person: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Position of each person's last row before a moment (s); -1 where there is none.

    ``of_person`` and ``second`` are as for `pairs_within`.
    """
    last = _rows_before(person, moment, of_person, second) - 1
    own = np.append(of_person, -1)[last] == person
    return np.where(own, last, -1)


def _rows_before(
    person: np.ndarray, moment: np.ndarray, of_person: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """How many rows, of all persons, come before each person's moment."""
    every = np.concatenate([moment, second, [0]])
    low, span = every.min(), every.max() - every.min() + 1
    return np.searchsorted(of_person * span + (second - low), person * span + (moment - low))


def lowest_so_far(group: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Lowest value (NaN is none) of each row and those before it in its group.

    ``group`` is sorted; a row before which its group has no value gives infinity.
    """
    known = np.where(np.isnan(value), np.inf, value)
    limit = np.nanmax(np.abs(value), initial=0) + 1
    # Each group lies below all before it, so that none of them counts.
    rank = np.unique(group, return_inverse=True)[1]
    shift = rank * 3 * limit
    lowest = np.minimum.accumulate(np.minimum(known, limit) - shift) + shift
    return np.where(lowest >= limit, np.inf, lowest)
