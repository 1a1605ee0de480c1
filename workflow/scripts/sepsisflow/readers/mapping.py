"""Which canonical tables a study's maps feed, and which cells of the raw files they use.

Imported whenever the workflow is read, so without pandas.
"""

from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.door import hashed_columns
from sepsisflow.readers.raw import RawTable

TABLES = ("participants", "events", "interventions", "adverse_events")
# Keys of a source on which no row depends. An address may hold a token: it stays in the study file.
NOT_READ = ("maps", "url", "licence", "identifiers")
# What a codelist says that no reading depends on.
UNREAD = ("label", "loinc", "jump", "sum_of", "component")
DOMAINS = ("severity", "organ_function", "respiratory_support", "biomarkers", "laboratory")


def tables_of(settings: dict, variables: dict) -> list[str]:
    """Name the canonical tables a study holds, as ``participants`` or ``measurements/severity``."""
    names = [*TABLES, *(f"measurements/{domain}" for domain in DOMAINS)]
    return [name for name in names if maps_for(name, settings, variables)]


def maps_for(table: str, settings: dict, variables: dict) -> list[tuple[str, dict]]:
    """Every map that feeds ``table``, with the name of its source.

    A map of measurements is cut down to the table's domain: of a wide map the columns of the
    domain's variables stay; a long map notes under ``others`` the codes whose rows belong to
    other domains. Rows with a code nobody mapped belong to the first domain of the map; rows
    with a code mapped to null are not wanted.
    """
    kind, _, domain = table.partition("/")
    found = []
    for name, source in settings["sources"].items():
        for source_map in source["maps"]:
            if source_map["table"] != kind:
                continue
            cut = _cut(source_map, domain, variables) if domain else source_map
            if cut is not None:
                found.append((name, cut))
    return found


def reading_plan(table: str, settings: dict, codelists: dict) -> dict:
    """All that the rows of ``table`` depend on besides the cells of the raw files.

    Parameters
    ----------
    table : str
        Name of a canonical table.
    settings : dict
        The study's settings.
    codelists : dict
        ``variables``, ``agents`` and ``events``.

    Returns
    -------
    dict
        ``table``; ``maps`` and ``people``, lists of ``{source, map}``: what feeds the table, and
        (but for participants) who the participants are and when their clocks start;
        ``vocabulary``, names the table is written in, with units and ranges; ``repeats``, of
        measurements, which of several values for one time counts, by variable; ``covariates``, of
        participants, their type and levels; ``arms``; ``time_zone``. Plain values, no labels.
    """
    variables, sources = codelists["variables"], settings["sources"]
    own = table == "participants"
    found = maps_for(table, settings, variables)
    maps = [_with_source(sources[name], each) for name, each in found]
    doses = [part["map"]["fields"].get("dose", {}) for part in maps]
    weighed = any(dose.get("weight_kg") == "participant" for dose in doses)
    people = [] if own else maps_for("participants", settings, variables)
    return {
        "table": table,
        "maps": maps,
        "people": [
            _with_source(sources[name], _identity(each, weighed=weighed)) for name, each in people
        ],
        "vocabulary": _vocabulary(table, codelists),
        "repeats": _repeats(table, settings, codelists),
        "covariates": {
            name: {"type": each["type"], "levels": list(each.get("levels", ()))}
            for name, each in settings["covariates"].items()
            if own
        },
        "arms": list(settings["arms"]),
        "time_zone": settings["time_zone"],
    }


def _with_source(source: dict, source_map: dict) -> dict:
    """A map with how its source is read, and every text of its filter that is accounted for."""
    reading = {key: value for key, value in source.items() if key not in NOT_READ}
    reading["identifiers"] = dict.fromkeys(hashed_columns(source), "hash")
    filters = conditions(source_map)
    if filters:
        source_map = {**source_map, "when": [_with_known(each, source) for each in filters]}
    return {"source": reading, "map": source_map}


def _with_known(condition: dict, source: dict) -> dict:
    """A condition with every text of its column that some map reads or leaves out."""
    known = [
        cell_text(text)
        for source_map in source["maps"]
        for each in conditions(source_map)
        if each["column"] == condition["column"]
        for text in [*each["one_of"], *each["ignored"], *source["missing_data_codes"]]
    ]
    return {**condition, "known": known, "absent": ["", *source["missing"]]}


def conditions(source_map: dict) -> list[dict]:
    """What must hold of a row for a map to read it; ``when`` is one condition or several."""
    when = source_map.get("when", [])
    return [when] if isinstance(when, dict) else when


def _identity(source_map: dict, *, weighed: bool) -> dict:
    """A map of participants cut down to what every table needs, and doses by body weight."""
    kept = ("participant_id", "origin", *(["weight_kg"] if weighed else []))
    fields = {name: spec for name, spec in source_map["fields"].items() if name in kept}
    return {**source_map, "fields": fields}


