"""A study of two groups and its estimates, as the manuscript sees them."""

import itertools

import endpoints_example

STUDY = {
    "title": "Cells in *sepsis*",
    "registration": "NCT00000000",
    "synthetic": True,
    "randomised": False,
    "seed": 1,
    "abstract": "Sepsis kills [@alp2022].",
    "citation_keys": ["alp2022"],
    "publisher": None,
    "arms": {
        "cells": {"label": "Cells", "role": "treated", "time_zero": {"first_dose_of": "cells"}},
        "no_cells": {"label": "No cells", "role": "control", "time_zero": "origin"},
    },
    "eligibility": [
        {"item": "age", "label": "Age 18 to 80 years", "missing": "excluded"},
        {"item": "pregnancy", "label": "Not pregnant", "missing": "kept"},
    ],
    "controls": {"method": "flagged", "flag": "chosen"},
    "survival": {
        "label": "death from any cause",
        "follow_up_days": 28,
        "horizons_days": [14, 28],
        "death_counts_at": "latest",
    },
    "sofa": {
        "definition": "sofa-1996",
        "rules": {
            "title": "SOFA (1996)",
            "components": 6,
            "missing": "what is missing counts as 0",
            "after_death": "nobody has a score after death",
            "scored_after_death": False,
        },
        "baseline_day": 1,
        "days": [1, 3, 9],
        "end_of_treatment": 3,
    },
    "biomarkers": {
        "cytokines": {
            "label": "Cytokines before each infusion",
            "variables": ["il_6", "tnf_alpha"],
            "arms": ["cells"],
            "baseline_day": 1,
            "days": [1, 3, 9],
            "below_limit": "half_limit",
        }
    },
    "endpoints": endpoints_example.BLOCK,
    "level": 0.95,
    "manuscript": {"template": "comparison", "score_remark": None},
    "published": [
        {
            "label": "Alive at day 14",
            "key": "mortality.death.analysed.cells@14.alive",
            "value": 10,
            "decimals": 0,
            "source": "alp2022",
        }
    ],
}
LABELS = {"il_6": {"label": "IL-6"}, "tnf_alpha": {"label": "TNF-α"}}


def estimate(key, value, **columns):
    """One row of the estimates table, as `files.read_estimates` gives it."""
    analysis, endpoint, _, group, statistic = key.replace("@", ".@").split(".")[:5]
    blank = {"lower": None, "upper": None, "level": 0.95, "n": 10, "n_events": 0}
    return {
        "key": key,
        "analysis": analysis,
        "endpoint": endpoint,
        "group": group.split("-vs-")[0],
        "statistic": key.rsplit(".", 1)[1] if statistic.startswith("@") else statistic,
        "value": float(value),
        "unit": "1",
        "method": "By hand",
        "file": f"estimates/{analysis}.parquet",
        **blank,
        **columns,
    }


def all_rows():
    """Every row that the template `comparison` reads."""
    interval = {"lower": 0.1, "upper": 0.9}
    yield estimate("flow.screened.screened.pool.n", 60)
    yield estimate("flow.age.screened.pool.n_excluded", 25)
    yield estimate("flow.pregnancy.screened.pool.n_excluded", 0)
    yield estimate("flow.not_selected.screened.pool.n_excluded", 15)
    yield estimate("flow.analysed.screened.pool.n", 20)
    for arm, day in itertools.product(["cells", "no_cells"], [14, 28]):
        yield estimate(f"mortality.death.analysed.{arm}@{day}.alive", 10)
        yield estimate(f"mortality.death.analysed.{arm}@{day}.risk", 0.3, **interval)
        key = f"survival.death.analysed.{arm}@{day}.survival_probability"
        yield estimate(key, 0.7, **interval)
    for statistic, day in itertools.product(
        ["risk_difference", "fisher_p", "odds_ratio"], [14, 28]
    ):
        key = f"mortality.death.analysed.cells-vs-no_cells@{day}.{statistic}"
        yield estimate(key, 0.5, **interval)
    for statistic in ("hazard_ratio", "logrank_p"):
        yield estimate(f"survival.death.analysed.cells-vs-no_cells.{statistic}", 0.5, **interval)
    for arm in ("cells", "no_cells"):
        yield estimate(f"participants.analysed.analysed.{arm}.n", 10)
        for day in (1, 9):
            yield estimate(f"sofa.total.analysed.{arm}@{day}.median", 8)
        for day in (3, 9):
            yield estimate(f"sofa.total.analysed.{arm}@{day}.change_hl", -2, lower=-4, upper=-1)
            yield estimate(f"sofa.total.analysed.{arm}@{day}.change_p", 0.004)
        yield estimate(f"sofa.total.analysed.{arm}.scores", 30)
        yield estimate(f"sofa.total.analysed.{arm}.incomplete", 4)
        for name in ("vfd", "daoh"):
            yield estimate(f"endpoints.{name}.analysed.{arm}@28.median", 19.5)
            yield estimate(f"endpoints.{name}.analysed.{arm}@28.alive_median", 22)
    for variable in ("il_6", "tnf_alpha"):
        yield estimate(f"cytokines.{variable}.analysed.cells.ratio", 0.9, **interval)
        yield estimate(f"cytokines.{variable}.analysed.cells.p_holm", 0.004)
