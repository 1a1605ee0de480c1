"""Events: one row per thing that happened."""

from typing import Optional

import pandas as pd
import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Events(Provenance):
    """One row per event and the interval in which it is known to have happened."""

    participant_id: str
    event: str = pa.Field(description="Key of resources/codelists/events.yaml.")
    earliest_h: float = pa.Field(description="Hours from the participant's origin.")
    latest_h: float = pa.Field(description="Hours; equals `earliest_h` if known exactly.")
    text: Optional[str] = pa.Field(  # noqa: UP045 (pandera: a column that may be absent)
        nullable=True, description="Of a culture the specimen, as written."
    )
    positive: Optional[pd.BooleanDtype] = pa.Field(  # noqa: UP045 (as above)
        nullable=True, description="Whether a culture grew anything."
    )

    class Config:
        """Reject unknown columns."""

        strict = True
