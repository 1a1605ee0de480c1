"""Points of a definition as the table that publications print: an organ a row, points across."""

from itertools import pairwise

import numpy as np

from sepsisflow.labels import printed_unit, with_unit
from sepsisflow.scores.bands import LIMITS, points
from sepsisflow.scores.reference_words import in_words, listed, spelt, table

SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
COMPUTED = {
    "gcs": "Glasgow Coma Scale",
    "gcs_motor_alone": "Motor response alone, where the Glasgow Coma Scale cannot be assessed",
    "pao2_fio2_supported": "PaO2/FiO2 with respiratory support",
    "pao2_fio2_unsupported": "PaO2/FiO2 without respiratory support",
    "spo2_fio2_supported": "SpO2/FiO2 with respiratory support",
    "spo2_fio2_unsupported": "SpO2/FiO2 without respiratory support",
    "urine_24h": "Urine per 24 h, of charted entries",
    "urine_rate": "Urine by body weight",
    "urine_total": "Urine, all entries",
}
SOURCES = ("variable", "derived", "agent", "sum_of", "given", "criteria")
# A list of more agents than this has a number in the table and is written out below it.
LONG = 4
# Scales of whole numbers: nobody scores between two of their values.
WHOLE = ("gcs", "gcs_motor", "gcs_motor_alone")
CLASSIC = {0, 1, 2, 3, 4}


def points_table(components: dict, labels: dict[str, str]) -> str:
    """Tables of all components; what gives other points than 0 to 4 has one of its own."""
    classic, others = [], []
    lists: dict[tuple, int] = {}
    for component in components.values():
        shown = {id(classic): component["label"], id(others): component["label"]}
        for part in component.get("parts", [component]):
            found = classes(part["bands"], _decimals(part))
            by = described(part, labels, component, lists)
            rows = classic if {point for point, _ in found} <= CLASSIC else others
            rows.append((shown[id(rows)], by, part, found))
            shown[id(rows)] = ""
    highest = max((int(point) for *_, found in classic for point, _ in found), default=0)
    columns = range(highest + 1)
    parts = []
    if classic:
        rows = [
            [label, by, *(_cell(part, found, each) for each in columns)]
            for label, by, part, found in classic
        ]
        parts.append(table(["component", "by", *map(str, columns)], rows))
    if others:
        rows = [
            [label, by, "; ".join(f"**{point:g}**: {said}" for point, said in found)]
            for label, by, _, found in others
        ]
        parts.append(table(["component", "by", "points"], rows))
    if lists:
        legend = [f"List {at}: {in_words(list(names), labels)}" for names, at in lists.items()]
        parts.append("<br>\n".join(legend))
    return "\n\n".join(parts)


def _decimals(part: dict) -> int | None:
    """Decimals to which values are rounded before they are compared, if they are."""
    whole = part.get("variable", part.get("derived")) in WHOLE
    return 0 if whole else part.get("decimals")


def _cell(part: dict, found: list[tuple[float, str]], point: int) -> str:
    said = [words for each, words in found if each == point]
    if not said:
        return ""
    if "given" in part:
        return "given"
    if "criteria" in part:
        return "fulfilled"
    drug = "agent" in part or "sum_of" in part
    instead = {"≤ 0": "not given" if drug else "0"}
    if part.get("unit") == "1":
        instead["≥ 1"] = "present"
    # A range is not broken between lines.
    return "<br>".join(instead.get(words, words.replace(" ", "&nbsp;")) for words in said)


def described(part: dict, labels: dict[str, str], component: dict, lists: dict) -> str:
    """What a part looks at, in which unit, and under which conditions.

    Long lists of agents are numbered in ``lists``.
    """
    if part is not component and "label" in part:
        name = part["label"]
    else:
        name = _source(part, {part.get("variable"): component["label"], **labels}, lists)
    # SpO2 in percent by a fraction: printed as a pure number.
    unit = None if part.get("derived", "").startswith("spo2") else part.get("unit")
    said = [with_unit(name, unit, separator=", ")]
    for key, words in (("with_any", "together with"), ("with_none", "without")):
        if part.get(key):
            said.append(f"{words} {_any_of(part[key], labels, lists)}")
    if "over_h" in part:
        said.append(f"mean of {part['over_h']:g} h")
    if "minimum_h" in part:
        said.append(f"for at least {part['minimum_h']:g} h")
    if "joined_h" in part:
        said.append(f"and between two courses up to {part['joined_h']:g} h apart")
    if part.get("fallback"):
        said.append("only where no other line gives points")
    if part.get("several_at_once") == "mean":
        said.append("several at one time are averaged")
    if part.get("same_admission"):
        said.append("of this hospital admission")
    if part.get("usable"):
        said.append(f"values {_limits(part['usable'])}")
    return "; ".join(said)


