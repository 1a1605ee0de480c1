"""Validate one canonical table: set aside what cannot be used, flag what is doubtful, count all."""

import json
from collections.abc import Iterator

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors

from sepsisflow.errors import DataError
from sepsisflow.fields import PLACES, REMARKS, is_value, value_columns
from sepsisflow.readers.ingest import rows_left_out
from sepsisflow.readers.raw import table_name
from sepsisflow.schemas.adverse_events import AdverseEvents
from sepsisflow.schemas.check import check
from sepsisflow.schemas.events import Events
from sepsisflow.schemas.findings import Quarantine
from sepsisflow.schemas.interventions import Interventions
from sepsisflow.schemas.measurements import Measurements
from sepsisflow.schemas.participants import Participants
from sepsisflow.validation.mixtures import is_constant, mixtures
from sepsisflow.validation.repeats import KEPT, other_entries
from sepsisflow.validation.rules import finding, findings_table

MODELS = {
    "participants": Participants,
    "measurements": Measurements,
    "interventions": Interventions,
    "events": Events,
    "adverse_events": AdverseEvents,
}
# Without these a row cannot be placed, and is set aside as a whole.
ESSENTIAL = {
    "participants": ["participant_id"],
    "measurements": ["participant_id", "time_h", "variable"],
    "interventions": ["participant_id", "agent", "start_h"],
    "events": ["participant_id", "event", "earliest_h"],
    "adverse_events": ["participant_id", "start_h"],
}
# Column of a time, and the field of a map that it comes from.
TIMES = {
    "measurements": ("time_h", "time"),
    "interventions": ("start_h", "start"),
    "events": ("earliest_h", "time"),
    "adverse_events": ("start_h", "start"),
}
# Ten years from a participant's origin, no course of a trial or of intensive care is.
FARTHEST_H = 10 * 366 * 24
RANGES = {
    "age_years": {"plausible": [0, 105], "possible": [0, 125]},
    "weight_kg": {"plausible": [30, 250], "possible": [0.3, 700]},
    "height_cm": {"plausible": [120, 220], "possible": [20, 280]},
}


