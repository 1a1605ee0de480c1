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
MARGIN_DAYS = 0.5
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
    summaries = {arm: _by_day(estimates, arm) for arm in looks}
    block = TITLE + PANEL + COUNTS
    width = sizes["width_mm"] - LEFT - RIGHT
    with style.theme():
        figure = style.new_figure(
            sizes["width_mm"], TOP + block * len(looks) + BOTTOM, synthetic=synthetic
        )
        axes = None
        shown = _readable_days(summaries, sofa["days"], width)
        for place, (arm, look) in enumerate(looks.items()):
            axes = style.add_axes(
                figure,
                left=LEFT,
                top=TOP + TITLE + block * place,
                width=width,
                height=PANEL,
                label=arm,
                sharex=axes,
                sharey=axes,
            )
            drawn = courses[courses["arm"].eq(arm) & courses["study_day"].isin(sofa["days"])]
            _draw_courses(axes, drawn, look)
            _draw_summary(axes, summaries[arm], look)
            _write_counts(axes, summaries[arm], shown)
        _set_axes(axes, sofa["days"], shown)
        axes.set_xlabel(style.STUDY_DAY, labelpad=13)
        style.write_key(figure, KEY)
    return figure


def _by_day(estimates: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return one row per study day with columns median, q1, q3 and n."""
    rows = estimates[estimates["group"].eq(arm) & estimates["comparator"].isna()]
    rows = rows[rows["statistic"].isin(["median", "q1", "q3"])]
    summary = rows.pivot(index="study_day", columns="statistic", values="value")
    return summary.assign(n=rows.groupby("study_day")["n"].first()).reset_index()


def _readable_days(
    summaries: dict[str, pd.DataFrame], days: list[int], width: float
) -> list[float]:
    """Choose the days whose numbers of participants have room beneath the axis."""
    counts = pd.concat(summaries.values()).groupby("study_day")["n"].max().reindex(days)
    texts = [max(number(count, 0), str(day), key=len) for day, count in counts.items()]
    return style.spaced(days, texts, width / (max(days) - min(days) + 2 * MARGIN_DAYS))


def _draw_courses(axes: Axes, courses: pd.DataFrame, look: Look) -> None:
    if courses.empty:  # seaborn 0.13 fails on it
        return
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
    """Draw median and quartiles over the courses."""
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


def _write_counts(axes: Axes, summary: pd.DataFrame, days: list[float]) -> None:
    """Write how many participants were scored beneath each of the days."""
    beneath = -6.2 / PANEL
    axes.text(-0.06, beneath, "n", transform=axes.transAxes, va="center", ha="right")
    shown = summary[summary["study_day"].isin(days)]
    for day, count in zip(shown["study_day"], shown["n"], strict=True):
        axes.text(
            day,
            beneath,
            number(count, 0),
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="center",
        )


def _set_axes(axes: Axes, days: list[int], shown: list[float]) -> None:
    """Scale the panels, which share their axes: scores from 0, a tick at each day analysed."""
    axes.set_ylim(bottom=0)
    axes.set_xlim(min(days) - MARGIN_DAYS, max(days) + MARGIN_DAYS)
    axes.set_xticks(shown)
    axes.set_xticks(days, minor=True)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
