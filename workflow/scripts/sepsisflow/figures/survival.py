"""Kaplan–Meier curves with numbers at risk."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sepsisflow.figures import style
from sepsisflow.figures.style import LINE_MM, Look
from sepsisflow.formats import MISSING, format_row

LEFT, RIGHT, TOP, HEIGHT = 12.0, 5.0, 5.0, 50.0  # mm
TABLE_TOP = 10.5  # mm from the time axis to the heading of the numbers at risk
BAND = 0.17  # opacity of an interval
EDGE = 0.015  # from an edge of the axes to the key, as a fraction

Point = tuple[float, float]


class Key(NamedTuple):
    """The arms' labels, and what is written below them; sizes in mm."""

    labels: list[str]
    lines: list[str]

    @property
    def legend_height(self) -> float:
        """Height of the arms' part."""
        return LINE_MM * len(self.labels) + 1

    @property
    def height(self) -> float:
        """Height of the whole."""
        return self.legend_height + LINE_MM * len(self.lines) + 1

    @property
    def width(self) -> float:
        """Width of the longest line."""
        arms = [style.LEGEND_LINE_MM + style.text_width(label) for label in self.labels]
        return max([*arms, *map(style.text_width, self.lines)])


def plot_survival(
    estimates: pd.DataFrame, *, arms: dict, survival: dict, sizes: dict, synthetic: bool
) -> Figure:
    """Draw survival by arm, its interval, the hazard ratio and the numbers at risk.

    Parameters
    ----------
    estimates : DataFrame as `Estimates`
        The survival analysis. Of each arm: ``survival_probability`` by day (a step per row),
        ``at_risk`` on the days of the table, optionally ``censored`` (a tick per row); of each
        comparison ``hazard_ratio`` and ``logrank_p``.
    arms : dict of arm -> {label, role, …}
    survival : dict
        ``follow_up_days`` and ``risk_table_days`` (days from time zero).
    sizes : dict
        ``width_mm``, the width of a column.
    synthetic : bool
        Whether the figure must say so.

    Returns
    -------
    Figure of one column, with axes "curves" and "numbers at risk"
    """
    looks = style.arm_looks(arms)
    curves = {arm: _curve(estimates, arm) for arm in looks}
    width = sizes["width_mm"] - LEFT - RIGHT
    key = _key(estimates, looks)
    corner = _free_corner(curves, key, days=survival["follow_up_days"], width=width)
    top = TOP if corner else TOP + key.height
    below = LINE_MM * (1 + 2 * len(looks))
    with style.theme():
        figure = style.new_figure(
            sizes["width_mm"], top + HEIGHT + TABLE_TOP + below + 1, synthetic=synthetic
        )
        frame = {"left": LEFT, "width": width}
        axes = style.add_axes(figure, top=top, height=HEIGHT, label="curves", **frame)
        _set_axes(axes, survival)
        lines = [_draw_curve(axes, curves[arm], look) for arm, look in looks.items()]
        for arm, look in looks.items():
            _draw_censored(axes, _of_arm(estimates, arm), look)
        _write_key(axes, key, lines, corner or (0.0, 1 + key.height / HEIGHT))
        table = style.add_axes(
            figure,
            top=top + HEIGHT + TABLE_TOP,
            height=below,
            label="numbers at risk",
            sharex=axes,
            **frame,
        )
        _write_numbers_at_risk(table, estimates, looks, width)
    return figure


def _of_arm(estimates: pd.DataFrame, arm: str) -> pd.DataFrame:
    chosen = estimates["group"].eq(arm) & estimates["comparator"].isna()
    return estimates[chosen].sort_values("study_day", kind="stable")


def _set_axes(axes: Axes, survival: dict) -> None:
    axes.set(
        xlim=(0, survival["follow_up_days"]),
        xticks=survival["risk_table_days"],
        xlabel="Days from time zero",
        ylim=(0, 1),
        ylabel="Alive (%)",
    )
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=""))
    axes.spines["left"].set_position(("outward", 3))
    axes.spines["bottom"].set_position(("outward", 3))


