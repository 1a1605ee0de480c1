"""The mortality table, cell by cell (numbers of the default study at day 14)."""

import numpy as np
import pytest
from estimate_examples import ARMS, RHC_ARMS, estimates, row
from sepsisflow.tables.mortality import mortality_table

SURVIVAL = {"horizons_days": [14], "follow_up_days": 28}
EXACT, RATIO = "Proportion, exact (Clopper–Pearson) interval", "Risk ratio"


def example_estimates(arms=ARMS):
    treated, control = arms
    one, other = f"mortality.death.analysed.{treated}@14", f"mortality.death.analysed.{control}@14"
    versus = f"mortality.death.analysed.{treated}-vs-{control}@14"
    over = "survival.death.analysed"
    return estimates(
        row(f"{one}.deaths", 0, n=10, n_events=0),
        row(f"{one}.alive", 10, n=10, n_events=0),
        row(f"{one}.risk", 0.0, 0.0, 0.308497, method=EXACT),
        row(f"{one}.risk_wilson", 0.0, 0.0, 0.277533),
        row(f"{one}.survival", 1.0, 0.691503, 1.0, method=EXACT),
        row(f"{other}.deaths", 6, n=20, n_events=6),
        row(f"{other}.alive", 14, n=20, n_events=6),
        row(f"{other}.risk", 0.3, 0.118932, 0.542789, method=EXACT),
        row(f"{other}.risk_wilson", 0.3, 0.145477, 0.518973),
        row(f"{other}.survival", 0.7, 0.457211, 0.881068, method=EXACT),
        row(f"{versus}.risk_difference", -0.3, -0.518973, 0.01765),
        row(f"{versus}.survival_difference", 0.3, -0.01765, 0.518973),
        row(f"{versus}.risk_ratio", 0.0, method=f"{RATIO}; no interval: no event in the treated"),
        row(f"{versus}.odds_ratio", 1.388, 1.241, 1.552),
        row(f"{versus}.fisher_p", 0.0741189844638),
        row(f"{over}.{treated}@28.survival_probability", 0.7, 0.329, 0.892),
        row(f"{over}.{control}@28.survival_probability", 0.6, 0.357, 0.776),
        row(f"{over}.{treated}.median", np.nan, method="Kaplan–Meier quantile; not reached"),
        row(f"{over}.{control}.median", 12.0, 8.0, method="Kaplan–Meier quantile"),
        row(f"{over}.{treated}-vs-{control}.hazard_ratio", 1.307, 1.194, 1.430),
        row(f"{over}.{treated}-vs-{control}.logrank_p", 0.00001),
    )


@pytest.fixture(scope="module")
def table():
    """Format the example."""
    return mortality_table(example_estimates(), arms=ARMS, survival=SURVIVAL, randomised=False)


def test_cells_are_the_estimates(table):
    assert table.header == ["Outcome", "MSC", "Control", "Comparison"]
    assert [row.cells for row in table.rows] == [
        ["By day 14", "", "", ""],
        ["Died", "0 of 10", "6 of 20", ""],
        [
            "Risk of death, exact interval",
            "0.0% (0.0 to 30.8)",
            "30.0% (11.9 to 54.3)",
            "−30.0 (−51.9 to 1.8)",
        ],
        ["Risk of death, Wilson interval", "0.0% (0.0 to 27.8)", "30.0% (14.5 to 51.9)", ""],
        ["Alive", "10 of 10", "14 of 20", ""],
        [
            "Alive, exact interval",
            "100.0% (69.2 to 100.0)",
            "70.0% (45.7 to 88.1)",
            "30.0 (−1.8 to 51.9)",
        ],
        ["Risk ratio of death", "", "", "0.00 (–)"],
        ["Odds ratio of death", "", "", "1.39 (1.24 to 1.55)"],
        ["Fisher’s exact test, p", "", "", "0.074"],
        ["Over 28 days", "", "", ""],
        ["Alive, Kaplan–Meier", "70.0% (32.9 to 89.2)", "60.0% (35.7 to 77.6)", ""],
        ["Median survival, days", "not reached", "12.0 (8.0 to not reached)", ""],
        ["Hazard ratio of death", "", "", "1.31 (1.19 to 1.43)"],
        ["Log-rank test, p", "", "", "<0.001"],
    ]


def test_the_direction_of_the_comparison_and_the_methods_are_noted(table):
    contents, remarks, warning = table.notes
    assert contents.startswith("Comparison: MSC against Control; ")
    assert "Brackets hold 95% confidence intervals." in contents
    assert EXACT in contents
    assert remarks == (
        "Risk ratio of death, by day 14, MSC against Control: no interval: no event in the treated."
    )
    assert "say nothing about confounding" in warning


def test_any_names_of_arms_serve():
    table = mortality_table(
        example_estimates(RHC_ARMS), arms=RHC_ARMS, survival=SURVIVAL, randomised=False
    )
    labels = [arm["label"] for arm in RHC_ARMS.values()]
    assert table.header == ["Outcome", *labels, "Comparison"]
    assert table.notes[0].startswith(f"Comparison: {labels[0]} against {labels[1]}; ")
