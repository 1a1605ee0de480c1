"""The workbook of queries: what each site is asked, and room for its answers."""

import re
from math import ceil

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from sepsisflow.archives import workbook_parts, zip_bytes
from sepsisflow.validation.report import NO_SITE, listed_findings

ASKED = ["error", "warning"]
ANSWERS = ["Corrected in the source", "Confirmed as it is", "Cannot be clarified"]
# Heading, width in characters, column of `listed_findings`; None is for the site to fill in.
COLUMNS = [
    ("Query", 16, "number"),
    ("Status", 10, "status"),
    ("Severity", 9, "severity"),
    ("Participant", 12, "participant"),
    ("Form", 22, "form"),
    ("Row", 7, "row"),
    ("Column", 16, "column"),
    ("Question", 38, "question"),
    ("Answer", 22, None),
    ("Corrected value", 15, None),
    ("Initials", 8, None),
    ("Date", 11, None),
]
INSTRUCTIONS = (
    "One sheet per site. Please fill in the shaded columns at the right of each query:",
    "choose an answer, give the corrected value if there is one, your initials and the date.",
    "Correct the source itself too: the next export is checked anew. A query keeps its number.",
)
OVERVIEW = ["Site", "Errors", "Warnings", "New", "Still open", "Resolved"]
FORMULA = re.compile(r"\s*[=+\-@]")
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31  # of a sheet
LONGEST_TEXT = 32_767  # of a cell
MOST_ROWS = 100_000  # of a sheet: nobody answers more, and a workbook has an end
PAPER_A4 = 9
MARGINS = (0.4, 0.4, 0.75, 0.7, 0.35, 0.35)  # left, right, top, bottom, header, footer; inches

INK = "1A1A1A"
THIN = Side(style="thin", color="BFBFBF")
SANS = {"name": "Arial", "size": 10, "color": INK}
LINE = 13.5  # height of a line of text, points
NARROW = 1.1  # characters of a text to one digit of the width of a column
HEADING = {
    "font": Font(**SANS, bold=True),
    "fill": PatternFill("solid", fgColor="E8EEF4"),
    "border": Border(bottom=Side(style="medium", color="444444")),
    "alignment": Alignment(vertical="bottom", wrap_text=True),
}
RIGHT = Alignment(horizontal="right", vertical="top", indent=1)
TEXT = {
    "font": Font(**SANS),
    "border": Border(bottom=THIN),
    "alignment": Alignment(vertical="top", wrap_text=True),
}
NUMBER = {**TEXT, "alignment": RIGHT}
COUNT = {**NUMBER, "number_format": "#,##0"}
BOLD = {"font": Font(**SANS, bold=True)}
ANSWER = {
    **TEXT,
    "border": Border(bottom=THIN, left=THIN, right=THIN),
    "fill": PatternFill("solid", fgColor="FFFDF2"),
    "protection": Protection(locked=False),
    "number_format": "@",
}
DATE = {**ANSWER, "number_format": "yyyy-mm-dd"}


def query_workbook(findings: pd.DataFrame, resolved: pd.DataFrame, study: dict) -> bytes:
    """Write the queries of all sites as a workbook.

    The first sheet counts them; then one sheet per site holds a row per error and warning with
    empty cells for its answer; the last one lists what was resolved since the previous export.
    Sheets are protected, without a password, but for the cells to be filled in. No text is ever a
    formula.

    Parameters
    ----------
    findings, resolved : DataFrame as `sepsisflow.schemas.findings.ReportedFindings`
    study : dict
        ``title``, ``synthetic`` and ``compared``: whether there was a previous export.

    Returns
    -------
    bytes
        An xlsx file, the same for the same arguments.
    """
    asked = listed_findings(findings[findings["severity"].isin(ASKED)])
    gone = listed_findings(resolved[resolved["severity"].isin(ASKED)])
    sites = sorted({*asked["site"], *gone["site"]}, key=lambda site: (site == NO_SITE, site))
    workbook = Workbook(write_only=True)
    names = _sheet_names(["Overview", *sites, "Resolved"])
    _write_overview(workbook.create_sheet(names[0]), asked, gone, sites, study)
    for site, name in zip(sites, names[1:-1], strict=True):
        _write_queries(workbook.create_sheet(name), asked[asked["site"].eq(site)], site, study)
    if study["compared"]:
        _write_resolved(workbook.create_sheet(names[-1]), gone, study)
    return zip_bytes(workbook_parts(workbook))


