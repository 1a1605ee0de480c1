"""Numbers typed by hand into the abstract or the results of a template."""

import re

from sepsisflow.errors import DataError

SECTIONS = {"abstract", "results"}
BOUND = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where the template binds a number

# What a template may hold besides its own words. Replaced in this order.
NOT_PROSE = [
    (re.compile(r"\[#.*?#\]", re.DOTALL), ""),
    (re.compile(r"\[%.*?%\]", re.DOTALL), ""),
    (re.compile(r"\{\{.*?\}\}", re.DOTALL), BOUND),
    (re.compile(r"\[\[.*?\]\]", re.DOTALL), BOUND),
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"\]\([^)\s]*\)"), "]"),  # target of a link or path of an image
    (re.compile(r"\{[#.][^}]*\}"), ""),  # attributes
    (re.compile(r"\[@[^\]]*\]"), ""),  # citations
    (re.compile(r"https?://\S+"), ""),
]
RESULT = re.compile(
    rf"""
      (?P<p_value>       \b[pP]\s*[=<>≤≥]\s*[\d.]+ )
    | (?P<count>         \d[\d,]*\s*(?:/|\sof\s|\sout\sof\s)\s*(?:\d[\d,]*|{BOUND})
                       | {BOUND}\s*(?:/|of|out\sof)\s*\d[\d,]* )
    | (?P<percentage>    \d+(?:[.,·]\d+)?\s*(?:%|per\s?cent\b) )
    | (?P<decimal>       \d+[.·]\d+ | \d{{1,3}}(?:,\d{{3}})+ )
    """,
    re.VERBOSE,
)


def typed_numbers(template: str) -> list[tuple[int, str, str]]:
    """Find numbers that look like a result outside ``{{ }}`` and study-level text.

    A decimal number, a percentage, "n of m" or a p value in a section called Abstract or Results
    (a heading of level 1 and all below it).

    Returns
    -------
    list of (line, section, text), in order
    """
    for pattern, stand_in in NOT_PROSE:
        template = pattern.sub(lambda match, s=stand_in: s + _line_breaks(match), template)
    section = ""
    found = []
    for number, line in enumerate(template.splitlines(), start=1):
        heading = re.match(r"#\s+(.+)", line)
        if heading:
            section = heading[1].strip()
        elif section.casefold() in SECTIONS:
            found += [(number, section, match[0].strip()) for match in RESULT.finditer(line)]
    return found


def check_typed_numbers(template: str, *, name: str) -> str:
    """Return the template, or stop where its results hold numbers typed by hand.

    Raises
    ------
    DataError
        Names every such line of the template ``name``.
    """
    found = typed_numbers(template)
    if not found:
        return template
    places = "".join(
        f"\n  line {line} ({section}): {text.replace(BOUND, '…')}" for line, section, text in found
    )
    raise DataError(
        f"{name}: numbers that look like results are typed by hand. Bind each to an estimate, "
        f"{{{{ key | format }}}}, or take it from the study file, [[ ]].{places}"
    )


def _line_breaks(match: re.Match) -> str:
    return "\n" * match[0].count("\n")
