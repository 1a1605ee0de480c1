"""SOFA figure: courses are the participants' scores, marks are rows of the estimates."""

import numpy as np
import pandas as pd
import pytest
from estimate_examples import ARMS, RHC_ARMS, SIZES, estimates, row
from figure_checks import check_legible, words_of
from sepsisflow.figures import style
from sepsisflow.figures.sofa import plot_sofa

SOFA = {"days": [1, 3, 28]}
# Of each arm and day: median, quartiles, participants.
SUMMARY = {
    (0, 1): (9, 7, 11, 10),
    (0, 3): (8, 6, 10, 10),
    (0, 28): (3, 2, 4, 7),
    (1, 1): (10, 8, 12, 20),
    (1, 3): (9.5, 7, 12, 19),
    (1, 28): (6, 5, 9, 12),
}
# Participant, index of the arm, study day, score.
SCORES = [
    ("A", 0, 1, 9.0),
    ("A", 0, 3, 8.0),
    ("A", 0, 4, 24.0),  # a day that is not analysed
    ("B", 0, 1, 12.0),
    ("B", 0, 28, 3.0),
    ("X", 1, 1, 10.0),
    ("X", 1, 3, 16.0),
]


def draw(arms=ARMS, *, summary=SUMMARY, scores=SCORES, synthetic=True):
    names = list(arms)
    rows = [
        row(f"sofa.total.analysed.{names[arm]}@{day}.{statistic}", value, n=count)
        for (arm, day), (*values, count) in summary.items()
        for statistic, value in zip(("median", "q1", "q3"), values, strict=True)
    ]
    # The change of an arm has another n, which must not be taken for the day's.
    rows.append(row(f"sofa.total.analysed.{names[0]}@3.change_hl", -1.0, -2.0, 0.0, n=4))
    courses = pd.DataFrame(scores, columns=["participant_id", "arm", "study_day", "value"])
    courses["arm"] = [names[arm] for arm in courses["arm"]]
    return plot_sofa(
        estimates(*rows), courses, arms=arms, sofa=SOFA, sizes=SIZES, synthetic=synthetic
    )


def panel(figure, arm):
    return next(axes for axes in figure.axes if axes.get_label() == arm)


def lines_of_panel(figure, arm):
    """Separate the participants' lines from the one with a marker: the medians'."""
    lines = panel(figure, arm).get_lines()
    courses = [line.get_xydata().tolist() for line in lines if line.get_marker() == "None"]
    (medians,) = [line for line in lines if line.get_marker() not in ("None", "|", "_")]
    return courses, medians


def test_each_participant_has_a_course_on_the_days_analysed():
    courses, _ = lines_of_panel(draw(), "msc")
    assert sorted(courses) == [[[1, 9], [3, 8]], [[1, 12], [28, 3]]]


def test_marks_are_the_medians_and_bars_the_quartiles():
    figure = draw()
    _, medians = lines_of_panel(figure, "msc")
    assert medians.get_xydata().tolist() == [[1, 9], [3, 8], [28, 3]]
    (bars,) = panel(figure, "msc").containers[0].lines[2]
    ends = [segment[:, 1].tolist() for segment in bars.get_segments()]
    assert ends == [[7, 11], [6, 10], [2, 4]]


def test_participants_are_counted_beneath_each_day():
    figure = draw()
    counts = {
        arm: {
            text.get_position()[0]: text.get_text()
            for text in panel(figure, arm).texts
            if text.get_text() != "n"
        }
        for arm in ARMS
    }
    assert counts["msc"] == {1: "10", 3: "10", 28: "7"}
    assert counts["control"] == {1: "20", 3: "19", 28: "12"}


def test_panels_share_their_scales_which_start_at_no_failure():
    figure = draw()
    limits = {axes.get_ylim() for axes in figure.axes}
    assert len(limits) == 1
    low, high = limits.pop()
    assert low == 0
    assert 16 <= high < 24
    assert {tuple(axes.get_xticks()) for axes in figure.axes} == {(1, 3, 28)}


def test_panels_are_named_and_coloured_as_their_arms():
    figure = draw()
    titles = {arm: panel(figure, arm).get_title(loc="left") for arm in ARMS}
    assert titles == {"msc": "MSC", "control": "Control"}
    _, medians = lines_of_panel(figure, "control")
    assert medians.get_color() == style.VERMILION


def test_a_day_without_scores_leaves_a_gap():
    nobody = {(0, 28): (np.nan, np.nan, np.nan, 0)}
    _, medians = lines_of_panel(draw(summary={**SUMMARY, **nobody}), "msc")
    assert np.isnan(medians.get_ydata()[-1])


def test_counts_without_room_beside_their_neighbours_are_left_out():
    figure = draw(summary={**SUMMARY, (1, 1): (10, 8, 12, 2000), (1, 3): (9, 7, 12, 1900)})
    counts = [text.get_text() for text in panel(figure, "control").texts]
    assert counts == ["n", "2,000", "12"]
    assert figure.axes[0].get_xticks(minor=True).tolist() == [3]
    check_legible(figure)


def test_an_arm_that_nobody_scored_has_an_empty_panel():
    nobody = {(1, day): (np.nan, np.nan, np.nan, 0) for day in SOFA["days"]}
    scores = [score for score in SCORES if score[1] == 0]
    figure = draw(summary={**SUMMARY, **nobody}, scores=scores)
    courses, _ = lines_of_panel(figure, "control")
    assert courses == []
    check_legible(figure)


@pytest.mark.parametrize("arms", [ARMS, RHC_ARMS], ids=["short labels", "long labels"])
def test_texts_are_legible_and_clear_of_each_other(arms):
    figure = draw(arms)
    check_legible(figure)
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(85)


def test_axes_say_what_they_measure():
    written = words_of(draw())
    assert written.count("SOFA (points)") == 2
    assert written.count("Study day (day 1: first 24 h from time zero)") == 1
    assert "SYNTHETIC DATA" in written
    assert "SYNTHETIC DATA" not in words_of(draw(synthetic=False))