def _write_overview(
    sheet: Worksheet, asked: pd.DataFrame, gone: pd.DataFrame, sites: list[str], study: dict
) -> None:
    headings = OVERVIEW if study["compared"] else OVERVIEW[:3]
    _set_widths(sheet, [34, *[12] * (len(headings) - 1)])
    _set_page(sheet, study, "Overview")
    lines = {study["title"]: Font(**SANS | {"size": 14}, bold=True)}
    if study["synthetic"]:
        lines["SYNTHETIC DATA"] = Font(**SANS | {"color": "9E3D3D"}, bold=True)
    for line, font in {**lines, **dict.fromkeys(INSTRUCTIONS, Font(**SANS))}.items():
        sheet.append([_cell(sheet, line, {"font": font})])
    sheet.append([])
    right = {**HEADING, "alignment": Alignment(horizontal="right", indent=1)}
    styles = [HEADING, *[right] * (len(headings) - 1)]
    sheet.append([_cell(sheet, *each) for each in zip(headings, styles, strict=True)])
    for site in [*sites, None]:
        here, there = (
            part if site is None else part[part["site"].eq(site)] for part in (asked, gone)
        )
        counts = [
            here["severity"].eq("error").sum(),
            here["severity"].eq("warning").sum(),
            here["status"].eq("new").sum(),
            here["status"].eq("still open").sum(),
            len(there),
        ]
        bold = BOLD if site is None else {}
        cells = [_cell(sheet, int(count), {**COUNT, **bold}) for count in counts]
        name = _cell(sheet, "Sum" if site is None else site, {**TEXT, **bold})
        sheet.append([name, *cells[: len(headings) - 1]])


def _write_queries(sheet: Worksheet, asked: pd.DataFrame, site: str, study: dict) -> None:
    """Write one row per query; the new ones first."""
    columns = [each for each in COLUMNS if study["compared"] or each[2] != "status"]
    _set_widths(sheet, [width for _, width, _ in columns])
    _set_page(sheet, study, f"Queries: {site}")
    letters = {heading: get_column_letter(at) for at, (heading, *_) in enumerate(columns, start=1)}
    last = max(len(asked) + 1, 2)
    sheet.auto_filter.ref = f"A1:{letters['Date']}{last}"
    for heading, validation in _validations().items():
        validation.add(f"{letters[heading]}2:{letters[heading]}{last}")
        sheet.data_validations.append(validation)
    empty = [_cell(sheet, None, ANSWER)] * 3 + [_cell(sheet, None, DATE)]
    ordered = asked.assign(old=asked["status"].ne("new")).sort_values("old", kind="stable")
    _append_list(sheet, columns, ordered, empty)


