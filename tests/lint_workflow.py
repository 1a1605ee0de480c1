"""Run ``snakemake --lint`` in the current folder, all checks but one.

Left out is the demand for a conda environment or container per rule: every rule runs in the one
environment that requirements.lock pins, hashes included, and ``make`` installs. A second list of
packages per rule would have to repeat the first and would drift from it.
"""

from snakemake.cli import main
from snakemake.linting.rules import RuleLinter

if __name__ == "__main__":
    del RuleLinter.lint_missing_software_definition
    main(["--lint"])
