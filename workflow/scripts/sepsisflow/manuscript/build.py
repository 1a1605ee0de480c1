"""Typesetting: Markdown to HTML, Word and PDF through pandoc and typst.

With `files`, the only module of the manuscript that touches files. Pandoc and typst run in a
folder of their own, on copies with fixed names, so that no path of this machine gets into a
document; no clock is read, so that the same input gives the same bytes.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypandoc
import typst

from sepsisflow.errors import DataError
from sepsisflow.manuscript.word import reference_document

MARKDOWN = "markdown-yaml_metadata_block-raw_tex-tex_math_dollars-example_lists"
HTML = [
    "--css=manuscript.css",
    "--embed-resources",
    "--toc",
    "--toc-depth=2",
    "--include-before-body=opening.html",
    "--include-after-body=closing.html",
]
FIGURES = {"html5": "svg", "docx": "png", "typst": "pdf"}
# A table with a line longer than this gets columns of relative width: Word needs them.
COLUMNS = {"html5": 100_000, "docx": 1, "typst": 100_000}
BANNER = "SYNTHETIC DATA"
WARNING = BANNER + " – no value belongs to a patient"
# 1980-01-01, the earliest date a zip file, and so a docx, can hold.
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "315532800", "LANG": "C.UTF-8"}

Metadata = Mapping[str, object]


class Style(NamedTuple):
    """Files that say what a manuscript looks like."""

    bibliography: Path
    csl: Path
    typst: Path
    css: Path


def build_html(
    text: str, output: Path, *, metadata: Metadata, style: Style, figures: Sequence[Path]
) -> None:
    """Write one self-contained HTML file; figures are svg. Arguments as `build_docx`."""
    opening, options = "<main>\n", [*HTML]
    if metadata["synthetic"]:
        banner = f'<div class="banner" role="note" data-mark="{BANNER}">{WARNING}</div>\n'
        opening = banner + opening
        options.append(f"--title-prefix={BANNER}")
    with _workspace("html5", style, figures) as folder:
        shutil.copyfile(style.css, folder / "manuscript.css")
        (folder / "opening.html").write_text(opening, encoding="utf-8")
        (folder / "closing.html").write_text("</main>\n", encoding="utf-8")
        _pandoc(text, folder, "html5", metadata, options)
        page = (folder / "manuscript.html5").read_text(encoding="utf-8")
        output.write_text(scrolling(page), encoding="utf-8")


def scrolling(page: str) -> str:
    """Put each table and figure in a box of its own that scrolls sideways, so the page need not."""
    page = re.sub(r"<(table|figure)\b", r'<div class="scroll" tabindex="0"><\1', page)
    return re.sub(r"</(table|figure)>", r"</\1></div>", page)


def build_docx(
    text: str, output: Path, *, metadata: Metadata, style: Style, figures: Sequence[Path]
) -> None:
    """Write a Word document; figures are png.

    Parameters
    ----------
    text : str
        The manuscript, in pandoc's Markdown.
    output : Path
    metadata : mapping
        ``title``, ``subtitle`` and ``footer`` (Markdown), ``running`` (text at the head of every
        page), ``synthetic`` (bool: every page says so instead).
    style : Style
    figures : files of figures, of any kinds; those of the kind needed are used

    Raises
    ------
    DataError
        If pandoc or typst cannot build the document, as when a citation is not in the
        bibliography.
    """
    header = WARNING if metadata["synthetic"] else str(metadata["running"])
    with _workspace("docx", style, figures) as folder:
        default = _run(["--print-default-data-file=reference.docx"], folder)
        (folder / "reference.docx").write_bytes(reference_document(default, header=header))
        _pandoc(text, folder, "docx", metadata, ["--reference-doc=reference.docx"])
        shutil.copyfile(folder / "manuscript.docx", output)


def build_pdf(
    text: str, output: Path, *, metadata: Metadata, style: Style, figures: Sequence[Path]
) -> None:
    """Write a PDF through typst, with its own fonts; figures are pdf. Arguments as `build_docx`."""
    with _workspace("typst", style, figures) as folder:
        shutil.copyfile(style.typst, folder / "template.typ")
        marked = {**metadata, "banner": WARNING}
        _pandoc(text, folder, "typst", marked, ["--template=template.typ"])
        try:
            typst.compile(
                str(folder / "manuscript.typst"),
                output=str(folder / "manuscript.pdf"),
                root=str(folder),
                ignore_system_fonts=True,
            )
        except typst.TypstError as error:
            raise DataError(
                f"typst could not set the manuscript: {error}. Correct {style.typst.name} or the "
                "text."
            ) from error
        shutil.copyfile(folder / "manuscript.pdf", output)


DOCUMENTS = {"pdf": build_pdf, "docx": build_docx, "html": build_html}


@contextmanager
def _workspace(to: str, style: Style, figures: Sequence[Path]) -> Iterator[Path]:
    """Make a folder with the figures of the kind a format needs and the bibliography."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "figures").mkdir()
        for figure in figures:
            if figure.suffix == f".{FIGURES[to]}":
                shutil.copyfile(figure, folder / "figures" / figure.name)
        shutil.copyfile(style.bibliography, folder / "references.bib")
        shutil.copyfile(style.csl, folder / "style.csl")
        yield folder


def _pandoc(text: str, folder: Path, to: str, metadata: Metadata, options: Sequence[str]) -> None:
    """Convert the text to ``manuscript.{to}`` in the folder."""
    described = {**metadata, "lang": "en-GB", "link-citations": True}
    (folder / "metadata.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "manuscript.md").write_text(text, encoding="utf-8")
    _run(
        [
            "manuscript.md",
            f"--from={MARKDOWN}",
            f"--to={to}",
            f"--output=manuscript.{to}",
            "--standalone",
            "--metadata-file=metadata.json",
            f"--default-image-extension={FIGURES[to]}",
            "--citeproc",
            "--bibliography=references.bib",
            "--csl=style.csl",
            f"--columns={COLUMNS[to]}",
            "--fail-if-warnings",
            *options,
        ],
        folder,
    )


def _run(arguments: Sequence[str], folder: Path) -> bytes:
    """Run pandoc in the folder and return what it prints."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise DataError(f"pandoc could not build the manuscript: {said}")
    return done.stdout
