"""Tables as files."""

import csv
import io
import re
import subprocess
import time
import zipfile
from html.parser import HTMLParser

import pypandoc
import pytest
from sepsisflow.tables.layout import Row, Table, section
from sepsisflow.tables.render import as_csv, as_docx, as_file, as_html

TABLE = Table(
    "Outcomes <by group>",
    ["Outcome", "A & B", "Usual care", "p"],
    [
        section("Day 14", 4),
        Row(["Died, n", "0 of 10", "6 of 20", "<0.001"], "indented"),
        Row(["Difference", "−30.0 (−51.9 to 1.8)", "–", ""]),
    ],
    ["Exact & within <limits>.", "Nobody was assigned at random."],
)
TITLE = "Cells & sepsis"


def plain_text(docx: bytes) -> str:
    """Read a Word document as pandoc does."""
    command = [pypandoc.get_pandoc_path(), "--from=docx", "--to=plain", "--columns=300"]
    done = subprocess.run(command, input=docx, capture_output=True, check=True)
    return done.stdout.decode()


def page(*, synthetic=True) -> str:
    return as_html(TABLE, title=TITLE, synthetic=synthetic)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_holds_header_and_formatted_cells():
    assert read_csv(as_csv(TABLE, synthetic=False)) == [
        ["Outcome", "A & B", "Usual care", "p"],
        ["Day 14", "", "", ""],
        ["\xa0\xa0\xa0Died, n", "0 of 10", "6 of 20", "<0.001"],
        ["Difference", "−30.0 (−51.9 to 1.8)", "–", ""],
    ]


def test_csv_opens_in_a_spreadsheet_as_utf_8():
    assert as_csv(TABLE, synthetic=False).startswith(b"\xef\xbb\xbf")


def test_nested_rows_are_indented_below_indented_ones():
    rows = [Row([kind, "1"], kind) for kind in ("plain", "indented", "nested")]
    _, *written = read_csv(as_csv(Table("T", ["x", "y"], rows, []), synthetic=False))
    assert [len(cell) - len(cell.lstrip()) for cell, _ in written] == [0, 3, 6]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd",
        "-2+3",
        "@SUM(A1)",
        " =1",
        "\t=1",
        "\r=1",
        "\xa0=1",
        "＝1",
        '=HYPERLINK("http://example.org")',
        "-",
    ],
)
@pytest.mark.parametrize("kind", ["plain", "indented", "nested"])
def test_no_cell_of_a_csv_is_a_formula(cell, kind):
    table = Table("T", [cell, "x"], [Row([cell, cell], kind)], [])
    (corner, _), (first, second) = read_csv(as_csv(table, synthetic=False))
    assert {corner, second} == {f"'{cell}"}
    assert first.startswith("'")


@pytest.mark.parametrize("cell", ["-0.5", "+3", "-1,234.5", "5.0%", "−0.5", "0.074", "<0.001", "–"])
def test_numbers_stay_as_they_are_in_a_csv(cell):
    table = Table("T", ["x"], [Row([cell])], [])
    assert read_csv(as_csv(table, synthetic=False))[1] == [cell]


def test_texts_are_escaped_in_html():
    written = page()
    assert "<caption>Outcomes &lt;by group&gt;</caption>" in written
    assert ">A &amp; B</th>" in written
    assert "<p>Exact &amp; within &lt;limits&gt;.</p>" in written
    assert ">&lt;0.001</td>" in written


def test_html_has_every_cell_once_in_order():
    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.cells = False, []

        def handle_starttag(self, tag, attrs):
            if tag in ("td", "th"):
                self.open = True
                self.cells.append("")

        def handle_endtag(self, tag):
            self.open = self.open and tag not in ("td", "th")

        def handle_data(self, data):
            if self.open:
                self.cells[-1] += data

    reader = Reader()
    reader.feed(page())
    assert reader.cells == [
        *TABLE.header,
        "Day 14",
        "\xa0\xa0\xa0Died, n",
        *TABLE.rows[1].cells[1:],
        *TABLE.rows[2].cells,
    ]


def test_word_has_title_cells_and_notes():
    written = plain_text(as_docx(page()))
    for text in (
        "SYNTHETIC DATA",
        "Outcomes <by group>",
        "A & B",
        "Day 14",
        "Died, n",
        "−30.0 (−51.9 to 1.8)",
        "<0.001",
        "Exact & within <limits>.",
    ):
        assert text in written, text


def test_word_has_a_journals_rules_and_repeats_the_header():
    with zipfile.ZipFile(io.BytesIO(as_docx(page()))) as archive:
        styles, document = (
            archive.read(f"word/{part}.xml").decode() for part in ("styles", "document")
        )
    table_style = re.search('w:styleId="Table".*?</w:style>', styles, re.DOTALL).group()
    assert re.search('<w:tblBorders><w:top w:val="single".*?<w:bottom w:val="single"', table_style)
    assert "<w:insideH" not in table_style
    assert document.count("<w:tblHeader") == 1
    assert '<w:gridSpan w:val="4"' in document


def test_every_kind_of_file_of_synthetic_data_says_so():
    for suffix in ("csv", "html"):
        written = as_file(TABLE, suffix, title=TITLE, synthetic=True).decode()
        assert written.count("SYNTHETIC DATA") == 1
        assert "SYNTHETIC" not in as_file(TABLE, suffix, title=TITLE, synthetic=False).decode()
    assert "SYNTHETIC DATA" in plain_text(as_file(TABLE, "docx", title=TITLE, synthetic=True))
    assert "SYNTHETIC" not in plain_text(as_file(TABLE, "docx", title=TITLE, synthetic=False))


@pytest.mark.parametrize("suffix", ["csv", "html", "docx"])
def test_files_have_the_same_bytes_every_time(suffix):
    first = as_file(TABLE, suffix, title=TITLE, synthetic=True)
    time.sleep(2.1 if suffix == "docx" else 0)  # a zip file's times are even seconds
    assert first == as_file(TABLE, suffix, title=TITLE, synthetic=True)
