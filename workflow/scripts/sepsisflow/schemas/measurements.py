"""Measurements: one row per observed value."""

from typing import Optional

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Measurements(Provenance):
    """One row per observed value, in the variable's canonical unit."""

    participant_id: str
    time_h: float = pa.Field(description="Hours from the participant's origin.")
    variable: str = pa.Field(description="Key of resources/codelists/variables.yaml.")
    value: float = pa.Field(nullable=True, description="The limit, where censored.")
    text: Optional[str] = pa.Field(  # noqa: UP045 (pandera: a column that may be absent)
        nullable=True, description="The category as written; a category has no value."
    )
    unit: str = pa.Field(description="Canonical UCUM unit of the variable.")
    censoring: str = pa.Field(isin=["none", "below", "above"])
    admission: Optional[str] = pa.Field(  # noqa: UP045 (as above)
        nullable=True, description="The hospital admission that the row names, where one does."
    )
    precision: str = pa.Field(isin=["minute", "day"])

    class Config:
        """Reject unknown columns."""

        strict = True
