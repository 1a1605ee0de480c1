"""How variables and units are written for readers: labels of axes and of table rows."""

PRINTED_UNITS = {
    "1": "",
    "Cel": "°C",
    "[degF]": "°F",
    "mm[Hg]": "mmHg",
    "a": "years",
    "d": "days",
    "/min": "per min",
    "[pH]": "",
}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def printed_unit(unit: str | None) -> str:
    """Write a UCUM unit as a journal does: "10*9/L" as "10⁹/L", "umol/L" as "µmol/L".

    The pure number "1", an absent unit and pH have nothing to print: "".
    """
    if unit is None or unit in PRINTED_UNITS:
        return PRINTED_UNITS.get(unit, "")
    written, _, rest = unit.partition("10*")
    if rest:
        power = rest[: len(rest) - len(rest.lstrip("-0123456789"))]
        written += f"10{power.translate(SUPERSCRIPT)}{rest[len(power) :]}"
    parts = written.replace("[IU]", "IU").split("/")
    return "/".join(f"µ{part[1:]}" if _is_micro(part) else part for part in parts)


def with_unit(label: str, unit: str | None, *, separator: str = " (") -> str:
    """Join a label and its unit: "Lactate (mmol/L)"; the label alone for a pure number.

    ``separator`` " (" closes its bracket; ", " gives "Lactate, mmol/L".
    """
    printed = printed_unit(unit)
    if not printed:
        return label
    return f"{label}{separator}{printed}{')' if '(' in separator else ''}"


def _is_micro(part: str) -> bool:
    return len(part) > 1 and part[0] == "u" and part[1] in "glmkLMSV"
