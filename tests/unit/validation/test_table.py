"""One table: what is set aside, what is flagged, and that all adds up."""

import json

import pandas as pd
import pytest
from sepsisflow.errors import DataError
from sepsisflow.readers.canonical import PROBLEMS
from sepsisflow.validation.table import validate_table

IL_6 = {"unit": "pg/mL", "plausible": [0.1, 5000], "possible": [0, 1000000]}


def measurements(*rows):
    """Rows of (participant, time_h, value, censoring)."""
    frame = pd.DataFrame(rows, columns=["participant_id", "time_h", "value", "censoring"])
    frame = frame.assign(
        variable="il_6", unit="pg/mL", precision="day", source_file="labs.csv",
        source_row=range(2, len(rows) + 2),
    )  # fmt: skip
    return frame.astype({"time_h": float, "value": float})


def validate(
    frame,
    problems=(),
    *,
    values_in,
    table="measurements/biomarkers",
    covariates=None,
    policy="keep",
):
    return validate_table(
        table,
        frame,
        pd.DataFrame(problems, columns=PROBLEMS),
        {"rows_in": len(frame), "values_in": values_in},
        vocabulary={"il_6": IL_6} if table.startswith("measurements") else {},
        repeats={"il_6": policy},
        covariates=covariates or {},
        source_columns={("labs.csv", "il_6"): "IL6", ("p.csv", "sex"): "Sex"},
    )


def problem(code, field, row, raw="x"):
    return {
        "code": code, "field": field, "participant_id": "A1",
        "raw": raw, "source_file": "labs.csv", "source_row": row, "source_column": "IL6",
    }  # fmt: skip


def test_impossible_values_are_set_aside_and_implausible_ones_are_flagged_and_kept():
    frame = measurements(("A1", 0, 5, "none"), ("A1", 24, -1, "none"), ("A1", 48, 6000, "none"))
    validated, findings, quarantine, accounting = validate(frame, values_in=3)
    assert validated["value"].isna().tolist() == [False, True, False]
    assert findings[["code", "source_row"]].values.tolist() == [
        ["value.implausible", 4],
        ["value.impossible", 3],
    ]
    assert quarantine[["code", "scope", "raw"]].values.tolist() == [
        ["value.impossible", "value", "-1.0 pg/mL"]
    ]
    assert accounting.iloc[0].to_dict() == {
        "table": "measurements/biomarkers",
        "rows_in": 3,
        "rows_validated": 3,
        "rows_quarantined": 0,
        "values_in": 3,
        "values_validated": 2,
        "values_quarantined": 1,
    }


def test_a_limit_is_neither_impossible_nor_implausible():
    validated, findings, _, _ = validate(measurements(("A1", 0, 0.01, "below")), values_in=1)
    assert validated["value"].tolist() == [0.01]
    assert findings.empty


def test_a_row_without_a_time_is_set_aside_whole_with_all_it_holds():
    frame = measurements(("A1", None, 5, "none"), ("A1", 24, 6, "none"))
    unreadable = problem("date.impossible", "time", 2, raw="31.02.2018")
    validated, findings, quarantine, accounting = validate(frame, [unreadable], values_in=2)
    assert validated["source_row"].tolist() == [3]
    # The cell's own finding says what is wrong; the row needs no second one.
    assert findings["code"].tolist() == ["date.impossible"]
    assert quarantine[["scope", "code"]].values.tolist() == [
        ["value", "date.impossible"],
        ["row", "row.incomplete"],
    ]
    assert quarantine.loc[0, "raw"] == "31.02.2018"
    assert json.loads(quarantine.loc[1, "raw"])["value"] == "5.0"
    assert accounting.loc[0, ["values_validated", "values_quarantined"]].tolist() == [1, 1]


def test_a_row_without_an_identifier_is_reported_where_it_stands():
    _, findings, _, _ = validate(measurements((None, 0, 5, "none")), values_in=1)
    assert findings["query"].tolist() == [
        "labs.csv, row 2: identifier, time or name of the entry is missing. Please complete it."
    ]


def test_a_row_without_an_identifier_is_reported_whatever_else_is_noted_of_it():
    noted = problem("value.declared_missing", "il_6", 2, raw="999")
    frame = measurements((None, 0, None, "none"))
    _, findings, _, _ = validate(frame, [noted], values_in=1)
    assert findings["code"].tolist() == ["value.declared_missing", "row.incomplete"]


def test_two_values_for_one_time_are_flagged_and_both_kept():
    frame = measurements(("A1", 0, 5, "none"), ("A1", 0, 6, "none"), ("A1", 24, 6, "none"))
    validated, findings, _, _ = validate(frame, values_in=3)
    assert len(validated) == 3
    assert findings[["code", "source_row"]].values.tolist() == [["measurement.repeated", 3]]


def test_rows_or_values_that_do_not_add_up_stop_the_job():
    with pytest.raises(DataError) as error:
        validate(measurements(("A1", 0, 5, "none")), values_in=2)
    assert str(error.value) == (
        "measurements/biomarkers: 2 values were read, but 1 validated and 0 set aside. "
        "Please report this fault."
    )


def participants(**columns):
    size = len(columns["participant_id"])
    defaults = {
        "arm": "msc", "site": None, "age_years": 50.0, "sex": "female", "weight_kg": 70.0,
        "height_cm": float("nan"), "origin": pd.Timestamp(2018, 2, 1), "source_file": "p.csv",
        "source_row": range(2, size + 2),
    }  # fmt: skip
    names = ["participant_id", *defaults]
    frame = pd.DataFrame({**defaults, **columns}, index=range(size))
    return frame[[*names, *(name for name in frame if name not in names)]]


