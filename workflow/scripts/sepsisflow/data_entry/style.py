"""How the sheets of the data-entry workbook look on screen and on paper."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

BODY = "Calibri"
TITLE = Font(name=BODY, size=18, bold=True, color="1F3A5F")
SUBTITLE = Font(name=BODY, size=13, bold=True, color="1F3A5F")
HEADER = Font(name=BODY, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", start_color="5B7083")
REQUIRED_FILL = PatternFill("solid", start_color="1F3A5F")
INPUT_FILL = PatternFill("solid", start_color="FFF8DC")
# Of conditional formats, the background colour counts.
LACKING_FILL = PatternFill("solid", start_color="F9D5D3", end_color="F9D5D3")
WRONG_FILL = PatternFill("solid", start_color="E8847C", end_color="E8847C")
UNUSUAL_FILL = PatternFill("solid", start_color="FFD68A", end_color="FFD68A")
WRAPPED = Alignment(wrap_text=True, vertical="top")
RULED = Border(bottom=Side(style="hair", color="B0B8C0"))


def for_print(sheet: Worksheet) -> None:
    """A4 across, as wide as the page, the header on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = "&A", "Site: ____________"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&F", "Page &P of &N"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header = 0.9, 0.7, 0.4
