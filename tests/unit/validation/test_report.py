"""The quality report as a page of text: counts, escapes, what works without JavaScript."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from findings_example import findings, located, reported
from sepsisflow.validation.distributions import Axis, Histogram
from sepsisflow.validation.numbers import Number
from sepsisflow.validation.previous import compare_exports
from sepsisflow.validation.report import listed_findings, quality_report
from sepsisflow.validation.rules import finding

RESOURCES = Path(__file__).parents[3] / "resources" / "quality"
PAGE = [
    (RESOURCES / f"report.{kind}").read_text(encoding="utf-8")
    for kind in ("html.jinja", "css", "js")
]
STUDY = {
    "title": "Trial",
    "registration": None,
    "synthetic": False,
    "errors_allowed": 0,
    "compared": False,
}
ACCOUNTING = pd.DataFrame(
    [
        {"table": "participants", "rows_in": 1030, "rows_validated": 1029, "rows_quarantined": 1,
         "values_in": 90, "values_validated": 80, "values_quarantined": 10}
    ]
)  # fmt: skip


def report(found, resolved=None, histograms=(), **study):
    resolved = found.iloc[:0] if resolved is None else resolved
    return quality_report(PAGE, found, resolved, ACCOUNTING, histograms, study={**STUDY, **study})


def data(page):
    """What the page hands to its script."""
    return json.loads(re.search(r'id="data">(.*?)</script>', page).group(1))


def histogram(**changes):
    whole = {
        "kind": "measurements",
        "variable": "creatinine",
        "form": "labs.csv",
        "number": Number("Creatinine", "mg/dL", (0.1, 20), (0.01, 60)),
        "axis": Axis(np.array([0.1, 1.0, 10.0, 100.0]), log=True),
        "validated": np.array([4, 8, 0]),
        "aside": np.array([0, 0, 5]),
        "participants": 7,
        "missing": 2,
        "censored": 1,
        "unread": 1,
        "beyond": 0,
    }
    return Histogram(**whole | changes)


class Tags(HTMLParser):
    """Every tag and address of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.addresses = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Keep the tag."""
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href")]


def test_the_report_shows_sums_and_findings():
    page = report(reported(findings("value.unreadable")))
    assert '<td class="n">1,030</td><td class="n">1,029</td><td class="n">1</td>' in page
    assert '<td class="n">90</td><td class="n">80</td><td class="n">10</td>' in page
    assert "This is not a number. Please correct it." in page
    assert "1 of 1 findings" in page
    assert "SYNTHETIC DATA" not in page


def test_whatever_the_raw_files_hold_is_text():
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    found = reported(findings("value.unreadable", participant=evil))
    found = found.assign(source_column=evil, form=evil, site=evil, query=evil)
    page = report(found, None, [histogram(form=evil)], title=evil)
    tags = Tags(page).tags
    assert tags.count("script") == 2
    assert "img" not in tags
    assert data(page)["participant"]["levels"] == [evil]


def test_nothing_is_fetched():
    page = report(reported(findings("value.unreadable")), None, [histogram()])
    assert {address[:1] for address in Tags(page).addresses if address != "data:,"} == {"#"}
    assert "default-src 'none'" in page


def test_a_report_of_synthetic_data_says_so_and_one_without_findings_too():
    page = report(reported(findings("value.unreadable")).iloc[:0], synthetic=True)
    assert "SYNTHETIC DATA" in page
    assert "No findings." in page
    assert "No numbers were read." in page


@pytest.mark.parametrize("dimension", ["rule", "form", "site"])
def test_the_counts_by_rule_form_and_site_add_up(dimension):
    found = reported(
        findings("value.unreadable", "value.implausible"),
        findings("row.incomplete", participant="B1", file="labs/p1.psv"),
        findings("value.declared_missing", participant=None),
    )
    table = re.search(rf'id="by-{dimension}".*?</table>', report(found), re.DOTALL).group()
    rows = [list(map(int, re.findall(r'class="n">(\d+)<', row))) for row in table.split("</tr>")]
    *parts, total = [row for row in rows if row]
    assert np.sum(parts, axis=0).tolist() == total == [2, 1, 1, 4]


def test_without_javascript_the_first_findings_are_there():
    found = reported(findings(*["value.implausible"] * 300))
    page = report(found)
    assert page.count('<td class="number"') == 200
    assert "200 of 300 findings" in page
    assert "Without JavaScript the first 200 findings are listed." in page
    assert len(data(page)["number"]["codes"]) == 300


def test_the_place_of_a_finding_has_columns_of_its_own():
    incomplete = finding("column.incomplete", "participants", field="sex", count=1, total=9)
    incomplete = pd.DataFrame([incomplete]).astype({"source_row": "float64"})
    found = reported(findings("value.unreadable"), incomplete)
    listed = listed_findings(found).set_index("rule")
    assert listed.loc["value.unreadable", ["form", "row", "column", "question"]].tolist() == [
        "p.csv", 2, "Age", "This is not a number. Please correct it."
    ]  # fmt: skip
    assert listed.loc["column.incomplete", ["form", "row", "column", "question"]].tolist() == [
        "participants", "", "sex", "Not recorded for 1 of 9 participants."
    ]  # fmt: skip


def test_the_change_since_the_previous_export_is_counted():
    before = reported(findings("value.unreadable", "row.incomplete"))
    found, resolved = compare_exports(
        located(findings("value.unreadable", "value.implausible")), before
    )
    page = report(found, resolved, compared=True)
    for label, count in (("New", 1), ("Still open", 1), ("Resolved", 1)):
        assert f"<dt>{label}</dt><dd>{count}</dd>" in page
    assert "1 of 2 findings" not in page
    assert data(page)["status"]["levels"] == ["still open", "new", "resolved"]
    assert "<dt>New</dt>" not in report(found)


def test_a_picture_states_what_is_missing_set_aside_and_censored():
    page = report(reported(findings("value.unreadable")), None, [histogram(beyond=3)])
    assert (
        "12 values, 7 participants; 2 missing, 6 set aside; 1 censored; 3 beyond the axis" in page
    )
    assert 'aria-label="Histogram of Creatinine, labs.csv: 12 values, logarithmic axis"' in page


def test_fewer_than_ten_values_are_not_drawn():
    few = histogram(validated=np.array([4, 0, 0]))
    page = report(reported(findings("value.unreadable")), None, [few])
    assert "Fewer than 10 values: not drawn." in page
    assert "<svg" not in page


def test_variables_that_look_like_two_units_come_first_and_are_marked():
    found = reported(findings("value.unreadable")).assign(code="unit.mixture", field="lactate")
    other = histogram(variable="lactate", number=Number("Lactate", "mmol/L"))
    page = report(found, None, [histogram(), other])
    assert page.index("<figcaption>Lactate") < page.index("<figcaption>Creatinine")
    assert page.count("two units?") == 1
