"""Biomarkers by study day on a logarithmic axis, one small panel per variable."""

import math

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

from sepsisflow.figures import style
from sepsisflow.figures.style import LINE_MM, MM_PER_INCH, QUIET, Look
from sepsisflow.labels import with_unit

COLUMNS = 2
LEFT, GAP, RIGHT = 11.0, 12.0, 2.0  # mm: left of, between and right of the columns of panels
KEY_TOP, TITLE, PANEL, BETWEEN, BOTTOM = 1.2, 6.0, 25.0, 11.0, 9.0  # mm, from above
MARGIN = 0.04  # before the first and after the last day, as a fraction of the days between
BESIDE = 0.022  # arms stand this fraction of the days beside each other
MARKS = {
    "below": "Open marks: below the limit of quantification, drawn at the limit.",
    "above": "Open triangles: above the range measured, drawn at its end.",
}
NOT_DRAWN = "Values of 0 have no place on this axis."


def plot_biomarkers(
    estimates: pd.DataFrame,
    courses: pd.DataFrame,
    *,
    panel: dict,
    labels: dict,
    arms: dict,
    sizes: dict,
    synthetic: bool,
) -> Figure:
    """Draw each variable's courses and geometric mean by study day.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The panel's analysis: ``geometric_mean`` by variable, arm and day.
    courses : DataFrame, one row per variable, analysed participant and study day
        As `panel_courses`: ``participant_id``, ``arm``, ``study_day``, ``variable``, ``value``
        (canonical unit; the limit where censored), ``censoring``.
    panel : dict
        The study's settings: ``variables``, ``arms`` and ``days``; other days are not drawn.
    labels : dict of variable -> {label, unit}
    arms : dict of arm -> {label, role, …}
    sizes : dict
        ``width_mm``, the width of a column.
    synthetic : bool
        Whether the figure must say so.

    Returns
    -------
    Figure of one column; its axes are labelled with the variables
    """
    every = style.arm_looks(arms)
    looks = {arm: every[arm] for arm in panel["arms"]}
    drawn = courses[courses["study_day"].isin(panel["days"]) & courses["arm"].isin(list(looks))]
    notes = _notes(drawn, sizes["width_mm"] - 4)
    top = KEY_TOP + LINE_MM * (len(looks) + len(notes)) + TITLE
    rows = math.ceil(len(panel["variables"]) / COLUMNS)
    height = top + rows * (PANEL + BETWEEN) - BETWEEN + BOTTOM
    width = (sizes["width_mm"] - LEFT - GAP * (COLUMNS - 1) - RIGHT) / COLUMNS
    with style.theme():
        figure = style.new_figure(sizes["width_mm"], height, synthetic=synthetic)
        _write_key(figure, looks, notes)
        for place, variable in enumerate(panel["variables"]):
            down, across = divmod(place, COLUMNS)
            axes = style.add_axes(
                figure,
                left=LEFT + across * (width + GAP),
                top=top + down * (PANEL + BETWEEN),
                width=width,
                height=PANEL,
                label=variable,
            )
            axes.set_yscale("log", nonpositive="mask")
            values = drawn[drawn["variable"].eq(variable)]
            _draw_arms(axes, values, _means(estimates, variable), looks, panel["days"])
            _set_axes(axes, panel["days"], labels[variable], width, has_values=len(values) > 0)
        figure.text(0.5, 1.2 / height, style.STUDY_DAY, ha="center", fontsize=style.SIZE)
    return figure


def _means(estimates: pd.DataFrame, variable: str) -> pd.DataFrame:
    is_mean = estimates["endpoint"].eq(variable) & estimates["statistic"].eq("geometric_mean")
    return estimates[is_mean].sort_values("study_day", kind="stable")


def _notes(courses: pd.DataFrame, width_mm: float) -> list[str]:
    """Explain the marks that are drawn, in lines no wider than ``width_mm``."""
    seen = set(courses["censoring"])
    words = ["Thin lines: participants.", *(MARKS[kind] for kind in MARKS if kind in seen)]
    words += [NOT_DRAWN] if courses["value"].le(0).any() else []
    return style.wrap(" ".join(words), width_mm)


