"""MIMIC-IV in synthetic miniature: units, limits, comments, who belongs to whom, what is lost."""

import gzip
import hashlib

import pandas as pd
import pytest
from icu_folder import write_database
from sepsisflow.configuration.raw_files import check_sources
from sepsisflow.errors import DataError
from sepsisflow.readers.databases.plan import database_plan
from sepsisflow.schemas.check import check
from sepsisflow.schemas.findings import Findings, Quarantine
from sepsisflow.schemas.measurements import Measurements

TROPONIN, PO2, SPECIMEN, POTASSIUM, PLATELETS = "51003", "50821", "52033", "50971", "51265"


def measured(read, kind="validated"):
    tables = getattr(read, kind)
    names = [name for name in tables if name.startswith("measurements/")]
    return pd.concat([tables[name] for name in names], ignore_index=True)


def of_participant(frame, participant="201"):
    return frame[frame["participant_id"] == participant]


def read_each(folder, table, rows):
    """Value, censoring, code of finding, and what is set aside, of each row of one table."""
    read = folder.read(**{table: rows})
    frames = {
        kind: measured(read, kind).set_index("source_row")
        for kind in ("validated", "findings", "quarantine")
    }
    given = []
    for at in range(2, len(rows) + 2):
        value = frames["validated"].loc[at]
        code = frames["findings"]["code"].get(at)
        aside = frames["quarantine"]["raw"].get(at)
        given.append((value["value"], value["censoring"], code, aside))
    return given


def troponin(**cells):
    return {"valueuom": "ng/mL", "itemid": TROPONIN, **cells}


NUMBERS = [
    ({"valuenum": "0.3", "value": "0.3"}, 0.3, "none"),
    ({"valuenum": "0.3", "value": "___"}, 0.3, "none"),
    ({"value": "0.3"}, 0.3, "none"),
    ({"value": "1,250"}, 1250, "none"),
    ({"value": "<0.2"}, 0.2, "below"),
    ({"value": " <= 0.2 "}, 0.2, "below"),
    ({"value": "<0.2", "valuenum": "0.2"}, 0.2, "below"),
    ({"value": ">10"}, 10, "above"),
    ({"value": "LESS THAN 0.2"}, 0.2, "below"),
    ({"value": "more than 10"}, 10, "above"),
    ({"comments": "<0.01."}, 0.01, "below"),
    ({"value": "___", "comments": "<3*."}, 3, "below"),
    ({"comments": "GREATER THAN 20.  VERIFIED."}, 20, "above"),
    ({"comments": "<0.01.  cTropnT > 0.10 ng/mL suggests Acute MI."}, 0.01, "below"),
    ({"comments": "0.25."}, 0.25, "none"),
    ({"valuenum": "0.3", "comments": ">0.10 SUGGESTS ACUTE MI."}, 0.3, "none"),
]


def test_the_number_is_read_wherever_the_laboratory_wrote_it(folder):
    given = read_each(folder, "labevents", [troponin(**cells) for cells, *_ in NUMBERS])
    # 1,250 ng/mL of troponin can be read and is impossible.
    assert [value for value, *_ in given if value == value] == [
        value for _, value, _ in NUMBERS if value < 1000
    ]
    assert [each[1] for each in given] == [censoring for *_, censoring in NUMBERS]
    assert [each[2] for each in given if each[2]] == ["value.impossible"]


def test_what_is_not_certainly_a_number_is_a_finding_never_a_guess(folder):
    texts = ["1-2", "1_000", "inf", "nan", "0.3 0.4", "2+", "0,3", "1,25", "<", "0x1", "NEG"]
    rows = [troponin(valuenum=text) for text in texts]
    comments = ["12 HOURS AFTER THE DOSE", "1-2", "<0.01 OR LESS", "0.1.2"]
    rows += [troponin(comments=text) for text in comments]
    given = read_each(folder, "labevents", rows)
    assert [each[3] for each in given] == [*texts, *comments]
    assert {each[2] for each in given} == {"value.unreadable"}
    assert pd.isna([each[0] for each in given]).all()


def test_a_text_that_says_there_is_no_result_is_set_aside_with_a_note(folder):
    cells = [
        {"value": "___"},
        {"value": "HOLD.  DISCARD GREATER THAN 4 HOURS OLD."},
        {"value": "___", "comments": "UNABLE TO REPORT."},
        {"comments": "Specimen clotted"},
    ]
    given = read_each(folder, "labevents", [troponin(**each) for each in cells])
    assert [each[2] for each in given] == ["value.declared_missing"] * 4
    assert [each[3] for each in given] == ["___", cells[1]["value"], "___", "Specimen clotted"]


