"""Septic shock: a vasopressor and a high lactate in a case of sepsis, by a definition."""

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.windows import pairs_within, seconds
from sepsisflow.units import conversion

# Columns of measurements that are read.
READINGS = ["participant_id", "time_h", "variable", "value", "source_file", "source_row"]


def septic_shock(
    name: str,
    definition: dict,
    *,
    cases: pd.DataFrame,
    interventions: pd.DataFrame,
    measurements: pd.DataFrame,
    variables: dict,
) -> pd.DataFrame:
    """Whether septic shock goes with each case of sepsis, and since when.

    Parameters
    ----------
    name : str
        Name of the definition.
    definition : dict
        See `sepsisflow.scores.sepsis_definitions.read_sepsis`.
    cases : DataFrame as `sepsisflow.schemas.sepsis.Sepsis`
        By the definition of sepsis that this one names; only cases count.
    interventions, measurements : DataFrame
        Validated tables.
    variables : dict
        The codelist.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.sepsis.SepticShock`, in the cases' order
    """
    shock = definition["shock"]
    cases = cases[cases["sepsis"].fillna(False)].reset_index(drop=True)
    names = pd.unique(cases["participant_id"])
    number = pd.Series(np.arange(len(names)), names)
    lactate = _lactate(measurements, shock["lactate"], variables, number)
    runs = _running(interventions, shock, number)
    both = _together(runs, lactate, shock["together_h"] * HOUR)
    both = both.sort_values(["person", "second"], kind="stable", ignore_index=True)
    onset = seconds(cases["onset_h"])
    earliest, latest = (onset + limit * HOUR for limit in shock["window_h"])
    person = cases["participant_id"].map(number).to_numpy(dtype=np.int64)
    case, at = pairs_within(
        person, earliest, latest, both["person"].to_numpy(), both["second"].to_numpy()
    )
    high = both["lactate"].to_numpy()[at] > shock["lactate"]["above"]
    chosen, position = np.unique(case[high], return_index=True)
    first = np.full(len(cases), len(both))
    first[chosen] = at[high][position]
    there = both.reindex(first).set_axis(cases.index)
    numbers = ["second", "start_h", "lactate", "time_h", "source_row"]
    there = there.astype(dict.fromkeys(numbers, "float64"))
    state = pd.Series(pd.array(first < len(both), "boolean"))
    # Somebody on a vasopressor of whom no lactate is known with it may have been in shock.
    ran = _ran(person, earliest, latest, runs)
    observed = np.isin(np.arange(len(cases)), case)
    return pd.DataFrame(
        {
            "participant_id": cases["participant_id"],
            "definition": name,
            "label": definition["label"],
            "septic_shock": state.mask(ran & ~observed),
            "sepsis_onset_h": cases["onset_h"],
            "onset_h": there["second"] / HOUR,
            "agent": there["agent"],
            "vasopressor_h": there["start_h"],
            "lactate": there["lactate"],
            "unit": pd.Series(shock["lactate"]["unit"], cases.index).where(state, None),
            "lactate_h": there["time_h"],
            "source_file": there["source_file"],
            "source_row": there["source_row"],
        }
    )


def _lactate(
    measurements: pd.DataFrame, choice: dict, variables: dict, number: pd.Series
) -> pd.DataFrame:
    """Readings in the definition's unit, by person and second."""
    factor, offset = conversion(choice["unit"], variables[choice["variable"]])
    read = measurements["variable"].eq(choice["variable"]) & measurements["value"].notna()
    found = measurements[read & measurements["participant_id"].isin(number.index)]
    found = found.astype({"time_h": "float64", "value": "float64"}).assign(
        person=found["participant_id"].map(number).astype("int64"),
        read=seconds(found["time_h"]),
        lactate=(found["value"] - offset) / factor,
    )
    columns = ["person", "read", "time_h", "lactate", "source_file", "source_row"]
    return found.sort_values(["person", "read", "source_row"], ignore_index=True)[columns]


def _running(interventions: pd.DataFrame, shock: dict, number: pd.Series) -> pd.DataFrame:
    """Intervals in which a vasopressor runs for long enough; one without a dose is taken to run."""
    base = {salt: agent for agent, salts in shock["salts"].items() for salt in salts}
    given = interventions.assign(agent=interventions["agent"].astype("object").replace(base))
    given = given[given["agent"].isin(shock["vasopressors"])]
    given = given[given["dose"].isna() | given["dose"].gt(0)]
    given = given[given["participant_id"].isin(number.index)]
    end = given["end_h"].fillna(given["start_h"])
    runs = pd.DataFrame(
        {
            "person": given["participant_id"].map(number).astype("int64"),
            "agent": given["agent"],
            "start_h": given["start_h"],
            "begin": seconds(given["start_h"]),
            "end": seconds(end),
            "endless": given["end_h"].isna(),
        }
    ).sort_values(["person", "begin", "agent"], ignore_index=True)
    lasts = runs["endless"] | (_whole(runs) >= shock["minimum_h"] * HOUR)
    return runs[lasts].drop(columns="endless").reset_index(drop=True)


def _whole(runs: pd.DataFrame) -> pd.Series:
    """Seconds that an agent runs without a break, of each of its intervals."""
    of = [runs["person"], runs["agent"]]
    reach = runs.groupby(of)["end"].cummax()
    breaks = runs["begin"] > reach.groupby(of).shift()
    spell = runs.groupby([*of, breaks.groupby(of).cumsum()])
    return spell["end"].transform("max") - spell["begin"].transform("min")


def _together(runs: pd.DataFrame, lactate: pd.DataFrame, apart: int) -> pd.DataFrame:
    """Each interval with each reading so many seconds apart; ``second`` is when both have come."""
    run, reading = pairs_within(
        runs["person"].to_numpy(),
        runs["begin"].to_numpy() - apart,
        runs["end"].to_numpy() + apart,
        lactate["person"].to_numpy(),
        lactate["read"].to_numpy(),
    )
    both = pd.concat(
        [
            runs.iloc[run].reset_index(drop=True),
            lactate.drop(columns="person").iloc[reading].reset_index(drop=True),
        ],
        axis=1,
    )
    return both.assign(second=both[["begin", "read"]].max(axis=1))


def _ran(
    person: np.ndarray, earliest: np.ndarray, latest: np.ndarray, runs: pd.DataFrame
) -> np.ndarray:
    """Whether a vasopressor ran at any time of each window."""
    begin, end = runs["begin"].to_numpy(), runs["end"].to_numpy()
    longest = (end - begin).max(initial=0)
    window, run = pairs_within(person, earliest - longest, latest, runs["person"].to_numpy(), begin)
    found = np.zeros(len(person), dtype=bool)
    found[window[end[run] >= earliest[window]]] = True
    return found
