"""Definitions of a score side by side: how high, who reaches 2 points, and where they differ."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sepsisflow.figures import style
from sepsisflow.figures.style import BLUE, INK, LINE_MM, QUIET, SIZE, VERMILION
from sepsisflow.formats import MISSING, format_row, number, percent
from sepsisflow.schemas.score_comparison import REACHING, Comparison
from sepsisflow.scores.sepsis_definitions import NOT_SEPSIS_3
from sepsisflow.scores.side_by_side import component_labels

NAMES, HIGHEST, REACHED, CELL = 38.0, 42.0, 28.0, 9.0  # mm: widths of the columns, at most
GAP, EDGE, TOP = 5.0, 2.0, 4.0  # mm
ROW, HEAD = 10.0, 19.0  # mm: height of a definition's row, and of the names beneath
REMARKED = 16.0  # mm: height of rows of which one has two lines beneath its mark
RING, DOT = 7.0, 3.6  # points: marks of the first day and of any
LINE = 1.35 * SIZE * style.MM_PER_POINT  # mm: from one line of a panel's title to the next
SCALE = 0.25  # least share of days at the dark end of the colours, so that few stay pale
PALE, SHADES = "#CFE3F1", ("#F1F5F8", "#74B6DE")  # the darkest one still bears dark text


def plot_score_comparison(
    estimates: pd.DataFrame,
    *,
    definitions: dict,
    sepsis: dict,
    population: str,
    sizes: dict,
    synthetic: bool,
) -> Figure:
    """Draw a row per definition.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The analysis ``score_comparison``.
    definitions : dict of name -> {title, labels, sepsis_3, …}
        As `side_by_side`; the first is the one that the others are compared with.
    sepsis : dict of name -> {score, …}
        Definitions of sepsis; of each score the first is drawn.
    population : str
        Population of the estimates.
    sizes : dict
        ``width_mm``, the width of a page.
    synthetic : bool
        Whether the figure must say so.

    Returns
    -------
    Figure whose axes, labelled highest, reached and different, share their rows
    """
    found = _Found(definitions, sepsis, Comparison(estimates, population))
    columns = {
        key: text
        for key, text in component_labels(definitions).items()
        if not np.isnan(found.differences("days", [key])).all()
    }
    columns |= {"total": "Total"}
    wide = sizes["width_mm"] - NAMES - HIGHEST - REACHED - 2 * GAP - 2 * EDGE
    cell = min(CELL, wide / len(columns))
    title = f"Other points than {definitions[found.reference]['title']}"
    titles = style.wrap(title, wide, size=SIZE)
    lines = max(len(_title_lines(each)) for each in definitions.values())
    remarked = not all(map(found.of_sepsis_3, found.cases))
    row = max(REMARKED if remarked else ROW, LINE_MM * (lines + 2) + 2)
    box = {"top": TOP + LINE * (1 + len(titles)), "height": row * len(definitions)}
    left = EDGE + NAMES
    with style.theme():
        figure = style.new_figure(
            sizes["width_mm"], box["top"] + box["height"] + HEAD + EDGE, synthetic=synthetic
        )
        highest = style.add_axes(figure, left=left, width=HIGHEST, label="highest", **box)
        left += HIGHEST + GAP
        reached = style.add_axes(figure, left=left, width=REACHED, label="reached", **box)
        left += REACHED + GAP
        different = style.add_axes(
            figure, left=left, width=cell * len(columns), label="different", **box
        )
        _draw_highest(highest, found)
        _draw_reached(reached, found)
        _draw_different(different, found, list(columns))
        _write_columns(different, list(columns.values()))
        _write_title(highest, ["Highest score of a day"], "median, quartiles and range; ◇ mean")
        _write_title(reached, ["2 points or more"], _reached_key(found))
        _write_title(different, titles, "% of days; below, mean difference in points")
        _write_names(highest, found)
    return figure


class _Found(NamedTuple):
    """Definitions, the first of which is the reference, and their estimates."""

    definitions: dict
    sepsis: dict
    estimates: Comparison

    @property
    def reference(self) -> str:
        """The definition that the others are compared with."""
        return next(iter(self.definitions))

    @property
    def places(self) -> np.ndarray:
        """Where the rows stand."""
        return np.arange(len(self.definitions))

    def values(self, endpoint: str, statistic: str, **where) -> list[float]:
        """A statistic of each definition."""
        return [
            self.estimates.value(endpoint, name, statistic, **where) for name in self.definitions
        ]

    @property
    def cases(self) -> dict[int, dict]:
        """Estimate of who has sepsis by the first definition that looks at a row's score."""
        rows = list(self.definitions)
        return {
            rows.index(described["score"]): self.estimates.row("sepsis", name, "proportion")
            for name, described in reversed(self.sepsis.items())
        }

    def of_sepsis_3(self, place: int) -> bool:
        """Whether a rise of a row's score may be called Sepsis-3."""
        return [*self.definitions.values()][place]["sepsis_3"]

    def differences(self, statistic: str, columns: list[str]) -> np.ndarray:
        """A statistic of each definition against the first, by component; NaN: not compared."""
        against = {"against": self.reference}
        return np.transpose([self.values(column, statistic, **against) for column in columns])