def test_a_unit_is_never_guessed(folder):
    rows = [troponin(valuenum="0.3", valueuom=unit) for unit in ("", "mg/kg", "?", "mEq/L")]
    given = read_each(folder, "labevents", rows)
    assert [each[2] for each in given] == ["unit.missing", *["unit.unknown"] * 3]
    assert [each[3] for each in given] == ["0.3"] * 4
    assert pd.isna([each[0] for each in given]).all()


def test_charted_values_stand_in_the_canonical_unit(folder):
    cases = [
        ("223761", "98.6", "°F", 37),
        ("223762", "37", "°C", 37),
        ("223835", "40", "", 0.4),
        ("223835", "0.4", "", 0.4),
        ("220045", "80", "bpm", 80),
    ]
    rows = [{"itemid": item, "valuenum": n, "valueuom": unit} for item, n, unit, _ in cases]
    given = read_each(folder, "chartevents", rows)
    expected = [value for *_, value in cases]
    assert [each[0] for each in given] == pytest.approx(expected, abs=1e-6)
    assert {each[2] for each in given} == {None}


def test_an_oxygen_fraction_that_is_neither_fraction_nor_percentage_is_a_finding(folder):
    (given,) = read_each(folder, "chartevents", [{"itemid": "223835", "valuenum": "10"}])
    assert given[2] == "unit.unknown"


def charted(folder, item, number, unit, **cells):
    row = {"itemid": item, "valuenum": number, "valueuom": unit, **cells}
    read = folder.read(chartevents=[row])
    return measured(read), measured(read, "findings")["code"].tolist()


def test_categories_are_kept_as_written(folder):
    rows, codes = charted(folder, "226732", "", "", value="Trach mask ")
    assert rows[["variable", "text"]].values.tolist() == [["oxygen_device", "Trach mask"]]
    assert rows["value"].isna().all()
    assert codes == []


def test_the_wording_of_a_coma_scale_is_kept_beside_its_number(folder):
    rows, _ = charted(folder, "223900", "1", "", value="No Response-ETT")
    assert rows[["value", "text"]].values.tolist() == [[1, "No Response-ETT"]]


def test_only_specimens_called_arterial_give_arterial_values(folder):
    gas = {"itemid": PO2, "valuenum": "90", "valueuom": "mm Hg"}
    read = folder.read(
        labevents=[
            {"itemid": SPECIMEN, "value": "ART.", "specimen_id": "1"},
            {"itemid": SPECIMEN, "value": "VEN.", "specimen_id": "2"},
            *({**gas, "specimen_id": str(each)} for each in (1, 2, 3)),
        ]
    )
    rows = measured(read).dropna(subset="value").sort_values("source_row")
    assert rows["variable"].tolist() == ["pao2", "po2", "po2"]


def test_impossible_values_are_set_aside_and_implausible_ones_flagged(folder):
    rates = [
        {"itemid": "220045", "valuenum": number, "valueuom": "bpm"} for number in ("400", "240")
    ]
    read = folder.read(chartevents=rates)
    assert measured(read)["value"].isna().tolist() == [True, False]
    found = measured(read, "findings")
    assert found["code"].tolist() == ["value.impossible", "value.implausible"]
    assert found["query"].tolist()[0] == (
        "icu/chartevents.csv.gz, row 2, column 'valuenum': no living patient has this value. "
        "Please check value and unit."
    )
    assert measured(read, "quarantine")[["raw", "values"]].values.tolist() == [["400.0 /min", 1]]


def test_a_laboratory_row_belongs_to_every_stay_of_its_subject_at_its_own_time(folder):
    row = {"itemid": TROPONIN, "valueuom": "ng/mL", "valuenum": "1", "subject_id": "1"}
    read = folder.read(labevents=[{**row, "charttime": "2150-01-02 00:00:00"}])
    rows = measured(read)[["participant_id", "time_h", "source_row"]]
    assert rows.values.tolist() == [["101", 24.0, 2], ["102", -72.0, 2]]


