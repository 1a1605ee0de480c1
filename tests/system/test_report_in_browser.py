"""The quality report in headless Chromium: counts, sorting, filters, keyboard, no network."""

import re
import time

import pandas as pd
import pytest
from findings_example import findings, reported
from selenium.webdriver.common.keys import Keys
from sepsisflow.validation.report import quality_report
from whole_workflow import ROOT

WIDTHS = (1280, 400)
BREAKDOWNS = {"rule": "code", "form": "form", "site": "site"}
GRAVITY = ["error", "warning", "note"]


@pytest.fixture(scope="module")
def default(quality):
    return quality("nct05283317")


@pytest.fixture(scope="module")
def rhc(quality, reference):
    return quality("rhc", data=reference("data/rhc"))


@pytest.fixture(scope="module", params=["default", "rhc"])
def report(request):
    """Name of a study, its page and its findings."""
    folder = request.getfixturevalue(request.param)
    return request.param, folder / "report.html", pd.read_parquet(folder / "findings.parquet")


def test_the_counts_on_the_page_are_those_of_the_findings(browser, report):
    _, page, found = report
    browser.open(page)
    assert browser.counts() == (len(found), len(found))
    severities = [len(found[found["severity"] == name]) for name in GRAVITY]
    numbers = browser.texts("dl.numbers dd:first-of-type")
    assert [int(text.replace(",", "")) for text in numbers] == [*severities, len(found)]
    for name, column in BREAKDOWNS.items():
        expected = found[column].fillna("no site").value_counts().to_dict()
        names = browser.texts(f"#by-{name} tbody th")
        totals = browser.texts(f"#by-{name} tbody td:last-child")
        assert dict(zip(names, (int(n.replace(",", "")) for n in totals), strict=True)) == expected


def test_every_filter_shows_what_it_says(browser, report):
    _, page, found = report
    browser.open(page)
    for name, column in {"severity": "severity", **BREAKDOWNS}.items():
        for value, count in found[column].fillna("no site").value_counts().items():
            browser.choose(name, value)
            assert browser.counts() == (count, len(found))
            assert set(browser.column(name)) == {value}
        browser.choose(name, "")
    browser.choose("severity", "warning")
    code = found.loc[found["severity"].eq("warning"), "code"].iloc[0]
    browser.choose("rule", code)
    both = found["severity"].eq("warning") & found["code"].eq(code)
    assert browser.counts() == (both.sum(), len(found))
    browser.click("#filter-clear")
    assert browser.counts() == (len(found), len(found))


def test_free_text_finds_a_participant_and_nonsense_finds_nothing(browser, report):
    _, page, found = report
    browser.open(page)
    who = found["participant_id"].dropna().iloc[0]
    browser.click("#filter-text")
    browser.press(who)
    assert 0 < browser.counts()[0] <= found["participant_id"].eq(who).sum() + 50
    assert who in browser.column("participant")
    browser.press(" zzzz")
    assert browser.counts() == (0, len(found))
    assert browser.column("severity") == []


def test_every_column_sorts_up_and_down(browser, report):
    browser.open(report[1])
    headings = browser.driver.execute_script(
        "return [...document.querySelectorAll('#list th')].map(each => each.dataset.column)"
    )
    assert len(headings) == 9
    for name in headings:
        for direction in ("ascending", "descending"):
            browser.click(f'#list th[data-column="{name}"] button')
            sorts = browser.driver.execute_script(
                "return [...document.querySelectorAll('#list th')].map(each => each.ariaSort)"
            )
            assert [each for each in sorts if each != "none"] == [direction]
            shown = [text for text in browser.column(name) if text]
            key = {"severity": GRAVITY.index, "row": int}.get(name, natural)
            ordered = sorted(shown, key=key, reverse=direction == "descending")
            assert [key(text) for text in shown] == [key(text) for text in ordered]


def natural(text):
    """Numbers in a text by their size, letters whatever their case, blanks before either."""
    parts = re.findall(r"\d+|\D+", re.sub(r"[^0-9a-z ]", "", text.lower()))
    return [(part.isdigit(), int(part) if part.isdigit() else part) for part in parts]


