APACHE_II, APACHE_II_FILES = {}, []
if SETTINGS["apache_ii"]:
    BLOCK = SETTINGS["apache_ii"]
    try:
        DEFINITION = apache_ii_settings.read_definition(BLOCK["definition"], ROOT, VARIABLES)
        APACHE_II = apache_ii_settings.apache_ii_settings(BLOCK, DEFINITION, VARIABLES)
        APACHE_II_TABLES = apache_ii_settings.tables_read(APACHE_II, TABLES)
    except DataError as error:
        sys.exit(str(error))
    APACHE_II_FILES = [
        f"results/<study>/derived/{name}.parquet" for name in ("apache_ii_components", "apache_ii")
    ]


# Before what follows, by its priority: the quality report compares it with what was recorded.
if APACHE_II:

    rule score_apache_ii:
        """Score APACHE II of 24 hours, with the value that decided each component."""
        input:
            participants="results/<study>/validated/participants.parquet",
            measurements=expand(
                "results/<study>/validated/{table}.parquet",
                table=APACHE_II_TABLES,
            ),
            settings=settings("score_apache_ii", APACHE_II),
            code=code("score_apache_ii"),
        output:
            components="results/<study>/derived/apache_ii_components.parquet",
            totals="results/<study>/derived/apache_ii.parquet",
        log:
            "results/<study>/logs/score_apache_ii.log",
        priority: 1
        resources:
            mem_mb=2000,
            runtime=30,
        params:
            settings=APACHE_II,
        script:
            "../scripts/score_apache_ii.py"
