"""Clearance: by what part a concentration fell."""

import pandas as pd

# What a value below the limit of quantification counts as, in units of the limit.
BELOW_LIMIT = {"half_limit": 0.5, "limit": 1.0}


def clearance(
    readings: pd.DataFrame,
    people: pd.DataFrame,
    *,
    variable: str,
    first_h: dict,
    later_h: dict,
    later: str,
    below_limit: str,
) -> pd.DataFrame:
    """Fall from the first value to a later one, in percent of the first; a rise is negative.

    Parameters
    ----------
    readings : DataFrame, hours from time zero
        Columns participant_id, time_h, variable, value, censoring (none, below, above).
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    variable : str
        As lactate.
    first_h, later_h : dict
        Windows ``from``, ``to`` (hours from time zero) of the first and the later value; ``to`` is
        not in them.
    later : {"first", "last", "lowest"}
        Which of the values in the later window counts.
    below_limit : {"half_limit", "limit"}
        What a value below the limit counts as. One above a limit counts as the limit.

    Returns
    -------
    DataFrame, indexed as ``people``
        ``value`` (%), ``status`` (observed, missing), ``reason``.
    """
    used = readings[readings["variable"].eq(variable)].dropna(subset="value")
    below = used["censoring"].eq("below")
    counted = used["value"].mask(below, BELOW_LIMIT[below_limit] * used["value"])
    used = used.assign(value=counted).sort_values(["participant_id", "time_h"], kind="stable")
    start = _window(used, first_h).first().reindex(people.index)
    picks = {"first": "first", "last": "last", "lowest": "min"}
    end = _window(used, later_h).agg(picks[later]).reindex(people.index)
    value = 100 * (start - end) / start.where(start > 0)
    reason = pd.Series(None, index=people.index, dtype=object)
    reason = reason.mask(value.isna(), "no later value").mask(start.isna(), "no first value")
    reason = reason.mask(start.le(0), "first value is 0")
    status = pd.Series("observed", index=people.index).mask(value.isna(), "missing")
    return pd.DataFrame({"value": value, "status": status, "reason": reason})


def _window(used: pd.DataFrame, window_h: dict):
    inside = used["time_h"].ge(window_h["from"]) & used["time_h"].lt(window_h["to"])
    return used[inside].groupby("participant_id")["value"]
