FIGURES = ["flow", "survival", *(["sofa"] if SETTINGS["sofa"] else []), *PANELS]
FIGURE_FILES = [
    f"results/<study>/figures/{name}.{suffix}"
    for name in FIGURES
    for suffix in ("pdf", "svg", "png")
]
# A figure is given only the sizes it is drawn with, so that another's redraws nothing.
ONE_COLUMN = {name: SETTINGS["figures"][name] for name in ("width_mm", "dpi")}
LOOK = {"arms": ARMS, "style": ONE_COLUMN, "synthetic": SETTINGS["synthetic"]}
FLOW_FIGURE = {**LOOK, "style": SETTINGS["figures"]}
SURVIVAL_FIGURE = {**LOOK, "survival": SETTINGS["survival"]}
SOFA_FIGURE = {**LOOK, "sofa": SETTINGS["sofa"]}

for panel, block in PANELS.items():
    settings(f"draw_{panel}", {"settings": block, "labels": labels(block["variables"]), **LOOK})


rule figures:
    """Stop after the figures."""
    input:
        ACCEPTED,
        FIGURE_FILES,
        COMPARISON_FIGURES,


rule draw_flow:
    """Draw the flow of participants."""
    input:
        flow="results/<study>/cohort/flow.parquet",
        settings=settings("draw_flow", FLOW_FIGURE),
        code=code("draw_flow"),
    output:
        multiext("results/<study>/figures/flow", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_flow.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **FLOW_FIGURE,
    script:
        "../scripts/draw_flow.py"


rule draw_survival:
    """Draw survival by arm with the numbers at risk."""
    input:
        estimates="results/<study>/estimates/survival.parquet",
        settings=settings("draw_survival", SURVIVAL_FIGURE),
        code=code("draw_survival"),
    output:
        multiext("results/<study>/figures/survival", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_survival.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **SURVIVAL_FIGURE,
    script:
        "../scripts/draw_survival.py"


if SETTINGS["sofa"]:

    rule draw_sofa:
        """Draw SOFA by day, with every participant's course."""
        input:
            estimates="results/<study>/estimates/sofa.parquet",
            sofa="results/<study>/derived/sofa.parquet",
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            settings=settings("draw_sofa", SOFA_FIGURE),
            code=code("draw_sofa"),
        output:
            multiext("results/<study>/figures/sofa", pdf=".pdf", svg=".svg", png=".png"),
        log:
            "results/<study>/logs/draw_sofa.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            **SOFA_FIGURE,
        script:
            "../scripts/draw_sofa.py"


rule draw_biomarkers:
    """Draw one panel of biomarkers by day, with every participant's course."""
    input:
        estimates="results/<study>/estimates/{panel}.parquet",
        values="results/<study>/derived/{panel}.parquet",
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        settings="results/<study>/.stamps/settings/draw_{panel}.txt",
        code=code("draw_biomarkers"),
    output:
        multiext("results/<study>/figures/{panel}", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_{panel}.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **LOOK,
        panel="{panel}",
        settings=panel_settings,
        labels=panel_labels,
    script:
        "../scripts/draw_biomarkers.py"
