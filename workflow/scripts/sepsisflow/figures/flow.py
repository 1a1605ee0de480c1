"""Participant flow: who was screened, excluded, not selected and analysed."""

from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from sepsisflow.figures import style
from sepsisflow.figures.style import INK, LINE_MM
from sepsisflow.formats import number

MARGIN, TOP = 2.0, 5.0  # mm around the diagram; above it stands the synthetic mark
PAD = 1.5  # mm from a box's edge to its text
GAP = 5.0  # mm between boxes and between lanes
MAIN = 0.45  # share of a lane that its boxes take where exclusions stand beside them
POOL = "Candidate controls"

Point = tuple[float, float]  # mm from the figure's upper left corner


@dataclass(frozen=True)
class Box:
    """A box, its first ``bold`` lines in bold; ``beside`` marks the exclusions beside a lane."""

    left: float
    top: float
    width: float
    lines: list[str]
    bold: int = 0
    colour: str = INK
    beside: bool = False

    @property
    def bottom(self) -> float:
        """Lower edge, mm: the height follows from the lines."""
        return self.top + 2 * PAD + LINE_MM * len(self.lines)

    @property
    def middle(self) -> Point:
        """Centre."""
        return self.left + self.width / 2, (self.top + self.bottom) / 2


@dataclass
class Diagram:
    """Boxes and arrows, in mm; the last box of each lane stands last in ``ends``."""

    width: float
    boxes: list[Box] = field(default_factory=list)
    arrows: list[tuple[Point, Point]] = field(default_factory=list)
    ends: list[Box] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Height of the figure, mm."""
        return max(box.bottom for box in self.boxes) + MARGIN


def plot_flow(flow: pd.DataFrame, *, arms: dict, sizes: dict, synthetic: bool) -> Figure:
    """Draw the flow of participants, one lane per group, exclusions beside the lane.

    Parameters
    ----------
    flow : DataFrame, one row per group and step
        Columns ``sequence``, ``group`` (an arm, or "pool"), ``step``, ``label``, ``n_excluded``
        (missing for a state such as "eligible") and ``n_remaining`` (participants); the last row
        of a group is a state.
    arms : dict of arm -> {label, role, …}
    sizes : dict
        ``width_mm`` of a column; ``full_width_mm`` for lanes that do not fit in it.
    synthetic : bool
        Whether the figure must say so.

    Returns
    -------
    Figure with one axes, in mm
    """
    diagram = lay_out(flow, arms=arms, sizes=sizes)
    width, height = diagram.width, diagram.height
    with style.theme():
        figure = style.new_figure(width, height, synthetic=synthetic)
        axes = style.add_axes(figure, left=0, top=0, width=width, height=height, label="flow")
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.set_axis_off()
        for start, end in diagram.arrows:
            _draw_arrow(axes, start, end)
        for box in diagram.boxes:
            _draw_box(axes, box)
    return figure


def lay_out(flow: pd.DataFrame, *, arms: dict, sizes: dict) -> Diagram:
    """Place boxes and arrows, a column wide if they fit; parameters as `plot_flow`."""
    groups = flow.sort_values("sequence", kind="stable").groupby("group", sort=False)
    lanes = {group: rows.to_dict("records") for group, rows in groups}
    columns = [2 if _has_exclusions(steps) else 1 for steps in lanes.values()]
    width = sizes["width_mm"] if sum(columns) <= 2 else sizes["full_width_mm"]
    share = (width - 2 * MARGIN - GAP * (len(lanes) - 1)) / sum(columns)
    lowest = TOP
    for _ in range(2):  # once more with all lanes ending as low as the longest
        diagram, left = Diagram(width), MARGIN
        for (group, steps), count in zip(lanes.items(), columns, strict=True):
            _place_lane(diagram, steps, _heads(group, arms), left, share * count, lowest)
            left += share * count + GAP
        lowest = max(box.top for box in diagram.ends)
    return diagram


def _has_exclusions(steps: list[dict]) -> bool:
    return any(pd.notna(step["n_excluded"]) for step in steps)


def _heads(group: str, arms: dict) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return name and colour of a lane's first and last box: a pool ends as the control arm."""
    looks = style.arm_looks(arms)
    control = next(arm for arm, described in arms.items() if described["role"] == "control")
    last = looks[group if group in arms else control]
    first = (last.label, last.colour) if group in arms else (POOL, INK)
    return first, (last.label, last.colour)


