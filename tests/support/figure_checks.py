"""What an editor would look at in any figure, measured as it is drawn."""

from itertools import combinations
from typing import NamedTuple

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

SMALLEST_POINTS = 6


class Line(NamedTuple):
    """One line of text: its box in pixels from the upper left corner, its size in points."""

    text: str
    box: Bbox
    points: float


class Recorder(RendererAgg):
    """Draws, and remembers each line of text."""

    def __init__(self, figure: Figure):
        """Draw ``figure`` at once."""
        super().__init__(figure.bbox.width, figure.bbox.height, figure.dpi)
        self.lines: list[Line] = []
        figure.draw(self)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Remember a line that starts at (x, y) on its baseline and rises by ``angle``."""
        width, height, descent = self.get_text_width_height_descent(s, prop, ismath)
        box = (x, y - height + descent, x + width, y + descent)
        if angle == 90:
            box = (x - height + descent, y - width, x + descent, y)
        self.lines.append(Line(s, Bbox.from_extents(box), prop.get_size_in_points()))
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)


def lines_of(figure: Figure) -> list[Line]:
    """Every line of text that a reader sees."""
    return Recorder(figure).lines


def words_of(figure: Figure) -> list[str]:
    """Return every line of text that a reader sees, as str."""
    return [line.text for line in lines_of(figure)]


def check_legible(figure: Figure) -> None:
    """Check that texts are large enough, inside the figure and clear of each other."""
    lines = lines_of(figure)
    page = figure.bbox
    for line in lines:
        assert line.points >= SMALLEST_POINTS, line
        assert line.box.x0 >= 0, line
        assert line.box.y0 >= 0, line
        assert line.box.x1 <= page.width, line
        assert line.box.y1 <= page.height, line
    for one, other in combinations(lines, 2):
        assert not one.box.overlaps(other.box), (one.text, other.text)
