"""From the cells of a raw file, by a map of the study file, to rows of a canonical table.

Every cell that cannot be read becomes missing and a problem: code, field, what was written, where.
Nothing is dropped: a row that cannot be placed stays, with its identifier, time or name missing.
"""

from collections.abc import Callable
from datetime import date, datetime, time

import pandas as pd

from sepsisflow.clock import DAY_H, Moment, calendar_day, exact, moment
from sepsisflow.dates import DAY, AmbiguousDateError, Written, parse_date
from sepsisflow.fields import UNITS
from sepsisflow.readers import cells as read
from sepsisflow.readers.mapping import rows_unaccounted, rows_used
from sepsisflow.readers.raw import RawTable
from sepsisflow.units import conversion, conversion_by_weight, same_unit

NUMBERS = {"age_years", "weight_kg", "height_cm", "dose", "grade"}
UNITLESS = ("1", "[pH]")
SEXES = ["female", "male", "other"]
PROBLEMS = [
    "code",
    "field",
    "participant_id",
    "raw",
    "source_file",
    "source_row",
    "source_column",
]


class Reading:
    """One map applied to one raw table, column by column.

    ``problems`` (rows of `PROBLEMS`) and ``cells`` (non-empty cells per field) grow as columns are
    read.
    """

    def __init__(
        self,
        raw: RawTable,
        part: dict,
        plan: dict,
        origins: dict[str, datetime | None],
        weights: dict[str, float | None],
    ):
        self.raw, self.plan, self.origins, self.weights = raw, plan, origins, weights
        self.source, self.source_map = part["source"], part["map"]
        self.vocabulary, self.covariates = plan["vocabulary"], plan["covariates"]
        self.missing = {"", *self.source["missing"]}
        self.problems: list[dict] = []
        self.cells: dict[str, int] = {}
        self._note_unaccounted()
        self._take_rows(rows_used(raw, self.source_map))
        for position, at in enumerate(self.at if raw.about_rows else ()):
            if at in raw.about_rows:
                column, code = raw.about_rows[at]
                self.problem(code, "when", position, column, None)

    def _take_rows(self, positions: list[int]) -> None:
        """Look at the rows at these positions of the raw table."""
        self.at = positions
        self.people = [
            None if text in self.missing else text for text in self.texts(self.identifier_column)
        ]

    def _note_unaccounted(self) -> None:
        """A text in a filter's column that no map reads is a problem of its row."""
        for column, positions in rows_unaccounted(self.raw, self.source_map).items():
            self._take_rows(positions)
            for position, at in enumerate(positions):
                cell = self.raw.columns[column][at]
                where, remark = self.raw.about_rows.get(at, (None, None))
                code = remark if where == column else "code.unmapped"
                self.problem(code, "when", position, column, cell)

    @property
    def identifier_column(self) -> str:
        """Column of the raw file that holds the participant's identifier."""
        return self.source_map["fields"]["participant_id"]["column"]

    def texts(self, column: str) -> list[str]:
        """Cells of a column as a person sees them."""
        cells = self.raw.columns[column]
        return [read.cell_text(cells[at]) for at in self.at]

    def place(self, position: int) -> tuple[str, int]:
        """File and row of the row at ``position``."""
        at = self.at[position]
        return self.raw.files[at], self.raw.rows[at]

    def problem(self, code: str, name: str, position: int, column: str, cell: object) -> None:
        """Note that a cell of the row at ``position`` cannot be used."""
        self.problems.append(
            {
                "code": code,
                "field": name,
                "participant_id": self.people[position],
                "raw": read.cell_text(cell),
                "source_file": self.raw.files[self.at[position]],
                "source_row": self.raw.rows[self.at[position]],
                "source_column": column,
            }
        )

    def column(self, name: str, spec: dict, parse: Callable) -> list:
        """Parse one column, each distinct cell once; missing cells give None."""
        if "constant" in spec:
            self.cells[name] = len(self.at)
            return [spec["constant"]] * len(self.at)
        cells = self._cells(spec)
        no_value = {code for code, value in spec.get("codes", {}).items() if value is None}
        missing = self.missing | no_value
        declared = {str(each) for each in spec.get("declared_missing", ())}
        declared.update(self.source["missing_data_codes"])
        if "comment" in spec:
            cells = self._with_comments(cells, spec, missing)
        remarks = self.raw.about_cells
        known: dict = {}
        values = []
        read_cells = 0
        for position, cell in enumerate(cells):
            key = (type(cell), cell)
            if key not in known:
                text = read.cell_text(cell)
                known[key] = None if text in missing else _parsed(cell, text, parse, declared)
            if known[key] is None:
                values.append(None)
                continue
            read_cells += 1
            value, code = known[key]
            if remarks and code is None:
                code = remarks.get((self.at[position], spec["column"]))
            if code:
                self.problem(code, name, position, spec["column"], cell)
            values.append(value)
        if read_cells:
            self.cells[name] = self.cells.get(name, 0) + read_cells
        return values

    def _cells(self, spec: dict) -> list:
        """Cells of a field; a date and the time of day beside it are one."""
        cells = [self.raw.columns[spec["column"]][at] for at in self.at]
        if "clock" not in spec:
            return cells
        clock = [self.raw.columns[spec["clock"]["column"]][at] for at in self.at]
        return [_joined(*pair) for pair in zip(cells, clock, strict=True)]

    def read_field(self, name: str, spec: dict) -> list:
        """Read a field of the map by what its name says it holds."""
        kind = self.covariates[name]["type"] if name in self.covariates else None
        if name == "origin":
            return self.column(name, spec, self._origin)
        if "codes" in spec:
            return self.column(name, spec, lambda cell: read.read_code(cell, spec["codes"]))
        if name in NUMBERS or kind == "number":
            return self._numbers(name, spec)
        if kind == "boolean" or name in ("serious", "related"):
            return self.column(name, spec, read.read_bool)
        known = self._known(name)
        if known is not None:
            return self.column(
                name, spec, lambda cell: read.read_code(cell, dict(zip(known, known, strict=True)))
            )
        return self.column(name, spec, read.cell_text)

    def _known(self, name: str) -> list[str] | None:
        """Names that a column without codes must already write; None for free text."""
        if name in self.covariates:
            return self.covariates[name]["levels"]
        if name in ("variable", "agent", "event"):
            return list(self.vocabulary)
        return {"arm": self.plan["arms"], "sex": SEXES}.get(name)

    def _with_comments(self, cells: list, spec: dict, missing: set[str]) -> list:
        """Cells, or the number that a comment gives where a cell holds none."""
        said = []
        rows = zip(cells, self.texts(spec["comment"]["column"]), self.units(spec), strict=True)
        for cell, comment, unit in rows:
            text = read.cell_text(cell)
            if text not in missing and _parsed(cell, text, self.limited, set())[1] is None:
                said.append(cell)
                continue
            number = read.number_in_comment(comment, decimal=self.source["decimal"])
            beside = self.limited(number).unit if number else None
            fits = number and (beside is None or (unit and same_unit(beside, unit)))
            said.append(number if fits else cell)
        return said

    @property
    def _marks(self) -> dict[str, str]:
        return {"decimal": self.source["decimal"], "thousands": self.source["thousands"]}

    def limited(self, cell: object) -> read.Written:
        """Number of a cell, with its limit and the unit beside it."""
        return read.read_limited_number(cell, **self._marks)

    def unlimited(self, cell: object) -> read.Written:
        """Number of a cell that can hold no limit, with the unit beside it."""
        written = self.limited(cell)
        if written.censoring != "none":
            raise read.UnreadableError("value.unreadable")
        return written

    def _number(self, cell: object) -> float:
        return read.read_number(cell, **self._marks)

    def _numbers(self, name: str, spec: dict) -> list:
        """Numbers in the field's unit, where the map says in which unit they are written."""
        numbers = self.column(name, spec, self._number)
        if name not in UNITS or "unit" not in spec:
            return numbers
        factor, offset = conversion(spec["unit"], {"unit": UNITS[name]})
        return [None if each is None else factor * each + offset for each in numbers]

    def _written(self, cell: object) -> Written:
        """A date as written, on the study's wall clock."""
        formats = self.source["date_format"]
        try:
            return parse_date(
                cell,
                (formats,) if isinstance(formats, str) else tuple(formats),
                zone=self.plan["time_zone"],
                written_in=self.source["time_zone"],
            )
        except AmbiguousDateError as error:
            raise read.UnreadableError("date.ambiguous") from error
        except (ValueError, TypeError) as error:
            raise read.UnreadableError("date.impossible") from error

    def _day(self, cell: object) -> Written:
        """A date of which at least the day is known."""
        written = self._written(cell)
        if written.span > DAY:
            raise read.UnreadableError("date.incomplete")
        return written

    def _origin(self, cell: object) -> datetime:
        return self._day(cell).start

    def moments(self, name: str, *, known_to_the_day: bool = False) -> list[Moment | None]:
        """When each row was, on the participant's clock."""
        spec = self.source_map["fields"][name]
        form = spec["as"]
        if "constant" in spec:
            self.cells[name] = len(self.at)
            return [_elapsed(float(spec["constant"]), form)] * len(self.at)
        if form != "date":
            return self.column(name, spec, lambda cell: _elapsed(self._number(cell), form))
        parse = self._day if known_to_the_day else self._written
        moments = []
        for position, written in enumerate(self.column(name, spec, parse)):
            origin = self.origins.get(self.people[position])
            if written is None or origin is None:
                moments.append(None)
                if written is not None:
                    self._note_untimed(name, position, spec["column"])
            else:
                moments.append(moment(written, origin, self.plan["time_zone"]))
                if written.span > DAY:
                    cell = self.raw.columns[spec["column"]][self.at[position]]
                    self.problem("date.partial", name, position, spec["column"], cell)
        return moments

    def _note_untimed(self, name: str, position: int, column: str) -> None:
        """Say why a date cannot be placed on a clock."""
        person, cell = self.people[position], self.raw.columns[column][self.at[position]]
        if person is None:
            self.problem("row.incomplete", name, position, self.identifier_column, cell)
        elif person in self.origins:
            self.problem("time.no_origin", name, position, column, cell)
        else:
            self.problem("participant.unknown", name, position, self.identifier_column, cell)

    def units(self, spec: dict) -> list[str | None]:
        """Unit of each row as written: the map's, or that of a column; None if there is none."""
        unit = spec.get("unit")
        if not isinstance(unit, dict):
            return [unit] * len(self.at)
        codes = unit.get("codes", {})
        return [
            None if text in self.missing else codes.get(text, text)
            for text in self.texts(unit["column"])
        ]

    def converted(self, name: str, spec: dict, numbers: list, names: list) -> list:
        """Numbers in the canonical unit of what they measure; None and a problem if it is unknown.

        ``numbers`` are `read.Written` or None, ``names`` entries of the vocabulary or None.
        """
        absent = spec["unit"].get("absent") if isinstance(spec.get("unit"), dict) else None
        rows = zip(numbers, self.units(spec), names, self._weights(spec), strict=True)
        weighed = "weight_kg" in spec
        known: dict = {}
        result = []
        for position, (written, unit, entry, weight) in enumerate(rows):
            if written is None or entry not in self.vocabulary:
                result.append(None if written is None else written.number)
                continue
            unit = unit or (absent.get(entry) if isinstance(absent, dict) else absent)
            stated = (unit, written.unit, entry)
            if stated not in known:
                rule = _unit_rule(unit, written.unit, self.vocabulary[entry], weighed=weighed)
                known[stated] = rule
            code, factor, offset, power = known[stated]
            if code is None and power and weight is None:
                code = "dose.no_weight"
            if code:
                cell = self.raw.columns[spec["column"]][self.at[position]]
                self.problem(code, name, position, spec["column"], cell)
                result.append(None)
            else:
                result.append((factor * written.number + offset) * (weight**power if power else 1))
        return result

    def _weights(self, spec: dict) -> list[float | None]:
        """Body weight of each row (kg), from where the map says."""
        where = spec.get("weight_kg")
        if where is None:
            return [None] * len(self.at)
        if where == "participant":
            return [self.weights.get(person) for person in self.people]
        weights = []
        for text in self.texts(where["column"]):
            weight, _ = _parsed(text, text, self._number, self.missing)
            weights.append(weight if weight and weight > 0 else None)
        return weights

    def frame(self, columns: dict[str, list], kept: list[int] | None = None) -> pd.DataFrame:
        """Rows, or those at the positions ``kept``, with where they came from."""
        used = self.at if kept is None else [self.at[position] for position in kept]
        if kept is not None:
            columns = {
                name: [cells[position] for position in kept] if isinstance(cells, list) else cells
                for name, cells in columns.items()
            }
        rows = pd.Series([self.raw.rows[at] for at in used], dtype="int64")
        frame = pd.DataFrame(columns, index=rows.index)
        files = pd.Series([self.raw.files[at] for at in used], dtype="object")
        return frame.assign(source_file=files, source_row=rows)


