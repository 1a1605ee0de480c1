"""The template `comparison` serves a full study and a bare one, with no number of its own."""

import re
from pathlib import Path

import endpoints_example
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
    "endpoints": endpoints_example.NONE,
    "published": [],
}

WORDS_OF_LIMIT = {
    "half_limit": "while the geometric mean takes half the limit in its place",
    "limit": "which is also what the geometric mean takes in its place",
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
        "A value below the limit of quantification stands as half the limit.",
        "0.90 (95% CI 0.10 to 0.90) for TNF-α (Holm-adjusted p = 0.004).",
        "The raw files are synthetic: no value belongs to a patient.",
        "Cytokines before each infusion by study day (logarithmic axes), in the cells group.",
        "drawn as an open mark at the limit, while the geometric mean takes half the limit",
        "bars reach from the lower to the upper quartile",
        "log-rank test [@mantel1966]",
        "The SOFA score [@vincent1996] of days 1, 3 and 9 was computed from the values measured, "
        "by the definition “SOFA (1996)”: the worst points of each of its 6 components in the 24 "
        "hours of the day were added up; what is missing counts as 0, and nobody has a score after "
        "death.",
        "The change within participants to day 3, the end of treatment, was −2.0 (95% CI −4.0 to "
        "−1.0) points (p = 0.004, n = 10). The change within participants to day 9 was −2.0",
        "In the no cells group the median SOFA score was 8.0 on day 1 (n = 10) and 8.0 on day 9 "
        "(n = 10). The change within participants to day 3 was −2.0",
        "Of 30 scores in the cells group, 4 lack a component.",
        "Nobody has a score after death, so that later days describe those still alive.",
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


def test_endpoints_are_defined_and_the_living_stand_beside_all(study, labels, estimates):
    text = " ".join(composed(study, estimates, labels).split())
    assert "- ventilator-free days: study days of which no part is under support, to" in text
    assert (
        "Ventilator-free days to day 28: a median of 19.5 in the cells group and of 19.5 in the no "
        "cells group; of those alive on that day, 22.0 and 22.0."
    ) in text


def test_recorded_totals_are_said_to_be_so(study, labels, estimates):
    recorded = {"rules": None, "variable": "sofa_recorded", "end_of_treatment": None}
    changed = {**study, "sofa": {**study["sofa"], **recorded}}
    text = " ".join(composed(changed, estimates, labels).split())
    assert "as the total that the study recorded (“sofa_recorded”); it was not computed" in text
    for word in ("end of treatment", "lack a component", "was computed from"):
        assert word not in text


def test_where_the_dead_have_a_score_the_text_says_whom_later_days_describe(
    study, labels, estimates
):
    rules = {"after_death": "after death the score is 24", "scored_after_death": True}
    sofa = {**study["sofa"], "rules": {**study["sofa"]["rules"], **rules}}
    text = " ".join(composed({**study, "sofa": sofa}, estimates, labels).split())
    assert "As after death the score is 24, later days describe the dead as well." in text
    assert "Nobody has a score after death" not in text


def test_a_hazard_ratio_that_could_not_be_estimated_is_not_printed(study, labels, estimates):
    key = "survival.death.analysed.cells-vs-no_cells.hazard_ratio"
    unknown = {**estimates, key: {**estimates[key], "value": float("nan")}}
    text = composed(study, unknown, labels)
    assert "No hazard ratio could be estimated." in text
    assert "hazard ratio was" not in text


def test_an_odds_ratio_of_0_and_a_missing_log_rank_p_are_no_numbers(study, labels, estimates):
    none = {"lower": float("nan"), "upper": float("nan")}
    odds = "mortality.death.analysed.cells-vs-no_cells@14.odds_ratio"
    logrank = "survival.death.analysed.cells-vs-no_cells.logrank_p"
    changed = {odds: {"value": 0.0, **none}, logrank: {"value": float("nan")}}
    unknown = estimates | {key: {**estimates[key], **new} for key, new in changed.items()}
    text = composed(study, unknown, labels)
    assert text.count("The odds ratio was not estimable.") == 1
    assert text.count("The odds ratio was 0.50") == 1
    assert "The log-rank test gave" not in text
    assert "The log-rank test gave" in composed(study, estimates, labels)


def test_a_ratio_that_could_not_be_estimated_is_said_in_words(study, labels, estimates):
    key = "cytokines.il_6.analysed.cells.ratio"
    unknown = {**estimates, key: {**estimates[key], "value": float("nan")}}
    text = " ".join(composed(study, unknown, labels).split())
    assert "in the cells group were not estimable for IL-6 and 0.90 (95% CI" in text


@pytest.mark.parametrize(("below_limit", "words"), WORDS_OF_LIMIT.items())
def test_the_caption_says_what_a_mean_takes_below_the_limit(
    study, labels, estimates, below_limit, words
):
    panel = {**study["biomarkers"]["cytokines"], "below_limit": below_limit}
    changed = {**study, "biomarkers": {"cytokines": panel}}
    text = " ".join(composed(changed, estimates, labels).split())
    assert f"open mark at the limit, {words}.](figures/cytokines)" in text


def side_by_side(study, estimates, labels, **changed):
    """The supplement of a study with several definitions of a score."""
    shown = {"figures": [*FIGURES, "score_comparison"]}
    shown["tables"] = {**TABLES, "score_comparison": TABLES["sofa"]}
    asked = {**study, "scores": ["sofa-1996", "sofa-1996-prorated"], "sepsis": [], **changed}
    text = " ".join(composed(asked, estimates, labels, **shown).split())
    return text.split("# Supplement: the score by other definitions")[1]


def test_the_supplement_says_where_sepsis_was_not_derived(study, labels, estimates):
    said = "Sepsis itself was not derived here"
    assert said in side_by_side(study, estimates, labels)
    assert said not in side_by_side(study, estimates, labels, sepsis=["sepsis-3"])


def test_sofa_2_is_cited_where_the_study_scores_by_it_and_sepsis_3_wherever_it_is_named(
    study, labels, estimates
):
    text = side_by_side(study, estimates, labels)
    assert "Sepsis-3 [@singer2016]" in text
    assert "ranzani2025" not in text
    for name in ("sofa-2", "sofa-2-si"):
        text = side_by_side(study, estimates, labels, scores=["sofa-1996", name])
        assert "SOFA-2 [@ranzani2025]" in text


def test_the_text_says_which_form_of_the_score_the_study_file_chose(study, labels, estimates):
    remark = "A *publication* reports another form; that of 1996 was chosen."
    chosen = {**study["manuscript"], "score_remark": remark}
    text = composed({**study, "manuscript": chosen}, estimates, labels)
    assert r"A \*publication\* reports another form; that of 1996 was chosen." in text
    silent = composed(study, estimates, labels)
    assert "None" not in silent
    assert "another form" not in silent


def test_a_randomised_study_is_nowhere_said_not_to_be(study, labels, estimates):
    randomised = {**study, "randomised": True}
    text = " ".join(composed(randomised, estimates, labels).split())
    for word in ("confounding", "Nobody was", "on-randomised", "not formed by", "exchangeable"):
        assert word not in text
    assert text.count("Participants were assigned to the groups at random.") == 2
    assert "Randomised comparison" in text
    assert describe(randomised, "x")["subtitle"].endswith("A comparison of two randomised groups")
    text = " ".join(composed(study, estimates, labels).split())
    assert "assigned to the groups at random" not in text
    assert "Nobody was assigned to a group at random." in text


def test_nothing_is_said_of_raw_files_of_which_nothing_is_known(study, labels, estimates):
    text = composed({**study, "synthetic": False}, estimates, labels)
    assert "Availability of data" not in text
    assert "not public" not in text


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
