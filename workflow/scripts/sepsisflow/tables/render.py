"""Tables as files: html, docx and csv."""

import csv
import io
import os
import re
import subprocess
from html import escape

import pypandoc

from sepsisflow.archives import zip_bytes, zip_parts
from sepsisflow.tables.layout import Row, Table

SYNTHETIC = "SYNTHETIC DATA"
INDENTS = {"indented": "\N{NO-BREAK SPACE}" * 3, "nested": "\N{NO-BREAK SPACE}" * 6}
# A cell that a spreadsheet would take for a formula; a plain number is none.
FORMULA = re.compile(r"[\s\N{NO-BREAK SPACE}]*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
# Text of the styles in pandoc's document (sizes in half points), and an A4 page (twentieths).
TEXT = {
    "Compact": '<w:sz w:val="16"/>',
    "FirstParagraph": '<w:sz w:val="17"/>',
    "BodyText": '<w:sz w:val="17"/>',
    "Caption": '<w:b/><w:sz w:val="20"/>',
    "Title": '<w:color w:val="595959"/><w:sz w:val="20"/>',
}
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="680"'
    ' w:footer="680" w:gutter="0"/>'
)

STYLE = """
body { font: 10pt/1.4 Helvetica, Arial, sans-serif; color: #1a1a1a; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
.mark { color: #9e3d3d; font-weight: bold; }
table { border-collapse: collapse; border-top: 1.5pt solid; border-bottom: 1.5pt solid;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: 0.5rem; }
th { border-bottom: 0.75pt solid; vertical-align: bottom; }
th, td { padding: 0.2rem 0.7rem; }
col { width: auto !important; }
tr.section td { font-weight: bold; padding-top: 0.6rem; }
.notes { font-size: 9pt; color: #404040; }
"""


def as_file(table: Table, suffix: str, *, title: str, synthetic: bool) -> bytes:
    """Write a table as the file of one kind.

    Parameters
    ----------
    table : Table
    suffix : str
        "html", "docx" or "csv".
    title : str
        The study's title.
    synthetic : bool
        Whether the file must say so.

    Returns
    -------
    bytes, the same for the same arguments
    """
    if suffix == "csv":
        return as_csv(table, synthetic=synthetic)
    page = as_html(table, title=title, synthetic=synthetic)
    return page.encode() if suffix == "html" else as_docx(page)


def as_csv(table: Table, *, synthetic: bool) -> bytes:
    """Write header and rows, for spreadsheets: UTF-8 with its mark, no cell a formula.

    Cells of indented and nested rows begin with no-break spaces; the first cell of the header
    carries the synthetic mark, since a csv file has no other place for it.
    """
    corner, *others = table.header
    marked = f"{corner} [{SYNTHETIC}]".strip() if synthetic else corner
    lines = [[marked, *others], *(_indented(row) for row in table.rows)]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[_harmless(cell) for cell in line] for line in lines])
    return buffer.getvalue().encode("utf-8-sig")


def as_html(table: Table, *, title: str, synthetic: bool) -> str:
    """Write a page with the table and its notes."""
    mark = f'<p class="mark"><strong>{SYNTHETIC}</strong></p>\n' if synthetic else ""
    columns = "".join(f'<col style="width: {share:.1%}">' for share in _shares(table))
    head = "".join(
        f'<th scope="col" style="text-align: {_alignment(place)}">{escape(cell)}</th>'
        for place, cell in enumerate(table.header)
    )
    body = "\n".join(_html_row(row) for row in table.rows)
    notes = "\n".join(f"<p>{escape(note)}</p>" for note in table.notes)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
{mark}<table>
<caption>{escape(table.title)}</caption>
<colgroup>{columns}</colgroup>
<thead>
<tr>{head}</tr>
</thead>
<tbody>
{body}
</tbody>
</table>
<div class="notes">
{notes}
</div>
</body>
</html>
"""


def as_docx(page: str) -> bytes:
    """Turn a page of `as_html` into a Word document with a journal's rules: three lines."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--sandbox", "--from=html", "--to=docx", "--output=-"],
        input=page.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800"},
    )
    parts = zip_parts(done.stdout)
    parts["word/styles.xml"] = _restyled(parts["word/styles.xml"].decode()).encode()
    document = parts["word/document.xml"].decode()
    parts["word/document.xml"] = document.replace("</w:sectPr>", f"{PAGE}</w:sectPr>").encode()
    return zip_bytes(parts)


def _shares(table: Table) -> list[float]:
    """Share out the width of a page (Word needs it told) by the longest texts of the columns.

    Cells stay on one line if there is room, headings may break between words.
    """
    rows = [_indented(row) for row in table.rows if row.kind != "section"]
    words = [max(cell.split(), key=len, default="") for cell in table.header]
    longest = [max(map(len, column)) + 3 for column in zip(words, *rows, strict=True)]
    return [length / sum(longest) for length in longest]


def _html_row(row: Row) -> str:
    if row.kind == "section":
        span = f'<td colspan="{len(row.cells)}"><strong>{escape(row.cells[0])}</strong></td>'
        return f'<tr class="section">{span}</tr>'
    cells = "".join(
        f'<td style="text-align: {_alignment(place)}">{escape(cell)}</td>'
        for place, cell in enumerate(_indented(row))
    )
    return f"<tr>{cells}</tr>"


def _alignment(place: int) -> str:
    return "center" if place else "left"


def _indented(row: Row) -> list[str]:
    first, *others = row.cells
    return [f"{INDENTS.get(row.kind, '')}{first}", *others]


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula, as labels of a study file could be."""
    is_formula = FORMULA.match(cell) and not NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula else cell


def _restyled(styles: str) -> str:
    """Rule tables above and below (pandoc rules the header itself), and set `TEXT`."""
    edges = (f'<w:{edge} w:val="single" w:sz="8" w:color="1A1A1A"/>' for edge in ("top", "bottom"))
    borders = f"<w:tblBorders>{''.join(edges)}</w:tblBorders>"
    start = styles.index("<w:tblCellMar>", styles.index('w:styleId="Table"'))
    cells = styles[start:].replace('w:w="108"', 'w:w="60"', 2)  # left and right of a cell
    styles = styles[:start] + borders + cells
    for style, properties in TEXT.items():
        start = styles.index(f'w:styleId="{style}"')
        end = styles.index("</w:style>", start)
        definition = re.sub("<w:rPr>.*</w:rPr>", "", styles[start:end], flags=re.DOTALL)
        styles = f"{styles[:start]}{definition}<w:rPr>{properties}</w:rPr>{styles[end:]}"
    return styles
