"""The edges from raw files to the analysis set, run in order on the default study's files."""

from pathlib import Path
from types import SimpleNamespace

import accept_data
import derive_biomarkers
import derive_daily_sofa
import derive_outcomes
import derive_sofa
import ingest_table
import pandas as pd
import pytest
import report_quality
import score_apache_ii
import score_sofa
import select_cohort
from sepsisflow import study
from sepsisflow.configuration.identifiers import undeclared
from sepsisflow.errors import DataError
from sepsisflow.readers.mapping import reading_plan, tables_of
from sepsisflow.scores.apache_ii_settings import apache_ii_settings, read_definition, tables_read
from sepsisflow.scores.definitions import TABLES_OF_SCORES
from sepsisflow.validation.settings import cross_settings, form_names
from snakemake.iocontainers import InputFiles, OutputFiles, Params

ROOT = Path(__file__).parents[2]
PAGE = ("html.jinja", "css", "js")
KINDS = {"input": InputFiles, "output": OutputFiles, "params": Params}


def call(edge, **parts):
    """Run an edge's main as its rule would, with named ``input``, ``output`` and ``params``."""
    kinds = {part: KINDS[part](fromdict=each) for part, each in parts.items()}
    edge.main(SimpleNamespace(**kinds, threads=1))


@pytest.fixture(scope="module")
def settings():
    return study.load({}, workdir=ROOT, workflow_dir=ROOT)


@pytest.fixture(scope="module")
def results(settings, tmp_path_factory):
    """Folder with everything up to the quality report."""
    folder = tmp_path_factory.mktemp("results")
    tables = tables_of(settings.settings, settings.codelists["variables"])
    paths = {
        kind: {name: folder / kind / f"{name}.parquet" for name in tables}
        for kind in ("ingested", "validated", "findings", "quarantine", "accounting")
    }
    for name in tables:
        call(
            ingest_table,
            output={kind: paths[kind][name] for kind in paths},
            params={
                "data": str(settings.data),
                "plan": reading_plan(name, settings.settings, settings.codelists),
            },
        )
    variables = settings.codelists["variables"]
    definition = read_definition("apache-ii", ROOT, variables)
    chosen = apache_ii_settings(settings.settings["apache_ii"], definition, variables)
    scores = {name: folder / f"apache_ii_{name}.parquet" for name in ("components", "totals")}
    call(
        score_apache_ii,
        input={
            "participants": paths["validated"]["participants"],
            "measurements": [paths["validated"][name] for name in tables_read(chosen, tables)],
        },
        output=scores,
        params={"settings": chosen},
    )
    sofa = {name: folder / f"{name}.parquet" for name in TABLES_OF_SCORES}
    domains = ("organ_function", "laboratory")
    call(
        score_sofa,
        input={
            "participants": paths["validated"]["participants"],
            "measurements": [paths["validated"][f"measurements/{each}"] for each in domains],
            "interventions": [paths["validated"]["interventions"]],
            "events": [paths["validated"]["events"]],
        },
        output=sofa,
        params={
            "name": "sofa-1996",
            "settings": {
                "definition": settings.definitions["sofa-1996"],
                "variables": settings.codelists["variables"],
            },
        },
    )
    identifiers = folder / "identifiers.txt"
    identifiers.write_text(undeclared(settings.settings, settings.data, folder / "known"))
    call(
        report_quality,
        input={
            "identifiers": identifiers,
            "tables": paths["validated"].values(),
            "scores": [scores["components"], sofa["daily_components"]],
            "ingested": list(paths["ingested"].values()),
            "findings": paths["findings"].values(),
            "quarantine": paths["quarantine"].values(),
            "accounting": paths["accounting"].values(),
            "previous": [],
            "published": [],
            "page": [ROOT / f"resources/quality/report.{kind}" for kind in PAGE],
        },
        output={
            "findings": folder / "findings.parquet",
            "report": folder / "report.html",
            "queries": folder / "queries.xlsx",
        },
        params={
            "tables": tables, "checksums": {},
            "scores": ["scores/apache_ii_recorded", "scores/sofa_recorded"],
            "rules": cross_settings(settings.settings, settings.codelists, settings.definitions),
            "covariates": settings.settings["covariates"],
            "codelists": settings.codelists,
            "forms": form_names(settings.settings["sources"]),
            "study": {
                "title": "Trial", "registration": None, "synthetic": True, "errors_allowed": 0,
                "compared": False,
            },
        },
    )  # fmt: skip
    return folder


def test_nothing_is_lost_between_raw_files_and_validated_tables(results):
    accounting = pd.concat(
        pd.read_parquet(path) for path in results.glob("accounting/**/*.parquet")
    )
    totals = accounting.drop(columns="table").sum()
    assert totals["rows_in"] == totals["rows_validated"] + totals["rows_quarantined"]
    assert totals["values_in"] == totals["values_validated"] + totals["values_quarantined"]
    assert totals["rows_in"] > 9000


def test_the_documented_dirt_of_the_default_study_is_found(results):
    counts = pd.read_parquet(results / "findings.parquet").groupby(["severity", "code"]).size()
    assert counts.drop(("note", "column.incomplete")).to_dict() == {
        ("note", "value.declared_missing"): 1,
        ("warning", "measurement.repeated"): 14,
        ("warning", "score.differs"): 4,
        ("warning", "total.differs"): 1,
        ("warning", "value.implausible"): 1,
        ("warning", "visit.repeated"): 2,
    }
    assert "SYNTHETIC DATA" in (results / "report.html").read_text(encoding="utf-8")


