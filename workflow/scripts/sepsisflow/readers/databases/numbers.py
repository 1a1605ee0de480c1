"""SQL that reads a number, or a limit, from the columns of a database in which it may stand.

Never a guess: what is not certain stays a cell for a finding. The columns ``number_0`` and so on
hold the cells of a part's ``number``, in the description's order.
"""

from sepsisflow.readers.databases.engine import quoted

PLAIN = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
GROUPED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
BELOW, ABOVE = r"<=?|≤|less than", r">=?|≥|(?:greater|more) than"
COMMENTS = "comments"


def number_columns(part: dict, description: dict) -> str:
    """SQL of three columns: ``fast``, ``cell`` and ``cell_column``.

    ``fast`` is the number where the first column holds one and no later one says that it is a
    limit; else ``cell`` is the text that must say what the number is, if any does.
    """
    names = part["number"]
    signs = {at: _limit_sign(at) for at in range(1, len(names)) if names[at] != COMMENTS}
    limited = " OR ".join(signs.values()) or "false"
    fast = f"CASE WHEN NOT coalesce({limited}, false) THEN {number('number_0')} END"
    choices = [(test, at) for at, test in signs.items()]
    choices += [(_usable(at, name, description), at) for at, name in enumerate(names)]
    choices += [(f"trim(number_{at}) <> ''", at) for at in range(len(names))]
    whens = " ".join(f"WHEN {test} THEN {at}" for test, at in choices)
    cells = " ".join(f"WHEN {at} THEN number_{at}" for at in range(len(names)))
    columns = " ".join(f"WHEN {at} THEN {quoted(name)}" for at, name in enumerate(names))
    chosen = f"CASE WHEN ({fast}) IS NULL THEN CASE {whens} END END"
    return (
        f"{fast} AS fast, CASE {chosen} {cells} END AS cell, "
        f"CASE {chosen} {columns} END AS cell_column"
    )


def number(column: str) -> str:
    """SQL of the number that a column of texts holds, NULL where it holds none.

    DuckDB reads "1_000" and "inf" too; neither is a number that a person wrote.
    """
    read = f"try_cast({column} AS DOUBLE)"
    return f"CASE WHEN isfinite({read}) AND NOT contains({column}, '_') THEN {read} END"


def limit(part: dict) -> str:
    """SQL of a struct ``below``, ``above``, ``number`` of texts, empty where ``cell`` is no number.

    A comment may go on after a limit, as in "<0.01.  cTropnT > 0.10 ng/mL suggests ...".
    """
    written = f"{GROUPED}|{PLAIN}" if "thousands" in part else PLAIN
    whole = rf"^\s*(?:({BELOW})|({ABOVE}))?\s*({written})\s*(?:[.*]+\s*)?$"
    sentence = rf"^\s*(?:({BELOW})|({ABOVE}))\s*({written})\s*[.*]+\s"
    read = {
        each: f"regexp_extract(cell, {quoted(each)}, {GROUPS}, 'i')" for each in (whole, sentence)
    }
    if COMMENTS not in part["number"]:
        return read[whole]
    goes_on = f"cell_column = '{COMMENTS}' AND regexp_matches(cell, {quoted(sentence)}, 'i')"
    return f"CASE WHEN {goes_on} THEN {read[sentence]} ELSE {read[whole]} END"


GROUPS = "['below', 'above', 'number']"


def no_result(column: str, description: dict) -> str:
    """SQL condition: the text in ``column`` says that there is no result."""
    pattern = rf"^\s*(?:{'|'.join(description['no_result'])})"
    return f"regexp_matches({column}, {quoted(pattern)}, 'i')"


def _limit_sign(at: int) -> str:
    return f"regexp_matches(number_{at}, '^\\s*[<>≤≥]')"


def _usable(at: int, name: str, description: dict) -> str:
    """Whether a column says more than that there is no result; a comment does if it has a digit."""
    column = f"number_{at}"
    usable = f"trim({column}) <> '' AND NOT {no_result(column, description)}"
    return f"{usable} AND regexp_matches({column}, '[0-9]')" if name == COMMENTS else usable
