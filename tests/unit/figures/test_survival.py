"""Kaplan–Meier figure: every mark and text is a row of the estimates."""

import numpy as np
import pytest
from estimate_examples import ARMS, RHC_ARMS, SIZES, estimates, row, survival_estimates
from figure_checks import check_legible, words_of
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from sepsisflow.figures import style
from sepsisflow.figures.survival import plot_survival

SURVIVAL = {"follow_up_days": 28, "risk_table_days": [0, 14, 28]}


def draw(table, arms=ARMS, *, synthetic=True):
    return plot_survival(table, arms=arms, survival=SURVIVAL, sizes=SIZES, synthetic=synthetic)


def axes_of(figure, label):
    return next(axes for axes in figure.axes if axes.get_label() == label)


def curve_of(figure, colour):
    lines = axes_of(figure, "curves").get_lines()
    return next(
        line for line in lines if line.get_color() == colour and line.get_drawstyle() != "default"
    )


def test_a_curve_has_a_step_for_each_row_of_its_arm():
    figure = draw(survival_estimates())
    treated, control = (curve_of(figure, colour) for colour in (style.BLUE, style.VERMILION))
    assert treated.get_drawstyle() == control.get_drawstyle() == "steps-post"
    assert treated.get_xydata().tolist() == [[0, 1], [14, 1], [15.5, 0.9], [28, 0.9]]
    assert control.get_xydata().tolist() == [[0, 1], [2, 0.9], [14, 0.9], [28, 0.9]]


def test_a_curve_ends_with_the_last_participant_followed():
    table = survival_estimates()
    gone = table["key"].eq("survival.death.analysed.control@28.survival_probability")
    table.loc[gone, ["value", "lower", "upper"]] = np.nan
    assert curve_of(draw(table), style.VERMILION).get_xdata().max() == 14


def test_the_band_covers_the_interval_and_only_where_there_is_one():
    bands = [
        each
        for each in axes_of(draw(survival_estimates()), "curves").collections
        if isinstance(each, FillBetweenPolyCollection)
    ]
    extents = {to_hex(band.get_facecolor()[0]).upper(): band.get_paths() for band in bands}
    (treated,) = extents[style.BLUE]
    assert treated.get_extents().extents == pytest.approx([15.5, 0.473, 28, 0.985])
    (control,) = extents[style.VERMILION]
    assert control.get_extents().extents == pytest.approx([2, 0.656, 28, 0.974])


def test_each_censoring_is_a_tick_on_its_curve():
    lines = axes_of(draw(survival_estimates()), "curves").get_lines()
    ticks = {line.get_color(): line for line in lines if line.get_marker() == "|"}
    assert ticks[style.VERMILION].get_xydata().tolist() == [[9, 0.9]]
    assert ticks[style.BLUE].get_xydata().size == 0


def test_numbers_at_risk_stand_under_their_days():
    table = axes_of(draw(survival_estimates(scale=1000)), "numbers at risk")
    numbers = [(*each.get_position(), each.get_text()) for each in table.texts]
    treated = [(x, text) for x, y, text in numbers if y == 2.5]
    control = [(x, text) for x, y, text in numbers if y == 4.5]
    assert treated == [(0, "10,000"), (14, "10,000"), (28, "9,000")]
    assert control == [(0, "20,000"), (14, "17,000"), (28, "17,000")]


def test_the_axis_is_whole_and_ends_with_follow_up():
    figure = draw(survival_estimates())
    axes = axes_of(figure, "curves")
    assert axes.get_ylim() == (0, 1)
    assert axes.get_xlim() == (0, 28)
    assert axes.get_xticks().tolist() == [0, 14, 28]
    assert [axes.get_xlabel(), axes.get_ylabel()] == ["Days from time zero", "Alive (%)"]
    assert {"0", "20", "100"} <= set(words_of(figure))


def test_the_comparison_is_written_as_estimated():
    written = words_of(draw(survival_estimates()))
    assert "Hazard ratio 0.61 (95% CI 0.16 to 2.31)" in written
    assert "Log-rank p = 0.074" in written
    assert "Shading: pointwise 95% CI" in written


def test_the_reference_of_the_ratio_is_named():
    legend = axes_of(draw(survival_estimates()), "curves").get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["MSC", "Control (reference)"]


def test_a_ratio_that_cannot_be_estimated_says_so():
    table = survival_estimates()
    table.loc[table["statistic"].isin(["hazard_ratio", "logrank_p"]), "value"] = np.nan
    assert {"Hazard ratio not estimable", "Log-rank p not estimable"} <= set(words_of(draw(table)))


def test_a_small_p_has_one_sign():
    table = survival_estimates()
    table.loc[table["statistic"].eq("logrank_p"), "value"] = 1e-9
    assert "Log-rank p <0.001" in words_of(draw(table))


def test_nothing_is_said_of_intervals_where_there_is_none():
    at = "survival.death.analysed"
    table = estimates(
        *(row(f"{at}.{arm}@{day}.survival_probability", 1.0) for arm in ARMS for day in (0, 28)),
        *(row(f"{at}.{arm}@0.at_risk", 5) for arm in ARMS),
    )
    assert not any("Shading" in text for text in words_of(draw(table)))


@pytest.mark.parametrize("lowest", [0.1, 0.3, 0.7, 0.9])
@pytest.mark.parametrize("arms", [ARMS, RHC_ARMS], ids=["short labels", "long labels"])
def test_texts_are_legible_and_clear_of_each_other_and_of_the_curves(arms, lowest):
    table = survival_estimates(arms, scale=100)
    died = table["statistic"].eq("survival_probability") & table["value"].lt(1)
    table.loc[died, "value"] = lowest
    table.loc[died, "lower"] = lowest - 0.1
    table.loc[died, "upper"] = lowest + 0.1
    figure = draw(table, arms)
    check_legible(figure)
    axes = axes_of(figure, "curves")
    key = Bbox.union(
        [axes.get_legend().get_window_extent(), *(each.get_window_extent() for each in axes.texts)]
    )
    for line in axes.get_lines():
        if line.get_drawstyle() == "steps-post":
            days, values = line.get_data()
            steps = Path(list(zip(np.repeat(days, 2)[1:], np.repeat(values, 2)[:-1], strict=True)))
            assert not axes.transData.transform_path(steps).intersects_bbox(key, filled=False)


def test_the_mark_is_there_only_for_synthetic_data():
    assert "SYNTHETIC DATA" in words_of(draw(survival_estimates()))
    assert "SYNTHETIC DATA" not in words_of(draw(survival_estimates(), synthetic=False))
