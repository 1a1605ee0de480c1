"""Draw and tabulate what each definition of a score makes of the same participants."""

from sepsisflow import job
from sepsisflow.figures import style
from sepsisflow.figures.score_comparison import plot_score_comparison
from sepsisflow.schemas.check import read_table
from sepsisflow.schemas.estimates import Estimates
from sepsisflow.tables.render import as_file
from sepsisflow.tables.score_comparison import score_comparison_table


def main(snakemake) -> None:
    """Read, draw, format, write."""
    output, params = snakemake.output, snakemake.params
    estimates = read_table(snakemake.input.estimates, Estimates)
    shown = {name: params[name] for name in ("definitions", "sepsis", "population")}
    marked = {"synthetic": params.synthetic}
    figure = plot_score_comparison(estimates, **shown, sizes=params.style, **marked)
    style.save(figure, [output.pdf, output.svg, output.png], dpi=params.style["dpi"])
    table = score_comparison_table(estimates, **shown)
    for suffix in ("html", "docx", "csv"):
        page = as_file(table, suffix, title=params.title, **marked)
        job.write_bytes(page, output.get(suffix))


if "snakemake" in globals():
    job.run(main, snakemake)
