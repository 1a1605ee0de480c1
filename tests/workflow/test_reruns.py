"""A second run does nothing; a change rebuilds what depends on it, and nothing else."""

import shutil

from openpyxl import load_workbook

DATA = "resources/nct05283317"


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_run_does_nothing(workflow):
    assert workflow.planned() == {}
    assert "Nothing to be done" in workflow.run().stderr


def test_touched_raw_files_and_modules_rebuild_nothing(workflow):
    for path in [*(workflow.folder / DATA).iterdir(), *workflow.folder.rglob("*.py")]:
        if path.is_file():
            path.touch()
    assert workflow.planned() == {}


def test_a_lost_record_of_past_runs_rebuilds_nothing(workflow):
    shutil.rmtree(workflow.folder / ".snakemake")
    assert workflow.planned() == {}


def test_a_comment_or_docstring_in_a_module_rebuilds_nothing(workflow):
    module = workflow.folder / "workflow/scripts/sepsisflow/inference/survival.py"
    text = module.read_text(encoding="utf-8")
    module.write_text("# A comment.\n" + text, encoding="utf-8")
    assert workflow.planned() == {}


def test_an_edited_module_reruns_the_rules_that_use_it_and_what_follows(workflow):
    package = workflow.folder / "workflow/scripts/sepsisflow"
    replace(package / "cohort/eligibility.py", "failed = pd.Series(", "failed = None or pd.Series(")
    jobs = workflow.planned()
    assert jobs["select_cohort"] == 1
    assert jobs["estimate_survival"] == 1
    assert not {"ingest_table", "score_sofa", "derive_outcomes"} & set(jobs)


def test_an_edited_figure_redraws_that_figure_and_the_manuscript(workflow):
    package = workflow.folder / "workflow/scripts/sepsisflow"
    with open(package / "figures/flow.py", "a", encoding="utf-8") as module:
        module.write("\n\nUNUSED = 1\n")
    assert workflow.planned() == {"draw_flow": 1, "build_manuscript": 1}


def test_a_size_redraws_the_figures_that_have_it_and_the_manuscript(workflow):
    study = workflow.folder / "config/studies/nct05283317.yaml"
    replace(study, "full_width_mm: 174", "full_width_mm: 170")
    full_width = {"draw_flow": 1, "draw_score_comparison": 1}
    assert workflow.planned() == {**full_width, "build_manuscript": 1}
    replace(study, "width_mm: 85", "width_mm: 90")
    jobs = workflow.planned()
    assert {rule for rule in jobs if not rule.startswith("draw_")} == {"build_manuscript"}


def test_deleted_figures_are_redrawn_and_no_other_stage_runs(workflow):
    shutil.rmtree(workflow.folder / "results/nct05283317/figures")
    jobs = workflow.planned("figures")
    assert jobs
    assert all(rule.startswith("draw_") for rule in jobs)


def test_a_reformatted_workbook_and_an_unmapped_column_rebuild_nothing(workflow):
    for path in (workflow.folder / DATA).glob("*.xlsx"):
        book = load_workbook(path)
        for sheet in book.worksheets:
            sheet.column_dimensions["A"].width = 40
            sheet.cell(row=1, column=sheet.max_column + 2, value="Seen by monitor")
        book.save(path)
    assert workflow.planned() == {}


def test_one_cytokine_value_rebuilds_its_branch_and_the_manuscript(workflow):
    replace(workflow.folder / DATA / "cytokines.csv", ";25,5;", ";26,5;")
    assert workflow.planned() == {
        "ingest_table": 1,
        "report_quality": 1,
        "accept_data": 1,
        "derive_biomarkers": 1,
        "estimate_biomarkers": 1,
        "draw_biomarkers": 1,
        "make_tables": 1,
        "build_manuscript": 1,
    }
    workflow.build()
    assert workflow.planned() == {}


def test_one_cell_of_the_bedside_chart_rescores_organ_failure_and_no_survival(workflow):
    chart = workflow.folder / DATA / "organ_function_daily.csv"
    first = chart.read_text(encoding="utf-8").splitlines()[1]
    *kept, urine = first.split(";")
    replace(chart, first, ";".join([*kept, str(int(urine) + 10)]))
    jobs = workflow.planned()
    assert {"score_sofa", "derive_daily_sofa", "estimate_sofa", "build_manuscript"} <= set(jobs)
    assert not {"derive_outcomes", "select_cohort", "estimate_survival", "draw_survival"} & set(
        jobs
    )


