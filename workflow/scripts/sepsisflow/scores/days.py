"""Totals by study day, of scores by hour."""

import pandas as pd

from sepsisflow.clock import DAY_H, study_day

HOURS = ["participant_id", "time_h", "component", "hour_score"]
DAY = ["participant_id", "study_day"]


def study_day_scores(
    hours: pd.DataFrame,
    analysis_set: pd.DataFrame,
    deaths: pd.DataFrame,
    *,
    name: str,
    components: list[str],
    choices: dict,
    last_day: int,
) -> pd.DataFrame:
    """Score of each study day: the worst of each component in its 24 hours, added up.

    An hour belongs to the day in which it begins.

    Parameters
    ----------
    hours : DataFrame, one row per participant, hour and component
        Columns participant_id, time_h (end of the hour, from the origin), component, hour_score
        (points of that hour alone).
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id and time_zero_h (hours from the origin).
    deaths : DataFrame, one row per recorded death
        Columns participant_id and earliest_h (hours from the origin).
    name : str
        Name of the definition.
    components : list of str
        Its components; each counts once in a total.
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
    worst = _worst(hours, zero).reindex(columns=components)
    daily = _totals(worst, choices["missing_component"]).dropna(subset="score").reset_index()
    died = deaths.groupby("participant_id")["earliest_h"].min().reindex(zero.index).dropna()
    death_day = study_day(died, zero.loc[died.index])
    daily = _after_death(daily, death_day, choices["after_death"], last_day)
    begin = daily["participant_id"].map(zero) + (daily["study_day"] - 1) * DAY_H
    daily = daily.assign(time_h=begin, definition=name, source_file=None, source_row=float("nan"))
    columns = ["participant_id", "time_h", "definition", "score", "status", "n_components"]
    daily = daily.sort_values(["participant_id", "time_h"], ignore_index=True)
    return daily[[*columns, "source_file", "source_row"]]


def _worst(hours: pd.DataFrame, zero: pd.Series) -> pd.DataFrame:
    """Most points of each component (columns) by participant and study day; NaN if none."""
    begin = hours["time_h"] - 1
    day = study_day(begin, hours["participant_id"].map(zero))
    keyed = hours.assign(study_day=day).dropna(subset="study_day")
    return keyed.groupby([*DAY, "component"])["hour_score"].max().unstack()


def _totals(worst: pd.DataFrame, missing_component: str) -> pd.DataFrame:
    """Columns score, n_components and status by participant and study day."""
    observed = worst.notna().sum(axis=1)
    used = worst.groupby("participant_id").ffill() if missing_component == "carried" else worst
    if missing_component == "prorated":
        total = used.mean(axis=1) * worst.shape[1]
    else:
        total = used.sum(axis=1, skipna=missing_component != "missing")
    total = total.where(used.notna().any(axis=1))
    status = (observed > 0).map({True: "observed", False: "carried"}).astype(object)
    return pd.DataFrame({"score": total, "n_components": observed.astype(float), "status": status})


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
