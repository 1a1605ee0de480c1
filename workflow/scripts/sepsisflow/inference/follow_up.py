"""Time from time zero to death or to the end of follow-up."""

import pandas as pd

from sepsisflow.clock import DAY_H
from sepsisflow.errors import DataError

# Times equal up to rounding (0.1 + 0.2 and 0.3) are the same time, as with R's timefix; 1e-9 d is
# 0.1 ms.
DECIMALS = 9


def follow_up(
    analysis_set: pd.DataFrame, outcomes: pd.DataFrame, *, follow_up_days: float
) -> pd.DataFrame:
    """Time from time zero to death, or censored.

    A death after ``follow_up_days`` is censored on that day. A time less than a day before time
    zero counts as time zero: of a value known by date alone, no more is known.

    Parameters
    ----------
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).
    outcomes : DataFrame, at most one row per participant
        Columns participant_id, died (bool), time_h (hours from the origin, of death or of the
        last time known alive).
    follow_up_days : float
        End of follow-up (days from time zero).

    Returns
    -------
    DataFrame, one row per analysed participant, sorted by participant_id
        Columns participant_id, arm, time_d (days from time zero; missing if nothing is known
        after it) and died (bool, by ``time_d``).

    Raises
    ------
    DataError
        If somebody died or was last seen a day or more before time zero.
    """
    columns = ["participant_id", "died", "time_h"]
    joined = analysis_set.merge(
        outcomes[columns], on="participant_id", how="left", validate="one_to_one"
    ).sort_values("participant_id", ignore_index=True)
    time = ((joined["time_h"] - joined["time_zero_h"]) / DAY_H).astype("float64").round(DECIMALS)
    early = int(time.le(-1).sum())
    if early:
        raise DataError(
            f"derived/outcomes: {early} of {len(joined)} analysed participants died or were last "
            "seen a day or more before time zero. Correct these dates in the raw data, or "
            "`time_zero` of their arm in the study file."
        )
    died = joined["died"].astype("boolean").fillna(False).astype(bool)
    return pd.DataFrame(
        {
            "participant_id": joined["participant_id"],
            "arm": joined["arm"],
            "time_d": time.clip(lower=0, upper=follow_up_days),
            "died": died & time.le(follow_up_days),
        }
    )
