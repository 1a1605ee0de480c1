"""Scores: organ failure by participant and time."""

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Scores(Provenance):
    """One row per participant, definition and time.

    A recorded total stands where it was recorded, with its source. A computed one stands at the
    beginning of its study day; its components cite their rows in `derived/scores/<definition>`.
    """

    participant_id: str
    time_h: float = pa.Field(description="Hours from the participant's origin.")
    definition: str = pa.Field(description="Definition by which the score was obtained.")
    score: float = pa.Field(ge=0, description="Points.")
    status: str = pa.Field(
        isin=["observed", "carried", "after_death"],
        description="`carried`: nothing was observed that day; `after_death`: a rule's.",
    )
    n_components: float = pa.Field(
        nullable=True, ge=0, description="Components observed that day; missing if recorded."
    )
    source_file: str = pa.Field(nullable=True, description="Of a recorded total.")
    source_row: float = pa.Field(nullable=True, ge=1, description="Of a recorded total.")

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "definition", "time_h")
