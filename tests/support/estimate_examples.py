"""Rows of the estimates table, written by key: what tests of figures and tables start from."""

import re

import pandas as pd
from sepsisflow.schemas.estimates import estimates_table

KEY = re.compile(
    r"(?P<analysis>\w+)\.(?P<endpoint>[\w=]+)\.(?P<population>\w+)\.(?P<group>\w+?)"
    r"(-vs-(?P<comparator>\w+))?(@(?P<study_day>[\d.]+?))?\.(?P<statistic>\w+)"
)
ARMS = {
    "msc": {"label": "MSC", "role": "treated"},
    "control": {"label": "Control", "role": "control"},
}
RHC_ARMS = {
    "rhc": {"label": "Right heart catheterisation", "role": "treated"},
    "no_rhc": {"label": "No right heart catheterisation", "role": "control"},
}
SIZES = {"width_mm": 85, "full_width_mm": 174, "dpi": 100}


def row(key: str, value: float | None, lower=None, upper=None, **columns) -> dict:
    """Give a row by its key; with limits, of level 0.95."""
    parts = KEY.fullmatch(key).groupdict()
    day = parts.pop("study_day")
    interval = {"lower": lower, "upper": upper, "level": None if upper is None else 0.95}
    defaults = {"method": "Method", "study_day": None if day is None else float(day)}
    return {**parts, **defaults, **interval, "value": value, **columns}


def estimates(*rows: dict) -> pd.DataFrame:
    """Build the estimates table of some rows."""
    return estimates_table(list(rows))


def survival_estimates(arms: dict = ARMS, *, scale: int = 1) -> pd.DataFrame:
    """Estimate a trial by hand: of 10 treated one dies on day 15.5; of 20 controls, 2 on day 2.

    One control is censored on day 9. ``scale`` multiplies all counts.
    """
    treated, control = arms
    at, versus = "survival.death.analysed", f"survival.death.analysed.{treated}-vs-{control}"
    curve = [
        (treated, 0, 1, None, None, 10, 0),
        (treated, 14, 1, None, None, 10, 0),
        (treated, 15.5, 0.9, 0.473, 0.985, 10, 1),
        (treated, 28, 0.9, 0.473, 0.985, 9, 0),
        (control, 0, 1, None, None, 20, 0),
        (control, 2, 0.9, 0.656, 0.974, 20, 2),
        (control, 14, 0.9, 0.656, 0.974, 17, 0),
        (control, 28, 0.9, 0.656, 0.974, 17, 0),
    ]
    risk = [(treated, 10, 10, 9), (control, 20, 17, 17)]
    return estimates(
        *(
            row(f"{at}.{arm}@{day}.survival_probability", *numbers, n=scale * n, n_events=died)
            for arm, day, *numbers, n, died in curve
        ),
        row(f"{at}.{control}@9.censored", 0.9, 0.656, 0.974, n=18 * scale),
        *(
            row(f"{at}.{arm}@{day}.at_risk", scale * count)
            for arm, *counts in risk
            for day, count in zip((0, 14, 28), counts, strict=True)
        ),
        row(f"{versus}.hazard_ratio", 0.612, 0.161, 2.314),
        row(f"{versus}.logrank_p", 0.0741),
    )
