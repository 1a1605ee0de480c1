"""Totals of components, by the definition's rule on those that were not observed."""

import numpy as np

from sepsisflow.scores.grid import Grid


def total(
    scores: list[np.ndarray], missing_component: str, grid: Grid
) -> tuple[np.ndarray, np.ndarray]:
    """Sum of components, and how many of them are observed.

    Parameters
    ----------
    scores : list of ndarray
        By component, by cell of the grid; NaN where nothing was observed.
    missing_component : {"zero", "missing", "carried", "prorated"}
        What a missing one counts: 0; the total is missing; its last score before, else 0; the mean
        of those that are observed (the total is missing where none is).
    grid : Grid
        Of hours or days.
    """
    observed, whole = np.zeros(len(grid.hour), dtype=np.int64), np.zeros(len(grid.hour))
    for each in scores:
        observed += ~np.isnan(each)
        whole += np.nan_to_num(carried(each, grid) if missing_component == "carried" else each)
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
