"""Vasopressors as norepinephrine of the same effect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sepsisflow.scores.observations import Rows, bounds, time_key


@dataclass(frozen=True)
class Equivalents:
    """Intervals (seconds) without a change of any rate, in order of participant and time.

    ``dose`` is in norepinephrine. By interval and agent ``rate`` is what runs, NaN if nothing does,
    and ``row`` the row of interventions that says so (the first of several), else -1.
    """

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    dose: np.ndarray
    rate: np.ndarray
    row: np.ndarray


def equivalents(
    given: Rows, factors: dict[str, float], *, also_cut_by: list[str], at_once: str
) -> Equivalents:
    """Norepinephrine equivalents between two changes of any rate.

    Parameters
    ----------
    given : Rows
        Interventions; rows without a dose only end intervals.
    factors : dict of str to float
        By agent, norepinephrine (ug/kg/min) of one unit of its rate.
    also_cut_by : list of str
        Agents that do not count, but whose changes end an interval.
    at_once : {"sum", "each"}
        Several rates of one agent at one time are added, or each makes an interval of its own with
        every rate of the others.
    """
    agents = list(factors)
    which = np.concatenate([given.called(name) for name in (*agents, *also_cut_by)])
    person, start, end = given.person[which], given.second[which], given.end[which]
    low, span = bounds(start, end)
    begins, ends = time_key(person, start, low, span), time_key(person, end, low, span)
    cuts = np.unique(np.concatenate([begins, ends]))
    counted = np.concatenate(
        [np.full(len(given.called(name)), at) for at, name in enumerate(agents)]
    )
    counts = np.flatnonzero(~np.isnan(given.value[which[: len(counted)]]))
    # An infusion runs in all intervals between its own two cuts.
    first, last = np.searchsorted(cuts, begins[counts]), np.searchsorted(cuts, ends[counts])
    length = np.maximum(last - first, 0)
    each = np.repeat(np.arange(len(counts)), length)
    interval = np.arange(len(each)) + np.repeat(first - np.cumsum(length) + length, length)
    running = pd.DataFrame(
        {
            "interval": interval,
            "agent": counted[counts][each],
            "rate": given.value[which[counts]][each],
            "row": which[counts][each],
        }
    )
    if at_once == "sum":
        running = running.groupby(["interval", "agent"], as_index=False).agg(
            rate=("rate", "sum"), row=("row", "first")
        )
    wide = pd.DataFrame({"interval": np.unique(interval)})
    for at, _ in enumerate(agents):
        mine = running.loc[running["agent"].eq(at), ["interval", "rate", "row"]]
        wide = wide.merge(
            mine.add_suffix(f" {at}").rename(columns={f"interval {at}": "interval"}), how="left"
        )
    rate = wide[[f"rate {at}" for at, _ in enumerate(agents)]].to_numpy(dtype=float)
    row = wide[[f"row {at}" for at, _ in enumerate(agents)]].fillna(-1).to_numpy(dtype=np.int64)
    at = wide["interval"].to_numpy()
    dose = np.nansum(rate * np.array(list(factors.values())), axis=1)
    return Equivalents(
        cuts[at] // span, cuts[at] % span + low, cuts[at + 1] % span + low, dose, rate, row
    )