def _vocabulary(table: str, codelists: dict) -> dict:
    """The part of the codelists that ``table`` is written in, without labels."""
    kind, _, domain = table.partition("/")
    lists = {"interventions": "agents", "events": "events", "measurements": "variables"}
    entries = codelists[lists[kind]] if kind in lists else {}
    return {
        name: without_labels(entry)
        for name, entry in entries.items()
        if not domain or entry["domain"] == domain
    }


def without_labels(entry: dict) -> dict:
    """What reading depends on in an entry of a codelist."""
    return {key: value for key, value in entry.items() if key not in UNREAD}


def _repeats(table: str, settings: dict, codelists: dict) -> dict[str, str]:
    """Which of several values for one time counts, of each variable of a table of measurements."""
    if not table.startswith("measurements/"):
        return {}
    chosen, variables = settings["repeats"], _vocabulary(table, codelists)
    named = {name: each for name, each in chosen["variables"].items() if name in variables}
    return {**dict.fromkeys(variables, chosen["default"]), **named}


def _cut(source_map: dict, domain: str, variables: dict) -> dict | None:
    """A map of measurements cut down to one domain, or None if it feeds nothing of it."""
    if "values" in source_map:
        values = {
            variable: spec
            for variable, spec in source_map["values"].items()
            if variables[variable]["domain"] == domain
        }
        return {**source_map, "values": values} if values else None
    spec = source_map["fields"]["variable"]
    if "constant" in spec:
        return source_map if variables[spec["constant"]]["domain"] == domain else None
    codes = {code: name for code, name in spec["codes"].items() if name is not None}
    domains = {code: variables[name]["domain"] for code, name in codes.items()}
    if domain not in domains.values():
        return None
    others = [code for code, each in domains.items() if each != domain]
    if domain != next(each for each in DOMAINS if each in domains.values()):
        others.append(None)
    return {**source_map, "others": others}


def columns_used(source_map: dict) -> list[str]:
    """Columns of the raw file that a map reads, each once, in the map's order."""
    specs = [*source_map["fields"].values(), *source_map.get("values", {}).values()]
    specs += conditions(source_map)
    beside = ("unit", "comment", "weight_kg", "clock")
    specs += [spec[key] for spec in specs for key in beside if isinstance(spec.get(key), dict)]
    return list(dict.fromkeys(spec["column"] for spec in specs if "column" in spec))


def rows_used(raw: RawTable, source_map: dict) -> list[int]:
    """Positions in ``raw`` of the rows a map reads.

    Rows with a code that is mapped to null (of a variable, agent or event) are not wanted.
    """
    positions = list(range(len(raw.rows)))
    for condition in conditions(source_map):
        wanted = {cell_text(each) for each in condition["one_of"]}
        cells = raw.columns[condition["column"]]
        positions = [at for at in positions if cell_text(cells[at]) in wanted]
    for name in ("variable", "agent", "event"):
        spec = source_map["fields"].get(name, {})
        if "codes" in spec:
            cells, codes = raw.columns[spec["column"]], spec["codes"]
            unwanted = {code for code, meaning in codes.items() if meaning is None}
            unwanted.update(source_map.get("others", ()))
            texts = {at: cell_text(cells[at]) for at in positions}
            # Of a code that nobody mapped, None stands for the owner.
            positions = [
                at
                for at, text in texts.items()
                if (text if text in codes else None) not in unwanted
            ]
    return _first_of_each(raw, positions) if source_map.get("distinct") else positions


def _first_of_each(raw: RawTable, positions: list[int]) -> list[int]:
    """Positions without those whose cells another row has already."""
    first: dict[tuple, int] = {}
    for at in positions:
        first.setdefault(tuple(cell_text(cells[at]) for cells in raw.columns.values()), at)
    return list(first.values())


def rows_unaccounted(raw: RawTable, source_map: dict) -> dict[str, list[int]]:
    """Rows whose text in a filter's column no map reads and none ignores: column to positions.

    Of several conditions each is asked only of rows for which those before it hold. A row without
    a text there counts only if it holds anything that the map reads.
    """
    found = {}
    positions = list(range(len(raw.rows)))
    filters = {condition["column"] for condition in conditions(source_map)}
    people = source_map["fields"]["participant_id"]["column"]
    read = [
        raw.columns[each] for each in columns_used(source_map) if each not in (*filters, people)
    ]
    for condition in conditions(source_map):
        texts = {at: cell_text(raw.columns[condition["column"]][at]) for at in positions}
        known, absent = set(condition["known"]), set(condition["absent"])
        found[condition["column"]] = [
            at
            for at, text in texts.items()
            if text not in known
            and (text not in absent or any(cell_text(cells[at]) not in absent for cells in read))
        ]
        wanted = {cell_text(each) for each in condition["one_of"]}
        positions = [at for at, text in texts.items() if text in wanted]
    return found
