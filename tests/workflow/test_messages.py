"""What a user reads when something is wrong: one clear message, before any job where possible."""

import pytest
from openpyxl import load_workbook

STUDY = "config/studies/nct05283317.yaml"
DATA = "resources/nct05283317"


def edit(workflow, old, new):
    path = workflow.folder / STUDY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(workflow, *arguments):
    """The last lines of a run that must fail."""
    done = workflow.run(*arguments)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "horizons_days: [14, 28]",
            "horizon_days: [14, 28]",
            f"{STUDY}: survival.horizon_days: unknown key; did you mean 'horizons_days'?\n",
        ),
        (
            "column: IL-6 (pg/mL)",
            "column: IL6 (pg/mL)",
            f"{STUDY}: sources.cytokines.maps[1].values.il_6: cytokines.csv has no column "
            "'IL6 (pg/mL)'; did you mean 'IL-6 (pg/mL)' or 'IL-4 (pg/mL)' or 'IL-2 (pg/mL)'?\n",
        ),
        (
            "file: cytokines.csv",
            "file: cytokine.csv",
            f"{STUDY}: sources.cytokines.file: there is no 'cytokine.csv' in {DATA}; "
            "did you mean 'cytokines.csv'?\n",
        ),
    ],
)
def test_a_wrong_name_stops_before_any_job_and_the_right_one_is_named(workflow, old, new, message):
    edit(workflow, old, new)
    said = refused(workflow)
    assert said.endswith(message)
    assert "rule " not in said


def test_an_unknown_study_lists_those_there_are(workflow):
    assert refused(workflow, "--config", "study=rch").endswith(
        "config/config.yaml: study: there is no config/studies/rch.yaml; did you mean 'rhc'? "
        "Study files there: mimic-iv-demo, nct05283317, rhc.\n"
    )


def test_a_published_study_without_its_data_says_where_they_are(workflow):
    assert refused(workflow, "--config", "study=rhc").endswith(
        "resources/rhc does not hold rhc.csv: get it from https://hbiostat.org/data (terms of "
        "use: publisher.terms in config/studies/rhc.yaml) and pass the folder with make run "
        "STUDY=rhc DATA=PATH, or snakemake --config study=rhc data=PATH.\n"
    )


def test_a_date_that_cannot_be_stops_after_the_quality_report(workflow):
    path = workflow.folder / DATA / "trial_workbook.xlsx"
    book = load_workbook(path)
    sheet = book["Outcomes"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    candidates = (
        row for row in range(12, 80) if sheet.cell(row, columns["Status"]).value == "died"
    )
    row = next(candidates)
    sheet.cell(row, columns["Date of death"]).value = "31.02.2019"
    book.save(path)
    said = refused(workflow)
    assert (
        "The raw data hold 1 error(s); 0 allowed:\n"
        f"  date.impossible: trial_workbook.xlsx#Outcomes, row {row}, column 'Date of death': "
        "there is no such date in the declared format. Please correct it.\n"
        "See results/nct05283317/quality/report.html. Correct the raw files, or set "
        f"findings.errors_allowed in {STUDY}.\n"
    ) in said
    assert "31.02.2019" not in said
    assert workflow.run("quality").returncode == 0
