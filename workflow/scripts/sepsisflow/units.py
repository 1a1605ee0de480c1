"""Units: from what a file writes to the canonical unit of a codelist.

A unit is read term by term (`sepsisflow.unit_spellings`); pint converts where the terms differ. An
entry of a codelist says what else it takes: ``molar_mass`` (g/mol) between moles and grams,
``valence`` between equivalents and moles, ``units`` for odd spellings with their own factors.
"""

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from sepsisflow.unit_spellings import COMMON, COUNTED, NUMBERS, PREFIXES, SPELLINGS

# What a unit is worth, and the powers of pint's units that it is of.
Unit = tuple[Fraction, tuple[tuple[str, int], ...]]

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
TERM = re.compile(
    r"(?P<by>[/.·⋅])?"
    r"(?:[x×]?(?:10(?:\*\*?|\^|e|exp)|e)(?P<ten>1[0-2]|[1-9])(?!\d)|[x×]?"
    rf"(?P<number>{'|'.join(map(re.escape, NUMBERS))})(?![\d*^]))?"
    r"(?P<name>[^\d/.·⋅^*+-]+)?(?P<power>(?:\^|\*\*)?-?[1-3](?!\d))?",
    re.IGNORECASE,
)
# Body weight is no amount of drug: ug/kg/min is not 1e-9 per minute.
BODY_WEIGHT = "body_weight"
DEFINITIONS = (
    "equivalent = [charge_equivalent]",
    "osmole = [osmotic_amount]",
    "international_unit = [arbitrary_activity]",
    f"{BODY_WEIGHT} = [body_weight]",
)


