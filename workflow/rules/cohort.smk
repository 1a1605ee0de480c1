COHORT = {name: SETTINGS[name] for name in ("arms", "eligibility", "controls")}


rule cohort:
    """Stop after the analysis set and the flow of participants."""
    input:
        ACCEPTED,
        "results/<study>/cohort/analysis_set.parquet",
        "results/<study>/cohort/flow.parquet",


rule select_cohort:
    """Apply eligibility item by item, choose controls and set time zero."""
    input:
        participants="results/<study>/validated/participants.parquet",
        interventions=(
            "results/<study>/validated/interventions.parquet" if starts_at_a_dose() else []
        ),
        settings=settings("select_cohort", COHORT),
        code=code("select_cohort"),
    output:
        analysis_set="results/<study>/cohort/analysis_set.parquet",
        flow="results/<study>/cohort/flow.parquet",
    log:
        "results/<study>/logs/select_cohort.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **COHORT,
    script:
        "../scripts/select_cohort.py"
