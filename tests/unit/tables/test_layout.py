"""Cells of tables are rows of the estimates."""

import pytest
from estimate_examples import estimates, row
from sepsisflow.errors import DataError
from sepsisflow.tables.layout import Cells, section

RISK = "mortality.death.analysed.msc@28.risk"
RATIO = "mortality.death.analysed.msc-vs-control@28.risk_ratio"
EXACT = "Proportion, exact (Clopper–Pearson) interval"


@pytest.fixture
def cells() -> Cells:
    """A risk with its interval, and a ratio without one."""
    return Cells(
        estimates(
            row(RISK, 0.3, 0.0667, 0.6525, method=f"{EXACT}; 2 of unknown status left out"),
            row(RATIO, 0.0, method="Risk ratio; no interval: no event in the treated"),
            row(f"{RATIO}_2", 0.75, 0.25, 2.23, method="Risk ratio, log-Wald interval"),
        )
    )


def test_a_cell_is_its_row_in_a_format(cells):
    assert cells.write(RISK, "percent_ci") == "30.0% (6.7 to 65.3)"


def test_a_row_that_is_not_there_names_the_nearest(cells):
    with pytest.raises(DataError) as caught:
        cells.write("mortality.death.analysed.msc@28.rsk", "percent_ci")
    assert str(caught.value).startswith(
        "The estimates have no row 'mortality.death.analysed.msc@28.rsk'; did you mean "
        "'mortality.death.analysed.msc@28.risk'"
    )


def test_the_level_is_that_of_the_intervals_shown(cells):
    assert cells.level([RISK, RATIO]) == "95%"
    assert cells.level([RATIO]) == ""


def test_each_method_is_said_once_and_in_full(cells):
    assert cells.methods([RISK, RISK, RATIO, f"{RATIO}_2"]) == (
        f"Methods: {EXACT}; Risk ratio, log-Wald interval."
    )


def test_what_is_peculiar_to_a_number_is_said_with_its_place(cells):
    assert cells.remarks({RISK: "Risk, MSC", RATIO: "Ratio", f"{RATIO}_2": "Other"}) == (
        "Risk, MSC: 2 of unknown status left out. Ratio: no interval: no event in the treated."
    )


def test_a_section_fills_the_width():
    assert section("Day 14", 3) == (["Day 14", "", ""], "section")
