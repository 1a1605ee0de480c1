"""The MIMIC-IV demo: every value of the field's own reference tables is found, or explained.

The reference tables are mimic-code's, of half the stays. They average what was charted at one time
within limits of plausibility, carry values forward, and compute; sepsisflow keeps what was charted.
"""

import time
from collections import Counter

import pandas as pd
import pytest
from whole_workflow import Workflow, copy_workflow

# Reference column -> variables that may hold it, and canonical unit times this is the reference's.
VITALS = {
    "heart_rate": (["heart_rate"], 1),
    "sbp": (["sbp"], 1),
    "dbp": (["dbp"], 1),
    "mbp": (["map"], 1),
    "sbp_ni": (["sbp"], 1),
    "dbp_ni": (["dbp"], 1),
    "mbp_ni": (["map"], 1),
    "resp_rate": (["respiratory_rate"], 1),
    "temperature": (["temperature"], 1),
    "spo2": (["spo2"], 1),
    "glucose": (["glucose"], 1),
}
BLOOD_GAS = {
    "so2": (["so2"], 1),
    "po2": (["pao2", "po2"], 1),
    "pco2": (["paco2", "pco2"], 1),
    "ph": (["ph_arterial", "ph"], 1),
    "fio2": (["fio2_blood_gas"], 100),
    "aado2": (["alveolar_arterial_gradient"], 1),
    "baseexcess": (["base_excess"], 1),
    "bicarbonate": (["bicarbonate"], 1),
    "totalco2": (["total_co2"], 1),
    "hematocrit": (["haematocrit"], 1),
    "hemoglobin": (["haemoglobin"], 1),
    "carboxyhemoglobin": (["carboxyhaemoglobin"], 1),
    "methemoglobin": (["methaemoglobin"], 1),
    "chloride": (["chloride"], 1),
    "calcium": (["ionised_calcium"], 1),
    "temperature": (["blood_gas_temperature"], 1),
    "potassium": (["potassium"], 1),
    "sodium": (["sodium"], 1),
    "lactate": (["lactate"], 1),
    "glucose": (["glucose"], 1),
}
NAMES = {
    "chemistry": {
        "aniongap": "anion_gap",
        "bun": "urea_nitrogen",
        **{
            name: name
            for name in (
                "albumin",
                "globulin",
                "total_protein",
                "bicarbonate",
                "calcium",
                "chloride",
                "creatinine",
                "glucose",
                "sodium",
                "potassium",
            )
        },
    },
    "complete_blood_count": {
        "hematocrit": "haematocrit",
        "hemoglobin": "haemoglobin",
        "mch": "mch",
        "mchc": "mchc",
        "mcv": "mcv",
        "platelet": "platelets",
        "rbc": "erythrocytes",
        "rdw": "rdw",
        "rdwsd": "rdw_sd",
        "wbc": "leucocytes",
    },
    "enzyme": {
        "alt": "alt",
        "alp": "alp",
        "ast": "ast",
        "amylase": "amylase",
        "bilirubin_total": "bilirubin",
        "bilirubin_direct": "bilirubin_direct",
        "bilirubin_indirect": "bilirubin_indirect",
        "ck_cpk": "ck",
        "ck_mb": "ck_mb",
        "ggt": "ggt",
        "ld_ldh": "ldh",
    },
    "coagulation": {
        "d_dimer": "d_dimer",
        "fibrinogen": "fibrinogen",
        "thrombin": "thrombin_time",
        "inr": "inr",
        "pt": "pt",
        "ptt": "ptt",
    },
    "inflammation": {"crp": "crp"},
    "cardiac_marker": {"troponin_t": "troponin_t", "ck_mb": "ck_mb", "ntprobnp": "nt_probnp"},
    "gcs": {"gcs_motor": "gcs_motor", "gcs_verbal": "gcs_verbal", "gcs_eyes": "gcs_eye"},
}
COLUMNS = {
    "vitalsign": VITALS,
    "bg": BLOOD_GAS,
    **{table: {key: ([name], 1) for key, name in each.items()} for table, each in NAMES.items()},
}
UNITS = {
    "map": "mm[Hg]",
    "temperature": "Cel",
    "fio2": "1",
    "creatinine": "mg/dL",
    "platelets": "10*3/uL",
    "erythrocytes": "10*6/uL",
    "sodium": "mmol/L",
    "lactate": "mmol/L",
    "crp": "mg/L",
    "alt": "[IU]/L",
    "ph_arterial": "[pH]",
    "urine_output": "mL",
}
GCS = COLUMNS["gcs"]
FOUND = "found"
ROUNDED = "found, rounded to two decimals"
AVERAGE = "average of several at one time, all found"
# Values of the reference tables, once for each listed stay of the subject.
EXPECTED = {
    "vitalsign": {FOUND: 59992, ROUNDED: 1682, AVERAGE: 1033},
    "bg": {FOUND: 7053},
    "chemistry": {FOUND: 32414},
    "complete_blood_count": {FOUND: 30672},
    "enzyme": {FOUND: 7241},
    "coagulation": {FOUND: 5121},
    "inflammation": {FOUND: 55},
    "cardiac_marker": {FOUND: 441},
}
# Agent, its canonical dose times this is the reference's rate, intervals.
AGENTS = [
    ("norepinephrine", 1, 632),
    ("epinephrine", 1, 31),
    ("dopamine", 1, 17),
    ("dobutamine", 1, 44),
    ("milrinone", 1, 3),
    ("phenylephrine", 1, 228),
    ("vasopressin", 60, 37),
]


