"""The look shared by all figures."""

import os
import subprocess
import sys
from pathlib import Path

import estimate_examples
import matplotlib
import pytest
import sepsisflow
from matplotlib.colors import to_rgb
from sepsisflow.figures import style

ROLES = {"drug": "treated", "usual_care": "control", "dose_2": "treated"}
ARMS = {arm: {"label": arm, "role": role} for arm, role in ROLES.items()}
DRAW = """
import sys
from pathlib import Path
from estimate_examples import ARMS, SIZES, survival_estimates
from sepsisflow.figures import style
from sepsisflow.figures.survival import plot_survival
blocks = {"follow_up_days": 28, "risk_table_days": [0, 14, 28]}
figure = plot_survival(
    survival_estimates(), arms=ARMS, survival=blocks, sizes=SIZES, synthetic=True
)
paths = [Path(sys.argv[1]) / f"figure.{suffix}" for suffix in ("pdf", "svg", "png")]
style.save(figure, paths, dpi=100)
"""


def drawn_elsewhere(folder: Path, *, seed: int) -> dict[str, bytes]:
    """Draw in a process of its own, whose sets have another order."""
    folder.mkdir()
    package = Path(sepsisflow.__file__).parent.parent
    examples = Path(estimate_examples.__file__).parent
    paths = os.pathsep.join(map(str, (package, examples)))
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": str(seed)}
    subprocess.run([sys.executable, "-c", DRAW, str(folder)], check=True, env=env)
    return {path.suffix: path.read_bytes() for path in folder.iterdir()}


def test_a_figure_has_the_same_bytes_in_every_process(tmp_path):
    first, second = (drawn_elsewhere(tmp_path / str(seed), seed=seed) for seed in (1, 2))
    assert set(first) == {".pdf", ".svg", ".png"}
    assert first == second


def test_files_hold_no_date_and_embed_the_font(tmp_path):
    written = drawn_elsewhere(tmp_path / "files", seed=0)
    assert b"CreationDate" not in written[".pdf"]
    assert b"/FontFile2" in written[".pdf"]
    assert b"DejaVuSans" in written[".pdf"]
    assert b"<dc:date>" not in written[".svg"]
    assert b"<text" not in written[".svg"]  # outlines: the reader's machine may lack the font


def test_roles_decide_colours_whatever_the_order_of_arms():
    looks = style.arm_looks(dict(reversed(ARMS.items())))
    assert looks["dose_2"].colour == style.BLUE
    assert looks["usual_care"].colour == style.VERMILION
    assert looks["drug"].colour not in {style.BLUE, style.VERMILION}


def test_arms_differ_in_more_than_colour():
    looks = style.arm_looks(ARMS).values()
    assert len({look.marker for look in looks}) == len(ARMS)
    assert len({str(look.dashes) for look in looks}) == len(ARMS)


def test_the_two_main_colours_differ_in_brightness_for_a_grey_print():
    weights = (0.2126, 0.7152, 0.0722)
    bright = [
        sum(weight * part for weight, part in zip(weights, to_rgb(colour), strict=True))
        for colour in (style.BLUE, style.VERMILION)
    ]
    assert abs(bright[0] - bright[1]) > 0.05


def test_only_synthetic_data_are_marked():
    plain, marked = (style.new_figure(85, 50, synthetic=each) for each in (False, True))
    assert [text.get_text() for text in plain.texts] == []
    assert [text.get_text() for text in marked.texts] == ["SYNTHETIC DATA"]


def test_sizes_are_millimetres_from_the_upper_left_corner():
    figure = style.new_figure(80, 40, synthetic=False)
    assert figure.get_size_inches() * 25.4 == pytest.approx([80, 40])
    box = style.add_axes(figure, left=8, top=4, width=40, height=20).get_position()
    assert (box.x0, box.y0, box.width, box.height) == pytest.approx((0.1, 0.4, 0.5, 0.5))


def test_a_users_settings_change_nothing_and_are_left_as_they_were():
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9}):
        with style.theme():
            assert matplotlib.rcParams["font.size"] == style.SMALL
            assert matplotlib.rcParams["lines.linewidth"] == 1.1
        assert matplotlib.rcParams["font.size"] == 30


@pytest.mark.parametrize("width", [12, 20, 35])
def test_wrapped_lines_fit_and_keep_every_letter(width):
    text = (
        "No heart failure of class III or IV and Donaudampfschifffahrtsgesellschaft (n\xa0=\xa03)"
    )
    lines = style.wrap(text, width)
    assert all(style.text_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_no_break_space_is_no_place_to_break():
    assert style.wrap("Eligible (n\xa0=\xa035)", 14) == ["Eligible", "(n\xa0=\xa035)"]


@pytest.mark.parametrize(("count", "opacity"), [(0, 0.45), (10, 0.45), (90, 0.1), (5735, 0.03)])
def test_courses_fade_with_their_number(count, opacity):
    assert style.course_opacity(count) == pytest.approx(opacity)


def test_texts_that_have_no_room_beside_each_other_are_left_out():
    days, texts = [1, 3, 5, 28], ["2,000", "1,900", "1,800", "900"]
    assert style.spaced(days, texts, 2.6) == [1, 5, 28]
    assert style.spaced(days, texts, 10) == days
    assert style.spaced([7], ["2,000"], 0.1) == [7]


def test_dollar_signs_in_a_label_are_no_mathematics(tmp_path):
    def drawn(text: str) -> bytes:
        with style.theme():
            figure = style.new_figure(40, 20, synthetic=False)
            label = figure.text(0.1, 0.5, text)
        assert not label.get_parse_math()
        style.save(figure, [tmp_path / "figure.svg"], dpi=100)
        return (tmp_path / "figure.svg").read_bytes()

    # As mathematics the first has no dollar signs and the second stops the run.
    assert b"<!-- $x$ -->" in drawn("$x$")
    drawn(r"$\nothing$ 5")
    assert style.text_width("$x$") > 2 * style.text_width("x")
    assert style.wrap(r"$\nothing$ 5", 100) == [r"$\nothing$ 5"]


def test_labels_of_a_row_of_days_keep_a_readable_distance():
    # The default study's laboratory panel: 30 mm for 27 days and the margins.
    days = [1, 3, 5, 7, 9, 14, 28]
    assert style.spaced(days, [str(day) for day in days], 30 / 29.2) == [1, 5, 9, 14, 28]
