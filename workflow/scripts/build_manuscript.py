"""Build the manuscript as PDF, Word and HTML."""

from pathlib import Path

from sepsisflow import job
from sepsisflow.manuscript import build, files
from sepsisflow.manuscript.compose import compose, describe, with_numbers


def main(snakemake) -> None:
    """Read, compose, typeset."""
    paths, params = snakemake.input, snakemake.params
    template = Path(paths.template)
    estimates = files.read_estimates(paths.estimates)
    composed = compose(
        template.read_text(encoding="utf-8"),
        name=template.name,
        study=params.study,
        labels=params.labels,
        estimates=estimates,
        figures=files.figure_names(paths.figures),
        tables=files.read_tables(paths.tables),
    )
    style = build.Style(*map(Path, (paths.bibliography, paths.csl, paths.typst, paths.css)))
    metadata = describe(params.study, params.name)
    figures = [Path(path) for path in paths.figures]
    for kind, typeset in build.DOCUMENTS.items():
        text = with_numbers(composed, estimates, name=template.name, linked=kind == "html")
        with job.replacing(getattr(snakemake.output, kind)) as path:
            typeset(text, path, metadata=metadata, style=style, figures=figures)


if "snakemake" in globals():
    job.run(main, snakemake)
