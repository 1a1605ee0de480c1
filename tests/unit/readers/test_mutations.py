"""Cells with slips of every kind: each is a finding, or exactly the number that stands there.

The number that stands there is read a second time here, by Python's own decimals and by an
independent reading of units; cells go through a file, ingest and validation as in a run.
"""

import csv
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ingested_study import read_table
from raw_sources import filled
from sepsisflow.errors import DataError
from sepsisflow.readers.mapping import reading_plan
from sepsisflow.readers.raw import read_raw

ANY = {"plausible": [-1e308, 1e308], "possible": [-1e308, 1e308]}
CODELISTS = {
    "variables": {"crp": {"domain": "laboratory", "unit": "mg/L", **ANY}},
    "agents": {},
    "events": {},
}
NUMBERS = [
    "0",
    "7",
    "12",
    "0.5",
    "37.2",
    "1000",
    "12345.678",
    "-3.25",
    "1e3",
    "1.5E-2",
    ".5",
    "007",
]
CELLS = [*NUMBERS, "<0.2", "≤ 0.2", ">1000", ">= 5", "1,234,567.8", "25,000", "12 mg/L", "5mg/l"]
UNITS = ["mg/L", "mg/dl", "ug/mL", "µg/L", "g/L", "MG/DL", "ng / ml", "mcg/dL", "mg/100mL"]
SLIPS = (
    "0123456789.,;:+-−–<>=≤≥eExX%/*^'_ \t\n\u00a0\u2003\u200b\ufeff"
    'O\u0661\u0968\uff15\uff0e\uff0c²½mgLlduUµKM°[]{}()"#A'
)
BATCH, BATCHES = 500, 44


def slips(chance, texts):
    """A text with up to three characters inserted, deleted, replaced or swapped, or in blanks."""
    text = chance.choice(texts)
    for kind in chance.choices("idrsb", k=chance.randrange(4)):
        at = chance.randrange(max(len(text), 1))
        if kind in "ir":
            text = text[:at] + chance.choice(SLIPS) + text[at + (kind == "r") :]
        elif kind == "b":
            text = chance.choice(" \u00a0\t\u3000") + text + " "
        elif kind == "s":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        else:
            text = text[:at] + text[at + 1 :]
    return text


POWERS = {"k": 6, "": 3, "d": 2, "m": 0, "u": -3, "n": -6, "p": -9, "f": -12}
MASSES = {prefix + gram: power for prefix, power in POWERS.items() for gram in ("g", "gm")}
MASSES["mcg"] = -3
VOLUMES = {"l": 0, "dl": -1, "cl": -2, "ml": -3, "cc": -3, "ul": -6, "nl": -9, "pl": -12, "fl": -15}
VOLUMES |= {"m3": 3, "dm3": 0, "cm3": -3, "mm3": -6}
COUNT = r"x?(?P<{0}>1000|100|24|1\.73|1)?"
UNIT = re.compile(
    rf"(x?(10(\*\*?|\^|e)|e)(?P<ten>\d+))?{COUNT.format('over')}(?P<mass>[a-z]+)(\^|\*\*)?1?"
    rf"(/|per|(?P<dot>[.·]))(x?(10(\*\*?|\^|e)|e)(?P<below>\d+))?"
    rf"{COUNT.format('under')}(?P<volume>[dcm]?m3|[a-z]+)(?P<power>(\^|\*\*)?-?1)?"
)


def plain(text):
    """ASCII for the signs that a person reads as such, without what nobody sees at the ends."""
    signs = {
        "\uff0e": ".",
        "\uff0c": ",",
        "−": "-",
        "\u00a0": " ",
        "\u2003": " ",
        "\u3000": " ",
        "µ": "u",
        "μ": "u",
    }
    text = "".join(
        str(unicodedata.decimal(each))
        if each.isdecimal()
        else signs.get(
            each, unicodedata.normalize("NFKC", each) if each in "\uff0e\uff0c" else each
        )
        for each in text
    )
    return text.strip(" \t\n\r\ufeff\u200b")


def worth(unit):
    """How many mg/L one of a unit is, None if it is no mass in a volume."""
    text = re.sub(r"\s", "", plain(unit)).casefold().replace("²", "^2")
    found = UNIT.fullmatch(text.rstrip(".").replace("./", "/"))
    if not found or found["mass"] not in MASSES or found["volume"] not in VOLUMES:
        return None
    if bool(found["dot"]) != (found["power"] or "").endswith("-1"):
        return None
    powers = (
        MASSES[found["mass"]]
        - VOLUMES[found["volume"]]
        + int(found["ten"] or 0)
        - int(found["below"] or 0)
    )
    return Fraction(10) ** powers * Fraction(found["over"] or 1) / Fraction(found["under"] or 1)


