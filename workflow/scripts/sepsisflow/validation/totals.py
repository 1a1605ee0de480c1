"""Totals that were written down beside their items: they must add up."""

import pandas as pd

from sepsisflow.validation.rules import flag_rows

MOMENT = ["participant_id", "time_h"]


def check_totals(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Recorded totals that no values of their items of the same time add up to.

    ``settings["totals"]`` gives, by variable of the total, the highest points of each item. An
    item that is not recorded may be anything from 0 to its highest, one recorded several times
    any of these; a total without any recorded item is not judged.
    """
    found = []
    measured = {name: table for name, table in tables.items() if name.startswith("measurements/")}
    for total, highest in settings["totals"].items() if measured else ():
        items = pd.concat([exact(table, highest) for table in measured.values()])
        bounds = _bounds(items, pd.Series(highest, dtype="float64"))
        for name, table in measured.items():
            totals = exact(table, [total]).merge(bounds, on=MOMENT)
            wrong = (totals["value"] < totals["low"]) | (totals["value"] > totals["high"])
            found += flag_rows("total.differs", name, totals[wrong].assign(field=total))
    return found


def _bounds(items: pd.DataFrame, highest: pd.Series) -> pd.DataFrame:
    """Lowest and highest sum of the items at each time at which any is recorded."""
    values = items.groupby([*MOMENT, "variable"])["value"]
    low = values.min().unstack().reindex(columns=highest.index)
    high = values.max().unstack().reindex(columns=highest.index)
    sums = {"low": low.sum(axis=1), "high": high.fillna(highest).sum(axis=1)}
    return pd.DataFrame(sums, index=low.index).reset_index()


def exact(table: pd.DataFrame, variables: list[str] | dict) -> pd.DataFrame:
    """Values of these variables, but for limits."""
    wanted = table["variable"].isin(list(variables)) & table["value"].notna()
    return table[wanted & (table["censoring"] == "none")]
