"""Survival: Kaplan–Meier, its quantiles, the log-rank test and the hazard ratio."""

import warnings
from math import nan

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.exceptions import ConvergenceError, ConvergenceWarning
from lifelines.statistics import logrank_test

from sepsisflow.inference.estimate import Estimate, not_estimable

QUANTILE = "Kaplan–Meier quantile (middle of a flat stretch), log-log interval"
LOGRANK = "Log-rank test"
HAZARD_RATIO = "Cox model of the arm alone, Efron ties, Wald interval"
# Survival probabilities this close are equal, as in R's quantile.survfit.
TOLERANCE = 1.5e-8


def kaplan_meier(followed: pd.DataFrame, *, at: list[float], level: float) -> pd.DataFrame:
    """Survival of one sample with its log-log interval.

    At a tied time deaths come before censorings.

    Parameters
    ----------
    followed : DataFrame, one row per participant
        Columns time_d (days) and died (bool), without missing values.
    at : list of float
        Days (from time zero) to have beside those of the data.
    level : float
        Coverage of the pointwise interval, as 0.95.

    Returns
    -------
    DataFrame, one row per day of a death, of a censoring or in ``at``; index study_day (days)
        survival, lower, upper (proportions), at_risk (participants just before the day), deaths,
        censored (on the day). Survival is missing after the last follow-up unless everybody died;
        the interval is missing where survival is 1 or 0 and carries no information.

    References
    ----------
    Kaplan & Meier 1958, J Am Stat Assoc 53:457; Kalbfleisch & Prentice 2002, section 1.4.
    """
    days = np.union1d(followed["time_d"], at)
    columns = ["survival", "lower", "upper"]
    if followed.empty:
        curve = pd.DataFrame(nan, index=days, columns=columns)
    else:
        fitted = KaplanMeierFitter(alpha=1 - level).fit(followed["time_d"], followed["died"])
        curve = pd.concat([fitted.survival_function_, fitted.confidence_interval_], axis=1)
        curve = curve.reindex(days, method="ffill").set_axis(columns, axis=1)
    curve = curve.join(_risk_sets(followed, days))
    curve.loc[curve["at_risk"].eq(0) & curve["survival"].gt(0), "survival"] = nan
    informative = curve["survival"].between(0, 1, inclusive="neither")
    curve[["lower", "upper"]] = curve[["lower", "upper"]].where(informative)
    return curve.rename_axis("study_day")


def survival_quantile(curve: pd.DataFrame, probability: float, *, level: float) -> Estimate:
    """Day by which a proportion has died.

    Where survival stays exactly at the quantile for a while, its middle counts, as in R: the middle
    up to the next death or, if there is none, to the last day of follow-up. (R's quantile and
    median do so; its print and summary give the first day of a last stretch.) The limits are the
    days at which the limits of the curve cross the quantile.

    Parameters
    ----------
    curve : DataFrame as from `kaplan_meier`, of the same ``level``
    probability : float
        Proportion dead, 0.5 for the median.
    level : float

    Returns
    -------
    Estimate (days); the value or a limit is missing where it is not reached

    References
    ----------
    Brookmeyer & Crowley 1982, Biometrics 38:29; R survival 3.5.3, quantile.survfit.
    """
    remaining = 1 - probability
    value, lower, upper = (
        _first_day_at_or_below(curve[name], remaining) for name in ("survival", "lower", "upper")
    )
    method = f"{QUANTILE}; not reached" if np.isnan(value) else QUANTILE
    return Estimate(value, method, lower, upper, level)


def logrank(treated: pd.DataFrame, control: pd.DataFrame) -> dict[str, Estimate]:
    """Compare the survival of two samples.

    Parameters
    ----------
    treated, control : DataFrame as in `kaplan_meier`

    Returns
    -------
    dict of "logrank_chisq" (1 degree of freedom) and "logrank_p" -> Estimate
        Missing where the variance of the statistic is 0: an empty arm, no death while both arms
        were at risk, or everybody at risk dead at once.

    References
    ----------
    Mantel 1966, Cancer Chemother Rep 50:163–170.
    """
    reason = _without_comparison(treated, control)
    table = _common_risk_sets(treated, control)
    if not reason and table["deaths"].eq(table["at_risk"]).all():
        reason = "everybody at risk died at the same time"
    if reason:
        missing = not_estimable(LOGRANK, reason)
        return {"logrank_chisq": missing, "logrank_p": missing}
    found = logrank_test(treated["time_d"], control["time_d"], treated["died"], control["died"])
    return {
        "logrank_chisq": Estimate(float(found.test_statistic), f"{LOGRANK}, 1 degree of freedom"),
        "logrank_p": Estimate(float(found.p_value), f"{LOGRANK}, two-sided"),
    }


