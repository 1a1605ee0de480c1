"""Rows: deaths by a horizon, by arm and compared."""

import pandas as pd

from sepsisflow.inference.arms import comparisons
from sepsisflow.inference.estimate import Estimate, estimate_rows, left_out, noted, place
from sepsisflow.inference.proportions import (
    Count,
    clopper_pearson,
    fisher_p,
    newcombe_difference,
    odds_ratio,
    risk_ratio,
    wilson,
)


def mortality_rows(
    followed: pd.DataFrame, *, horizons_days: list[float], arms: dict, level: float
) -> list[dict]:
    """Risk of death and proportion alive at each horizon.

    A participant whose follow-up ends alive before the horizon is of unknown status, left out and
    counted in ``method``.

    Parameters
    ----------
    followed : DataFrame as from `follow_up`
    horizons_days : list of float
        Days from time zero; a death on the horizon counts.
    arms : dict of arm -> {label, role}
    level : float
        Coverage of the intervals, as 0.95.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``mortality.death.analysed.<arm>@<day>``: deaths, alive, risk, risk_wilson, survival; and of
        each comparison: risk_difference, survival_difference, risk_ratio, odds_ratio, fisher_p.
    """
    rows = []
    for day in horizons_days:
        deaths = {arm: deaths_by(followed[followed["arm"].eq(arm)], day) for arm in arms}
        of_arm = followed["arm"].value_counts()
        unknown = {arm: int(of_arm.get(arm, 0)) - deaths[arm].n for arm in arms}
        for arm in arms:
            rows += _rows(
                place("mortality", "death", arm, day=day),
                _of_arm(deaths[arm], level),
                [deaths[arm]],
                unknown[arm],
            )
        for treated, control in comparisons(arms):
            rows += _rows(
                place("mortality", "death", treated, comparator=control, day=day),
                _of_comparison(deaths[treated], deaths[control], level),
                [deaths[treated], deaths[control]],
                unknown[treated] + unknown[control],
            )
    return rows


def deaths_by(followed: pd.DataFrame, day: float) -> Count:
    """Count deaths by a day (inclusive) among the participants whose status that day is known."""
    dead = followed["died"] & followed["time_d"].le(day)
    known = dead | followed["time_d"].ge(day)
    return Count(int(dead.sum()), int(known.sum()))


def _alive(deaths: Count) -> Count:
    return Count(deaths.n - deaths.events, deaths.n)


def _of_arm(deaths: Count, level: float) -> dict[str, Estimate]:
    return {
        "deaths": Estimate(deaths.events, "Deaths by the day, inclusive"),
        "alive": Estimate(deaths.n - deaths.events, "Alive at the end of the day"),
        "risk": clopper_pearson(deaths, level=level),
        "risk_wilson": wilson(deaths, level=level),
        "survival": clopper_pearson(_alive(deaths), level=level),
    }


def _of_comparison(treated: Count, control: Count, level: float) -> dict[str, Estimate]:
    return {
        "risk_difference": newcombe_difference(treated, control, level=level),
        "survival_difference": newcombe_difference(_alive(treated), _alive(control), level=level),
        "risk_ratio": risk_ratio(treated, control, level=level),
        "odds_ratio": odds_ratio(treated, control, level=level),
        "fisher_p": fisher_p(treated, control),
    }


def _rows(
    where: dict, estimates: dict[str, Estimate], counts: list[Count], unknown: int
) -> list[dict]:
    note = left_out(unknown, "of unknown status")
    return estimate_rows(
        where,
        {statistic: noted(estimate, note) for statistic, estimate in estimates.items()},
        n=sum(count.n for count in counts),
        n_events=sum(count.events for count in counts),
    )
