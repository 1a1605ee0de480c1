"""Eligibility, item by item."""

import pandas as pd


def meets(participants: pd.DataFrame, item: dict) -> pd.Series:
    """Whether each participant meets one item of eligibility.

    Parameters
    ----------
    participants : DataFrame as `sepsisflow.schemas.participants.Participants`
    item : dict
        ``field`` and either ``one_of`` (allowed values) or ``at_least`` and ``at_most``
        (inclusive, either may be null); ``missing`` is ``excluded`` or ``kept``.

    Returns
    -------
    Series of bool, indexed as ``participants``
    """
    values = participants[item["field"]]
    if item["one_of"] is not None:
        met = values.isin(item["one_of"])
    else:
        low = float("-inf") if item["at_least"] is None else item["at_least"]
        high = float("inf") if item["at_most"] is None else item["at_most"]
        met = values.between(low, high)
    return met.fillna(False).astype(bool).mask(values.isna(), item["missing"] == "kept")


def first_failed_item(participants: pd.DataFrame, items: list[dict]) -> pd.Series:
    """Name of the first item each participant fails, missing if eligible.

    Items are applied in the order of the study file, so that everyone is excluded once.
    """
    failed = pd.Series(None, index=participants.index, dtype="object")
    for item in reversed(items):
        failed = failed.mask(~meets(participants, item), item["item"])
    return failed
