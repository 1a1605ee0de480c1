"""The edges compare_scores and draw_score_comparison: scores in, figure and table out."""

import io

import compare_scores
import draw_score_comparison
import pandas as pd
import pytest
from edge_runs import FIGURE, SIGNATURES, run_edge
from score_comparison_example import (
    CASES,
    DEFINITIONS,
    NEW,
    OLD,
    PEOPLE,
    SEPSIS,
    compared,
    tables,
)

PARAMS = {"definitions": DEFINITIONS, "sepsis": SEPSIS, "population": "all"}
SHOWN = {
    **PARAMS,
    "title": "A study",
    "synthetic": True,
    "style": {"width_mm": 174, "dpi": 100},
}
FILES = {**FIGURE, "html": "table.html", "docx": "table.docx", "csv": "table.csv"}


@pytest.fixture
def estimate(tmp_path):
    """Compare two definitions; gives the bytes of the estimates."""

    def run(name, *of_each, cases=()):
        totals, components = zip(*map(tables, of_each), strict=True)
        read = {
            "participants": PEOPLE.rename("participant_id").to_frame(),
            "totals": list(totals),
            "components": list(components),
            "sepsis": list(cases),
        }
        outputs = {"estimates": "score_comparison.parquet"}
        written = run_edge(
            compare_scores, tmp_path / name, tables=read, params=PARAMS, outputs=outputs
        )
        return written["estimates"]

    return run


def test_estimates_are_those_of_the_definitions_in_the_order_of_the_study(estimate):
    table = pd.read_parquet(io.BytesIO(estimate("one", OLD, NEW)))
    pd.testing.assert_frame_equal(table, compared(OLD, NEW))


def test_sepsis_is_among_the_estimates_of_a_study_that_derives_it(estimate):
    table = pd.read_parquet(io.BytesIO(estimate("one", OLD, NEW, cases=[CASES])))
    pd.testing.assert_frame_equal(table, compared(OLD, NEW, cases=CASES))


def test_the_order_of_rows_changes_no_byte(estimate):
    assert estimate("one", OLD, NEW) == estimate("two", OLD[::-1], NEW[::-1])


def test_figure_and_table_are_written_in_three_formats_each_and_the_same_again(tmp_path):
    read = {"estimates": compared(OLD, NEW, cases=CASES)}
    one, two = (
        run_edge(draw_score_comparison, tmp_path / name, tables=read, params=SHOWN, outputs=FILES)
        for name in ("one", "two")
    )
    assert one == two
    for kind in ("pdf", "svg", "png", "docx"):
        assert one[kind].startswith(SIGNATURES[kind])
    assert "SYNTHETIC DATA" in one["csv"].decode("utf-8-sig")
    assert "by Old only" in one["html"].decode()


def test_a_study_in_which_nothing_was_observed_has_its_figure_and_table(tmp_path):
    read = {"estimates": compared([], [], cases=CASES[:0])}
    made = run_edge(draw_score_comparison, tmp_path, tables=read, params=SHOWN, outputs=FILES)
    assert "nothing observed" in made["html"].decode()
    assert made["png"].startswith(SIGNATURES["png"])
