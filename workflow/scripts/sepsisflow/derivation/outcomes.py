"""Outcomes on the participant's clock: death, or until when life is known."""

import pandas as pd

from sepsisflow.codelists import ALIVE


def time_to_death(
    events: pd.DataFrame, participants: pd.DataFrame, *, death_counts_at: str
) -> pd.DataFrame:
    """Death or last known life of everyone of whom either is recorded.

    Parameters
    ----------
    events : DataFrame as `sepsisflow.schemas.events.Events`
    participants : DataFrame as `sepsisflow.schemas.participants.Participants`
    death_counts_at : {"latest", "earliest"}
        An event known only by date lies in an interval; which end of it counts. Applies to the
        time of last known life too, so that both lie on one scale.

    Returns
    -------
    DataFrame, one row per participant with an event
        Columns ``participant_id``, ``died``, ``time_h`` (hours from origin), ``source_file`` and
        ``source_row`` of the deciding event; sorted by participant. Of two deaths the first
        counts, of several signs of life the last; a discharge is a sign of life.
    """
    known = events[events["participant_id"].isin(participants["participant_id"])]
    timed = known.assign(time_h=known[f"{death_counts_at}_h"])
    deaths = timed[timed["event"] == "death"].sort_values("time_h", kind="stable")
    deaths = deaths.drop_duplicates("participant_id").assign(died=True)
    alive = timed[
        timed["event"].isin(ALIVE) & ~timed["participant_id"].isin(deaths["participant_id"])
    ]
    alive = alive.sort_values("time_h", kind="stable")
    alive = alive.drop_duplicates("participant_id", keep="last").assign(died=False)
    columns = ["participant_id", "died", "time_h", "source_file", "source_row"]
    return (
        pd.concat([deaths, alive])[columns]
        .astype({"died": bool})
        .sort_values("participant_id", ignore_index=True)
    )
