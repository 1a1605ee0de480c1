"""Units: from what a file writes to the canonical unit of the codelist."""


def normalise_unit(text: str) -> str:
    """Spell a unit as the codelists do: no blanks, "u" for both signs of micro."""
    return text.replace(" ", "").replace("µ", "u").replace("μ", "u")


def conversion(unit: str, canonical: str, accepted: dict) -> tuple[float, float] | None:
    """Factor and offset from ``unit`` to ``canonical``, or None if the codelist has none.

    ``accepted`` is the codelist's ``units``: a factor, or ``{factor, offset}``, per unit;
    canonical value = factor * value + offset.
    """
    unit = normalise_unit(unit)
    if unit == normalise_unit(canonical):
        return 1.0, 0.0
    for name, rule in accepted.items():
        if normalise_unit(name) == unit:
            if isinstance(rule, dict):
                return rule["factor"], rule["offset"]
            return float(rule), 0.0
    return None
