"""Rules across the keys of a study file's ``sources``: fields, codes, units, times, completeness.

As in `study_checks`, each rule takes the settings (defaults filled in, shorthands written out) and
the vocabularies and yields what is wrong.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import available_timezones

from sepsisflow.configuration.schema import Problem
from sepsisflow.configuration.study_checks import (
    AGENTS_FILE,
    VARIABLES_FILE,
    column_kinds,
    column_levels,
    value_problems,
)
from sepsisflow.dates import DAYS_SINCE, ISO, SERIALS
from sepsisflow.errors import nearest
from sepsisflow.fields import PEOPLE, UNITS
from sepsisflow.readers.databases.plan import PEOPLE_FILLED, database_source, names_filled
from sepsisflow.readers.mapping import conditions
from sepsisflow.units import conversion, conversion_by_weight, units_of

EVENTS_FILE = "resources/codelists/events.yaml"
ADVERSE_EVENT_KINDS = {"serious": "boolean", "related": "boolean", "term": "text"}
TIMES = ("time", "latest", "start", "end")
# Written in a date format and read back; no two of its numbers are alike.
SAMPLE_DATE = datetime(2024, 11, 23, 14, 35, 56)


def maps_of(settings: dict, table: str | None = None) -> Iterator[tuple[tuple, dict, dict]]:
    """Path, source and map of every map, or of those that fill ``table``."""
    for name, source in settings["sources"].items():
        for at, source_map in enumerate(source["maps"]):
            if table in (None, source_map["table"]):
                yield ("sources", name, "maps", at), source, source_map


def named_by(spec: dict) -> set | None:
    """Every name a coded field can give, or None if its column holds the names themselves."""
    if "constant" in spec:
        return {spec["constant"]}
    if "codes" in spec:
        return {name for name in spec["codes"].values() if name is not None}
    return None


def check_fields(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Fields of participants are columns or covariates; wide maps name known variables."""
    valid = [*PEOPLE, *settings["covariates"]]
    for path, _, source_map in maps_of(settings, "participants"):
        for name in source_map["fields"]:
            if name not in valid:
                wrong = "neither a column of participants nor a declared covariate"
                yield Problem((*path, "fields", name), f"{wrong}; {nearest(name, valid)}")
    variables = codelists["variables"]
    for path, _, source_map in maps_of(settings, "measurements"):
        fields = source_map["fields"]
        long = [name for name in ("variable", "value", "unit") if name in fields]
        if "values" in source_map and long:
            wrong = f"'{long[0]}' is for files with one row per value; remove it, or 'values'."
            yield Problem((*path, "fields", long[0]), wrong)
        elif "values" not in source_map and not {"variable", "value"} <= fields.keys():
            yield Problem(
                path,
                "give 'values' (a column per variable), or the fields 'variable' "
                "and 'value' (a row per value).",
            )
        for name in source_map.get("values", ()):
            if name not in variables:
                wrong = f"there is no variable '{name}' in {VARIABLES_FILE}"
                yield Problem((*path, "values", name), f"{wrong}; {nearest(name, variables)}")