def _curve(estimates: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return the steps of an arm: they end with the last participant followed."""
    rows = _of_arm(estimates, arm)
    return rows[rows["statistic"].eq("survival_probability")].dropna(subset=["value"])


def _draw_curve(axes: Axes, curve: pd.DataFrame, look: Look) -> Line2D:
    """Draw one arm's interval, where there is one, and its steps, which are returned."""
    axes.fill_between(
        curve["study_day"],
        curve["lower"],
        curve["upper"],
        step="post",
        color=look.colour,
        alpha=BAND,
        linewidth=0,
    )
    (line,) = axes.plot(
        curve["study_day"],
        curve["value"],
        drawstyle="steps-post",
        color=look.colour,
        linestyle=look.dashes,
        solid_capstyle="butt",
        clip_on=False,
    )
    return line


def _draw_censored(axes: Axes, rows: pd.DataFrame, look: Look) -> None:
    """Draw a tick for each day of a censoring."""
    censored = rows[rows["statistic"].eq("censored")]
    axes.plot(
        censored["study_day"],
        censored["value"],
        "|",
        color=look.colour,
        markersize=4,
        clip_on=False,
    )


def _key(estimates: pd.DataFrame, looks: dict[str, Look]) -> Key:
    """Name the arms, and word the comparison and the shading."""
    labels = [
        look.label if look.role == "treated" else f"{look.label} (reference)"
        for look in looks.values()
    ]
    curves = estimates[estimates["statistic"].eq("survival_probability")]
    return Key(labels, [*_comparison_lines(estimates), *_interval_lines(curves)])


def _free_corner(
    curves: dict[str, pd.DataFrame], key: Key, *, days: float, width: float
) -> Point | None:
    """Find a corner of the axes that no curve or interval enters; None if there is none.

    Returns the upper left corner of the key there, as fractions of the axes.
    """
    wide, high = key.width / width, key.height / HEIGHT
    drawn = [box for curve in curves.values() for box in _boxes(curve, days)]
    for left, bottom in ((EDGE, EDGE), (1 - EDGE - wide, 1 - high), (1 - EDGE - wide, EDGE)):
        right, top = left + wide, bottom + high
        if all(x1 < left or x0 > right or y1 < bottom or y0 > top for x0, x1, y0, y1 in drawn):
            return left, top
    return None


def _boxes(curve: pd.DataFrame, days: float) -> list[tuple[float, float, float, float]]:
    """Enclose each step with its interval, and each drop: left, right, bottom, top."""
    starts = (curve["study_day"] / days).tolist()
    value = curve["value"]
    bottoms, tops = curve["lower"].fillna(value), curve["upper"].fillna(value)
    steps = zip(starts, [*starts[1:], *starts[-1:]], bottoms, tops, strict=True)
    drops = zip(starts[1:], starts[1:], value.iloc[1:], value.iloc[:-1], strict=True)
    return [*steps, *drops]


def _write_key(axes: Axes, key: Key, lines: list[Line2D], corner: Point) -> None:
    """Write arms and comparison below each other from the upper left ``corner``."""
    left, top = corner
    axes.legend(lines, key.labels, loc="upper left", bbox_to_anchor=corner)
    axes.text(
        left,
        top - key.legend_height / HEIGHT,
        "\n".join(key.lines),
        va="top",
        transform=axes.transAxes,
        linespacing=1.35,
    )


def _comparison_lines(estimates: pd.DataFrame) -> list[str]:
    """Word the hazard ratio and the log-rank test of each comparison."""
    rows = estimates[estimates["statistic"].isin(["hazard_ratio", "logrank_p"])]
    lines = []
    for _, pair in rows.groupby(["group", "comparator"], sort=False):
        found = {row["statistic"]: row for row in pair.to_dict("records")}
        ratio = format_row(found["hazard_ratio"], "estimate_interval")
        p = format_row(found["logrank_p"], "p")
        lines.append(f"Hazard ratio {'not estimable' if ratio == MISSING else ratio}")
        lines.append(f"Log-rank p {_after_p(p)}")
    return lines


def _after_p(p: str) -> str:
    if p == MISSING:
        return "not estimable"
    return p if p[0] in "<>" else f"= {p}"


def _interval_lines(curves: pd.DataFrame) -> list[str]:
    """Say what the shading is, if any arm has an interval."""
    level = curves.loc[curves["lower"].notna(), "level"]
    return [f"Shading: pointwise {100 * level.iloc[0]:.4g}% CI"] if len(level) else []


def _write_numbers_at_risk(
    axes: Axes, estimates: pd.DataFrame, looks: dict[str, Look], width: float
) -> None:
    """Write the numbers at risk, each under its day on the axis above, as far as there is room.

    ``width`` of the axes in mm.
    """
    axes.set_axis_off()
    axes.set_ylim(1 + 2 * len(looks), 0)
    start = {"x": (2 - LEFT) / width, "transform": axes.get_yaxis_transform(), "va": "center"}
    axes.text(y=0.5, s="Number at risk", fontweight="bold", **start)
    at_risk = estimates[estimates["statistic"].eq("at_risk")]
    most = at_risk.sort_values("value").drop_duplicates("study_day", keep="last")
    texts = {row["study_day"]: format_row(row, "count") for row in most.to_dict("records")}
    days = sorted(texts)
    shown = style.spaced(days, [texts[day] for day in days], width / axes.get_xlim()[1])
    for place, (arm, look) in enumerate(looks.items()):
        axes.text(y=1.5 + 2 * place, s=look.label, color=look.colour, **start)
        rows = at_risk[at_risk["group"].eq(arm) & at_risk["study_day"].isin(shown)]
        for row in rows.to_dict("records"):
            number = format_row(row, "count")
            axes.text(row["study_day"], 2.5 + 2 * place, number, ha="center", va="center")
