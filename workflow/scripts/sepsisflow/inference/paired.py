"""Paired differences: exact signed-rank test and the Hodges–Lehmann estimate."""

from math import floor

import numpy as np
from scipy.stats import norm, rankdata, wilcoxon

from sepsisflow.inference.estimate import Estimate, not_estimable

# Beyond this many differences the normal approximation takes over: exact costs grow as n³.
EXACT_UP_TO = 500
DIGITS = 12  # differences equal to so many digits of the largest are tied, as are those near 0
TEST = "signed-rank test, two-sided, zero differences dropped"
SHIFT = "Hodges–Lehmann estimate of the non-zero differences"


def signed_rank_p(differences: np.ndarray) -> Estimate:
    """Test whether paired differences are symmetric about 0.

    Exact over all sign patterns of the observed ranks, mid-ranks for ties, up to ``EXACT_UP_TO``
    differences.

    Parameters
    ----------
    differences : array of float, without missing values

    Returns
    -------
    Estimate (p); missing if no difference is other than 0

    References
    ----------
    Wilcoxon 1945, Biometrics Bull 1:80. Equal to R's exactRankTests::wilcox.exact.
    """
    changed = nonzero(differences)
    if changed.size == 0:
        return not_estimable(f"Exact {TEST}", _without_change(differences))
    if changed.size > EXACT_UP_TO:
        return signed_rank_p_normal(differences)
    ranks = _ranks(changed)
    null = _rank_sum_distribution(ranks)
    observed = round(2 * ranks[changed > 0].sum())
    p = 2 * min(null[: observed + 1].sum(), null[observed:].sum())
    return Estimate(float(min(p, 1)), f"Exact {TEST}")


def signed_rank_p_normal(differences: np.ndarray) -> Estimate:
    """Give `signed_rank_p` in its normal approximation, corrected for ties and continuity."""
    method = f"Normal approximation of the {TEST}"
    changed = nonzero(differences)
    if changed.size == 0:
        return not_estimable(method, _without_change(differences))
    signed_ranks = np.copysign(_ranks(changed), changed)
    found = wilcoxon(signed_ranks, zero_method="wilcox", correction=True, method="asymptotic")
    return Estimate(float(min(found.pvalue, 1)), method)


def hodges_lehmann(differences: np.ndarray, *, level: float) -> Estimate:
    """Shift of paired differences: median of their pairwise averages, zero differences dropped.

    The interval runs between two of the averages, those that the exact distribution of the signed
    rank without ties gives; with ties it is conservative.

    Parameters
    ----------
    differences : array of float, without missing values
    level : float
        Least coverage of the interval, as 0.95.

    Returns
    -------
    Estimate (unit of the differences)
        Missing if no difference is other than 0; without an interval where so few differences
        cannot reach the level (5 or fewer at 0.95).

    References
    ----------
    Hodges & Lehmann 1963, Ann Math Stat 34:598; Hollander & Wolfe 1999, sections 3.2 and 3.3, as
    R's wilcox.test(exact = TRUE). With ties R has no exact interval; exactRankTests::wilcox.exact
    gives this one but for the rounding of its sums.
    """
    changed = np.sort(nonzero(differences))
    if changed.size == 0:
        return not_estimable(SHIFT, _without_change(differences))
    averages = np.add.outer(changed, changed)[np.triu_indices(changed.size)] / 2
    averages.sort()
    value = float(np.median(averages))
    outside = _averages_outside(changed.size, level)
    if outside == 0:
        few = f"{changed.size} non-zero difference(s) cannot give {100 * level:g}%"
        return Estimate(value, f"{SHIFT}; no interval: {few}")
    kind = "exact" if changed.size <= EXACT_UP_TO else "normal approximation of the"
    lower, upper = float(averages[outside - 1]), float(averages[-outside])
    return Estimate(value, f"{SHIFT}, {kind} signed-rank interval", lower, upper, level)


def smallest_p(differences: np.ndarray) -> Estimate:
    """Give the smallest two-sided p that so many non-zero differences can reach: 2 / 2ⁿ."""
    method = f"Smallest p attainable by the exact {TEST}"
    count = nonzero(differences).size
    if count == 0:
        return not_estimable(method, _without_change(differences))
    return Estimate(2.0 ** (1 - count), method)


def nonzero(differences: np.ndarray) -> np.ndarray:
    """Drop the differences that are 0 up to rounding."""
    magnitude = np.abs(differences)
    return differences[magnitude > magnitude.max(initial=0) * 10.0**-DIGITS]


def _ranks(changed: np.ndarray) -> np.ndarray:
    magnitude = np.abs(changed)
    return rankdata(np.round(magnitude / magnitude.max(), DIGITS))


def _rank_sum_distribution(ranks: np.ndarray) -> np.ndarray:
    """Probability of each value of twice the sum of the positive ranks, under symmetry.

    Own code: scipy's exact method ignores ties, and its permutation method enumerates 2ⁿ sign
    patterns or draws from them; adding one rank at a time is exact for hundreds of ranks.
    """
    doubled = np.rint(2 * np.sort(ranks)).astype("int64")  # mid-ranks are multiples of a half
    probability = np.zeros(doubled.sum() + 1)
    probability[0] = 1.0
    for rank in doubled:
        probability[rank:] = (probability[rank:] + probability[:-rank]) / 2
        probability[:rank] /= 2
    return probability


def _averages_outside(count: int, level: float) -> int:
    """Averages left outside the interval at each end, and its limit: 0 if there is none."""
    if count > EXACT_UP_TO:
        deviation = (count * (count + 1) * (2 * count + 1) / 24) ** 0.5
        return floor(count * (count + 1) / 4 - norm.isf((1 - level) / 2) * deviation)
    null = _rank_sum_distribution(np.arange(1, count + 1))[::2]
    return int(np.searchsorted(np.cumsum(null), (1 - level) / 2, side="right"))


def _without_change(differences: np.ndarray) -> str:
    return "every difference is 0" if differences.size else "no pairs"
