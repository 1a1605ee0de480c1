"""Changes of a value that are larger than a body, or its treatment, makes them."""

import pandas as pd

from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows

COURSE = ["participant_id", "variable"]


def check_jumps(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Values that differ too much from the one before.

    ``settings["jumps"]`` gives, by variable, ``change`` (canonical unit) and ``within_h``: a larger
    change in at most these hours is asked about. Limits, and several values of one time, are not
    judged: other rules are about these.
    """
    limits = pd.DataFrame(settings["jumps"]).T.reindex(columns=["change", "within_h"])
    found = []
    for name, table in tables.items():
        if not name.startswith("measurements/"):
            continue
        exact = table["value"].notna() & (table["censoring"] == "none")
        rows = table[exact & table["variable"].isin(limits.index)]
        rows = rows[~rows.duplicated([*COURSE, "time_h"], keep=False)]
        rows = rows.sort_values([*COURSE, "time_h"], kind="stable")
        rows = rows.assign(other=places(rows), field=rows["variable"])
        before = rows.groupby(COURSE)[["value", "time_h", "other"]].shift()
        allowed = limits.reindex(rows["variable"]).set_axis(rows.index)
        jumped = (rows["value"] - before["value"]).abs() > allowed["change"]
        jumped &= rows["time_h"] - before["time_h"] <= allowed["within_h"]
        found += flag_rows("measurement.jump", name, rows.assign(other=before["other"])[jumped])
    return found
