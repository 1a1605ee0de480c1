"""A filled-in data-entry workbook is read without a mapping, and what is wrong in it is cited."""

from pathlib import Path
from types import SimpleNamespace

import ingest_table
import pandas as pd
import pytest
from filled_workbook import REPOSITORY, STUDY, write_filled
from sepsisflow.configuration.raw_files import check_sources
from sepsisflow.data_entry import layout
from sepsisflow.errors import DataError
from sepsisflow.readers.mapping import reading_plan, tables_of
from study_example import complaints, loaded


def ingested(folder: Path, *changes: tuple[str, str, object]) -> dict[str, dict]:
    """Tables written by the edge of ingest, by kind and name, from the filled-in workbook."""
    write_filled(folder, *changes)
    study = loaded(folder, STUDY, data=".")
    check_sources(study)
    written: dict[str, dict] = {}
    for table in tables_of(study.settings, study.codelists["variables"]):
        kinds = ("ingested", "validated", "findings", "quarantine", "accounting")
        paths = {kind: folder / kind / f"{table}.parquet" for kind in kinds}
        plan = reading_plan(table, study.settings, study.codelists)
        params = SimpleNamespace(data=str(folder), plan=plan)
        ingest_table.main(SimpleNamespace(output=SimpleNamespace(**paths), params=params))
        written[table] = {kind: pd.read_parquet(path) for kind, path in paths.items()}
    return written


def cited(tables: dict, kind: str = "error") -> list[tuple]:
    """Code, sheet, row and column of every finding of a severity."""
    found = pd.concat([each["findings"] for each in tables.values()])
    found = found[found["severity"].eq(kind)]
    columns = [found[name] for name in ("code", "source_file", "source_row", "source_column")]
    return sorted(zip(*columns, strict=True), key=str)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return ingested(tmp_path_factory.mktemp("entry"))


def test_a_workbook_without_mistakes_gives_no_error(tables):
    assert cited(tables) == []
    assert cited(tables, "warning") == []


def test_every_participant_is_read_with_covariates_of_the_study(tables):
    people = tables["participants"]["validated"].set_index("participant_id")
    assert people["arm"].to_dict() == {"P01": "treatment", "P02": "control", "P03": "treatment"}
    first = people.loc["P01"]
    assert (first["age_years"], first["sex"], first["weight_kg"]) == (64, "female", 70.5)
    assert first["origin"] == pd.Timestamp("2024-03-01")
    assert (first["septic_shock"], first["focus"], first["charlson"]) == (True, "lung", 3)
    assert people.loc["P02", "focus"] == "abdomen"


def test_every_value_is_read_at_its_time_in_the_canonical_unit(tables):
    measured = pd.concat(
        each["validated"] for name, each in tables.items() if name.startswith("measurements")
    )
    assert len(measured) == 18 + 3 + 3
    keys = ["participant_id", "variable", "time_h"]
    values = measured.set_index(keys)[["value", "unit", "censoring", "precision"]]
    assert values.loc[("P01", "procalcitonin", 0)].to_list() == [0.5, "ng/mL", "below", "day"]
    assert values.loc[("P01", "map", 32.25)].to_list() == [72, "mm[Hg]", "none", "minute"]
    assert values.loc[("P01", "il_6", 9)].to_list() == [210, "pg/mL", "none", "minute"]
    creatinine = values.loc[("P02", "creatinine", 24)]
    assert creatinine["value"] == pytest.approx(150 / 88.4, rel=1e-4)
    assert values.loc[("P02", "platelets", 24)].to_list() == [600, "10*3/uL", "above", "day"]


def test_treatments_events_and_adverse_events_are_read(tables):
    given = tables["interventions"]["validated"].set_index("agent")
    drug = given.loc["norepinephrine"]
    assert (drug["start_h"], drug["end_h"], drug["dose"]) == (10, 11.5, pytest.approx(0.08))
    assert given.loc["mechanical_ventilation", "start_h"] == 0
    events = tables["events"]["validated"].set_index("event")
    assert events.loc["death", ["earliest_h", "latest_h"]].to_list() == [456, 480]
    assert events.loc["last_contact", "earliest_h"] == 46 * 24 - 3.5
    (reaction,) = tables["adverse_events"]["validated"].to_dict("records")
    assert (reaction["term"], reaction["grade"], reaction["serious"], reaction["related"]) == (
        "Rash", 2, False, True
    )  # fmt: skip