def _any_of(names: list[str], labels: dict[str, str], lists: dict) -> str:
    if len(names) > LONG:
        return f"any of list {lists.setdefault(tuple(names), len(lists) + 1)}"
    return listed([in_words(each, labels) for each in names])


def _limits(limits: dict) -> str:
    return " and ".join(f"{sign} {limits[key]:g}" for key, sign in SIGNS.items() if key in limits)


def _source(part: dict, labels: dict[str, str], lists: dict) -> str:
    """Name of the one thing that a part looks at."""
    key = next(key for key in SOURCES if key in part)
    value = part[key]
    if key == "criteria":
        return criteria(value, labels)
    if key == "derived":
        return COMPUTED.get(value, spelt(value))
    if key == "sum_of":
        return " + ".join(in_words(each, labels) for each in value)
    if key == "given":
        said = _any_of(value, labels, lists)
        return f"{said[0].upper()}{said[1:]}"
    return in_words(value, labels)


def criteria(tree: dict, labels: dict[str, str]) -> str:
    """A tree of criteria as a sentence: "(a or b) and c"."""
    for key, word in (("all", "and"), ("any", "or")):
        if key in tree:
            said = [criteria(each, labels) for each in tree[key]]
            nested = [
                f"({words})" if {"all", "any"} & set(each) else words
                for each, words in zip(tree[key], said, strict=True)
            ]
            return f" {word} ".join(nested)
    over = f" over {tree['over_h']:g} h" if "over_h" in tree else ""
    unit = printed_unit(tree.get("unit"))
    return f"{_source(tree, labels, {})}{over} {_limits(tree)} {unit}".strip()


def classes(bands: list[dict], decimals: int | None = None) -> list[tuple[float, str]]:
    """Points and the values that get them, in the order of values.

    The line of numbers is cut at every limit; each limit and each stretch between two is asked for
    its points, and neighbours of equal points are one class. Where values are rounded to
    ``decimals``, classes are worded as they are printed: "38.5 to 38.9".
    """
    limits = sorted({band[name] for band in bands for name in LIMITS if name in band})
    if not limits:
        return [(bands[0]["points"], "any")]
    edges = [limits[0] - 1, *limits, limits[-1] + 1]
    between = [(low + high) / 2 for low, high in pairwise(edges)]
    # Stretches have even positions, limits odd ones.
    cuts = np.insert(np.array(between), range(1, len(between)), limits)
    given = points(cuts, bands)
    starts = np.flatnonzero(np.append(True, given[1:] != given[:-1]))
    ends = np.append(starts[1:], len(cuts)) - 1
    return [
        (float(given[start]), _stretch(start, end, limits, decimals))
        for start, end in zip(starts, ends, strict=True)
        if not np.isnan(given[start])
    ]


def _stretch(start: int, end: int, limits: list[float], decimals: int | None) -> str:
    """Words for what lies between two positions, of which limits have the odd ones."""
    low = limits[(start - 1) // 2] if start else None
    high = limits[end // 2] if end < 2 * len(limits) else None
    from_low, to_high = start % 2 == 1, end % 2 == 1
    if decimals is not None:
        step = 10.0**-decimals
        low = low if low is None or from_low else round(low + step, decimals)
        high = high if high is None or to_high else round(high - step, decimals)
        from_low = to_high = True
    if low is None and high is None:
        return "any"
    if low is None:
        return f"{'≤' if to_high else '<'} {high:g}"
    if high is None:
        return f"{'≥' if from_low else '>'} {low:g}"
    if low == high:
        return f"{low:g}"
    return f"{'' if from_low else '> '}{low:g} to {'' if to_high else '< '}{high:g}"
