"""The Word reference document: header, page numbers, styles; the same bytes every time."""

import io
import subprocess
import zipfile
from xml.etree import ElementTree

import pypandoc
import pytest
from sepsisflow.manuscript.word import W, reference_document


@pytest.fixture(scope="module")
def default():
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file=reference.docx"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def parts(document):
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_is_well_formed_and_declared(default):
    made = parts(reference_document(default, header="R&D <1>"))
    for name, data in made.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    types = made["[Content_Types].xml"].decode()
    relations = made["word/_rels/document.xml.rels"].decode()
    for kind in ("header", "footer"):
        assert f'PartName="/word/{kind}1.xml"' in types
        assert f'Target="{kind}1.xml"' in relations
    assert "R&amp;D &lt;1&gt;" in made["word/header1.xml"].decode()


def test_cells_are_smaller_than_text_and_headings_are_dark(default):
    styles = ElementTree.fromstring(
        parts(reference_document(default, header=""))["word/styles.xml"]
    )
    found = {
        style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}sz").get(f"{W}val")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}rPr/{W}sz") is not None
    }
    assert int(found["Compact"]) < int(found["Normal"]) < int(found["Heading1"])


def test_the_same_arguments_give_the_same_bytes(default):
    made = [reference_document(default, header="SYNTHETIC DATA") for _ in range(2)]
    assert made[0] == made[1]
