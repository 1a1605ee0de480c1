"""Rules across the keys of `sources`, and in which words each refuses."""

import pytest
from study_example import changed, complaints, loaded

# One change of the example, and all that is said of it.
MISTAKES = [
    (
        "          charlson: Charlson\n",
        "          charlson: Charlson\n          diabets: Diabetes\n",
        "sources.people.maps[1].fields.diabets: neither a column of participants nor a declared "
        "covariate; did you mean 'diabetes'?",
    ),
    (
        "          il_6: {column",
        "          il6: {column: IL6, unit: pg/mL}\n          il_6: {column",
        "sources.laboratory.maps[1].values.il6: there is no variable 'il6' in "
        "resources/codelists/variables.yaml; did you mean 'il_6'?",
    ),
    (
        "          value: Result\n",
        "",
        "sources.laboratory.maps[2]: give 'values' (a column per variable), or the fields "
        "'variable' and 'value' (a row per value).",
    ),
    (
        "time: {column: Day, as: study_day}}",
        "time: {column: Day, as: study_day}, value: Result}",
        "sources.laboratory.maps[1].fields.value: 'value' is for files with one row per value; "
        "remove it, or 'values'.",
    ),
    (
        "codes: {N: new, P: null}",
        "codes: {N: nwe, P: new}",
        "sources.people.maps[1].fields.arm.codes.N: there is no arm 'nwe' in the study's arms; "
        "did you mean 'new'?",
    ),
    (
        "codes: {CRP: crp, other: null}",
        "codes: {C-RP: cpr}",
        "sources.laboratory.maps[2].fields.variable.codes['C-RP']: there is no variable 'cpr' in "
        "resources/codelists/variables.yaml; did you mean 'crp'?",
    ),
    (
        "constant: death",
        "constant: died",
        "sources.people.maps[2].fields.event.constant: there is no event 'died' in "
        "resources/codelists/events.yaml; valid: 'death', 'icu_discharge', 'icu_readmission', "
        "'hospital_discharge', 'hospital_readmission', 'last_contact', 'known_alive', 'culture'.\n"
        "sources: no source fills events with 'death'.",
    ),
    (
        "codes: {f: female, m: male}",
        "codes: {f: femal, m: male}",
        "sources.people.maps[1].fields.sex.codes.f: 'femal' is no level of 'sex'; did you mean "
        "'female' or 'male'?",
    ),
    (
        "codes: {yes: true, no: false}",
        "codes: {yes: 1, no: false}",
        "sources.people.maps[1].fields.diabetes.codes.yes: 'diabetes' is boolean: write true or "
        "false, not '1'.",
    ),
    (
        "diabetes: {column: Diabetes, codes: {yes: true, no: false}}",
        "diabetes: Diabetes",
        "sources.people.maps[1].fields.diabetes: needs 'codes': which texts of the column mean "
        "true and which false.",
    ),
    (
        "charlson: Charlson",
        "charlson: {column: Charlson, codes: {low: 1}}",
        "sources.people.maps[1].fields.charlson.codes: 'charlson' is a number and has no codes; "
        "remove them.",
    ),
    (
        "variable: {column: Test, codes: {CRP: crp, other: null}}",
        "variable: Test",
        "sources.laboratory.maps[2].fields.variable: needs 'codes': what each text of the column "
        "means.",
    ),
    (
        "unit: pg/mL",
        "unit: pmol/mL",
        "sources.laboratory.maps[1].values.il_6.unit: 'pmol/mL' is not a known unit of 'il_6'; did "
        "you mean 'pg/mL'?",
    ),
    (
        "{column: IL-6, unit: pg/mL}",
        "IL-6",
        "sources.laboratory.maps[1].values.il_6.unit: missing; 'il_6' has a unit (as pg/mL): say "
        "which.",
    ),
    (
        "          unit: {constant: mg/L}\n",
        "",
        "sources.laboratory.maps[2].fields.unit: missing; 'crp' has a unit (as mg/L): say which.",
    ),
    (
        "    file: laboratory.csv\n",
        '    file: laboratory.csv\n    thousands: "."\n',
        "sources.laboratory.thousands: is the decimal mark too.",
    ),
    (
        "unit: {column: Unit}",
        "unit: {column: Unit, absent: U/L}",
        "sources.laboratory.maps[1].values.creatinine.unit.absent: 'U/L' is not a known unit of "
        "'creatinine'; did you mean 'ug/L' or 'umol/L' or 'g/L'?",
    ),
    (
        "unit: {column: Unit}",
        "unit: {column: Unit, absent: {creatinine: mg/dL, urea: mmol/L}}",
        "sources.laboratory.maps[1].values.creatinine.unit.absent.urea: 'urea' is not read by this "
        "map; valid: 'creatinine'.",
    ),
    (
        "unit: {column: Unit}",
        "unit: {column: Unit, codes: {old: U/L}}",
        "sources.laboratory.maps[1].values.creatinine.unit.codes.old: 'U/L' is no unit that any of "
        "these variables is read in.",
    ),
    (
        "unit: kg",
        "unit: lb",
        "sources.people.maps[1].fields.weight_kg.unit: 'lb' is not a known unit of 'weight_kg'; "
        "valid: 'kg', 'g', 'mg', 'ug'.",
    ),
    (
        "column: Diabetes,",
        "column: Diabetes, unit: kg,",
        "sources.people.maps[1].fields.diabetes.unit: 'diabetes' has no unit; remove it.",
    ),
    (
        "unit: 10*6",
        "unit: mL",
        "sources.people.maps[3].fields.dose.unit: 'mL' is not a known unit of 'msc'; valid: "
        "'10*6', '%', '1', '10*9'.",
    ),
    (
        "          origin: {column: Enrolled}\n",
        "",
        "sources.people.maps[2].fields.time: is a date, but no map of participants gives 'origin' "
        "to count it from; map it, or say 'as': study_day, days or hours.\n"
        "sources.people.maps[3].fields.start: is a date, but no map of participants gives 'origin' "
        "to count it from; map it, or say 'as': study_day, days or hours.",
    ),
    (
        'ignored: ["no"]',
        'ignored: ["no", "yes"]',
        "sources.people.maps[2].when.ignored[2]: 'yes' is in 'one_of' too.",
    ),
    (
        "time: {column: Death}",
        "time: {constant: 5}",
        "sources.people.maps[2].fields.time: a constant needs 'as': study_day, days or hours from "
        "the origin.",
    ),
    (
        "          charlson: Charlson\n",
        "",
        "covariates.charlson: no source fills participants with 'charlson'.",
    ),
    (
        "field: age_years",
        "field: height_cm",
        "eligibility[1].field: no source fills participants with 'height_cm'.",
    ),
    (
        "variables: [il_6]",
        "variables: [il_6, il_10]",
        "biomarkers.cytokines.variables[2]: no source fills measurements with 'il_10'.",
    ),
    ("N: new, P: null", "P: null", "arms.new: no source maps a participant to this arm."),
    (
        "agent: {constant: msc}",
        "agent: {constant: antibiotic}",
        "arms.new.time_zero.first_dose_of: no source fills interventions with 'msc'.\n"
        "sources.people.maps[3].fields.dose.unit: '10*6' is not a known unit of 'antibiotic'; "
        "valid: 'g', 'mg', 'ug', 'kg'.",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=lambda text: text[:40])
def test_each_mistake_gets_its_own_words(tmp_path, old, new, said):
    assert sorted(complaints(tmp_path, changed((old, new)))) == sorted(said.split("\n"))


def with_date_format(text: str) -> str:
    """The example, the dates of its people written in this format."""
    return changed(("file: people.csv\n", f"file: people.csv\n    date_format: {text!r}\n"))


UNREADABLE = (
    "has a directive that Python's strptime cannot read, or one twice; write it like '%d.%m.%Y' or "
    "'%Y-%m-%d %H:%M'."
)
INCOMPLETE = "does not give day, month and year; write it like '%d.%m.%Y'."


@pytest.mark.parametrize(
    ("date_format", "said"),
    [
        ("%d.%m.%Q", f"'%d.%m.%Q' {UNREADABLE}"),
        ("%e.%m.%Y", f"'%e.%m.%Y' {UNREADABLE}"),
        ("%d.%m.%Y %H:%m", f"'%d.%m.%Y %H:%m' {UNREADABLE}"),
        ("%d.%m.%Y %", f"'%d.%m.%Y %' {UNREADABLE}"),
        ("%d.%m.", f"'%d.%m.' {INCOMPLETE}"),
        ("%d.%M.%Y", f"'%d.%M.%Y' {INCOMPLETE}"),
        (
            "days since 1960-02-30",
            "there is no date '1960-02-30'; days cannot be counted from it.",
        ),
    ],
)
def test_a_date_format_in_which_no_date_can_be_read_is_refused(tmp_path, date_format, said):
    assert complaints(tmp_path, with_date_format(date_format)) == [
        f"sources.people.date_format: {said}"
    ]


@pytest.mark.parametrize(
    "date_format",
    ["%d.%m.%Y", "%m/%d/%y", "%d %b %Y", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%j", "days since 1960-01-01"],
)
def test_a_date_format_in_which_dates_can_be_read_is_accepted(tmp_path, date_format):
    loaded(tmp_path, with_date_format(date_format))


def test_a_severity_may_stand_for_a_grade_of_1_to_5_only(tmp_path):
    harm = """\
      - table: adverse_events
        fields:
          participant_id: ID
          start: {column: Day, as: study_day}
          term: What
          grade: {column: Severity, codes: {MILD: 1, LETHAL: %s}}
eligibility:
"""
    loaded(tmp_path, changed(("eligibility:\n", harm % 5)))
    assert complaints(tmp_path, changed(("eligibility:\n", harm % 6))) == [
        "sources.laboratory.maps[3].fields.grade.codes.LETHAL: must be at most 5, not 6."
    ]
