"""From the cells of a raw file, by a map of the study file, to rows of a canonical table.

Every cell that cannot be read becomes missing and a problem: code, field, what was written, where.
Nothing is dropped: a row that cannot be placed stays, with its identifier, time or name missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from sepsisflow.clock import DAY_H, has_time, hours_since, parse_date
from sepsisflow.readers import cells as read
from sepsisflow.readers.mapping import rows_used
from sepsisflow.readers.raw import RawTable
from sepsisflow.units import conversion

NUMBERS = {"age_years", "weight_kg", "height_cm", "dose", "grade"}
TIMES = {"time", "start", "end"}
CODES = {"arm", "sex", "variable", "agent", "event"}
UNITS = {"age_years": "a", "weight_kg": "kg", "height_cm": "cm"}
PROBLEMS = [
    "code",
    "field",
    "participant_id",
    "raw",
    "source_file",
    "source_row",
    "source_column",
]


@dataclass
class Reading:
    """One map applied to one raw table, column by column.

    ``problems`` and ``cells`` (non-empty cells per field) grow as columns are read.
    """

    raw: RawTable
    source: dict
    source_map: dict
    vocabulary: dict
    covariates: dict
    origins: dict[str, datetime | None]
    table: str
    problems: list[dict] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.at = rows_used(self.raw, self.source_map)
        self.people = self._identifiers()

    @property
    def identifier_column(self) -> str:
        """Column of the raw file that holds the participant's identifier."""
        return self.source_map["fields"]["participant_id"]["column"]

    def _identifiers(self) -> list[str | None]:
        cells = self.raw.columns[self.identifier_column]
        texts = [read.cell_text(cells[at]) for at in self.at]
        return [None if text in self.source["missing"] else text for text in texts]

    def problem(self, code: str, name: str, position: int, column: str, cell: object) -> None:
        """Note that a cell of the row at ``position`` cannot be used."""
        self.problems.append(
            {
                "code": code,
                "field": name,
                "participant_id": self.people[position],
                "raw": read.cell_text(cell),
                "source_file": self.raw.name,
                "source_row": self.raw.rows[self.at[position]],
                "source_column": column,
            }
        )

    def column(self, name: str, spec: dict, parse: Callable) -> list:
        """Parse one column, each distinct cell once; missing cells give None."""
        if "constant" in spec:
            self.cells[name] = len(self.at)
            return [spec["constant"]] * len(self.at)
        cells = self.raw.columns[spec["column"]]
        missing = set(self.source["missing"])
        declared = {str(each) for each in spec.get("declared_missing", ())}
        known: dict = {}
        values = []
        for position, at in enumerate(self.at):
            cell = cells[at]
            text = read.cell_text(cell)
            if text == "" or text in missing or self._coded_missing(text, spec):
                values.append(None)
                continue
            self.cells[name] = self.cells.get(name, 0) + 1
            if (type(cell), cell) not in known:
                known[type(cell), cell] = _parsed(cell, text, parse, declared)
            value, code = known[type(cell), cell]
            if code:
                self.problem(code, name, position, spec["column"], cell)
            values.append(value)
        return values

    @staticmethod
    def _coded_missing(text: str, spec: dict) -> bool:
        codes = spec.get("codes", {})
        return text in codes and codes[text] is None

    def read_field(self, name: str, spec: dict) -> list:
        """Read a field of the map by what its name says it holds."""
        if name == "origin":
            return self.column(name, spec, self._date)
        if name in TIMES:
            return self.column(name, spec, lambda cell: self._moment(cell, spec["as"]))
        if name in NUMBERS or self._type(name) == "number":
            return self._numbers(name, spec)
        if name == "value":
            return self.column(name, spec, self.limited)
        if "codes" in spec:
            return self.column(name, spec, lambda cell: read.read_code(cell, spec["codes"]))
        if self._type(name) == "boolean" or name in ("serious", "related"):
            return self.column(name, spec, read.read_bool)
        known = self._known(name)
        if known is not None:
            return self.column(name, spec, lambda cell: read.read_code(cell, known))
        return self.column(name, spec, read.cell_text)

    def _type(self, name: str) -> str | None:
        return self.covariates[name]["type"] if name in self.covariates else None

    def _known(self, name: str) -> dict | None:
        """Codes of a column that already writes the vocabulary's own names."""
        if name in ("variable", "agent", "event"):
            return {each: each for each in self.vocabulary}
        if self._type(name) == "category":
            return {each: each for each in self.covariates[name]["levels"]}
        return None

    def limited(self, cell: object) -> tuple[float, str]:
        """Number and censoring of a cell that may hold a limit."""
        return read.read_limited_number(cell, decimal=self.source["decimal"])

    def _numbers(self, name: str, spec: dict) -> list:
        """Numbers in the field's unit, where the map says in which unit they are written."""
        numbers = self.column(
            name, spec, lambda cell: read.read_number(cell, decimal=self.source["decimal"])
        )
        unit = spec.get("unit")
        if name not in UNITS or not isinstance(unit, str):
            return numbers
        factor, offset = conversion(unit, UNITS[name], {"g": 0.001, "m": 100, "mo": 1 / 12})
        return [None if each is None else factor * each + offset for each in numbers]

    def _date(self, cell: object) -> datetime:
        try:
            return parse_date(cell, self.source["date_format"])
        except (ValueError, TypeError) as error:
            raise read.UnreadableError("date.impossible") from error

    def _moment(self, cell: object, form: str) -> datetime | float:
        """A date, or hours since origin for the relative forms."""
        if form == "date":
            return self._date(cell)
        return self._relative(read.read_number(cell, decimal=self.source["decimal"]), form)

    @staticmethod
    def _relative(number: float, form: str) -> float:
        """Hours since origin of a study day, or of elapsed days or hours."""
        if form == "study_day":
            if not number.is_integer():
                raise read.UnreadableError("value.unreadable")
            return DAY_H * (number - 1)
        return number * (DAY_H if form == "days" else 1)

    def hours(self, name: str) -> tuple[list, list]:
        """Hours since origin, and whether only the day is known, of a time field."""
        spec = self.source_map["fields"][name]
        if "constant" in spec:
            self.cells[name] = len(self.at)
            hour = self._relative(float(spec["constant"]), spec["as"])
            return [hour] * len(self.at), [spec["as"] == "study_day"] * len(self.at)
        values = self.read_field(name, spec)
        whole_day = spec["as"] == "study_day" or (
            spec["as"] == "date" and not has_time(self.source["date_format"])
        )
        cells = self.raw.columns[spec["column"]]
        hours = []
        for position, value in enumerate(values):
            if isinstance(value, datetime):
                origin = self.origins.get(self.people[position])
                if origin is None:
                    known = self.people[position] in self.origins
                    code = "time.no_origin" if known else "participant.unknown"
                    self.problem(code, name, position, spec["column"], cells[self.at[position]])
                    value = None
                else:
                    value = hours_since(value, origin, whole_day=whole_day)
            hours.append(value)
        return hours, [whole_day] * len(self.at)

    def units(self, spec: dict) -> list[str | None]:
        """Unit of each row as written: the map's, or that of a column."""
        unit = spec.get("unit")
        if isinstance(unit, dict):
            texts = [read.cell_text(self.raw.columns[unit["column"]][at]) for at in self.at]
            return [None if text in self.source["missing"] else text for text in texts]
        return [unit] * len(self.at)

    def converted(self, name: str, spec: dict, numbers: list, entries: list) -> list:
        """Numbers in the canonical unit of their codelist entry; None and a problem if unknown."""
        units = self.units(spec)
        known: dict = {}
        result = []
        for position, (number, unit, entry) in enumerate(zip(numbers, units, entries, strict=True)):
            if number is None or entry is None:
                result.append(number)
                continue
            if unit is None and entry["unit"] == "1":
                unit = "1"
            pair = (unit, entry["unit"])
            if pair not in known:
                known[pair] = conversion(unit, entry["unit"], entry["units"]) if unit else None
            if known[pair] is None:
                code = "unit.unknown" if unit else "unit.missing"
                column = spec["column"]
                cell = self.raw.columns[column][self.at[position]]
                self.problem(code, name, position, column, cell)
                result.append(None)
            else:
                factor, offset = known[pair]
                result.append(factor * number + offset)
        return result

    def frame(self, columns: dict[str, list]) -> pd.DataFrame:
        """Rows with where they came from."""
        rows = [self.raw.rows[at] for at in self.at]
        return pd.DataFrame({**columns, "source_file": self.raw.name, "source_row": rows})


def _parsed(cell: object, text: str, parse: Callable, declared: set[str]) -> tuple:
    """Value and problem code (or None) of one cell."""
    if text in declared:
        return None, "value.declared_missing"
    try:
        return parse(cell), None
    except read.UnreadableError as error:
        return None, error.code
