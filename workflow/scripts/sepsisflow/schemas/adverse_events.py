"""Adverse events: one row per event reported for safety."""

import pandas as pd
import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class AdverseEvents(Provenance):
    """One row per adverse event."""

    participant_id: str
    start_h: float = pa.Field(description="Hours from the participant's origin.")
    term: str = pa.Field(nullable=True)
    grade: float = pa.Field(nullable=True, isin=[1, 2, 3, 4, 5], description="CTCAE grade.")
    serious: pd.BooleanDtype = pa.Field(nullable=True)
    related: pd.BooleanDtype = pa.Field(nullable=True)

    class Config:
        """Reject unknown columns."""

        strict = True