def test_a_convention_of_an_endpoint_derives_endpoints_anew_and_no_more(workflow):
    study = workflow.folder / "config/studies/nct05283317.yaml"
    replace(study, "death: minus_one", "death: until_death")
    shown = ("make_tables", "build_manuscript")
    assert workflow.planned() == dict.fromkeys(
        ["derive_endpoints", "estimate_endpoints", *shown], 1
    )


def test_another_time_zero_scores_study_days_anew_and_hourly_scores_stay(workflow):
    study = workflow.folder / "config/studies/nct05283317.yaml"
    replace(study, "time_zero: {first_dose_of: msc}", "time_zero: origin")
    jobs = workflow.planned()
    assert {"select_cohort", "derive_daily_sofa", "estimate_sofa"} <= set(jobs)
    assert "score_sofa" not in jobs


def test_an_edit_of_what_study_days_alone_use_scores_no_hour_again(workflow):
    package = workflow.folder / "workflow/scripts/sepsisflow"
    with open(package / "scores/days.py", "a", encoding="utf-8") as module:
        module.write("\n\nUNUSED = 1\n")
    jobs = workflow.planned()
    assert {"derive_daily_sofa", "estimate_sofa"} <= set(jobs)
    assert "score_sofa" not in jobs


def test_changes_of_data_and_settings_at_once_are_both_followed(workflow):
    replace(workflow.folder / DATA / "cytokines.csv", ";25,5;", ";26,5;")
    replace(
        workflow.folder / "config/studies/nct05283317.yaml",
        "death_counts_at: latest",
        "death_counts_at: earliest",
    )
    jobs = workflow.planned()
    assert {"derive_outcomes", "estimate_survival", "draw_survival"} <= set(jobs)
    assert jobs["derive_biomarkers"] == 1


def test_a_setting_is_followed_even_when_the_record_of_past_runs_is_lost(workflow):
    study = workflow.folder / "config/studies/nct05283317.yaml"
    edits = {
        ("at_most: 80", "at_most: 70"): "select_cohort",
        ("level: 0.95", "level: 0.9"): "estimate_survival",
        ("below_limit: half_limit", "below_limit: limit"): "estimate_biomarkers",
        ("errors_allowed: 0", "errors_allowed: 1"): "accept_data",
        ("{value: 670, unit", "{value: 680, unit"): "score_apache_ii",
        ("label: Control, role", "label: Controls, role"): "draw_survival",
    }
    shutil.rmtree(workflow.folder / ".snakemake")
    for (old, new), rule in edits.items():
        kept = study.read_text(encoding="utf-8")
        replace(study, old, new)
        assert rule in workflow.planned(), old
        study.write_text(kept, encoding="utf-8")


def test_a_label_in_a_codelist_redraws_and_retypes_and_no_more(workflow):
    codelist = workflow.folder / "resources/codelists/variables.yaml"
    replace(codelist, "label: IL-6", "label: Interleukin-6")
    shown = ("draw_biomarkers", "make_tables", "build_manuscript")
    checked = ("report_quality", "accept_data")  # the report labels its pictures
    assert workflow.planned() == dict.fromkeys([*shown, *checked], 1)


def test_other_libraries_run_everything_anew(workflow):
    with open(workflow.folder / "requirements.lock", "a", encoding="utf-8") as lock:
        lock.write("# another version\n")
    assert workflow.planned()["estimate_survival"] == 1


def test_a_raw_value_is_followed_even_when_the_record_of_past_runs_is_lost(workflow):
    shutil.rmtree(workflow.folder / ".snakemake")
    replace(workflow.folder / DATA / "cytokines.csv", ";25,5;", ";26,5;")
    assert {"ingest_table", "build_manuscript"} <= set(workflow.planned())


def test_an_eligibility_rule_rebuilds_the_cohort_and_what_follows_but_no_score(workflow):
    study = workflow.folder / "config/studies/nct05283317.yaml"
    replace(study, "at_least: 18", "at_least: 17")
    jobs = workflow.planned()
    assert {"select_cohort", "estimate_survival", "estimate_sofa"} <= set(jobs)
    assert not {rule for rule in jobs if rule.startswith(("ingest", "score"))}