def meant(cell, decimal, thousands, unit):
    """The number and limit that stand in a cell, None if they are not beyond doubt."""
    text, other = plain(cell), {".": ",", ",": "."}[decimal]
    limit = {"<": "below", "≤": "below", ">": "above", "≥": "above"}.get(text[:1], "none")
    text = plain(text[1:].removeprefix("=")) if limit != "none" else text
    for cut in range(1, len(text)):
        # A unit begins with a letter behind what is none.
        begins = text[cut].isalpha() and not text[cut - 1].isalpha()
        if begins and worth(text[cut:]) == worth(unit):
            text = text[:cut].strip()
            break
    mantissa, mark, exponent = text.partition("e") if "e" in text else text.partition("E")
    whole, point, fraction = mantissa.partition(decimal)
    groups = whole.lstrip("+-").split(thousands or other)
    if len(groups) > 1:
        good = len(groups[0]) in (1, 2, 3) and all(len(each) == 3 for each in groups[1:])
        if not good or not (thousands or len(groups) > 2 or fraction):
            return None
        whole = whole.replace(thousands or other, "")
    if not re.fullmatch(r"[0-9.eE+-]+", f"{whole}{point and '.'}{fraction}{mark}{exponent}"):
        return None
    try:
        return Fraction(Decimal(f"{whole}{point and '.'}{fraction}{mark}{exponent}")), limit
    except ArithmeticError:
        return None


def through_a_file(cells, units, **marks):
    """Values by row and rows with a finding, of cells in a csv file as a run reads it."""
    fields = {"participant_id": "id", "time": {"column": "day", "as": "days"}}
    people = {"table": "participants", "fields": {"participant_id": "id", "arm": {"constant": "a"}}}
    spec = {"column": "crp", "unit": {"column": "unit"}}
    labs = {"table": "measurements", "fields": fields, "values": {"crp": spec}}
    sources = {
        "people": {"file": "people.csv", "format": "csv", "maps": [people]},
        "labs": {"file": "labs.csv", "format": "csv", "maps": [labs], **marks},
    }
    study = {
        "sources": filled(sources),
        "covariates": {},
        "arms": {"a": {}},
        "time_zone": None,
        "repeats": {"default": "keep", "variables": {}},
    }
    plan = reading_plan("measurements/laboratory", study, CODELISTS)
    with TemporaryDirectory() as folder:
        (Path(folder) / "people.csv").write_text("id\nA\n", encoding="utf-8")
        with open(Path(folder) / "labs.csv", "w", newline="", encoding="utf-8") as file:
            rows = [
                ["A", day, cell, unit]
                for day, (cell, unit) in enumerate(zip(cells, units, strict=True))
            ]
            csv.writer(file).writerows([["id", "day", "crp", "unit"], *rows])
        validated, findings, *_ = read_table(plan, Path(folder))
    found = validated.dropna(subset="value").set_index("source_row")
    values = dict(
        zip(found.index, zip(found["value"], found["censoring"], strict=True), strict=True)
    )
    return values, set(findings["source_row"])


def examples(texts, check):
    """Check batches of texts with slips; how many texts that were."""
    seen = 0

    @settings(
        max_examples=BATCHES,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def run(seed):
        nonlocal seen
        chance = Random(seed)
        seen += BATCH
        check([slips(chance, texts) for _ in range(BATCH)], chance)

    run()
    return seen


def test_a_cell_with_slips_is_a_finding_or_exactly_what_stands_there():
    def check(cells, chance):
        decimal, thousands = chance.choice([(".", ""), (".", ","), (",", ""), (",", ".")])
        marks = {"decimal": decimal, "thousands": thousands}
        values, findings = through_a_file(cells, ["mg/L"] * len(cells), **marks)
        for row, cell in enumerate(cells, start=2):
            if row in values:
                expected = meant(cell, decimal, thousands, "mg/L")
                assert expected is not None, repr(cell)
                assert values[row] == (float(expected[0]), expected[1]), repr(cell)
            elif row not in findings:
                assert plain(cell) == "", repr(cell)

    assert examples(CELLS, check) >= 20_000


def test_a_unit_with_slips_is_a_finding_or_exactly_the_unit_that_stands_there():
    def check(units, _chance):
        values, findings = through_a_file(["3"] * len(units), units)
        for row, unit in enumerate(units, start=2):
            if row in values:
                assert worth(unit) is not None, repr(unit)
                assert values[row] == (float(worth(unit)) * 3, "none"), repr(unit)
            else:
                assert row in findings, repr(unit)

    assert examples(UNITS, check) >= 20_000


@settings(max_examples=100, database=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 3), st.binary(min_size=1, max_size=2)),
        max_size=4,
    )
)
def test_a_file_with_slips_is_read_or_refused_in_words(tmp_path_factory, slips_of_file):
    content = 'id,day,crp,unit\nA,1,5.5,mg/L\nA,2,"<0.2",mg/L\nA,3,µ,ü\n'.encode()
    for at, deleted, new in slips_of_file:
        content = content[:at] + new + content[at + deleted :]
    folder = tmp_path_factory.mktemp("slips")
    (folder / "labs.csv").write_bytes(content)
    labs = {"file": "labs.csv", "format": "csv", "maps": [{"table": "events", "fields": {}}]}
    columns = ["id", "day", "crp", "unit"]
    try:
        raw = read_raw(folder, filled({"labs": labs})["labs"], columns)
    except DataError:
        return
    assert {len(raw.rows)} == {len(raw.columns[each]) for each in columns}
