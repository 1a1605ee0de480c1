"""The edge build_manuscript: estimates, figures and tables in, three documents out."""

import io
import re
import zipfile
from pathlib import Path
from types import SimpleNamespace

import build_manuscript
import pandas as pd
import pytest
from manuscript_example import LABELS, STUDY, all_rows
from matplotlib.figure import Figure
from sepsisflow.errors import DataError
from sepsisflow.schemas.estimates import COLUMNS

RESOURCES = Path(__file__).parents[2] / "resources" / "manuscript"
STYLE = {
    "template": "comparison.md",
    "bibliography": "references.bib",
    "csl": "numeric.csl",
    "typst": "manuscript.typ",
    "css": "manuscript.css",
}
TABLES = {
    "baseline": "Characteristic [SYNTHETIC DATA],Cells,No cells\n\xa0female,8 (80.0%),11 (55.0%)\n",
    "mortality": "Outcome [SYNTHETIC DATA],Cells,No cells\nBy day 14,,\n\xa0Died,0 of 10,6 of 20\n",
    "sofa": "Day [SYNTHETIC DATA],n,Median\nCells,,\n\xa01,10,9.0\n",
    "endpoints": "Endpoint [SYNTHETIC DATA],Cells,No cells\nFree days,,\n\xa0All,19.5 [10],2 [9]\n",
    "biomarkers": "Variable [SYNTHETIC DATA],Ratio\nIL-6,0.90 (0.10 to 0.90)\n",
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> SimpleNamespace:
    """Everything the rule reads."""
    folder = tmp_path_factory.mktemp("results")
    for name in ("estimates", "figures", "tables"):
        (folder / name).mkdir()
    rows = pd.DataFrame(all_rows()).groupby("analysis")
    for analysis, table in rows:
        table.reindex(columns=["key", *COLUMNS]).to_parquet(
            folder / "estimates" / f"{analysis}.parquet", index=False
        )
    for name in ("flow", "survival", "sofa", "cytokines"):
        figure = Figure(figsize=(2, 1))
        figure.add_subplot().plot([1, 0])
        for suffix in ("pdf", "svg", "png"):
            figure.savefig(folder / "figures" / f"{name}.{suffix}")
    for name, text in TABLES.items():
        (folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    read = {
        name: [str(path) for path in sorted((folder / name).iterdir())]
        for name in ("estimates", "figures", "tables")
    }
    return SimpleNamespace(**read, **{name: RESOURCES / file for name, file in STYLE.items()})


def build(inputs, folder, *, study=STUDY, **changed) -> dict[str, bytes]:
    """Run the edge; returns the bytes of each document by its kind."""
    outputs = {kind: folder / f"manuscript.{kind}" for kind in ("pdf", "docx", "html")}
    build_manuscript.main(
        SimpleNamespace(
            input=SimpleNamespace(**{**vars(inputs), **changed}),
            output=SimpleNamespace(**outputs),
            params=SimpleNamespace(study=study, name="my_study", labels=LABELS),
        )
    )
    return {kind: path.read_bytes() for kind, path in outputs.items()}


@pytest.fixture(scope="module")
def documents(inputs, tmp_path_factory) -> dict[str, bytes]:
    return build(inputs, tmp_path_factory.mktemp("manuscript"))


@pytest.fixture
def html(documents) -> str:
    return documents["html"].decode()


@pytest.fixture
def word(documents) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(documents["docx"])) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: archive.read(name).decode() for name in names}


