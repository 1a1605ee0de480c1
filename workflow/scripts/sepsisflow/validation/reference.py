"""Write docs/findings.md, the list of everything validation can find, from the rules.

PYTHONPATH=workflow/scripts python -m sepsisflow.validation.reference
"""

from pathlib import Path

from sepsisflow.validation.rules import RULES

PAGE = Path(__file__).parents[4] / "docs" / "findings.md"
INTRODUCTION = """\
# Findings: what validation looks for

<!-- Generated from workflow/scripts/sepsisflow/validation/rules.py by `make reference`. -->

Every finding has a stable code, a severity and a sentence for the site. `quality/report.html` lists
them, `quality/findings.parquet` holds them for your own tools:

    make run TARGET=quality

A value that cannot be used is missing in `validated/` and kept, as written, in
`quality/quarantine/`. A row is set aside whole only if it cannot be placed: no identifier, time or
name, an unreadable arm, or a second entry for one participant. Implausible values are flagged and
kept, unless the study file declares them missing. Rows and values read are those validated plus
those set aside; the report shows the sums, and a job stops if they do not add up.

Findings of severity `error` beyond `findings.errors_allowed` of the study file stop the run once
the report is written.

| code | severity | what the site is asked |
| --- | --- | --- |
"""


def reference() -> str:
    """Markdown with one row per rule."""
    blanks = {"place": "…", "count": "n", "total": "N", "what": "…"}
    rows = [
        f"| `{code}` | {rule.severity} | {rule.query.format(**blanks)} |"
        for code, rule in RULES.items()
    ]
    return INTRODUCTION + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