def test_rows_and_values_add_up_whatever_was_entered(tmp_path):
    wrong = ingested(tmp_path, ("Events", "C2", None), ("Events", "B4", "Death from any cause"))
    total = pd.concat(each["accounting"] for each in wrong.values()).drop(columns="table").sum()
    assert total["rows_in"] == total["rows_validated"] + total["rows_quarantined"]
    assert total["values_in"] == total["values_validated"] + total["values_quarantined"]
    events = "data_entry.xlsx#Events"
    assert [each[:3] for each in cited(wrong)] == [
        ("row.incomplete", events, 2),
        ("row.incomplete", events, 4),
    ]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code", "heading"),
    [
        ("Participants", "B2", "1.3.2024", "date.impossible", "Start of observation"),
        ("Participants", "C3", "placebo", "code.unmapped", "Arm"),
        ("Participants", "E2", 250, "value.impossible", "Age (years)"),
        ("Participants", "F2", "w", "code.unmapped", "Sex"),
        ("Participants", "I2", "maybe", "code.unmapped", "septic_shock"),
        ("Daily values", "D2", 50, "value.impossible", "FiO2 (0.21–1)"),
        ("Daily values", "K2", "n.a.", "value.unreadable", "Creatinine (mg/dL)"),
        ("Measurements", "A2", "P99", "participant.unknown", "Participant ID"),
        ("Measurements", "C3", "Kreatinin", "code.unmapped", "Variable"),
        ("Measurements", "E3", None, "unit.missing", "Value"),
        ("Treatments", "F2", "mg", "unit.unknown", "Dose"),
        ("Events", "B3", "Died", "code.unmapped", "Event"),
        ("Adverse events", "E2", "perhaps", "code.unmapped", "Serious"),
    ],
)
def test_a_wrong_entry_is_cited_by_sheet_row_and_column(
    tmp_path, sheet, cell, value, code, heading
):
    wrong = ingested(tmp_path, (sheet, cell, value))
    expected = (code, f"data_entry.xlsx#{sheet}", int(cell[1:]), heading)
    assert expected in cited(wrong)


def test_a_covariate_without_its_column_stops_the_run(tmp_path):
    write_filled(tmp_path, ("Participants", "I1", "septic shock"))
    with pytest.raises(DataError) as error:
        check_sources(loaded(tmp_path, STUDY, data="."))
    assert str(error.value) == (
        "config/studies/x.yaml: sources['entry Participants'].maps[1].fields.septic_shock: "
        "data_entry.xlsx, sheet 'Participants', has no column 'septic_shock'; "
        "did you mean 'septic shock'?"
    )


def test_a_covariate_that_another_source_fills_needs_no_column(tmp_path):
    text = STUDY.replace(
        "eligibility: []",
        "  other:\n    file: x.csv\n    format: csv\n    maps:\n      - table: participants\n"
        "        fields: {participant_id: ID, charlson: Charlson}\neligibility: []",
    )
    sources = loaded(tmp_path, text).settings["sources"]
    fields = sources["entry Participants"]["maps"][0]["fields"]
    assert {"septic_shock", "focus"} <= fields.keys()
    assert "charlson" not in fields


def test_the_study_template_with_the_workbook_alone_is_valid_once_filled_in(tmp_path):
    text = (REPOSITORY / "config/studies/template.yaml").read_text(encoding="utf-8")
    before, _, rest = text.partition("sources:\n")
    after = rest[rest.index("# Applied in this order") :]
    entry = "sources:\n  entry: {file: data_entry.xlsx, format: template}\n"
    settings = loaded(tmp_path, (before + entry + after).replace("FILL IN: ", "")).settings
    assert list(settings["sources"]) == [f"entry {sheet}" for sheet in layout.SHEETS]


def test_the_workbook_needs_its_file_and_nothing_else(tmp_path):
    text = STUDY.replace("format: template}", "format: template, sheet: Events, decimal: '.'}")
    assert complaints(tmp_path, text) == [
        "sources.entry.sheet: does not apply here; remove it.",
        "sources.entry: 'sheet' is not allowed; valid: 'file', 'format', 'url', 'sha256', "
        "'licence'.",
        "sources.entry: 'decimal' is not allowed; valid: 'file', 'format', 'url', 'sha256', "
        "'licence'.",
    ]


def test_other_mistakes_are_listed_while_the_maps_cannot_be_made(tmp_path):
    text = STUDY.replace("role: treated", "rôle: treated").replace("[28]", "[40]")
    said = complaints(tmp_path, text)
    assert said[0].startswith("arms.treatment")
    assert any("horizons_days" in line for line in said)


def test_other_formats_still_need_maps(tmp_path):
    text = STUDY.replace("format: template}", "format: parquet}")
    assert "sources.entry.maps: missing; this key is required." in complaints(tmp_path, text)


def test_what_the_study_adds_to_the_codelists_can_be_entered_and_the_file_be_fetched(tmp_path):
    own = "codelists:\n  events: {rash: {label: Rash}}\n"
    remote = f"format: template, url: 'https://example.org/entry.xlsx', sha256: {'a' * 64}}}"
    study = loaded(tmp_path, own + STUDY.replace("format: template}", remote))
    events = study.settings["sources"]["entry Events"]
    assert events["maps"][0]["fields"]["event"]["codes"]["Rash"] == "rash"
    assert (events["url"], events["sha256"]) == ("https://example.org/entry.xlsx", "a" * 64)
