# Definitions of organ failure side by side, wherever a study has two. A study that compares arms
# shows those whom it analyses.

from sepsisflow.scores.side_by_side import sepsis_side_by_side, side_by_side

SIDE_BY_SIDE = side_by_side(DEFINITIONS)
SEPSIS_SIDE_BY_SIDE = sepsis_side_by_side(STUDY.sepsis, SIDE_BY_SIDE)
COMPARISON_ESTIMATES = (
    ["results/<study>/estimates/score_comparison.parquet"] if SIDE_BY_SIDE else []
)
COMPARISON_FIGURES = [
    f"results/<study>/figures/score_comparison.{suffix}"
    for suffix in ("pdf", "svg", "png")
    if SIDE_BY_SIDE
]
COMPARISON_TABLES = [
    f"results/<study>/tables/score_comparison.{suffix}"
    for suffix in ("html", "docx", "csv")
    if SIDE_BY_SIDE
]
COMPARED_SCORES = {
    "definitions": SIDE_BY_SIDE,
    "sepsis": SEPSIS_SIDE_BY_SIDE,
    "population": "analysed" if COMPARED else "all",
}
SHOWN_SCORES = {
    **COMPARED_SCORES,
    "title": SETTINGS["title"],
    "synthetic": SETTINGS["synthetic"],
    "style": {
        "width_mm": SETTINGS["figures"]["full_width_mm"],
        "dpi": SETTINGS["figures"]["dpi"],
    },
}


if SIDE_BY_SIDE:

    rule compare_scores:
        """Estimate what each definition makes of the same participants."""
        input:
            participants=(
                "results/<study>/cohort/analysis_set.parquet"
                if COMPARED
                else "results/<study>/validated/participants.parquet"
            ),
            totals=[
                f"results/<study>/derived/scores/{name}/{each['step']}_totals.parquet"
                for name, each in SIDE_BY_SIDE.items()
            ],
            components=[
                f"results/<study>/derived/scores/{name}/{each['step']}_components.parquet"
                for name, each in SIDE_BY_SIDE.items()
            ],
            sepsis=["results/<study>/derived/sepsis.parquet"] if SEPSIS_SIDE_BY_SIDE else [],
            settings=settings("compare_scores", COMPARED_SCORES),
            code=code("compare_scores"),
        output:
            estimates="results/<study>/estimates/score_comparison.parquet",
        log:
            "results/<study>/logs/compare_scores.log",
        resources:
            mem_mb=2000,
            runtime=30,
        params:
            **COMPARED_SCORES,
        script:
            "../scripts/compare_scores.py"

    rule draw_score_comparison:
        """Draw and tabulate the definitions side by side."""
        input:
            estimates="results/<study>/estimates/score_comparison.parquet",
            settings=settings("draw_score_comparison", SHOWN_SCORES),
            code=code("draw_score_comparison"),
        output:
            multiext("results/<study>/figures/score_comparison", pdf=".pdf", svg=".svg", png=".png"),
            multiext(
                "results/<study>/tables/score_comparison",
                html=".html",
                docx=".docx",
                csv=".csv",
            ),
        log:
            "results/<study>/logs/draw_score_comparison.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            **SHOWN_SCORES,
        script:
            "../scripts/draw_score_comparison.py"
