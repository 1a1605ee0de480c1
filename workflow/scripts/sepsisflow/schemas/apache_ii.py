"""APACHE II: what each component scores, and the totals."""

import pandera.pandas as pa


class ApacheComponents(pa.DataFrameModel):
    """One row per participant, first hour of the time scored, and component."""

    participant_id: str
    time_h: float = pa.Field(description="First hour scored, on the participant's clock.")
    definition: str
    component: str
    score: float = pa.Field(nullable=True, ge=0, description="Points; missing if not observed.")
    counted: float = pa.Field(nullable=True, ge=0, description="Points as the total counts them.")
    highest: float = pa.Field(ge=0, description="Points, were what is missing the worst possible.")
    variable: str = pa.Field(nullable=True, description="Variable that decided.")
    value: float = pa.Field(nullable=True, description="Value that decided.")
    unit: str = pa.Field(nullable=True)
    value_time_h: float = pa.Field(nullable=True, description="Missing for age.")
    source_file: str = pa.Field(nullable=True)
    source_row: float = pa.Field(nullable=True, ge=1)

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "time_h", "component")


class ApacheTotals(pa.DataFrameModel):
    """One row per participant and first hour of the time scored."""

    participant_id: str
    time_h: float = pa.Field(description="First hour scored, on the participant's clock.")
    definition: str
    score: float = pa.Field(nullable=True, ge=0, description="Total as computed.")
    highest: float = pa.Field(ge=0, description="Total, were what is missing the worst possible.")
    n_components: int = pa.Field(ge=1, description="Components observed.")
    missing: str = pa.Field(description="Components not observed, separated by commas.")
    recorded: float = pa.Field(nullable=True, ge=0, description="Total as recorded.")
    difference: float = pa.Field(nullable=True, description="Recorded less computed.")
    source_file: str = pa.Field(nullable=True, description="Where the recorded total stands.")
    source_row: float = pa.Field(nullable=True, ge=1)

    class Config:
        """Reject unknown columns and repeated rows."""

        strict = True
        unique = ("participant_id", "time_h")
