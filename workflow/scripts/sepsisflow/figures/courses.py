"""Individual courses: the values that the estimates rest on, by participant and study day."""

import pandas as pd

from sepsisflow.inference.visits import daily_values


def score_courses(
    scores: pd.DataFrame, analysis_set: pd.DataFrame, *, definition: str
) -> pd.DataFrame:
    """Take the scores of one definition.

    Parameters
    ----------
    scores : DataFrame, one row per score
        Columns participant_id, time_h (hours from origin), definition, score (points),
        source_file, source_row.
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from origin).
    definition : str

    Returns
    -------
    DataFrame as `daily_values`, one row per analysed participant and study day, with ``value``
    """
    used = scores[scores["definition"].eq(definition)].rename(columns={"score": "value"})
    return daily_values(used, analysis_set)


def panel_courses(
    values: pd.DataFrame, analysis_set: pd.DataFrame, *, variables: list[str]
) -> pd.DataFrame:
    """Take the values of a panel's variables.

    Parameters
    ----------
    values : DataFrame, one row per value
        Columns participant_id, time_h (hours from origin), variable, value (canonical unit; the
        limit where censored), censoring, source_file, source_row.
    analysis_set : DataFrame, as in `score_courses`
    variables : list of str

    Returns
    -------
    DataFrame as `daily_values`, one row per variable, analysed participant and study day
    """
    each = [
        daily_values(values[values["variable"].eq(variable)], analysis_set)
        for variable in variables
    ]
    return pd.concat(each, ignore_index=True)
