"""The edge make_tables: estimates in, every table in three formats out."""

import endpoints_example
import make_tables
import pytest
from edge_runs import SIGNATURES, run_edge
from estimate_examples import ARMS, estimates, row

NAMES = ("baseline", "mortality", "sofa", "endpoints", "biomarkers")
PANEL = {
    "label": "Cytokines",
    "variables": ["il_6"],
    "arms": ["msc"],
    "baseline_day": 1,
    "days": [1, 9],
    "below_limit": "half_limit",
}
PARAMS = {
    "title": "A trial",
    "arms": ARMS,
    "covariates": {},
    "variables": ["age_years"],
    "labels": {"il_6": {"label": "IL-6", "unit": "pg/mL"}},
    "survival": {"horizons_days": [], "follow_up_days": 28},
    "sofa": {"definition": "recorded", "rules": None, "baseline_day": 1, "days": [1]},
    "biomarkers": {"cytokines": PANEL},
    "endpoints": endpoints_example.BLOCK,
    "synthetic": True,
    "randomised": False,
}


def example_tables() -> dict:
    """Estimates of the smallest study that has every table."""
    baseline = [row(f"participants.analysed.analysed.{arm}.n", 5) for arm in ARMS]
    survival, sofa = [], []
    for arm in ARMS:
        at = f"baseline.age_years.analysed.{arm}"
        parts = {"median": 60, "q1": 50, "q3": 70, "minimum": 40, "maximum": 80, "n_missing": 0}
        baseline += [row(f"{at}.{part}", value) for part, value in parts.items()]
        at = f"survival.death.analysed.{arm}"
        survival += [row(f"{at}@28.survival_probability", 0.5, 0.1, 0.8), row(f"{at}.median", 9)]
        levels = {"mean": 8, "sd": 2, "median": 8, "q1": 7, "q3": 9}
        at = f"sofa.total.analysed.{arm}@1"
        sofa += [row(f"{at}.{part}", value, n=5) for part, value in levels.items()]
    at = "cytokines.il_6.analysed.msc"
    panel = [
        row(f"{at}@{day}.{statistic}", value, n=5)
        for day in (1, 9)
        for statistic, value in (("geometric_mean", 90.0), ("n_below_limit", 0))
    ]
    panel += [row(f"{at}.{statistic}", 0.5, n=5) for statistic in ("p", "p_holm", "p_smallest")]
    panel.append(row(f"{at}.ratio", 0.8, 0.6, 1.1, n=5))
    return {
        "baseline": estimates(*baseline),
        "survival": estimates(*survival),
        "sofa": [estimates(*sofa)],
        "panels": [estimates(*panel)],
        "endpoints": [estimates(*endpoints_example.rows(ARMS))],
    }


def files(names) -> dict[str, str]:
    return {
        f"{name}_{kind}": f"{name}.{kind}" for name in names for kind in ("html", "docx", "csv")
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Run the edge once on every table."""
    folder = tmp_path_factory.mktemp("tables")
    tables = example_tables()
    return run_edge(make_tables, folder, tables=tables, params=PARAMS, outputs=files(NAMES))


def test_each_table_is_written_in_three_formats(written):
    for name in NAMES:
        assert written[f"{name}_docx"].startswith(SIGNATURES["docx"])
        assert written[f"{name}_html"].startswith(b"<!DOCTYPE html>")
        assert written[f"{name}_csv"].startswith(b"\xef\xbb\xbf")


def test_each_file_holds_its_own_table(written):
    for name, text in (
        ("baseline", "60.0 (50.0 to 70.0)"),
        ("mortality", "50.0% (10.0 to 80.0)"),
        ("sofa", "8.0 (7.0 to 9.0)"),
        ("endpoints", "26.5 (25.8 to 27.3) [2]"),
        ("biomarkers", "0.80 (0.60 to 1.10)"),
    ):
        for kind in ("html", "csv"):
            assert text in written[f"{name}_{kind}"].decode()


def test_every_page_warns_of_confounding_and_of_synthetic_data(written):
    for name in NAMES:
        html = written[f"{name}_html"].decode()
        assert "about confounding" in html
        assert "SYNTHETIC DATA" in html
        assert "A trial" in html


def test_no_page_of_a_randomised_study_says_that_nobody_was(tmp_path):
    written = run_edge(
        make_tables,
        tmp_path,
        tables=example_tables(),
        params={**PARAMS, "randomised": True},
        outputs=files(NAMES),
    )
    for name in NAMES:
        html = written[f"{name}_html"].decode()
        assert "confounding" not in html
        assert "Nobody was assigned" not in html
    for name in ("baseline", "mortality"):
        assert "assigned to the groups at random" in written[f"{name}_html"].decode()


def test_a_study_without_sofa_endpoints_and_biomarkers_has_the_other_tables(tmp_path):
    tables = {**example_tables(), "sofa": [], "panels": [], "endpoints": []}
    nothing = {"sofa": None, "biomarkers": {}, "labels": {}, "endpoints": endpoints_example.NONE}
    params = {**PARAMS, **nothing}
    names = ("baseline", "mortality")
    assert set(
        run_edge(make_tables, tmp_path, tables=tables, params=params, outputs=files(names))
    ) == set(files(names))


def test_a_second_run_writes_the_same_bytes(written, tmp_path):
    again = run_edge(
        make_tables, tmp_path, tables=example_tables(), params=PARAMS, outputs=files(NAMES)
    )
    assert again == written
