"""The table of participant-level endpoints."""

import pytest
from endpoints_example import BLOCK, NONE, rows
from estimate_examples import ARMS
from sepsisflow.schemas.estimates import estimates_table
from sepsisflow.tables.endpoints import endpoints_table


@pytest.fixture
def table():
    estimates = estimates_table(rows(ARMS))
    return endpoints_table(estimates, arms=ARMS, endpoints=BLOCK, randomised=False)


def test_each_endpoint_has_a_section_and_each_arm_a_column(table):
    assert table.header == ["Endpoint", "MSC", "Control"]
    assert [row.cells[0] for row in table.rows if row.kind == "section"] == [
        "SOFA on day 7",
        "Change of SOFA from day 1 to day 7",
        "Maximum SOFA to day 7",
        "Mean SOFA to day 7",
        "Ventilator-free days to day 28",
        "Days alive and out of hospital to day 28",
        "Shock reversal to day 28",
        "Lactate clearance",
    ]


def test_composites_stand_beside_their_parts(table):
    written = [row.cells for row in table.rows]
    start = written.index(["Days alive and out of hospital to day 28", "", ""])
    assert written[start + 1 : start + 4] == [
        ["All, the dead as 0", "13.0 (10.5 to 15.5) [2]", "0.0 (0.0 to 0.0) [2]"],
        ["Deaths by day 28", "0 of 2", "1 of 2"],
        ["Alive on day 28", "13.0 (10.5 to 15.5) [2]", "0.0 (0.0 to 0.0) [1]"],
    ]


def test_scores_stand_under_each_rule_about_death_and_nobody_is_a_dash(table):
    assert [row.cells for row in table.rows][1:3] == [
        ["No score after death", "4.5 (4.3 to 4.8) [2]", "– [0]"],
        ["24 points from death on", "4.5 (4.3 to 4.8) [2]", "24.0 (24.0 to 24.0) [1]"],
    ]


def test_reversals_are_counted_among_those_in_shock(table):
    written = [row.cells for row in table.rows]
    start = written.index(["Shock reversal to day 28", "", ""])
    assert written[start + 1 : start + 5] == [
        ["Reversed, of those in shock", "1 of 1", "1 of 2"],
        ["Died before", "0 of 1", "1 of 2"],
        ["Alive and not reversed, or not followed", "0 of 1", "0 of 2"],
        ["Days to reversal, of those reversed", "4.0 (4.0 to 4.0) [1]", "2.0 (2.0 to 2.0) [1]"],
    ]


def test_the_notes_define_every_endpoint_once(table):
    beginnings = [note.split(":")[0] for note in table.notes[1:6]]
    assert beginnings == [
        "SOFA",
        "Ventilator-free days",
        "Days alive and out of hospital",
        "Shock reversal",
        "Lactate clearance",
    ]
    assert table.notes[1] == (
        "SOFA: definition “sofa-1996”, in points; the worst score of a day; maximum and mean over "
        "the days 1, 7 that have one; an unscored day of the living is missing; the score of the "
        "day of death counts; after death no score; or 24 points."
    )
    assert "about confounding" in table.notes[-1]


def test_a_study_may_have_one_kind_of_endpoint_alone():
    block = {**NONE, "clearance": BLOCK["clearance"]}
    estimates = estimates_table(rows(ARMS))
    table = endpoints_table(estimates, arms=ARMS, endpoints=block, randomised=True)
    assert [row.cells[0] for row in table.rows] == [
        "Lactate clearance",
        "Fall, percent of the first value",
    ]
    assert "confounding" not in " ".join(table.notes)
