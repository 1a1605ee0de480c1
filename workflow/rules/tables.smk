TABLE_NAMES = [
    *(["baseline"] if SETTINGS["baseline"]["variables"] else []),
    "mortality",
    *(["sofa"] if SETTINGS["sofa"] else []),
    *(["endpoints"] if HAS_ENDPOINTS else []),
    *(["biomarkers"] if PANELS else []),
]
TABLE_FILES = [
    f"results/<study>/tables/{name}.{suffix}"
    for name in TABLE_NAMES
    for suffix in ("html", "docx", "csv")
]
TABLE_TEXTS = {
    "title": SETTINGS["title"],
    "arms": ARMS,
    "covariates": SETTINGS["covariates"],
    "variables": SETTINGS["baseline"]["variables"],
    "labels": labels([*SETTINGS["baseline"]["variables"], *PANEL_VARIABLES]),
    "survival": SETTINGS["survival"],
    "sofa": SOFA_BLOCK,
    "biomarkers": PANELS,
    "endpoints": ENDPOINTS,
    "synthetic": SETTINGS["synthetic"],
    "randomised": SETTINGS["randomised"],
}


rule tables:
    """Stop after the tables."""
    input:
        TABLE_FILES,
        COMPARISON_TABLES,


rule make_tables:
    """Format the estimates as tables."""
    input:
        baseline="results/<study>/estimates/baseline.parquet",
        survival="results/<study>/estimates/survival.parquet",
        sofa=["results/<study>/estimates/sofa.parquet"] if SETTINGS["sofa"] else [],
        panels=expand("results/<study>/estimates/{panel}.parquet", panel=PANELS),
        endpoints=["results/<study>/estimates/endpoints.parquet"] if HAS_ENDPOINTS else [],
        accepted=ACCEPTED,
        settings=settings("make_tables", TABLE_TEXTS),
        code=code("make_tables"),
    output:
        **{
            f"{name}_{suffix}": f"results/<study>/tables/{name}.{suffix}"
            for name in TABLE_NAMES
            for suffix in ("html", "docx", "csv")
        },
    log:
        "results/<study>/logs/make_tables.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **TABLE_TEXTS,
    script:
        "../scripts/make_tables.py"
