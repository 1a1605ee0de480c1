"""A score as an endpoint: on a day, its change, maximum and mean, under rules about death."""

import pandas as pd

from sepsisflow.clock import study_day
from sepsisflow.endpoints.people import dead_by

WORST_SCORE = 24.0
PICKS = {"worst": "max", "first": "first", "last": "last"}
CARRIED = "carried from an earlier day"


def daily_scores(scores: pd.DataFrame, people: pd.DataFrame, *, of_day: str) -> pd.DataFrame:
    """Scores by participant and study day.

    Parameters
    ----------
    scores : DataFrame of one definition
        Columns participant_id, time_h (hours from origin), score.
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    of_day : {"worst", "first", "last"}
        Which of several scores of one day counts.

    Returns
    -------
    DataFrame of float, a row per participant of ``people``, a column per study day from 1 on with
    a score, in order
    """
    used = scores[scores["participant_id"].isin(people.index)].dropna(subset="score")
    used = used.sort_values(["participant_id", "time_h"], kind="stable")
    day = study_day(used["time_h"], used["participant_id"].map(people["time_zero_h"]))
    used = used.assign(study_day=day.astype(int))[day >= 1]
    wide = used.groupby(["participant_id", "study_day"])["score"].agg(PICKS[of_day]).unstack()
    return wide.reindex(people.index).astype(float).sort_index(axis=1)


def score_endpoints(
    scores: pd.DataFrame,
    people: pd.DataFrame,
    *,
    name: str,
    baseline_day: int,
    on_days: list[int],
    over_days: list[int],
    of_day: str,
    unscored: str,
    day_of_death: str,
    death_rules: list[str],
) -> pd.DataFrame:
    """Score on a day, change to it from baseline, maximum and mean, under each rule about death.

    Parameters
    ----------
    scores, people, of_day
        As of `daily_scores`.
    name : str
        Of the score, as sofa.
    baseline_day : int
        Study day with which later days are compared; never filled in.
    on_days : list of int
        Study days of the score and of its change.
    over_days : list of int
        Study days of maximum and mean, taken over those with a score.
    unscored : {"missing", "carried"}
        A day of the living without a score: missing, or the last score before it.
    day_of_death : {"observed", "death_rule"}
        Whether a score of the day of death counts.
    death_rules : list of {"missing", "carried", "score_24", "worst_rank"}
        From death on: no score, the last one, 24 points; or, in place of points, the rank of the
        endpoint among all analysed, the dead worse than the living and the worse the earlier
        they died (ties share the mean rank).

    Returns
    -------
    DataFrame, one row per participant, endpoint and day
        ``participant_id``, ``endpoint`` (``[delta_|maximum_|mean_]<name>_<rule>``), ``study_day``
        (of maximum and mean the last), ``value`` (points, or rank), ``status`` (observed, assumed,
        death_rule, missing), ``reason``.

    References
    ----------
    Lambden 2019, Crit Care 23:374; Marmiere 2024, Crit Care Med; de Grooth 2017, Crit Care 21:38.
    """
    daily = daily_scores(scores, people, of_day=of_day)
    daily = daily.reindex(columns=sorted({*daily, baseline_day, *on_days, *over_days}))
    dead = pd.DataFrame({day: dead_by(people, day) for day in daily})
    if day_of_death == "observed":
        day_before = pd.DataFrame({day: dead_by(people, day - 1) for day in daily})
        dead &= day_before | daily.isna()
    last = daily.mask(dead).ffill(axis=1)
    living = (last if unscored == "carried" else daily).mask(dead)
    carried = daily.isna() & living.notna()
    after_death = {"carried": last, "score_24": dead * WORST_SCORE}
    end = max(over_days)
    parts = []
    for rule in death_rules:
        whole = living.where(~dead, after_death[rule]) if rule in after_death else living
        for day in on_days:
            change = whole[day] - daily[baseline_day]
            about = {"rule": rule, "death_d": people["death_d"].where(dead[day])}
            about["carried"] = carried[day]
            parts += [
                _endpoint(f"{name}_{rule}", day, whole[day], **about),
                _endpoint(f"delta_{name}_{rule}", day, change, **about),
            ]
        about = {"rule": rule, "death_d": people["death_d"].where(dead[end])}
        about["carried"] = carried[over_days].any(axis=1)
        parts += [
            _endpoint(f"maximum_{name}_{rule}", end, whole[over_days].max(axis=1), **about),
            _endpoint(f"mean_{name}_{rule}", end, whole[over_days].mean(axis=1), **about),
        ]
    return pd.concat(parts, ignore_index=True)


def _endpoint(
    endpoint: str,
    day: int,
    values: pd.Series,
    *,
    rule: str,
    death_d: pd.Series,
    carried: pd.Series,
) -> pd.DataFrame:
    """Rows of one endpoint: values under a rule, and what they rest on."""
    dead = death_d.notna()
    if rule == "worst_rank":
        values = worst_rank(values, death_d)
    status = pd.Series("observed", index=values.index).mask(carried, "assumed")
    reason = pd.Series(None, index=values.index, dtype=object).mask(carried, CARRIED)
    reason = reason.mask(values.isna(), "not scored")
    if rule == "missing":
        reason = reason.mask(values.isna() & dead, "died")
    else:
        status = status.mask(dead, "death_rule")
    rows = {"endpoint": endpoint, "study_day": day, "value": values, "reason": reason}
    return pd.DataFrame({**rows, "status": status.mask(values.isna(), "missing")}).reset_index()


def worst_rank(values: pd.Series, death_d: pd.Series) -> pd.Series:
    """Rank of each, the dead above the living and the higher the earlier they died.

    Parameters
    ----------
    values : Series of float
        Of the living; missing ones get no rank.
    death_d : Series of float, indexed as ``values``
        Time of death; missing of the living.

    Returns
    -------
    Series of float; 1 is the lowest value, ties share the mean rank

    References
    ----------
    Lachin 1999, Control Clin Trials 20:408.
    """
    died = death_d.notna()
    living = values.where(~died).rank()
    dead = death_d.rank(ascending=False) + int(living.notna().sum())
    return living.where(~died, dead)
