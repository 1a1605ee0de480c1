PUBLISHED = {
    name: published
    for name, published in (SETTINGS["publisher"] or {"files": {}})["files"].items()
    if (STUDY.data / name).is_file()
}
QUALITY = {
    "tables": TABLES,
    "scores": [f"scores/{total}" for total in RECORDED_SCORES],
    "checksums": PUBLISHED,
    "rules": cross_settings(SETTINGS, STUDY.codelists, DEFINITIONS),
    "forms": form_names(SETTINGS["sources"]),
    "covariates": SETTINGS["covariates"],
    "codelists": pictured(STUDY.codelists),
    "study": {
        "title": SETTINGS["title"],
        "registration": SETTINGS["registration"],
        "synthetic": SETTINGS["synthetic"],
        "errors_allowed": SETTINGS["findings"]["errors_allowed"],
        "compared": STUDY.previous_findings is not None,
    },
}
ACCEPTANCE = {
    "study": STUDY.name,
    "errors_allowed": SETTINGS["findings"]["errors_allowed"],
    "report": f"results/{STUDY.name}/quality/report.html",
}


rule validated:
    """Stop after validation."""
    input:
        expand("results/<study>/validated/{table}.parquet", table=TABLES),


rule quality:
    """Stop after the quality report; succeeds whatever the data hold."""
    input:
        "results/<study>/quality/report.html",
        "results/<study>/quality/queries.xlsx",


rule report_quality:
    """Apply the rules across tables; write the quality report and the queries for the sites."""
    input:
        tables=expand("results/<study>/validated/{table}.parquet", table=TABLES),
        ingested=expand("results/<study>/ingested/{table}.parquet", table=TABLES),
        findings=expand("results/<study>/quality/findings/{table}.parquet", table=TABLES),
        quarantine=expand("results/<study>/quality/quarantine/{table}.parquet", table=TABLES),
        accounting=expand("results/<study>/quality/accounting/{table}.parquet", table=TABLES),
        scores=COMPUTED_COMPONENTS,
        published=[checksum(name) for name in PUBLISHED],
        identifiers=stamp("files", "identifiers", undeclared(SETTINGS, STUDY.data, KNOWN)),
        previous=[str(path) for path in [STUDY.previous_findings] if path],
        page=[
            resource("quality/report.html.jinja"),
            resource("quality/report.css"),
            resource("quality/report.js"),
        ],
        settings=settings("report_quality", QUALITY),
        code=code("report_quality"),
    output:
        findings="results/<study>/quality/findings.parquet",
        report="results/<study>/quality/report.html",
        queries="results/<study>/quality/queries.xlsx",
    log:
        "results/<study>/logs/report_quality.log",
    priority: 1
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        **QUALITY,
    script:
        "../scripts/report_quality.py"


# Runs before what follows, by its priority, and every target asks for its output. The stages
# themselves do not: a change of one table would rerun them all. (As `ancient` input it would hide
# other reasons to rerun: snakemake does not look at jobs that follow one that runs.)
rule accept_data:
    """Stop here if the data hold more errors than the study file allows."""
    input:
        findings="results/<study>/quality/findings.parquet",
        settings=settings("accept_data", ACCEPTANCE),
        code=code("accept_data"),
    output:
        accepted="results/<study>/quality/accepted.txt",
    log:
        "results/<study>/logs/accept_data.log",
    priority: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        **ACCEPTANCE,
    script:
        "../scripts/accept_data.py"
