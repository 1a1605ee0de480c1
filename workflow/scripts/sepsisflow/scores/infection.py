"""Suspected infection: an antibiotic and a culture, by a definition."""

import numpy as np
import pandas as pd

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.windows import pairs_within, seconds

ANTIBIOTIC, CULTURE = "antibiotic", "culture"
END_OF_STAY = ("icu_discharge", "death")


def suspicion_of_infection(
    name: str,
    choices: dict,
    *,
    participants: pd.Series,
    interventions: pd.DataFrame,
    events: pd.DataFrame,
) -> pd.DataFrame:
    """Every antibiotic of every participant, and the culture that makes it a suspicion.

    A culture that came first takes precedence over one that followed, an earlier one over a later
    one; of one day, those without a time come last, and of one time the first of the table counts.

    Parameters
    ----------
    name : str
        Name of the definition.
    choices : dict
        Its ``infection``.
    participants : Series of str
    interventions, events : DataFrame
        Validated tables.

    Returns
    -------
    DataFrame as `sepsisflow.schemas.sepsis.SuspicionOfInfection`, by participant and number
    """
    number = pd.Series(np.arange(len(participants)), participants.to_numpy())
    given = _antibiotics(interventions, choices["antibiotics_left_out"], number)
    taken = _cultures(events, choices["known_by_date"], number)
    before, after = _cultures_of(given, taken, choices)
    culture = np.where(before >= 0, before, after)
    found = pd.Series(culture >= 0)
    first = pd.Series(np.where(before >= 0, CULTURE, ANTIBIOTIC)).where(found, None)
    beside = taken.reindex(np.where(found, culture, len(taken))).set_axis(given.index)
    beside = beside.astype({"earliest_h": "float64", "source_row": "float64"})
    times = {
        "antibiotic": given["start_h"],
        "culture": beside["earliest_h"],
        "first_of_both": given["start_h"].where(first.ne(CULTURE), beside["earliest_h"]),
    }
    return pd.DataFrame(
        {
            "participant_id": given["participant_id"],
            "definition": name,
            "number": given.groupby("person").cumcount() + 1,
            "antibiotic": given["text"],
            "route": given["route"],
            "antibiotic_h": given["start_h"],
            "during_stay": _during_stay(given, events),
            "suspected": found,
            "came_first": first,
            "suspicion_h": times[choices["suspected_at"]].where(found),
            "culture_h": beside["earliest_h"],
            "specimen": beside["text"],
            "positive": beside["positive"].astype("boolean"),
            "antibiotic_file": given["source_file"],
            "antibiotic_row": given["source_row"],
            "culture_file": beside["source_file"],
            "culture_row": beside["source_row"],
        }
    )


def _antibiotics(
    interventions: pd.DataFrame, left_out: list[str], number: pd.Series
) -> pd.DataFrame:
    """Antibiotics that count, by participant, start, end and name."""
    given = interventions[interventions["agent"] == ANTIBIOTIC]
    given = given.assign(text=given.get("text"), person=given["participant_id"].map(number))
    names, parts = given["text"].fillna("").astype(str), [part.lower() for part in left_out]
    out = [any(part in name.lower() for part in parts) for name in names]
    given = given[given["person"].notna() & ~np.array(out, dtype=bool)]
    order = ["person", "start_h", "end_h", "text", "source_file", "source_row"]
    return given.sort_values(order, ignore_index=True)


def _cultures(events: pd.DataFrame, known_by_date: str, number: pd.Series) -> pd.DataFrame:
    """Cultures that count, by participant and first second at which they may have been taken.

    ``first`` and ``last`` are those seconds; ``exact`` says that they are one moment.
    """
    taken = events[(events["event"] == CULTURE) & events["participant_id"].isin(number.index)]
    more = {each: taken.get(each) for each in ("text", "positive")}
    first, last = seconds(taken["earliest_h"]), seconds(taken["latest_h"])
    # A day ends before the next midnight.
    exact = first == last
    taken = taken.assign(
        **more,
        person=taken["participant_id"].map(number),
        first=first,
        last=np.where(exact, last, last - 1),
        exact=exact,
    )
    if known_by_date == "left_out":
        taken = taken[taken["exact"]]
    return taken.sort_values(["person", "first"], kind="stable", ignore_index=True)


def _cultures_of(given: pd.DataFrame, taken: pd.DataFrame, choices: dict) -> tuple:
    """Positions of the culture before, and after, each antibiotic; -1 where there is none."""
    start, person = seconds(given["start_h"]), given["person"].to_numpy(dtype=np.int64)
    back, ahead = (
        choices[key] * HOUR for key in ("antibiotic_after_culture_h", "culture_after_antibiotic_h")
    )
    first, last = (taken[each].to_numpy(dtype=np.int64) for each in ("first", "last"))
    exact = taken["exact"].to_numpy(dtype=bool)
    widest = (last - first).max(initial=0)
    at, culture = pairs_within(
        person,
        start - back - widest,
        start + ahead,
        taken["person"].to_numpy(dtype=np.int64),
        first,
    )
    now = start[at]
    # A culture known by date may have been taken before the antibiotic, or after it, at any of its
    # seconds; of one at the very time the definition says.
    same = choices["at_the_same_time"] == "culture_first"
    earlier = (first[culture] < now) | ((first[culture] == now) & (~exact[culture] | same))
    before = earlier & (now - back <= last[culture])
    later = (now < last[culture]) | ((now == last[culture]) & ~exact[culture])
    after = later & (first[culture] - ahead <= now)
    found = []
    for fits in (before, after):
        order = np.lexsort((culture, ~exact[culture], last[culture], at))
        order = order[fits[order]]
        chosen, position = np.unique(at[order], return_index=True)
        one = np.full(len(given), -1)
        one[chosen] = culture[order][position]
        found.append(one)
    return tuple(found)


def _during_stay(given: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Whether an antibiotic begins from the origin until ICU discharge, or death."""
    end = end_of_stay(given["participant_id"], events)
    return given["start_h"].ge(0) & given["start_h"].lt(end)


def end_of_stay(participants: pd.Series, events: pd.DataFrame) -> pd.Series:
    """Hours from the origin until ICU discharge or death of each, infinity if none is known."""
    ends = events[events["event"].isin(END_OF_STAY)]
    first = ends.groupby("participant_id")["earliest_h"].min()
    return participants.map(first).fillna(np.inf)
