"""Events: one row per thing that happened."""

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Events(Provenance):
    """One row per event and the interval in which it is known to have happened."""

    participant_id: str
    event: str = pa.Field(description="Key of resources/codelists/events.yaml.")
    earliest_h: float = pa.Field(description="Hours from the participant's origin.")
    latest_h: float = pa.Field(description="Hours; equals `earliest_h` if known exactly.")

    class Config:
        """Reject unknown columns."""

        strict = True
