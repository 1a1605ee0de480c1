"""One source of a draft: how its file is read, its maps, and what is not certain of it."""

from pathlib import Path

from sepsisflow.drafting import other_maps
from sepsisflow.drafting.described import Described
from sepsisflow.drafting.names import word
from sepsisflow.drafting.yaml_text import inline, option, scalar


def source_lines(
    described: Described, own: list[list[str]], codelists: dict, *, timed: bool, taken: set[str]
) -> list[str]:
    """Lines of one source, as comments if nothing of it can be read yet.

    Parameters
    ----------
    described : Described
        The table; notes which of its columns are used.
    own : list of list of str
        Maps that it is known to have: that of participants, or none.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
    timed : bool
        Whether the participants have an origin, so that dates can be placed.
    taken : set of str
        Names of other sources; this one's is added.
    """
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
    if ready:
        described.used.add(described.person)
    head = [f"  {word(_stem(described), taken, 'source')}:", *_reading(described), "    maps:"]
    body = [_indented(line) for each in ready for line in each]
    later = [f"      {line.removeprefix('#: ')}" for each in waiting for line in each]
    notes = [f"  # {each}" for each in _notes(described)]
    if ready:
        return [*notes, *head, *body, *option(later)]
    if waiting:
        return [*notes, *option([*head, *later])]
    return [*notes, *(option(head[:-1]) if described.person else [])]


def _indented(line: str) -> str:
    """A line of a map at its place, an option still beginning with its mark."""
    return option([f"      {line[3:]}"])[0] if line.startswith("#: ") else f"      {line}"


def _stem(described: Described) -> str:
    return described.table.reading.get("sheet") or Path(described.table.file).stem


def _reading(described: Described) -> list[str]:
    """How the file is read: format, encoding, marks, dates, words for missing."""
    table = described.table
    keys: dict[str, object] = {"file": table.file, "format": table.format, **table.reading}
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
    chosen = described.date_format[0]
    for name, each in described.profiles.items():
        if each.is_date and each.dates and not each.dates[chosen]:
            written = max(each.dates, key=each.dates.get)
            notes.append(f"? {scalar(name)} has dates as {written}; a source has one date_format.")
    for text, (cells, columns) in sorted(described.sentinels().items()):
        notes.append(f"? {text} stands in {cells} cell(s) of {columns} column(s): missing?")
    if described.personal:
        notes.append(f"not looked into, personal by name or content: {_listed(described.personal)}")
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
