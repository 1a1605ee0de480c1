"""sepsisflow: from the raw data of a sepsis trial to its manuscript, as one DAG."""

import sys

from snakemake.utils import min_version

min_version("9.14")


configfile: "config/config.yaml"


# A draft is about files of which there is no study yet; all other rules are about a study. (What
# is asked for stands nowhere else when the workflow is read.)
if "draft_study" in sys.argv:

    include: "workflow/rules/draft.smk"

else:

    include: "workflow/rules/common.smk"

    pathvars:
        study=STUDY.name,

    wildcard_constraints:
        table="|".join(TABLES),
        panel="|".join(PANELS) or "none",

    include: "workflow/rules/ingest_database.smk" if DATABASE else "workflow/rules/ingest.smk"
    include: "workflow/rules/apache_ii.smk"
    include: "workflow/rules/common_scores.smk"
    include: "workflow/rules/score_comparison.smk"
    include: "workflow/rules/validate.smk"

    if COMPARED:

        include: "workflow/rules/derive.smk"
        include: "workflow/rules/cohort.smk"
        include: "workflow/rules/estimate.smk"
        include: "workflow/rules/figures.smk"
        include: "workflow/rules/tables.smk"
        include: "workflow/rules/manuscript.smk"
    include: "workflow/rules/scores.smk"
    include: "workflow/rules/rates.smk"

    rule all:
        """Build everything, from raw files to the manuscript."""
        default_target: True
        input:
            "results/<study>/quality/report.html",
            [*FIGURE_FILES, *TABLE_FILES, *MANUSCRIPT] if COMPARED else ACCEPTED,
            SCORE_FILES,
            COMPARISON_FIGURES,
            COMPARISON_TABLES,
            SEPSIS_FILES,
            RATE_FILES,
