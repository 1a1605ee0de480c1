"""Check a table against its schema when it is read or before it is written."""

from pathlib import Path

import pandas as pd
from pandera.errors import SchemaErrors

from sepsisflow.errors import DataError


def read_table(path: str | Path, model) -> pd.DataFrame:
    """Read a parquet file that must satisfy ``model``; raises as `check` does."""
    return check(pd.read_parquet(path), model, Path(path).name)


def check(frame: pd.DataFrame, model, name: str) -> pd.DataFrame:
    """Return ``frame`` if it satisfies ``model``.

    Raises
    ------
    DataError
        Naming every column and rule that is broken, with the number of rows and the first one,
        never a value.
    """
    try:
        return model.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
    broken = [
        _worded(str(column), str(rule), found)
        for (column, rule), found in cases.groupby(["column", "check"], sort=True, dropna=False)
    ]
    raise DataError(f"{name}: the table breaks its schema {model.__name__}.\n" + "\n".join(broken))


COLUMN_RULES = {"column_in_dataframe": "is missing", "column_in_schema": "is not known"}


def _worded(column: str, rule: str, cases: pd.DataFrame) -> str:
    """Say which rule is broken where; of a missing or unknown column its name."""
    if rule in COLUMN_RULES:
        names = ", ".join(f"'{name}'" for name in cases["failure_case"])
        return f"  column {names} {COLUMN_RULES[rule]}"
    rows = cases["index"].dropna()
    where = f": {len(rows)} row(s), first {rows.iloc[0]}" if len(rows) else ""
    return f"  column '{column}', {rule}{where}"
