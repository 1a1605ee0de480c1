"""One proportion and the comparison of two: intervals and Fisher's test."""

from typing import NamedTuple

from scipy.stats import binomtest, fisher_exact
from scipy.stats.contingency import odds_ratio as sample_odds_ratio
from scipy.stats.contingency import relative_risk
from statsmodels.stats.proportion import confint_proportions_2indep

from sepsisflow.inference.estimate import Estimate, not_estimable

CLOPPER_PEARSON = "Proportion, exact (Clopper–Pearson) interval"
WILSON = "Proportion, Wilson score interval"
NEWCOMBE = "Difference of proportions, Newcombe score interval (method 10)"
RISK_RATIO = "Risk ratio, log-Wald interval"
ODDS_RATIO = "Sample odds ratio, Woolf interval"
FISHER = "Fisher's exact test, two-sided"
EMPTY_ARM = "an arm without participants"


class Count(NamedTuple):
    """Participants with the event, of ``n``."""

    events: int
    n: int


def clopper_pearson(count: Count, *, level: float) -> Estimate:
    """Proportion with its exact interval.

    Parameters
    ----------
    count : Count
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    Estimate (proportion); missing if ``count.n`` is 0

    Raises
    ------
    ValueError
        If there are more events than participants.

    References
    ----------
    Clopper & Pearson 1934, Biometrika 26:404.
    """
    return _proportion(count, level, name="exact", method=CLOPPER_PEARSON)


def wilson(count: Count, *, level: float) -> Estimate:
    """Proportion with its score interval, as `clopper_pearson`.

    References
    ----------
    Wilson 1927, J Am Stat Assoc 22:209.
    """
    return _proportion(count, level, name="wilson", method=WILSON)


def newcombe_difference(treated: Count, control: Count, *, level: float) -> Estimate:
    """Difference of two proportions, treated minus control.

    Parameters
    ----------
    treated, control : Count
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    Estimate (difference of proportions); missing if an arm is empty

    References
    ----------
    Newcombe 1998, Stat Med 17:873, method 10.
    """
    if not (treated.n and control.n):
        return not_estimable(NEWCOMBE, EMPTY_ARM)
    lower, upper = confint_proportions_2indep(
        *treated, *control, method="newcomb", compare="diff", alpha=1 - level
    )
    difference = treated.events / treated.n - control.events / control.n
    return Estimate(difference, NEWCOMBE, float(lower), float(upper), level)


def risk_ratio(treated: Count, control: Count, *, level: float) -> Estimate:
    """Ratio of two risks, treated to control; parameters as `newcombe_difference`.

    Returns
    -------
    Estimate (ratio)
        Missing if an arm is empty or the control has no event. Without an interval if the treated
        have no event, or if everybody has it: the log-Wald standard error does not exist or is 0.

    References
    ----------
    Katz et al. 1978, Biometrics 34:469.
    """
    if not (treated.n and control.n):
        return not_estimable(RISK_RATIO, EMPTY_ARM)
    if control.events == 0:
        return not_estimable(RISK_RATIO, "no event in the control")
    found = relative_risk(*treated, *control)
    if treated.events == 0:
        return Estimate(0.0, "Risk ratio; no interval: no event in the treated")
    if treated.events == treated.n and control.events == control.n:
        return Estimate(1.0, "Risk ratio; no interval: everybody has the event")
    lower, upper = found.confidence_interval(level)
    return Estimate(float(found.relative_risk), RISK_RATIO, float(lower), float(upper), level)


def odds_ratio(treated: Count, control: Count, *, level: float) -> Estimate:
    """Ratio of the odds in the sample, treated to control; parameters as `newcombe_difference`.

    Returns
    -------
    Estimate (ratio)
        Missing if an arm is empty or the ratio is infinite or 0/0. Without an interval if it is 0.

    References
    ----------
    Woolf 1955, Ann Hum Genet 19:251.
    """
    if not (treated.n and control.n):
        return not_estimable(ODDS_RATIO, EMPTY_ARM)
    table = [[events, n - events] for events, n in (treated, control)]
    if table[0][1] * table[1][0] == 0:
        return not_estimable(ODDS_RATIO, "a cell of the table is 0")
    if table[0][0] * table[1][1] == 0:
        return Estimate(0.0, "Sample odds ratio; no interval: a cell of the table is 0")
    found = sample_odds_ratio(table, kind="sample")
    lower, upper = found.confidence_interval(level)
    return Estimate(float(found.statistic), ODDS_RATIO, float(lower), float(upper), level)


def fisher_p(treated: Count, control: Count) -> Estimate:
    """Exact p that two proportions are equal.

    Returns
    -------
    Estimate (p); 1 if nobody or everybody has the event, missing if an arm is empty

    References
    ----------
    Fisher 1935, J R Stat Soc 98:39; two-sided: the tables as probable as the observed, or less.
    """
    if not (treated.n and control.n):
        return not_estimable(FISHER, EMPTY_ARM)
    table = [[events, n - events] for events, n in (treated, control)]
    return Estimate(float(fisher_exact(table).pvalue), FISHER)


def _proportion(count: Count, level: float, *, name: str, method: str) -> Estimate:
    if count.n == 0:
        return not_estimable(method, "no participants")
    found = binomtest(*count).proportion_ci(confidence_level=level, method=name)
    return Estimate(count.events / count.n, method, float(found.low), float(found.high), level)