def test_a_weight_that_no_adult_has_is_flagged_and_an_impossible_one_set_aside():
    frame = participants(participant_id=["A1", "A2"], weight_kg=[20.0, 0.1])
    validated, findings, _, _ = validate(frame, values_in=10, table="participants")
    assert validated["weight_kg"].isna().tolist() == [False, True]
    assert findings["code"].tolist()[:2] == ["value.implausible", "value.impossible"]


def test_a_participant_whose_arm_cannot_be_read_is_set_aside():
    frame = participants(participant_id=["A1", "A2"], arm=["msc", None])
    unread = {**problem("code.unmapped", "arm", 3, raw="??"), "source_file": "p.csv"}
    validated, _, quarantine, _ = validate(frame, [unread], values_in=10, table="participants")
    assert validated["participant_id"].tolist() == ["A1"]
    assert quarantine["scope"].tolist() == ["value", "row"]


def test_a_second_entry_for_an_identifier_is_set_aside():
    frame = participants(participant_id=["A1", "A1", "A2"])
    validated, findings, quarantine, _ = validate(frame, values_in=15, table="participants")
    assert validated["participant_id"].tolist() == ["A1", "A2"]
    assert findings["code"].tolist() == ["participant.duplicate"]
    assert quarantine[["scope", "source_row"]].values.tolist() == [["row", 3]]


def test_a_code_that_the_schema_refuses_is_set_aside():
    frame = participants(participant_id=["A1", "A2"], sex=["female", "Frau"])
    validated, findings, quarantine, _ = validate(frame, values_in=10, table="participants")
    assert validated["sex"].isna().tolist() == [False, True]
    assert findings[["code", "field"]].values.tolist() == [
        ["value.invalid", "sex"],
        ["column.incomplete", "sex"],
    ]
    assert quarantine["raw"].tolist() == ["Frau"]


def test_a_column_that_some_lack_is_noted_with_its_count():
    frame = participants(participant_id=["A1", "A2"], smoker=[True, None])
    frame["smoker"] = frame["smoker"].astype("boolean")
    covariates = {"smoker": {"type": "boolean"}}
    _, findings, _, _ = validate(frame, values_in=11, table="participants", covariates=covariates)
    assert findings[["severity", "query"]].values.tolist() == [
        ["note", "participants, smoker: not recorded for 1 of 2 participants."]
    ]


def repeated(policy, *values, values_in):
    """Rows for one time, and one for another, under a policy."""
    rows = [("A1", 0, *value) for value in values]
    frame = measurements(*rows, ("A1", 24, 1, "none"))
    return validate(frame, values_in=values_in, policy=policy)


@pytest.mark.parametrize(
    ("policy", "kept", "words"),
    [
        ("first", 5, "the first entry counts"),
        ("last", 6, "the last entry counts"),
        ("lowest", 3, "the lowest value counts"),
        ("highest", 9, "the highest value counts"),
    ],
)
def test_of_several_values_the_declared_one_stays_and_the_others_are_set_aside(policy, kept, words):
    values = [(5, "none"), (9, "none"), (None, "none"), (3, "none"), (6, "none")]
    validated, findings, quarantine, accounting = repeated(policy, *values, values_in=5)
    at_once = validated.loc[validated["time_h"] == 0, "value"].dropna()
    assert at_once.tolist() == [kept]
    assert findings["query"].str.endswith(
        f"column 'IL6': there is another entry for this time; {words}. Which is right?"
    ).tolist() == [True] * 3  # fmt: skip
    assert quarantine[["code", "scope"]].values.tolist() == [["measurement.repeated", "row"]] * 3
    assert accounting.loc[0, ["rows_in", "rows_validated"]].tolist() == [6, 3]
    assert accounting.loc[0, ["values_validated", "values_quarantined"]].tolist() == [2, 3]


def test_of_equal_values_the_first_counts():
    validated, _, _, _ = repeated("highest", (5, "none"), (5, "none"), values_in=3)
    assert validated["source_row"].tolist() == [2, 4]


def test_values_that_may_not_be_repeated_are_all_set_aside_as_errors():
    validated, findings, _, accounting = repeated("refuse", (5, "none"), (6, "none"), values_in=3)
    assert validated["source_row"].tolist() == [4]
    assert findings[["code", "severity", "source_row"]].values.tolist() == [
        ["measurement.refused", "error", 2],
        ["measurement.refused", "error", 3],
    ]
    assert accounting.loc[0, ["values_validated", "values_quarantined"]].tolist() == [1, 2]


def test_a_dose_beyond_the_range_of_its_agent_is_flagged_or_set_aside():
    frame = pd.DataFrame(
        {
            "participant_id": "A1", "agent": ["norepinephrine"] * 3 + ["sedation"],
            "start_h": 0.0, "end_h": 1.0, "dose": [0.5, 5, 50, None], "unit": "ug/kg/min",
            "route": None, "source_file": "v.csv", "source_row": [2, 3, 4, 5],
        }
    )  # fmt: skip
    validated, findings, _, _ = validate_table(
        "interventions",
        frame,
        pd.DataFrame(columns=PROBLEMS),
        {"rows_in": 4, "values_in": 3},
        vocabulary={
            "norepinephrine": {"unit": "ug/kg/min", "plausible": [0, 3], "possible": [0, 20]},
            "sedation": {"unit": "1"},
        },
        repeats={},
        covariates={},
        source_columns={("v.csv", "dose"): "Rate"},
    )
    assert validated["dose"].isna().tolist() == [False, False, True, True]
    assert findings[["code", "source_row", "source_column"]].values.tolist() == [
        ["value.implausible", 3, "Rate"],
        ["value.impossible", 4, "Rate"],
    ]
