"""A commented draft of a study file, from whatever lies in a folder."""

from pathlib import Path

from sepsisflow.configuration.strict_yaml import read_yaml
from sepsisflow.drafting import other_maps
from sepsisflow.drafting.described import Described, describe
from sepsisflow.drafting.names import known_names
from sepsisflow.drafting.people import People, merit, people_map
from sepsisflow.drafting.raw_tables import UnknownTable, unknown_tables
from sepsisflow.drafting.redcap import is_dictionary, is_export, read_dictionary
from sepsisflow.drafting.yaml_text import entry, inline, option, scalar, word
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
        If there is no such folder, or no table in it.
    """
    if not folder.is_dir():
        raise DataError(
            f"{folder}: there is no such folder. Pass the one that holds the raw files: "
            "snakemake draft_study --config data=FOLDER."
        )
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
    blocks, filled = [], set()
    tables_of: dict[str, str] = {}
    for each in described:
        each.table.remarks += _repeated(each, codelists["variables"], tables_of)
        own = [lines] if each is chosen else []
        block, events = _source(each, own, codelists, "origin" in people.columns, taken)
        blocks += ["", *block]
        filled |= events
    parts = [HEAD]
    parts += ["title: New study  # ? the title of the manuscript", "seed: 1", ""]
    if chosen is None:
        parts += ["# ? No table has one row per participant; one must say who they are.", ""]
    parts += _arms(people) + _covariates(people)
    used = "    maps:" in blocks
    parts += ["# The raw files, and which of their columns fill which table."]
    parts += [
        *(f"# {each}" for each in remarks),
        "sources:" if used else "#: sources:",
        *blocks,
        "",
    ]
    parts += ["eligibility: []  # ? who is analysed; [] admits everybody"]
    parts += ["controls: {method: recorded}", ""]
    baseline = [name for name in ("age_years", "sex") if name in people.columns]
    parts += [*entry("baseline", {"variables": [*baseline, *people.covariates]}), ""]
    survival = SURVIVAL.rstrip("\n").split("\n")
    if not ("death" in filled and people.are_two):
        parts.append("# ? Survival needs arms, and the date of death and of the last contact.")
        survival = option(survival)
    return "\n".join([*parts, *survival]) + "\n"


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


def _source(
    described: Described, own: list[list[str]], codelists: dict, timed: bool, taken: set[str]
) -> tuple[list[str], set[str]]:
    """Lines of one source, commented out if nothing of it can be read; the events it fills."""
    ready, waiting = list(own), []
    if described.person is not None:
        proposals = [other_maps.adverse_event_map(described, timed=timed)]
        if not proposals[0][0]:
            proposals += [
                other_maps.treatment_map(described, codelists["agents"], timed=timed),
                other_maps.long_map(described, codelists["variables"], timed=timed),
                other_maps.event_maps(described, timed=timed),
                other_maps.wide_map(described, codelists["variables"], timed=timed),
            ]
        for maps, asked in proposals:
            ready += maps
            waiting += asked
    described.used.add(described.person) if ready else None
    head = [f"  {word(_stem(described), taken, 'source')}:", *_reading(described), "    maps:"]
    body = [_indented(line) for each in ready for line in each]
    later = [f"      {line.removeprefix('#: ')}" for each in waiting for line in each]
    notes = [f"  # {each}" for each in _notes(described)]
    events = {
        name
        for name in described.names.events
        for each in ready
        if f"constant: {name}" in str(each)
    }
    if ready:
        return [*notes, *head, *body, *option(later)], events
    if waiting:
        return [*notes, *option([*head, *later])], events
    return [*notes, *(option(head[:-1]) if described.person else [])], events


def _indented(line: str) -> str:
    """A line of a map at its place, an option still beginning with its mark."""
    return option([f"      {line[3:]}"])[0] if line.startswith("#: ") else f"      {line}"


def _stem(described: Described) -> str:
    return described.table.reading.get("sheet") or Path(described.table.file).stem


def _reading(described: Described) -> list[str]:
    """How the file is read: format, encoding, marks, dates, words for missing."""
    table = described.table
    keys: dict[str, object] = {"file": table.file, "format": table.format, **table.reading}
    keys.pop("encoding", None) if table.reading.get("encoding") == "utf-8-sig" else None
    mark = described.decimal()[0]
    if mark != ".":
        keys["decimal"] = mark
    date_format = described.date_format[0]
    if date_format:
        keys["date_format"] = date_format
    if described.missing():
        keys["missing"] = ["", *sorted(described.missing())]
    return [f"    {name}: {inline(each)}" for name, each in keys.items()]


def _notes(described: Described) -> list[str]:
    """What a person should know or decide about a table, a sentence each."""
    table = described.table
    notes = [f"{table.name}: {table.rows} rows, {len(table.header)} columns", *table.remarks]
    if described.person is None:
        notes.append("? No column is named like the identifier of a participant.")
    notes += [each for each in (described.decimal()[1], described.date_format[1]) if each]
    for text, (cells, columns) in sorted(described.sentinels().items()):
        notes.append(f"? {text} stands in {cells} cell(s) of {columns} column(s): missing?")
    if described.personal:
        notes.append(f"not looked into, personal by name: {_listed(described.personal)}")
    unused = [name for name in described.profiles if name not in described.used]
    for kind in ("numbers", "dates", "texts", "empty"):
        columns = [name for name in unused if _kind(described, name) == kind]
        if columns:
            notes.append(f"not used, {kind}: {_listed(columns)}")
    return notes


def _listed(names: list[str]) -> str:
    return ", ".join(scalar(each) for each in names)


def _kind(described: Described, name: str) -> str:
    each = described.profiles[name]
    if each.present == 0:
        return "empty"
    return "dates" if each.is_date else "numbers" if each.is_number else "texts"
