"""Word and Excel files, which are zip archives, whose bytes do not tell when they were written."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

EPOCH = datetime(1980, 1, 1)  # the earliest date that a zip file can hold
TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def zip_parts(archive: bytes) -> dict[str, bytes]:
    """Files of a zip archive by name, in the order of the archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zip_bytes(
    parts: Mapping[str, bytes], time: datetime = EPOCH, *, compressed: bool = True
) -> bytes:
    """Pack files in the order given, as if written at ``time`` and on any system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, time.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr(entry, content)
    return buffer.getvalue()


def workbook_parts(workbook, time: datetime = EPOCH) -> dict[str, bytes]:
    """Files of an openpyxl workbook, as if created and saved at ``time``."""
    saved = io.BytesIO()
    workbook.save(saved)
    parts = zip_parts(saved.getvalue())
    stamp = time.strftime(r"\g<1>%Y-%m-%dT%H:%M:%SZ").encode()
    return {**parts, "docProps/core.xml": TIMES.sub(stamp, parts["docProps/core.xml"])}
