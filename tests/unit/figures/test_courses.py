"""Individual courses: the values that the estimates rest on."""

import pandas as pd
from sepsisflow.figures.courses import panel_courses, score_courses

ANALYSIS_SET = pd.DataFrame(
    {"participant_id": ["A", "X"], "arm": ["msc", "control"], "time_zero_h": [36.0, 0.0]}
)


def derived(rows, columns):
    return pd.DataFrame(rows, columns=["participant_id", "time_h", *columns]).assign(
        source_file="crf.xlsx", source_row=range(2, len(rows) + 2)
    )


def test_scores_are_of_one_definition_and_counted_from_time_zero():
    scores = derived(
        [
            ("A", 36.0, "recorded", 9.0),
            ("A", 36.0, "sofa1996", 11.0),
            ("A", 84.0, "recorded", 7.0),
            ("X", 36.0, "recorded", 8.0),
            ("stranger", 0.0, "recorded", 24.0),
        ],
        ["definition", "score"],
    )
    courses = score_courses(scores, ANALYSIS_SET, definition="recorded")
    kept = courses[["participant_id", "arm", "study_day", "value"]].to_numpy().tolist()
    assert kept == [["A", "msc", 1, 9.0], ["A", "msc", 3, 7.0], ["X", "control", 2, 8.0]]


def test_the_first_value_of_a_day_counts_for_each_variable():
    values = derived(
        [
            ("A", 50.0, "crp", 80.0, "none"),
            ("A", 40.0, "crp", 120.0, "none"),
            ("A", 40.0, "il_6", 1.5, "below"),
            ("X", 0.0, "sodium", 140.0, "none"),
        ],
        ["variable", "value", "censoring"],
    )
    courses = panel_courses(values, ANALYSIS_SET, variables=["il_6", "crp"])
    kept = courses[["variable", "study_day", "value", "censoring"]].to_numpy().tolist()
    assert kept == [["il_6", 1, 1.5, "below"], ["crp", 1, 120.0, "none"]]
