# Rates over time that are made of measurements and treatments, in the versions that the study names.

if URINE_SETTINGS["versions"]:

    rule derive_urine_output:
        """Derive urine output by kilogram and hour at each entry."""
        input:
            participants="results/<study>/validated/participants.parquet",
            measurements=measurements_of(URINE_VARIABLES),
            events=validated_if_any("events"),
            settings=settings("derive_urine_output", URINE_SETTINGS),
            code=code("derive_urine_output"),
        output:
            urine="results/<study>/derived/urine_output.parquet",
        log:
            "results/<study>/logs/derive_urine_output.log",
        resources:
            mem_mb=2000,
            runtime=30,
        params:
            settings=URINE_SETTINGS,
        script:
            "../scripts/derive_urine_output.py"


if EQUIVALENT_SETTINGS["versions"]:

    rule derive_norepinephrine_equivalents:
        """Derive norepinephrine equivalents between two changes of any rate."""
        input:
            participants="results/<study>/validated/participants.parquet",
            interventions=validated_if_any("interventions"),
            settings=settings("derive_norepinephrine_equivalents", EQUIVALENT_SETTINGS),
            code=code("derive_norepinephrine_equivalents"),
        output:
            equivalents="results/<study>/derived/norepinephrine_equivalents.parquet",
        log:
            "results/<study>/logs/derive_norepinephrine_equivalents.log",
        resources:
            mem_mb=2000,
            runtime=30,
        params:
            settings=EQUIVALENT_SETTINGS,
        script:
            "../scripts/derive_norepinephrine_equivalents.py"
