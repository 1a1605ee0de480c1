"""Write the data-entry workbook anew from the schemas and codelists.

PYTHONPATH=workflow/scripts python -m sepsisflow.data_entry.workbook
"""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from sepsisflow.archives import workbook_parts, zip_bytes
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
    book.properties.creator = "sepsisflow"
    book.properties.title = "Data entry"
    columns = {sheet: columns_of(sheet, schema, codelists) for sheet in layout.SHEETS}
    write_guide(book.active, columns)
    for sheet, each in columns.items():
        write_sheet(book.create_sheet(sheet), each)
    write_lists(book.create_sheet("Lists"), codelists)
    # Under version control: not compressed, and in an order of its own.
    return zip_bytes(dict(sorted(workbook_parts(book, FIXED).items())), FIXED, compressed=False)


def main() -> None:
    """Write the workbook of this checkout."""
    schema = read_schema(WORKFLOW_DIR / "workflow/schemas", "study.schema.yaml")
    path = WORKFLOW_DIR / layout.WORKBOOK
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(workbook(schema, vocabularies(WORKFLOW_DIR)))


if __name__ == "__main__":
    main()
