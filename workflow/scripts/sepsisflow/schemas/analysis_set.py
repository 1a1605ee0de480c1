"""The analysis set, and the flow of participants that leads to it."""

import pandas as pd
import pandera.pandas as pa


class AnalysisSet(pa.DataFrameModel):
    """One row per analysed participant."""

    participant_id: str = pa.Field(unique=True)
    arm: str
    time_zero_h: float = pa.Field(description="Start of the comparison, hours from origin.")

    class Config:
        """Reject unknown columns."""

        strict = True


class Flow(pa.DataFrameModel):
    """One row per group and step, in the order of the steps."""

    sequence: int = pa.Field(unique=True, ge=1)
    group: str = pa.Field(description="Arm, or `pool`.")
    step: str
    label: str
    n_excluded: pd.Int64Dtype = pa.Field(nullable=True, ge=0, description="Missing for a state.")
    n_remaining: int = pa.Field(ge=0)

    class Config:
        """Reject unknown columns."""

        strict = True
