"""The maps of measurements, treatments, events and adverse events that a table suggests.

Each function gives the lines of maps that can be read as they are, and those of maps that wait for
an answer, which the draft holds as comments.
"""

from collections import Counter

from sepsisflow.drafting.described import Described
from sepsisflow.drafting.names import meanings, plain, recognise, split_unit
from sepsisflow.drafting.yaml_text import entry, flow, scalar
from sepsisflow.units import conversion

Maps = tuple[list[list[str]], list[list[str]]]


def event_maps(described: Described, *, timed: bool) -> Maps:
    """One map per column that bears the date of an event."""
    ready, waiting = [], []
    for event, words in described.names.events.items():
        columns = [
            heading
            for heading in described.profiles
            if plain(split_unit(heading)[0]) in words and heading not in described.used
        ]
        for column in columns[:1]:
            fields = {"participant_id": described.person, "event": {"constant": event}}
            lines = ["- table: events", f"  fields: {flow({**fields, 'time': column})}"]
            lines.insert(
                1, f"  # ? Every date here counts as {event}. If only some do, add under it:"
            )
            lines.insert(2, "  # when: {column: ..., one_of: [...], ignored: [...]}")
            if described.profiles[column].is_date and timed:
                described.used.add(column)
                described.events.add(event)
                ready.append(lines)
            elif described.profiles[column].is_number or described.profiles[column].is_date:
                lines.insert(1, "  # ? The column holds no dates, or there is no origin.")
                waiting.append(lines)
    return ready, waiting


def wide_map(described: Described, codelist: dict, *, timed: bool) -> Maps:
    """One map of the columns that are variables, if the table says when they were observed."""
    found = described.variables(codelist)
    if not found:
        return [], []
    time, question = described.time
    values, asked, taken = [], [], set()
    for column, (name, written, unit) in found.items():
        line = f"{name}: {flow({'column': column, 'unit': unit or codelist[name]['unit']})}"
        if unit is None:
            seen = f"'{written}' cannot be read" if written else "no unit is stated"
            asked.append(f"#:     {line}  # ? {seen}")
        elif name in taken:
            asked.append(f"#:     {line}  # ? another column is {name} too")
        else:
            values.append((column, f"    {line}"))
            taken.add(name)
    when = time or {"constant": 0, "as": "hours"}
    fields = flow({"participant_id": described.person, "time": when})
    lines = ["- table: measurements", f"  fields: {fields}", "  values:"]
    if question:
        lines.insert(1, f"  # {question}")
    lines += [line for _, line in values] + asked
    placed = time is not None and ("as" in time or timed)
    if values and placed:
        described.used.update(column for column, _ in values)
        described.used.update([time["column"]])
        return [lines], []
    if time is None:
        lines.insert(1, "  # ? No time; this would say that all were observed at hour 0.")
    elif not placed:
        lines.insert(1, "  # ? A date needs the participants' origin, of which no column is known.")
    return [], [lines]


def long_map(described: Described, codelist: dict, *, timed: bool) -> Maps:
    """One map of a table with one row per value."""
    test, value = described.having("variable"), described.having("value")
    time, question = described.time
    if test is None or value is None or time is None or not ("as" in time or timed):
        return [], []
    texts = described.codes(test)
    codes = {text: recognise(label, described.names.variables) for text, label in texts.items()}
    if not any(codes.values()):
        return [], []
    unit = described.having("unit")
    lines = ["- table: measurements", "  fields:"]
    lines += [f"    participant_id: {scalar(described.person)}", f"    time: {flow(time)}"]
    if question:
        lines[-1] += f"  # {question}"
    if unit is None:
        lines.append("    # ? unit: no column names it; add  unit: {constant: ...}")
        codes = {
            text: name if name and codelist[name]["unit"] == "1" else None
            for text, name in codes.items()
        }
        if not any(codes.values()):
            return [], [_with_codes(lines, test, texts, described)]
    lines = _with_codes(lines, test, codes, described)
    lines.append(f"    value: {scalar(value)}")
    described.used.update(each for each in (test, value, time["column"], unit) if each)
    if unit:
        lines.append(f"    unit: {flow({'column': unit})}")
        lines += _units_seen(described, test, unit, codes, codelist)
    return [lines], []


