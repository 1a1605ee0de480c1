"""The baseline table, cell by cell."""

import numpy as np
import pytest
from estimate_examples import ARMS, estimates, row
from sepsisflow.tables.baseline import baseline_table
from sepsisflow.tables.render import as_html

VARIABLES = ["age_years", "sex", "diagnosis", "diabetes", "creatinine"]
COVARIATES = {
    "diagnosis": {
        "label": "Diagnosis",
        "type": "category",
        "levels": {"sepsis": "Sepsis", "other": "Other shock", "septic_shock": "Septic shock"},
    },
    "diabetes": {"label": "Diabetes", "type": "boolean"},
}
LABELS = {"creatinine": {"label": "Creatinine", "unit": "mg/dL"}}
PARTS = ("median", "q1", "q3", "minimum", "maximum")
NUMBERS = {
    ("age_years", "msc"): (45.0, 29.25, 57.25, 22.0, 68.0),
    ("age_years", "control"): (42.5, 37.0, 69.0, 22.0, 80.0),
    ("creatinine", "msc"): (2.5, 1.754, 2.955, 0.8, 5.1),
    ("creatinine", "control"): (np.nan,) * 5,
}
# Level, participants and those with a value: treated, control; difference.
LEVELS = [
    ("sex=female", (4, 10), (1637, 3551), -0.126),
    ("sex=male", (6, 10), (1914, 3551), 0.126),
    ("diagnosis=sepsis", (4, 10), (5, 20), 0.324),
    ("diagnosis=other", (0, 10), (0, 20), 0.0),
    ("diagnosis=septic_shock", (6, 10), (15, 20), -0.324),
    ("diabetes=true", (3, 9), (11, 20), -0.45),
]
MISSING = {("diabetes", "msc"): 1, ("creatinine", "control"): 20}


def example_estimates():
    rows = [
        row("participants.analysed.analysed.msc.n", 10),
        row("participants.analysed.analysed.control.n", 3551),
    ]
    for (name, arm), values in NUMBERS.items():
        parts = zip(PARTS, values, strict=True)
        rows += [row(f"baseline.{name}.analysed.{arm}.{part}", value) for part, value in parts]
    for level, treated, control, smd in LEVELS:
        for arm, (events, n) in (("msc", treated), ("control", control)):
            at, counts = f"baseline.{level}.analysed.{arm}", {"n": n, "n_events": events}
            recorded = level.partition("=")[2]
            rows.append(row(f"{at}.count", events, definition=recorded, **counts))
            rows.append(row(f"{at}.proportion", events / n, **counts))
        rows.append(row(f"baseline.{level}.analysed.msc-vs-control.smd", smd, method="SMD"))
    for name, smd in (("age_years", -0.3157), ("creatinine", np.nan)):
        at = f"baseline.{name}.analysed.msc-vs-control.smd"
        rows.append(row(at, smd, method="SMD; not estimable: an arm with fewer than 2 values"))
    for name in VARIABLES:
        for arm in ARMS:
            count = MISSING.get((name, arm), 0)
            rows.append(row(f"baseline.{name}.analysed.{arm}.n_missing", count))
    return estimates(*rows)


@pytest.fixture(scope="module")
def table():
    """Format the example."""
    return baseline_table(
        example_estimates(),
        variables=VARIABLES,
        arms=ARMS,
        covariates=COVARIATES,
        labels=LABELS,
        randomised=False,
    )


def test_columns_are_the_arms_with_their_participants(table):
    assert [cell.replace("\xa0", " ") for cell in table.header] == [
        "Characteristic",
        "MSC (n = 10)",
        "Control (n = 3,551)",
        "SMD",
    ]


def test_cells_are_the_estimates(table):
    assert [row.cells for row in table.rows] == [
        ["Age, years", "45.0 (29.3 to 57.3)", "42.5 (37.0 to 69.0)", "−0.32"],
        ["range", "22 to 68", "22 to 80", ""],
        ["Sex", "", "", ""],
        ["Female", "4 (40.0%)", "1,637 (46.1%)", "−0.13"],
        ["Male", "6 (60.0%)", "1,914 (53.9%)", "0.13"],
        ["Diagnosis", "", "", ""],
        ["Sepsis", "4 (40.0%)", "5 (25.0%)", "0.32"],
        ["Septic shock", "6 (60.0%)", "15 (75.0%)", "−0.32"],
        ["Diabetes", "3 (33.3%)", "11 (55.0%)", "−0.45"],
        ["not recorded", "1", "0", ""],
        ["Creatinine, mg/dL", "2.50 (1.75 to 2.96)", "–", "–"],
        ["range", "0.80 to 5.10", "–", ""],
        ["not recorded", "0", "20", ""],
    ]


def test_levels_ranges_and_missing_values_are_indented(table):
    indented = {row.cells[0] for row in table.rows if row.kind == "indented"}
    assert indented == {"range", "Female", "Male", "Sepsis", "Septic shock", "not recorded"}


def test_notes_explain_the_cells_and_warn_of_confounding(table):
    contents, methods, warning = table.notes
    assert "median (lower to upper quartile)" in contents
    assert methods == "Methods: SMD."
    assert "Nobody was assigned to a group at random" in warning
    assert "say nothing about confounding" in warning


def test_arms_that_nobody_compares_have_no_column_of_differences():
    known = example_estimates()
    alone = baseline_table(
        known[known["comparator"].isna()],
        variables=["age_years", "diabetes"],
        arms=ARMS,
        covariates=COVARIATES,
        labels=LABELS,
        randomised=False,
    )
    assert len(alone.header) == 3
    assert [len(row.cells) for row in alone.rows] == [3, 3, 3, 3]


def test_levels_that_the_study_file_does_not_name_are_printed_as_recorded():
    rows = [row(f"participants.analysed.analysed.{arm}.n", 1) for arm in ARMS]
    for arm in ARMS:
        for word, level in (("_1", "東京"), ("a_b", "a\n b"), ("n_1", "North <1>")):
            at, recorded = f"baseline.site={word}.analysed.{arm}", {"definition": level}
            rows.append(row(f"{at}.count", 1, n=3, n_events=1, **recorded))
            rows.append(row(f"{at}.proportion", 1 / 3, n=3, n_events=1, **recorded))
        rows.append(row(f"baseline.site.analysed.{arm}.n_missing", 0))
    table = baseline_table(
        estimates(*rows),
        variables=["site"],
        arms=ARMS,
        covariates={},
        labels={},
        randomised=True,
    )
    assert [each.cells[0] for each in table.rows] == ["Site", "東京", "a b", "North <1>"]
    assert "North &lt;1&gt;" in as_html(table, title="A trial", synthetic=False)
    assert "assigned to the groups at random" in table.notes[-1]
