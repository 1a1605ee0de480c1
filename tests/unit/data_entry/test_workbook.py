"""The data-entry workbook says what the schemas and codelists say, and checks what is typed."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sepsisflow.configuration.schema import read_schema
from sepsisflow.data_entry import layout
from sepsisflow.data_entry.workbook import workbook
from sepsisflow.study import vocabularies
from sepsisflow.units import conversion

REPOSITORY = Path(__file__).parents[3]
CODELISTS = vocabularies(REPOSITORY)


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook(read_schema(REPOSITORY / "workflow/schemas", "study.schema.yaml"), CODELISTS)


@pytest.fixture(scope="module")
def book(made):
    return load_workbook(BytesIO(made))


def validation(book, sheet: str, heading: str):
    """The data validation of the column with this heading."""
    column = next(each.column_letter for each in book[sheet][1] if each.value == heading)
    found = [each for each in book[sheet].data_validations.dataValidation
             if f"{column}2" in each.cells]  # fmt: skip
    assert len(found) == 1
    return found[0]


def test_the_workbook_is_not_stale(made):
    assert (REPOSITORY / layout.WORKBOOK).read_bytes() == made, "Run make reference."


def test_every_sheet_has_its_headings_in_the_first_row_and_nothing_below(book):
    assert book.sheetnames == ["Read me", *layout.SHEETS, "Lists"]
    for sheet, (_, headings) in layout.SHEETS.items():
        written = [cell.value for cell in book[sheet][1]]
        assert written[: len(headings)] == list(headings.values())
        assert book[sheet].max_row == 1


def test_daily_headings_state_the_unit_or_the_range_of_a_pure_number(book):
    headings = [cell.value for cell in book["Daily values"][1]]
    assert headings[2:6] == [
        "PaO2 (mmHg)",
        "FiO2 (0.21–1)",
        "Mechanical ventilation (0 = no, 1 = yes)",
        "Platelets (10³/µL)",
    ]


def test_what_is_typed_outside_the_possible_range_is_refused(book):
    age = validation(book, "Participants", "Age (years)")
    assert (age.type, age.operator, age.formula1, age.formula2) == (
        "decimal",
        "between",
        "0",
        "125",
    )
    assert age.prompt == "Age. Usual: 0 to 105 years. Possible: 0 to 125 years."
    lactate = validation(book, "Daily values", "Lactate (mmol/L)")
    assert "AND(Q2>=0,Q2<=60)" in lactate.formula1


@pytest.mark.parametrize(
    ("sheet", "heading", "column"),
    [
        ("Participants", "Arm", "A"),
        ("Participants", "Sex", "B"),
        ("Adverse events", "Serious", "C"),
        ("Adverse events", "Grade (1–5)", "E"),
        ("Events", "Event", "F"),
        ("Treatments", "Treatment", "G"),
        ("Measurements", "Variable", "J"),
    ],
)
def test_a_drop_down_offers_the_list_of_its_column(book, sheet, heading, column):
    found = validation(book, sheet, heading)
    assert found.type == "list"
    assert f"Lists!${column}$2" in found.formula1


def test_every_event_agent_and_variable_is_in_the_lists(book):
    def below(letter):
        return [cell.value for cell in book["Lists"][letter][1:] if cell.value is not None]

    for letter, name in (("F", "events"), ("G", "agents"), ("J", "variables")):
        assert below(letter) == [each["label"] for each in CODELISTS[name].values()]
        assert len(below(letter)) == len(set(below(letter)))


def test_every_unit_offered_can_be_read_and_means_what_no_other_does():
    for entry in [*CODELISTS["variables"].values(), *CODELISTS["agents"].values()]:
        meanings = [conversion(unit, entry) for unit in layout.offered_units(entry)]
        assert None not in meanings
        assert meanings[0] == (1, 0)
        assert len(set(meanings)) == len(meanings)


def test_units_are_offered_in_a_spelling_that_people_use():
    variables = CODELISTS["variables"]
    assert layout.offered_units(variables["creatinine"]) == ["mg/dL", "mg/L", "µmol/L"]
    assert layout.offered_units(variables["pao2"])[:2] == ["mmHg", "kPa"]
    assert layout.offered_units(variables["temperature"])[0] == "°C"


def test_no_text_of_excel_s_limits_is_exceeded(book):
    for sheet in layout.SHEETS:
        for each in book[sheet].data_validations.dataValidation:
            assert len(each.promptTitle) <= 32
            assert len(each.prompt) <= 255
            assert len(each.error) <= 225
            assert len(each.formula1 or "") <= 255, each.formula1
