"""The default study, whole: what was published of the trial comes out of its raw files."""

import re

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def estimates(built):
    paths = (built / "results/nct05283317/estimates").glob("*.parquet")
    return pd.concat(pd.read_parquet(path) for path in paths).set_index("key")


def test_ten_and_twenty_are_analysed_and_as_many_live_as_published(estimates):
    numbers = {"msc": (10, 10, 7), "control": (20, 14, 12)}
    for arm, expected in numbers.items():
        keys = [
            f"participants.analysed.analysed.{arm}.n",
            *(f"mortality.death.analysed.{arm}@{day}.alive" for day in (14, 28)),
        ]
        assert tuple(estimates.loc[keys, "value"]) == expected


def test_exact_tests_and_intervals_equal_the_reference(estimates):
    against = "mortality.death.analysed.msc-vs-control"
    p = estimates.loc[[f"{against}@14.fisher_p", f"{against}@28.fisher_p"], "value"]
    assert p.tolist() == pytest.approx([0.0741189844638121, 0.70199515626802], abs=1e-9)
    difference = estimates.loc[f"{against}@14.survival_difference"]
    assert [difference[name] for name in ("value", "lower", "upper")] == pytest.approx(
        [0.3, -0.0176503374048905, 0.518972818353523], abs=1e-9
    )


def test_deaths_of_every_composite_are_those_of_the_mortality_table(estimates):
    deaths = estimates[estimates["analysis"].eq("endpoints") & estimates["statistic"].eq("deaths")]
    assert set(deaths["endpoint"]) == {
        "ventilator_free_days",
        "ventilator_free_days_first",
        "vasopressor_free_days",
        "organ_support_free_days",
        "icu_free_days",
        "hospital_free_days",
    }
    for arm, expected in (("msc", (3, 10)), ("control", (8, 20))):
        of_arm = deaths[deaths["group"].eq(arm)]
        assert set(zip(of_arm["value"], of_arm["n"], strict=True)) == {expected}


def test_sofa_falls_during_treatment_and_no_cytokine_changes(estimates):
    assert estimates.loc["sofa.total.analysed.msc@9.change_hl", "value"] < 0
    assert estimates.loc["sofa.total.analysed.msc@9.change_p", "value"] < 0.05
    holm = estimates[estimates["analysis"].eq("cytokines") & estimates["statistic"].eq("p_holm")]
    assert len(holm) == 6
    assert holm["value"].gt(0.05).all()


def test_sofa_is_computed_from_the_values_measured_and_said_so_in_the_text(built, estimates):
    rows = estimates[estimates["analysis"].eq("sofa")]
    assert set(rows["definition"]) == {"sofa-1996"}
    page = (built / "results/nct05283317/manuscript/manuscript.html").read_text(encoding="utf-8")
    text = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "was computed from the values measured, by the definition “SOFA (1996)”" in text
    change = estimates.loc["sofa.total.analysed.msc@9.change_hl"]
    written = [f"{change[name]:.1f}".replace("-", "−") for name in ("value", "lower", "upper")]
    assert (
        "to day 9, the end of treatment, was {} (95% CI {} to {}) points".format(*written) in text
    )


def test_scores_that_differ_from_the_recorded_ones_are_the_planted_slips(built):
    found = pd.read_parquet(built / "results/nct05283317/quality/findings.parquet")
    found = found[found["code"].eq("score.differs")]
    assert sorted(zip(found["participant_id"], found["field"], strict=True)) == [
        ("K-010", "apache_ii_recorded"),
        ("K-020", "sofa_cns_recorded"),
        ("K-030", "apache_ii_recorded"),
        ("K-035", "sofa_recorded"),
    ]


def test_every_artefact_is_made_and_the_pages_say_synthetic(built):
    results = built / "results/nct05283317"
    for name in ("flow", "survival", "sofa", "cytokines", "laboratory"):
        for suffix in ("pdf", "svg", "png"):
            assert (results / f"figures/{name}.{suffix}").stat().st_size > 5000
    pages = [results / "manuscript/manuscript.html", results / "quality/report.html"]
    pages += [results / f"tables/{name}.html" for name in ("baseline", "mortality", "sofa")]
    for page in pages:
        assert "SYNTHETIC DATA" in page.read_text(encoding="utf-8"), page.name
