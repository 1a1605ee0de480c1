rule figures:
    """Stop after the figures."""
    input:
        ACCEPTED,
        FIGURE_FILES,


rule draw_flow:
    """Draw the flow of participants."""
    input:
        flow="results/<study>/cohort/flow.parquet",
        code=code("draw_flow"),
    output:
        multiext("results/<study>/figures/flow", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_flow.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        arms=ARMS,
        style=SETTINGS["figures"],
        synthetic=SETTINGS["synthetic"],
    script:
        "../scripts/draw_flow.py"


rule draw_survival:
    """Draw survival by arm with the numbers at risk."""
    input:
        estimates="results/<study>/estimates/survival.parquet",
        code=code("draw_survival"),
    output:
        multiext("results/<study>/figures/survival", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_survival.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        arms=ARMS,
        style=ONE_COLUMN,
        survival=SETTINGS["survival"],
        synthetic=SETTINGS["synthetic"],
    script:
        "../scripts/draw_survival.py"


if SETTINGS["sofa"]:

    rule draw_sofa:
        """Draw SOFA by day, with every participant's course."""
        input:
            estimates="results/<study>/estimates/sofa.parquet",
            sofa="results/<study>/derived/sofa.parquet",
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            code=code("draw_sofa"),
        output:
            multiext("results/<study>/figures/sofa", pdf=".pdf", svg=".svg", png=".png"),
        log:
            "results/<study>/logs/draw_sofa.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            arms=ARMS,
            style=ONE_COLUMN,
            sofa=SETTINGS["sofa"],
            synthetic=SETTINGS["synthetic"],
        script:
            "../scripts/draw_sofa.py"


rule draw_biomarkers:
    """Draw one panel of biomarkers by day, with every participant's course."""
    input:
        estimates="results/<study>/estimates/{panel}.parquet",
        values="results/<study>/derived/{panel}.parquet",
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        code=code("draw_biomarkers"),
    output:
        multiext("results/<study>/figures/{panel}", pdf=".pdf", svg=".svg", png=".png"),
    log:
        "results/<study>/logs/draw_{panel}.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        panel="{panel}",
        settings=panel_settings,
        labels=LABELS,
        arms=ARMS,
        style=ONE_COLUMN,
        synthetic=SETTINGS["synthetic"],
    script:
        "../scripts/draw_biomarkers.py"
