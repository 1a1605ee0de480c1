"""Scores: organ failure by participant and time."""

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Scores(Provenance):
    """One row per participant, definition and time."""

    participant_id: str
    time_h: float = pa.Field(description="Hours from the participant's origin.")
    definition: str = pa.Field(description="Definition by which the score was obtained.")
    score: float = pa.Field(ge=0, description="Points.")

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "definition", "time_h")
