"""The raw files of the default study: reproducible, and faithful to what was published.

Read with plain pandas and tested with scipy: nothing here uses the pipeline or the generator.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import PermutationMethod, wilcoxon

RAW = Path(__file__).parents[2] / "resources" / "nct05283317"
FILES = [
    "cytokines.csv",
    "laboratory_export.csv",
    "organ_function_daily.csv",
    "trial_workbook.xlsx",
    "vasopressors.csv",
]
VISITS = [1, 3, 5, 7, 9, 14, 28]
INFUSION_DAYS = [1, 3, 5, 7, 9]


def number(texts: pd.Series) -> pd.Series:
    """Numbers written with a decimal comma; anything else is missing."""
    plain = texts.str.replace(".", "").str.replace(",", ".")
    return pd.to_numeric(plain, errors="coerce")


def read_csv(name: str, encoding: str = "utf-8") -> pd.DataFrame:
    options = {"sep": ";", "dtype": str, "keep_default_na": False}
    table = pd.read_csv(RAW / name, encoding=encoding, **options)
    return table.rename(columns={"Sample date": "Date", "Start": "Date"})


def exact_p(differences) -> float:
    """Two-sided signed-rank p over every pattern of signs."""
    return wilcoxon(differences, zero_method="wilcox", method=PermutationMethod()).pvalue


@pytest.fixture(scope="module")
def sheets() -> dict[str, pd.DataFrame]:
    options = {"sheet_name": None, "keep_default_na": False, "engine": "calamine"}
    return pd.read_excel(RAW / "trial_workbook.xlsx", **options)


@pytest.fixture(scope="module")
def people(sheets) -> pd.DataFrame:
    """Everyone, with eligibility, time zero and the study day of death or last contact."""
    table = sheets["Patients"].set_index("Patient ID")
    outcomes = sheets["Outcomes"].set_index("Patient ID")
    table["treated"] = table["Cohort"].eq("MSC")
    table["control"] = table["Published control"].eq("yes")
    classes = table[["Pulmonary hypertension (WHO class)", "Heart failure (NYHA class)"]]
    criteria = ["Pregnant or breast-feeding", "Terminal cancer", "Home oxygen"]
    table["eligible"] = (
        table["Age (years)"].between(18, 80)
        & table["Diagnosis"].isin(["Sepsis", "Septic shock"])
        & table["Unit"].isin(["Internal medicine ICU", "Anaesthesiology ICU"])
        & ~table[[*criteria, "Severe liver disease"]].eq("yes").any(axis=1)
        & ~classes.isin(["III", "IV"]).any(axis=1)
    )
    first = sheets["Infusions"].groupby("Patient ID")["Date"].min()
    table["zero"] = first.reindex(table.index).fillna(table["Date of diagnosis"])
    for day, column in [("death_day", "Date of death"), ("contact_day", "Last contact")]:
        dates = pd.to_datetime(outcomes[column], format="%d.%m.%Y")
        table[day] = (dates - table["zero"]).dt.days + 1
    return table


def on_study_day(table: pd.DataFrame, people: pd.DataFrame, key: str) -> pd.DataFrame:
    """Add the study day of each row's date, and rename its patient column."""
    dates = pd.to_datetime(table["Date"], format="%d.%m.%Y")
    day = (dates - table[key].map(people["zero"])).dt.days + 1
    return table.assign(day=day).rename(columns={key: "id"})


@pytest.fixture(scope="module")
def bedside(people) -> pd.DataFrame:
    """Bedside chart with creatinine (mg/dL) and the day's drug; the first row of a repeated day."""
    chart = on_study_day(read_csv("organ_function_daily.csv"), people, "Patient")
    chart = chart.drop_duplicates(["id", "day"]).set_index(["id", "day"]).drop(columns="Date")
    chart = chart.apply(number)
    tests = on_study_day(read_csv("laboratory_export.csv", "cp1252"), people, "Patient")
    tests = tests[tests["Test"].eq("CREA")].drop_duplicates(["id", "day"]).set_index(["id", "day"])
    micromolar = tests["Unit"].eq("µmol/L")
    chart["creatinine"] = number(tests["Result"]) * np.where(micromolar, 0.011312, 1)
    drugs = on_study_day(read_csv("vasopressors.csv"), people, "Patient").set_index(["id", "day"])
    chart["drug"] = drugs["Drug"]
    chart["rate"] = number(drugs["Rate (µg/kg/min)"])
    return chart


