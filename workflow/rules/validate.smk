rule validated:
    """Stop after validation."""
    input:
        expand("results/<study>/validated/{table}.parquet", table=TABLES),


rule quality:
    """Stop after the quality report; succeeds whatever the data hold."""
    input:
        "results/<study>/quality/report.html",


# One job ingests all tables, so their dates say nothing: each table's fingerprint does.
rule validate_table:
    """Set aside what cannot be used, flag what is doubtful, and count every row and value."""
    input:
        table=ancient("results/<study>/ingested/{table}.parquet"),
        problems=ancient("results/<study>/ingested/problems.parquet"),
        accounting=ancient("results/<study>/ingested/accounting.parquet"),
        fingerprint="results/<study>/.stamps/raw/{table}.txt",
        ingest_code=code("ingest_raw_files"),
        code=code("validate_table"),
    output:
        table="results/<study>/validated/{table}.parquet",
        findings="results/<study>/quality/findings/{table}.parquet",
        quarantine="results/<study>/quality/quarantine/{table}.parquet",
        accounting="results/<study>/quality/accounting/{table}.parquet",
    log:
        "results/<study>/logs/validate_{table}.log",
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        table="{table}",
        vocabulary=table_vocabulary,
        covariates=SETTINGS["covariates"],
    script:
        "../scripts/validate_table.py"


rule report_quality:
    """Apply the rules across tables and write the quality report."""
    input:
        tables=expand("results/<study>/validated/{table}.parquet", table=TABLES),
        findings=expand("results/<study>/quality/findings/{table}.parquet", table=TABLES),
        accounting=expand("results/<study>/quality/accounting/{table}.parquet", table=TABLES),
        template=resource("quality/report.html.jinja"),
        code=code("report_quality"),
    output:
        findings="results/<study>/quality/findings.parquet",
        report="results/<study>/quality/report.html",
    log:
        "results/<study>/logs/report_quality.log",
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        tables=TABLES,
        study={
            "title": SETTINGS["title"],
            "registration": SETTINGS["registration"],
            "synthetic": SETTINGS["synthetic"],
            "errors_allowed": SETTINGS["findings"]["errors_allowed"],
        },
    script:
        "../scripts/report_quality.py"


# What follows takes this output as ancient: it must be there, its date does not matter.
rule accept_data:
    """Stop here if the data hold more errors than the study file allows."""
    input:
        findings="results/<study>/quality/findings.parquet",
        code=code("accept_data"),
    output:
        accepted="results/<study>/quality/accepted.txt",
    log:
        "results/<study>/logs/accept_data.log",
    resources:
        mem_mb=500,
        runtime=5,
    params:
        study=STUDY.name,
        errors_allowed=SETTINGS["findings"]["errors_allowed"],
        report=f"results/{STUDY.name}/quality/report.html",
    script:
        "../scripts/accept_data.py"
