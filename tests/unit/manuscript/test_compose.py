"""The template `comparison` serves a full study and a bare one, with no number of its own."""

import re
from pathlib import Path

import pytest
from sepsisflow.errors import DataError
from sepsisflow.manuscript.compose import compose, describe, table_markdown, with_numbers

RESOURCES = Path(__file__).parents[3] / "resources" / "manuscript"
TEMPLATE = (RESOURCES / "comparison.md").read_text(encoding="utf-8")
TABLES = {name: [["", "Cells"], ["x", "1"]] for name in ("baseline", "mortality", "sofa")}
FIGURES = ["flow", "survival", "sofa", "cytokines"]
BARE = {
    "registration": None,
    "synthetic": False,
    "abstract": None,
    "citation_keys": [],
    "publisher": {"url": "https://example.org/a_b", "terms": "Free *use*."},
    "eligibility": [],
    "controls": {"method": "recorded"},
    "sofa": None,
    "biomarkers": {},
    "published": [],
}


def composed(study, estimates, labels, **changed):
    inputs = {"figures": FIGURES, "tables": TABLES, "estimates": estimates, "labels": labels}
    text = compose(TEMPLATE, name="comparison.md", study=study, **{**inputs, **changed})
    return with_numbers(text, estimates, name="comparison.md", linked=False)


def test_nothing_is_left_unfilled(study, labels, estimates):
    text = composed(study, estimates, labels)
    assert not re.findall(r"\{\{|\}\}|\[\[|\]\]|\[%|%\]|\[#|#\]|@fig-|@tbl-", text)


def test_the_full_study_says_what_its_study_file_says(study, labels, estimates):
    text = " ".join(composed(study, estimates, labels).split())
    for sentence in (
        "All data are synthetic.",
        "Time zero is the first dose of cells in the cells group and the start of observation",
        "This immortal time favours the cells group [@suissa2008].",
        "1. Age 18 to 80 years 2. Not pregnant",
        "excluded, but kept where the criterion was “Not pregnant”.",
        "The controls were chosen outside this analysis, perhaps with their outcomes known",
        "by days 14 and 28; a death on the day itself counts.",
        "counted at the end of that interval",
        "A value below the limit of detection stands as half the limit.",
        "0.90 (95% CI 0.10 to 0.90) for TNF-α (Holm-adjusted p = 0.004).",
        "The synthetic raw files are part of the workflow.",
        "the choice was made before, and not by, this analysis",
        "Of 60 screened in the pool of possible controls, 25 did not meet “Age 18 to 80 years”,",
    ):
        assert sentence in text


def test_a_bare_study_says_no_more_than_it_has(study, labels, estimates):
    arms = {key: {**arm, "time_zero": "origin"} for key, arm in study["arms"].items()}
    bare = {**study, **BARE, "arms": arms}
    text = " ".join(composed(bare, estimates, labels, figures=[], tables={}).split())
    for word in ("synthetic", "SOFA", "Holm", "immortal", "Figure", "Table", "NCT", "Background"):
        assert word not in text
    assert "No criterion was applied" in text
    assert "in both groups." in text
    assert "published at <https://example.org/a_b>. Terms of use: Free \\*use\\*." in text


def test_a_hazard_ratio_that_could_not_be_estimated_is_not_printed(study, labels, estimates):
    key = "survival.death.analysed.cells-vs-no_cells.hazard_ratio"
    unknown = {**estimates, key: {**estimates[key], "value": float("nan")}}
    text = composed(study, unknown, labels)
    assert "No hazard ratio could be estimated." in text
    assert "hazard ratio was" not in text


def test_each_linked_number_has_its_row_in_the_appendix(study, labels, estimates):
    text = compose(
        TEMPLATE,
        name="comparison.md",
        study=study,
        labels=labels,
        estimates=estimates,
        figures=FIGURES,
        tables=TABLES,
    )
    linked = with_numbers(text, estimates, name="comparison.md", linked=True)
    targets = re.findall(r"\]\(#(estimate-[^)]+)\)", linked)
    rows = re.findall(r"\{#(estimate-[^}]+)\}", linked)
    assert len(targets) > 30
    assert len(rows) == len(set(rows))
    assert set(rows) == set(targets)


def test_every_citation_of_the_template_is_in_the_bibliography():
    bibliography = (RESOURCES / "references.bib").read_text(encoding="utf-8")
    known = set(re.findall(r"^@\w+\{(\w+),", bibliography, re.MULTILINE))
    cited = set(re.findall(r"@([a-z]+\d{4})\b", TEMPLATE))
    assert cited <= known


def test_a_row_with_a_label_alone_heads_a_section_where_asked(study):
    tables = {"sofa": [["Day", "n"], ["MSC", ""], ["   Day 1", "10"]]}
    assert "| **MSC** |  |" in table_markdown("sofa", tables, sections=True)
    assert "| MSC |  |" in table_markdown("sofa", tables)


def test_a_table_that_does_not_exist_names_the_nearest():
    with pytest.raises(DataError) as caught:
        table_markdown("sofas", {"sofa": []})
    assert str(caught.value) == "The template asks for table 'sofas'; did you mean 'sofa'?"


def test_the_title_is_literal_text(study):
    described = describe(study, "my_study")
    assert described["title"] == r"Cells in \*sepsis\*"
    assert described["subtitle"].startswith("NCT00000000 · ")
    assert describe({**study, "registration": None}, "x")["subtitle"].startswith("A comparison")
