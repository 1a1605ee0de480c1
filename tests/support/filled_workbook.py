"""The data-entry workbook filled in with synthetic values, and a study file that reads it."""

from datetime import datetime as at
from pathlib import Path

from openpyxl import load_workbook

REPOSITORY = Path(__file__).parents[2]
STUDY = """\
title: A trial entered by hand
synthetic: true
seed: 1
arms:
  treatment: {label: Treatment, role: treated}
  control: {label: Control, role: control}
covariates:
  septic_shock: {label: Septic shock, type: boolean}
  focus: {label: Focus, type: category, levels: {lung: Lung, abdomen: Abdomen}}
  charlson: {label: Charlson index, type: number, unit: "1"}
sources:
  entry: {file: data_entry.xlsx, format: template}
eligibility: []
controls: {method: recorded}
baseline: {variables: [age_years, sex, septic_shock]}
survival:
  label: death from any cause
  follow_up_days: 28
  horizons_days: [28]
  death_counts_at: latest
  risk_table_days: [0, 28]
"""
# Below the headings of each sheet; of participants with the three covariates at the right.
ENTRIES = {
    "Participants": [
        ["P01", at(2024, 3, 1), "Treatment", "North", 64, "female", 70.5, 168,
         "yes", "lung", 3],
        ["P02", at(2024, 3, 5, 14, 30), "control", "North", 51, "male", 88, 181,
         "no", "Abdomen", 0],
        ["P03", at(2024, 4, 2), "TREATMENT", "South", 77, "other",
         None, None, None, None, None],
    ],
    "Daily values": [
        ["P01", at(2024, 3, 1), 75, 0.5, 1, 90, 1.2, 68, 9, 1, 1.7, 900, 9, 38.4, 110,
         24, 3.1, 210, "<0.5", 14.2],
        ["P01", at(2024, 3, 2, 8, 15), None, None, 0, 101, None, 72],
    ],
    "Measurements": [
        ["P01", at(2024, 3, 1, 9, 0), "IL-6", 210, "pg/mL"],
        ["P02", at(2024, 3, 6), "Creatinine", 150, "µmol/L"],
        ["P02", at(2024, 3, 6), "Platelets", ">600", "10^3/µL"],
    ],
    "Treatments": [
        ["P01", "Norepinephrine", at(2024, 3, 1, 10), at(2024, 3, 1, 11, 30),
         80, "ng/kg/min", "iv"],
        ["P01", "Mechanical ventilation", at(2024, 3, 1)],
    ],
    "Events": [
        ["P01", "Death from any cause", at(2024, 3, 20)],
        ["P02", "Last contact, alive", at(2024, 4, 20, 11, 0)],
    ],
    "Adverse events": [["P01", at(2024, 3, 3), "Rash", 2, "no", "yes"]],
}  # fmt: skip
COVARIATES = ("septic_shock", "focus", "charlson")


def write_filled(folder: Path, *changes: tuple[str, str, object]) -> None:
    """Write data_entry.xlsx into a folder, ``changes`` (sheet, cell, value) applied last."""
    book = load_workbook(REPOSITORY / "resources/template/data_entry.xlsx")
    for column, name in enumerate(COVARIATES, start=9):
        book["Participants"].cell(1, column, name)
    for sheet, rows in ENTRIES.items():
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                book[sheet].cell(number, column, value)
    for sheet, cell, value in changes:
        book[sheet][cell] = value
    book.save(folder / "data_entry.xlsx")
