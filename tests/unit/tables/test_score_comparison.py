"""The table of definitions side by side, cell by cell."""

from score_comparison_example import CASES, DEFINITIONS, NEW, OLD, POINTS, SEPSIS, compared
from sepsisflow.tables.score_comparison import score_comparison_table

THIRD = {"third-one": {**DEFINITIONS["new-one"], "title": "Third"}}


def table(estimates, definitions=DEFINITIONS, sepsis=None):
    return score_comparison_table(
        estimates, definitions=definitions, sepsis=sepsis or {}, population="all"
    )


def test_cells_are_the_estimates():
    made = table(compared(OLD, NEW))
    assert made.header == ["", "Old", "New"]
    assert [row.cells for row in made.rows] == [
        ["Scored", "", ""],
        ["Participants, n (%)", "2 (66.7%)", "2 (66.7%)"],
        ["Participant-days, n", "4", "3"],
        ["Components observed on a day, mean", "1.8", "1.3"],
        ["A rise by 2 points and a suspected infection", "Sepsis-3", "not Sepsis-3"],
        ["Component observed, % of participant-days", "", ""],
        ["Heart", "100.0%", "100.0%"],
        ["Lung", "75.0%", "33.3%"],
        ["First day", "", ""],
        ["Mean (SD)", "2.5 (2.1)", "2.0 (1.4)"],
        ["Median (quartiles)", "2.5 (1.8 to 3.3)", "2.0 (1.5 to 2.5)"],
        ["2 points or more, n (%)", "1 (50.0%)", "1 (50.0%)"],
        ["by both", "reference", "0"],
        ["by this one only", "reference", "1"],
        ["by Old only", "reference", "1"],
        ["by neither", "reference", "0"],
        ["Day of the highest score", "", ""],
        ["Mean (SD)", "3.5 (0.7)", "2.0 (1.4)"],
        ["Median (quartiles)", "3.5 (3.3 to 3.8)", "2.0 (1.5 to 2.5)"],
        ["2 points or more, n (%)", "2 (100.0%)", "1 (50.0%)"],
        ["by both", "reference", "1"],
        ["by this one only", "reference", "0"],
        ["by Old only", "reference", "1"],
        ["by neither", "reference", "0"],
        ["Sepsis", "", ""],
        ["Participants, n (%)", "not derived", "not derived"],
        ["Other points than Old, % of participant-days (mean difference)", "", ""],
        ["Heart", "reference", "66.7% (−0.33)"],
        ["Lung", "reference", "0.0% (0.00)"],
        ["Total", "reference", "100.0% (−0.67)"],
    ]


def test_who_is_reclassified_stands_below_the_row_that_it_is_of():
    made = table(compared(OLD, NEW, cases=CASES), sepsis=SEPSIS)
    nested = [row.cells[0] for row in made.rows if row.kind == "nested"]
    cells = ["by both", "by this one only", "by {} only", "by neither"]
    assert nested == [each.format(name) for name in ("Old", "Old", "Sepsis-3") for each in cells]
    assert {row.kind for row in made.rows} == {"section", "indented", "nested"}


def test_of_three_definitions_each_pair_is_set_against_each_other():
    points = {**POINTS, "third-one": POINTS["old-one"]}
    made = table(compared(OLD, NEW, OLD, points=points), DEFINITIONS | THIRD)
    assert [row.cells for row in made.rows[-3:]] == [
        ["Another total, % of participant-days (mean difference), by pair", "", "", ""],
        ["New", "100.0% (−0.67)", "", ""],
        ["Third", "0.0% (0.00)", "100.0% (0.67)", ""],
    ]


def test_sepsis_stands_in_the_column_of_the_score_that_it_looks_at():
    made = table(compared(OLD, NEW, cases=CASES), sepsis=SEPSIS)
    cells = [row.cells for row in made.rows]
    at = cells.index(["Sepsis, by its definition and the score that it looks at", "", ""])
    assert cells[at + 1 : at + 7] == [
        ["Sepsis-3, n (%)", "1 of 2 (50.0%)", ""],
        ["Rise of New, not Sepsis-3, n (%)", "", "1 of 1 (100.0%)"],
        ["by both", "", "0"],
        ["by this one only", "", "1"],
        ["by Sepsis-3 only", "", "0"],
        ["by neither", "", "0"],
    ]


def test_a_study_without_a_definition_of_sepsis_says_that_none_was_derived():
    said = "settings; 2 points or more do not stand for it."
    assert table(compared(OLD, NEW)).notes[-1].endswith(said)
    made = table(compared(OLD, NEW, cases=CASES), sepsis=SEPSIS)
    assert said not in made.notes[-1]
    assert not any("not derived" in row.cells for row in made.rows)


def test_what_cannot_be_compared_is_a_dash():
    other = {"third-one": {**DEFINITIONS["new-one"], "labels": {"pulse": "Pulse"}}}
    points = {"old-one": POINTS["old-one"], "third-one": {"pulse": 1}}
    definitions = {"old-one": DEFINITIONS["old-one"], **other}
    made = table(compared(OLD, NEW, points=points), definitions)
    observed = next(row.cells for row in made.rows if row.cells[0] == "Pulse")
    assert observed == ["Pulse", "–", "0.0%"]
    assert [row.cells for row in made.rows[-2:]] == [
        ["Other points than Old, % of participant-days (mean difference)", "", ""],
        ["Total", "reference", "–"],
    ]


def test_points_that_no_day_has_of_both_are_a_dash():
    made = table(compared(OLD, []))
    assert made.rows[-1].cells == ["Total", "reference", "–"]


def test_notes_say_that_nothing_is_tested_and_that_two_points_are_not_sepsis():
    differ, descriptive, sepsis = table(compared(OLD, NEW)).notes
    assert "minus the other, in points" in differ
    assert "nothing is tested" in descriptive
    assert "not sepsis by themselves" in sepsis
