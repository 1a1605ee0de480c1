# Reading and validating are one job a table: a table changes as a whole, and every job pays its
# imports. The fingerprint covers the plan as well as the cells.
rule ingest_table:
    """Read one canonical table from the raw files and set aside what cannot be used."""
    input:
        raw=ancient(table_files),
        fingerprint="results/<study>/.stamps/raw/{table}.txt",
        code=code("ingest_table"),
    output:
        ingested="results/<study>/ingested/{table}.parquet",
        validated="results/<study>/validated/{table}.parquet",
        findings="results/<study>/quality/findings/{table}.parquet",
        quarantine="results/<study>/quality/quarantine/{table}.parquet",
        accounting="results/<study>/quality/accounting/{table}.parquet",
    log:
        "results/<study>/logs/ingest_{table}.log",
    priority: 1
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        data=str(STUDY.data),
        plan=table_plan,
    script:
        "../scripts/ingest_table.py"
