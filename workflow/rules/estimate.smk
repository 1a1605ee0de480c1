ESTIMATES = [
    "baseline",
    "survival",
    *(["sofa"] if SETTINGS["sofa"] else []),
    *PANELS,
    *(["endpoints"] if HAS_ENDPOINTS else []),
]
COMMON = {"arms": ARMS, "level": SETTINGS["level"]}
BASELINE = {
    "variables": SETTINGS["baseline"]["variables"],
    "covariates": SETTINGS["covariates"],
    "arms": ARMS,
}
SURVIVAL = {"survival": SETTINGS["survival"], **COMMON}
SOFA = {"sofa": SOFA_BLOCK, **COMMON}

for panel, block in PANELS.items():
    settings(f"estimate_{panel}", {"settings": block, **COMMON})


rule estimates:
    """Stop after the estimates."""
    input:
        ACCEPTED,
        expand("results/<study>/estimates/{analysis}.parquet", analysis=ESTIMATES),
        COMPARISON_ESTIMATES,


rule estimate_baseline:
    """Describe flow and baseline by arm."""
    input:
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        participants="results/<study>/validated/participants.parquet",
        flow="results/<study>/cohort/flow.parquet",
        measurements=measurements_of(SETTINGS["baseline"]["variables"]),
        settings=settings("estimate_baseline", BASELINE),
        code=code("estimate_baseline"),
    output:
        estimates="results/<study>/estimates/baseline.parquet",
    log:
        "results/<study>/logs/estimate_baseline.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **BASELINE,
    script:
        "../scripts/estimate_baseline.py"


rule estimate_survival:
    """Estimate mortality at the horizons and survival over follow-up."""
    input:
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        outcomes="results/<study>/derived/outcomes.parquet",
        settings=settings("estimate_survival", SURVIVAL),
        code=code("estimate_survival"),
    output:
        estimates="results/<study>/estimates/survival.parquet",
    log:
        "results/<study>/logs/estimate_survival.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **SURVIVAL,
    script:
        "../scripts/estimate_survival.py"


if SETTINGS["sofa"]:

    rule estimate_sofa:
        """Estimate SOFA and its change from baseline by day."""
        input:
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            sofa="results/<study>/derived/sofa.parquet",
            settings=settings("estimate_sofa", SOFA),
            code=code("estimate_sofa"),
        output:
            estimates="results/<study>/estimates/sofa.parquet",
        log:
            "results/<study>/logs/estimate_sofa.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            **SOFA,
        script:
            "../scripts/estimate_sofa.py"


rule estimate_biomarkers:
    """Estimate one panel of biomarkers by day, and its pre-named summary."""
    input:
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        values="results/<study>/derived/{panel}.parquet",
        settings="results/<study>/.stamps/settings/estimate_{panel}.txt",
        code=code("estimate_biomarkers"),
    output:
        estimates="results/<study>/estimates/{panel}.parquet",
    log:
        "results/<study>/logs/estimate_{panel}.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **COMMON,
        panel="{panel}",
        settings=panel_settings,
    script:
        "../scripts/estimate_biomarkers.py"


if HAS_ENDPOINTS:

    rule estimate_endpoints:
        """Describe each participant-level endpoint by arm."""
        input:
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            endpoints="results/<study>/derived/endpoints.parquet",
            settings=settings("estimate_endpoints", {"arms": ARMS}),
            code=code("estimate_endpoints"),
        output:
            estimates="results/<study>/estimates/endpoints.parquet",
        log:
            "results/<study>/logs/estimate_endpoints.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            arms=ARMS,
        script:
            "../scripts/estimate_endpoints.py"
