rule ingest_raw_files:
    """Read every raw file once into the canonical tables, with file and row."""
    input:
        raw=ancient([str(path) for path in raw_files.raw_files(STUDY)]),
        fingerprints=expand("results/<study>/.stamps/raw/{table}.txt", table=TABLES),
        code=code("ingest_raw_files"),
    output:
        tables=expand("results/<study>/ingested/{table}.parquet", table=TABLES),
        problems="results/<study>/ingested/problems.parquet",
        accounting="results/<study>/ingested/accounting.parquet",
    log:
        "results/<study>/logs/ingest_raw_files.log",
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        data=str(STUDY.data),
        sources=SETTINGS["sources"],
        covariates=SETTINGS["covariates"],
        publisher=SETTINGS["publisher"],
        codelists=STUDY.codelists,
        tables=TABLES,
    script:
        "../scripts/ingest_raw_files.py"