def _place_lane(
    diagram: Diagram,
    steps: list[dict],
    heads: tuple[tuple[str, str], tuple[str, str]],
    left: float,
    width: float,
    lowest: float,
) -> None:
    """Place one lane from top to bottom, its last box at ``lowest`` mm or below."""
    main = MAIN * width if _has_exclusions(steps) else width
    excluded: list[dict] = []
    above, state = None, ""
    for step in steps:
        if pd.notna(step["n_excluded"]):
            excluded.append(step)
            continue
        top = above.bottom + GAP if above else TOP
        if excluded:
            across = left + main + GAP
            room = left + width - across
            lines = _exclusion_lines(excluded, state, room - 2 * PAD)
            bold = int(state == "screened")
            aside = Box(across, above.bottom + GAP / 2, room, lines, bold, beside=True)
            diagram.boxes.append(aside)
            trunk = left + main / 2
            diagram.arrows.append(((trunk, aside.middle[1]), (aside.left, aside.middle[1])))
            top = aside.bottom + GAP / 2
        is_last = step is steps[-1]
        head, colour = heads[is_last]
        is_named = is_last or not above
        name = style.wrap(head, main - 2 * PAD, bold=True) if is_named else []
        lines = [*name, *style.wrap(_with_count(step, "n_remaining"), main - 2 * PAD)]
        top = max(top, lowest) if is_last else top
        box = Box(left, top, main, lines, len(name), colour)
        if above:
            diagram.arrows.append(((box.middle[0], above.bottom), (box.middle[0], box.top)))
        diagram.boxes.append(box)
        excluded, above, state = [], box, step["step"]
    diagram.ends.append(above)


def _exclusion_lines(steps: list[dict], state: str, width: float) -> list[str]:
    """Word the exclusions after a state; of criteria, those that excluded somebody."""
    if state != "screened":
        each = [_with_count(step, "n_excluded") for step in steps]
        return [line for text in each for line in style.wrap(text, width)]
    total = sum(step["n_excluded"] for step in steps)
    lines = [_with_count({"label": "Excluded", "n_excluded": total}, "n_excluded")]
    if total:
        lines += style.wrap("First criterion not met:", width)
    for step in steps:
        if step["n_excluded"]:
            lines += _bulleted(f"{step['label']}: {number(step['n_excluded'], 0)}", width)
    return lines


def _bulleted(text: str, width: float) -> list[str]:
    """Break an entry of a list, its further lines under its first."""
    bullet, indent = "•\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}" * 3
    first, *others = style.wrap(text, width - style.text_width(f"{bullet}|"))
    return [f"{bullet}{first}", *(f"{indent}{line}" for line in others)]


def _with_count(step: dict, column: str) -> str:
    """Write "Eligible (n = 35)", which never breaks within the brackets."""
    return f"{step['label']} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{number(step[column], 0)})"


def _draw_box(axes: Axes, box: Box) -> None:
    axes.add_patch(
        Rectangle(
            (box.left, box.top),
            box.width,
            box.bottom - box.top,
            facecolor="white",
            edgecolor=box.colour,
            linewidth=0.7,
        )
    )
    for place, line in enumerate(box.lines):
        axes.text(
            box.left + PAD if box.beside else box.middle[0],
            box.top + PAD + LINE_MM * (place + 0.5),
            line,
            ha="left" if box.beside else "center",
            va="center",
            fontweight="bold" if place < box.bold else "normal",
        )


def _draw_arrow(axes: Axes, start: Point, end: Point) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=5,
            shrinkA=0,
            shrinkB=0,
            color=INK,
            linewidth=0.7,
        )
    )