def hazard_ratio(treated: pd.DataFrame, control: pd.DataFrame, *, level: float) -> Estimate:
    """Hazard of death, treated to control.

    Parameters
    ----------
    treated, control : DataFrame as in `kaplan_meier`
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    Estimate (ratio)
        Missing where there is none: an empty arm, no death while both arms were at risk, or
        (monotone likelihood) deaths in one arm only while both were at risk; the ratio then tends
        to 0 or to infinity and a Wald interval has no meaning.

    References
    ----------
    Cox 1972, J R Stat Soc B 34:187; Efron 1977, J Am Stat Assoc 72:557.
    """
    reason = _without_comparison(treated, control)
    table = _common_risk_sets(treated, control)
    if not reason and table["deaths_treated"].sum() in (0, table["deaths"].sum()):
        reason = "monotone likelihood, while both arms were at risk only one had deaths"
    if reason:
        return not_estimable(HAZARD_RATIO, reason)
    both = pd.concat([treated.assign(treated=1.0), control.assign(treated=0.0)], ignore_index=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConvergenceWarning)
            # Only says that an arm or the deaths are few; separation was looked for above.
            warnings.filterwarnings("ignore", "(?s).*very low variance", ConvergenceWarning)
            model = CoxPHFitter(alpha=1 - level).fit(
                both[["time_d", "died", "treated"]],
                "time_d",
                "died",
                # The defaults leave an error of 1e-6 in the coefficient. The precision is that of
                # the Newton decrement, about the square of the coefficient's.
                fit_options={"precision": 1e-20, "r_precision": 0},
            )
    except (ConvergenceError, ConvergenceWarning):
        return not_estimable(HAZARD_RATIO, "the fit does not converge")
    lower, upper = np.exp(model.confidence_intervals_.loc["treated"])
    ratio = np.exp(model.params_["treated"])
    return Estimate(float(ratio), HAZARD_RATIO, float(lower), float(upper), level)


def _risk_sets(followed: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    """Count participants at risk just before, dead and censored on each of the days."""
    dead = np.sort(followed.loc[followed["died"], "time_d"])
    censored = np.sort(followed.loc[~followed["died"], "time_d"])
    ended = np.sort(followed["time_d"])

    def on(times: np.ndarray) -> np.ndarray:
        return np.searchsorted(times, days, side="right") - np.searchsorted(times, days)

    counts = {"at_risk": ended.size - np.searchsorted(ended, days)}
    return pd.DataFrame({**counts, "deaths": on(dead), "censored": on(censored)}, index=days)


def _first_day_at_or_below(step: pd.Series, target: float) -> float:
    """First day of a falling step function at or below the target; the middle of a flat there."""
    reached = step[step < target + TOLERANCE]
    if reached.empty:
        return nan
    first, last = reached.index[0], reached.index[-1]
    if abs(reached.iloc[0] - target) >= TOLERANCE:
        return float(first)
    below = reached.index[reached < reached.iloc[0]]
    return float((first + (last if below.empty else below[0])) / 2)


def _common_risk_sets(treated: pd.DataFrame, control: pd.DataFrame) -> pd.DataFrame:
    """Risk sets on the days of a death with both arms at risk: all the comparison rests on."""
    died = [frame.loc[frame["died"], "time_d"] for frame in (treated, control)]
    days = np.unique(np.concatenate(died))
    of_treated, of_control = _risk_sets(treated, days), _risk_sets(control, days)
    both = of_treated["at_risk"].gt(0) & of_control["at_risk"].gt(0)
    table = (of_treated + of_control).assign(deaths_treated=of_treated["deaths"])
    return table[both]


def _without_comparison(treated: pd.DataFrame, control: pd.DataFrame) -> str:
    """Say why two samples cannot be compared; "" if they can."""
    if treated.empty or control.empty:
        return "an arm without participants"
    if not (treated["died"].any() or control["died"].any()):
        return "no deaths"
    if _common_risk_sets(treated, control).empty:
        return "no death while both arms were at risk"
    return ""
