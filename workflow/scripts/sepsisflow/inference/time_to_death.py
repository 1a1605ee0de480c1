"""Rows: survival curves by arm, numbers at risk, medians and their comparison."""

import pandas as pd

from sepsisflow.inference.arms import comparisons
from sepsisflow.inference.estimate import Estimate, estimate_rows, left_out, noted, place
from sepsisflow.inference.survival import hazard_ratio, kaplan_meier, logrank, survival_quantile


def survival_rows(
    followed: pd.DataFrame,
    *,
    follow_up_days: float,
    horizons_days: list[float],
    risk_table_days: list[float],
    arms: dict,
    level: float,
) -> list[dict]:
    """Survival from time zero to the end of follow-up, by arm and compared.

    Parameters
    ----------
    followed : DataFrame as from `follow_up`
        Participants of whom nothing is known after time zero are left out and counted in
        ``method``.
    follow_up_days, horizons_days, risk_table_days : float, list of float, list of float
        Days from time zero.
    arms : dict of arm -> {label, role}
    level : float
        Coverage of the intervals, as 0.95.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``survival.death.analysed.<arm>@<day>``: survival_probability (day 0, every day of a death,
        the last day followed, horizons, end of follow-up), censored (survival on every day of a
        censoring before the end of follow-up; ``n_events`` still counts deaths), at_risk;
        ``survival.death.analysed.<arm>.median``; and of each comparison: hazard_ratio,
        logrank_chisq, logrank_p.
    """
    rows = []
    samples = {arm: followed[followed["arm"].eq(arm)] for arm in arms}
    for arm, sample in samples.items():
        rows += _arm_rows(
            arm,
            sample,
            shown=[0, *horizons_days, follow_up_days],
            risk_table_days=risk_table_days,
            level=level,
        )
    for treated, control in comparisons(arms):
        rows += _comparison_rows(
            place("survival", "death", treated, comparator=control),
            samples[treated],
            samples[control],
            level,
        )
    return rows


def _arm_rows(
    arm: str,
    sample: pd.DataFrame,
    *,
    shown: list[float],
    risk_table_days: list[float],
    level: float,
) -> list[dict]:
    known, note = _followed(sample)
    curve = kaplan_meier(known, at=[*shown, *risk_table_days], level=level)
    last = known["time_d"].max()
    step = curve["deaths"].gt(0) | curve.index.isin([*shown, last])
    tick = curve["censored"].gt(0) & (curve.index < max(shown))
    median = noted(survival_quantile(curve, 0.5, level=level), note)
    return [
        *_curve_rows(arm, "survival_probability", curve[step], note, level),
        *_curve_rows(arm, "censored", curve[tick], note, level),
        *_at_risk_rows(arm, curve, risk_table_days),
        *estimate_rows(
            place("survival", "death", arm), {"median": median}, unit="d", **_counts(known)
        ),
    ]


def _comparison_rows(
    where: dict, treated: pd.DataFrame, control: pd.DataFrame, level: float
) -> list[dict]:
    both, note = _followed(pd.concat([treated, control]))
    known = [_followed(sample)[0] for sample in (treated, control)]
    estimates = {"hazard_ratio": hazard_ratio(*known, level=level), **logrank(*known)}
    return estimate_rows(
        where,
        {statistic: noted(estimate, note) for statistic, estimate in estimates.items()},
        **_counts(both),
    )


def _followed(sample: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Leave out who has no follow-up, and say how many."""
    known = sample.dropna(subset=["time_d"])
    return known, left_out(len(sample) - len(known), "without follow-up")


def _counts(sample: pd.DataFrame) -> dict[str, int]:
    return {"n": len(sample), "n_events": int(sample["died"].sum())}


def _curve_rows(
    arm: str, statistic: str, curve: pd.DataFrame, note: str, level: float
) -> list[dict]:
    rows = []
    for day, point in curve.iterrows():
        rows += estimate_rows(
            place("survival", "death", arm, day=day),
            {statistic: noted(_probability(point, level), note)},
            n=int(point["at_risk"]),
            n_events=int(point["deaths"]),
        )
    return rows


def _probability(point: pd.Series, level: float) -> Estimate:
    """Word one point of a curve and its interval."""
    survival = point["survival"]
    if pd.isna(survival):
        return Estimate(survival, "Kaplan–Meier; not estimable: nobody is followed to this day")
    if survival == 1:
        return Estimate(survival, "Kaplan–Meier; no interval before the first death")
    if survival == 0:
        return Estimate(survival, "Kaplan–Meier; no interval where nobody survives")
    method = "Kaplan–Meier, log-log interval"
    return Estimate(survival, method, point["lower"], point["upper"], level)


def _at_risk_rows(arm: str, curve: pd.DataFrame, days: list[float]) -> list[dict]:
    deaths = curve["deaths"].cumsum()
    rows = []
    for day in days:
        at_risk = int(curve.at[day, "at_risk"])
        rows += estimate_rows(
            place("survival", "death", arm, day=day),
            {"at_risk": Estimate(at_risk, "Participants at risk just before the day")},
            n=at_risk,
            n_events=int(deaths[day]),
        )
    return rows