@pytest.fixture(scope="module")
def sofa(sheets, people) -> pd.DataFrame:
    return on_study_day(sheets["SOFA"], people, "Patient ID").set_index(["id", "day"])


@pytest.fixture(scope="module")
def severity(sheets, people) -> pd.DataFrame:
    return on_study_day(sheets["Severity"], people, "Patient ID").set_index("id")


def test_the_generator_reproduces_the_committed_files_byte_for_byte(tmp_path):
    package = {**os.environ, "PYTHONPATH": str(RAW.parents[1] / "workflow/scripts")}
    subprocess.run([sys.executable, "-B", RAW / "generate.py", tmp_path], check=True, env=package)
    assert sorted(path.name for path in tmp_path.iterdir()) == FILES
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (RAW / name).read_bytes(), name


def test_the_workbook_says_that_it_is_synthetic(sheets):
    assert next(iter(sheets)) == "About"
    assert sheets["About"].columns[0].startswith("SYNTHETIC DATA")


def test_ten_are_treated_and_twenty_of_thirty_five_eligible_of_sixty_screened_are_controls(people):
    pool = people[~people["treated"]]
    assert people["treated"].sum() == 10
    assert people.loc[people["treated"], "eligible"].all()
    assert len(pool) == 60
    assert pool["eligible"].sum() == 35
    assert people["control"].sum() == 20
    assert pool.loc[pool["control"], "eligible"].all()


def test_ages_span_exactly_the_published_ranges(people):
    treated, control = (people.loc[people[arm], "Age (years)"] for arm in ("treated", "control"))
    assert (treated.min(), treated.max()) == (22, 68)
    assert (control.min(), control.max()) == (22, 80)


def test_recorded_apache_ii_spans_exactly_the_published_ranges(people, severity):
    assert severity["day"].eq(1).all()
    total = severity["APACHE II"]
    treated, control = (total[people.index[people[arm]]] for arm in ("treated", "control"))
    assert (treated.min(), treated.max()) == (14, 42)
    assert (control.min(), control.max()) == (14, 35)


@pytest.mark.parametrize(
    ("arm", "day", "alive"),
    [("treated", 14, 10), ("treated", 28, 7), ("control", 14, 14), ("control", 28, 12)],
)
def test_as_many_are_alive_as_published(people, arm, day, alive):
    died = people.loc[people[arm], "death_day"].le(day)
    assert (~died).sum() == alive


def test_deaths_fall_on_the_days_published(people):
    treated, control = (people.loc[people[arm], "death_day"] for arm in ("treated", "control"))
    assert treated.dropna().between(15, 28).all()
    assert control.between(1, 7).sum() == 6
    assert control.between(8, 14).sum() == 0
    assert control.between(15, 28).sum() == 2
    assert control.gt(28).sum() == 1  # after follow-up: does not count


def test_everyone_without_a_death_is_known_alive_after_day_28(people):
    survivors = people[people["death_day"].isna()]
    assert survivors["contact_day"].gt(28).all()


def test_every_treated_patient_has_five_infusions_of_a_million_cells_per_kg(sheets, people):
    infusions = on_study_day(sheets["Infusions"], people, "Patient ID")
    days = infusions.groupby("id")["day"].agg(list)
    assert days.index.tolist() == people.index[people["treated"]].tolist()
    assert all(each == INFUSION_DAYS for each in days)
    weights = infusions["id"].map(people["Weight (kg)"])
    assert infusions["Total cells (10^6)"].eq(weights * 1.0).all()


def test_some_treated_wait_up_to_two_days_from_diagnosis_to_infusion(people):
    wait = (people["zero"] - people["Date of diagnosis"]).dt.days
    assert set(wait[people["treated"]]) == {0, 1, 2}
    assert wait[~people["treated"]].eq(0).all()


def test_sofa_falls_during_treatment(people, sofa):
    total = sofa["Total"].unstack().loc[people.index[people["treated"]]]
    change = total[9] - total[1]
    assert change.notna().all()
    assert change.mean() < 0
    assert exact_p(change) < 0.05


