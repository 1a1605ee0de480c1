"""APACHE II: the worst value of each component in 24 hours, and the total beside the recorded one.

Everything that can be disputed is in resources/definitions/apache-ii.yaml (Knaus 1985, Crit Care
Med 13:818). In the tables here ``time_h`` is the first hour scored, ``value_time_h`` that of a
value, both on the participant's clock.
"""

import numpy as np
import pandas as pd

from sepsisflow.clock import DAY_H, ROUNDING_H, study_day
from sepsisflow.scores.apache_ii_settings import AGE, parts_of
from sepsisflow.scores.bands import points
from sepsisflow.units import conversion

KEY = ["participant_id", "time_h"]
PLACE = ["source_file", "source_row"]
DECIDED = ["variable", "value", "unit", "value_time_h", *PLACE]


def apache_ii(
    participants: pd.DataFrame, measurements: pd.DataFrame, settings: dict
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score of each component, and the totals.

    Parameters
    ----------
    participants, measurements : DataFrame
        As `sepsisflow.schemas.participants` and `.measurements`; of any domains.
    settings : dict
        See `sepsisflow.scores.apache_ii_settings.apache_ii_settings`.

    Returns
    -------
    tuple of DataFrame
        As `ApacheComponents` and `ApacheTotals`. Who has no measured value in these hours has no
        rows.
    """
    definition = settings["definition"]
    recorded = measurements[measurements["variable"] == settings["recorded"]]
    recorded = recorded.dropna(subset="value")
    recorded = recorded.assign(time_h=(study_day(recorded["time_h"], 0.0) - 1) * DAY_H)
    days = _days(participants, recorded if settings["starts_at"] == "recorded" else recorded[:0])
    read = measurements[measurements["variable"].isin(settings["entries"])]
    values = _values(read, days, definition["choices"])
    gases = _oxygenation(values, definition["choices"], pressure=settings["pressure"])
    ages = participants.loc[participants[AGE].notna(), ["participant_id", AGE, *PLACE]]
    ages = ages.rename(columns={AGE: "value"}).assign(variable=AGE).merge(days, on="participant_id")
    used = pd.concat([values[values["variable"] != "pao2"], gases, ages])
    components = _components(used, definition, settings["entries"])
    measured = components.loc[components["value_time_h"].notna(), KEY].drop_duplicates()
    components = _with_missing(components, measured, used, definition)
    components = components.assign(definition=settings["name"])
    return components, _totals(components, recorded)


def _days(participants: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """First hours scored: of the days of recorded totals, and of who has none from the origin."""
    days = recorded[KEY].drop_duplicates()
    others = ~participants["participant_id"].isin(days["participant_id"])
    return pd.concat([days, participants.loc[others, ["participant_id"]].assign(time_h=0.0)])


def _values(measurements: pd.DataFrame, days: pd.DataFrame, choices: dict) -> pd.DataFrame:
    """Values of the hours scored; of FiO2 also those shortly before."""
    known = measurements.dropna(subset="value")
    if choices["censored"] == "left_out":
        known = known[known["censoring"] == "none"]
    values = known.rename(columns={"time_h": "value_time_h"}).merge(days, on="participant_id")
    since = values["value_time_h"] - values["time_h"] + ROUNDING_H
    before = (values["variable"] == "fio2") & (since >= -choices["fio2_within_h"])
    return values[((since >= 0) | before) & (since < choices["window_h"])]


def _oxygenation(values: pd.DataFrame, choices: dict, *, pressure: float) -> pd.DataFrame:
    """Per PaO2 what decides at its FiO2: itself, or the alveolar-arterial difference (mmHg)."""
    gases = values[values["variable"] == "pao2"].sort_values("value_time_h", kind="stable")
    moment = [*KEY, "value_time_h"]
    for name in ("fio2", "paco2"):
        other = values.loc[values["variable"] == name, [*moment, "value"]]
        gases = pd.merge_asof(
            gases,
            other.rename(columns={"value": name}).sort_values("value_time_h", kind="stable"),
            on="value_time_h",
            by=KEY,
            tolerance=(choices["fio2_within_h"] if name == "fio2" else 0.0) + ROUNDING_H,
        )
    inspired = gases["fio2"] * (pressure - choices["water_vapour"])
    alveolar = inspired - gases["paco2"] / choices["respiratory_quotient"]
    gradient = gases.assign(variable="alveolar_arterial_gradient", value=alveolar - gases["value"])
    high = gases["fio2"] >= choices["gradient_from_fio2"]
    return pd.concat([gases[~high & gases["fio2"].notna()], gradient[high]])


def _components(values: pd.DataFrame, definition: dict, entries: dict) -> pd.DataFrame:
    """The worst value of each component with its points; of equal ones the earliest."""
    scored = []
    for name, component in definition["components"].items():
        for part in parts_of(component):
            rows = values[values["variable"] == part["variable"]]
            if "only_without" in part:
                rows = rows[~_having(rows, values, part["only_without"])]
            value = _in_unit(rows["value"], part, entries.get(part["variable"]))
            found = points(_rounded(value, part, definition["choices"]), part["bands"])
            if "doubled_by" in part:
                failed = values[values["value"] >= 1]
                factor = definition["choices"][f"{part['doubled_by']}_factor"]
                found *= np.where(_having(rows, failed, part["doubled_by"]), factor, 1)
            scored.append(rows.assign(component=name, score=found, value=value, unit=part["unit"]))
    worst = pd.concat(scored).dropna(subset="score")
    order = [*KEY, "component", "score", "value_time_h", *PLACE]
    worst = worst.sort_values(order, ascending=[name != "score" for name in order])
    return worst.drop_duplicates([*KEY, "component"])[[*KEY, "component", "score", *DECIDED]]


def _having(rows: pd.DataFrame, values: pd.DataFrame, variable: str) -> np.ndarray:
    """Whether each row is of hours in which this variable has a value."""
    there = pd.MultiIndex.from_frame(values.loc[values["variable"] == variable, KEY])
    return pd.MultiIndex.from_frame(rows[KEY]).isin(there)


def _in_unit(values: pd.Series, part: dict, entry: dict | None) -> np.ndarray:
    """Canonical values in the unit of the thresholds; what is computed here is in it."""
    factor, offset = conversion(part["unit"], entry) if entry else (1.0, 0.0)
    return (values.to_numpy(dtype="float64") - offset) / factor


def _rounded(values: np.ndarray, part: dict, choices: dict) -> np.ndarray:
    """Values as printed, halves upwards; what arithmetic added below 1e-6 does not count."""
    if "decimals" not in part or choices["rounding"] == "none":
        return values
    scale = 10 ** part["decimals"]
    return np.floor(np.round(values * scale, 6) + 0.5) / scale


def _with_missing(
    components: pd.DataFrame, days: pd.DataFrame, values: pd.DataFrame, definition: dict
) -> pd.DataFrame:
    """Every component of these days, with what each counts and what it could have been."""
    names = pd.DataFrame({"component": list(definition["components"])})
    every = days.merge(names, how="cross").merge(components, how="left", on=[*KEY, "component"])
    choices, highest = definition["choices"], every["score"]
    for name, component in definition["components"].items():
        of = every["component"] == name
        most = max(band["points"] for part in parts_of(component) for band in part["bands"])
        if "doubled_by" in component:
            factor = choices[f"{component['doubled_by']}_factor"]
            most *= factor
            # Of a failure that is not recorded nobody knows whether it doubles.
            unknown = of & ~_having(every, values, component["doubled_by"])
            highest = highest.mask(unknown, every["score"] * factor)
        highest = highest.mask(of & every["score"].isna(), most)
    counted = (
        every["score"].fillna(0.0) if choices["missing_component"] == "zero" else every["score"]
    )
    every = every.assign(counted=counted, highest=highest)
    return every.astype({"source_row": "float64"})


def _totals(components: pd.DataFrame, recorded: pd.DataFrame) -> pd.DataFrame:
    """Totals with what they lack, beside the first recorded total of the same day."""
    groups = components.groupby([*KEY, "definition"], sort=True)
    totals = groups.agg(
        score=("counted", lambda points: points.sum(skipna=False)),
        highest=("highest", "sum"),
        n_components=("score", "count"),
    )
    lacking = components[components["score"].isna()]
    missing = lacking.groupby([*KEY, "definition"])["component"].agg(", ".join)
    totals["missing"] = missing.reindex(totals.index).fillna("").astype(object)
    first = recorded.drop_duplicates(KEY).rename(columns={"value": "recorded"})
    first = first[[*KEY, "recorded", *PLACE]]
    first = first.astype({"source_row": "float64"})
    totals = totals.reset_index().merge(first, how="left", on=KEY)
    return totals.assign(difference=totals["recorded"] - totals["score"])
