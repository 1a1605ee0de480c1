"""The look of the Word manuscript: pandoc's reference document with page, header and footer."""

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from sepsisflow.archives import zip_bytes, zip_parts

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# A4; margins and distances in twentieths of a point (25 mm = 1417).
SECTION = """<w:sectPr>
<w:headerReference w:type="default" r:id="rIdHeader"/>
<w:footerReference w:type="default" r:id="rIdFooter"/>
<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="680" w:footer="680"
 w:gutter="0"/>
</w:sectPr>"""
HEADER = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr %s><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="9E3D3D"/>
<w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p></w:hdr>"""
FOOTER = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr %s><w:p><w:pPr><w:jc w:val="right"/></w:pPr>%s<w:r><w:t xml:space="preserve"> of </w:t></w:r>
%s</w:p></w:ftr>"""
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

# Style -> properties of its text; sizes in half points. Everything else is pandoc's. The fonts are
# on every machine, or have a stand-in of the same widths.
INK, QUIET = "1A1A1A", "595959"
SERIF, SANS = "Times New Roman", "Arial"
TEXT_STYLES = {
    "Normal": {"rFonts": SERIF, "sz": "22"},
    "Compact": {"sz": "17"},  # cells of tables
    "Title": {"rFonts": SANS, "b": None, "color": INK, "sz": "36"},
    "Subtitle": {"rFonts": SANS, "color": QUIET, "sz": "20"},
    "Heading1": {"rFonts": SANS, "b": None, "color": INK, "sz": "28"},
    "Heading2": {"rFonts": SANS, "b": None, "color": INK, "sz": "22"},
    "Caption": {"color": INK, "sz": "19"},
    "Bibliography": {"sz": "20"},
    "Hyperlink": {"color": "1F4E79"},
}
RULES = (("top", "8"), ("bottom", "8"))  # eighths of a point
CELL_MARGIN = "60"  # twentieths of a point, left and right


def reference_document(default: bytes, *, header: str) -> bytes:
    """Give pandoc's default reference document our page, styles, header and page numbers.

    Parameters
    ----------
    default : bytes
        ``pandoc --print-default-data-file reference.docx``.
    header : str
        Text at the top of every page.

    Returns
    -------
    bytes
        A docx, the same for the same arguments.
    """
    parts = zip_parts(default)
    document = parts["word/document.xml"].decode()
    start = document.index("<w:sectPr")
    parts["word/document.xml"] = (document[:start] + SECTION + "</w:body></w:document>").encode()
    parts["word/header1.xml"] = (HEADER % (NAMESPACES, escape(header))).encode()
    pages = [FIELD.format(field) for field in ("PAGE", "NUMPAGES")]
    parts["word/footer1.xml"] = (FOOTER % (NAMESPACES, *pages)).encode()
    parts["word/styles.xml"] = restyled(parts["word/styles.xml"])
    _append(
        parts,
        "[Content_Types].xml",
        "</Types>",
        "".join(
            f'<Override PartName="/word/{kind}1.xml" ContentType="{CONTENT}.{kind}+xml"/>'
            for kind in ("header", "footer")
        ),
    )
    _append(
        parts,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        "".join(
            f'<Relationship Id="rId{kind.title()}" Type="{OFFICE}/{kind}" Target="{kind}1.xml"/>'
            for kind in ("header", "footer")
        ),
    )
    return zip_bytes(parts)


def restyled(styles: bytes) -> bytes:
    """Set fonts and rules of tables in ``word/styles.xml``."""
    ElementTree.register_namespace("w", W.strip("{}"))
    root = ElementTree.fromstring(styles)
    for style in root.iter(f"{W}style"):
        name = style.get(f"{W}styleId")
        if name in TEXT_STYLES:
            _set_text(style, TEXT_STYLES[name])
        if name == "Table":
            _set_rules(style)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _set_text(style: ElementTree.Element, properties: Mapping[str, str | None]) -> None:
    """Replace the text properties of a style; Word wants them in the order of `TEXT_STYLES`."""
    for old in style.findall(f"{W}rPr"):
        style.remove(old)
    text = ElementTree.SubElement(style, f"{W}rPr")
    for tag, value in properties.items():
        names = ("ascii", "hAnsi", "cs") if tag == "rFonts" else ("val",) if value else ()
        ElementTree.SubElement(text, f"{W}{tag}", {f"{W}{name}": value for name in names})
    if "sz" in properties:
        ElementTree.SubElement(text, f"{W}szCs", {f"{W}val": properties["sz"]})


def _set_rules(style: ElementTree.Element) -> None:
    """Rule a table above and below; Word wants borders before the margins of cells."""
    table = style.find(f"{W}tblPr")
    margins = table.find(f"{W}tblCellMar")
    for side in ("left", "right"):
        margins.find(f"{W}{side}").set(f"{W}w", CELL_MARGIN)
    borders = ElementTree.Element(f"{W}tblBorders")
    for edge, size in RULES:
        values = {"val": "single", "sz": size, "space": "0", "color": INK}
        attributes = {f"{W}{name}": value for name, value in values.items()}
        ElementTree.SubElement(borders, f"{W}{edge}", attributes)
    table.insert(list(table).index(margins), borders)


def _append(parts: dict[str, bytes], name: str, end: str, addition: str) -> None:
    """Add elements before the closing tag of a part."""
    parts[name] = parts[name].decode().replace(end, addition + end).encode()
