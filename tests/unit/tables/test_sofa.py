"""The SOFA table, cell by cell."""

import numpy as np
import pytest
from estimate_examples import ARMS, estimates, row
from sepsisflow.tables.sofa import sofa_table

SOFA = {"definition": "recorded", "rules": None, "baseline_day": 1, "days": [1, 3]}
SHIFT = "Hodges–Lehmann estimate, exact interval"
WITHIN = "descriptive within arm, of those with both days"
# Arm, day, participants: mean, standard deviation, median, quartiles.
LEVELS = {
    ("msc", 1, 10): (9.0, 3.83, 8.0, 6.25, 11.0),
    ("msc", 3, 9): (8.2, 4.26, 8.0, 6.0, 10.0),
    ("control", 1, 20): (10.45, 2.6, 10.0, 9.0, 11.5),
    ("control", 3, 0): (np.nan,) * 5,
}


def example():
    """Rows of a fall in one arm, and an arm that nobody scored twice."""
    rows = []
    for (arm, day, n), values in LEVELS.items():
        parts = zip(("mean", "sd", "median", "q1", "q3"), values, strict=True)
        at = f"sofa.total.analysed.{arm}@{day}"
        rows += [row(f"{at}.{part}", value, n=n, definition="recorded") for part, value in parts]
    one, other = "sofa.total.analysed.msc@3", "sofa.total.analysed.control@3"
    none = f"{SHIFT}; not estimable: no pairs; {WITHIN}"
    rows += [
        row(f"{one}.change_hl", -1.5, -2.5, 0.5, n=8, method=f"{SHIFT}; {WITHIN}"),
        row(f"{one}.change_p", 0.15625, n=8, method=f"Exact test; {WITHIN}"),
        row(f"{other}.change_hl", np.nan, n=0, method=none),
        row(f"{other}.change_p", np.nan, n=0, method=f"Exact test; {WITHIN}"),
    ]
    return rows


@pytest.fixture(scope="module")
def table():
    return sofa_table(estimates(*example()), arms=ARMS, sofa=SOFA, randomised=False)


def test_cells_are_the_estimates(table):
    assert table.header[-2:] == ["Change from day 1", "p"]
    assert [row.cells for row in table.rows] == [
        ["MSC", "", "", "", "", "", ""],
        ["Day 1", "10", "9.0 (3.8)", "8.0 (6.3 to 11.0)", "", "", ""],
        ["Day 3", "9", "8.2 (4.3)", "8.0 (6.0 to 10.0)", "8", "−1.5 (−2.5 to 0.5)", "0.16"],
        ["Control", "", "", "", "", "", ""],
        ["Day 1", "20", "10.5 (2.6)", "10.0 (9.0 to 11.5)", "", "", ""],
        ["Day 3", "0", "–", "–", "0", "–", "–"],
    ]


def test_notes_name_definition_methods_and_what_cannot_be_said(table):
    contents, remarks, warning = table.notes
    assert "definition “recorded”" in contents
    assert "95% confidence interval" in contents
    assert contents.endswith(f"Methods: {SHIFT}; Exact test.")
    assert remarks == "Change to day 3, Control: not estimable: no pairs."
    assert "within a group and descriptive" in warning
    assert "say nothing about confounding" in warning


def test_notes_say_the_rules_of_a_computed_score_and_how_often_they_were_needed():
    counts = {"msc": (67, 6), "control": (108, 11)}
    rows = example() + [
        row(f"sofa.total.analysed.{arm}.{statistic}", value)
        for arm, pair in counts.items()
        for statistic, value in zip(("scores", "incomplete"), pair, strict=True)
    ]
    rules = {"missing": "what is missing is 0", "after_death": "nobody is scored after death"}
    sofa = {**SOFA, "definition": "sofa-1996", "rules": rules}
    contents, *_ = sofa_table(estimates(*rows), arms=ARMS, sofa=sofa, randomised=False).notes
    assert contents.startswith(
        "SOFA in points, definition “sofa-1996”, of the participants scored that day; what is "
        "missing is 0 (so in scores: 6 of 67 (MSC), 11 of 108 (Control)); nobody is scored after "
        "death; pairs are those also scored at baseline. "
    )
