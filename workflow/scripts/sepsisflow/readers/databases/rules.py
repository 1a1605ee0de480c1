"""What each item of a database means, in each unit in which it is written, as rows of a table."""

from collections.abc import Iterable, Iterator

from sepsisflow.readers.databases.measurements import NO_UNIT
from sepsisflow.units import conversion

RULE_COLUMNS = {
    "item": "VARCHAR",
    "unit": "VARCHAR",
    "arterial": "BOOLEAN",
    "kind": "VARCHAR",
    "wording": "BOOLEAN",
    "variable": "VARCHAR",
    "canonical": "VARCHAR",
    "factor": "DOUBLE",
    "shift": "DOUBLE",
}


def items_of(part: dict, key: str) -> dict[str, tuple[str, dict]]:
    """Name and entry of each item of a part; ``key`` is ``variables`` or ``agents``."""
    found = {item: (name, spec) for name, spec in part[key].items() for item in spec["items"]}
    specimen = part.get("specimen")
    return {str(specimen["item"]): ("", {}), **found} if specimen else found


def domains_of(part: dict, variables: dict) -> set[str]:
    """Domains of measurements that a part's variables belong to."""
    names = {
        name for key, spec in part["variables"].items() for name in (key, spec.get("arterial", key))
    }
    return {variables[name]["domain"] for name in names}


def rule_rows(
    part: dict, description: dict, variables: dict, domain: str, seen: Iterable[tuple[str, str]]
) -> list[tuple]:
    """Rows of `RULE_COLUMNS` for the variables of one domain.

    Parameters
    ----------
    part, description : dict
    variables : dict
        Entries of the codelist.
    domain : str
    seen : iterable of (item, unit)
        Units as written of each item, empty where there is none.

    Returns
    -------
    list of tuple
        ``factor`` and ``shift`` are None where the unit cannot be converted, or is missing.
    """
    items = items_of(part, "variables")
    rows = []
    for item, unit in sorted(_units(items, seen)):
        name, spec = items[item]
        for arterial in (False, True):
            variable = spec.get("arterial", name) if arterial else name
            if variable in variables and variables[variable]["domain"] == domain:
                kind = spec.get("kind", "number")
                factor, shift = _conversion(unit, spec, description, variables[variable])
                canonical = variables[variable]["unit"]
                wording = spec.get("text", False)
                rows.append(
                    (item, unit, arterial, kind, wording, variable, canonical, factor, shift)
                )
    return rows


def _units(items: dict, seen: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each item with every unit in which it is, or is taken to be, written."""
    pairs = set(seen)
    for item, (_, spec) in items.items():
        for band in spec.get("unit_by_value", ()):
            pairs |= {(item, band["unit"]), (item, NO_UNIT)}
    return iter(pairs)


def _conversion(
    unit: str, spec: dict, description: dict, entry: dict
) -> tuple[float | None, float | None]:
    """Factor and offset to the canonical unit, None where there are none."""
    written = unit or spec.get("unit_if_absent", "")
    spelt = description["units_as_written"].get(written, written)
    return (conversion(spelt, entry) if spelt else None) or (None, None)
