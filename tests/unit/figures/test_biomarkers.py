"""Biomarker figure: courses are the participants' values, marks are rows of the estimates."""

import numpy as np
import pandas as pd
import pytest
from estimate_examples import ARMS, RHC_ARMS, SIZES, estimates, row
from figure_checks import check_legible, words_of
from matplotlib.colors import to_hex
from sepsisflow.figures import style
from sepsisflow.figures.biomarkers import plot_biomarkers

DAYS = [1, 3, 5, 7, 9, 14, 28]
LABELS = {
    "il_6": {"label": "IL-6", "unit": "pg/mL"},
    "crp": {"label": "C-reactive protein", "unit": "mg/L"},
    "leucocytes": {"label": "Leucocytes", "unit": "10*3/uL"},
}
# Participant, index of the arm, variable, study day, value, censoring.
VALUES = [
    ("A", 0, "il_6", 1, 20000.0, "none"),
    ("A", 0, "il_6", 3, 1.5, "below"),
    ("A", 0, "il_6", 4, 7.0, "none"),  # a day that is not analysed
    ("B", 0, "il_6", 1, 90.0, "none"),
    ("X", 1, "il_6", 1, 50000.0, "above"),
    ("X", 1, "il_6", 28, 40.0, "none"),
    ("A", 0, "crp", 1, 210.0, "none"),
    ("X", 1, "crp", 1, 35.0, "none"),
    ("A", 0, "leucocytes", 1, 8.0, "none"),
    ("X", 1, "leucocytes", 1, 24.0, "none"),
]
MEANS = {(0, 1): 1342.0, (0, 3): 0.75, (1, 1): 50000.0, (1, 28): 40.0}


def draw(values=VALUES, arms=ARMS, *, chosen=(0, 1), synthetic=True):
    names = list(arms)
    panel = {"variables": list(LABELS), "arms": [names[arm] for arm in chosen], "days": DAYS}
    at = "cytokines.il_6.analysed"
    table = estimates(
        *(
            row(f"{at}.{names[arm]}@{day}.geometric_mean", mean)
            for (arm, day), mean in MEANS.items()
        ),
        row(f"{at}.{names[0]}@1.median", 999.0),
        row(f"cytokines.crp.analysed.{names[0]}@1.geometric_mean", 210.0),
    )
    columns = ["participant_id", "arm", "variable", "study_day", "value", "censoring"]
    courses = pd.DataFrame(values, columns=columns)
    courses["arm"] = [names[arm] for arm in courses["arm"]]
    return plot_biomarkers(
        table,
        courses,
        panel=panel,
        labels=LABELS,
        arms=arms,
        sizes=SIZES,
        synthetic=synthetic,
    )


def panel_of(figure, variable):
    return next(axes for axes in figure.axes if axes.get_label() == variable)


def lines(figure, variable, *, means):
    """Lines of a panel that hold data, thin or thick; days without the shift between arms."""
    chosen = [
        line
        for line in panel_of(figure, variable).get_lines()
        if len(line.get_xdata()) and (line.get_linewidth() > 1) == means
    ]
    return [
        (
            line.get_color(),
            [(round(day), round(value, 6)) for day, value in line.get_xydata().tolist()],
        )
        for line in chosen
    ]


def test_each_participant_has_a_course_on_the_days_analysed():
    assert lines(draw(), "il_6", means=False) == [
        (style.BLUE, [(1, 20000), (3, 1.5)]),
        (style.BLUE, [(1, 90)]),
        (style.VERMILION, [(1, 50000), (28, 40)]),
    ]


def test_marks_are_the_geometric_means_of_the_variable():
    figure = draw()
    assert lines(figure, "il_6", means=True) == [
        (style.BLUE, [(1, 1342), (3, 0.75)]),
        (style.VERMILION, [(1, 50000), (28, 40)]),
    ]
    assert lines(figure, "crp", means=True) == [(style.BLUE, [(1, 210)])]


def test_values_beyond_a_limit_are_open_marks_at_the_limit():
    marks = {
        to_hex(mark.get_edgecolor()[0]).upper(): mark
        for mark in panel_of(draw(), "il_6").collections
        if len(mark.get_offsets())
    }
    below, above = marks[style.BLUE], marks[style.VERMILION]
    assert np.round(below.get_offsets()).tolist() == [[3, 2]]
    assert below.get_offsets()[0, 1] == pytest.approx(1.5)
    assert above.get_offsets()[0, 1] == pytest.approx(50000)
    assert {to_hex(mark.get_facecolor()[0]) for mark in marks.values()} == {"#ffffff"}
    assert len(below.get_paths()[0]) != len(above.get_paths()[0])  # a circle and a triangle


def test_arms_stand_beside_each_other_by_less_than_a_day():
    days = [
        line.get_xdata()[0]
        for line in panel_of(draw(), "il_6").get_lines()
        if len(line.get_xdata())
    ]
    assert 0.1 < max(days) - min(days) < 1


def test_only_the_panels_arms_are_drawn():
    colours = {colour for colour, _ in lines(draw(chosen=(0,)), "il_6", means=False)}
    assert colours == {style.BLUE}


def test_the_axis_is_logarithmic_with_plain_round_ticks():
    figure = draw()
    figure.draw_without_rendering()
    ticks = {}
    for variable in LABELS:
        axes = panel_of(figure, variable)
        assert axes.get_yscale() == "log"
        low, high = axes.get_ylim()
        pairs = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
        ticks[variable] = [text.get_text() for tick, text in pairs if low <= tick <= high]
    assert ticks == {
        "il_6": ["1", "10", "100", "1,000", "10,000"],
        "crp": ["50", "100", "150", "200"],
        "leucocytes": ["10", "15", "20", "25"],
    }


def test_titles_have_units_as_printed():
    written = words_of(draw())
    assert {"IL-6 (pg/mL)", "C-reactive protein (mg/L)", "Leucocytes (10³/µL)"} <= set(written)


def test_the_key_explains_only_the_marks_that_are_drawn():
    plain = [value for value in VALUES if value[-1] == "none"]
    assert "Open marks" in " ".join(words_of(draw()))
    assert "Open triangles" in " ".join(words_of(draw()))
    assert "Open" not in " ".join(words_of(draw(plain)))


def test_a_value_of_zero_is_said_to_be_missing_from_the_axis():
    assert "Values of 0" not in " ".join(words_of(draw()))
    zero = [*VALUES, ("B", 0, "crp", 3, 0.0, "none")]
    assert "Values of 0 have no place on this axis." in " ".join(words_of(draw(zero)))


def test_a_variable_nobody_has_says_so():
    without = [value for value in VALUES if value[2] != "leucocytes"]
    figure = draw(without)
    assert [text.get_text() for text in panel_of(figure, "leucocytes").texts] == ["no values"]
    check_legible(figure)


@pytest.mark.parametrize("arms", [ARMS, RHC_ARMS], ids=["short labels", "long labels"])
def test_texts_are_legible_and_clear_of_each_other(arms):
    check_legible(draw(arms=arms))


def test_the_mark_is_there_only_for_synthetic_data():
    assert "SYNTHETIC DATA" in words_of(draw())
    assert "SYNTHETIC DATA" not in words_of(draw(synthetic=False))
