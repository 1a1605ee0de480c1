"""Time to reversal of shock."""

import numpy as np
import pandas as pd

from sepsisflow.clock import DAY_H, ROUNDING_H
from sepsisflow.endpoints.people import dead_by
from sepsisflow.endpoints.periods import joined


def time_to_reversal(
    periods: pd.DataFrame,
    people: pd.DataFrame,
    *,
    shock_within_h: float,
    free_at_least_h: float,
    horizon_day: int,
    death: str,
) -> pd.DataFrame:
    """Days from time zero until a participant in shock lives without vasopressor for long enough.

    Shock is reversed at the end of the first period of vasopressors, pauses shorter than
    ``free_at_least_h`` included; a later return of shock is not looked at. Who dies within these
    hours did not reach it; who is not followed through them is censored.

    Parameters
    ----------
    periods : DataFrame as from `sepsisflow.endpoints.periods`, hours from time zero
        Of vasopressors.
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    shock_within_h : float
        In shock is who has a vasopressor in the first so many hours from time zero.
    free_at_least_h : float
        Hours alive without vasopressor that make a reversal.
    horizon_day : int
        Last study day on which a reversal counts.
    death : {"censored", "never"}
        Death before reversal ends the time at risk, or stands for no reversal up to the horizon
        (as where death competes with it).

    Returns
    -------
    DataFrame, indexed as ``people``
        ``value`` (days, of reversal or until when there was none), ``status`` (observed: reversed;
        censored; death_rule: died and counted to the horizon; missing: not in shock), ``reason``.
    """
    spells = joined(periods, people, free_at_least_h=free_at_least_h)
    spells = spells[(spells["end_h"] > ROUNDING_H) & (spells["start_h"] < shock_within_h)]
    end_d = spells.groupby("participant_id")["end_h"].first().reindex(people.index) / DAY_H
    died = dead_by(people, horizon_day)
    free_until = people["seen_d"] * DAY_H + ROUNDING_H
    is_reversed = end_d.le(horizon_day) & (end_d * DAY_H + free_at_least_h).le(free_until)
    is_reversed &= ~end_d.ge(people["death_d"] - ROUNDING_H)
    seen_d = people["seen_d"].clip(lower=0, upper=horizon_day)
    value = end_d.where(is_reversed, seen_d.fillna(0.0))
    reason = np.select(
        [end_d.isna(), is_reversed, died, people["seen_d"].ge(horizon_day)],
        ["not in shock", "", "died", "not reversed by the horizon"],
        "not followed",
    )
    status = np.select(
        [end_d.isna(), is_reversed, died & (death == "never")],
        ["missing", "observed", "death_rule"],
        "censored",
    )
    value = value.mask(status == "death_rule", float(horizon_day)).mask(end_d.isna())
    found = pd.DataFrame({"value": value, "status": status, "reason": reason}, index=people.index)
    return found.assign(reason=found["reason"].mask(found["reason"].eq("")))
