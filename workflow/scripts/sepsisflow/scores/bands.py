"""Points by thresholds."""

import numpy as np

LIMITS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}


def within(values: np.ndarray, limits: dict) -> np.ndarray:
    """Where values keep all limits; a missing value keeps none of one or more.

    ``limits`` are numbers by ``at_least``, ``above``, ``at_most`` and ``below``; other keys do not
    count.
    """
    kept = np.ones(np.shape(values), dtype=bool)
    for name, holds in LIMITS.items():
        if name in limits:
            kept &= holds(values, limits[name])
    return kept


def settled(values: np.ndarray) -> np.ndarray:
    """Values without what arithmetic adds below 1e-9, so that a ratio of exactly 200 is 200."""
    # 56 / 0.28 is 199.99999999999997 in binary.
    return np.round(np.asarray(values, dtype=float), 9)


def points(values: np.ndarray, bands: list[dict]) -> np.ndarray:
    """Points of each value.

    Parameters
    ----------
    values : ndarray of float
        In the unit of the thresholds; NaN is missing. Compared as `settled`.
    bands : list of dict
        ``points``, and the limits of `within`; the first band that holds decides.

    Returns
    -------
    ndarray of float
        Missing where the value is, or where no band holds.
    """
    values = settled(values)
    found = np.full(values.shape, np.nan)
    for band in reversed(bands):
        found[within(values, band)] = band["points"]
    found[np.isnan(values)] = np.nan
    return found
