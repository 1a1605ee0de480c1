"""Which canonical tables a study's maps feed, and which cells of the raw files they use.

Imported whenever the workflow is read, so without pandas.
"""

from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.raw import RawTable

TABLES = ("participants", "events", "interventions", "adverse_events")
DOMAINS = ("severity", "organ_function", "biomarkers", "laboratory")


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


def vocabulary(table: str, codelists: dict) -> dict:
    """The part of the codelists that ``table`` is written in."""
    kind, _, domain = table.partition("/")
    if domain:
        variables = codelists["variables"].items()
        return {name: entry for name, entry in variables if entry["domain"] == domain}
    return {"interventions": codelists["agents"], "events": codelists["events"]}.get(kind, {})


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


def identity_map(source_map: dict) -> dict:
    """A map of participants cut down to identifier and origin, which every table needs."""
    kept = ("participant_id", "origin")
    fields = {name: spec for name, spec in source_map["fields"].items() if name in kept}
    return {**source_map, "fields": fields}


def columns_used(source_map: dict) -> list[str]:
    """Columns of the raw file that a map reads, each once, in the map's order."""
    specs = [*source_map["fields"].values(), *source_map.get("values", {}).values()]
    if source_map.get("when"):
        specs.append(source_map["when"])
    specs += [spec["unit"] for spec in specs if isinstance(spec.get("unit"), dict)]
    return list(dict.fromkeys(spec["column"] for spec in specs if "column" in spec))


def rows_used(raw: RawTable, source_map: dict) -> list[int]:
    """Positions in ``raw`` of the rows a map reads."""
    positions = range(len(raw.rows))
    when = source_map.get("when")
    if when:
        wanted = {cell_text(each) for each in when["one_of"]}
        cells = raw.columns[when["column"]]
        positions = [at for at in positions if cell_text(cells[at]) in wanted]
    spec = source_map["fields"].get("variable", {})
    if "codes" in spec:
        cells, codes = raw.columns[spec["column"]], spec["codes"]
        unwanted = {code for code, name in codes.items() if name is None}
        unwanted.update(source_map.get("others", ()))
        owners = {text: text if text in codes else None for text in map(cell_text, cells)}
        positions = [at for at in positions if owners[cell_text(cells[at])] not in unwanted]
    return list(positions)