def _validations() -> dict[str, DataValidation]:
    """What may be entered in the columns for the site."""
    choice = DataValidation("list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
    choice.error = "Please choose an answer from the list."
    initials = DataValidation("textLength", operator="lessThanOrEqual", formula1="8")
    initials.error = "At most 8 characters, please."
    day = DataValidation("date", operator="greaterThan", formula1="36526")  # 2000-01-01
    day.error = "Please give a date."
    validations = {"Answer": choice, "Initials": initials, "Date": day}
    for heading, validation in validations.items():
        validation.errorTitle, validation.showErrorMessage = heading, True
        validation.allow_blank = True
    return validations


def _write_resolved(sheet: Worksheet, gone: pd.DataFrame, study: dict) -> None:
    columns = [("Site", 18, "site"), *(each for each in COLUMNS if each[2])]
    _set_widths(sheet, [width for _, width, _ in columns])
    _set_page(sheet, study, "Resolved since the previous export")
    _append_list(sheet, columns, gone, [])


def _append_list(
    sheet: Worksheet,
    columns: list[tuple[str, int, str | None]],
    listed: pd.DataFrame,
    empty: list[WriteOnlyCell],
) -> None:
    """Append the heading, which stays in sight and on every page, then the rows.

    Spreadsheets set the height of a row that they did not write themselves to one line, so it is
    reckoned from the longest text.
    """
    sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
    sheet.append([_cell(sheet, heading, HEADING) for heading, _, _ in columns])
    shown = [(width, name) for _, width, name in columns if name]
    stencils = [_stencils(sheet, NUMBER if name == "row" else TEXT) for _, name in shown]
    rows = listed[[name for _, name in shown]].head(MOST_ROWS).itertuples(index=False)
    for at, values in enumerate(rows, start=2):
        lines = max(
            ceil(len(str(value)) / (NARROW * width))
            for value, (width, _) in zip(values, shown, strict=True)
        )
        sheet.row_dimensions[at].height = LINE * min(lines, 20) + 2
        cells = map(_filled, stencils, values)
        sheet.append([*cells, *empty])
    if len(listed) > MOST_ROWS:
        more = f"{len(listed) - MOST_ROWS:,} more are in quality/findings.parquet."
        sheet.append([_cell(sheet, more, BOLD)])


def _cell(sheet: Worksheet, value: object, style: dict) -> WriteOnlyCell:
    """A cell of its own with a number or a text."""
    return _filled(_stencils(sheet, style), value)


def _stencils(sheet: Worksheet, style: dict) -> tuple[WriteOnlyCell, WriteOnlyCell]:
    """Two empty cells in one style; the second is for texts that look like a formula.

    They can be filled again once written: to style each cell anew takes most of the time.
    """
    stencils = WriteOnlyCell(sheet), WriteOnlyCell(sheet)
    for cell in stencils:
        for name, part in style.items():
            setattr(cell, name, part)
    stencils[1].quotePrefix = True
    return stencils


def _filled(stencils: tuple[WriteOnlyCell, WriteOnlyCell], value: object) -> WriteOnlyCell:
    """The cell with a number, or with text that no spreadsheet takes for a formula."""
    if not isinstance(value, str):
        stencils[0].value = value
        return stencils[0]
    text = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", value)[:LONGEST_TEXT]
    cell = stencils[FORMULA.match(text) is not None]
    cell.value = text
    cell.data_type = "s"
    return cell


def _set_widths(sheet: Worksheet, widths: list[int]) -> None:
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _set_page(sheet: Worksheet, study: dict, title: str) -> None:
    """Set up printing on landscape pages, and protect what is not to be filled in."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", PAPER_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(*MARGINS)
    sheet.HeaderFooter.scaleWithDoc = False
    mark = "SYNTHETIC DATA. " if study["synthetic"] else ""
    sheet.oddHeader.left.text = (mark + title).replace("&", "&&")
    sheet.oddFooter.left.text = study["title"].replace("&", "&&")[:150]
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.protection.enable()
    sheet.protection.autoFilter = sheet.protection.sort = sheet.protection.formatColumns = False


def _sheet_names(wanted: list[str]) -> list[str]:
    """Names that a workbook accepts, unlike one another whatever their case."""
    names: list[str] = []
    for text in wanted:
        plain = FORBIDDEN.sub(" ", text).strip().strip("'")[:LONGEST_NAME] or "Site"
        name, again = plain, 1
        while name.lower() in {"history", *(each.lower() for each in names)}:
            again += 1
            name = f"{plain[: LONGEST_NAME - 5]} ({again})"
        names.append(name)
    return names