def test_rows_of_people_who_are_no_participants_are_counted_in_one_note(folder):
    row = {"itemid": TROPONIN, "valueuom": "ng/mL", "valuenum": "1", "subject_id": "77"}
    read = folder.read(labevents=[row, row])
    assert len(measured(read)) == 0

    def notes(read):
        found = read.findings["participants"]
        return found.loc[found["code"] == "source.outside", "query"].tolist()

    assert notes(folder.read(labevents=[{**row, "subject_id": "1"}])) == []
    assert notes(read) == [
        "hosp/labevents.csv.gz: 2 rows of people who are no participants were not read."
    ]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"charttime": "2150-02-30 10:00:00"}, ["date.impossible"]),
        ({"charttime": ""}, ["row.incomplete"]),
        ({"stay_id": ""}, ["row.incomplete"]),
    ],
)
def test_a_row_that_cannot_be_placed_is_set_aside_whole(folder, cells, codes):
    row = {"itemid": "220045", "valuenum": "80", "valueuom": "bpm", **cells}
    read = folder.read(chartevents=[row])
    assert len(measured(read)) == 0
    assert len(measured(read, "ingested")) == 1
    assert measured(read, "findings")["code"].tolist() == codes
    quarantine = measured(read, "quarantine")
    assert quarantine["scope"].tolist().count("row") == 1


def test_values_at_one_time_are_all_kept(folder):
    row = {"itemid": "220052", "valueuom": "mmHg", "valuenum": "70"}
    read = folder.read(chartevents=[row, {**row, "itemid": "220181"}, row])
    assert measured(read)["value"].tolist() == [70, 70, 70]
    assert len(measured(read, "findings")) == 0


def mixture():
    """Rows with every kind of trouble, and sound ones between them."""
    charts = [
        {
            "itemid": item,
            "valuenum": str(number),
            "valueuom": unit,
            "stay_id": str(101 + number % 2),
            "charttime": f"2150-01-0{1 + number % 9} 10:00:00",
        }
        for number in range(300)
        for item, unit in (("220045", "bpm"), ("223761", "°F"), ("220277", "%"), ("999", ""))
    ]
    labs = [
        {"itemid": item, "valuenum": number, "value": text, "comments": comment, "valueuom": unit}
        | {"subject_id": subject, "specimen_id": str(at)}
        for at, (number, text, comment) in enumerate(
            [("1", "1", ""), ("", "<1", ""), ("", "___", "<2."), ("x", "", ""), ("", "HOLD", "")]
            * 40
        )
        for subject in ("1", "2", "3", "")
        for item, unit in ((TROPONIN, "ng/mL"), (POTASSIUM, "mEq/L"), (PO2, "kg"))
    ]
    return {"chartevents": charts, "labevents": labs}


def digests(read):
    return {
        (kind, table): hashlib.sha256(path.read_bytes()).hexdigest()
        for kind, tables in read.outputs.items()
        for table, path in tables.items()
    }


def test_every_file_is_the_same_bytes_whatever_the_threads(folder):
    once = folder.read(threads=1, into="one", **mixture())
    twice = folder.read(threads=2, into="two", **mixture())
    assert digests(once) == digests(twice)


def test_rows_and_values_read_are_those_validated_and_set_aside(folder):
    read = folder.read(**mixture())
    for table, accounting in read.accounting.items():
        row = accounting.iloc[0]
        for what in ("rows", "values"):
            assert row[f"{what}_in"] == row[f"{what}_validated"] + row[f"{what}_quarantined"], table
    totals = (
        pd.concat(read.accounting.values()).set_index("table").filter(like="measurements/", axis=0)
    )
    # 900 charted rows; 200 laboratory rows of 3 items, of subjects with two, one, no stay, unnamed.
    assert totals["rows_in"].sum() == 900 + 200 * 3 * (2 + 1 + 0 + 1)
    assert totals["rows_quarantined"].sum() == 200 * 3


def test_every_table_satisfies_its_schema(folder):
    read = folder.read(**mixture())
    for table, frame in read.validated.items():
        if table.startswith("measurements/"):
            check(frame, Measurements, table)
            check(read.findings[table], Findings, table)
            check(read.quarantine[table], Quarantine, table)


def test_rows_stand_in_the_order_of_file_and_row(folder):
    read = folder.read(**mixture())
    for kind in ("ingested", "validated"):
        for table, frame in getattr(read, kind).items():
            places = frame[["source_file", "source_row"]]
            assert places.equals(places.sort_values(list(places), kind="stable")), table


def test_nothing_is_left_beside_the_results(folder):
    read = folder.read(**mixture())
    left = {path for path in (folder.path / "results").rglob("*") if path.is_file()}
    assert left == {path for tables in read.outputs.values() for path in tables.values()}


# ---- treatments, people, events ----


