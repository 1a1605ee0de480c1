"""Findings: what is wrong in the raw data, and the values set aside for it."""

import pandera.pandas as pa


class Findings(pa.DataFrameModel):
    """One row per thing found; never a participant's value."""

    code: str = pa.Field(description="Stable code of the rule, as `value.unreadable`.")
    severity: str = pa.Field(isin=["error", "warning", "note"])
    table: str = pa.Field(description="Canonical table, as `measurements/biomarkers`.")
    field: str = pa.Field(nullable=True, description="Canonical column or variable.")
    participant_id: str = pa.Field(nullable=True)
    source_file: str = pa.Field(nullable=True)
    source_row: float = pa.Field(nullable=True, ge=1)
    source_column: str = pa.Field(nullable=True)
    query: str = pa.Field(description="What the site is asked, in one sentence.")

    class Config:
        """Reject unknown columns."""

        strict = True


class ReportedFindings(Findings):
    """The findings of all tables as reported: each with its query number, site and form."""

    number: str = pa.Field(unique=True, description="Of the query; it stays the same in a study.")
    status: str = pa.Field(
        isin=["open", "new", "still open", "resolved"],
        description="Against the previous export; `open` where there is none to compare with.",
    )
    site: str = pa.Field(nullable=True, description="Site of the participant.")
    form: str = pa.Field(description="Source as the study file cites it, or the canonical table.")


class Quarantine(pa.DataFrameModel):
    """One row per value, or whole row, set aside: what was written and why."""

    code: str
    scope: str = pa.Field(isin=["value", "row"])
    field: str = pa.Field(nullable=True)
    participant_id: str = pa.Field(nullable=True)
    raw: str = pa.Field(description="The cell as read; for a row, its mapped cells as JSON.")
    values: int = pa.Field(ge=0, description="Non-empty cells set aside with it.")
    source_file: str
    source_row: int = pa.Field(ge=1)
    source_column: str = pa.Field(nullable=True)

    class Config:
        """Reject unknown columns."""

        strict = True