def test_the_keyboard_alone_is_enough(browser, default):
    found = pd.read_parquet(default / "findings.parquet")
    browser.open(default / "report.html")
    browser.press(Keys.TAB)
    assert browser.driver.switch_to.active_element.text == "Skip to the findings"
    browser.press(Keys.ENTER)
    browser.tab_to("#filter-severity", most=2)
    browser.press("w")  # the option "warning"
    warnings = found["severity"].eq("warning").sum()
    assert browser.counts() == (warnings, len(found))
    browser.tab_to("#filter-text", most=4)
    browser.press("organ")
    browser.tab_to('#list th[data-column="row"] button')
    outline = browser.driver.execute_script(
        "return getComputedStyle(document.activeElement).outlineStyle"
    )
    assert outline == "solid"
    browser.press(Keys.SPACE)
    rows = list(map(int, browser.column("row")))
    assert rows == sorted(rows)
    browser.press(Keys.ENTER)
    assert list(map(int, browser.column("row"))) == rows[::-1]


def test_pages_turn_with_the_keyboard_and_end_at_the_last(browser, rhc):
    found = pd.read_parquet(rhc / "findings.parquet")
    browser.open(rhc / "report.html")
    first = browser.column("number")
    browser.tab_to("#page-next")
    browser.press(Keys.ENTER)
    assert browser.text("#page").startswith("Page 2 of ")
    assert not set(first) & set(browser.column("number"))
    browser.click("#page-last")
    assert len(browser.column("number")) == len(found) % 100
    browser.click("#page-next")
    pages = -(-len(found) // 100)
    assert browser.text("#page") == f"Page {pages} of {pages}"


def test_a_count_leads_to_its_findings(browser, default):
    found = pd.read_parquet(default / "findings.parquet")
    browser.open(default / "report.html")
    browser.choose("severity", "warning")
    browser.click('#by-rule a[data-value="column.incomplete"]')
    count = found["code"].eq("column.incomplete").sum()
    assert browser.counts() == (count, len(found))
    assert set(browser.column("rule")) == {"column.incomplete"}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_and_neither_complains_nor_fetches(browser, report, width):
    study, page, _ = report
    browser.open(page, width=width)
    assert browser.messages() == []
    assert browser.requests() == [page.resolve().as_uri()]
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width
    assert browser.photograph(f"{study}-{width}").stat().st_size > 20_000


def test_without_javascript_the_counts_and_the_first_findings_are_there(browser, report):
    _, page, found = report
    browser.open(page, script=False)
    html = browser.driver.page_source
    assert html.count('<td class="number"') == min(len(found), 200)
    assert browser.driver.find_elements("css selector", "#list th button") == []


def test_new_resolved_and_still_open_can_be_shown(browser, quality, default, tmp_path):
    before = pd.read_parquet(default / "findings.parquet")
    kept = tmp_path / "may.parquet"
    gone = before.head(2).assign(participant_id=["X1", "X2"], number=["Q-1", "Q-2"])
    pd.concat([before.iloc[3:], gone]).to_parquet(kept)
    folder = quality("nct05283317", previous_findings=kept)
    browser.open(folder / "report.html")
    assert browser.counts() == (len(before), len(before))
    for status, count in {"new": 3, "still open": len(before) - 3, "resolved": 2}.items():
        browser.choose("status", status)
        shown = browser.counts()[0]
        assert (status, shown) == (status, count)
        assert set(browser.column("status")) == {status}
    resolved = pd.read_excel(folder / "queries.xlsx", sheet_name="Resolved", engine="calamine")
    assert resolved["Query"].tolist() == ["Q-1", "Q-2"]


def test_fifty_thousand_findings_open_sort_and_filter_at_once(browser, tmp_path):
    codes = ["value.unreadable", "value.implausible", "value.declared_missing"] * 16_667
    found = reported(findings(*codes)).head(50_000)
    page = [
        (ROOT / f"resources/quality/report.{kind}").read_text(encoding="utf-8")
        for kind in ("html.jinja", "css", "js")
    ]
    study = {
        "title": "Large",
        "registration": None,
        "synthetic": True,
        "errors_allowed": 0,
        "compared": False,
    }
    columns = [
        f"{what}_{how}" for what in ("rows", "values") for how in ("in", "validated", "quarantined")
    ]
    accounting = pd.DataFrame([{"table": "participants", **dict.fromkeys(columns, 0)}])
    path = tmp_path / "large.html"
    path.write_text(quality_report(page, found, found.iloc[:0], accounting, [], study=study))
    seconds = []
    for act in (
        lambda: browser.open(path),
        lambda: browser.click('#list th[data-column="number"] button'),
        lambda: browser.choose("severity", "error"),
    ):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    assert browser.counts() == (16_667, 50_000)
    assert max(seconds) < 5, seconds
    assert path.stat().st_size < 5e6
