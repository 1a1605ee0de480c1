"""Organ-failure scores by a definition: components and totals, by hour and day, or of a window."""

import pandera.pandas as pa


class _Scored(pa.DataFrameModel):
    participant_id: str
    definition: str = pa.Field(description="Name of the definition.")

    class Config:
        """Reject unknown columns."""

        strict = True


class _Component(_Scored):
    component: str = pa.Field(description="Key of the definition's components.")
    score: float = pa.Field(nullable=True, ge=0, description="Points; missing if nothing gave any.")
    variable: str = pa.Field(nullable=True, description="Variable, agent or derived value.")
    value: float = pa.Field(nullable=True, description="The value that decided.")
    unit: str = pa.Field(nullable=True, description="Unit in which it was evaluated.")
    value_time_h: float = pa.Field(nullable=True, description="Its time; of an infusion the start.")
    source_file: str = pa.Field(nullable=True, description="Raw file of its row.")
    source_row: float = pa.Field(nullable=True, description="Row in that file.")


class HourlyComponents(_Component):
    """One row per participant, hour and component; ``score`` is the worst of the window."""

    hour: int = pa.Field(ge=0, description="Hour of the definition's clock.")
    time_h: float = pa.Field(description="End of the hour, in hours from the origin.")
    hour_score: float = pa.Field(nullable=True, description="Points of this hour alone.")


class HourlyTotals(_Scored):
    """One row per participant and hour: the sum of the components' worst of the window."""

    hour: int = pa.Field(ge=0, description="Hour of the definition's clock.")
    time_h: float = pa.Field(description="End of the hour, in hours from the origin.")
    score: float = pa.Field(nullable=True, description="By the definition's rule on missing ones.")
    n_components: int = pa.Field(ge=0, description="Components that something was observed of.")


class DailyComponents(_Component):
    """One row per participant, day and component; ``score`` is the worst of the day."""

    study_day: int = pa.Field(ge=1, description="Day 1 is hours 0 to 23 of the definition's clock.")


class DailyTotals(_Scored):
    """One row per participant and day: the sum of the components' worst of the day."""

    study_day: int = pa.Field(ge=1, description="Day 1 is hours 0 to 23 of the definition's clock.")
    score: float = pa.Field(nullable=True, description="By the definition's rule on missing ones.")
    n_components: int = pa.Field(ge=0, description="Components that something was observed of.")
    n_hours: int = pa.Field(ge=1, le=24, description="Hours of the day that were scored.")


class WindowComponents(_Component):
    """One row per participant and component; ``score`` is the worst of the definition's window."""


class WindowTotals(_Scored):
    """One row per participant: the sum of the components' worst of the definition's window."""

    score: float = pa.Field(nullable=True, description="By the definition's rule on missing ones.")
    n_components: int = pa.Field(ge=0, description="Components that something was observed of.")


SCHEMAS = {
    "hourly_components": HourlyComponents,
    "hourly_totals": HourlyTotals,
    "daily_components": DailyComponents,
    "daily_totals": DailyTotals,
}
WINDOW_SCHEMAS = {"window_components": WindowComponents, "window_totals": WindowTotals}
