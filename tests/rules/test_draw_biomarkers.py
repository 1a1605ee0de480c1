"""The edge draw_biomarkers: estimates, values and analysis set in, figure out."""

import draw_biomarkers
import pandas as pd
import pytest
from edge_runs import FIGURE, check_figure_files, run_edge
from estimate_examples import ARMS, SIZES, estimates, row

LABELS = {"il_6": {"label": "IL-6", "unit": "pg/mL"}, "crp": {"label": "CRP", "unit": "mg/L"}}
ANALYSIS_SET = pd.DataFrame(
    {"participant_id": ["A", "X"], "arm": ["msc", "control"], "time_zero_h": [24.0, 0.0]}
)


def values(censoring: str = "none", variable: str = "il_6") -> pd.DataFrame:
    """Two values of IL-6, and one of ``variable``."""
    return pd.DataFrame(
        {
            "participant_id": ["A", "A", "X"],
            "time_h": [30.0, 78.0, 6.0],
            "variable": ["il_6", "il_6", variable],
            "value": [90.0, 1.5, 40.0],
            "unit": "pg/mL",
            "censoring": ["none", censoring, "none"],
            "source_file": "laboratory.csv",
            "source_row": [2, 3, 4],
        }
    )


@pytest.fixture
def draw(tmp_path):
    """Draw a panel of one variable in both arms."""
    at = "cytokines.il_6.analysed"
    means = [row(f"{at}.{arm}@1.geometric_mean", 60.0) for arm in ARMS]
    settings = {"variables": ["il_6"], "arms": [*ARMS], "baseline_day": 1, "days": [1, 3]}
    params = {
        "panel": "cytokines",
        "settings": settings,
        "labels": LABELS,
        "arms": ARMS,
        "style": SIZES,
        "synthetic": True,
    }

    def run(table: pd.DataFrame, name: str) -> dict[str, bytes]:
        tables = {"estimates": estimates(*means), "values": table, "analysis_set": ANALYSIS_SET}
        folder = tmp_path / name
        return run_edge(draw_biomarkers, folder, tables=tables, params=params, outputs=FIGURE)

    return run


def test_the_figure_is_written_in_three_formats(draw):
    check_figure_files(draw(values(), "figure"))


def test_a_second_drawing_has_the_same_bytes(draw):
    assert draw(values("below"), "one") == draw(values("below"), "two")


def test_a_censored_value_looks_different(draw):
    assert draw(values(), "one")["svg"] != draw(values("below"), "two")["svg"]


def test_only_the_panels_variables_are_drawn(draw):
    without = values().query("participant_id == 'A'")
    assert draw(values(variable="crp"), "one") == draw(without, "two")
