"""A commented draft of a study file, from whatever lies in a folder."""

from pathlib import Path

from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.drafting.described import Described, describe
from sepsisflow.drafting.names import known_names
from sepsisflow.drafting.people import People, merit, people_map
from sepsisflow.drafting.raw_tables import UnknownTable, unknown_tables
from sepsisflow.drafting.redcap import is_dictionary, is_export, read_dictionary
from sepsisflow.drafting.source_text import source_lines
from sepsisflow.drafting.yaml_text import entry, option
from sepsisflow.errors import DataError
from sepsisflow.study import CODELISTS, vocabularies

SYNONYMS = "resources/drafting/synonyms.yaml"
HEAD = """\
# A draft, made by looking at the raw files: nobody has decided anything yet.
#
# 1. Every "# ?" is a question; answer it in the line beside or below it, and delete it.
# 2. Lines that begin with "#: " wait for an answer; remove these three characters to use them.
# 3. Rename this file after your study, then say what is wrong with the data:
#      make run STUDY=<name> DATA=<folder> TARGET=quality
# Every key is explained in config/README.md; docs/new-study.md leads from here to the report.
# Of the cells only the texts of code columns are shown, never those of identifiers or remarks.
"""
SURVIVAL = """\
survival:
  label: death from any cause
  follow_up_days: 28  # ? days from time zero
  horizons_days: [28]
  death_counts_at: latest  # a death known by date alone counts at the end of that day
  risk_table_days: [0, 7, 14, 21, 28]
"""
ARMS = """\
treatment: {label: Treatment, role: treated}
control: {label: Control, role: control}
"""


def draft(folder: Path, workflow_dir: Path) -> str:
    """Text of the draft about the files in ``folder``.

    Raises
    ------
    DataError
        If there is no table in it.
    """
    codelists = {name: vocabularies(workflow_dir)[name] for name in CODELISTS}
    names = known_names(read_yaml(workflow_dir / SYNONYMS, SYNONYMS), codelists)
    tables, remarks = unknown_tables(folder)
    if not tables:
        raise DataError(
            f"{folder} holds no table that can be read (csv, tsv, txt, xlsx, parquet, xpt)."
        )
    dictionaries = [table for table in tables if is_dictionary(table)]
    dictionary = {
        name: each for table in dictionaries for name, each in read_dictionary(table).items()
    }
    described = []
    for table in tables:
        if table not in dictionaries:
            if is_export(table, dictionary):
                table.remarks.append(_redcap_remark(dictionaries))
            described.append(describe(table, names, dictionary))
    return _text(described, codelists, remarks)


def _redcap_remark(dictionaries: list[UnknownTable]) -> str:
    files = ", ".join(table.file for table in dictionaries) or "not in the folder"
    return (
        "? A REDCap export, drafted as plain text. The format redcap reads checkboxes and "
        f"repeated forms by the data dictionary ({files}): see config/README.md."
    )


def _text(described: list[Described], codelists: dict, remarks: list[str]) -> str:
    """The whole file: head, arms, covariates, sources, analyses."""
    merits = [merit(each) for each in described]
    chosen = described[merits.index(max(merits))] if any(merits) else None
    lines, people = people_map(chosen) if chosen else ([], People())
    taken: set[str] = set()
    tables_of: dict[str, str] = {}
    blocks = []
    for each in described:
        each.table.remarks += _repeated(each, codelists["variables"], tables_of)
        own = [lines] if each is chosen else []
        timed = "origin" in people.columns
        blocks += ["", *source_lines(each, own, codelists, timed=timed, taken=taken)]
    filled = {event for each in described for event in each.events}
    parts = HEAD.split("\n")
    parts += ["title: New study  # ? the title of the manuscript", "seed: 1", ""]
    if chosen is None:
        parts += ["# ? No table has one row per participant; one must say who they are.", ""]
    parts += _arms(people) + _covariates(people)
    parts += ["# The raw files, and which of their columns fill which table."]
    parts += [f"# {each}" for each in remarks]
    parts += ["sources:" if "    maps:" in blocks else "#: sources:", *blocks, ""]
    parts += ["eligibility: []  # ? who is analysed; [] admits everybody"]
    parts += ["controls: {method: recorded}", ""]
    baseline = [name for name in ("age_years", "sex") if name in people.columns]
    parts += [*entry("baseline", {"variables": [*baseline, *people.covariates]}), ""]
    survival = SURVIVAL.rstrip("\n").split("\n")
    if not ("death" in filled and people.are_two):
        parts.append("# ? Survival needs arms, and the date of death and of the last contact.")
        survival = option(survival)
    # A heading may hold a line break, which would end a comment.
    return "\n".join(" ".join(line.splitlines()) for line in [*parts, *survival]) + "\n"


def _repeated(described: Described, codelist: dict, tables_of: dict[str, str]) -> list[str]:
    """Whether variables of a table are in an earlier one too; adds the others to ``tables_of``."""
    own = [name for name, _, unit in described.variables(codelist).values() if unit]
    both = [name for name in own if name in tables_of]
    for name in own:
        tables_of.setdefault(name, described.table.name)
    where = " and ".join(dict.fromkeys(tables_of[name] for name in both))
    words = f"? {', '.join(both)}: also in {where}. If these are the same values, delete one."
    return [words] if both else []


def _arms(people: People) -> list[str]:
    lines = [f"# {each}" for each in people.questions]
    if people.arms:
        arms = entry("arms", people.arms)
        return [*lines, *(arms if people.are_two else option(arms)), ""]
    lines.append("# ? No column says who was in which arm.")
    return [*lines, *option(["arms:", *(f"  {each}" for each in ARMS.splitlines())]), ""]


def _covariates(people: People) -> list[str]:
    if not people.covariates:
        return []
    lines = entry("covariates", people.covariates)
    return ["# ? Delete those that nobody needs, with their lines below.", *lines, ""]