def normalise_unit(text: str) -> str:
    """Spell a unit without blanks, with "u" for micro and "^" before a raised exponent."""
    text = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: "^" + found[0].translate(SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", text).replace("μ", "u").replace("−", "-")
    text = re.sub(r"\s+per\s+", "/", text.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\s", "", text).replace("{1.73_m2}", "1.73m2")
    text = re.sub(r"^deg\.", "deg", text, flags=re.IGNORECASE)
    return re.sub(r"\.(?=/|$)", "", text)


def conversion(unit: str, entry: dict) -> tuple[float, float] | None:
    """Factor and offset from ``unit`` to the canonical unit of a codelist's entry.

    canonical value = factor * value + offset, both the floats nearest to the exact ones.

    Returns
    -------
    tuple of float, or None
        None if the unit is unknown, does not fit the entry, or could mean two units of it.
    """
    for name, rule in entry.get("units", {}).items():
        if normalise_unit(name) == normalise_unit(unit) or same_unit(name, unit):
            affine = rule if isinstance(rule, dict) else {"factor": rule, "offset": 0}
            return float(affine["factor"]), float(affine["offset"])
    if normalise_unit(unit) == normalise_unit(entry["unit"]):
        return 1.0, 0.0
    possible = _conversions(unit, entry, folded=False) or _conversions(unit, entry, folded=True)
    if len(possible) != 1:
        return None
    factor, offset = possible.pop()
    return float(factor), float(offset)


def conversion_by_weight(unit: str, entry: dict) -> tuple[float, int] | None:
    """Factor to the canonical unit, and the power of the body weight (kg) it takes besides.

    "ug/min" is 1/weight ug/kg/min, and "10*6/kg" of cells weight times as many; None if body
    weight does not help.
    """
    for written, canonical, power in (
        (f"{unit}/kg", entry["unit"], -1),
        (unit, f"{entry['unit']}/kg", 1),
    ):
        found = conversion(written, {**entry, "unit": canonical})
        if found:
            return found[0], power
    return None


def same_unit(one: str, other: str) -> bool:
    """Whether two spellings can only be the same unit."""
    return any(_readings(one, folded=each) & _readings(other, folded=each) for each in (0, 1))


def units_of(entry: dict) -> list[str]:
    """Units to name to a user: the canonical one, the entry's own, and common ones that fit."""
    own = [entry["unit"], *entry.get("units", {})]
    fitting = (unit for unit in COMMON if _conversions(unit, entry, folded=False))
    return list(dict.fromkeys([*own, *fitting]))


def _conversions(unit: str, entry: dict, *, folded: bool) -> set[tuple[Fraction, Fraction]]:
    """Factor and offset of every unit of the entry that a text can be."""
    readings = _readings(entry["unit"], folded=False)
    if len(readings) != 1:
        # A unit of a study's own, or one that could be two: nothing else is known to be it.
        return set()
    canonical = _of_substance(*readings, entry)
    found = {_of_substance(each, entry) for each in _readings(unit, folded=folded)}
    same = [each for each in found if each[1] == canonical[1]]
    return {_between(each, canonical) for each in same or found} - {None}


def _of_substance(unit: Unit, entry: dict) -> Unit:
    """Equivalents as moles, and moles as grams, where the entry says how many."""
    worth, powers = unit[0], dict(unit[1])
    for name, other, key, sign in (
        ("equivalent", "mole", "valence", -1),
        ("mole", "gram", "molar_mass", 1),
    ):
        if key in entry and name in powers:
            power = powers.pop(name)
            powers[other] = powers.get(other, 0) + power
            worth *= Fraction(str(entry[key])) ** (sign * power)
    return worth, _sorted(powers)


def _sorted(powers: dict) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _between(unit: Unit, canonical: Unit) -> tuple[Fraction, Fraction] | None:
    """Factor and offset from one unit to another, None if they measure different things."""
    base = (
        (Fraction(1), Fraction(0)) if unit[1] == canonical[1] else _by_pint(unit[1], canonical[1])
    )
    if base is None:
        return None
    return base[0] * unit[0] / canonical[0], base[1] / canonical[0]


@lru_cache
def _by_pint(powers: tuple, canonical: tuple) -> tuple[Fraction, Fraction] | None:
    registry = _registry()
    one = registry.Quantity(Fraction(1), registry.UnitsContainer(dict(powers)))
    other = registry.Unit(registry.UnitsContainer(dict(canonical)))
    if one.dimensionality != other.dimensionality:
        return None
    zero = registry.Quantity(Fraction(0), one.units).to(other).magnitude
    return one.to(other).magnitude - zero, zero


@lru_cache
def _registry() -> object:
    """The registry of pint with what medicine adds, made when a job first needs it (0.3 s)."""
    import pint

    registry = pint.UnitRegistry(non_int_type=Fraction)
    for line in DEFINITIONS:
        registry.define(line)
    return registry


@lru_cache
def _readings(text: str, *, folded: bool) -> frozenset[Unit]:
    """Every unit that a text can be; case counts unless ``folded`` or all is in capitals."""
    text = normalise_unit(text)
    counted = "|".join(map(re.escape, COUNTED))
    bare = re.sub(rf"\{{({counted})\}}", "", text, flags=re.IGNORECASE)
    if text and not bare:
        return frozenset({(Fraction(1), ())})
    # The digit of water is no exponent.
    bare = re.sub("h2o", "Hwater", bare, flags=re.IGNORECASE)
    loud = bare == bare.upper() and sum(each.isalpha() for each in bare) > 1
    terms = _terms(bare, folded=folded or loud)
    return frozenset(_multiplied(each) for each in product(*terms)) if terms else frozenset()


def _terms(text: str, *, folded: bool) -> list[list[Unit]]:
    """The possible units of each term, nothing if one is not known."""
    terms, at = [], 0
    while at < len(text):
        found = TERM.match(text, at)
        by, name = found["by"], found["name"]
        # A sign of division may lead ("/min"); a number alone leads, as in "1000/uL".
        alone = found["ten"] or found["number"]
        joined = by if at else by in (None, "/")
        if not joined or not (name or (alone and not at)):
            return []
        sign = -1 if by == "/" else 1
        power = int((found["power"] or "1").strip("^*"))
        # "mcg.kg-1" is clear; "mL/kg.h" is mL·h/kg by the rules, and mL/(kg·h) to who writes it.
        if by not in (None, "/") and power > 0:
            return []
        worth = Fraction(found["number"] or 1) * 10 ** int(found["ten"] or 0)
        known = _names(name, folded=folded) if name else [(Fraction(1), ())]
        # Thousands and millions lead ("K/uL"); elsewhere a "m" is no million.
        known = [each for each in known if each[1] or each[0] == 1 or not at]
        terms.append([_raised(each, worth, power, sign) for each in known])
        at = found.end()
    return terms


def _names(name: str, *, folded: bool) -> list[Unit]:
    exact, loose = _spelled()
    return loose.get(name.casefold(), []) if folded else exact.get(name, [])


def _raised(unit: Unit, worth: Fraction, power: int, sign: int) -> Unit:
    powers = {name: each * power * sign for name, each in unit[1]}
    if powers == {"gram": -1} and unit[0] == 1000:
        powers, unit = {BODY_WEIGHT: -1}, (Fraction(1), ())
    return (worth * unit[0] ** power) ** sign, tuple(powers.items())


def _multiplied(units: tuple[Unit, ...]) -> Unit:
    powers: dict = {}
    for _, each in units:
        for name, power in each:
            powers[name] = powers.get(name, 0) + power
    return prod((each[0] for each in units), start=Fraction(1)), _sorted(powers)


@lru_cache
def _spelled() -> tuple[dict[str, list[Unit]], dict[str, list[Unit]]]:
    """Units by how they are spelled, and by how they are spelled in lower case."""
    exact: dict = {}
    for name, worth, prefixes, symbols, words in SPELLINGS:
        over, _, under = name.partition("/")
        powers = tuple((each, power) for each, power in ((over, 1), (under, -1)) if each)
        unit = (Fraction(worth), powers)
        for word in [*symbols.split(), *words.split()]:
            exact.setdefault(re.sub("H2O", "Hwater", word), []).append(unit)
        for symbol, prefix in product(symbols.split(), prefixes):
            scaled = (unit[0] * Fraction(PREFIXES[prefix]), unit[1])
            exact.setdefault(prefix + symbol, []).append(scaled)
    loose: dict = {}
    for word, units in exact.items():
        known = loose.setdefault(word.casefold(), [])
        known += [each for each in units if each not in known]
    return exact, loose
