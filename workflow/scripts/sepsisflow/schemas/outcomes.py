"""Outcomes: death, or until when life is known."""

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Outcomes(Provenance):
    """One row per participant with an event, and the row that decided."""

    participant_id: str = pa.Field(unique=True)
    died: bool
    time_h: float = pa.Field(description="Hours from origin of death or of last known life.")

    class Config:
        """Reject unknown columns."""

        strict = True