def _with_codes(lines: list[str], test: str, codes: dict, described: Described) -> list[str]:
    """The field of the variable, a line per code; an unknown one is not read."""
    lines = [*lines, "    variable:", f"      column: {scalar(test)}", "      codes:"]
    counts = described.profiles[test].codes
    for text, name in codes.items():
        known = name in described.names.variables.values()
        remark = "" if known else f"  # ? not recognised: {counts[text]} rows are not read"
        lines.append(f"        {scalar(text)}: {name if known else 'null'}{remark}")
    return lines


def _units_seen(
    described: Described, test: str, unit: str, codes: dict, codelist: dict
) -> list[str]:
    """Comments on which units stand beside each recognised code."""
    pairs = Counter(zip(described.cells(test), described.cells(unit), strict=True))
    lines = []
    for text, name in codes.items():
        if name is None:
            continue
        seen = {each: n for (code, each), n in pairs.items() if code == text}
        words = ", ".join(f"{each or 'none'} {n}" for each, n in sorted(seen.items()))
        known = all(conversion(each, codelist[name]) for each in seen if each)
        lines.append(f"    # {'' if known else '? '}units of {scalar(text)}: {words}")
    return lines


def treatment_map(described: Described, codelist: dict, *, timed: bool) -> Maps:
    """One map of a table whose rows name drugs or support."""
    column, start = described.having("agent"), described.having("start", kind="date")
    start = start or described.having("time", kind="date")
    if column is None or start is None:
        return [], []
    texts = described.codes(column)
    codes = {text: recognise(label, described.names.agents) for text, label in texts.items()}
    if not any(codes.values()):
        return [], []
    fields = {
        "participant_id": described.person,
        "agent": {"column": column, "codes": codes},
        "start": start,
    }
    end, route = described.having("end", kind="date"), described.having("route")
    fields |= {name: each for name, each in (("end", end), ("route", route)) if each}
    lines = ["- table: interventions", "  fields:"]
    lines += [f"    {part}" for name, each in fields.items() for part in entry(name, each)]
    lines += _dose(described, codelist, codes)
    unknown = [text for text, name in codes.items() if name is None]
    if unknown:
        lines.append(f"    # ? not recognised and not read: {', '.join(map(scalar, unknown))}")
    if not timed:
        return [], [lines]
    described.used.update(each for each in (column, start, end, route) if each)
    return [lines], []


def _dose(described: Described, codelist: dict, codes: dict) -> list[str]:
    """The field of the dose if its unit is one of every agent's."""
    dose, unit = described.having("dose", kind="number"), described.having("unit")
    if dose is None:
        return []
    if unit is not None:
        described.used.update((dose, unit))
        return [f"    dose: {flow({'column': dose, 'unit': {'column': unit}})}"]
    written = split_unit(dose)[1]
    if all(conversion(written, codelist[name]) for name in codes.values() if name):
        described.used.add(dose)
        return [f"    dose: {flow({'column': dose, 'unit': written})}"]
    return [f"    # ? dose: {scalar(dose)} (state its unit)"]


def adverse_event_map(described: Described, *, timed: bool) -> Maps:
    """One map of a table of adverse events."""
    term, start = described.having("term"), described.having("start", kind="date")
    start = start or described.having("time", kind="date")
    graded = [described.having(role) for role in ("grade", "serious", "related")]
    if term is None or start is None or not any(graded):
        return [], []
    fields: dict = {"participant_id": described.person, "start": start, "term": term}
    used = [start, term]
    for name, column in zip(("grade", "serious", "related"), graded, strict=True):
        if column is None:
            continue
        truth = meanings(list(described.codes(column).values()), described.names, ("yes", "no"))
        if name == "grade":
            fields[name] = column
        elif truth:
            codes = described.codes(column)
            values = {code: truth[label] == "yes" for code, label in codes.items()}
            fields[name] = {"column": column, "codes": values}
        else:
            continue
        used.append(column)
    lines = ["- table: adverse_events", "  fields:"]
    lines += [f"    {part}" for name, each in fields.items() for part in entry(name, each)]
    if not timed:
        return [], [lines]
    described.used.update(used)
    return [lines], []
