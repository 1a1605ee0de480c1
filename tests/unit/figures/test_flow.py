"""Flow figure: boxes say what the flow counts, and hold their texts."""

import pandas as pd
import pytest
from estimate_examples import ARMS, RHC_ARMS, SIZES
from figure_checks import check_legible, words_of
from matplotlib.patches import Rectangle
from sepsisflow.figures import style
from sepsisflow.figures.flow import PAD, lay_out, plot_flow

SELECTED = [
    ("msc", "screened", "Screened", None, 10),
    ("msc", "age", "Age 18 to 80 years", 0, 10),
    ("msc", "cancer", "No terminal cancer", 0, 10),
    ("msc", "eligible", "Eligible", None, 10),
    ("msc", "analysed", "Analysed", None, 10),
    ("pool", "screened", "Screened", None, 1060),
    ("pool", "age", "Age 18 to 80 years", 1002, 58),
    ("pool", "sepsis", "Sepsis or septic shock", 0, 58),
    ("pool", "heart", "No heart failure of NYHA class III or IV, treated or untreated", 23, 35),
    ("pool", "eligible", "Eligible", None, 35),
    ("pool", "not_selected", "Not selected as control", 15, 20),
    ("pool", "no_time_zero", "No first dose recorded", 1, 19),
    ("pool", "analysed", "Analysed", None, 19),
]
RECORDED = [
    (arm, step, step.capitalize(), None, count)
    for arm, count in (("rhc", 2184), ("no_rhc", 3551))
    for step in ("screened", "eligible", "analysed")
]


def table(rows):
    columns = ["group", "step", "label", "n_excluded", "n_remaining"]
    flow = pd.DataFrame(rows, columns=columns).astype({"n_excluded": "Int64"})
    return flow.assign(sequence=range(1, len(flow) + 1))


def boxes(rows, arms=ARMS):
    diagram = lay_out(table(rows), arms=arms, sizes=SIZES)
    return [[line.replace("\xa0", " ") for line in box.lines] for box in diagram.boxes]


def test_boxes_say_what_the_flow_counts():
    assert boxes(SELECTED) == [
        ["MSC", "Screened (n = 10)"],
        ["Excluded (n = 0)"],
        ["Eligible (n = 10)"],
        ["MSC", "Analysed (n = 10)"],
        ["Candidate controls", "Screened (n = 1,060)"],
        [
            "Excluded (n = 1,025)",
            "First criterion not met:",
            "• Age 18 to 80 years: 1,002",
            "• No heart failure of NYHA class III",
            "   or IV, treated or untreated: 23",
        ],
        ["Eligible (n = 35)"],
        ["Not selected as control (n = 15)", "No first dose recorded (n = 1)"],
        ["Control", "Analysed (n = 19)"],
    ]


def test_arms_as_recorded_have_a_lane_each():
    assert boxes(RECORDED, RHC_ARMS) == [
        ["Right heart catheterisation", "Screened (n = 2,184)"],
        ["Eligible (n = 2,184)"],
        ["Right heart catheterisation", "Analysed (n = 2,184)"],
        ["No right heart", "catheterisation", "Screened (n = 3,551)"],
        ["Eligible (n = 3,551)"],
        ["No right heart", "catheterisation", "Analysed (n = 3,551)"],
    ]


def test_rows_count_in_their_sequence_wherever_they_stand():
    shuffled = table(SELECTED).sample(frac=1, random_state=1)
    diagrams = [lay_out(flow, arms=ARMS, sizes=SIZES) for flow in (table(SELECTED), shuffled)]
    assert diagrams[0] == diagrams[1]


@pytest.mark.parametrize(("rows", "arms"), [(SELECTED, ARMS), (RECORDED, RHC_ARMS)])
def test_boxes_hold_their_texts_and_keep_apart(rows, arms):
    diagram = lay_out(table(rows), arms=arms, sizes=SIZES)
    for box in diagram.boxes:
        assert 0 <= box.left < box.left + box.width <= diagram.width
        for place, line in enumerate(box.lines):
            assert style.text_width(line, bold=place < box.bold) <= box.width - 2 * PAD
    for first in diagram.boxes:
        for second in diagram.boxes:
            assert (
                first is second
                or first.bottom < second.top
                or second.bottom < first.top
                or first.left + first.width < second.left
                or second.left + second.width < first.left
            )


@pytest.mark.parametrize(("rows", "arms"), [(SELECTED, ARMS), (RECORDED, RHC_ARMS)])
def test_the_figure_is_legible(rows, arms):
    check_legible(plot_flow(table(rows), arms=arms, sizes=SIZES, synthetic=True))


def test_lanes_end_level_and_in_the_colours_of_their_arms():
    treated, control = lay_out(table(SELECTED), arms=ARMS, sizes=SIZES).ends
    assert treated.top == control.top
    assert (treated.colour, control.colour) == (style.BLUE, style.VERMILION)


def test_the_figure_is_a_column_wide_unless_exclusions_need_the_page():
    assert lay_out(table(RECORDED), arms=RHC_ARMS, sizes=SIZES).width == 85
    assert lay_out(table(SELECTED), arms=ARMS, sizes=SIZES).width == 174


def test_each_state_is_reached_by_an_arrow_and_exclusions_branch_off_it():
    diagram = lay_out(table(SELECTED), arms=ARMS, sizes=SIZES)
    down = [(start, end) for start, end in diagram.arrows if start[0] == end[0]]
    across = [(start, end) for start, end in diagram.arrows if start[1] == end[1]]
    assert (len(down), len(across)) == (4, 3)
    for start, end in across:
        assert any(top[0] == start[0] and top[1] < start[1] < foot[1] for top, foot in down)
        assert any(box.left == end[0] and box.beside for box in diagram.boxes)


def test_the_drawing_holds_the_laid_out_boxes_and_texts():
    figure = plot_flow(table(SELECTED), arms=ARMS, sizes=SIZES, synthetic=False)
    diagram = lay_out(table(SELECTED), arms=ARMS, sizes=SIZES)
    drawn = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert [patch.get_width() for patch in drawn] == [box.width for box in diagram.boxes]
    assert words_of(figure) == [line for box in diagram.boxes for line in box.lines]
