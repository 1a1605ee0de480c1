"""CDISC pilot 01: seven SAS transport files through a study file alone, as XPT and Dataset-JSON."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from sepsisflow.derivation.outcomes import time_to_death
from sepsisflow.inference.survival import kaplan_meier
from sksurv.nonparametric import kaplan_meier_estimator
from whole_workflow import ROOT, Workflow

STUDY = Path(__file__).parent / "studies/cdisc_pilot.yaml"
FILES = ("dm", "ex", "ae", "ds", "suppdm", "adsl", "adtte")
ARMS = {
    "placebo": "Placebo",
    "low_dose": "Xanomeline Low Dose",
    "high_dose": "Xanomeline High Dose",
}


def run(folder, data, text):
    """Results of target ``quality`` for a study file of this text."""
    (folder / "config/studies").mkdir(parents=True)
    (folder / "config/config.yaml").write_text(f"study: cdisc_pilot\ndata: {data}\n")
    (folder / "config/studies/cdisc_pilot.yaml").write_text(text, encoding="utf-8")
    Workflow(ROOT).build("--directory", str(folder), "quality")
    return folder / "results/cdisc_pilot"


@pytest.fixture(scope="module")
def data(reference):
    return reference("data/cdisc-pilot").resolve()


@pytest.fixture(scope="module")
def sas(data):
    """The files as pandas reads them, which shares no code with pyreadstat."""
    tables = {name: pd.read_sas(data / f"{name}.xpt", encoding="utf-8") for name in FILES}
    for table in tables.values():
        numbers = table.select_dtypes("number")
        # pandas reads zero as 5.4e-79.
        table[numbers.columns] = numbers.mask(numbers.abs() < 1e-70, 0)
    return tables


@pytest.fixture(scope="module")
def results(data, tmp_path_factory):
    return run(tmp_path_factory.mktemp("cdisc"), data, STUDY.read_text(encoding="utf-8"))


def written(column):
    """How many cells of a column as pandas reads it hold something."""
    return int((column.notna() & column.ne("")).sum())


def accounting(results):
    tables = [pd.read_parquet(path) for path in results.glob("quality/accounting/**/*.parquet")]
    return pd.concat(tables).set_index("table").sort_index()


def test_every_row_and_value_of_every_file_is_validated_or_quarantined(results, sas):
    counts = accounting(results)
    for what in ("rows", "values"):
        kept = counts[f"{what}_validated"] + counts[f"{what}_quarantined"]
        assert counts[f"{what}_in"].tolist() == kept.tolist()
    dm, ex, ae, adsl = (sas[name] for name in ("dm", "ex", "ae", "adsl"))
    deaths = int(dm["DTHFL"].eq("Y").sum())
    events = deaths + sum(len(sas[name]) for name in ("ds", "suppdm", "adsl", "adtte"))
    people = ["SITEID", "AGE", "SEX", "RFSTDTC", "RACE", "ETHNIC"]
    baseline = ["HEIGHTBL", "WEIGHTBL", "BMIBL", "MMSETOT", "EDUCLVL", "DURDIS"]
    expected = {
        "participants": (
            len(dm),
            sum(written(dm[name]) for name in people) + int(dm["ARMCD"].ne("Scrnfail").sum()),
        ),
        "events": (events, events),
        "interventions": (len(ex), written(ex["EXDOSE"]) + written(ex["EXROUTE"])),
        "adverse_events": (
            len(ae),
            sum(written(ae[name]) for name in ("AEDECOD", "AESEV", "AESER", "AEREL")),
        ),
        "measurements/severity": (sum(written(adsl[name]) for name in baseline),) * 2,
    }
    found = counts[["rows_in", "values_in"]].itertuples(name=None)
    assert {table: (rows, values) for table, rows, values in found} == expected
    assert counts[["rows_in", "values_in"]].sum().tolist() == [5914, 11_806]
    assert counts[["rows_quarantined", "values_quarantined"]].sum().tolist() == [52, 52]


def test_what_is_found_is_what_the_files_lack(results, sas):
    findings = pd.read_parquet(results / "quality/findings.parquet")
    places = findings.fillna({"source_column": ""}).groupby(["code", "table", "source_column"])
    screened_only = sas["dm"]["RFSTDTC"].eq("")
    begun = sas["ae"].merge(sas["dm"][["USUBJID", "RFSTDTC"]], on="USUBJID")
    years = begun["RFSTDTC"].str[:4].astype(int) - begun["AESTDTC"].str[:4].astype(int)
    long_ago = int(years.gt(10).sum())
    thin = sas["adsl"]["BMIBL"].lt(14)
    assert places.size().to_dict() == {
        # A screen failure has no first dose from which to count the day of failure.
        ("time.no_origin", "events", "DSSTDTC"): int(screened_only.sum()),
        ("date.partial", "adverse_events", "AESTDTC"): 26,
        ("time.implausible", "adverse_events", "AESTDTC"): long_ago,
        ("value.implausible", "measurements/severity", "BMIBL"): int(thin.sum()),
        ("column.incomplete", "measurements/severity", ""): 6,
        ("column.incomplete", "participants", ""): 2,
    }
    assert (screened_only.sum(), thin.sum()) == (52, 1)


def test_what_was_validated_is_what_the_files_say(results, sas):
    def validated(table):
        return pd.read_parquet(results / f"validated/{table}.parquet")

    people = validated("participants").set_index("participant_id")
    dm = sas["dm"].set_index("USUBJID")
    assert people["arm"].value_counts().to_dict() == {
        "placebo": 86,
        "low_dose": 84,
        "high_dose": 84,
    }
    assert people["age_years"].tolist() == dm["AGE"].tolist()
    given = validated("interventions").set_index("source_row")
    ex = sas["ex"].set_index(pd.RangeIndex(1, len(sas["ex"]) + 1))
    assert given["dose"].tolist() == ex["EXDOSE"].tolist()
    # Study days count the day of the first dose as 1; a day is over 24 hours after it began.
    assert (given["start_h"] / 24 + 1).tolist() == ex["EXSTDY"].tolist()
    assert (given["end_h"] / 24).dropna().tolist() == ex["EXENDY"].dropna().tolist()
    harm = validated("adverse_events").set_index("source_row")
    ae = sas["ae"].set_index(pd.RangeIndex(1, len(sas["ae"]) + 1)).loc[harm.index]
    whole = ae["AESTDTC"].str.len().eq(10)
    day = harm.loc[whole, "start_h"] // 24
    day = day.where(day < 0, day + 1)
    # One recorded study day contradicts its date, which is the day of the first dose.
    wrong = day.ne(ae["AESTDY"][whole])
    assert (whole.sum(), day[wrong].tolist(), ae["AESTDY"][whole][wrong].tolist()) == (
        1165,
        [1],
        [366],
    )
    # A start of which only month or year is known is the first day that it can be.
    partial = ae[~whole].join(people["origin"], on="USUBJID")
    first = pd.to_datetime(
        partial["AESTDTC"]
        .str.ljust(10)
        .replace(" {6}$", "-01-01", regex=True)
        .replace(" {3}$", "-01", regex=True)
    )
    hours = (first - partial["origin"]).dt.total_seconds() / 3600
    assert harm.loc[~whole, "start_h"].tolist() == hours.tolist()
    assert len(partial) == 26
    assert harm["serious"].sum() == ae["AESER"].eq("Y").sum() == 3
    assert harm["grade"].value_counts().to_dict() == {
        grade: int(ae["AESEV"].eq(severity).sum())
        for grade, severity in {1: "MILD", 2: "MODERATE", 3: "SEVERE"}.items()
    }


@pytest.fixture(scope="module")
def followed(results):
    """Time to the first dermatologic event in days, from the validated tables alone."""
    events = pd.read_parquet(results / "validated/events.parquet")
    people = pd.read_parquet(results / "validated/participants.parquet")
    events = events[events["source_file"].eq("adtte.xpt")]
    # The endpoint takes the place of death.
    events = events.assign(event=events["event"].replace("dermatologic_event", "death"))
    found = time_to_death(events, people, death_counts_at="latest")
    return found.assign(time_d=found["time_h"] / 24).merge(people[["participant_id", "arm"]])


def test_cnsr_0_is_an_event_in_152_of_254(followed):
    by_arm = followed.groupby("arm")["died"].agg(["size", "sum"])
    assert (len(followed), int(followed["died"].sum())) == (254, 152)
    assert by_arm.T.to_dict("list") == {
        "high_dose": [84, 61],
        "low_dose": [84, 62],
        "placebo": [86, 29],
    }


@pytest.mark.parametrize("arm", ARMS)
def test_kaplan_meier_equals_scikit_survival_and_the_file_itself(followed, sas, arm):
    sample = followed[followed["arm"].eq(arm)]
    curve = kaplan_meier(sample, at=[0], level=0.95)["survival"]
    raw = sas["adtte"][sas["adtte"]["TRTA"].eq(ARMS[arm])]
    for died, days in ((sample["died"], sample["time_d"]), (raw["CNSR"].eq(0), raw["AVAL"])):
        times, survival = kaplan_meier_estimator(died.to_numpy(), days.to_numpy())
        assert curve.index.tolist() == [0, *times]
        np.testing.assert_allclose(curve.to_numpy()[1:], survival, rtol=0, atol=1e-12)


def as_dataset_json(table: pd.DataFrame, name: str) -> dict:
    """A dataset as Dataset-JSON 1.1 has it: SAS dates as ISO texts that stand for integers."""
    columns, cells = [], []
    for column in table:
        values = table[column]
        if column.endswith("DT"):
            about = {"dataType": "date", "targetDataType": "integer", "displayFormat": "E8601DA."}
            values = pd.to_datetime(values, unit="D", origin="1960-01-01").dt.strftime("%Y-%m-%d")
        else:
            number = pd.api.types.is_numeric_dtype(values)
            about = {"dataType": "float" if number else "string"}
        columns.append({"itemOID": f"IT.{column}", "name": column, "label": column, **about})
        cells.append(values.astype(object).where(values.notna(), None).tolist())
    rows = [list(row) for row in zip(*cells, strict=True)]
    return {
        "datasetJSONCreationDateTime": "2024-11-23T14:35:56",
        "datasetJSONVersion": "1.1.0",
        "itemGroupOID": f"IG.{name}",
        "name": name,
        "records": len(rows),
        "columns": columns,
        "rows": rows,
    }


def test_a_copy_in_dataset_json_gives_the_same_validated_tables(results, sas, tmp_path):
    copies = tmp_path / "copies"
    copies.mkdir()
    settings = yaml.safe_load(STUDY.read_text(encoding="utf-8"))
    del settings["publisher"]
    for name in FILES:
        content = as_dataset_json(sas[name], name.upper())
        source = settings["sources"][name]
        if name in ("ds", "adtte"):
            source["file"] = f"{name}.ndjson"
            rows = content.pop("rows")
            text = "".join(f"{json.dumps(line)}\n" for line in [content, *rows])
        else:
            source["file"] = f"{name}.json"
            text = json.dumps(content)
        source["format"] = "dataset_json"
        (copies / source["file"]).write_text(text, encoding="utf-8")
    copied = run(tmp_path / "run", copies, yaml.safe_dump(settings, sort_keys=False))
    paths = sorted(path.relative_to(results) for path in results.glob("validated/**/*.parquet"))
    assert len(paths) == 5
    for path in paths:
        first, second = (pd.read_parquet(folder / path) for folder in (results, copied))
        second = second.assign(
            source_file=second["source_file"].str.replace(r"\.(nd)?json$", ".xpt", regex=True)
        )
        pd.testing.assert_frame_equal(
            *(
                each.sort_values(each.columns.tolist(), ignore_index=True)
                for each in (first, second)
            )
        )
    pd.testing.assert_frame_equal(accounting(results), accounting(copied))
