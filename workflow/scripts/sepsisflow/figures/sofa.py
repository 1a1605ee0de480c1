"""SOFA by study day: individual courses, and median with quartiles."""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sepsisflow.figures import style
from sepsisflow.figures.style import Look
from sepsisflow.formats import number

LEFT, RIGHT, TOP, BOTTOM = 12.0, 3.0, 3.0, 4.0  # mm
PANEL, TITLE, COUNTS = 33.0, 5.0, 8.5  # mm: heights of a panel, its title, what lies beneath
KEY = "Thin lines: participants. Marks: median and quartiles."


def plot_sofa(
    estimates: pd.DataFrame,
    courses: pd.DataFrame,
    *,
    arms: dict,
    sofa: dict,
    sizes: dict,
    synthetic: bool,
) -> Figure:
    """Draw the score by study day, one panel per arm, with the participants beneath each day.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The SOFA analysis: ``median``, ``q1`` and ``q3`` by arm and day; their ``n`` is printed.
    courses : DataFrame, one row per analysed participant and score
        As `score_courses`: ``participant_id``, ``arm``, ``study_day``, ``value`` (points).
    arms : dict of arm -> {label, role, …}
    sofa : dict
        ``days``, the study days analysed; other days are not drawn.
    sizes : dict
        ``width_mm``, the width of a column.
    synthetic : bool
        Whether the figure must say so.

    Returns
    -------
    Figure of one column; its axes are labelled with the arms and share both scales
    """
    looks = style.arm_looks(arms)
    block = TITLE + PANEL + COUNTS
    with style.theme():
        figure = style.new_figure(
            sizes["width_mm"], TOP + block * len(looks) + BOTTOM, synthetic=synthetic
        )
        axes = None
        for place, (arm, look) in enumerate(looks.items()):
            axes = style.add_axes(
                figure,
                left=LEFT,
                top=TOP + TITLE + block * place,
                width=sizes["width_mm"] - LEFT - RIGHT,
                height=PANEL,
                label=arm,
                sharex=axes,
                sharey=axes,
            )
            drawn = courses[courses["arm"].eq(arm) & courses["study_day"].isin(sofa["days"])]
            _draw_courses(axes, drawn, look)
            _draw_summary(axes, _by_day(estimates, arm), look)
        _set_axes(axes, sofa["days"])
        axes.set_xlabel(style.STUDY_DAY, labelpad=13)
        style.write_key(figure, KEY)
    return figure


def _by_day(estimates: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return one row per study day with columns median, q1, q3 and n."""
    rows = estimates[estimates["group"].eq(arm) & estimates["comparator"].isna()]
    rows = rows[rows["statistic"].isin(["median", "q1", "q3"])]
    summary = rows.pivot(index="study_day", columns="statistic", values="value")
    return summary.assign(n=rows.groupby("study_day")["n"].first()).reset_index()


def _draw_courses(axes: Axes, courses: pd.DataFrame, look: Look) -> None:
    sns.lineplot(
        courses,
        x="study_day",
        y="value",
        units="participant_id",
        estimator=None,
        color=look.colour,
        linewidth=0.5,
        alpha=style.course_opacity(courses["participant_id"].nunique()),
        legend=False,
        ax=axes,
    )


def _draw_summary(axes: Axes, summary: pd.DataFrame, look: Look) -> None:
    """Draw median and quartiles over the courses and write the participants beneath each day."""
    axes.errorbar(
        summary["study_day"],
        summary["median"],
        yerr=[summary["median"] - summary["q1"], summary["q3"] - summary["median"]],
        color=look.colour,
        linestyle=look.dashes,
        marker=look.marker,
        markeredgecolor="white",
        markeredgewidth=0.4,
        markersize=4,
        elinewidth=1.1,
        clip_on=False,
        zorder=5,
    )
    axes.set_title(look.label, loc="left", color=look.colour, fontweight="bold")
    axes.set(xlabel="", ylabel="SOFA (points)")
    beneath = -6.2 / PANEL
    axes.text(-0.06, beneath, "n", transform=axes.transAxes, va="center", ha="right")
    for day, count in zip(summary["study_day"], summary["n"], strict=True):
        axes.text(
            day,
            beneath,
            number(count, 0),
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="center",
        )


def _set_axes(axes: Axes, days: list[int]) -> None:
    """Scale the panels, which share their axes: scores from 0, a tick at each day analysed."""
    axes.set_ylim(bottom=0)
    axes.set_xlim(min(days) - 0.5, max(days) + 0.5)
    axes.set_xticks(days)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
