"""Definitions side by side on the MIMIC-IV demo, through the whole workflow, counted again here."""

import pandas as pd
import pytest

DAY = ["participant_id", "study_day"]


@pytest.fixture(scope="module")
def estimates(run):
    """Estimates of the comparison, by key without its first part."""
    table = pd.read_parquet(run.results / "estimates/score_comparison.parquet")
    return table.set_index(table["key"].str.removeprefix("score_comparison."))


def totals(run, definition):
    """Totals of the days of which something was observed."""
    days = run.scores("daily_totals", definition)
    return days[days["n_components"] > 0].set_index(DAY)["score"].dropna()


def components(run, definition):
    """Points of the components on these days."""
    rows = run.scores("daily_components", definition).set_index([*DAY, "component"])
    wide = rows["score"].unstack()
    return wide[wide.index.isin(totals(run, definition).index)]


def test_all_stays_are_scored_and_their_highest_scores_are_those_of_the_days(run, estimates):
    for definition in ("sofa-1996", "mimic-code"):
        group, days = definition.replace("-", "_"), totals(run, definition)
        highest = days.groupby(level=0).max()
        scored = estimates.loc[f"participants.all.{group}.scored"]
        assert scored[["n_events", "n"]].tolist() == [len(highest), 140]
        assert estimates.loc[f"highest.all.{group}.mean", "value"] == pytest.approx(highest.mean())
        assert (
            estimates.loc[f"highest_at_least_2.all.{group}.proportion", "value"]
            == (highest >= 2).mean()
        )


def test_intubated_patients_are_why_mimic_code_differs_from_sofa_1996(run, estimates):
    pair = "all.mimic_code-vs-sofa_1996"
    one, other = (components(run, name) for name in ("mimic-code", "sofa-1996"))
    gap = (one - other)["cns"].dropna()
    assert estimates.loc[f"cns.{pair}.days", "value"] == len(gap) > 500
    assert estimates.loc[f"cns.{pair}.different", "value"] == pytest.approx(gap.ne(0).mean())
    assert estimates.loc[f"cns.{pair}.mean_difference", "value"] == pytest.approx(gap.mean())
    # Who cannot speak for a tube has 15 points of the coma scale, against 1 for the voice.
    assert gap.mean() < -0.9
    others = {"respiration", "coagulation", "liver", "cardiovascular", "renal"}
    assert all(estimates.loc[f"{each}.{pair}.different", "value"] < 0.05 for each in others)


def test_reclassified_stays_are_those_on_the_two_sides_of_two_points(run, estimates):
    pair = "highest_at_least_2.all.mimic_code-vs-sofa_1996"
    high = [totals(run, name).groupby(level=0).max() >= 2 for name in ("mimic-code", "sofa-1996")]
    one, other = high[0].align(high[1], join="inner")
    assert estimates.loc[f"{pair}.group_only", "value"] == (one & ~other).sum()
    assert estimates.loc[f"{pair}.comparator_only", "value"] == (other & ~one).sum()
    assert estimates.loc[f"{pair}.both", "value"] == (one & other).sum() > 100


def test_figure_and_table_are_there_without_arms_to_compare(run):
    for suffix in ("pdf", "svg", "png"):
        assert (run.results / f"figures/score_comparison.{suffix}").stat().st_size > 5000
    for suffix in ("html", "docx", "csv"):
        assert (run.results / f"tables/score_comparison.{suffix}").stat().st_size > 500
    assert not (run.results / "cohort").exists()