class Run:
    """Results of the ingestion and the reference tables."""

    def __init__(self, results, data, oracle, seconds):
        self.results, self.data, self.oracle, self.seconds = results, data, oracle, seconds
        participants = pd.read_parquet(results / "validated/participants.parquet")
        self.origin = participants.set_index("participant_id")["origin"]
        measured = [
            pd.read_parquet(path) for path in results.glob("validated/measurements/*.parquet")
        ]
        self.measured = pd.concat(measured, ignore_index=True)
        self.measured["minute"] = (self.measured["time_h"] * 60).round(3)

    def reference(self, table):
        """A reference table, with one row per listed stay, and the minute on its clock."""
        frame = pd.read_csv(self.oracle / f"{table}.csv.gz").rename_axis("line").reset_index()
        listed = pd.read_csv(self.oracle / "stay_ids.csv")
        if "stay_id" not in frame:
            frame = frame.merge(listed[["subject_id", "stay_id"]], on="subject_id")
        frame["participant_id"] = frame["stay_id"].astype(str)
        origin = frame["participant_id"].map(self.origin)
        for column in ("charttime", "starttime", "endtime"):
            if column in frame:
                elapsed = pd.to_datetime(frame[column]) - origin
                frame[column] = (elapsed.dt.total_seconds() / 60).round(3)
        return frame

    def values(self, variables, file, column="value"):
        """Validated values, from the raw file of this name, by participant and minute."""
        rows = self.measured[self.measured["variable"].isin(variables)].dropna(subset=column)
        rows = rows[rows["source_file"].str.contains(file, regex=False)]
        return rows.groupby(["participant_id", "minute"])[column].agg(list)

    def beside(self, table, column, variables, file, factor=1):
        """Each value of a reference column, and the validated values at its time, in its unit."""
        rows = self.reference(table).dropna(subset=column)
        places = pd.MultiIndex.from_frame(rows[["participant_id", "charttime"]])
        there = self.values(variables, file).reindex(places)
        there = [[each * factor for each in some] if some == some else [] for some in there]
        return rows.assign(there=there)

    def last_before(self, frame, variables, file, hours):
        """The latest validated value in the hours up to each row's time."""
        rows = self.measured[self.measured["variable"].isin(variables)].dropna(subset="value")
        rows = rows[rows["source_file"].str.contains(file, regex=False)]
        return pd.merge_asof(
            frame.sort_values("charttime"),
            rows.sort_values("minute")[["participant_id", "minute", "value"]],
            left_on="charttime",
            right_on="minute",
            by="participant_id",
            tolerance=hours * 60.0,
        )


@pytest.fixture(scope="module")
def run(reference, tmp_path_factory):
    """The demo, read from its folder through the workflow."""
    data = reference("data/mimic-iv-demo").resolve()
    oracle = reference("oracles/mimic-iv-demo")
    folder = tmp_path_factory.mktemp("mimic")
    copy_workflow(folder)
    workflow, chosen = Workflow(folder), ("--config", "study=mimic-iv-demo", f"data={data}")
    begun = time.monotonic()
    workflow.build("validated", "-c2", *chosen)
    seconds = time.monotonic() - begun
    workflow.build("quality", "-c2", *chosen)
    assert workflow.planned("quality", *chosen) == {}
    return Run(folder / "results/mimic-iv-demo", data, oracle, seconds)


