"""The whole workflow on 5,735 real patients: known numbers, known dirt, nothing lost."""

import pandas as pd
import pytest
from whole_workflow import Workflow, copy_workflow


@pytest.fixture(scope="module")
def results(reference, tmp_path_factory):
    """Results of the study, run from its raw file to its manuscript."""
    data = reference("data/rhc").resolve()
    folder = tmp_path_factory.mktemp("rhc")
    copy_workflow(folder)
    Workflow(folder).build("--config", "study=rhc", f"data={data}")
    return folder / "results/rhc"


@pytest.fixture(scope="module")
def estimates(results):
    return pd.concat(pd.read_parquet(path) for path in results.glob("estimates/*.parquet"))


def rounded(estimates, key):
    row = estimates.set_index("key").loc[key]
    return tuple(round(row[name], 3) for name in ("value", "lower", "upper"))


def test_the_published_deaths_and_crude_ratios_are_computed(estimates):
    counts = estimates.set_index("key")[["n", "n_events"]]
    assert counts.loc["mortality.death.analysed.rhc@30.risk"].tolist() == [2184, 830]
    assert counts.loc["mortality.death.analysed.no_rhc@30.risk"].tolist() == [3551, 1088]
    against = "analysed.rhc-vs-no_rhc"
    assert rounded(estimates, f"mortality.death.{against}@30.odds_ratio") == (1.388, 1.241, 1.552)
    assert rounded(estimates, f"survival.death.{against}.hazard_ratio") == (1.307, 1.194, 1.430)


def test_the_known_dirt_is_found_and_nothing_is_lost(results):
    findings = pd.read_parquet(results / "quality/findings.parquet")
    declared = findings[findings["code"] == "value.declared_missing"]["field"].value_counts()
    assert declared.to_dict() == {
        "weight_kg": 515,
        "heart_rate": 159,
        "respiratory_rate": 136,
        "map": 80,
    }
    incomplete = findings[findings["code"] == "column.incomplete"].set_index("field")["query"]
    for field, count in {
        "secondary_disease": 4535,
        "daily_living": 4296,
        "urine_output_24h": 3028,
        "hospital_discharge": 1,
    }.items():
        assert f"not recorded for {count} of 5735 participants" in incomplete[field]
    codes = findings["code"].value_counts()
    assert codes["contact.before_death"] == 2151
    assert codes["value.impossible"] == 5
    assert codes["alive.after_death"] == 3
    accounting = pd.concat(
        pd.read_parquet(path) for path in results.glob("quality/accounting/**/*.parquet")
    )
    totals = accounting.drop(columns="table").sum()
    assert totals["rows_in"] == totals["rows_validated"] == 102_005
    assert totals["values_in"] == totals["values_validated"] + totals["values_quarantined"]


def test_the_manuscript_is_there_in_three_formats_and_is_not_called_synthetic(results):
    for suffix in ("pdf", "docx", "html"):
        assert (results / f"manuscript/manuscript.{suffix}").stat().st_size > 10_000
    page = (results / "manuscript/manuscript.html").read_text(encoding="utf-8")
    assert "1,088" in page
    assert "SYNTHETIC DATA" not in page