def _draw_highest(axes: Axes, found: _Found) -> None:
    """Draw boxes of the participants' highest daily scores."""
    parts = {"med": "median", "q1": "q1", "q3": "q3", "whislo": "minimum", "whishi": "maximum"}
    parts |= {"mean": "mean"}
    values = {part: found.values("highest", name) for part, name in parts.items()}
    boxes = [dict(zip(values, each, strict=True)) for each in zip(*values.values(), strict=True)]
    line = {"color": INK, "linewidth": 0.8}
    axes.bxp(
        boxes,
        positions=found.places,
        orientation="horizontal",
        widths=0.42,
        showfliers=False,
        showmeans=True,
        patch_artist=True,
        boxprops={"facecolor": PALE, "edgecolor": INK, "linewidth": 0.8},
        medianprops={"color": BLUE, "linewidth": 1.8},
        whiskerprops=line,
        capprops=line,
        meanprops={
            "marker": "D",
            "markersize": 3,
            "markerfacecolor": "white",
            "markeredgecolor": INK,
            "markeredgewidth": 0.7,
        },
    )
    most = np.array(values["whishi"])
    axes.set_xlim(0, np.nanmax(most, initial=1) + 0.5)
    for place in np.flatnonzero(np.isnan(most)):
        where = {"transform": axes.get_yaxis_transform(), "va": "center"}
        axes.text(0.02, place, "nothing observed", color=QUIET, style="italic", **where)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel("Points")
    _set_rows(axes, found)


def _draw_reached(axes: Axes, found: _Found) -> None:
    """Draw which share of participants reaches 2 points, on the first day and on any."""
    first = found.values(REACHING["first_day"], "proportion", day=1)
    later = found.values(REACHING["highest"], "proportion")
    axes.hlines(found.places, first, later, color=QUIET, linewidth=0.8)
    dots = {"marker": "o", "linestyle": "", "zorder": 3, "clip_on": False}
    # The ring is the larger, so that it is seen around a dot at the same share.
    axes.plot(first, found.places, color=BLUE, markerfacecolor="white", markersize=RING, **dots)
    axes.plot(later, found.places, color=BLUE, markersize=DOT, **dots)
    for place, ends in enumerate(zip(first, later, strict=True)):
        text = ", ".join(dict.fromkeys(percent(each, 0) for each in ends))
        _write_beside(axes, np.mean(ends), place - 0.3, text, INK)
    line = LINE_MM * len(found.places) / _height(axes)
    for place, row in found.cases.items():
        share = row["value"]
        axes.plot(share, place, color=VERMILION, **{**dots, "marker": "s", "markersize": 4})
        # Whom a definition judges is its own: the numbers that a share is of stand beside it.
        texts = [f"{format_row(row, 'deaths_of')} ({percent(share, 0)})"]
        texts += [] if found.of_sepsis_3(place) else [NOT_SEPSIS_3]
        for at, text in enumerate(texts):
            _write_beside(axes, share, place + 0.3 + at * line, text, VERMILION)
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1])
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.set_xlabel("Participants")
    _set_rows(axes, found)


def _reached_key(found: _Found) -> str:
    return "○ first day  ● any" + ("  ■ sepsis" if found.sepsis else " day")


