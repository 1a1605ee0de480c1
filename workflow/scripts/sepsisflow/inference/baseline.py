"""Rows: the arms at baseline."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from sepsisflow.fields import UNITS
from sepsisflow.inference.arms import comparisons
from sepsisflow.inference.estimate import Estimate, estimate_rows, not_estimable, noted, place
from sepsisflow.inference.summaries import describe
from sepsisflow.inference.visits import daily_values

LEVELS = ["median", "q1", "q3", "mean", "sd", "minimum", "maximum"]
CATEGORIES = ["sex", "site"]  # of the participants' own columns; the others are numbers
SMD = "Standardised mean difference, pooled by the mean of the two variances"


class Characteristic(NamedTuple):
    """A variable at baseline.

    Attributes
    ----------
    name : str
    values : Series, one value per analysed participant, indexed by participant_id
        Float for a number; for a category the level, or missing.
    unit : str
    levels : dict of level -> word of the key, in the order shown; None for a number
    limits : frozenset of participant_id whose value is a limit that the measurement passed
    """

    name: str
    values: pd.Series
    unit: str = "1"
    levels: dict | None = None
    limits: frozenset[str] = frozenset()


def baseline_rows(
    analysis_set: pd.DataFrame,
    participants: pd.DataFrame,
    measurements: list[pd.DataFrame],
    *,
    variables: list[str],
    covariates: dict,
    arms: dict,
) -> list[dict]:
    """Describe each variable by arm, and how far apart the arms are.

    Parameters
    ----------
    analysis_set : DataFrame, one row per analysed participant
        Columns participant_id, arm, time_zero_h (hours from the origin).
    participants : DataFrame as `Participants`
    measurements : list of DataFrame as `Measurements`
    variables : list of str
        Columns of ``participants``, or variables of ``measurements``: of these the first value on
        study day 1 counts.
    covariates : dict of column -> {type, levels (categories), unit (numbers)}
    arms : dict of arm -> {label, role}

    Returns
    -------
    list of dict, rows for `estimates_table`
        Of a number ``baseline.<variable>.analysed.<arm>``: median, q1, q3, mean, sd, minimum,
        maximum, n_missing; of a category ``baseline.<variable>=<level>…``: count, proportion, and
        ``baseline.<variable>…n_missing``; of each comparison ``smd``, per level of a category. The
        key of a level is a word made of it; ``definition`` holds the level itself.
    """
    analysed = analysis_set.sort_values("participant_id", ignore_index=True)
    arm_of = analysed.set_index("participant_id")["arm"]
    recorded = participants.set_index("participant_id").reindex(arm_of.index)
    rows = []
    for name in variables:
        if name in recorded:
            characteristic = _recorded(recorded[name], covariates.get(name))
        else:
            characteristic = _measured(name, measurements, analysed)
        samples = {arm: characteristic.values[arm_of.eq(arm)] for arm in arms}
        describe_rows = _number_rows if characteristic.levels is None else _category_rows
        rows += describe_rows(characteristic, samples, comparisons(arms))
    return rows


def level_keys(levels: list[str]) -> dict[str, str]:
    """Word of the key of each level: lower case, other than a-z and 0-9 turned to ``_``.

    Levels that would share a word, or have none, get their place in the list behind it.

    >>> level_keys(["Septic shock", "septic-shock", "сепсис"])
    {'Septic shock': 'septic_shock', 'septic-shock': 'septic_shock_2', 'сепсис': '_3'}
    """
    keys = {}
    for number, level in enumerate(levels, start=1):
        word = re.sub(r"[^a-z0-9]+", "_", level.lower()).strip("_")
        keys[level] = word if word and word not in keys.values() else f"{word}_{number}"
    return keys


def smd_of_numbers(treated: np.ndarray, control: np.ndarray) -> Estimate:
    """Difference of two means in units of the root of the mean variance (divisor n − 1).

    Returns
    -------
    Estimate; missing where an arm has fewer than 2 values, or values differ without any spread

    References
    ----------
    Austin 2009, Stat Med 28:3083.
    """
    if min(treated.size, control.size) < 2:
        return not_estimable(SMD, "an arm with fewer than 2 values")
    variances = np.var(treated, ddof=1), np.var(control, ddof=1)
    scale = np.abs(np.concatenate([treated, control])).max()
    return _standardised(treated.mean() - control.mean(), variances, scale)


def smd_of_proportions(treated: np.ndarray, control: np.ndarray) -> Estimate:
    """Difference of two proportions in units of the root of the mean of p(1 − p).

    Parameters
    ----------
    treated, control : array of bool

    Returns
    -------
    Estimate; missing where an arm has no values, or proportions differ without any spread
    """
    if not (treated.size and control.size):
        return not_estimable(SMD, "an arm without values")
    p, q = treated.mean(), control.mean()
    return _standardised(p - q, (p * (1 - p), q * (1 - q)), scale=1)


def _standardised(difference: float, variances: tuple[float, float], scale: float) -> Estimate:
    """Divide by the spread; what is below rounding, beside ``scale``, is 0."""
    spread = np.sqrt(np.mean(variances))
    rounding = 1e-12 * scale
    if spread <= rounding:
        alike = abs(difference) <= rounding
        return Estimate(0.0, SMD) if alike else not_estimable(SMD, "no spread within the arms")
    return Estimate(float(difference / spread), SMD)


def _recorded(column: pd.Series, covariate: dict | None) -> Characteristic:
    """Take a participants' column as what the study file, or the canonical table, says it is."""
    kind = covariate["type"] if covariate else None
    if kind == "boolean":
        known = column.astype("boolean")
        values = known.map({True: "true", False: "false"}, na_action="ignore").astype(object)
        return Characteristic(column.name, values, levels={"true": "true"})
    if kind == "category" or (kind is None and column.name in CATEGORIES):
        values = column.astype(object)
        declared = list((covariate or {}).get("levels") or [])
        others = sorted(set(values.dropna()) - set(declared))
        return Characteristic(column.name, values, levels=level_keys([*declared, *others]))
    unit = (covariate or {}).get("unit") or UNITS.get(column.name, "1")
    return Characteristic(column.name, column.astype("float64"), unit)