def _write_key(figure: Figure, looks: dict[str, Look], notes: list[str]) -> None:
    width, height = (size * MM_PER_INCH for size in figure.get_size_inches())
    handles = [
        Line2D(
            [],
            [],
            color=look.colour,
            linestyle=look.dashes,
            marker=look.marker,
            label=f"{look.label}: geometric mean",
        )
        for look in looks.values()
    ]
    top = 1 - KEY_TOP / height
    figure.legend(handles=handles, loc="upper left", bbox_to_anchor=(2 / width, top))
    figure.text(
        2 / width,
        top - LINE_MM * len(looks) / height,
        "\n".join(notes),
        va="top",
        color=QUIET,
        linespacing=1.35,
    )


def _draw_arms(
    axes: Axes, values: pd.DataFrame, means: pd.DataFrame, looks: dict[str, Look], days: list[int]
) -> None:
    """Draw the arms side by side, so that equal values of two arms are both seen."""
    step = BESIDE * (max(days) - min(days))
    opacity = style.course_opacity(values["participant_id"].nunique())
    for place, (arm, look) in enumerate(looks.items()):
        shift = step * (place - (len(looks) - 1) / 2)
        own = values[values["arm"].eq(arm)]
        _draw_courses(axes, own.assign(day=own["study_day"] + shift), look, opacity)
        mean = means[means["group"].eq(arm)]
        axes.plot(
            mean["study_day"] + shift,
            mean["value"],
            color=look.colour,
            linestyle=look.dashes,
            marker=look.marker,
            markeredgecolor="white",
            markeredgewidth=0.4,
            markersize=3.2,
            zorder=6,
        )


def _draw_courses(axes: Axes, values: pd.DataFrame, look: Look, opacity: float) -> None:
    """Draw one arm's participants; values beyond a limit are open marks at the limit."""
    if values.empty:  # seaborn 0.13 fails on it
        return
    sns.lineplot(
        values,
        x="day",
        y="value",
        units="participant_id",
        estimator=None,
        color=look.colour,
        linewidth=0.4,
        marker=look.marker,
        markersize=1.5,
        markeredgewidth=0,
        alpha=opacity,
        legend=False,
        ax=axes,
    )
    for kind, marker in (("below", look.marker), ("above", "^")):
        sns.scatterplot(
            values[values["censoring"].eq(kind)],
            x="day",
            y="value",
            marker=marker,
            s=6,
            facecolor="white",
            edgecolor=look.colour,
            linewidth=0.6,
            zorder=5,
            legend=False,
            ax=axes,
        )


def _set_axes(axes: Axes, days: list[int], label: dict, width: float, *, has_values: bool) -> None:
    """Title the panel, and set ticks that can be read in a width in mm."""
    axes.set(xlabel="", ylabel="")
    axes.set_title(with_unit(label["label"], label["unit"]), loc="left")
    margin = MARGIN * (max(days) - min(days))
    axes.set_xlim(min(days) - margin, max(days) + margin)
    mm_per_day = width / (max(days) - min(days) + 2 * margin)
    axes.set_xticks(style.spaced(days, [str(day) for day in days], mm_per_day))
    axes.set_xticks(days, minor=True)
    axes.yaxis.set_major_locator(_locator(*axes.get_ylim()) if has_values else NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(_plain))
    axes.yaxis.set_minor_locator(NullLocator())
    if not has_values:
        axes.text(0.5, 0.5, "no values", transform=axes.transAxes, ha="center", color=QUIET)


def _locator(low: float, high: float) -> LogLocator | MaxNLocator:
    """Choose three to six ticks at round values for a range of any number of decades."""
    decades = math.log10(high / low)
    if decades < 1:
        return MaxNLocator(5, steps=[1, 2, 2.5, 5, 10])
    subs = (1, 2, 5) if decades < 1.8 else (1, 3) if decades < 2.5 else (1,)
    return LogLocator(subs=subs, numticks=8)


def _plain(value: float, _: int) -> str:
    """Write a tick without an exponent: "0.1", "1,000"."""
    return f"{value:,.10g}"
