"""Two definitions of a score that differ in what is worked out by hand."""

import pandas as pd
from sepsisflow.inference.score_comparison import comparison_rows, daily_scores, sepsis_rows
from sepsisflow.schemas.estimates import estimates_table

PEOPLE = pd.Series(["a", "b", "c"])
# Participant, day, points of heart and lung (None: not observed), total.
OLD = [
    ("a", 1, 0, 1, 1),
    ("a", 2, 2, 1, 3),
    ("b", 1, 4, None, 4),
    ("b", 2, 0, 0, 0),
]
NEW = [
    ("a", 1, 2, 1, 3),
    ("a", 2, 2, None, 2),
    ("b", 1, 1, None, 1),
    ("x", 1, 4, 4, 8),  # counts not
]
DEFINITIONS = {
    "old-one": {
        "title": "Old",
        "step": "daily",
        "sepsis_3": True,
        "organs": {"heart": "heart", "lung": "lung"},
        "labels": {"heart": "Heart", "lung": "Lung"},
        "points": {"heart": 4, "lung": 4},
    },
    "new-one": {
        "title": "New",
        "step": "daily",
        "sepsis_3": False,
        "organs": {"heart": "heart", "lung": "lung"},
        "labels": {"heart": "Heart", "lung": "Lung"},
        "points": {"heart": 4, "lung": 4},
    },
}
SEPSIS = {
    "old-sepsis": {"title": "Sepsis-3", "label": "Sepsis-3", "score": "old-one"},
    "new-sepsis": {"title": "Rise of New", "label": "not Sepsis-3", "score": "new-one"},
}
# By the old definition b is a case, by the new one a, who has two rows, and nobody judges b.
CASES = pd.DataFrame(
    [
        ("a", "old-sepsis", False),
        ("b", "old-sepsis", True),
        ("x", "old-sepsis", True),
        ("a", "new-sepsis", False),
        ("a", "new-sepsis", True),
        ("b", "new-sepsis", None),
    ],
    columns=["participant_id", "definition", "sepsis"],
).astype({"sepsis": "boolean"})
POINTS = {name: each["points"] for name, each in DEFINITIONS.items()}


def tables(rows):
    """Totals and components of a definition by day, as the engine writes them."""
    wide = pd.DataFrame(rows, columns=["participant_id", "study_day", "heart", "lung", "score"])
    totals = wide[["participant_id", "study_day", "score"]].astype({"score": float})
    totals["n_components"] = wide[["heart", "lung"]].notna().sum(axis=1)
    components = wide.drop(columns="score").melt(
        ["participant_id", "study_day"], var_name="component", value_name="score"
    )
    return totals, components.astype({"score": float, "component": "category"})


def daily(rows, organs=("heart", "lung")):
    """One row per participant and day."""
    return daily_scores(*tables(rows), organs={each: each for each in organs}, people=PEOPLE)


def compared(*of_each, points=POINTS, people=PEOPLE, cases=None):
    """Estimates of the definitions, from rows as `OLD`."""
    scores = {name: daily(rows, points[name]) for name, rows in zip(points, of_each, strict=True)}
    definitions = {name: {"points": each} for name, each in points.items()}
    rows = comparison_rows(scores, definitions=definitions, people=people, population="all")
    if cases is not None:
        rows += sepsis_rows(cases, definitions=SEPSIS, people=people, population="all")
    return estimates_table(rows)
