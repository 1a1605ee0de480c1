"""Who is analysed, and until when each is known to have lived."""

import pandas as pd

from sepsisflow.clock import DAY_H

# As in sepsisflow.inference.follow_up: times equal up to rounding are the same time.
DECIMALS = 9


def lives(analysis_set: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Time of death, or of the last sign of life, in days from time zero.

    Parameters
    ----------
    analysis_set : DataFrame as `sepsisflow.schemas.analysis_set.AnalysisSet`
    outcomes : DataFrame as `sepsisflow.schemas.outcomes.Outcomes`

    Returns
    -------
    DataFrame, one row per analysed participant, indexed by participant_id and sorted
        ``time_zero_h`` (hours from origin); ``death_d``, missing unless dead; ``seen_d``, until
        when something is known (death included), missing if nothing is.
    """
    known = analysis_set.merge(
        outcomes[["participant_id", "died", "time_h"]],
        on="participant_id",
        how="left",
        validate="one_to_one",
    ).set_index("participant_id")
    seen = ((known["time_h"] - known["time_zero_h"]) / DAY_H).astype(float).round(DECIMALS)
    died = known["died"].astype("boolean").fillna(False).astype(bool)
    return pd.DataFrame(
        {"time_zero_h": known["time_zero_h"], "death_d": seen.where(died), "seen_d": seen}
    ).sort_index()


def dead_by(people: pd.DataFrame, day: float) -> pd.Series:
    """Whether each died by the end of a study day; a death on the day counts."""
    return people["death_d"].le(day)


def on_clock(table: pd.DataFrame, people: pd.DataFrame, times: list[str]) -> pd.DataFrame:
    """Rows of the analysed participants, with ``times`` in hours from time zero."""
    kept = table[table["participant_id"].isin(people.index)]
    zero = kept["participant_id"].map(people["time_zero_h"])
    return kept.assign(**{name: kept[name] - zero for name in times})
