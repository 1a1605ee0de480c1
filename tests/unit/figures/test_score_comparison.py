"""Figure of definitions side by side: boxes, shares and differences are rows of the estimates."""

import pytest
from estimate_examples import SIZES
from figure_checks import check_legible, words_of
from score_comparison_example import CASES, DEFINITIONS, NEW, OLD, POINTS, SEPSIS, compared
from sepsisflow.figures.score_comparison import plot_score_comparison

LONG = "A definition of organ failure whose title is as long as titles of definitions get"
SIX = ("Respiration", "Coagulation", "Liver", "Cardiovascular", "Central nervous system", "Renal")


def draw(estimates=None, definitions=DEFINITIONS, *, sepsis=None, synthetic=False):
    return plot_score_comparison(
        compared(OLD, NEW) if estimates is None else estimates,
        definitions=definitions,
        sepsis=sepsis or {},
        population="all",
        sizes={"width_mm": SIZES["full_width_mm"]},
        synthetic=synthetic,
    )


def panel(figure, name):
    return next(axes for axes in figure.axes if axes.get_label() == name)


def test_boxes_are_the_quartiles_of_the_highest_scores():
    axes = panel(draw(), "highest")
    boxes = [patch.get_path().vertices[:, 0] for patch in axes.patches]
    assert [(box.min(), box.max()) for box in boxes] == [(3.25, 3.75), (1.5, 2.5)]
    low, high = axes.get_xlim()
    assert low == 0
    assert 4 < high < 5


def test_marks_are_the_shares_that_reach_two_points_on_the_first_day_and_on_any():
    axes = panel(draw(), "reached")
    first, later = (line.get_xdata() for line in axes.get_lines() if line.get_marker() == "o")
    assert list(first) == [0.5, 0.5]
    assert list(later) == [1, 0.5]
    assert axes.get_xlim() == (0, 1)
    assert {"50%, 100%", "50%"} <= set(words_of(draw()))


def test_squares_are_the_shares_with_sepsis_in_the_row_of_their_score():
    figure = draw(compared(OLD, NEW, cases=CASES), sepsis=SEPSIS)
    squares = [line for line in panel(figure, "reached").get_lines() if line.get_marker() == "s"]
    found = {(line.get_xdata()[0], line.get_ydata()[0]) for line in squares}
    assert found == {(0.5, 0), (1, 1)}
    assert "○ first day  ● any  ■ sepsis" in words_of(figure)
    assert "○ first day  ● any day" in words_of(draw())
    check_legible(figure)


def test_a_share_with_sepsis_has_the_numbers_that_it_is_of():
    written = words_of(draw(compared(OLD, NEW, cases=CASES), sepsis=SEPSIS))
    assert {"1 of 2 (50%)", "1 of 1 (100%)"} <= set(written)
    assert written.count("not Sepsis-3") == 1  # beneath the share of the new one
    nobody = words_of(draw(compared(OLD, NEW, cases=CASES[:0]), sepsis=SEPSIS))
    assert nobody.count("0 of 0 (–)") == 2


def test_marks_of_the_first_day_and_of_any_are_both_seen_at_one_share():
    axes = panel(draw(), "reached")
    ring, dot = (line for line in axes.get_lines() if line.get_marker() == "o")
    assert ring.get_xdata()[1] == dot.get_xdata()[1]
    assert ring.get_markersize() - ring.get_markeredgewidth() > dot.get_markersize() + 1
    assert ring.get_markerfacecolor() == "white"


def test_of_several_definitions_of_sepsis_by_one_score_the_first_is_drawn():
    both = {name: {**each, "score": "new-one"} for name, each in SEPSIS.items()}
    figure = draw(compared(OLD, NEW, cases=CASES), sepsis=both)
    (square,) = [each for each in panel(figure, "reached").get_lines() if each.get_marker() == "s"]
    assert (square.get_xdata()[0], square.get_ydata()[0]) == (0.5, 1)


def test_cells_are_the_days_that_differ_and_the_mean_difference():
    axes = panel(draw(), "different")
    written = {text.get_text() for text in axes.texts}
    assert {"67\n−0.3", "0\n0.0", "100\n−0.7", "reference"} <= written
    (mesh,) = axes.collections
    # The reference is masked.
    assert mesh.get_array().compressed().tolist() == [pytest.approx(2 / 3), 0, 1]


def test_few_days_are_not_written_as_none():
    many = [("a", day, 0, 0, 0) for day in range(1, 301)]
    once = [("a", 1, 1, 0, 1), *many[1:]]
    written = words_of(draw(compared(many, once)))
    assert written.count("<1") == 2  # heart and total
    assert "+0.0" not in written


def test_rows_are_named_with_participants_and_days():
    written = words_of(draw())
    assert {"Old", "New", "n = 2; 4 days; 0–8 points", "n = 2; 3 days; 0–8 points"} <= set(written)


def test_two_points_of_another_score_than_that_of_sepsis_3_are_said_not_to_be_it():
    assert words_of(draw()).count("2 points: not Sepsis-3") == 1  # of the new one


def test_a_definition_of_another_scale_has_dashes():
    points = {"old-one": POINTS["old-one"], "new-one": {"pulse": 1}}
    named = {**DEFINITIONS, "new-one": {**DEFINITIONS["new-one"], "labels": {"pulse": "Pulse"}}}
    written = words_of(draw(compared(OLD, NEW, points=points), named))
    assert written.count("–") == 1  # of the total
    assert "Pulse" not in written


def test_a_score_of_one_window_has_no_days():
    named = {**DEFINITIONS, "new-one": {**DEFINITIONS["new-one"], "step": "window"}}
    assert "n = 2; one window; 0–8 points" in words_of(draw(definitions=named))


@pytest.mark.parametrize("rows", [[], [("x", 1, 1, 1, 2)]], ids=["nothing", "nobody who counts"])
def test_a_definition_that_scores_nobody_has_an_empty_row(rows):
    figure = draw(compared(OLD, rows))
    check_legible(figure)
    assert "n = 0; 0 days; 0–8 points" in words_of(figure)
    assert words_of(figure).count("nothing observed") == 1


@pytest.mark.parametrize("sepsis", [None, SEPSIS], ids=["without sepsis", "nobody judged"])
def test_where_nothing_at_all_was_observed_every_row_says_so(sepsis):
    figure = draw(compared([], [], cases=None if sepsis is None else CASES[:0]), sepsis=sepsis)
    check_legible(figure)
    assert words_of(figure).count("nothing observed") == 2
    assert panel(figure, "highest").get_xlim() == (0, 1.5)
    assert "nan%" not in "".join(words_of(figure))


def test_texts_are_legible_and_clear_of_each_other():
    labels = {"heart": "Heart", "lung": "Lung", **{each.split()[0].lower(): each for each in SIX}}
    described = {**DEFINITIONS["new-one"], "labels": labels}
    named = {f"d{n}": {**described, "title": f"{LONG} {n}", "sepsis_3": n > 5} for n in range(8)}
    points = {name: dict.fromkeys(labels, 4) for name in named}
    estimates = compared(*[OLD, NEW] * 4, points=points)
    figure = draw(estimates, named, synthetic=True)
    check_legible(figure)
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(174)
    assert "SYNTHETIC DATA" in words_of(figure)
    assert "SYNTHETIC DATA" not in words_of(draw())