def test_doses_stand_in_the_agents_canonical_unit(folder):
    cases = [
        ("221906", "0.1", "mcg/kg/min", 0.1),
        ("221906", "0.0001", "mg/kg/min", 0.1),
        ("221749", "80", "mcg/min", 1),
        ("222315", "2.4", "units/hour", 0.04),
        ("222315", "0.04", "units/min", 0.04),
    ]
    rows = [
        {"itemid": item, "rate": rate, "rateuom": unit, "patientweight": "80"}
        for item, rate, unit, _ in cases
    ]
    given = folder.read(inputevents=rows).validated["interventions"]
    assert given["dose"].tolist() == pytest.approx([dose for *_, dose in cases], rel=1e-12)
    assert given[["start_h", "end_h"]].drop_duplicates().values.tolist() == [[1.0, 2.5]]


def test_a_dose_is_never_guessed(folder):
    cases = [
        ({"rateuom": "mL/hour"}, "unit.unknown"),
        ({"rateuom": ""}, "unit.missing"),
        ({"rateuom": "mcg/min", "patientweight": ""}, "unit.unknown"),
        ({"rate": "fast"}, "value.unreadable"),
        ({"endtime": "2150-13-01 00:00:00"}, "date.impossible"),
    ]
    row = {"itemid": "221906", "rate": "0.1", "rateuom": "mcg/kg/min", "patientweight": "80"}
    read = folder.read(inputevents=[{**row, **cells} for cells, _ in cases])
    found = read.findings["interventions"].dropna(subset="source_row").set_index("source_row")
    assert found["code"].sort_index().tolist() == [code for _, code in cases]
    accounting = read.accounting["interventions"].iloc[0]
    assert (accounting["rows_in"], accounting["values_in"]) == (5, 5)


def test_ventilation_is_an_interval_without_dose(folder):
    given = folder.read(procedureevents=[{"itemid": "225792"}]).validated["interventions"]
    assert given[["agent", "start_h", "end_h"]].values.tolist() == [
        ["mechanical_ventilation", 1.0, 2.5]
    ]
    assert given["dose"].isna().all()


def test_a_participant_is_a_stay_with_age_at_its_start(folder):
    weights = [
        {"itemid": "226512", "valuenum": number, "valueuom": "kg", "charttime": when}
        for number, when in (("81", "2150-01-03 10:00:00"), ("80", "2150-01-02 13:00:00"))
    ]
    people = folder.read(chartevents=weights).validated["participants"]
    assert people["participant_id"].tolist() == ["101", "102", "201"]
    assert people["age_years"].tolist() == [61, 61, 70]
    assert people["sex"].tolist() == ["female", "female", "male"]
    assert people["subject_id"].tolist() == ["1", "1", "2"]
    assert people["hadm_id"].tolist() == ["11", "11", "22"]
    assert people["weight_kg"].tolist()[2] == 80


def test_the_first_weight_of_a_stay_is_its_participants_whether_of_admission_or_daily(folder):
    weights = [
        {"itemid": item, "valuenum": number, "valueuom": "kg", "charttime": f"2150-01-02 {hour}:00"}
        for item, number, hour in (("226512", "80", "14:00"), ("224639", "81", "13:00"))
    ]
    read = folder.read(chartevents=weights)
    assert read.validated["participants"]["weight_kg"].tolist()[2] == 81
    severity = read.validated["measurements/severity"]
    assert severity["variable"].tolist() == ["weight_admission", "weight"]


def test_blanks_around_an_identifier_lose_nobody(folder):
    stay = {
        "subject_id": "2 ",
        "hadm_id": " 22",
        "stay_id": " 201",
        "intime": "2150-01-02 12:00:00",
        "outtime": "2150-01-04 00:00:00",
    }
    weight = {"itemid": "226512", "valuenum": "80", "valueuom": "kg", "stay_id": "201 "}
    read = folder.read(icustays=[stay], chartevents=[weight])
    people = read.validated["participants"]
    assert people[["participant_id", "sex", "weight_kg"]].values.tolist() == [["201", "male", 80]]
    assert read.accounting["participants"]["values_in"].tolist() == [6]
    assert len(read.validated["events"]) == 3


def test_an_age_that_is_no_number_of_a_person_is_a_finding(folder):
    subject = {"subject_id": "2", "gender": "M", "anchor_age": "inf", "anchor_year": "2150"}
    read = folder.read(patients=[subject])
    assert of_participant(read.validated["participants"])["age_years"].isna().all()
    found = of_participant(read.findings["participants"])
    assert found["code"].tolist() == ["value.unreadable"]


