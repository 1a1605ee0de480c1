"""The edge draw_flow: flow in, figure out."""

import draw_flow
import pandas as pd
from edge_runs import FIGURE, check_figure_files, run_edge
from estimate_examples import ARMS, SIZES


def draw(folder, excluded=25):
    rows = [
        ("msc", "screened", "Screened", None, 10),
        ("msc", "analysed", "Analysed", None, 10),
        ("pool", "screened", "Screened", None, 20 + excluded),
        ("pool", "age", "Age 18 to 80 years", excluded, 20),
        ("pool", "analysed", "Analysed", None, 20),
    ]
    columns = ["group", "step", "label", "n_excluded", "n_remaining"]
    flow = pd.DataFrame(rows, columns=columns).astype({"n_excluded": "Int64"})
    flow = flow.assign(sequence=range(1, len(flow) + 1))
    params = {"arms": ARMS, "style": SIZES, "synthetic": True}
    return run_edge(draw_flow, folder, tables={"flow": flow}, params=params, outputs=FIGURE)


def test_the_figure_is_written_in_three_formats(tmp_path):
    check_figure_files(draw(tmp_path))


def test_a_second_drawing_has_the_same_bytes(tmp_path):
    assert draw(tmp_path / "one") == draw(tmp_path / "two")


def test_one_count_changes_the_figure(tmp_path):
    assert draw(tmp_path / "one")["svg"] != draw(tmp_path / "two", excluded=26)["svg"]
