"""Totals of components, by the definition's rule on those that were not observed."""

import numpy as np

from sepsisflow.scores.grid import Grid


def total(
    scores: list[np.ndarray], missing_component: str, before: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Sum of components, and how many of them are observed.

    Parameters
    ----------
    scores : list of ndarray
        By component, by hour or day; NaN where nothing was observed.
    missing_component : {"zero", "missing", "carried", "prorated"}
        What a missing one counts: 0; the total is missing; what was measured last before, else 0;
        the mean of those that are observed (the total is missing where none is).
    before : list of ndarray
        What was measured last, as ``scores``; looked at only if that is carried.
    """
    observed, whole = np.zeros(len(scores[0]), dtype=np.int64), np.zeros(len(scores[0]))
    instead = before if missing_component == "carried" else scores
    for each, other in zip(scores, instead, strict=True):
        observed += ~np.isnan(each)
        whole += np.nan_to_num(np.where(np.isnan(each), other, each))
    if missing_component == "missing":
        whole = np.where(observed < len(scores), np.nan, whole)
    if missing_component == "prorated":
        whole = np.where(observed, whole * len(scores) / np.maximum(observed, 1), np.nan)
    return whole, observed


def carried(score: np.ndarray, grid: Grid) -> np.ndarray:
    """Scores, each missing one as the last of the same participant before it."""
    cells = np.arange(len(score))
    last = np.maximum.accumulate(np.where(np.isnan(score), -1, cells)) if len(cells) else cells
    own = last >= grid.first[grid.person]
    return np.where(own, score[last], np.nan)
