"""Rates over time: urine by kilogram and hour, norepinephrine equivalents."""

import pandera.pandas as pa


class UrineOutput(pa.DataFrameModel):
    """One row per version, window, participant and time of an entry."""

    participant_id: str
    time_h: float = pa.Field(description="Time of the entry, in hours from the origin.")
    version: str = pa.Field(description="Of resources/definitions/urine-output.yaml.")
    over_h: float = pa.Field(gt=0, description="Hours of the window.")
    entry: float = pa.Field(description="Volume of this entry (mL), less what was instilled.")
    volume: float = pa.Field(description="Sum of the window's entries (mL).")
    documented_h: float = pa.Field(description="Hours that they stand for.")
    weight: float = pa.Field(nullable=True, description="Body weight at that time (kg).")
    rate: float = pa.Field(
        nullable=True, description="Missing where fewer hours are documented than the window has."
    )
    unit: str = pa.Field(isin=["mL/kg/h"])
    source_file: str = pa.Field(description="Raw file of the entry.")
    source_row: int

    class Config:
        """Reject unknown columns."""

        strict = True


class NorepinephrineEquivalents(pa.DataFrameModel):
    """One row per version, participant and interval without a change of any rate."""

    participant_id: str
    start_h: float = pa.Field(description="Hours from the participant's origin.")
    end_h: float = pa.Field(description="Hours from the participant's origin.")
    version: str = pa.Field(description="Of resources/definitions/norepinephrine-equivalents.yaml.")
    dose: float = pa.Field(ge=0)
    unit: str = pa.Field(isin=["ug/kg/min"])
    components: object = pa.Field(
        description="A list of what runs: agent, rate, unit, source_file and source_row."
    )

    class Config:
        """Reject unknown columns."""

        strict = True