def test_of_a_subject_that_stands_twice_the_first_row_counts(folder):
    first = {"gender": "F", "anchor_age": "60", "anchor_year": "2150"}
    others = [{**first, "gender": "M", "anchor_age": str(20 + at % 50)} for at in range(5000)]
    subjects = [{"subject_id": "2", **each} for each in (first, *others)]
    people = folder.read(patients=subjects, threads=4).validated["participants"]
    assert of_participant(people)[["sex", "age_years"]].values.tolist() == [["female", 60]]


@pytest.mark.parametrize("name", ["d[1]", "q?", "a*b", "o'x"])
def test_a_folder_is_read_under_its_own_name_whatever_its_signs(make_folder, tmp_path, name):
    row = {"itemid": "220045", "valueuom": "bpm"}
    folders = {}
    for each, value in ((name, "80"), ("d1", "81"), ("qq", "82"), ("axb", "83")):
        folders[each] = make_folder(tmp_path / each)
        write_database(folders[each].path / "data", chartevents=[{**row, "valuenum": value}])
    assert measured(folders[name].ingest())["value"].tolist() == [80]


def test_a_death_known_by_date_lies_between_its_midnights(folder):
    events = folder.read().validated["events"]
    death = events[events["event"] == "death"]
    # Stay 201 starts on 2 January at noon; the patient died on the 11th.
    assert death[["participant_id", "earliest_h", "latest_h"]].values.tolist() == [
        ["201", 204.0, 228.0]
    ]
    left = events[events["event"] == "hospital_discharge"].set_index("participant_id")
    assert left["earliest_h"].to_dict() == {"101": 456.0, "102": 360.0, "201": 156.0}


def test_a_death_in_hospital_is_exact_and_takes_the_place_of_discharges(folder):
    admission = {
        "subject_id": "2",
        "hadm_id": "22",
        "deathtime": "2150-01-03 12:00:00",
        "dischtime": "2150-01-03 12:00:00",
        "hospital_expire_flag": "1",
    }
    events = of_participant(folder.read(admissions=[admission]).validated["events"])
    assert events[["event", "earliest_h", "latest_h"]].values.tolist() == [["death", 24.0, 24.0]]


# ---- what is wrong with the folder ----


def wrong(folder):
    with pytest.raises(DataError) as error:
        check_sources(folder.study())
    return str(error.value).replace(str(folder.path), "FOLDER")


def test_a_corrected_label_of_an_item_reads_nothing_again(folder):
    known = folder.study()
    plan = database_plan(known)
    items = known.database["measurements"]["chartevents"]["variables"]["heart_rate"]["items"]
    items["220045"] = "Rate of the heart"
    assert database_plan(known) == plan
    items["220046"] = "Another"
    assert database_plan(known) != plan


def test_a_missing_file_is_named_with_the_nearest(folder):
    (folder.path / "data/icu/chartevents.csv.gz").rename(
        folder.path / "data/icu/chartevents_part.csv.gz"
    )
    assert wrong(folder) == (
        "config/studies/synthetic.yaml: sources.synthetic.files.chartevents: there is no "
        "'icu/chartevents.csv.gz' in FOLDER/data; did you mean 'icu/chartevents_part.csv.gz' or "
        "'icu/inputevents.csv.gz' or 'icu/outputevents.csv.gz'?"
    )


def test_a_file_may_lie_elsewhere_and_unpacked(folder):
    data = folder.path / "data/icu"
    packed = data / "chartevents.csv.gz"
    (data / "some.csv").write_bytes(gzip.decompress(packed.read_bytes()))
    packed.unlink()
    text = (folder.path / "config/studies/synthetic.yaml").read_text()
    folder.write_study(text.replace("mimic_iv}", "mimic_iv, files: {chartevents: icu/some.csv}}"))
    check_sources(folder.study())


def test_a_missing_column_is_named(folder):
    path = folder.path / "data/icu/icustays.csv.gz"
    path.write_bytes(gzip.compress(b"subject_id,hadm_id,stay_id,in_time,outtime\n"))
    assert wrong(folder) == (
        "config/studies/synthetic.yaml: sources.synthetic.files.icustays: icu/icustays.csv.gz has "
        "no column 'intime'; did you mean 'in_time' or 'outtime'?"
    )


