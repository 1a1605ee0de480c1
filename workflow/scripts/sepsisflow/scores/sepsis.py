"""Sepsis: a score that rises about a suspicion of infection, by a definition."""

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.infection import end_of_stay
from sepsisflow.scores.windows import last_before, lowest_so_far, pairs_within, seconds

ORDER = ["person", "suspicion_h", "antibiotic_h", "culture_h"]
NUMBERS = ["hour", "time_h", "score", "n_components"]
HOURLY = ["participant_id", *NUMBERS]
TIMES = ["suspicion_h", "antibiotic_h", "culture_h"]


def sepsis(
    name: str,
    definition: dict,
    *,
    participants: pd.DataFrame,
    events: pd.DataFrame,
    suspicions: pd.DataFrame,
    hours: pd.DataFrame,
) -> pd.DataFrame:
    """Cases of sepsis; of whoever is none, why.

    Parameters
    ----------
    name : str
        Name of the definition.
    definition : dict
        See `sepsisflow.scores.sepsis_definitions.read_sepsis`.
    participants, events : DataFrame
        Validated tables.
    suspicions : DataFrame as `sepsisflow.schemas.sepsis.SuspicionOfInfection`
        Of this definition.
    hours : DataFrame
        `HOURLY` of `sepsisflow.schemas.organ_scores.HourlyTotals` by the definition's score.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.sepsis.Sepsis`, in the participants' order
    """
    rule = definition["dysfunction"]
    number = pd.Series(np.arange(len(participants)), participants["participant_id"].to_numpy())
    person = np.asarray(hours["participant_id"].map(number))
    hours = hours[NUMBERS].assign(person=person).sort_values(["person", "hour"], ignore_index=True)
    kept = _of_the_stay(suspicions, definition, end_of_stay(suspicions["participant_id"], events))
    suspected = kept.assign(person=kept["participant_id"].map(number))[ORDER]
    suspected = suspected.sort_values(ORDER, kind="stable")
    suspected = suspected.drop_duplicates(["person", "suspicion_h"], ignore_index=True)
    known = None if rule["known_baseline"] is None else participants[rule["known_baseline"]]
    found = _rises(suspected, hours, rule, known)
    cases = found[found["at"] >= 0]
    if rule["cases"] == "first":
        cases = cases.drop_duplicates("person")
    cases = cases.assign(sepsis=True)
    others = pd.DataFrame({"person": np.setdiff1d(number.to_numpy(), cases["person"])})
    others = others.merge(found.drop_duplicates("person"), on="person", how="left")
    scored = set(found.loc[found["scored"], "person"])
    unknown = others["suspicion_h"].notna() & ~others["person"].isin(scored)
    others = others.assign(
        sepsis=pd.array([False] * len(others), "boolean"), at=-1, baseline=np.nan
    )
    others["sepsis"] = others["sepsis"].mask(unknown)
    rows = pd.concat([cases.astype({"sepsis": "boolean"}), others], ignore_index=True)
    rows = rows.sort_values(ORDER, kind="stable", ignore_index=True)
    return _table(name, definition, rows, participants, hours)


def _of_the_stay(suspicions: pd.DataFrame, definition: dict, end: pd.Series) -> pd.DataFrame:
    """Suspicions that are the participant's; the stay lasts from the origin to ``end``."""
    if definition["infection"]["of_the_stay"] == "antibiotic_begins_in_it":
        return suspicions[suspicions["suspected"] & suspicions["during_stay"]]
    first, last = definition["dysfunction"]["window_h"]
    begin = suspicions["suspicion_h"]
    return suspicions[suspicions["suspected"] & (begin + last >= 0) & (begin + first <= end)]


def _rises(
    suspected: pd.DataFrame, hours: pd.DataFrame, rule: dict, known: pd.Series | None
) -> pd.DataFrame:
    """Suspicions with the first hour ``at`` which the score has risen (-1: none).

    ``scored`` says whether any hour of the window has a score of something that was observed.
    """
    person, begin = suspected["person"].to_numpy(dtype=np.int64), seconds(suspected["suspicion_h"])
    earliest, latest = (begin + limit * HOUR for limit in rule["window_h"])
    of_person = hours["person"].to_numpy(dtype=np.int64)
    ends, score = seconds(hours["time_h"]), hours["score"].to_numpy(dtype="float64")
    observed = hours["n_components"].to_numpy(dtype="float64")
    window, hour = pairs_within(person, earliest, latest, of_person, ends)
    baseline = np.zeros(len(window))
    if rule["baseline"] != "zero":
        # An hour of which less was observed is lower for that alone.
        fully = observed * (rule["baseline_observed"] == "at_least_as_many")
        for least in np.unique(fully[hour]):
            usable = np.where(fully >= least, score, np.nan)
            if rule["baseline"] == "running_minimum":
                lowest = lowest_so_far(window, usable[hour])
            else:
                lowest = _lowest_before(person, earliest, of_person, ends, usable)[window]
            baseline = np.where(fully[hour] == least, lowest, baseline)
    if known is not None:
        recorded = known.to_numpy(dtype="float64")[person[window]]
        baseline = np.where(np.isnan(recorded), baseline, recorded)
    risen = score[hour] - baseline >= rule["rises_by"]
    at, compared = np.full(len(suspected), -1), np.full(len(suspected), np.nan)
    case, position = np.unique(window[risen], return_index=True)
    at[case] = hour[risen][position]
    compared[case] = baseline[risen][position]
    scored = np.zeros(len(suspected), dtype=bool)
    scored[window[~np.isnan(score[hour]) & (observed[hour] > 0)]] = True
    return suspected.assign(at=at, baseline=compared, scored=scored)


def _lowest_before(
    person: np.ndarray,
    earliest: np.ndarray,
    of_person: np.ndarray,
    ends: np.ndarray,
    score: np.ndarray,
) -> np.ndarray:
    """Lowest score of the hours that end before each window; 0 if there is none."""
    lowest = np.append(lowest_so_far(of_person, score), np.inf)
    found = lowest[last_before(person, earliest, of_person, ends)]
    return np.where(np.isinf(found), 0, found)


def _table(
    name: str, definition: dict, rows: pd.DataFrame, participants: pd.DataFrame, hours: pd.DataFrame
) -> pd.DataFrame:
    rule, at = definition["dysfunction"], rows["at"].to_numpy(dtype=np.int64)
    there = hours[NUMBERS].reindex(np.where(at < 0, len(hours), at)).set_axis(rows.index)
    there = there.astype("float64")
    both = pd.DataFrame({"score": there["time_h"], "suspicion": rows["suspicion_h"]})
    onset = {**both, "earlier": both.min(axis=1), "later": both.max(axis=1)}[rule["onset"]]
    return pd.DataFrame(
        {
            "participant_id": participants["participant_id"].to_numpy()[rows["person"]],
            "definition": name,
            "label": definition["label"],
            "sepsis": rows["sepsis"],
            "onset_h": onset.where(at >= 0),
            **{each: rows[each].astype("float64") for each in TIMES},
            "score_definition": rule["score"],
            "hour": there["hour"],
            "score_h": there["time_h"],
            "score": there["score"],
            "baseline": rows["baseline"],
            "n_components": there["n_components"],
        }
    )