def validate_table(
    table: str,
    ingested: pd.DataFrame,
    problems: pd.DataFrame,
    counts: dict,
    *,
    vocabulary: dict,
    repeats: dict[str, str],
    covariates: dict,
    source_columns: dict[tuple[str, str], str],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Split a table into what is valid and what is set aside, and say why.

    Parameters
    ----------
    table : str
        Name of the canonical table, as ``measurements/severity``.
    ingested : DataFrame
        Its rows as ingested; unreadable cells are missing. ``source_column`` may say which column
        of the raw file holds the value.
    problems : DataFrame
        Cells that could not be read; see `sepsisflow.readers.ingest.ingest_table`.
    counts : dict
        ``rows_in`` and ``values_in`` as counted in the raw files.
    vocabulary : dict
        The table's part of the codelists, with plausible and possible ranges.
    repeats : dict of str to str
        Of measurements, which of several values for one time counts; see `other_entries`.
    covariates : dict
        Of participants, the study's covariates.
    source_columns : dict of (file, field) to str
        Column of the raw file that a field was read from; see `source_columns`.

    Returns
    -------
    validated : DataFrame, a row per valid row, as the table's schema
    findings : DataFrame as `Findings`
    quarantine : DataFrame as `Quarantine`
    accounting : DataFrame, one row
        ``table``, then rows and values: in, validated, quarantined.

    Raises
    ------
    DataError
        If rows or values do not add up: a fault of sepsisflow, not of the data.
    """
    kind = table.partition("/")[0]
    columns = value_columns(kind, covariates)
    review = _Review(table, kind, ingested, problems, source_columns)
    review.set_aside_rows()
    review.set_aside_values(_ranges(review.frame, kind, vocabulary))
    review.set_aside_invalid()
    review.flag_far_times()
    review.settle_repeats(repeats)
    review.flag_patterns(vocabulary)
    if kind == "participants":
        review.note_incomplete(columns)
    validated = check(review.frame.reset_index(drop=True), MODELS[kind], table)
    unreadable = sum(is_value(kind, field) for field in review.problems["field"])
    accounting = {
        "table": table,
        "rows_in": counts["rows_in"],
        "rows_validated": len(validated),
        "rows_quarantined": len(review.rows) + len(rows_left_out(problems)),
        "values_in": counts["values_in"],
        "values_validated": int(validated[columns].notna().sum().sum()),
        "values_quarantined": int(
            unreadable + review.values_aside + review.rows[columns].notna().sum().sum()
        ),
    }
    check_sums(accounting)
    quarantine = pd.DataFrame(review.quarantine, columns=list(Quarantine.to_schema().columns))
    quarantine[["values", "source_row"]] = quarantine[["values", "source_row"]].astype("int64")
    return (
        validated,
        findings_table(review.findings),
        check(quarantine, Quarantine, f"quarantine of {table}"),
        pd.DataFrame([accounting]),
    )


def check_sums(accounting: dict) -> None:
    """Raise if rows or values read are not those validated and set aside."""
    for what in ("rows", "values"):
        read, valid = accounting[f"{what}_in"], accounting[f"{what}_validated"]
        aside = accounting[f"{what}_quarantined"]
        if read != valid + aside:
            raise DataError(
                f"{accounting['table']}: {read} {what} were read, but {valid} validated and "
                f"{aside} set aside. Please report this fault."
            )


def source_columns(plan: dict) -> dict[tuple[str, str], str]:
    """Column of the raw file behind each field that a plan reads, by (file, field)."""
    return {
        (table_name(part["source"]), field): spec["column"]
        for part in plan["maps"]
        for field, spec in {**part["map"]["fields"], **part["map"].get("values", {})}.items()
        if "column" in spec
    }


def _ranges(frame: pd.DataFrame, kind: str, vocabulary: dict) -> dict[str, pd.DataFrame]:
    """Per numeric column the limits that apply to each row."""
    limits = ["possible_low", "possible_high", "plausible_low", "plausible_high"]
    flat = {
        name: [*entry["possible"], *entry["plausible"]]
        for name, entry in [*vocabulary.items(), *RANGES.items()]
        if "possible" in entry
    }
    named = {"measurements": ("value", "variable"), "interventions": ("dose", "agent")}
    if kind in named:
        column, name = named[kind]
        table = pd.DataFrame.from_dict(flat, orient="index", columns=limits)
        return {column: table.reindex(frame[name]).set_axis(frame.index)}
    if kind != "participants":
        return {}
    return {
        name: pd.DataFrame([flat[name]], columns=limits, index=[0])
        .reindex(np.zeros(len(frame), dtype=int))
        .set_axis(frame.index)
        for name in RANGES
    }


class _Review:
    """A table under review: rows still in, rows set aside, findings, quarantine."""

    def __init__(
        self,
        table: str,
        kind: str,
        ingested: pd.DataFrame,
        problems: pd.DataFrame,
        source_columns: dict[tuple[str, str], str],
    ):
        self.table, self.kind, self.source_columns = table, kind, source_columns
        self.written = ingested.get("source_column")
        self.frame = ingested.drop(columns="source_column", errors="ignore")
        self.rows = self.frame.iloc[:0]
        self.problems = problems[~problems["code"].isin(REMARKS)]
        self.values_aside = 0
        self.findings: list[dict] = []
        self.quarantine: list[dict] = []
        for problem in problems.to_dict("records"):
            raw, code = problem.pop("raw"), problem.pop("code")
            self.findings.append(finding(code, table, **problem))
            if code in REMARKS:
                continue
            # Of a row that no map reads, all that the maps would have read.
            row = problem["field"] == "when"
            self.quarantine.append(
                {"code": code, "scope": "row" if row else "value", "raw": raw, "values": 1 - row}
            )
            self.quarantine[-1] |= problem

    def set_aside_rows(self) -> None:
        """Set aside rows without identifier, time or name, with an unread arm, and duplicates."""
        unplaced = self.frame[ESSENTIAL[self.kind]].isna().any(axis=1)
        if self.kind == "participants":
            unread = self.problems.loc[
                self.problems["field"] == "arm", ["source_file", "source_row"]
            ]
            places = pd.MultiIndex.from_frame(self.frame[["source_file", "source_row"]])
            unplaced |= places.isin(pd.MultiIndex.from_frame(unread))
        explained = self._explained()
        for _, row in self.frame[unplaced].iterrows():
            known = (row["source_file"], row["source_row"]) in explained
            self._aside(row, "row.incomplete", report=not known)
        self._drop(unplaced)
        if self.kind == "participants":
            twice = self.frame["participant_id"].duplicated()
            for _, row in self.frame[twice].iterrows():
                self._aside(row, "participant.duplicate", report=True)
            self._drop(twice)

    def _explained(self) -> set[tuple[str, int]]:
        """Rows for which a finding about a cell already says why they cannot be placed."""
        problems = self.problems[self.problems["field"].isin({*PLACES, "arm"})]
        return set(zip(problems["source_file"], problems["source_row"], strict=True))

    def _drop(self, rows: pd.Series) -> None:
        self.rows = pd.concat([self.rows, self.frame[rows]]) if rows.any() else self.rows
        self.frame = self.frame[~rows]

    def _aside(self, row: pd.Series, code: str, *, report: bool) -> None:
        """Put a whole row into quarantine."""
        where = {
            "participant_id": row["participant_id"] if pd.notna(row["participant_id"]) else None,
            "source_file": row["source_file"],
            "source_row": row["source_row"],
            "source_column": None,
        }
        if report:
            self.findings.append(finding(code, self.table, **where))
        cells = row.drop(["source_file", "source_row"]).dropna()
        raw = json.dumps({name: str(cell) for name, cell in cells.items()}, ensure_ascii=False)
        entry = {"code": code, "scope": "row", "field": None, "raw": raw, "values": len(cells)}
        self.quarantine.append({**entry, **where})

    def set_aside_values(self, ranges: dict[str, pd.DataFrame]) -> None:
        """Set aside impossible values; flag implausible ones."""
        for column, limits in ranges.items():
            values = self.frame[column]
            # A value known only to lie beyond a limit may be possible whatever the limit is.
            exact = self.frame["censoring"].eq("none") if "censoring" in self.frame else True
            outside = {
                kind: exact & ((values < limits[f"{kind}_low"]) | (values > limits[f"{kind}_high"]))
                for kind in ("possible", "plausible")
            }
            self._flag("value.implausible", column, outside["plausible"] & ~outside["possible"])
            self._set_missing("value.impossible", column, outside["possible"])

    def set_aside_invalid(self) -> None:
        """Set aside every remaining value that the table's schema refuses."""
        try:
            MODELS[self.kind].validate(self.frame, lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases.dropna(subset="index")
            for column, group in cases.groupby("column", sort=True):
                refused = self.frame.index.isin(group["index"])
                if column in self.frame and self.frame.loc[refused, column].notna().all():
                    self._set_missing("value.invalid", column, pd.Series(refused, self.frame.index))

    def _set_missing(self, code: str, column: str, rows: pd.Series) -> None:
        self._flag(code, column, rows)
        for row, where in self._placed(column, rows):
            unit = f" {row['unit']}" if "unit" in row else ""
            entry = {"code": code, "scope": "value", "raw": f"{row[column]}{unit}", "values": 1}
            self.quarantine.append({**entry, **where})
        self.values_aside += int(rows.sum())
        self.frame = self.frame.assign(**{column: self.frame[column].mask(rows)})

    def _flag(self, code: str, column: str, rows: pd.Series, **words: str) -> None:
        for _, where in self._placed(column, rows):
            self.findings.append(finding(code, self.table, **where, **words))

    def _placed(self, column: str, rows: pd.Series) -> Iterator[tuple[dict, dict]]:
        """Rows, and where each one's value in ``column`` stands in the raw files."""
        frame = self.frame[rows]
        for at, row in zip(frame.index, frame.to_dict("records"), strict=True):
            where = self._where(row, column)
            if self.written is not None:
                where["source_column"] = self.written[at]
            yield row, where

    def _where(self, row: dict, column: str) -> dict:
        field, file = row.get("variable", column), row["source_file"]
        # Of many files in one source, the columns are the source's.
        places = [
            (each, name) for each in (file, file.partition("#")[0]) for name in (field, column)
        ]
        written = next(
            (self.source_columns[at] for at in places if at in self.source_columns), None
        )
        return {
            "field": field,
            "participant_id": row["participant_id"],
            "source_file": file,
            "source_row": row["source_row"],
            "source_column": written,
        }

    def flag_far_times(self) -> None:
        """Flag times that are rather a slip in the year."""
        if self.kind in TIMES:
            column, field = TIMES[self.kind]
            self._flag("time.implausible", field, self.frame[column].abs() > FARTHEST_H)

    def settle_repeats(self, policies: dict[str, str]) -> None:
        """Flag values beside the one that counts of several for one time; set aside but `keep`."""
        if self.kind != "measurements":
            return
        policy = other_entries(self.frame, policies)
        for name, others in policy.groupby(policy, sort=True):
            rows = pd.Series(self.frame.index.isin(others.index), self.frame.index)
            code = "measurement.refused" if name == "refuse" else "measurement.repeated"
            self._flag(code, "value", rows, kept=KEPT.get(name))
            if name != "keep":
                for _, row in self.frame[rows].iterrows():
                    self._aside(row, code, report=False)
                self._drop(rows)

    def flag_patterns(self, vocabulary: dict) -> None:
        """Flag variables that look as if written in two units, and weights that look copied."""
        if self.kind == "measurements":
            files = {file for file, _ in self.source_columns}
            # Many files of one source are one.
            source = self.frame["source_file"].map(
                lambda file: file if file in files else file.partition("#")[0]
            )
            frame = self.frame.assign(source_file=source)
            for file, variable in mixtures(frame, vocabulary):
                where = {"field": variable, "source_file": file}
                column = self.source_columns.get((file, variable))
                self.findings.append(
                    finding("unit.mixture", self.table, source_column=column, **where)
                )
        for column in ("weight_kg", "height_cm"):
            if self.kind == "participants" and is_constant(self.frame[column]):
                self.findings.append(finding("value.constant", self.table, field=column))

    def note_incomplete(self, columns: list[str]) -> None:
        """Note how many participants lack each column that somebody has."""
        missing = self.frame[columns].isna().sum()
        for column, count in missing.items():
            if 0 < count < len(self.frame):
                counts = {"count": int(count), "total": len(self.frame)}
                self.findings.append(
                    finding("column.incomplete", self.table, field=column, **counts)
                )