def _write_beside(axes: Axes, share: float, place: float, text: str, colour: str) -> None:
    """Write a text above or beneath a mark, within the panel."""
    half = style.text_width(text) / REACHED / 2
    middle = min(max(np.nan_to_num(share), half), 1 - half)
    axes.text(middle, place, text, ha="center", va="center_baseline", color=colour)


def _set_rows(axes: Axes, found: _Found) -> None:
    axes.set_ylim(len(found.places) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#E3E3E3", linewidth=0.5)
    axes.set_axisbelow(True)


def _draw_different(axes: Axes, found: _Found, columns: list[str]) -> None:
    """Draw the share of days with other points than the first definition, mean difference below."""
    shares = found.differences("different", columns)
    gaps = found.differences("mean_difference", columns)
    texts = [
        ["" if share != share else f"{_whole(share)}\n{_signed(gap)}" for share, gap in row]
        for row in (zip(*each, strict=True) for each in zip(shares, gaps, strict=True))
    ]
    sns.heatmap(
        shares,
        vmin=0,
        vmax=max(SCALE, np.nanmax(shares, initial=0)),
        cmap=sns.blend_palette(SHADES, as_cmap=True),
        annot=np.array(texts),
        fmt="",
        annot_kws={"fontsize": style.SMALL, "color": INK},
        linewidths=1,
        cbar=False,
        xticklabels=False,
        yticklabels=False,
        ax=axes,
    )
    for place, name in enumerate(found.definitions):
        if name == found.reference:
            axes.text(0.1, place + 0.5, "reference", va="center", color=QUIET, style="italic")
            continue
        for column in np.flatnonzero(np.isnan(shares[place])):
            axes.text(column + 0.5, place + 0.5, MISSING, va="center", ha="center", color=QUIET)


def _whole(share: float) -> str:
    """Write a share in whole percent, without its sign: 0 is nobody."""
    return "<1" if 0 < share < 0.005 else number(100 * share, 0)


def _signed(gap: float) -> str:
    text = number(gap, 1)
    return f"+{text}" if gap > 0 and text != number(0, 1) else text


def _write_columns(axes: Axes, labels: list[str]) -> None:
    """Write the components upright beneath their columns."""
    for column, label in enumerate(labels):
        axes.text(
            column + 0.5,
            -1 / _height(axes),
            "\n".join(style.wrap(label, HEAD - 1)),
            transform=axes.get_xaxis_transform(),
            rotation=90,
            ha="center",
            va="top",
        )


def _write_title(axes: Axes, lines: list[str], key: str) -> None:
    """Write a panel's title, and quietly what its marks are, above it."""
    texts = [(line, INK, SIZE) for line in lines] + [(key, QUIET, style.SMALL)]
    for place, (text, colour, size) in enumerate(reversed(texts)):
        axes.text(
            0,
            1 + (1 + place * LINE) / _height(axes),
            text,
            transform=axes.transAxes,
            color=colour,
            fontsize=size,
        )


def _height(axes: Axes) -> float:
    """Height of axes, mm."""
    return axes.get_window_extent().height / axes.figure.dpi * style.MM_PER_INCH


def _write_names(axes: Axes, found: _Found) -> None:
    """Write each definition's title, participants and days to the left of its row."""
    line = LINE_MM * len(found.definitions) / _height(axes)
    for place, (name, described) in enumerate(found.definitions.items()):
        scored, days = (
            found.estimates.row("participants", name, statistic) for statistic in ("scored", "days")
        )
        title = _title_lines(described)
        span = "one window" if described["step"] == "window" else f"{number(days['value'], 0)} days"
        most = sum(described["points"].values())
        counts = f"n = {number(scored['n_events'], 0)}; {span}; 0–{most} points"
        remarks = [counts] if described["sepsis_3"] else [counts, f"2 points: {NOT_SEPSIS_3}"]
        for at, text in enumerate([*title, *remarks]):
            axes.text(
                -(NAMES - 0.5) / HIGHEST,
                place + (at - (len(title) + len(remarks) - 1) / 2) * line,
                text,
                transform=axes.get_yaxis_transform(),
                va="center_baseline",
                color=INK if at < len(title) else QUIET,
                fontweight="bold" if at < len(title) and name == found.reference else "normal",
            )


def _title_lines(described: dict) -> list[str]:
    """Break a definition's title, with room for bold letters."""
    return style.wrap(described["title"], NAMES - 2, bold=True)
