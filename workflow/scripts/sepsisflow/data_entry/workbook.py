"""Write the data-entry workbook anew from the schemas and codelists.

PYTHONPATH=workflow/scripts python -m sepsisflow.data_entry.workbook
"""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from sepsisflow.configuration.schema import read_schema
from sepsisflow.data_entry import layout
from sepsisflow.data_entry.columns import columns_of
from sepsisflow.data_entry.guide import write_guide
from sepsisflow.data_entry.lists import write_lists
from sepsisflow.data_entry.sheet import write_sheet
from sepsisflow.study import vocabularies

WORKFLOW_DIR = Path(__file__).parents[4]
FIXED = datetime(2024, 1, 15, 9, 0)  # every time stamp in the workbook


def workbook(schema: dict, codelists: dict) -> bytes:
    """The data-entry workbook, the same bytes for the same schema and codelists.

    Parameters
    ----------
    schema : dict
        study.schema.yaml as `read_schema` gives it.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
    """
    book = Workbook()
    book.properties.creator, book.properties.created = "sepsisflow", FIXED
    book.properties.title = "Data entry"
    columns = {sheet: columns_of(sheet, schema, codelists) for sheet in layout.SHEETS}
    write_guide(book.active, columns)
    for sheet, each in columns.items():
        write_sheet(book.create_sheet(sheet), each)
    write_lists(book.create_sheet("Lists"), codelists)
    return _with_fixed_times(book)


def _with_fixed_times(book: Workbook) -> bytes:
    """The saved workbook without the time at which it was saved."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    stamp = FIXED.strftime(r"\g<1>%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as out:
        for name in sorted(parts.namelist()):
            entry = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            content = parts.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamp, content)
            out.writestr(entry, content)
    return fixed.getvalue()


def main() -> None:
    """Write the workbook of this checkout."""
    schema = read_schema(WORKFLOW_DIR / "workflow/schemas", "study.schema.yaml")
    path = WORKFLOW_DIR / layout.WORKBOOK
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(workbook(schema, vocabularies(WORKFLOW_DIR)))


if __name__ == "__main__":
    main()