def _measured(
    name: str, measurements: list[pd.DataFrame], analysed: pd.DataFrame
) -> Characteristic:
    """Take the first value of study day 1."""
    found = [table[table["variable"].eq(name)] for table in measurements]
    unit = next((table["unit"].iloc[0] for table in found if not table.empty), "1")
    values = pd.Series(np.nan, index=pd.Index(analysed["participant_id"]))
    limits: set[str] = set()
    for table in found:
        daily = daily_values(table, analysed)
        first = daily[daily["study_day"].eq(1)].set_index("participant_id")
        values = values.fillna(first["value"])
        limits.update(first.index[first["censoring"].ne("none")])
    return Characteristic(name, values, unit, limits=frozenset(limits))


def _number_rows(
    characteristic: Characteristic, samples: dict[str, pd.Series], pairs: list[tuple[str, str]]
) -> list[dict]:
    rows = []
    known = {arm: sample.dropna().to_numpy() for arm, sample in samples.items()}
    for arm, sample in samples.items():
        beyond = int(sample.index.isin(characteristic.limits).sum())
        note = f"{beyond} beyond a limit counted as the limit" if beyond else ""
        described = describe(known[arm], LEVELS)
        rows += estimate_rows(
            place("baseline", characteristic.name, arm),
            {statistic: noted(each, note) for statistic, each in described.items()},
            n=known[arm].size,
            unit=characteristic.unit,
        )
        rows += _missing_rows(characteristic.name, arm, sample)
    for treated, control in pairs:
        rows += estimate_rows(
            place("baseline", characteristic.name, treated, comparator=control),
            {"smd": smd_of_numbers(known[treated], known[control])},
            n=known[treated].size + known[control].size,
        )
    return rows


def _category_rows(
    characteristic: Characteristic, samples: dict[str, pd.Series], pairs: list[tuple[str, str]]
) -> list[dict]:
    rows = []
    known = {arm: sample.dropna() for arm, sample in samples.items()}
    for level, word in characteristic.levels.items():
        endpoint = f"{characteristic.name}={word}"
        has_level = {arm: sample.eq(level).to_numpy() for arm, sample in known.items()}
        for arm, has in has_level.items():
            estimates = {
                "count": Estimate(int(has.sum()), "Participants"),
                "proportion": Estimate(float(has.mean()), "Proportion of those with a value")
                if has.size
                else not_estimable("Proportion", "no value"),
            }
            where, counts = place("baseline", endpoint, arm), {"n": has.size, "n_events": has.sum()}
            rows += estimate_rows(where, estimates, **counts, definition=level)
        for treated, control in pairs:
            rows += estimate_rows(
                place("baseline", endpoint, treated, comparator=control),
                {"smd": smd_of_proportions(has_level[treated], has_level[control])},
                n=has_level[treated].size + has_level[control].size,
                definition=level,
            )
    for arm, sample in samples.items():
        rows += _missing_rows(characteristic.name, arm, sample)
    return rows


def _missing_rows(name: str, arm: str, sample: pd.Series) -> list[dict]:
    count = Estimate(int(sample.isna().sum()), "Participants without a value")
    return estimate_rows(place("baseline", name, arm), {"n_missing": count}, n=len(sample))
