"""Participants: one row per person or ICU stay."""

import pandas as pd
import pandera.pandas as pa

from sepsisflow.fields import SEXES
from sepsisflow.schemas.provenance import Provenance


class Participants(Provenance):
    """One row per person or ICU stay, then one column per covariate the study file declares."""

    participant_id: str = pa.Field(unique=True)
    arm: str = pa.Field(nullable=True, description="Key of the study's arms; null in the pool.")
    site: str = pa.Field(nullable=True)
    age_years: float = pa.Field(nullable=True, ge=0)
    sex: str = pa.Field(nullable=True, isin=list(SEXES))
    weight_kg: float = pa.Field(nullable=True, gt=0)
    height_cm: float = pa.Field(nullable=True, gt=0)
    origin: pd.Timestamp = pa.Field(
        nullable=True, description="Date-time of hour 0 of the participant's clock."
    )

    class Config:
        """Covariates follow the columns above."""

        strict = False
