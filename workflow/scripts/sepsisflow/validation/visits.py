"""Visits: out of their windows, or entered twice."""

import numpy as np
import pandas as pd

from sepsisflow.clock import study_day
from sepsisflow.validation.citations import places
from sepsisflow.validation.rules import flag_rows

ROW = ["source_file", "source_row"]
VISIT = ["participant_id", "time_h", "source_file"]


def check_windows(tables: dict[str, pd.DataFrame], settings: dict) -> list[dict]:
    """Rows with a measurement or dose of a schedule that lie in none of its windows.

    ``settings["visits"]`` gives, by name, ``days`` (study days), ``window_days``, ``counted_from``,
    ``variables`` and ``agents``. Who has no first dose to count from is not judged.
    """
    found = []
    for visit, schedule in settings["visits"].items():
        zero = _zeros(tables, schedule["counted_from"])
        for name, table in tables.items():
            if name.startswith("measurements/"):
                rows = table[table["variable"].isin(schedule["variables"])]
                rows = rows.dropna(subset="value").rename(columns={"time_h": "at_h"})
            elif name == "interventions":
                rows = table[table["agent"].isin(schedule["agents"])]
                rows = rows.rename(columns={"start_h": "at_h"})
            else:
                continue
            rows = rows.drop_duplicates(ROW)
            day = study_day(rows["at_h"], rows["participant_id"].map(zero)).dropna()
            away = np.abs(day.to_numpy()[:, None] - np.array(schedule["days"])).min(axis=1)
            late = rows.loc[day.index[away > schedule["window_days"]]].assign(visit=visit)
            found += flag_rows("visit.out_of_window", name, late)
    return found


def _zeros(tables: dict[str, pd.DataFrame], counted_from: str | dict) -> pd.Series:
    """Hour at which day 1 begins, by participant."""
    if counted_from == "origin":
        return pd.Series(0.0, index=tables["participants"]["participant_id"])
    given = tables["interventions"]
    doses = given[given["agent"] == counted_from["first_dose_of"]]
    return doses.groupby("participant_id")["start_h"].min()


def check_repeated_visits(tables: dict[str, pd.DataFrame], _settings: dict) -> list[dict]:
    """Visits of which most is entered twice in one file, not with the same values.

    A visit is a day: values known to the minute are none. Most: more than half of the day's
    variables, and at least two.
    """
    found = []
    for name, table in tables.items():
        if name.startswith("measurements/"):
            found += flag_rows("visit.repeated", name, _second_entries(table))
    return found


def _second_entries(table: pd.DataFrame) -> pd.DataFrame:
    """First row of each second entry of a visit, with the place of the first one."""
    measured = table[table["value"].notna() & (table["precision"] == "day")]
    again = measured.duplicated([*VISIT, "variable"])
    suspected = measured.merge(measured.loc[again, VISIT].drop_duplicates(), on=VISIT)
    suspected = suspected.sort_values(ROW, kind="stable")
    cells = suspected.groupby([*VISIT, "variable"], sort=False)["value"]
    variables = cells.agg(entries="size", values="nunique").reset_index()
    variables["twice"] = variables["entries"] > 1
    variables["differ"] = variables["values"] > 1
    visits = variables.groupby(VISIT, sort=False)[["twice", "differ"]].agg(["sum", "mean"])
    repeated = (
        (visits["twice", "sum"] >= 2)
        & (visits["twice", "mean"] > 0.5)
        & (visits["differ", "sum"] > 0)
    )
    suspected["again"] = suspected.duplicated([*VISIT, "variable"])
    first = suspected.drop_duplicates(VISIT).assign(other=lambda rows: places(rows))
    second = suspected[suspected["again"]].drop_duplicates(VISIT)
    second = second.merge(first[[*VISIT, "other"]], on=VISIT)
    return second[pd.MultiIndex.from_frame(second[VISIT]).isin(visits.index[repeated])]
