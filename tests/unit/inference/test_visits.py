"""One value per participant and study day."""

import numpy as np
import pandas as pd
from sepsisflow.inference.visits import courses, daily_values


def values(rows: list[tuple[str, float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "time_h", "value"])
    return table.assign(source_file="lab.csv", source_row=range(2, len(table) + 2))


def analysed(time_zero_h: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"participant_id": ["A", "B"], "arm": "msc", "time_zero_h": time_zero_h})


def test_day_1_is_the_first_24_hours_from_time_zero():
    table = values([("A", 11.9, 1), ("A", 12.0, 2), ("A", 35.9, 3), ("A", 36.0, 4)])
    daily = daily_values(table, analysed(12.0))
    assert daily["study_day"].tolist() == [0, 1, 2]
    assert daily["value"].tolist() == [1, 2, 4]


def test_the_first_value_of_a_day_counts_and_of_one_time_the_first_in_the_file():
    table = values([("A", 5.0, 1), ("A", 2.0, 2), ("A", 2.0, 3)])
    assert daily_values(table, analysed())["value"].tolist() == [2]


def test_missing_values_and_people_not_analysed_are_passed_over():
    table = values([("A", 1.0, np.nan), ("A", 2.0, 7), ("X", 1.0, 9)])
    assert daily_values(table, analysed())["value"].tolist() == [7]


def test_courses_have_a_column_for_every_day_asked_for():
    daily = daily_values(values([("A", 0.0, 1), ("A", 48.0, 2), ("B", 100.0, 3)]), analysed())
    course = courses(daily, days=[1, 3, 9])
    assert course.columns.tolist() == [1, 3, 9]
    assert course.index.tolist() == ["A"]
    assert course.loc["A"].tolist()[:2] == [1, 2]
    assert np.isnan(course.loc["A", 9])
