"""Free days of the default study, counted again in plain loops over its raw files."""

import csv
from datetime import date, datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

HORIZON = range(1, 29)


def day(cell: str | datetime) -> date:
    return (datetime.strptime(cell, "%d.%m.%Y") if isinstance(cell, str) else cell).date()


class Raw:
    """The raw files, on study days: day 1 is that of the first infusion, or of diagnosis."""

    def __init__(self, folder):
        self.folder = folder
        self.book = load_workbook(folder / "trial_workbook.xlsx", data_only=True)
        self.zero = {row["Patient ID"]: row["Date of diagnosis"] for row in self.sheet("Patients")}
        doses = [(row["Patient ID"], day(row["Date"])) for row in self.sheet("Infusions")]
        self.zero = {who: day(cell) for who, cell in self.zero.items() if who.startswith("K")}
        self.zero |= {who: min(at for other, at in doses if other == who) for who, _ in doses}
        self.ends = {row["Patient ID"]: row for row in self.sheet("Outcomes")}

    def sheet(self, name: str) -> list[dict]:
        """Rows of a sheet of the workbook, by column."""
        header, *rows = self.book[name].iter_rows(values_only=True)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def lines(self, name: str) -> list[dict]:
        """Rows of a csv file, by column."""
        with open(self.folder / name, encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text, delimiter=";"))

    def study_day(self, who: str, cell) -> int:
        """Study day of a date."""
        return (day(cell) - self.zero[who]).days + 1

    def died(self, who: str) -> bool:
        """Whether a participant died by day 28."""
        end = self.ends[who]
        return end["Status"] == "died" and self.study_day(who, end["Date of death"]) <= 28

    def ventilated(self, who: str) -> set[int]:
        """Study days on which the bedside chart says so."""
        rows = [row for row in self.lines("organ_function_daily.csv") if row["Patient"] == who]
        flagged = [row["Date"] for row in rows if row["Ventilated (0/1)"] == "1"]
        return {self.study_day(who, cell) for cell in flagged}

    def on_vasopressors(self, who: str) -> set[int]:
        """Study days with a vasopressor or inotrope."""
        rows = [row for row in self.lines("vasopressors.csv") if row["Patient"] == who]
        spans = [[self.study_day(who, row[end]) for end in ("Start", "End")] for row in rows]
        return {each for first, last in spans for each in range(first, last + 1)}

    def days_after(self, who: str, event: str) -> int:
        """Days from that after a discharge to day 28; none without it."""
        left = self.ends[who][event]
        return max(0, 28 - self.study_day(who, left)) if left else 0


def after_the_last(days: set[int]) -> int:
    """Days after the last of support by day 28; a single day off is shorter than 48 hours."""
    whole = days | {each for each in HORIZON if {each - 1, each + 1} <= days}
    return 28 - max((each for each in whole if each in HORIZON), default=0)


@pytest.mark.parametrize(
    ("endpoint", "dead", "count"),
    [
        ("ventilator_free_days", 0, lambda raw, who: after_the_last(raw.ventilated(who))),
        (
            "vasopressor_free_days",
            0,
            lambda raw, who: len(set(HORIZON) - raw.on_vasopressors(who)),
        ),
        (
            "organ_support_free_days",
            -1,
            lambda raw, who: len(set(HORIZON) - raw.on_vasopressors(who) - raw.ventilated(who)),
        ),
        ("icu_free_days", 0, lambda raw, who: raw.days_after(who, "ICU discharge")),
        ("hospital_free_days", 0, lambda raw, who: raw.days_after(who, "Hospital discharge")),
    ],
)
def test_free_days_are_those_of_the_raw_files(built, endpoint, dead, count):
    raw = Raw(built / "resources/nct05283317")
    found = pd.read_parquet(built / "results/nct05283317/derived/endpoints.parquet")
    values = found[found["endpoint"].eq(endpoint)].set_index("participant_id")["value"]
    assert len(values) == 30
    expected = {who: dead if raw.died(who) else count(raw, who) for who in values.index}
    assert values.to_dict() == expected
