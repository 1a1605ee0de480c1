OUTCOMES = {"death_counts_at": SETTINGS["survival"]["death_counts_at"]}
RECORDED_SOFA = {
    name: SETTINGS["sofa"][name] for name in ("variable", "repeated") if SETTINGS["sofa"]
}

for panel, block in PANELS.items():
    settings(f"derive_{panel}", {name: block[name] for name in ("variables", "repeated")})
ENDPOINTS = SETTINGS["endpoints"]
HAS_ENDPOINTS = any(ENDPOINTS.values())
ENDPOINT_SETTINGS = {
    "endpoints": ENDPOINTS,
    "definition": SETTINGS["sofa"]["definition"] if ENDPOINTS["sofa"] else None,
}
# What endpoints are derived from: charted and cleared variables, agents, discharges.
SUPPORT = ENDPOINTS["support_free_days"].values()
CHARTED = [name for each in SUPPORT for name in each["flags"]]
CHARTED += [each["variable"] for each in ENDPOINTS["clearance"].values()]
OF_AGENTS = ENDPOINTS["shock_reversal"] or any(each["agents"] for each in SUPPORT)
OF_STAYS = ENDPOINTS["days_alive_out"]
DERIVED = [
    "results/<study>/derived/outcomes.parquet",
    *(["results/<study>/derived/sofa.parquet"] if SETTINGS["sofa"] else []),
    *expand("results/<study>/derived/{panel}.parquet", panel=PANELS),
    *(["results/<study>/derived/endpoints.parquet"] if HAS_ENDPOINTS else []),
]


rule derive_outcomes:
    """Date death, or the last sign of life, on each participant's clock."""
    input:
        events="results/<study>/validated/events.parquet",
        participants="results/<study>/validated/participants.parquet",
        settings=settings("derive_outcomes", OUTCOMES),
        code=code("derive_outcomes"),
    output:
        outcomes="results/<study>/derived/outcomes.parquet",
    log:
        "results/<study>/logs/derive_outcomes.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        **OUTCOMES,
    script:
        "../scripts/derive_outcomes.py"


if SOFA_DEFINITION:

    rule derive_daily_sofa:
        """Score organ failure by study day, from each participant's time zero."""
        input:
            participants="results/<study>/validated/participants.parquet",
            measurements=measurements_read(SETTINGS["sofa"]["definition"]),
            interventions=validated_if_any("interventions"),
            events=["results/<study>/validated/events.parquet"],
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            settings=settings("derive_daily_sofa", DAILY_SOFA),
            code=code("derive_daily_sofa"),
        output:
            sofa="results/<study>/derived/sofa.parquet",
        log:
            "results/<study>/logs/derive_daily_sofa.log",
        threads: 2 if DATABASE else 1
        resources:
            mem_mb=1000,
            runtime=120,
        params:
            **DAILY_SOFA,
        script:
            "../scripts/derive_daily_sofa.py"

elif SETTINGS["sofa"]:

    rule derive_sofa:
        """Take the recorded SOFA totals, one per participant and time."""
        input:
            severity="results/<study>/validated/measurements/severity.parquet",
            settings=settings("derive_sofa", RECORDED_SOFA),
            code=code("derive_sofa"),
        output:
            sofa="results/<study>/derived/sofa.parquet",
        log:
            "results/<study>/logs/derive_sofa.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            **RECORDED_SOFA,
        script:
            "../scripts/derive_sofa.py"


rule derive_biomarkers:
    """Take the values of one panel, one per participant, variable and time."""
    input:
        measurements=panel_measurements,
        settings="results/<study>/.stamps/settings/derive_{panel}.txt",
        code=code("derive_biomarkers"),
    output:
        values="results/<study>/derived/{panel}.parquet",
    log:
        "results/<study>/logs/derive_{panel}.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        settings=panel_selection,
    script:
        "../scripts/derive_biomarkers.py"


if HAS_ENDPOINTS:

    rule derive_endpoints:
        """Derive what each participant's course comes to, from time zero."""
        input:
            analysis_set="results/<study>/cohort/analysis_set.parquet",
            outcomes="results/<study>/derived/outcomes.parquet",
            scores=["results/<study>/derived/sofa.parquet"] if ENDPOINTS["sofa"] else [],
            interventions=["results/<study>/validated/interventions.parquet"] if OF_AGENTS else [],
            events=["results/<study>/validated/events.parquet"] if OF_STAYS else [],
            measurements=measurements_of(CHARTED),
            settings=settings("derive_endpoints", ENDPOINT_SETTINGS),
            code=code("derive_endpoints"),
        output:
            endpoints="results/<study>/derived/endpoints.parquet",
        log:
            "results/<study>/logs/derive_endpoints.log",
        resources:
            mem_mb=1000,
            runtime=10,
        params:
            **ENDPOINT_SETTINGS,
        script:
            "../scripts/derive_endpoints.py"
