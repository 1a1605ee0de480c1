"""Format the estimates as tables."""

from sepsisflow import job
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import Estimates
from sepsisflow.tables.render import as_file
from sepsisflow.tables.study import study_tables


def main(snakemake) -> None:
    """Read, format, write."""
    paths, params = snakemake.input, snakemake.params
    tables = study_tables(
        read_table(paths.baseline, Estimates),
        read_table(paths.survival, Estimates),
        sofa_estimates=[read_table(path, Estimates) for path in paths.sofa],
        panel_estimates=[read_table(path, Estimates) for path in paths.panels],
        endpoint_estimates=[read_table(path, Estimates) for path in paths.endpoints],
        arms=params.arms,
        covariates=params.covariates,
        variables=params.variables,
        labels=params.labels,
        survival=params.survival,
        sofa=params.sofa,
        biomarkers=params.biomarkers,
        endpoints=params.endpoints,
        randomised=params.randomised,
    )
    for output, path in snakemake.output.items():
        name, suffix = output.rsplit("_", 1)
        page = as_file(tables[name], suffix, title=params.title, synthetic=params.synthetic)
        job.write_bytes(page, path)


if "snakemake" in globals():
    job.run(main, snakemake)
