"""Interventions: one row per interval of treatment or organ support."""

from typing import Optional

import pandera.pandas as pa

from sepsisflow.schemas.provenance import Provenance


class Interventions(Provenance):
    """One row per infusion, or interval of vasopressor, ventilation and the like."""

    participant_id: str
    agent: str = pa.Field(description="Key of resources/codelists/agents.yaml.")
    start_h: float = pa.Field(description="Hours from the participant's origin.")
    end_h: float = pa.Field(nullable=True, description="Hours; the end of a day known by date.")
    dose: float = pa.Field(nullable=True)
    unit: str = pa.Field(nullable=True, description="Canonical UCUM unit of the agent's dose.")
    route: str = pa.Field(nullable=True)
    text: Optional[str] = pa.Field(  # noqa: UP045 (pandera: a column that may be absent)
        nullable=True, description="The drug as written, where that told the agent."
    )

    class Config:
        """Reject unknown columns."""

        strict = True