@pytest.mark.parametrize("share_of_limit", [0.5, 1.0])
def test_no_cytokine_changes_significantly(people, share_of_limit):
    table = on_study_day(read_csv("cytokines.csv"), people, "Patient")
    values = table.filter(like="pg/mL").apply(lambda texts: number(texts.str.lstrip("<")))
    below = table.filter(like="pg/mL").apply(lambda texts: texts.str.startswith("<"))
    logs = np.log(values.where(~below, values * share_of_limit)).set_index(
        [table["id"], table["day"]]
    )
    assert logs.shape == (50, 6)
    p_values = []
    for name in logs.columns:
        by_day = logs[name].unstack()
        p_values.append(exact_p(by_day.drop(columns=1).sub(by_day[1], axis=0).mean(axis=1)))
    assert 6 * min(p_values) > 0.05  # the smallest of six p values by Holm


def test_sofa_is_recorded_at_each_visit_of_everyone_eligible_and_alive(people, sofa):
    eligible = people[people["eligible"]]
    expected = {
        (name, day)
        for name, death_day in eligible["death_day"].items()
        for day in VISITS
        if not death_day <= day
    }
    assert set(sofa.index) == expected
    assert sofa.index.is_unique


def test_recorded_sofa_agrees_with_the_bedside_values_but_for_two_slips(sofa, people, bedside):
    organs = ["Respiration", "Coagulation", "Liver", "Cardiovascular", "CNS", "Renal"]
    slips = sofa["Total"] - sofa[organs].sum(axis=1)
    assert slips[slips != 0].to_dict() == {("K-035", 5): 1}
    day = bedside.loc[sofa.index]
    ratio = day["PaO2 (mmHg)"] / day["FiO2 (%)"] * 100
    scores = pd.DataFrame(
        {
            "Respiration": sum(ratio < limit for limit in (400, 300, 200, 100)),
            "Coagulation": sum(day["Platelets (10^3/uL)"] < each for each in (150, 100, 50, 20)),
            "Liver": sum(day["Bilirubin (mg/dL)"] >= each for each in (1.2, 2, 6, 12)),
            "CNS": sum(day["GCS"] < each for each in (15, 13, 10, 6)),
            "Cardiovascular": day["MAP (mmHg)"].lt(70).astype(int),
            "Renal": sum(day["creatinine"] >= each for each in (1.2, 2, 3.5, 5)),
        }
    )
    strong = day["drug"].eq("Norepinephrine")
    scores.loc[day["drug"].isin(["Dopamine", "Dobutamine"]), "Cardiovascular"] = 2
    scores.loc[strong, "Cardiovascular"] = 3 + day["rate"].gt(0.1).astype(int)
    urine = 3 * day["Urine (mL/24 h)"].lt(500) + day["Urine (mL/24 h)"].lt(200)
    scores["Renal"] = np.maximum(scores["Renal"], urine)
    measured = ratio.notna()
    assert measured.mean() > 0.8
    assert day.loc[ratio < 200, "Ventilated (0/1)"].eq(1).all()
    assert scores.loc[measured, "Respiration"].equals(sofa.loc[measured, "Respiration"])
    slips = (sofa[organs[1:]] - scores[organs[1:]]).stack()
    assert slips[slips != 0].to_dict() == {("K-020", 3, "CNS"): -1}
    assert people.loc[["K-020", "K-035"], "control"].all()


def points(values, classes: str) -> np.ndarray:
    """Points by class, written as "points from limit points from limit …", lowest class first."""
    parts = [float(part) for part in classes.split()]
    return np.array(parts[0::2])[np.searchsorted(parts[1::2], values, side="right")]


