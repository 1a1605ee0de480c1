for definition, block in SCORE_SETTINGS.items():
    settings(f"score_{definition}", block)


rule scores:
    """Stop after outcomes, scores and biomarkers."""
    input:
        ACCEPTED,
        SCORE_FILES,
        COMPARISON_FIGURES,
        COMPARISON_TABLES,
        SEPSIS_FILES,
        RATE_FILES,
        APACHE_II_FILES,
        [*DERIVED] if COMPARED else [],


# Before what follows, if the quality report compares a score with what was recorded.
if HOURLY:

    rule score_sofa:
        """Score organ failure on every hour and day by a definition."""
        input:
            participants="results/<study>/validated/participants.parquet",
            measurements=score_measurements,
            interventions=validated_if_any("interventions"),
            events=validated_if_any("events"),
            settings="results/<study>/.stamps/settings/score_{definition}.txt",
            code=code("score_sofa"),
        output:
            hourly_components="results/<study>/derived/scores/{definition}/hourly_components.parquet",
            hourly_totals="results/<study>/derived/scores/{definition}/hourly_totals.parquet",
            daily_components="results/<study>/derived/scores/{definition}/daily_components.parquet",
            daily_totals="results/<study>/derived/scores/{definition}/daily_totals.parquet",
        log:
            "results/<study>/logs/score_{definition}.log",
        wildcard_constraints:
            definition="|".join(HOURLY),
        priority: 1 if SETTINGS["recorded_scores"] else 0
        threads: 2 if DATABASE else 1
        resources:
            mem_mb=1000,
            runtime=120,
        params:
            name="{definition}",
            settings=score_settings,
        script:
            "../scripts/score_sofa.py"


if WINDOWED:

    rule score_window:
        """Score organ failure once for each participant, of one window, by a definition."""
        input:
            participants="results/<study>/validated/participants.parquet",
            measurements=score_measurements,
            interventions=validated_if_any("interventions"),
            events=validated_if_any("events"),
            settings="results/<study>/.stamps/settings/score_{definition}.txt",
            code=code("score_sofa"),
        output:
            window_components="results/<study>/derived/scores/{definition}/window_components.parquet",
            window_totals="results/<study>/derived/scores/{definition}/window_totals.parquet",
        log:
            "results/<study>/logs/score_{definition}.log",
        wildcard_constraints:
            definition="|".join(WINDOWED),
        resources:
            mem_mb=1000,
            runtime=120,
        params:
            name="{definition}",
            settings=score_settings,
        script:
            "../scripts/score_sofa.py"


if SEPSIS_FILES:

    rule derive_sepsis:
        """Derive suspected infection, sepsis and septic shock by every definition."""
        input:
            participants="results/<study>/validated/participants.parquet",
            interventions="results/<study>/validated/interventions.parquet",
            events="results/<study>/validated/events.parquet",
            measurements=measurements_of(SHOCK_VARIABLES),
            hours=expand(
                "results/<study>/derived/scores/{score}/hourly_totals.parquet",
                score=SEPSIS["scores"],
            ),
            settings=settings("derive_sepsis", SEPSIS),
            code=code("derive_sepsis"),
        output:
            suspicion_of_infection="results/<study>/derived/suspicion_of_infection.parquet",
            sepsis="results/<study>/derived/sepsis.parquet",
            septic_shock="results/<study>/derived/septic_shock.parquet",
        log:
            "results/<study>/logs/derive_sepsis.log",
        resources:
            mem_mb=4000,
            runtime=60,
        params:
            **SEPSIS,
        script:
            "../scripts/derive_sepsis.py"