def test_a_database_beside_files_is_refused(folder):
    folder.write_study(
        "title: Two\nseed: 1\nsources:\n  base: {file: ., format: mimic_iv}\n"
        "  more:\n    file: more.csv\n    format: csv\n    maps:\n"
        "      - {table: participants, fields: {participant_id: id}}\n"
    )
    with pytest.raises(DataError) as error:
        folder.study()
    assert str(error.value) == (
        "config/studies/synthetic.yaml: sources: 'base' is a database; a study reads one database, "
        "or files, not both."
    )


def test_a_policy_for_repeated_values_that_no_database_follows_is_refused(folder):
    folder.write_study(
        "title: Repeats\nseed: 1\nrepeats: {default: refuse}\n"
        "sources:\n  base: {file: ., format: mimic_iv}\n"
    )
    with pytest.raises(DataError) as error:
        folder.study()
    assert str(error.value) == (
        "config/studies/synthetic.yaml: repeats: does not apply to a database: of several values "
        "for one time all stay; remove it."
    )


def test_maps_of_a_database_are_refused(folder):
    folder.write_study(
        "title: Maps\nseed: 1\nsources:\n  base:\n    file: .\n    format: mimic_iv\n    maps:\n"
        "      - {table: participants, fields: {participant_id: id}}\n"
    )
    with pytest.raises(DataError) as error:
        folder.study()
    assert str(error.value) == (
        "config/studies/synthetic.yaml: sources.base: 'maps' is not allowed; valid: 'file', "
        "'format', 'files'."
    )


def test_a_covariate_that_the_database_lacks_is_refused(folder):
    folder.write_study(
        "title: Covariate\nseed: 1\ncovariates:\n  subject: {label: Subject, type: text}\n"
        "sources:\n  base: {file: ., format: mimic_iv}\n"
    )
    with pytest.raises(DataError) as error:
        folder.study()
    assert str(error.value) == (
        "config/studies/synthetic.yaml: covariates.subject: the database gives no covariate "
        "'subject'; did you mean 'subject_id'?"
    )


def test_what_the_database_cannot_fill_is_refused_before_it_is_read(folder):
    folder.write_study(
        "title: Two arms\nseed: 1\nsources:\n  base: {file: ., format: mimic_iv}\n"
        "arms:\n  a: {label: A, role: treated, time_zero: origin}\n"
        "  b: {label: B, role: control, time_zero: {first_dose_of: msc}}\n"
        "eligibility:\n"
        "  - {item: one_site, label: Site, field: site, one_of: [x], missing: excluded}\n"
        "baseline: {variables: [age_years, creatinine, il_6]}\n"
    )
    with pytest.raises(DataError) as error:
        folder.study()
    assert str(error.value).splitlines() == [
        f"config/studies/synthetic.yaml: {each}"
        for each in (
            "eligibility[1].field: no source fills participants with 'site'.",
            "baseline.variables[3]: no source fills measurements with 'il_6'.",
            "arms.a: no source maps a participant to this arm.",
            "arms.b: no source maps a participant to this arm.",
            "arms.b.time_zero.first_dose_of: no source fills interventions with 'msc'.",
        )
    ]


def rows_of_charts(count):
    return [
        {"itemid": "220045", "valuenum": f"{80 + at % 7}.{at}", "valueuom": "bpm"}
        for at in range(count)
    ]


def test_a_file_that_is_cut_off_is_said_to_be(folder):
    folder.read(chartevents=rows_of_charts(20_000))
    path = folder.path / "data/icu/chartevents.csv.gz"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(DataError) as error:
        folder.ingest()
    assert str(error.value) == (
        "icu/chartevents.csv.gz: cannot be read to its end; the gzip file is damaged or cut off. "
        "Get it again and compare its SHA-256 with the publisher's."
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "2,22,201,2150-01-02 13:30:00,220045,secret\n",
            "line 3: not as many cells as the header has columns",
        ),
        (
            '2,22,201,2150-01-02 13:30:00,220045,"secret,1,bpm\n',
            "line 3: a quotation mark is not closed, or stands inside a cell",
        ),
    ],
)
def test_a_broken_row_is_named_by_its_line_without_its_cells(folder, row, message):
    path = folder.path / "data/icu/chartevents.csv.gz"
    header = "subject_id,hadm_id,stay_id,charttime,itemid,value,valuenum,valueuom\n"
    sound = "2,22,201,2150-01-02 13:30:00,220045,80,80,bpm\n"
    path.write_bytes(gzip.compress((header + sound + row).encode()))
    with pytest.raises(DataError) as error:
        folder.ingest()
    assert str(error.value) == (
        f"icu/chartevents.csv.gz, {message}. Correct the file, or get it again."
    )
