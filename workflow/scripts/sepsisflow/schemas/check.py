"""Check a table against its schema when it is read or before it is written."""

import pandas as pd
from pandera.errors import SchemaErrors

from sepsisflow.errors import DataError


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
        f"  column '{column}', {rule}{_rows(found)}"
        for (column, rule), found in cases.groupby(["column", "check"], sort=True, dropna=False)
    ]
    raise DataError(f"{name}: the table breaks its schema {model.__name__}.\n" + "\n".join(broken))


def _rows(cases: pd.DataFrame) -> str:
    """How many rows break a rule and the first one; nothing of a rule about the whole column."""
    rows = cases["index"].dropna()
    return f": {len(rows)} row(s), first {rows.iloc[0]}" if len(rows) else ""
