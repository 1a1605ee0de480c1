"""Archives: the same bytes for the same files, whenever and in whatever way they were made."""

import io
import zipfile
from datetime import datetime

import openpyxl
from sepsisflow.archives import EPOCH, workbook_parts, zip_bytes, zip_parts

PARTS = {"b.xml": b"<b/>" * 99, "a/a.xml": b""}
NOON = datetime(2024, 1, 15, 12)


def test_files_come_back_as_they_were_and_in_their_order():
    for compressed in (True, False):
        assert list(zip_parts(zip_bytes(PARTS, compressed=compressed)).items()) == [*PARTS.items()]
    assert len(zip_bytes(PARTS)) < len(zip_bytes(PARTS, compressed=False))


def test_every_file_is_dated_as_told_and_readable_by_its_owner_alone():
    for time, archive in ((EPOCH, zip_bytes(PARTS)), (NOON, zip_bytes(PARTS, NOON))):
        infos = zipfile.ZipFile(io.BytesIO(archive)).infolist()
        assert {datetime(*each.date_time) for each in infos} == {time}
        assert {(each.create_system, each.external_attr) for each in infos} == {(3, 0o600 << 16)}


def test_a_workbook_was_created_and_saved_when_it_is_told():
    book = openpyxl.Workbook()
    book.active["A1"] = "kept"
    saved = zip_bytes(workbook_parts(book, NOON), NOON)
    properties = openpyxl.load_workbook(io.BytesIO(saved)).properties
    assert (properties.created, properties.modified) == (NOON, NOON)
    assert openpyxl.load_workbook(io.BytesIO(saved)).active["A1"].value == "kept"
