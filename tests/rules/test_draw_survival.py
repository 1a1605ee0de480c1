"""The edge draw_survival: estimates in, figure out."""

import draw_survival
import pytest
from edge_runs import FIGURE, check_figure_files, run_edge
from estimate_examples import ARMS, RHC_ARMS, SIZES, survival_estimates

SURVIVAL = {"follow_up_days": 28, "risk_table_days": [0, 14, 28], "label": "death"}


def draw(folder, arms=ARMS, scale=1):
    params = {"arms": arms, "style": SIZES, "survival": SURVIVAL, "synthetic": True}
    tables = {"estimates": survival_estimates(arms, scale=scale)}
    return run_edge(draw_survival, folder, tables=tables, params=params, outputs=FIGURE)


@pytest.mark.parametrize(("arms", "scale"), [(ARMS, 1), (RHC_ARMS, 177)])
def test_the_figure_is_written_in_three_formats(tmp_path, arms, scale):
    check_figure_files(draw(tmp_path, arms, scale))


def test_a_second_drawing_has_the_same_bytes(tmp_path):
    assert draw(tmp_path / "one") == draw(tmp_path / "two")


def test_one_estimate_changes_the_figure(tmp_path):
    one, other = draw(tmp_path / "one"), draw(tmp_path / "two", scale=2)
    assert all(one[kind] != other[kind] for kind in FIGURE)
