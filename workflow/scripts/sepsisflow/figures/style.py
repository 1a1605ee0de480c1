"""The one look of all figures: fonts, sizes, colours, the synthetic mark, how files are written."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from sepsisflow.job import replacing

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
FONT = "DejaVu Sans"  # comes with matplotlib, so text has the same widths on every machine
SIZE = 7.0  # points; titles of axes and panels
SMALL = 6.0  # points; everything else, the smallest a journal prints
LINE_MM = 1.35 * SMALL * MM_PER_POINT  # from one line of small text to the next
SPACE_MM = 1.8  # least room between texts in a row; with less, their digits run together
LEGEND_LINE_MM = 3.2 * SMALL * MM_PER_POINT  # a line of a legend up to its text, see RC

# Okabe & Ito 2008, "Color Universal Design": distinguishable with any colour vision.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, QUIET = "#1A1A1A", "#595959"

RC = {
    "font.family": FONT,
    "font.size": SMALL,
    "axes.titlesize": SIZE,
    "axes.labelsize": SIZE,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "legend.handlelength": 2.4,
    "legend.handletextpad": 0.8,
    "legend.borderpad": 0.0,
    "legend.borderaxespad": 0.0,
    "legend.labelspacing": 0.35,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    "axes.labelpad": 2.0,
    "axes.titlepad": 3.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.minor.size": 1.5,
    "ytick.minor.size": 1.5,
    "xtick.major.pad": 2.0,
    "ytick.major.pad": 2.0,
    "lines.linewidth": 1.1,
    "lines.markersize": 3.0,
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a label of the study file may hold dollar signs
    "pdf.fonttype": 42,  # embedded as TrueType, so an editor can still change the text
    "svg.fonttype": "path",  # a reader's machine may lack the font
    "svg.hashsalt": "sepsisflow",  # else the identifiers in the file are random
    "path.simplify": False,
}
STUDY_DAY = "Study day (day 1: first 24 h from time zero)"
# Dates and versions would change the bytes of an unchanged figure.
METADATA = {
    ".pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    ".svg": {"Date": None, "Creator": None},
    ".png": {"Software": None},
}


class Look(NamedTuple):
    """How an arm is drawn in every figure: colour is never the only difference."""

    label: str
    role: str
    colour: str
    dashes: tuple | str
    marker: str


TREATED = (BLUE, "-", "o")
CONTROL = (VERMILION, (0, (3.2, 1.2)), "s")
OTHERS = ((GREEN, (0, (1, 1)), "^"), (PURPLE, (0, (5, 1, 1, 1)), "D"))


def arm_looks(arms: dict[str, dict]) -> dict[str, Look]:
    """Give each arm its look: by role, so that the treated arm is blue in every study.

    Parameters
    ----------
    arms : dict of arm -> {label, role, …}
        The study's arms. A second arm of the same role gets a look of its own.
    """
    first = {"treated": TREATED, "control": CONTROL}
    others = iter(OTHERS)
    looks = {}
    for arm, described in arms.items():
        kind = first.pop(described["role"], None) or next(others)
        looks[arm] = Look(described["label"], described["role"], *kind)
    return looks


@contextmanager
def theme() -> Iterator[None]:
    """Draw or save in the project's style, whatever seaborn or a user's matplotlibrc says."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def new_figure(width_mm: float, height_mm: float, *, synthetic: bool) -> Figure:
    """Return an empty figure; ``synthetic`` puts SYNTHETIC DATA in its upper right corner."""
    figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH))
    if synthetic:
        figure.text(
            1 - 1 / width_mm,
            1 - 0.8 / height_mm,
            "SYNTHETIC DATA",
            ha="right",
            va="top",
            fontsize=SMALL,
            fontweight="bold",
            color="#9E3D3D",
        )
    return figure


def write_key(figure: Figure, text: str, *, left_mm: float = 2) -> None:
    """Explain the marks in one quiet line at the figure's upper left."""
    width, height = (size * MM_PER_INCH for size in figure.get_size_inches())
    figure.text(left_mm / width, 1 - 0.8 / height, text, va="top", color=QUIET)


def course_opacity(count: int) -> float:
    """Return how opaque each of ``count`` participants' lines is, so that many stay readable."""
    return min(0.45, max(0.03, 9 / max(count, 1)))


def add_axes(
    figure: Figure, *, left: float, top: float, width: float, height: float, **options
) -> Axes:
    """Add axes whose upper left corner lies ``left`` and ``top`` mm from the figure's."""
    full_width, full_height = (size * MM_PER_INCH for size in figure.get_size_inches())
    box = (
        left / full_width,
        1 - (top + height) / full_height,
        width / full_width,
        height / full_height,
    )
    return figure.add_axes(box, **options)


@cache
def text_width(text: str, *, size: float = SMALL, bold: bool = False) -> float:
    """Return the width in mm of one line of text, ``size`` in points."""
    font = FontProperties(family=FONT, weight="bold" if bold else "normal")
    with matplotlib.rc_context({"text.parse_math": RC["text.parse_math"]}):
        path = TextPath((0, 0), text, size=size, prop=font)
    return path.get_extents().width * MM_PER_POINT


def wrap(text: str, width_mm: float, *, size: float = SMALL, bold: bool = False) -> list[str]:
    """Break text into lines no wider than ``width_mm``, within a word only if it must.

    Only plain blanks break: a no-break space holds together.
    """

    def fits(line: str) -> bool:
        return text_width(line, size=size, bold=bold) <= width_mm

    lines: list[str] = []
    for word in text.split(" "):
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
            continue
        while not fits(word) and len(word) > 1:
            length = next((end for end in range(len(word) - 1, 1, -1) if fits(word[:end])), 1)
            lines.append(word[:length])
            word = word[length:]
        lines.append(word)
    return lines


def spaced(days: Sequence[float], texts: Sequence[str], mm_per_day: float) -> list[float]:
    """Choose days whose texts, centred on them, have room beside each other; always the first.

    Parameters
    ----------
    days : sequence of float, ascending
    texts : sequence of str
        The longest text that stands at each day.
    mm_per_day : float
    """
    widths = dict(zip(days, map(text_width, texts), strict=True))
    kept: list[float] = []
    for day, width in widths.items():
        if not kept or (day - kept[-1]) * mm_per_day > (width + widths[kept[-1]]) / 2 + SPACE_MM:
            kept.append(day)
    return kept


def save(figure: Figure, paths: Iterable[str | Path], *, dpi: float) -> None:
    """Write the figure as pdf, svg or png (by the suffix), the same bytes every time."""
    for path in paths:
        with theme(), replacing(path) as temporary:
            figure.savefig(temporary, dpi=dpi, metadata=METADATA[temporary.suffix])
