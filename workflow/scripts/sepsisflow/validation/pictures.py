"""Histograms as small SVG pictures for the quality report."""

from html import escape
from math import ceil, floor, log10

import numpy as np

from sepsisflow.validation.distributions import Axis, Histogram, round_step
from sepsisflow.validation.numbers import Number

WIDTH, HEIGHT = 360, 66  # user units of a picture, about pixels
LEFT, RIGHT, TOP, BOTTOM = 10, 350, 4, 46
LEAST_BAR = 1.5  # a single value among thousands must still be seen
WIDEST_BAR = 24  # of a whole number
FEWEST = 10  # of fewer values no picture is drawn: it would show them one by one


def picture(histogram: Histogram) -> str | None:
    """SVG of a histogram, or None if it has fewer than `FEWEST` values.

    Dark bars are validated values, striped ones on top of them were set aside. The
    plausible range is shaded; dashed lines mark the edges of the possible one.
    """
    if histogram.n + histogram.aside.sum() < FEWEST:
        return None
    axis, number = histogram.axis, histogram.number
    log = f"{', logarithmic axis' if axis.log else ''}"
    title = f"Histogram of {number.label}, {histogram.form}: {histogram.n:,} values{log}"
    return "".join(
        [
            f'<svg class="histogram" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{escape(title)}">',
            _range(axis, number),
            _bars(histogram),
            f'<path class="axis" d="M{LEFT} {BOTTOM}H{RIGHT}"/>',
            *(_tick(axis, value) for value in ticks(axis)),
            "</svg>",
        ]
    )


def ticks(axis: Axis) -> list[float]:
    """Two to seven round values on an axis."""
    low, high = axis.edges[0], axis.edges[-1]
    if not axis.log:
        step = round_step((high - low) / 5)
        step = max(step, 1) if axis.whole else step
        return [step * at for at in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    steps = (1, 2, 5) if high / low < 300 else (1,)
    values = [float(f"{times}e{power}") for power in powers for times in steps]
    shown = [value for value in values if low * 0.999 <= value <= high * 1.001]
    return shown[:: ceil(len(shown) / 7)]


def _at(axis: Axis, value: float) -> float:
    """Horizontal place of a value."""
    low, high, value = (
        (np.log(part) for part in (axis.edges[0], axis.edges[-1], value))
        if axis.log
        else (axis.edges[0], axis.edges[-1], value)
    )
    return float(LEFT + (RIGHT - LEFT) * (value - low) / (high - low))


def _range(axis: Axis, number: Number) -> str:
    parts = []
    low, high = axis.edges[0], axis.edges[-1]
    if number.plausible and number.plausible[0] < high and number.plausible[1] > low:
        start, end = (_at(axis, min(max(edge, low), high)) for edge in number.plausible)
        parts.append(
            f'<rect class="plausible" x="{start:.1f}" y="{TOP}" width="{end - start:.1f}" '
            f'height="{BOTTOM - TOP}"/>'
        )
    parts += [
        f'<path class="possible" d="M{_at(axis, edge):.1f} {TOP}V{BOTTOM}"/>'
        for edge in number.possible or ()
        if low <= edge <= high
    ]
    return "".join(parts)


def _bars(histogram: Histogram) -> str:
    tallest = max((histogram.validated + histogram.aside).max(), 1)
    scale = (BOTTOM - TOP - 2) / tallest
    edges = [_at(histogram.axis, edge) for edge in histogram.axis.edges]
    kept, aside = [], []
    for at, (inside, outside) in enumerate(zip(histogram.validated, histogram.aside, strict=True)):
        base = BOTTOM
        for count, bars in ((inside, kept), (outside, aside)):
            if count:
                height = max(count * scale, LEAST_BAR)
                width = max(edges[at + 1] - edges[at] - 0.6, 0.8)
                width = min(width, WIDEST_BAR) if histogram.axis.whole else width
                start = (edges[at] + edges[at + 1] - width) / 2
                bars.append(f"M{start:.1f} {base:.1f}v-{height:.1f}h{width:.1f}v{height:.1f}z")
                base -= height
    return "".join(
        f'<path class="{name}" d="{"".join(bars)}"/>'
        for name, bars in (("kept", kept), ("aside", aside))
        if bars
    )


def _tick(axis: Axis, value: float) -> str:
    at = _at(axis, value)
    anchor = "start" if at < LEFT + 12 else "end" if at > RIGHT - 12 else "middle"
    return (
        f'<path class="axis" d="M{at:.1f} {BOTTOM}v3"/>'
        f'<text x="{at:.1f}" y="{BOTTOM + 15}" text-anchor="{anchor}">{value:,.6g}</text>'
    )