def test_recorded_apache_ii_is_the_sum_of_its_items_but_for_two_slips_of_one_point(
    people, severity
):
    day = severity
    gradient = day["FiO2 (%)"] / 100 * (760 - 47) - day["PaCO2 (mmHg)"] / 0.8 - day["PaO2 (mmHg)"]
    oxygen = np.where(
        day["FiO2 (%)"] >= 50,
        points(gradient, "0 200 2 350 3 500 4"),
        points(day["PaO2 (mmHg)"], "4 55 3 61 1 71 0"),
    )
    creatinine = points(day["Creatinine (mg/dL)"], "2 0.6 0 1.5 2 2 3 3.5 4")
    total = (
        points(day["Temperature (°C)"], "4 30 3 32 2 34 1 36 0 38.5 1 39 3 41 4")
        + points(day["MAP (mmHg)"], "4 50 2 70 0 110 2 130 3 160 4")
        + points(day["Heart rate (/min)"], "4 40 3 55 2 70 0 110 2 140 3 180 4")
        + points(day["Respiratory rate (/min)"], "4 6 2 10 1 12 0 25 1 35 3 50 4")
        + oxygen
        + points(day["pH"], "4 7.15 3 7.25 2 7.33 0 7.5 1 7.6 3 7.7 4")
        + points(day["Na (mmol/L)"], "4 111 3 120 2 130 0 150 1 155 2 160 3 180 4")
        + points(day["K (mmol/L)"], "4 2.5 2 3 1 3.5 0 5.5 1 6 3 7 4")
        + creatinine * (1 + day["Acute renal failure (0/1)"])
        + points(day["Haematocrit (%)"], "4 20 2 30 0 46 1 50 2 60 4")
        + points(day["WBC (10^9/L)"], "4 1 2 3 0 15 1 20 2 40 4")
        + (15 - day["GCS"])
        + points(people["Age (years)"].reindex(day.index), "0 45 2 55 3 65 5 75 6")
        + day["Chronic health points"]
    )
    slips = day["APACHE II"] - total
    assert sorted(slips[slips != 0]) == [-1, 1]


def test_severity_items_are_the_bedside_and_laboratory_values_of_that_day(
    people, severity, bedside
):
    first = bedside.xs(1, level="day").loc[severity.index]
    for item in ["MAP (mmHg)", "FiO2 (%)", "PaO2 (mmHg)", "GCS"]:
        assert first[item].tolist() == severity[item].tolist(), item
    assert np.allclose(first["creatinine"], severity["Creatinine (mg/dL)"], atol=0.01)
    tests = on_study_day(read_csv("laboratory_export.csv", "cp1252"), people, "Patient")
    leucocytes = tests[tests["Test"].eq("WBC") & tests["day"].eq(1)].set_index("id")["Result"]
    assert number(leucocytes.loc[severity.index]).tolist() == severity["WBC (10^9/L)"].tolist()


def test_the_readme_counts_the_dirt_that_is_there(sheets, people):
    patients, tests = sheets["Patients"], read_csv("laboratory_export.csv", "cp1252")
    chart, cytokines = read_csv("organ_function_daily.csv"), read_csv("cytokines.csv")
    criteria = patients.loc[:, "Pregnant or breast-feeding":"Severe liver disease"]
    crp = number(tests.loc[tests["Test"].eq("CRP"), "Result"])
    found = {
        "repeated bedside row": chart.duplicated(["Patient", "Date"]).sum(),
        "repeated laboratory result": tests.duplicated(["Patient", "Date", "Test"]).sum(),
        "CRP without its comma": crp.gt(600).sum(),
        "weight 999, not weighed": patients["Weight (kg)"].eq(999).sum(),
        "cytokine below limit": cytokines.apply(lambda texts: texts.str.contains("<")).sum().sum(),
        "procalcitonin below limit": tests["Result"].str.contains("<").sum(),
        "cytokine n.d.": cytokines.eq("n.d.").sum().sum(),
        "IL-6 with thousands point": cytokines["IL-6 (pg/mL)"].str.contains(r"\d\.\d").sum(),
        "PaO2 and FiO2 n.d.": chart[["PaO2 (mmHg)", "FiO2 (%)"]].eq("n.d.").sum().sum(),
        "urine n.d.": chart["Urine (mL/24 h)"].eq("n.d.").sum(),
        "bilirubin empty": chart["Bilirubin (mg/dL)"].eq("").sum(),
        "creatinine in µmol/L": tests["Unit"].eq("µmol/L").sum(),
        "criterion n.d.": criteria.eq("n.d.").sum().sum(),
        "pregnancy n.a.": patients["Pregnant or breast-feeding"].eq("n.a.").sum(),
        "diagnosis n.d.": patients["Diagnosis"].eq("n.d.").sum(),
        "relation n.d.": sheets["Adverse events"]["Related"].eq("n.d.").sum(),
        "death after day 28": people["death_day"].gt(28).sum(),
    }
    # The tests of their items above find these.
    found |= {"APACHE II total off by one": 2, "SOFA off by one": 2}
    readme = (RAW / "README.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| ([^|]+?) \| [^|]+ \| (\d+) \|$", readme, flags=re.MULTILINE)
    assert {what: int(count) for what, count in documented} == found
