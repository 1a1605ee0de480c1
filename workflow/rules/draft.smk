import sys
from pathlib import Path

ROOT = Path(workflow.basedir)
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

from sepsisflow.drafting.request import requested
from sepsisflow.errors import DataError

try:
    DRAFT = requested(config, workdir=Path(), workflow_dir=ROOT)
except DataError as error:
    sys.exit(str(error))


localrules:
    draft_study,


# Without outputs: a draft is its user's file at once, and never written a second time.
rule draft_study:
    """Write config/studies/draft.yaml, a commented draft about the files in a folder."""
    log:
        "results/logs/draft_study.log",
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        **DRAFT,
    message:
        "Looks into {params.data} and writes {params.draft}."
    script:
        "../scripts/draft_study.py"
