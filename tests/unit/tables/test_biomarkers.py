"""The biomarker table, cell by cell."""

import pytest
from estimate_examples import ARMS, estimates, row
from sepsisflow.tables.biomarkers import biomarker_table

PANELS = {
    "cytokines": {
        "label": "Cytokines",
        "variables": ["il_6"],
        "arms": ["msc"],
        "baseline_day": 1,
        "days": [1, 3, 9],
        "below_limit": "half_limit",
    },
    "laboratory": {
        "label": "Laboratory values",
        "variables": ["leucocytes"],
        "arms": ["msc", "control"],
        "baseline_day": 1,
        "days": [1, 28],
        "below_limit": "limit",
    },
}
LABELS = {
    "il_6": {"label": "IL-6", "unit": "pg/mL"},
    "leucocytes": {"label": "Leucocytes", "unit": "10*3/uL"},
}


def of_variable(at, last, baseline, later, change):
    """Rows of a variable in an arm: mean, below the limit, n on two days; then its change."""
    ratio, lower, upper, n, p, holm, smallest = change
    rows = []
    for day, (mean, below, count) in ((1, baseline), (last, later)):
        rows.append(row(f"{at}@{day}.geometric_mean", mean, n=count))
        rows.append(row(f"{at}@{day}.n_below_limit", below, n=count))
    return [
        *rows,
        row(f"{at}.ratio", ratio, lower, upper, n=n, method="Ratio; descriptive within arm"),
        row(f"{at}.p", p, n=n, method="Exact test"),
        row(f"{at}.p_holm", holm, n=n, method="Holm"),
        row(f"{at}.p_smallest", smallest, n=n),
    ]


@pytest.fixture(scope="module")
def table():
    """Format two panels."""
    il_6 = ((1523.4, 0, 10), (130.2, 2, 9), (0.78, 0.66, 1.05, 10, 0.105, 0.63, 2 / 2**10))
    treated = ((21.8, 0, 10), (9.73, 0, 7), (0.75, 0.65, 0.86, 10, 0.002, 0.008, 2 / 2**10))
    control = ((22.6, 0, 20), (9.58, 0, 12), (0.72, 0.65, 0.79, 18, 1e-5, 4e-5, 2 / 2**18))
    rows = [
        *of_variable("cytokines.il_6.analysed.msc", 9, *il_6),
        *of_variable("laboratory.leucocytes.analysed.msc", 28, *treated),
        *of_variable("laboratory.leucocytes.analysed.control", 28, *control),
    ]
    return biomarker_table(
        estimates(*rows), panels=PANELS, arms=ARMS, labels=LABELS, randomised=False
    )


def test_cells_are_the_estimates(table):
    ratios = ["0.78 (0.66 to 1.05)", "0.75 (0.65 to 0.86)", "0.72 (0.65 to 0.79)"]
    tests = [["0.11", "0.63", "0.002"], ["0.002", "0.008", "0.002"], ["<0.001"] * 3]
    assert [row.cells for row in table.rows if row.kind == "indented"] == [
        ["IL-6, pg/mL", "1,520 [0/10]", "130 [2/9]", "10", ratios[0], *tests[0]],
        ["Leucocytes, 10³/µL", "21.8 [0/10]", "9.73 [0/7]", "10", ratios[1], *tests[1]],
        ["Leucocytes, 10³/µL", "22.6 [0/20]", "9.58 [0/12]", "18", ratios[2], *tests[2]],
    ]


def test_sections_name_panel_arm_and_days(table):
    assert [row.cells[0] for row in table.rows if row.kind == "section"] == [
        "Cytokines, MSC (day 1, day 9)",
        "Laboratory values, MSC (day 1, day 28)",
        "Laboratory values, Control (day 1, day 28)",
    ]


def test_notes_say_what_a_value_below_the_limit_counts_as(table):
    contents, methods, warning = table.notes
    assert "smallest that the test can reach" in contents
    assert "Cytokines: a value below the limit counts as half the limit." in methods
    assert "Laboratory values: a value below the limit counts as the limit." in methods
    assert methods.endswith("Methods: Ratio; Exact test; Holm.")
    assert "say nothing about confounding" in warning
