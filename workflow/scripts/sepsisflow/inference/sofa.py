"""Rows: SOFA by arm and day, and its change from baseline."""

import pandas as pd

from sepsisflow.inference.estimate import estimate_rows, noted, place
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
    baseline_day: int,
    days: list[int],
    arms: dict,
    level: float,
) -> list[dict]:
    """Describe SOFA by day and compare each later day with the participant's baseline.

    Parameters
    ----------
    scores : DataFrame, one row per score
        Columns participant_id, time_h, definition, score, source_file, source_row.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).
    definition : str
        Score definition used.
    baseline_day, days : int, list of int
        Study days; the first score of a day counts.
    arms : dict of arm -> {label, role}
    level : float
        Coverage of the interval, as 0.95.

    Returns
    -------
    list of dict, rows for `estimates_table`
        ``sofa.total.analysed.<arm>@<day>``: mean, sd, median, q1, q3; after baseline change_hl,
        change_p, change_mean of the paired differences.
    """
    used = scores[scores["definition"].eq(definition)].rename(columns={"score": "value"})
    daily = daily_values(used, analysis_set)
    rows = []
    for arm in arms:
        course = courses(daily[daily["arm"].eq(arm)], days=sorted({baseline_day, *days}))
        for day in days:
            where = place("sofa", "total", arm, day=day)
            values = course[day].dropna().to_numpy()
            rows += estimate_rows(
                where, describe(values, LEVELS), n=values.size, definition=definition
            )
            if day > baseline_day:
                changes = (course[day] - course[baseline_day]).dropna().to_numpy()
                rows += estimate_rows(
                    where, _changes(changes, level), n=changes.size, definition=definition
                )
    return rows


def _changes(changes, level: float) -> dict:
    estimates = {
        "change_hl": hodges_lehmann(changes, level=level),
        "change_p": signed_rank_p(changes),
        "change_mean": describe(changes, ["mean"])["mean"],
    }
    return {name: noted(estimate, WITHIN_ARM) for name, estimate in estimates.items()}