def explained(value, there):
    """How a value of a reference table came from the validated values at its time."""
    if any(same(value, each) for each in there):
        return FOUND
    if any(same(value, round(each, 2)) for each in there):
        return ROUNDED
    if len(there) > 1 and same(value, sum(there) / len(there), decimals=2):
        return AVERAGE
    return "unexplained"


def same(value, other, decimals=None):
    margin = 1e-9 * max(1, abs(value)) if decimals is None else 0.5001 * 10**-decimals
    return abs(value - other) <= margin


@pytest.mark.parametrize(("table", "expected"), EXPECTED.items())
def test_every_value_is_found_at_its_time_or_explained(run, table, expected):
    file = "chartevents" if table in ("vitalsign", "gcs") else "labevents"
    counts = Counter()
    for column, (variables, factor) in COLUMNS[table].items():
        rows = run.beside(table, column, variables, file, factor)
        for value, there in zip(rows[column], rows["there"], strict=True):
            counts[explained(value, there)] += 1
    assert dict(counts) == expected


def test_the_whole_demo_is_ingested_within_half_a_minute(run):
    assert run.seconds < 30


def test_values_stand_in_the_unit_of_the_reference(run):
    units = run.measured.groupby("variable")["unit"].agg(set)
    assert {name: units[name] for name in UNITS} == {name: {unit} for name, unit in UNITS.items()}


def test_the_parts_of_the_coma_scale_are_found_or_carried_forward_by_the_reference(run):
    counts = Counter()
    for column, (variables, _) in GCS.items():
        rows = run.reference("gcs").dropna(subset=column)
        rows = run.last_before(rows, variables, "chartevents", hours=6)
        for value, last, then, now in rows[[column, "value", "minute", "charttime"]].to_numpy():
            unable = column == "gcs_verbal" and value == 0
            if last != (1 if unable else value):
                counts["unexplained"] += 1
            elif then != now:
                counts["found up to 6 h before"] += 1
            else:
                counts["found as 1, 0 in the reference: intubated" if unable else FOUND] += 1
    assert dict(counts) == {
        FOUND: 4955,
        "found as 1, 0 in the reference: intubated": 752,
        "found up to 6 h before": 17,
    }


def test_totals_of_the_coma_scale_follow_from_the_parts(run):
    rows = run.reference("gcs")
    total = rows["gcs_motor"].fillna(6) + rows["gcs_verbal"] + rows["gcs_eyes"].fillna(4)
    total = total.mask(rows["gcs_verbal"].eq(0), 15)
    assert (rows["gcs"] == total).sum() == len(rows) == 1909


def test_verbal_responses_of_the_intubated_keep_their_wording(run):
    rows = run.reference("gcs").query("gcs_verbal == 0")
    places = pd.MultiIndex.from_frame(rows[["participant_id", "charttime"]])
    wording = run.values(["gcs_verbal"], "chartevents", column="text").reindex(places)
    # One of them is carried forward to a time without a verbal response.
    assert wording.explode().value_counts().to_dict() == {"No Response-ETT": 752}


def test_specimens_of_blood_gases_are_found_as_written(run):
    rows = run.reference("bg").dropna(subset="specimen")
    places = pd.MultiIndex.from_frame(rows[["participant_id", "charttime"]])
    there = run.values(["blood_gas_specimen"], "labevents", column="text").reindex(places)
    found = [specimen in some for specimen, some in zip(rows["specimen"], there, strict=True)]
    assert sum(found) == len(rows) == 929


def test_only_gases_of_arterial_specimens_are_arterial_values(run):
    rows = run.reference("bg")
    arterial = set(run.values(["pao2"], "labevents").index)
    places = zip(rows["participant_id"], rows["charttime"], strict=True)
    one = ~rows.duplicated(["participant_id", "charttime"], keep=False)
    said = pd.Series([place in arterial for place in places], index=rows.index)
    assert (said[one] == rows.loc[one, "specimen"].eq("ART.")).all()


