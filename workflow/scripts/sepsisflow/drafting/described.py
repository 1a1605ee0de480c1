"""An unknown table with what its columns look like and are called."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from sepsisflow.configuration.identifiers import SAMPLED_ROWS
from sepsisflow.drafting.names import Names, is_personal, plain, recognise, split_unit
from sepsisflow.drafting.profiles import Profile, choose_date_format, profile
from sepsisflow.drafting.raw_tables import UnknownTable
from sepsisflow.labels import printed_unit
from sepsisflow.readers.cells import cell_text
from sepsisflow.readers.suspects import suspects
from sepsisflow.units import conversion

NAMED_CODES = 200  # of a column that names variables or agents


@dataclass
class Described:
    """A table under description.

    ``profiles`` by heading, without empty, repeated and personal headings; ``labels`` what a data
    dictionary says a code means, by heading; ``used`` collects the columns that maps read,
    ``events`` the events that they give.
    """

    table: UnknownTable
    names: Names
    profiles: dict[str, Profile]
    personal: list[str]
    labels: dict[str, dict[str, str]]
    used: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)

    def cells(self, heading: str) -> list[str]:
        """Cells of a column as a person sees them."""
        at = self.table.header.index(heading)
        return [cell_text(cell) for cell in self.table.columns[at]]

    def having(self, role: str, *, kind: str = "") -> str | None:
        """The column best named like a role, of those that are of a kind (date or number)."""
        ranks = {
            heading: self.names.roles[role].index(plain(split_unit(heading)[0]))
            for heading, each in self.profiles.items()
            if plain(split_unit(heading)[0]) in self.names.roles[role]
            and (not kind or getattr(each, f"is_{kind}"))
        }
        return min(ranks, key=ranks.get) if ranks else None

    def codes(self, heading: str) -> dict[str, str]:
        """Each code of a column, without words for missing, and what it says."""
        found = self.profiles[heading]
        labels = self.labels.get(heading, {})
        texts = [text for text in found.codes if text not in found.missing]
        return {text: labels.get(text, text) for text in sorted(texts)}

    @property
    def person(self) -> str | None:
        """The column that identifies the participant."""
        return self.having("participant_id")

    @property
    def date_format(self) -> tuple[str | None, str]:
        """Date format of the table, and what is not certain of it."""
        return choose_date_format([each for each in self.profiles.values() if each.is_date])

    @property
    def time(self) -> tuple[dict | None, str]:
        """When a row was, as a field of a map, and a question if that is a guess."""
        column = self.having("time", kind="date")
        if column:
            return {"column": column}, ""
        column = self.having("study_day", kind="number")
        if column:
            return {"column": column, "as": "study_day"}, "? Is day 1 the day of origin?"
        dates = [name for name, each in self.profiles.items() if each.is_date]
        if len(dates) == 1:
            return {"column": dates[0]}, "? The only date of the table. Is it that of the values?"
        return None, ""

    def variables(self, codelist: dict) -> dict[str, tuple[str, str, str | None]]:
        """Columns that hold a variable: its name, the unit written, and as it can be read."""
        found: dict[str, tuple] = {}
        for heading, each in self.profiles.items():
            name = recognise(heading, self.names.variables)
            if name and each.is_number and heading not in self.used:
                written = split_unit(heading)[1]
                entry = codelist[name]
                unit = written if conversion(written, entry) else None
                if unit is None and not printed_unit(entry["unit"]) and written in ("", "0/1"):
                    unit = entry["unit"]
                found[heading] = (name, written, unit)
        return found

    def decimal(self) -> tuple[str, str]:
        """Decimal mark, and a question if both are there."""
        comma = sum(each.comma for each in self.profiles.values() if each.is_number)
        point = sum(each.point for each in self.profiles.values() if each.is_number)
        mark = "," if comma > point else "."
        both = f"? {point} numbers have a decimal point, {comma} a comma. Which is it?"
        return mark, both if comma and point else ""

    def missing(self) -> Counter:
        """Words for "not recorded" and how often they stand in the columns that are read."""
        return sum((self.profiles[name].missing for name in self.used), Counter())

    def sentinels(self) -> dict[str, tuple[int, int]]:
        """Suspicious numbers: cells and columns of measurements that hold them."""
        cells: Counter = Counter()
        columns: Counter = Counter()
        for each in self.profiles.values():
            cells.update(each.sentinels)
            columns.update(each.sentinels.keys())
        return {text: (cells[text], columns[text]) for text in cells}


def describe(table: UnknownTable, names: Names, dictionary: dict[str, dict]) -> Described:
    """Look at every column of a table once.

    ``dictionary`` holds, by heading, ``labels`` of codes and ``personal``, if a data dictionary
    says so.
    """
    profiles, personal = {}, []
    suspected = _suspects(table, names)
    for heading, cells in zip(table.header, table.columns, strict=False):
        if not heading or table.header.count(heading) > 1:
            continue
        marked = dictionary.get(heading, {}).get("personal")
        if marked or heading in suspected or is_personal(heading, names):
            personal.append(heading)
            continue
        base = plain(split_unit(heading)[0])
        named = base in names.roles["variable"] or base in names.roles["agent"]
        profiles[heading] = profile(
            cells,
            missing=names.texts["missing"],
            sentinels=names.sentinels,
            **({"codes_at_most": NAMED_CODES} if named else {}),
        )
    labels = {name: each["labels"] for name, each in dictionary.items() if each["labels"]}
    return Described(table, names, profiles, personal, labels)


def _suspects(table: UnknownTable, names: Names) -> set[str]:
    """Headings of columns that look as if they told who a person is, but for the identifier."""
    bases = {heading: plain(split_unit(heading)[0]) for heading in table.header}
    people = {each for each in bases if bases[each] in names.roles["participant_id"]}
    known = {word for words in (*names.roles.values(), *names.events.values()) for word in words}
    rows = list(zip_longest(*(cells[:SAMPLED_ROWS] for cells in table.columns)))
    found = suspects(
        table.header, rows, people=people, mapped={each for each in bases if bases[each] in known}
    )
    return found.keys() - people
