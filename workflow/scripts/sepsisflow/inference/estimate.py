"""One estimated number, how it was obtained, and its rows in the estimates table."""

from math import nan
from typing import NamedTuple


class Estimate(NamedTuple):
    """A value, its interval where there is one, and how both were obtained.

    Attributes
    ----------
    value : float
        NaN where it cannot be estimated; ``method`` then says why.
    method : str
        A phrase fit for a table's footnote.
    lower, upper, level : float
        Limits of the interval and its coverage; NaN without an interval, and a single limit is
        NaN where the data do not reach it.
    """

    value: float
    method: str
    lower: float = nan
    upper: float = nan
    level: float = nan


def not_estimable(method: str, reason: str) -> Estimate:
    """Give the estimate that does not exist, and why."""
    return Estimate(nan, f"{method}; not estimable: {reason}")


def noted(estimate: Estimate, note: str) -> Estimate:
    """Add a note to the method; an empty note adds nothing."""
    return estimate._replace(method=f"{estimate.method}; {note}") if note else estimate


def left_out(count: int, what: str) -> str:
    """Word how many participants are left out and why; nobody left out is an empty note."""
    return f"{count} {what} left out" if count else ""


def place(
    analysis: str,
    endpoint: str,
    group: str,
    *,
    comparator: str | None = None,
    day: float | None = None,
    population: str = "analysed",
) -> dict:
    """Say what a row is about: the columns of `Estimates` that make its key, but the statistic."""
    return {
        "analysis": analysis,
        "endpoint": endpoint,
        "population": population,
        "group": group,
        "comparator": comparator,
        "study_day": day,
    }


def estimate_rows(where: dict, estimates: dict[str, Estimate], **columns) -> list[dict]:
    """Give the rows of several statistics about the same thing.

    Parameters
    ----------
    where : dict as from `place`
    estimates : dict of statistic -> Estimate
    **columns
        Other columns of `Estimates` that the rows share: n, n_events, unit, definition.
    """
    return [
        {**where, "statistic": statistic, **estimate._asdict(), **columns}
        for statistic, estimate in estimates.items()
    ]
