"""Points by class of value."""

import numpy as np

LIMITS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}


def points(values: np.ndarray, bands: list[dict]) -> np.ndarray:
    """Points of each value: those of the first band that holds.

    Parameters
    ----------
    values : ndarray of float, in the unit of the bands
    bands : list of dict
        ``points``, and any of ``at_least``, ``above``, ``at_most``, ``below``.

    Returns
    -------
    ndarray of float
        NaN where the value is, or where no band holds.
    """
    found = np.full(len(values), np.nan)
    for band in reversed(bands):
        holds = ~np.isnan(values)
        for limit, compare in LIMITS.items():
            if limit in band:
                holds &= compare(values, band[limit])
        found[holds] = band["points"]
    return found