def test_apache_ii_as_computed_is_as_recorded_but_for_the_two_planted_slips(results):
    totals = pd.read_parquet(results / "apache_ii_totals.parquet").set_index("participant_id")
    assert len(totals) == totals["recorded"].count() == 45
    assert totals["n_components"].eq(14).all()
    slips = totals.loc[totals["difference"] != 0, ["difference", "source_row"]]
    assert slips["difference"].to_dict() == {"K-010": 1, "K-030": -1}
    found = pd.read_parquet(results / "findings.parquet").query(
        "code == 'score.differs' and field == 'apache_ii_recorded'"
    )
    assert (
        found.set_index("participant_id")["source_row"].to_dict() == slips["source_row"].to_dict()
    )
    assert found["query"].iloc[0] == (
        "trial_workbook.xlsx#Severity, row 17: the score differs from that of the values at "
        "trial_workbook.xlsx#Severity, row 17; organ_function_daily.csv, row 226; "
        "laboratory_export.csv, row 1069; laboratory_export.csv, row 1073; "
        "trial_workbook.xlsx#Patients, row 21. Which of them is right?"
    )


def test_sofa_as_computed_is_as_recorded_but_for_the_two_planted_slips(results):
    severity = pd.read_parquet(results / "validated/measurements/severity.parquet")
    assert severity["variable"].eq("sofa_recorded").sum() == 266
    found = pd.read_parquet(results / "findings.parquet").query(
        "code == 'score.differs' and field != 'apache_ii_recorded'"
    )
    assert found[["participant_id", "field", "severity", "query"]].values.tolist() == [
        [
            "K-020",
            "sofa_cns_recorded",
            "warning",
            "trial_workbook.xlsx#SOFA, row 126: the score differs from that of the values at "
            "organ_function_daily.csv, row 311. Which of them is right?",
        ],
        [
            "K-035",
            "sofa_recorded",
            "warning",
            "trial_workbook.xlsx#SOFA, row 177: the score differs from that of the values at "
            "organ_function_daily.csv, row 448; vasopressors.csv, row 258; "
            "laboratory_export.csv, row 950. Which of them is right?",
        ],
    ]


def test_each_site_finds_its_queries_on_a_sheet_of_its_own(results):
    findings = pd.read_parquet(results / "findings.parquet")
    asked = findings[findings["severity"].ne("note")]
    for site in ("internal_medicine", "anaesthesiology"):
        sheet = pd.read_excel(results / "queries.xlsx", sheet_name=site, engine="calamine")
        assert sorted(sheet["Query"]) == sorted(asked.loc[asked["site"].eq(site), "number"])


def test_data_without_errors_are_accepted_and_others_refused(results, tmp_path):
    params = {"errors_allowed": 0, "report": "report.html", "study": "trial"}
    accepted = tmp_path / "accepted.txt"
    findings = results / "findings.parquet"
    call(accept_data, input={"findings": findings}, output={"accepted": accepted}, params=params)
    assert accepted.read_text() == "accepted\n"

    bad = tmp_path / "findings.parquet"
    pd.read_parquet(findings).assign(severity="error").to_parquet(bad)
    refused = tmp_path / "refused.txt"
    with pytest.raises(DataError, match="0 allowed"):
        call(accept_data, input={"findings": bad}, output={"accepted": refused}, params=params)
    assert not refused.exists()


def test_outcomes_scores_and_biomarkers_are_derived_for_the_analysed(settings, results, tmp_path):
    validated, known = results / "validated", settings.settings
    outcomes, sofa = tmp_path / "outcomes.parquet", tmp_path / "sofa.parquet"
    recorded = tmp_path / "recorded.parquet"
    panel, chosen = tmp_path / "cytokines.parquet", tmp_path / "analysis_set.parquet"
    people = validated / "participants.parquet"
    call(
        derive_outcomes,
        input={"events": validated / "events.parquet", "participants": people},
        output={"outcomes": outcomes},
        params={"death_counts_at": known["survival"]["death_counts_at"]},
    )
    call(
        derive_sofa,
        input={"severity": validated / "measurements/severity.parquet"},
        output={"sofa": recorded},
        params={"variable": "sofa_recorded", "repeated": "worst"},
    )
    call(
        derive_biomarkers,
        input={"measurements": validated / "measurements/biomarkers.parquet"},
        output={"values": panel},
        params={"settings": known["biomarkers"]["cytokines"]},
    )
    call(
        select_cohort,
        input={"participants": people, "interventions": validated / "interventions.parquet"},
        output={"analysis_set": chosen, "flow": tmp_path / "flow.parquet"},
        params={key: known[key] for key in ("arms", "eligibility", "controls")},
    )
    call(
        derive_daily_sofa,
        input={
            "participants": people,
            "measurements": [
                validated / f"measurements/{each}.parquet"
                for each in ("organ_function", "laboratory")
            ],
            "interventions": [validated / "interventions.parquet"],
            "events": [validated / "events.parquet"],
            "analysis_set": chosen,
        },
        output={"sofa": sofa},
        params={
            "name": "sofa-1996",
            "settings": {
                "definition": settings.definitions["sofa-1996"],
                "variables": settings.codelists["variables"],
            },
            "last_day": 28,
        },
    )
    analysed = pd.read_parquet(chosen)
    assert analysed["arm"].value_counts().to_dict() == {"control": 20, "msc": 10}
    assert set(analysed["participant_id"]) <= set(pd.read_parquet(outcomes)["participant_id"])
    assert set(analysed["participant_id"]) == set(pd.read_parquet(sofa)["participant_id"])
    assert set(analysed["participant_id"]) <= set(pd.read_parquet(recorded)["participant_id"])
    treated = analysed.loc[analysed["arm"] == "msc", "participant_id"]
    assert set(pd.read_parquet(panel)["participant_id"]) == set(treated)