def test_what_the_reference_computes_of_blood_gases_follows_from_what_was_found(run):
    rows = run.reference("bg")
    fio2 = rows["fio2"].fillna(rows["fio2_chartevents"])
    ratio = rows["pao2fio2ratio"] - 100 * rows["po2"] / fio2
    difference = rows["aado2_calc"] - (fio2 / 100 * (760 - 47) - rows["pco2"] / 0.8 - rows["po2"])
    for gap, column in ((ratio, "pao2fio2ratio"), (difference, "aado2_calc")):
        assert gap.abs().lt(1e-9).sum() == rows[column].notna().sum() == 574


def test_charted_oxygen_fractions_of_blood_gases_are_found_up_to_four_hours_before(run):
    rows = run.reference("bg").dropna(subset="fio2_chartevents")
    rows = run.last_before(rows, ["fio2"], "chartevents", hours=4)
    found = (rows["fio2_chartevents"] - 100 * rows["value"]).abs().lt(1e-9)
    # Charted values belong to one stay; the gas stands in every stay of the subject.
    assert found.groupby(rows["line"]).any().sum() == rows["line"].nunique() == 290


def test_urine_is_the_sum_of_its_entries_less_what_went_into_the_bladder(run):
    entries = run.measured[run.measured["source_file"].str.contains("outputevents")]
    sign = {"urine_output": 1, "bladder_irrigant_out": 1, "bladder_irrigant_in": -1}
    entries = entries.assign(volume=entries["value"] * entries["variable"].map(sign))
    total = entries.groupby(["participant_id", "minute"])["volume"].sum()
    rows = run.reference("urine_output")
    places = pd.MultiIndex.from_frame(rows[["participant_id", "charttime"]])
    assert (total.reindex(places).to_numpy() == rows["urineoutput"]).sum() == len(rows) == 4059


@pytest.mark.parametrize(("agent", "factor", "count"), AGENTS)
def test_rates_of_vasopressors_are_found_in_their_intervals_and_amounts_follow(
    run, agent, factor, count
):
    rows = run.reference(agent)
    given = pd.read_parquet(run.results / "validated/interventions.parquet")
    given = given[given["agent"] == agent].assign(
        starttime=(given["start_h"] * 60).round(3), endtime=(given["end_h"] * 60).round(3)
    )
    both = rows.merge(given, on=["participant_id", "starttime", "endtime"])
    assert len(both) == len(rows) == count
    # The reference holds single precision.
    assert both["vaso_rate"].to_numpy() == pytest.approx(factor * both["dose"].to_numpy(), rel=2e-7)
    weight = pd.read_csv(run.data / "icu/inputevents.csv.gz")["patientweight"]
    weight = weight.to_numpy()[both["source_row"] - 2]
    minutes = both["endtime"] - both["starttime"]
    # In mg of doses per kg, in units of vasopressin.
    per_dose = minutes if agent == "vasopressin" else minutes * weight / 1000
    assert both["vaso_amount"].to_numpy() == pytest.approx(
        (both["dose"] * per_dose).to_numpy(), rel=1e-6
    )


def test_nothing_is_lost_and_what_is_set_aside_is_known(run):
    accounting = pd.concat(
        pd.read_parquet(path) for path in run.results.glob("quality/accounting/**/*.parquet")
    )
    totals = accounting.drop(columns="table").sum()
    assert totals["rows_in"] == totals["rows_validated"] == 282_211
    assert totals["values_in"] == totals["values_validated"] + totals["values_quarantined"]
    quarantine = pd.concat(
        pd.read_parquet(path) for path in run.results.glob("quality/quarantine/**/*.parquet")
    )
    aside = {"value.declared_missing": 225, "value.impossible": 27, "unit.unknown": 3}
    assert quarantine["code"].value_counts().to_dict() == aside
    assert totals["values_quarantined"] == sum(aside.values())
    # A laboratory value belongs to every stay of its patient, and is asked about once.
    findings = pd.read_parquet(run.results / "quality/findings.parquet")
    codes = findings["code"].value_counts()
    assert codes[list(aside)].tolist() == [149, 26, 3]


def test_oxygen_devices_and_ventilator_modes_are_there_as_written(run):
    rows = run.measured[run.measured["text"].notna()]
    words = rows.groupby("variable")["text"].agg(set)
    assert {"Endotracheal tube", "Trach mask", "Nasal cannula"} - words["oxygen_device"] == {
        "Trach mask"
    }
    assert {"CMV/ASSIST", "CPAP/PSV", "SPONT", "NIV-ST"} <= words["ventilator_mode"]
    assert {"Hamilton", "Drager"} <= words["ventilator_type"]
