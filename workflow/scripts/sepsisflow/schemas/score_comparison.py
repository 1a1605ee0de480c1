"""Where the estimates of definitions side by side stand, to be written and found again."""

import pandas as pd

from sepsisflow.schemas.estimates import estimate_key

AT_LEAST = 2  # points; the rise that Sepsis-3 asks of SOFA (1996), from a baseline taken as 0
# By endpoint of a level, the one of the share that reaches so many points.
REACHING = {name: f"{name}_at_least_{AT_LEAST}" for name in ("first_day", "highest")}


def comparison_place(
    endpoint: str, definition: str, *, against: str | None = None, day: int | None = None
) -> dict:
    """Say what a row is about, but for the population: columns of `Estimates`.

    Hyphens of definitions' names become underscores.
    """
    group, comparator = (each and each.replace("-", "_") for each in (definition, against))
    return {
        "analysis": "score_comparison",
        "endpoint": endpoint,
        "group": group,
        "comparator": comparator,
        "study_day": day,
    }


class Comparison:
    """The estimates of one population, by definition, endpoint and statistic."""

    def __init__(self, estimates: pd.DataFrame, population: str):
        """Take a DataFrame as `Estimates`."""
        self.rows = {row["key"]: row for row in estimates.to_dict("records")}
        self.population = population

    def row(self, endpoint: str, definition: str, statistic: str, **where) -> dict | None:
        """One row; None where definitions cannot be compared. ``where`` as `comparison_place`."""
        place = comparison_place(endpoint, definition, **where)
        rest = {"population": self.population, "statistic": statistic}
        return self.rows.get(estimate_key({**place, **rest}))

    def value(self, endpoint: str, definition: str, statistic: str, **where) -> float:
        """Its value; NaN where there is no such row."""
        row = self.row(endpoint, definition, statistic, **where)
        return row["value"] if row else float("nan")
