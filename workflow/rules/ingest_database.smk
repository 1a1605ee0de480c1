# One job for all tables: each file of a database is too large to be read once a table.
rule ingest_database:
    """Read a database, once each file, and set aside what cannot be used."""
    input:
        raw=ancient([str(path) for path in raw_files.raw_files(STUDY)]),
        fingerprint="results/<study>/.stamps/raw/database.txt",
        code=code("ingest_database"),
    output:
        ingested=expand("results/<study>/ingested/{table}.parquet", table=TABLES),
        validated=expand("results/<study>/validated/{table}.parquet", table=TABLES),
        findings=expand("results/<study>/quality/findings/{table}.parquet", table=TABLES),
        quarantine=expand("results/<study>/quality/quarantine/{table}.parquet", table=TABLES),
        accounting=expand("results/<study>/quality/accounting/{table}.parquet", table=TABLES),
    log:
        "results/<study>/logs/ingest_database.log",
    priority: 1
    threads: 8
    resources:
        mem_mb=4000,
        runtime=240,
    params:
        data=str(database_folder(STUDY)),
        plan=DATABASE,
    script:
        "../scripts/ingest_database.py"
