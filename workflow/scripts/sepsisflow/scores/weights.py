"""Body weight over time."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sepsisflow.scores.bands import within
from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import People, Rows, bounds, time_key, values_at

# Seconds before and after whatever is measured.
EVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True)
class Weights:
    """Weights (kg), each from after ``start`` up to and with ``end`` (seconds).

    In order of participant and start.
    """

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    value: np.ndarray


def participants_weights(weight_kg: np.ndarray) -> Weights:
    """The one weight (kg, NaN where unknown) of each participant, at all times."""
    person = np.flatnonzero(~np.isnan(weight_kg))
    ever = np.full(len(person), EVER)
    return Weights(person, -ever, ever, weight_kg[person])


def charted_weights(
    rows: Rows,
    origin: np.ndarray,
    until: np.ndarray,
    *,
    admission: str,
    daily: str,
    around_h: float,
    usable: dict,
) -> Weights:
    """Weights as charted, each until the next; the first is taken for the time before it, too.

    Parameters
    ----------
    rows : Rows
        Measurements.
    origin, until : ndarray
        Second at which each participant's stay begins, and ends (NaN: never).
    admission : str
        Variable whose first value holds from the begin, whenever it was charted.
    daily : str
        Variable with the other weights.
    around_h : float
        Hours before the begin and after the end of the stay for which the first and the last weight
        hold.
    usable : dict
        Limits (kg) of `sepsisflow.scores.bands.within`.

    References
    ----------
    MIT-LCP/mimic-code, weight_durations.
    """
    which = np.concatenate([rows.called(admission), rows.called(daily)])
    found = values_at(rows, which[within(rows.value[which], usable)])
    person, start = found.person, found.second.copy()
    around = int(around_h * HOUR)
    at_admission = np.flatnonzero(np.isin(found.row, rows.called(admission)))
    by_time = at_admission[np.lexsort((start[at_admission], person[at_admission]))]
    _, first = np.unique(person[by_time], return_index=True)
    start[by_time[first]] = origin[person[by_time[first]]] - around
    # What holds before the first weight, if that came after the begin of the stay.
    order = np.lexsort((start, person))
    _, first = np.unique(person[order], return_index=True)
    late = order[first][start[order[first]] > origin[person[order[first]]]]
    which = np.concatenate([np.arange(len(person)), late])
    start = np.concatenate([start, origin[person[late]] - around])
    person = person[which]
    order = np.lexsort((start, person))
    which, person, start = which[order], person[order], start[order]
    last = np.where(np.isnan(until), EVER, np.nan_to_num(until) + around).astype(np.int64)[person]
    end = np.where(np.append(np.diff(person), 1) == 0, np.append(start[1:], 0), last)
    return Weights(person, start, end, found.value[which])


def weights(rows: Rows, who: People, events: pd.DataFrame, choice: dict) -> Weights:
    """Weights as ``choice`` says.

    Parameters
    ----------
    rows : Rows
        Measurements.
    who : People
    events : DataFrame
        ``participant_id``, ``event`` and ``latest_h``.
    choice : dict
        ``from``: ``participants``, or ``charted`` with ``until``, events of which the first ends
        the stay, and the choices of `charted_weights`.
    """
    if choice["from"] == "participants":
        return participants_weights(who.weight_kg)
    ended = events[events["event"].isin(choice["until"])]
    left = ended.groupby("participant_id", observed=True)["latest_h"].min().reindex(who.identifier)
    until = who.origin + np.rint(left.to_numpy(dtype=float) * HOUR)
    names = ("admission", "daily", "around_h", "usable")
    return charted_weights(rows, who.origin, until, **{name: choice[name] for name in names})


def weight_at(known: Weights, person: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The weight (kg) of each participant at each time, NaN where none holds."""
    if not len(known.person):
        return np.full(len(person), np.nan)
    # Only what lies within the times asked for needs a place in the key.
    low, span = bounds(second)
    start = np.clip(known.start, low - 1, low + span) - low + 1
    key = time_key(known.person, start, 0, span + 2)
    at = np.searchsorted(key, time_key(person, second + 1, low, span + 2), side="left") - 1
    there = (at >= 0) & (known.person[at] == person) & (second <= known.end[at])
    return np.where(there, known.value[at], np.nan)
