"""The estimates table: every published number is one of its rows."""

import pandas as pd
import pandera.pandas as pa

from sepsisflow.schemas.check import check

COLUMNS = [
    "analysis",
    "endpoint",
    "population",
    "group",
    "comparator",
    "study_day",
    "statistic",
    "value",
    "lower",
    "upper",
    "level",
    "unit",
    "n",
    "n_events",
    "method",
    "definition",
]
WORD = r"^[a-z0-9_=]+$"


class Estimates(pa.DataFrameModel):
    """One row per published number; its key is unique within a study."""

    key: str = pa.Field(unique=True, description="Dotted path, see `estimate_key`.")
    analysis: str = pa.Field(str_matches=WORD)
    endpoint: str = pa.Field(str_matches=WORD)
    population: str = pa.Field(str_matches=WORD)
    group: str = pa.Field(str_matches=WORD, description="Arm, or `all`.")
    comparator: str = pa.Field(nullable=True, str_matches=WORD)
    study_day: float = pa.Field(nullable=True, description="Days from time zero; see docs.")
    statistic: str = pa.Field(str_matches=WORD)
    value: float = pa.Field(nullable=True, description="Missing where it cannot be estimated.")
    lower: float = pa.Field(nullable=True)
    upper: float = pa.Field(nullable=True)
    level: float = pa.Field(nullable=True, gt=0, lt=1, description="Coverage of the interval.")
    unit: str = pa.Field(description="UCUM unit of value, lower and upper; `1` for a pure number.")
    n: pd.Int64Dtype = pa.Field(nullable=True, ge=0, description="Participants that entered.")
    n_events: pd.Int64Dtype = pa.Field(nullable=True, ge=0)
    method: str = pa.Field(description="How value and interval were obtained, in words.")
    definition: str = pa.Field(
        nullable=True, description="Score definition, or the level of a category as recorded."
    )

    class Config:
        """Reject unknown columns; keep the order of the definition."""

        strict = True
        ordered = True


def estimate_key(row: dict) -> str:
    """Dotted path ``analysis.endpoint.population.group[-vs-comparator][@day].statistic``."""
    versus = f"-vs-{row['comparator']}" if not pd.isna(row["comparator"]) else ""
    day = f"@{row['study_day']:.12g}" if not pd.isna(row["study_day"]) else ""
    path = (row["analysis"], row["endpoint"], row["population"], row["group"])
    return ".".join(path) + f"{versus}{day}.{row['statistic']}"


def estimates_table(rows: list[dict]) -> pd.DataFrame:
    """Complete, key and check estimate rows.

    Parameters
    ----------
    rows : list of dict
        Columns of `Estimates` but ``key``. Missing by default: comparator, study_day, lower,
        upper, level, n, n_events, definition; ``unit`` is "1" unless given.

    Returns
    -------
    DataFrame as `Estimates`, in the order given
    """
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["unit"] = table["unit"].fillna("1")
    for column in ("comparator", "definition"):
        table[column] = table[column].astype(object).where(table[column].notna(), None)
    for column in ("study_day", "value", "lower", "upper", "level"):
        table[column] = table[column].astype("float64")
    for column in ("n", "n_events"):
        table[column] = table[column].astype("Int64")
    table.insert(0, "key", [estimate_key(row) for row in table.to_dict("records")])
    return check(table, Estimates, "estimates")