def check_when(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """No text of a column is both read and left out by one map."""
    for path, _, source_map in maps_of(settings):
        several = isinstance(source_map.get("when"), list)
        for number, when in enumerate(conditions(source_map)):
            place = (*path, "when", number) if several else (*path, "when")
            for at, text in enumerate(when["ignored"]):
                if text in when["one_of"]:
                    yield Problem((*place, "ignored", at), f"'{text}' is in 'one_of' too.")


def check_marks(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """One mark is not both the decimal mark and the one between thousands."""
    for name, source in settings["sources"].items():
        if source["thousands"] == source["decimal"]:
            yield Problem(("sources", name, "thousands"), "is the decimal mark too.")


def check_date_formats(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Dates can be read in every source's format, and whole ones."""
    for name, source in settings["sources"].items():
        path, formats = ("sources", name, "date_format"), source["date_format"]
        several = [(path, formats)]
        if isinstance(formats, list):
            several = [((*path, at), each) for at, each in enumerate(formats)]
        for place, each in several:
            wrong = _date_format_problem(each)
            if wrong:
                yield Problem(place, wrong)


def _date_format_problem(date_format: str) -> str:
    """What is wrong with a date format, nothing if dates can be read in it."""
    if date_format == ISO or date_format in SERIALS:
        return ""
    if date_format.startswith(DAYS_SINCE):
        epoch = date_format.removeprefix(DAYS_SINCE)
        try:
            datetime.strptime(epoch, "%Y-%m-%d")
        except ValueError:
            return f"there is no date '{epoch}'; days cannot be counted from it."
        return ""
    # re.error: a directive that stands twice.
    try:
        read = datetime.strptime(SAMPLE_DATE.strftime(date_format), date_format)
    except (ValueError, re.error):
        wrong = "has a directive that Python's strptime cannot read, or one twice"
        return f"'{date_format}' {wrong}; write it like '%d.%m.%Y' or '%Y-%m-%d %H:%M'."
    if read.date() != SAMPLE_DATE.date():
        return f"'{date_format}' does not give day, month and year; write it like '%d.%m.%Y'."
    return ""


def check_time_zones(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Time zones exist, and a source's can be brought to the study's."""
    zones = {("time_zone",): settings["time_zone"]}
    for name, source in settings["sources"].items():
        path = ("sources", name, "time_zone")
        zones[path] = source["time_zone"]
        if source["time_zone"] is not None and settings["time_zone"] is None:
            yield Problem(
                path, "needs 'time_zone' of the study, the zone of its wall clocks; add it."
            )
    for path, zone in zones.items():
        if zone is not None and zone not in available_timezones():
            wrong = f"there is no time zone '{zone}'"
            yield Problem(path, f"{wrong}; {nearest(zone, sorted(available_timezones()))}")


def check_codes(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Codes and constants stand for values that exist."""
    for path, source, source_map in maps_of(settings):
        table = source_map["table"]
        for name, spec in source_map["fields"].items():
            place = (*path, "fields", name)
            meanings = spec.get("codes", {}).items()
            places = [((*place, "codes", text), meaning) for text, meaning in meanings]
            if "constant" in spec:
                places.append(((*place, "constant"), spec["constant"]))
            for where, meaning in places:
                if meaning is not None:
                    yield from _meaning_problems(where, table, name, meaning, settings, codelists)
            yield from _needs_codes(place, source, table, name, spec, settings)


def _meaning_problems(
    path: tuple, table: str, name: str, meaning: object, settings: dict, codelists: dict
) -> Iterator[Problem]:
    """What is wrong with one value that a code or constant stands for."""
    names = {
        ("participants", "arm"): ("arm", settings["arms"], "the study's arms"),
        ("measurements", "variable"): ("variable", codelists["variables"], VARIABLES_FILE),
        ("interventions", "agent"): ("agent", codelists["agents"], AGENTS_FILE),
        ("events", "event"): ("event", codelists["events"], EVENTS_FILE),
    }
    if (table, name) in names:
        kind, valid, where = names[table, name]
        if meaning not in valid:
            wrong = f"there is no {kind} '{meaning}' in {where}"
            yield Problem(path, f"{wrong}; {nearest(meaning, valid)}")
        return
    kinds = column_kinds(settings) if table == "participants" else ADVERSE_EVENT_KINDS
    if name in kinds and kinds[name] != "date":
        yield from value_problems(path, name, meaning, kinds[name], column_levels(settings))


def _needs_codes(
    path: tuple, source: dict, table: str, name: str, spec: dict, settings: dict
) -> Iterator[Problem]:
    """Codes where ingest cannot do without them, none where it has no use for them."""
    kinds = column_kinds(settings) if table == "participants" else ADVERSE_EVENT_KINDS
    kind = kinds.get(name)
    without_booleans = source["format"] in ("csv", "tsv", "redcap", "xpt")
    if kind == "number" and "codes" in spec:
        yield Problem((*path, "codes"), f"'{name}' is a number and has no codes; remove them.")
    elif (table, name) == ("measurements", "variable") and named_by(spec) is None:
        yield Problem(path, "needs 'codes': what each text of the column means.")
    elif kind == "boolean" and without_booleans and named_by(spec) is None:
        wrong = "needs 'codes': which texts of the column mean true and which false."
        yield Problem(path, wrong)


def check_units(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Every unit is one that can be converted, and is stated where there is one."""
    covariates, variables = settings["covariates"], codelists["variables"]
    for path, _, source_map in maps_of(settings, "participants"):
        for name, spec in source_map["fields"].items():
            if "unit" in spec:
                place = (*path, "fields", name, "unit")
                yield from _participant_unit_problems(place, spec["unit"], name, covariates)
    for path, _, source_map in maps_of(settings, "measurements"):
        for name, spec in source_map.get("values", {}).items():
            unit = spec.get("unit")
            yield from _unit_problems((*path, "values", name, "unit"), unit, [name], variables)
        if {"variable", "value"} <= source_map["fields"].keys():
            fields = source_map["fields"]
            unit = fields.get("unit")
            place = (*path, "fields", "unit")
            if unit and "constant" in unit:
                unit, place = unit["constant"], (*place, "constant")
            yield from _unit_problems(place, unit, named_by(fields["variable"]), variables)
    for path, _, source_map in maps_of(settings, "interventions"):
        if "dose" in source_map["fields"]:
            dose, agents = source_map["fields"]["dose"], named_by(source_map["fields"]["agent"])
            unit = dose.get("unit")
            place = (*path, "fields", "dose", "unit")
            weighed = "weight_kg" in dose
            yield from _unit_problems(place, unit, agents, codelists["agents"], weighed=weighed)


def _participant_unit_problems(
    path: tuple, unit: str, name: str, covariates: dict
) -> Iterator[Problem]:
    """Columns with a unit in their name are converted; a covariate is written in its own."""
    if name in UNITS:
        yield from _unit_problems(path, unit, [name], {name: {"unit": UNITS[name]}})
        return
    declared = covariates[name].get("unit") if name in covariates else None
    if declared is None:
        yield Problem(path, f"'{name}' has no unit; remove it.")
    elif unit != declared:
        yield _unknown_unit(path, unit, name, [declared])


def _unit_problems(
    path: tuple, unit: object, names: list | set | None, entries: dict, *, weighed: bool = False
) -> Iterator[Problem]:
    """Whether ``unit`` (None if not stated, a mapping if a column holds it) fits each name."""
    if isinstance(unit, dict):
        yield from _rule_problems(path, unit, names, entries, weighed=weighed)
        return
    for name in sorted(name for name in names or () if name in entries):
        entry = entries[name]
        if unit is None and entry["unit"] != "1":
            yield Problem(path, f"missing; '{name}' has a unit (as {entry['unit']}): say which.")
        elif unit is not None and not _converts(unit, entry, weighed=weighed):
            yield _unknown_unit(path, unit, name, units_of(entry))


def _rule_problems(
    path: tuple, unit: dict, names: list | set | None, entries: dict, *, weighed: bool
) -> Iterator[Problem]:
    """Whether what is said of a column of units, beside its name, are units of what it measures."""
    known = sorted(name for name in names or entries if name in entries)
    for text, meaning in unit.get("codes", {}).items():
        if not any(_converts(meaning, entries[name], weighed=weighed) for name in known):
            place = (*path, "codes", text)
            yield Problem(place, f"'{meaning}' is no unit that any of these variables is read in.")
    absent = unit.get("absent")
    if isinstance(absent, str):
        yield from _unit_problems((*path, "absent"), absent, known, entries, weighed=weighed)
        return
    for name, each in (absent or {}).items():
        place = (*path, "absent", name)
        if name not in known:
            yield Problem(place, f"'{name}' is not read by this map; {nearest(name, known)}")
        yield from _unit_problems(place, each, [name], entries, weighed=weighed)


def _converts(unit: str, entry: dict, *, weighed: bool) -> bool:
    return bool(conversion(unit, entry) or (weighed and conversion_by_weight(unit, entry)))


def _unknown_unit(path: tuple, unit: str, name: str, valid: list) -> Problem:
    return Problem(path, f"'{unit}' is not a known unit of '{name}'; {nearest(unit, valid)}")


def check_times(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Dates need an origin to be counted from; constants say what they count."""
    people = [source_map["fields"] for _, _, source_map in maps_of(settings, "participants")]
    has_origin = any("origin" in fields for fields in people)
    for path, _, source_map in maps_of(settings):
        for name, spec in source_map["fields"].items():
            if name not in TIMES or source_map["table"] == "participants":
                continue
            place = (*path, "fields", name)
            if spec["as"] == "date" and "constant" in spec:
                wrong = "a constant needs 'as': study_day, days or hours from the origin."
                yield Problem(place, wrong)
            elif spec["as"] == "date" and not has_origin:
                wrong = "is a date, but no map of participants gives 'origin' to count it from;"
                yield Problem(place, f"{wrong} map it, or say 'as': study_day, days or hours.")


def check_filled(settings: dict, codelists: dict) -> Iterator[Problem]:
    """What the study uses, some source fills."""
    filled = names_of_sources(settings, codelists)
    for path, name in _used(settings):
        if name in column_kinds(settings) and name not in filled["columns"]:
            yield Problem(path, f"no source fills participants with '{name}'.")
        elif name in codelists["variables"] and name not in filled["variables"]:
            yield Problem(path, f"no source fills measurements with '{name}'.")
    arms, agents, events = filled["arms"], filled["agents"], filled["events"]
    flagged = settings["controls"] is not None and settings["controls"]["method"] == "flagged"
    for name, arm in settings["arms"].items():
        chosen = flagged and arm["role"] == "control"
        if arms is not None and name not in arms and not chosen:
            yield Problem(("arms", name), "no source maps a participant to this arm.")
        zero = arm["time_zero"]
        if isinstance(zero, dict) and agents is not None and zero["first_dose_of"] not in agents:
            path = ("arms", name, "time_zero", "first_dose_of")
            yield Problem(path, f"no source fills interventions with '{zero['first_dose_of']}'.")
    if settings["survival"] is not None and events is not None and "death" not in events:
        yield Problem(("sources",), "no source fills events with 'death'.")


def names_of_sources(settings: dict, known: dict) -> dict[str, Iterable[str] | None]:
    """Columns of participants, arms and names of codelists that are filled; None is any."""
    source, covariates = database_source(settings), settings["covariates"]
    if source is not None:
        names = names_filled(known["databases"][source["format"]])
        # Whether it has the covariates is for `database_checks`.
        columns = PEOPLE_FILLED | covariates.keys()
        return {"columns": columns, "arms": set(), **names}
    people = maps_of(settings, "participants")
    return {
        "columns": {name for *_, each in people for name in each["fields"]},
        "variables": _variables_filled(settings),
        "arms": names_given(settings, "participants", "arm"),
        "agents": names_given(settings, "interventions", "agent"),
        "events": names_given(settings, "events", "event"),
    }


def _used(settings: dict) -> Iterator[tuple[tuple, str]]:
    """Every column of participants or variable that the study names, and where."""
    yield from ((("covariates", name), name) for name in settings["covariates"])
    for at, criterion in enumerate(settings["eligibility"]):
        if criterion["field"] not in settings["covariates"]:
            yield ("eligibility", at, "field"), criterion["field"]
    for at, name in enumerate(settings["baseline"]["variables"]):
        if name not in settings["covariates"]:
            yield ("baseline", "variables", at), name
    if settings["sofa"] is not None and settings["sofa"]["variable"] is not None:
        yield ("sofa", "variable"), settings["sofa"]["variable"]
    yield from ((("recorded_scores", name), name) for name in settings["recorded_scores"])
    for panel, block in settings["biomarkers"].items():
        for at, name in enumerate(block["variables"]):
            yield ("biomarkers", panel, "variables", at), name


def names_given(settings: dict, table: str, field: str) -> set | None:
    """Names that the maps of ``table`` can give to ``field``; None if a column holds them."""
    found: set = set()
    for *_, source_map in maps_of(settings, table):
        if field in source_map["fields"]:
            names = named_by(source_map["fields"][field])
            if names is None:
                return None
            found |= names
    return found


def _variables_filled(settings: dict) -> set:
    found = names_given(settings, "measurements", "variable") or set()
    for *_, source_map in maps_of(settings, "measurements"):
        found |= source_map.get("values", {}).keys()
    return found


# Each rule with the top-level keys it reads: where one of them is malformed, the rule waits.
RULES = {
    check_fields: ("sources", "covariates"),
    check_when: ("sources",),
    check_marks: ("sources",),
    check_date_formats: ("sources",),
    check_time_zones: ("sources", "time_zone"),
    check_codes: ("sources", "covariates", "arms"),
    check_units: ("sources", "covariates"),
    check_times: ("sources",),
    check_filled: (
        "sources",
        "arms",
        "covariates",
        "eligibility",
        "controls",
        "survival",
        "baseline",
        "recorded_scores",
        "sofa",
        "biomarkers",
    ),
}
