"""Write docs/findings.md, the list of everything validation can find, from the rules.

PYTHONPATH=workflow/scripts python -m sepsisflow.validation.reference
"""

from pathlib import Path

from sepsisflow.validation.rules import RULES, WORDS, Rule

PAGE = Path(__file__).parents[4] / "docs" / "findings.md"
INTRODUCTION = """\
# Findings: what validation looks for

<!-- Generated from workflow/scripts/sepsisflow/validation/rules.py by `make reference`. -->

Every finding has a stable code, a severity and a sentence for the site. `quality/report.html` lists
them, `quality/findings.parquet` holds them for your own tools:

    make run TARGET=quality

A value that cannot be used is missing in `validated/` and kept in `quality/quarantine/`: as
written if it cannot be read, in the canonical unit if no patient has it. A row is set aside whole
only if it cannot be placed: no identifier, time or name, an unreadable arm, or a second entry for
one participant; and, of several values for one time, those that do not count by `repeats` of the
study file. Implausible values are flagged and kept, unless the study file declares them missing.
Rows and values read are those validated plus those set aside; the report shows the sums, and a job
stops if they do not add up.

Findings of severity `error` beyond `findings.errors_allowed` of the study file stop the run once
the report is written.

**Reads** names the columns of the canonical tables that decide; `*` stands for every column.
`visit.out_of_window`, `dose.not_by_weight` and `score.differs` follow `visits`, `doses` and
`apache_ii` of the study file and are silent without them; `measurement.jump` and `total.differs`
follow `jump` and `sum_of` in `resources/codelists/variables.yaml`. A total or score is asked about
only if no points of the items that were not recorded could make it right.

| code | severity | reads | what the site is asked |
| --- | --- | --- | --- |
"""


def reference() -> str:
    """Markdown with one row per rule."""
    rows = [
        f"| `{code}` | {rule.severity} | {_reads(rule)} | {_query(rule)} |"
        for code, rule in RULES.items()
    ]
    return INTRODUCTION + "\n".join(rows) + "\n"


def _reads(rule: Rule) -> str:
    return ", ".join(f"`{column}`" for column in rule.reads) or "the raw file"


def _query(rule: Rule) -> str:
    """The query, with "…" for a place and the word itself for what else it says."""
    return rule.query.format(place="…", **{word: WORDS[word] for word in WORDS})


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
