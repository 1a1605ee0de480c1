"""One value per participant and study day."""

import pandas as pd

from sepsisflow.clock import study_day


def daily_values(values: pd.DataFrame, analysis_set: pd.DataFrame) -> pd.DataFrame:
    """First value of each study day, of the analysed participants.

    Parameters
    ----------
    values : DataFrame, one row per value of one variable
        Columns participant_id, time_h (hours from the origin), value, source_file, source_row;
        others are kept. Missing values are passed over.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).

    Returns
    -------
    DataFrame, one row per participant and study day, sorted by them
        The columns of both, and study_day (int, day 1 is the first 24 hours from time zero). Of
        values of the same time, the first in the raw file counts.
    """
    joined = values.dropna(subset=["value"]).merge(
        analysis_set[["participant_id", "arm", "time_zero_h"]],
        on="participant_id",
        validate="many_to_one",
    )
    day = study_day(joined["time_h"], joined["time_zero_h"]).astype("int64")
    order = ["participant_id", "study_day", "time_h", "source_file", "source_row"]
    return (
        joined.assign(study_day=day)
        .sort_values(order, kind="stable")
        .drop_duplicates(["participant_id", "study_day"])
        .reset_index(drop=True)
    )


def courses(daily: pd.DataFrame, *, days: list[int]) -> pd.DataFrame:
    """Values by participant and study day.

    Parameters
    ----------
    daily : DataFrame as from `daily_values`
    days : list of int
        Study days kept.

    Returns
    -------
    DataFrame of float, a row per participant with a value on one of the days, a column per day
    """
    kept = daily[daily["study_day"].isin(days)]
    wide = kept.pivot(index="participant_id", columns="study_day", values="value")
    return wide.reindex(columns=days).astype("float64")