def _parsed(cell: object, text: str, parse: Callable, declared: set[str]) -> tuple:
    """Value and problem code (or None) of one cell."""
    if text in declared:
        return None, "value.declared_missing"
    try:
        return parse(cell), None
    except read.UnreadableError as error:
        return None, error.code


def _joined(day: object, clock: object) -> object:
    """A date with the time of day beside it; without one, the date."""
    texts = read.cell_text(day), read.cell_text(clock)
    if "" in texts:
        return day
    if isinstance(day, date):
        try:
            of_day = clock if isinstance(clock, time) else time.fromisoformat(texts[1])
        except ValueError:
            return " ".join(texts)
        return datetime(day.year, day.month, day.day, of_day.hour, of_day.minute, of_day.second)
    return " ".join(texts)


def _unit_rule(unit: str | None, beside: str | None, entry: dict, *, weighed: bool) -> tuple:
    """Problem code (or None), factor, offset and power of the body weight of one unit."""
    if unit is None and beside is None and entry["unit"] in UNITLESS:
        unit = entry["unit"]
    if unit is None:
        return "unit.missing", 0, 0, 0
    if beside is not None and not same_unit(beside, unit):
        return "unit.contradictory", 0, 0, 0
    affine = conversion(unit, entry)
    if affine:
        return None, *affine, 0
    by_weight = conversion_by_weight(unit, entry) if weighed else None
    if by_weight is None:
        return "unit.unknown", 0, 0, 0
    return None, by_weight[0], 0, by_weight[1]


def _elapsed(number: float, form: str) -> Moment:
    """A study day, or elapsed days or hours, on the participant's clock."""
    if form.startswith("study_day"):
        without_0 = form == "study_day_without_0"
        if not number.is_integer() or (without_0 and number == 0):
            raise read.UnreadableError("value.unreadable")
        return calendar_day(number if without_0 and number < 0 else number - 1)
    return exact(number * (DAY_H if form == "days" else 1))
