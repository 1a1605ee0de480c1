"""Vasopressors as norepinephrine of the same effect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import counted_up
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
    # An infusion runs in all intervals between its own two cuts.
    first, last = np.searchsorted(cuts, begins), np.searchsorted(cuts, ends)
    length = np.where(np.isnan(given.value[which]), 0, np.maximum(last - first, 0))
    each, interval = counted_up(first, length)
    running = pd.DataFrame(
        {
            "interval": interval,
            "agent": np.array([*given.names, ""])[given.name[which[each]]],
            "rate": given.value[which[each]],
            "row": which[each],
        }
    )
    wide = _by_agent(running[running["agent"].isin(agents)], agents, at_once)
    at = wide.pop("interval").to_numpy()
    rate, row = (wide[[f"{name} {agent}" for agent in agents]] for name in ("rate", "row"))
    return Equivalents(
        cuts[at] // span,
        cuts[at] % span + low,
        cuts[at + 1] % span + low,
        np.nansum(rate.to_numpy(dtype=float) * list(factors.values()), axis=1),
        rate.to_numpy(dtype=float),
        row.fillna(-1).to_numpy(dtype=np.int64),
    )


def _by_agent(running: pd.DataFrame, agents: list[str], at_once: str) -> pd.DataFrame:
    """Rate and row of each agent, by interval; of intervals in which any runs."""
    if at_once == "sum":
        keys = ["interval", "agent"]
        running = running.groupby(keys, as_index=False).agg(
            rate=("rate", "sum"), row=("row", "first")
        )
    wide = running[["interval"]].drop_duplicates().sort_values("interval")
    for agent in agents:
        mine = running.loc[running["agent"].eq(agent)].set_index("interval")[["rate", "row"]]
        wide = wide.join(mine.add_suffix(f" {agent}"), on="interval")
    return wide
