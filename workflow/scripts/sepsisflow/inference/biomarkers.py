"""Rows: a panel of biomarkers by arm and day, and one summary of change per participant."""

from math import exp

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from sepsisflow.inference.estimate import (
    Estimate,
    estimate_rows,
    not_estimable,
    noted,
    place,
)
from sepsisflow.inference.paired import hodges_lehmann, signed_rank_p, smallest_p
from sepsisflow.inference.summaries import describe
from sepsisflow.inference.visits import courses, daily_values

LEVELS = ["geometric_mean", "median", "q1", "q3"]
# What a value below the limit of quantification counts as, in units of the limit.
BELOW_LIMIT = {"half_limit": 0.5, "limit": 1.0}
WITHIN_ARM = "descriptive within arm"


def panel_rows(
    values: pd.DataFrame, analysis_set: pd.DataFrame, *, panel: str, settings: dict, level: float
) -> list[dict]:
    """Describe each variable by day and test one summary of its change within each arm.

    Parameters
    ----------
    values : DataFrame, one row per value
        Columns participant_id, time_h, variable, value (the limit, where censored), unit,
        censoring (none, below, above), source_file, source_row.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).
    panel : str
        The analysis of the rows' keys.
    settings : dict
        ``variables``, ``arms`` (lists of str); ``baseline_day``, ``days`` (study days; the first
        value of a day counts); ``summary``: mean_log_ratio; ``below_limit``: half_limit or limit.
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``<panel>.<variable>.analysed.<arm>@<day>``: geometric_mean, median, q1, q3, n_below_limit;
        ``<panel>.<variable>.analysed.<arm>``: ratio, p, p_holm (over the panel's variables within
        the arm), p_smallest.
    """
    rows = []
    units = values.drop_duplicates("variable").set_index("variable")["unit"]
    daily = {
        variable: counted(
            daily_values(values[values["variable"].eq(variable)], analysis_set),
            settings["below_limit"],
        )
        for variable in settings["variables"]
    }
    for arm in settings["arms"]:
        changes = {}
        for variable, of_variable in daily.items():
            of_arm = of_variable[of_variable["arm"].eq(arm)]
            rows += _day_rows(of_arm, panel, variable, arm, settings, units.get(variable, "1"))
            changes[variable] = SUMMARIES[settings["summary"]](
                of_arm,
                baseline_day=settings["baseline_day"],
                days=settings["days"],
            )
        rows += _change_rows(changes, panel, arm, level)
    return rows


def counted(daily: pd.DataFrame, below_limit: str) -> pd.DataFrame:
    """Put what they count as in the place of values below the limit of quantification.

    Parameters
    ----------
    daily : DataFrame with columns value and censoring
    below_limit : str
        Key of ``BELOW_LIMIT``.

    Returns
    -------
    DataFrame as ``daily``
    """
    below = daily["censoring"].eq("below")
    return daily.assign(value=daily["value"].mask(below, BELOW_LIMIT[below_limit] * daily["value"]))


def mean_log_ratio(daily: pd.DataFrame, *, baseline_day: int, days: list[int]) -> pd.Series:
    """Mean over the days after baseline of log(value / baseline value).

    Parameters
    ----------
    daily : DataFrame as from `daily_values`, of one variable
    baseline_day, days : int, list of int
        Study days; those after the baseline day that a participant has are averaged.

    Returns
    -------
    Series of float, per participant with a baseline and a later value, both above 0
    """
    course = courses(daily, days=sorted({baseline_day, *days}))
    logs = np.log(course.where(course > 0))
    later = [day for day in logs.columns if day > baseline_day]
    return logs[later].sub(logs[baseline_day], axis=0).mean(axis=1).dropna()


SUMMARIES = {"mean_log_ratio": mean_log_ratio}


def _day_rows(
    of_arm: pd.DataFrame, panel: str, variable: str, arm: str, settings: dict, unit: str
) -> list[dict]:
    rows = []
    for day in settings["days"]:
        on_day = of_arm[of_arm["study_day"].eq(day)]
        values = on_day["value"].to_numpy()
        below = int(on_day["censoring"].eq("below").sum())
        share = BELOW_LIMIT[settings["below_limit"]]
        note = f"{below} below the limit counted as {share:g} of it" if below else ""
        where = place(panel, variable, arm, day=day)
        described = {name: noted(each, note) for name, each in describe(values, LEVELS).items()}
        rows += estimate_rows(where, described, n=values.size, unit=unit)
        count = Estimate(below, "Values below the limit of quantification")
        rows += estimate_rows(where, {"n_below_limit": count}, n=values.size)
    return rows


def _change_rows(changes: dict[str, pd.Series], panel: str, arm: str, level: float) -> list[dict]:
    summaries = {variable: series.to_numpy() for variable, series in changes.items()}
    tests = {variable: signed_rank_p(summary) for variable, summary in summaries.items()}
    adjusted = holm(tests)
    rows = []
    for variable, summary in summaries.items():
        estimates = {
            "ratio": _exponential(hodges_lehmann(summary, level=level)),
            "p": tests[variable],
            "p_holm": adjusted[variable],
            "p_smallest": smallest_p(summary),
        }
        rows += estimate_rows(
            place(panel, variable, arm),
            {name: noted(estimate, WITHIN_ARM) for name, estimate in estimates.items()},
            n=summary.size,
        )
    return rows


def _exponential(estimate: Estimate) -> Estimate:
    return estimate._replace(
        value=exp(estimate.value),
        lower=exp(estimate.lower),
        upper=exp(estimate.upper),
        method=f"Ratio to baseline, mean of the days on the log scale: {estimate.method}",
    )


def holm(tests: dict[str, Estimate]) -> dict[str, Estimate]:
    """Adjust p values over a family; a test that gave none is not counted.

    Parameters
    ----------
    tests : dict of name -> Estimate (p)

    Returns
    -------
    dict of name -> Estimate (adjusted p), missing where p is

    References
    ----------
    Holm 1979, Scand J Stat 6:65; R's p.adjust.
    """
    given = {name: test.value for name, test in tests.items() if not np.isnan(test.value)}
    method = f"Holm's adjustment over {len(given)} test(s)"
    adjusted = multipletests(list(given.values()), method="holm")[1] if given else []
    found = dict(zip(given, adjusted, strict=True))
    return {
        name: Estimate(float(found[name]), method)
        if name in found
        else not_estimable(method, "no p to adjust")
        for name in tests
    }
