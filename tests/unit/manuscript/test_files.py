"""The manuscript's inputs, read from files."""

import math

from sepsisflow.manuscript.files import figure_names, read_estimates, read_tables
from sepsisflow.schemas.estimates import estimates_table


def test_estimates_of_all_files_are_found_by_key(tmp_path):
    place = {"population": "analysed", "group": "msc", "method": "By hand"}
    folder = tmp_path / "estimates"
    folder.mkdir()
    for analysis, value in (("survival", 0.5), ("sofa", None)):
        row = {"analysis": analysis, "endpoint": "x", "statistic": "s", "value": value, **place}
        estimates_table([row]).to_parquet(folder / f"{analysis}.parquet", index=False)
    paths = [str(path) for path in sorted(folder.iterdir())]
    rows = read_estimates(paths)
    assert list(rows) == ["sofa.x.analysed.msc.s", "survival.x.analysed.msc.s"]
    assert rows["survival.x.analysed.msc.s"]["value"] == 0.5
    assert rows["survival.x.analysed.msc.s"]["file"] == "estimates/survival.parquet"
    assert math.isnan(rows["sofa.x.analysed.msc.s"]["value"])


def test_tables_lose_what_was_added_for_spreadsheets(tmp_path):
    path = tmp_path / "sofa.csv"
    text = "\ufeffDay [SYNTHETIC DATA],n\r\n\xa0Day 1,'=2\r\n'quoted',–\r\n"
    path.write_bytes(text.encode())
    (tmp_path / "sofa.html").write_text("<table>", encoding="utf-8")
    tables = read_tables([str(tmp_path / "sofa.html"), str(path)])
    assert tables == {"sofa": [["Day", "n"], ["\xa0Day 1", "=2"], ["'quoted'", "–"]]}


def test_figures_are_named_once_whatever_their_kinds():
    assert figure_names(["f/flow.pdf", "f/flow.svg", "f/survival.png"]) == ["flow", "survival"]
