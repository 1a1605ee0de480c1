"""Periods in hours from time zero: of support, and of stays."""

import pandas as pd

from sepsisflow.clock import DAY_H, ROUNDING_H

# Support without a recorded end or dose counts in the hour of its start.
INSTANT_H = 1.0
COLUMNS = ["participant_id", "start_h", "end_h"]


def agent_periods(interventions: pd.DataFrame, agents: list[str]) -> pd.DataFrame:
    """Periods in which one of the agents was given.

    Parameters
    ----------
    interventions : DataFrame
        Columns participant_id, agent, start_h, end_h (may be missing), dose (may be missing).
    agents : list of str

    Returns
    -------
    DataFrame with ``participant_id``, ``start_h``, ``end_h``; a dose of 0 is no support.
    """
    given = interventions[interventions["agent"].isin(agents) & interventions["dose"].ne(0)]
    shortest = given["start_h"] + INSTANT_H
    return given.assign(end_h=given["end_h"].where(given["end_h"] > given["start_h"], shortest))[
        COLUMNS
    ]


def flag_periods(readings: pd.DataFrame, flags: list[str], *, flag_holds_h: float) -> pd.DataFrame:
    """Periods in which a charted flag said that there was support.

    Parameters
    ----------
    readings : DataFrame
        Columns participant_id, time_h, variable, value (above 0: supported).
    flags : list of str
        Variables that are such flags.
    flag_holds_h : float
        A reading holds until the next one of its variable, at most so many hours.

    Returns
    -------
    DataFrame as from `agent_periods`; of several readings for one time, support counts.
    """
    by = ["participant_id", "variable"]
    charted = readings[readings["variable"].isin(flags)].dropna(subset="value")
    charted = charted.groupby([*by, "time_h"], as_index=False)["value"].max()
    charted = charted.sort_values([*by, "time_h"])
    longest = charted["time_h"] + flag_holds_h
    next_h = charted.groupby(by)["time_h"].shift(-1).fillna(float("inf"))
    held = charted.assign(start_h=charted["time_h"], end_h=longest.clip(upper=next_h))
    return held.loc[held["value"] > 0, COLUMNS]


def support_periods(
    interventions: pd.DataFrame, readings: pd.DataFrame, settings: dict
) -> pd.DataFrame:
    """Periods of support by what was given and what was charted.

    Parameters
    ----------
    interventions, readings
        As of `agent_periods` and `flag_periods`.
    settings : dict
        ``agents``, ``flags``, ``flag_holds_h``.
    """
    given = agent_periods(interventions, settings["agents"])
    charted = flag_periods(readings, settings["flags"], flag_holds_h=settings["flag_holds_h"])
    return pd.concat([given, charted], ignore_index=True)


def stay_periods(
    events: pd.DataFrame, people: pd.DataFrame, *, place: str, discharge_counts_at: str
) -> pd.DataFrame:
    """Stays in intensive care, or in hospital, of people who are there at time zero.

    A stay ends at the last discharge before the next readmission. One in intensive care that has
    none ended when its participant was next discharged from hospital; any other lasts.

    Parameters
    ----------
    events : DataFrame
        Columns participant_id, event, earliest_h, latest_h. Events ``<place>_discharge`` and
        ``<place>_readmission``; a readmission counts at its earliest.
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    place : {"icu", "hospital"}
    discharge_counts_at : {"earliest", "latest"}
        Which end counts of a discharge known by date alone.

    Returns
    -------
    DataFrame as from `agent_periods`; starts and ends may be infinite.
    """
    exits = events[events["event"].eq(f"{place}_discharge")]
    returns = events[events["event"].eq(f"{place}_readmission")]
    moves = pd.concat(
        [
            pd.DataFrame({"participant_id": people.index, "time_h": float("-inf"), "stay": 1}),
            exits.assign(time_h=exits[f"{discharge_counts_at}_h"], stay=0),
            returns.assign(time_h=returns["earliest_h"], stay=1),
        ]
    ).sort_values(["participant_id", "time_h", "stay"], kind="stable")
    number = moves.groupby("participant_id")["stay"].cumsum().rename("number")
    stays = moves.groupby(["participant_id", number])["time_h"]
    start = stays.first()
    end = moves["time_h"].where(moves["stay"].eq(0)).groupby([moves["participant_id"], number])
    following = start.groupby("participant_id").shift(-1).fillna(float("inf"))
    ends = end.max()
    if place == "icu":
        home = events[events["event"].eq("hospital_discharge")]
        ends = ends.fillna(_first_from(start, home, f"{discharge_counts_at}_h"))
    ends = ends.fillna(following).clip(upper=following)
    return pd.DataFrame({"start_h": start, "end_h": ends}).reset_index()[COLUMNS]


def _first_from(start: pd.Series, events: pd.DataFrame, time: str) -> pd.Series:
    """The first of a participant's events from each start on, by the index of ``start``."""
    pairs = start.rename("start_h").reset_index().merge(events, on="participant_id")
    later = pairs[pairs[time] >= pairs["start_h"]]
    return later.groupby(start.index.names)[time].min()


def joined(periods: pd.DataFrame, people: pd.DataFrame, *, free_at_least_h: float) -> pd.DataFrame:
    """Join periods across pauses that are too short to count.

    A pause shorter than ``free_at_least_h``, ended by another period or by death, is support. No
    period outlasts death.

    Parameters
    ----------
    periods : DataFrame as from `agent_periods`, hours from time zero
    people : DataFrame as from `sepsisflow.endpoints.people.lives`
    free_at_least_h : float
        Hours without support that make a pause; periods that touch are joined even for 0.

    Returns
    -------
    DataFrame as ``periods``, sorted by participant and start, without overlaps
    """
    ordered = periods.sort_values(COLUMNS, ignore_index=True)
    reach = ordered.groupby("participant_id")["end_h"].cummax()
    before = reach.groupby(ordered["participant_id"]).shift()
    pause = ordered["start_h"] - before
    is_new = before.isna() | ((pause > ROUNDING_H) & (pause >= free_at_least_h - ROUNDING_H))
    whole = ordered.assign(end_h=reach).groupby(["participant_id", is_new.cumsum().rename("spell")])
    spells = whole.agg(start_h=("start_h", "first"), end_h=("end_h", "last")).reset_index()
    death_h = spells["participant_id"].map(people["death_d"]) * DAY_H
    cut = spells["end_h"] + free_at_least_h > death_h + ROUNDING_H
    spells["end_h"] = spells["end_h"].mask(cut, death_h)
    return spells.loc[spells["end_h"] > spells["start_h"], COLUMNS].reset_index(drop=True)
