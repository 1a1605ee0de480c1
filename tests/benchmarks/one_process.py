"""Run every script of the workflow in this one process, in the order of the DAG.

What a run costs beyond this is what its jobs pay for starting: see default_study.py.
"""

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace

from snakemake.api import (
    ConfigSettings,
    DAGSettings,
    OutputSettings,
    ResourceSettings,
    SnakemakeApi,
)


def main():
    """Read the workflow of the current folder and call each job's script."""
    sys.path.insert(0, str(Path("workflow/scripts").resolve()))
    with SnakemakeApi(OutputSettings(quiet={"all"})) as api:
        workflow = api.workflow(
            resource_settings=ResourceSettings(cores=1),
            config_settings=ConfigSettings(),
            snakefile=Path("Snakefile"),
        )
        dag = workflow.dag(dag_settings=DAGSettings(forceall=True))
        dag.execute_workflow(executor="dryrun")
        jobs = [
            job
            for level in workflow._workflow.dag.toposorted()  # noqa: SLF001 (no public way)
            for job in level
            if job.rule.script
        ]
    for job in jobs:
        edge = importlib.import_module(Path(job.rule.script).stem)
        for path in job.output:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        edge.main(SimpleNamespace(input=job.input, output=job.output, params=job.params))


if __name__ == "__main__":
    main()
