"""Panel values: biomarkers by participant and time."""

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class PanelValues(Provenance):
    """One row per participant, variable and time, in the variable's canonical unit."""

    participant_id: str
    time_h: float = pa.Field(description="Hours from the participant's origin.")
    variable: str
    value: float = pa.Field(description="The limit, where censored.")
    unit: str
    censoring: str = pa.Field(isin=["none", "below", "above"])

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "variable", "time_h")