def test_a_second_build_elsewhere_and_later_gives_the_same_bytes(
    inputs, documents, tmp_path, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.chdir(tmp_path)
    assert build(inputs, tmp_path) == documents


def test_no_document_holds_a_path_of_this_machine(documents, word):
    texts = [documents["html"].decode(), documents["pdf"].decode("latin-1"), *word.values()]
    assert not any("/tmp/" in text or str(Path.home()) in text for text in texts)


def test_the_html_file_needs_no_other_file(html):
    assert not re.findall(r'(?:src|href)="(?!data:|#|https://)[^"]*"', html)
    assert not re.findall(r'<(?:link|script)[^>]+(?:src|href)="https?:', html)
    assert html.count('src="data:image/svg+xml') == 4


def test_each_number_of_the_html_leads_to_its_row(html):
    targets = set(re.findall(r'<a href="#(estimate-[^"]+)" class="number"', html))
    rows = set(re.findall(r'id="(estimate-[^"]+)"', html))
    assert len(targets) > 20
    assert targets == rows
    assert "<code>estimates/mortality.parquet</code>" in html


def test_every_reference_within_the_html_has_its_target(html):
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= set(re.findall(r'\bid="([^"]+)"', html))


def test_figures_have_alternative_texts(html, word):
    assert len(re.findall(r'<img[^>]+alt="[^"]{20,}"', html)) == 4
    assert len(re.findall(r'<wp:docPr[^>]+descr="[^"]{20,}"', word["word/document.xml"])) == 4


def test_synthetic_data_are_marked_in_every_document(html, word, inputs, tmp_path, documents):
    assert "<title>SYNTHETIC DATA – Cells in *sepsis*</title>" in html
    assert '<div class="banner" role="note" data-mark="SYNTHETIC DATA">SYNTHETIC DATA' in html
    headers = [text for name, text in word.items() if name.startswith("word/header")]
    assert any("SYNTHETIC DATA" in text for text in headers)
    assert "headerReference" in word["word/document.xml"]
    real = build(inputs, tmp_path, study={**STUDY, "synthetic": False})
    assert "SYNTHETIC" not in real["html"].decode()
    assert real["pdf"] != documents["pdf"]


def test_tables_figures_and_references_are_numbered(html):
    captions = re.findall(r"<(?:caption|figcaption)><strong>([^<]+)\.</strong>", html)
    tables = [caption for caption in captions if caption.startswith("Table")]
    assert tables == [f"Table {number}" for number in range(1, 7)]
    assert [each for each in captions if each not in tables] == [
        f"Figure {number}" for number in range(1, 5)
    ]
    assert 'id="ref-alp2022"' in html
    assert ">1</a>]" in html


def test_tables_and_figures_scroll_in_boxes_of_their_own(html):
    boxes = html.count('<div class="scroll" tabindex="0">')
    assert boxes == html.count("<table") + html.count("<figure")
    assert boxes == len(re.findall(r"</(?:table|figure)></div>", html))
    assert re.search(r"\.scroll \{[^}]*overflow-x: auto", html)


def test_published_and_computed_stand_side_by_side(html):
    table = html[html.index('id="tbl-published"') :]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table[: table.index("</table>")], re.DOTALL)
    assert re.sub("<[^>]+>", "", " | ".join(cells)) == "Alive at day 14 [1] | 10 | 10 | yes"


def test_an_unknown_key_stops_with_its_line_and_leaves_nothing(inputs, tmp_path):
    template = tmp_path / "mine.md"
    template.write_text(
        "# Results\n\n{{ mortality.death.analysed.cell@14.risk | percent }}\n", encoding="utf-8"
    )
    folder = tmp_path / "manuscript"
    with pytest.raises(DataError) as caught:
        build(inputs, folder, template=template)
    assert str(caught.value).startswith(
        "mine.md, line 3: there is no estimate 'mortality.death.analysed.cell@14.risk'; did you "
        "mean 'mortality.death.analysed.cells@14.risk'"
    )
    assert not folder.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "See [@nobody1999].",
            "pandoc could not build the manuscript: [WARNING] Citeproc: "
            "citation nobody1999 not found",
        ),
        (
            "# A\n\n```{=typst}\n#nothing\n```\n",
            "typst could not set the manuscript: unknown "
            "variable: nothing. Correct manuscript.typ or the text.",
        ),
    ],
)
def test_what_pandoc_or_typst_cannot_do_stops_in_one_sentence(inputs, tmp_path, text, message):
    template = tmp_path / "mine.md"
    template.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        build(inputs, tmp_path, template=template)
    assert " ".join(str(caught.value).split()).startswith(message)
