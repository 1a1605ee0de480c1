"""Several values of one participant and variable for one time: which of them counts."""

import pandas as pd

TIME = ["participant_id", "variable", "time_h"]
KEPT = {
    "keep": "both are kept",
    "first": "the first entry counts",
    "last": "the last entry counts",
    "lowest": "the lowest value counts",
    "highest": "the highest value counts",
}


def other_entries(measurements: pd.DataFrame, policies: dict[str, str]) -> pd.Series:
    """Rows beside the one that counts, of several with a value for one time.

    Parameters
    ----------
    measurements : DataFrame as `sepsisflow.schemas.measurements.Measurements`
    policies : dict of str to {"keep", "first", "last", "lowest", "highest", "refuse"}
        By variable. Order is that of the rows; a limit counts as its number; of equal values the
        first counts. With ``keep`` these are the rows after the first, with ``refuse`` all rows.

    Returns
    -------
    Series of str
        Policy of each such row, by the index of ``measurements``, in its order.
    """
    measured = measurements[measurements["value"].notna()]
    several = measured[measured.duplicated(TIME, keep=False)]
    policy = several["variable"].map(policies).astype("object")
    others = [policy[policy == "refuse"]]
    for name in KEPT:
        rows = _best_first(several[policy == name], name)
        others.append(policy[rows.index[rows.duplicated(TIME)]])
    return pd.concat(others).sort_index()


def _best_first(rows: pd.DataFrame, policy: str) -> pd.DataFrame:
    """Rows in the order in which they count."""
    if policy == "last":
        return rows[::-1]
    if policy in ("lowest", "highest"):
        return rows.sort_values("value", ascending=policy == "lowest", kind="stable")
    return rows
