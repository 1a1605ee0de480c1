"""Scores by study day: days that begin at time zero, and what counts after death."""

import numpy as np
import pandas as pd

from sepsisflow.clock import DAY_H, ROUNDING_H, study_day

DAY = ["participant_id", "study_day"]


def first_day_h(analysis_set: pd.DataFrame) -> pd.Series:
    """Start of the study day that holds the origin, from which on days are scored.

    Takes columns participant_id and time_zero_h (hours from the origin). What was observed before
    time zero is of study day 0, -1, ..., and may be carried on.

    Returns
    -------
    Series of float (hours from the origin, above -24 to 0), by participant_id
    """
    zero = analysis_set.set_index("participant_id")["time_zero_h"]
    return zero - DAY_H * _days_before(zero)


def _days_before(zero: pd.Series) -> pd.Series:
    """Days from the start of the first one to time zero."""
    return np.ceil((zero - ROUNDING_H) / DAY_H)


def study_day_scores(
    totals: pd.DataFrame,
    analysis_set: pd.DataFrame,
    deaths: pd.DataFrame,
    *,
    name: str,
    choices: dict,
    last_day: int,
) -> pd.DataFrame:
    """Score of each study day, the definition's rule for the dead applied.

    Parameters
    ----------
    totals : DataFrame, one row per participant and day, in their order
        Columns participant_id, study_day (1 begins at `first_day_h`), score and n_components, as
        `sepsisflow.scores.sofa.score_participants` gives them. An hour is of the day in which it
        begins: where time zero is not a full hour, the hour that it falls in is of the day before.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id and time_zero_h (hours from the origin).
    deaths : DataFrame, one row per recorded death
        Columns participant_id and earliest_h (hours from the origin).
    name : str
        Name of the definition.
    choices : dict
        ``missing_component`` and ``after_death`` of the definition.
    last_day : int
        Last study day to which a rule about the dead applies.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.scores.Scores`, sorted by participant and time
        ``time_h`` is the beginning of the study day. A day on which nothing was observed has no
        row, unless values are carried on.
    """
    zero = analysis_set.set_index("participant_id")["time_zero_h"]
    daily = _known(totals, choices["missing_component"])
    before = daily["participant_id"].map(_days_before(zero))
    daily = daily.assign(study_day=daily["study_day"] - before)
    died = deaths.groupby("participant_id")["earliest_h"].min().reindex(zero.index).dropna()
    death_day = study_day(died, zero.loc[died.index])
    daily = _after_death(daily, death_day, choices["after_death"], last_day)
    begin = daily["participant_id"].map(zero) + (daily["study_day"] - 1) * DAY_H
    daily = daily.assign(time_h=begin, definition=name, source_file=None, source_row=float("nan"))
    columns = ["participant_id", "time_h", "definition", "score", "status", "n_components"]
    daily = daily.sort_values(["participant_id", "time_h"], ignore_index=True)
    return daily[[*columns, "source_file", "source_row"]]


def _known(totals: pd.DataFrame, missing_component: str) -> pd.DataFrame:
    """Days with a score of something observed, on the day or carried on, and their status."""
    observed = totals["n_components"] > 0
    carried = missing_component == "carried"
    known = observed.groupby(totals["participant_id"]).cummax() if carried else observed
    daily = totals[[*DAY, "score"]].assign(
        n_components=totals["n_components"].astype(float),
        status=observed.map({True: "observed", False: "carried"}).astype(object),
    )
    return daily[known & daily["score"].notna()]


def _after_death(
    daily: pd.DataFrame, death_day: pd.Series, rule: dict, last_day: int
) -> pd.DataFrame:
    """Days up to ``last_day`` with what the rule says of the dead.

    What was observed on the day of death stands; days that begin after it are the rule's.
    """
    died = daily["participant_id"].map(death_day)
    daily = daily[(died.isna() | (daily["study_day"] <= died)) & ~_unseen(daily, died)]
    if rule["rule"] == "missing":
        return daily
    seen = set(zip(daily["participant_id"], daily["study_day"], strict=True))
    last = daily.sort_values(DAY).groupby("participant_id")["score"].last()
    score = pd.Series(rule["score"], death_day.index) if rule["rule"] == "score" else last
    dead = [
        {"participant_id": who, "study_day": day, "score": float(score[who])}
        for who, first in death_day.items()
        for day in range(int(first), last_day + 1)
        if (who, day) not in seen and who in score.index
    ]
    if not dead:
        return daily
    return pd.concat([daily, pd.DataFrame(dead).assign(status="after_death", n_components=0.0)])


def _unseen(daily: pd.DataFrame, died: pd.Series) -> pd.Series:
    """Whether a day is that of death and holds nothing observed, so that it counts as after it."""
    return daily["study_day"].eq(died) & daily["status"].ne("observed")
