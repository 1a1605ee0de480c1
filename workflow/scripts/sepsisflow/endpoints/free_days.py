"""Days alive and free of something: of support, or of a stay."""

import numpy as np
import pandas as pd

from sepsisflow.clock import DAY_H, ROUNDING_H
from sepsisflow.endpoints.people import dead_by
from sepsisflow.endpoints.periods import joined

DEATH_SCORES = {"zero": 0.0, "minus_one": -1.0}
NOT_FOLLOWED = "not followed to the horizon"


def free_days(
    periods: pd.DataFrame,
    people: pd.DataFrame,
    *,
    horizon_day: int,
    counted: str,
    counted_from: str,
    free_at_least_h: float,
    death: str,
    lost: str,
) -> pd.DataFrame:
    """Days alive outside the periods, from study day 1 to the horizon.

    Parameters
    ----------
    periods : DataFrame as from `sepsisflow.endpoints.periods`, hours from time zero
        Of support or stay; may overlap.
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    horizon_day : int
        Last study day counted.
    counted : {"whole_days", "hours"}
        Study days that no period touches, or free hours in days of 24 h.
    counted_from : {"time_zero", "first_end", "last_end"}
        Every free day counts; or those after the end of the first, or of the last period that
        begins by the horizon.
    free_at_least_h : float
        Shorter pauses (hours), ended by another period or by death, are no pauses.
    death : {"zero", "minus_one", "until_death"}
        What death by the horizon, the day itself included, scores: 0, −1, or the free days lived.
    lost : {"missing", "free"}
        Who is not known to be alive or dead at the horizon: no value, or taken to be alive and
        free from the last period on.

    Returns
    -------
    DataFrame, indexed as ``people``
        ``value`` (days), ``status`` (observed, death_rule, assumed, missing), ``reason`` (why a
        value is missing or assumed).

    References
    ----------
    Yehya 2019, Am J Respir Crit Care Med 200:828 (PMC6812447).
    """
    horizon_h = horizon_day * DAY_H
    spells = joined(periods, people, free_at_least_h=free_at_least_h)
    spells = spells[(spells["end_h"] > ROUNDING_H) & (spells["start_h"] < horizon_h - ROUNDING_H)]
    lived_h = (people["death_d"] * DAY_H).fillna(np.inf).clip(lower=0, upper=horizon_h)
    if counted_from == "time_zero":
        days = _all_free(spells, lived_h, horizon_day, counted)
    else:
        ends = spells.groupby("participant_id")["end_h"]
        end_h = ends.min() if counted_from == "first_end" else ends.max()
        end_h = end_h.reindex(people.index, fill_value=0.0)
        days = _days(lived_h, counted, np.floor) - _days(end_h, counted, np.ceil)
    days = days.clip(lower=0)
    died = dead_by(people, horizon_day)
    unknown = ~died & ~people["seen_d"].ge(horizon_day)
    if death in DEATH_SCORES:
        days = days.mask(died, DEATH_SCORES[death])
    status = pd.Series("observed", index=people.index).mask(died, "death_rule")
    status = status.mask(unknown, "missing" if lost == "missing" else "assumed")
    return pd.DataFrame(
        {
            "value": days.mask(status.eq("missing")),
            "status": status,
            "reason": pd.Series(None, index=people.index, dtype=object).mask(unknown, NOT_FOLLOWED),
        }
    )


def _days(hours: pd.Series, counted: str, whole) -> pd.Series:
    """Hours in days, whole ones by ``whole`` (floor or ceil) but for rounding."""
    if counted == "hours":
        return hours / DAY_H
    return whole((hours + (ROUNDING_H if whole is np.floor else -ROUNDING_H)) / DAY_H)


def _all_free(
    spells: pd.DataFrame, lived_h: pd.Series, horizon_day: int, counted: str
) -> pd.Series:
    """Free days lived, wherever they lie between the periods."""
    who = lived_h.index.get_indexer(spells["participant_id"])
    start = spells["start_h"].clip(lower=0)
    end = spells["end_h"].clip(upper=pd.Series(lived_h.to_numpy()[who], index=spells.index))
    if counted == "hours":
        taken = (end - start).clip(lower=0).groupby(spells["participant_id"]).sum()
        return (lived_h - taken.reindex(lived_h.index, fill_value=0.0)) / DAY_H
    # A period takes the days from that of its start to that of its end: one more period on the
    # first, one fewer after the last.
    change = np.zeros((lived_h.size, horizon_day + 1))
    np.add.at(change, (who, np.floor((start + ROUNDING_H) / DAY_H).astype(int)), 1)
    np.add.at(change, (who, np.ceil((end - ROUNDING_H) / DAY_H).astype(int)), -1)
    free = change.cumsum(axis=1)[:, :horizon_day] == 0
    lived = np.arange(1, horizon_day + 1) <= _days(lived_h, counted, np.floor).to_numpy()[:, None]
    return pd.Series((free & lived).sum(axis=1).astype(float), index=lived_h.index)
