"""Definitions side by side on the MIMIC-IV demo, through the whole workflow, counted again here."""

import pandas as pd
import pytest
from whole_workflow import Workflow, copy_workflow

DAY = ["participant_id", "study_day"]


class Run:
    """Results of the demo."""

    def __init__(self, results):
        self.results = results
        table = pd.read_parquet(results / "estimates/score_comparison.parquet")
        self.estimates = table.set_index("key")

    def value(self, key):
        """A number of the estimates."""
        return self.estimates.loc[f"score_comparison.{key}", "value"]

    def daily(self, definition, table):
        """Days of a definition of which something was observed."""
        folder = self.results / "derived/scores" / definition
        totals = pd.read_parquet(folder / "daily_totals.parquet").astype({"participant_id": str})
        seen = totals[totals["n_components"] > 0].set_index(DAY)
        if table == "daily_totals":
            return seen["score"].dropna()
        rows = pd.read_parquet(folder / f"{table}.parquet")
        rows = rows.astype({"participant_id": str, "component": str})
        wide = rows.set_index([*DAY, "component"])["score"].unstack()
        return wide[wide.index.isin(seen.index)]


@pytest.fixture(scope="module")
def run(reference, tmp_path_factory):
    """The demo, scored through the workflow."""
    data = reference("data/mimic-iv-demo").resolve()
    folder = tmp_path_factory.mktemp("mimic")
    copy_workflow(folder)
    workflow, chosen = Workflow(folder), ("--config", "study=mimic-iv-demo", f"data={data}")
    workflow.build("scores", "-c2", *chosen)
    assert workflow.planned("scores", *chosen) == {}
    return Run(folder / "results/mimic-iv-demo")


def test_all_stays_are_scored_and_their_highest_scores_are_those_of_the_days(run):
    for definition in ("sofa-1996", "mimic-code"):
        group, days = definition.replace("-", "_"), run.daily(definition, "daily_totals")
        highest = days.groupby(level=0).max()
        scored = run.estimates.loc[f"score_comparison.participants.all.{group}.scored"]
        assert scored[["n_events", "n"]].tolist() == [len(highest), 140]
        assert run.value(f"highest.all.{group}.mean") == pytest.approx(highest.mean())
        assert run.value(f"highest_at_least_2.all.{group}.proportion") == (highest >= 2).mean()


def test_intubated_patients_are_why_mimic_code_differs_from_sofa_1996(run):
    pair = "all.mimic_code-vs-sofa_1996"
    one, other = (run.daily(name, "daily_components") for name in ("mimic-code", "sofa-1996"))
    gap = (one - other)["cns"].dropna()
    assert run.value(f"cns.{pair}.days") == len(gap) > 500
    assert run.value(f"cns.{pair}.different") == pytest.approx(gap.ne(0).mean())
    assert run.value(f"cns.{pair}.mean_difference") == pytest.approx(gap.mean())
    # Who cannot speak for a tube has 15 points of the coma scale, against 1 for the voice.
    assert gap.mean() < -0.9
    others = {"respiration", "coagulation", "liver", "cardiovascular", "renal"}
    assert all(run.value(f"{each}.{pair}.different") < 0.05 for each in others)


def test_reclassified_stays_are_those_on_the_two_sides_of_two_points(run):
    pair = "highest_at_least_2.all.mimic_code-vs-sofa_1996"
    high = [
        run.daily(name, "daily_totals").groupby(level=0).max() >= 2
        for name in ("mimic-code", "sofa-1996")
    ]
    one, other = high[0].align(high[1], join="inner")
    assert run.value(f"{pair}.group_only") == (one & ~other).sum()
    assert run.value(f"{pair}.comparator_only") == (other & ~one).sum()
    assert run.value(f"{pair}.both") == (one & other).sum() > 100


def test_figure_and_table_are_there_without_arms_to_compare(run):
    for suffix in ("pdf", "svg", "png"):
        assert (run.results / f"figures/score_comparison.{suffix}").stat().st_size > 5000
    for suffix in ("html", "docx", "csv"):
        assert (run.results / f"tables/score_comparison.{suffix}").stat().st_size > 500
    assert not (run.results / "cohort").exists()
