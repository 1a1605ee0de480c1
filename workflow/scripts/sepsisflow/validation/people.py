"""Participants: who has no arm or follow-up, and whose weight and height do not fit."""

from collections.abc import Collection

import pandas as pd

from sepsisflow.codelists import ALIVE
from sepsisflow.validation.rules import flag_rows

# Body mass index (kg/m²) beyond which weight or height is rather a slip; no adult of a trial is.
BODY_MASS_INDEX = (10, 80)


def check_arms(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Participants without an arm where the arms are those recorded."""
    participants = tables["participants"]
    if not settings["controls"] or settings["controls"]["method"] != "recorded":
        return []
    return flag_rows("participant.no_arm", "participants", participants[participants["arm"].isna()])


def check_build(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Weight and height that give a body mass index nobody has."""
    participants = tables["participants"]
    index = participants["weight_kg"] / (participants["height_cm"] / 100) ** 2
    low, high = BODY_MASS_INDEX
    odd = participants[(index < low) | (index > high)]
    return flag_rows("participant.build", "participants", odd)


def check_follow_up(
    tables: dict[str, pd.DataFrame], settings: dict, asked: Collection[str]
) -> list[dict]:
    """Participants in an arm, or flagged as controls, of whom neither death nor life is known.

    ``asked`` are participants of whom an event could not be read: the site is asked already.
    """
    participants, events = tables["participants"], tables["events"]
    controls = settings["controls"]
    if controls is None:
        return []
    in_trial = participants["arm"].notna()
    if controls["method"] == "flagged":
        in_trial |= participants[controls["flag"]].fillna(False).astype(bool)
    followed = events.loc[events["event"].isin([*ALIVE, "death"]), "participant_id"]
    known = participants["participant_id"].isin([*followed, *asked])
    unknown = participants[in_trial & ~known]
    return flag_rows("participant.no_follow_up", "participants", unknown)
