"""Rows: SOFA by arm and day, and its change from baseline."""

import pandas as pd

from sepsisflow.inference.estimate import Estimate, estimate_rows, noted, place
from sepsisflow.inference.paired import hodges_lehmann, signed_rank_p
from sepsisflow.inference.summaries import describe
from sepsisflow.inference.visits import courses, daily_values

LEVELS = ["mean", "sd", "median", "q1", "q3"]
WITHIN_ARM = "descriptive within arm, of those with both days"


def sofa_rows(
    scores: pd.DataFrame,
    analysis_set: pd.DataFrame,
    *,
    definition: str,
    rules: dict | None,
    baseline_day: int,
    days: list[int],
    arms: dict,
    level: float,
) -> list[dict]:
    """Describe SOFA by day and compare each later day with the participant's baseline.

    Parameters
    ----------
    scores : DataFrame, one row per score
        As `sepsisflow.schemas.scores.Scores`.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).
    definition : str
        Score definition used.
    rules : dict or None
        As `sepsisflow.scores.words.in_words`; None of recorded totals.
    baseline_day, days : int, list of int
        Study days; the first score of a day counts.
    arms : dict of arm -> {label, role}
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``sofa.total.analysed.<arm>@<day>``: mean, sd, median, q1, q3; after baseline change_hl,
        change_p, change_mean of the paired differences. Of computed scores also
        ``sofa.total.analysed.<arm>``: scores, the number of scores of the living on these days, and
        incomplete, that of those which lack a component.
    """
    used = scores[scores["definition"].eq(definition)].rename(columns={"score": "value"})
    daily = daily_values(used, analysis_set)
    rows = []
    for arm in arms:
        course = courses(daily[daily["arm"].eq(arm)], days=sorted({baseline_day, *days}))
        for day in days:
            where = place("sofa", "total", arm, day=day)
            values = course[day].dropna().to_numpy()
            levels = _noted(describe(values, LEVELS), _rules_applied(rules))
            rows += estimate_rows(where, levels, n=values.size, definition=definition)
            if day > baseline_day:
                changes = (course[day] - course[baseline_day]).dropna().to_numpy()
                rows += estimate_rows(
                    where, _changes(changes, level), n=changes.size, definition=definition
                )
        if rules is not None:
            counted = daily[daily["arm"].eq(arm) & daily["study_day"].isin(days)]
            counted = counted[counted["status"].ne("after_death")]
            rows += estimate_rows(
                place("sofa", "total", arm),
                _counts(counted["n_components"], rules["components"]),
                n=counted["participant_id"].nunique(),
                definition=definition,
            )
    return rows


def _rules_applied(rules: dict | None) -> str:
    return f"{rules['missing']}; {rules['after_death']}" if rules else ""


def _counts(observed: pd.Series, components: int) -> dict:
    incomplete = int((observed < components).sum())
    return {
        "scores": Estimate(observed.size, "Number of scores of the living on the days analysed"),
        "incomplete": Estimate(incomplete, "Number of these scores that lack a component"),
    }


def _noted(estimates: dict, note: str) -> dict:
    return {name: noted(estimate, note) for name, estimate in estimates.items()}


def _changes(changes, level: float) -> dict:
    estimates = {
        "change_hl": hodges_lehmann(changes, level=level),
        "change_p": signed_rank_p(changes),
        "change_mean": describe(changes, ["mean"])["mean"],
    }
    return _noted(estimates, WITHIN_ARM)
