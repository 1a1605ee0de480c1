"""The edge draw_sofa: estimates, scores and analysis set in, figure out."""

import draw_sofa
import pandas as pd
import pytest
from edge_runs import FIGURE, check_figure_files, run_edge
from estimate_examples import ARMS, SIZES, estimates, row

SOFA = {"definition": "recorded", "baseline_day": 1, "days": [1, 3]}
ANALYSIS_SET = pd.DataFrame(
    {"participant_id": ["A", "X"], "arm": ["msc", "control"], "time_zero_h": [24.0, 0.0]}
)


def scores(last: float, definition: str = "recorded") -> pd.DataFrame:
    """Two participants on days 1 and 3; ``last`` is the last score of the second."""
    return pd.DataFrame(
        {
            "participant_id": ["A", "A", "X", "X"],
            "time_h": [30.0, 78.0, 6.0, 54.0],
            "definition": ["recorded", "recorded", "recorded", definition],
            "score": [9.0, 7.0, 10.0, last],
            "source_file": "crf.xlsx",
            "source_row": [2.0, 3.0, 4.0, 5.0],
            "status": "observed",
            "n_components": 6.0,
        }
    )


@pytest.fixture
def draw(tmp_path):
    """Draw one trial with given scores."""
    at = "sofa.total.analysed"
    table = estimates(
        *(
            row(f"{at}.{arm}@{day}.{statistic}", value, n=1)
            for arm in ARMS
            for day in (1, 3)
            for statistic, value in (("median", 8.0), ("q1", 7.0), ("q3", 9.0))
        )
    )
    params = {"arms": ARMS, "style": SIZES, "sofa": SOFA, "synthetic": True}

    def run(sofa: pd.DataFrame, name: str) -> dict[str, bytes]:
        tables = {"estimates": table, "sofa": sofa, "analysis_set": ANALYSIS_SET}
        return run_edge(draw_sofa, tmp_path / name, tables=tables, params=params, outputs=FIGURE)

    return run


def test_the_figure_is_written_in_three_formats(draw):
    check_figure_files(draw(scores(8.0), "figure"))


def test_a_second_drawing_has_the_same_bytes(draw):
    assert draw(scores(8.0), "one") == draw(scores(8.0), "two")


def test_a_score_of_another_definition_is_not_drawn(draw):
    one = draw(scores(5.0, "sofa1996"), "one")
    assert one == draw(scores(6.0, "sofa1996"), "two")
    assert one["svg"] != draw(scores(6.0), "three")["svg"]
