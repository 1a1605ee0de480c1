"""Endpoints: one number of each participant, and what it rests on."""

import pandera.pandas as pa

STATUSES = ["observed", "assumed", "death_rule", "censored", "missing"]
KINDS = ["score", "free_days", "reversal", "clearance"]


class Endpoints(pa.DataFrameModel):
    """One row per analysed participant, endpoint and study day."""

    participant_id: str
    kind: str = pa.Field(isin=KINDS)
    endpoint: str = pa.Field(description="Name in the study file; of a score with its death rule.")
    study_day: float = pa.Field(nullable=True, description="The day, or the last one counted.")
    value: float = pa.Field(nullable=True)
    unit: str = pa.Field(description="UCUM unit of the value.")
    status: str = pa.Field(
        isin=STATUSES,
        description="Whether data gave the value, an assumption, or the rule about death; of a "
        "time to reversal also whether it is censored.",
    )
    reason: str = pa.Field(nullable=True, description="Why, where it is not observed.")
    definition: str = pa.Field(description="Definition of the score, or the endpoint in words.")

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "endpoint", "study_day")
