"""Who is in the synthetic trial: characteristics, eligibility, fate, and the course of illness."""

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

from draws import Draws, draw_until, signed_rank_p
from physiology import (
    apache_points,
    bedside_values,
    draw_apache_items,
    draw_places,
    draw_scores,
    next_scores,
    pressure_matters,
    sofa_scores,
)

VISITS = (1, 3, 5, 7, 9, 14, 28)
INFUSION_DAYS = (1, 3, 5, 7, 9)
N_TREATED, N_CONTROLS, N_ELIGIBLE, N_POOL = 10, 20, 35, 60
MEDICINE, ANAESTHESIA = "Internal medicine ICU", "Anaesthesiology ICU"

# Why a pool patient cannot be a control: what is written, and how often among the 25.
REASONS = {
    "age": 4, "diagnosis": 4, "unit": 2, "pregnant": 1, "cancer": 4,
    "oxygen": 3, "hypertension": 2, "heart": 3, "liver": 2,
}  # fmt: skip

# Cytokines before an infusion: typical value, spread between patients, lower limit of the assay.
CYTOKINES = {
    "TNF-alpha": (14, 0.6, 1.0), "IFN-gamma": (5, 0.8, 1.0), "IL-2": (1.6, 0.7, 0.5),
    "IL-4": (1.0, 0.6, 0.5), "IL-6": (160, 1.2, 2.0), "IL-10": (22, 0.8, 1.0),
}  # fmt: skip


@dataclass
class Patient:
    """One person; days count from time zero (day 1), so days before it are 0, -1."""

    identifier: str
    treated: bool
    age: int
    sex: str
    weight: int
    height: int
    unit: str
    diagnosis: str
    origin: date
    delay: int  # days from diagnosis to time zero
    severity: float  # 0 to 1
    source: str
    comorbidities: dict[str, bool]
    criteria: dict[str, str]
    eligible: bool = True
    control: bool = False
    death_day: int | None = None
    days: dict[int, dict] = field(default_factory=dict)  # bedside values by day
    apache_items: dict = field(default_factory=dict)
    apache_recorded: int | None = None
    icu_discharge_day: int | None = None
    hospital_discharge_day: int | None = None
    last_contact_day: int | None = None
    laboratory: dict[int, dict] = field(default_factory=dict)
    cytokines: dict[int, dict] = field(default_factory=dict)

    def on(self, day: int) -> date:
        """Calendar date of a study day."""
        return self.origin + timedelta(days=self.delay + day - 1)

    def alive_on(self, day: int) -> bool:
        """Tell whether a visit could take place: death is on a later day, if at all."""
        return self.death_day is None or day < self.death_day

    def sofa(self, day: int) -> int:
        """SOFA of the day's bedside values."""
        return sum(sofa_scores(self.days[day]).values())


def draw_patient(identifier: str, treated: bool, age: int, draws: Draws) -> Patient:
    """Draw an eligible patient who survives; fate and exclusions come later."""
    sex = draws.choice({"M": 57, "F": 43})
    height = round(draws.normal(173 if sex == "M" else 160, 6))
    weight = round(draws.normal(26.5, 3.5) * (height / 100) ** 2)
    first, last = date(2015, 1, 5), date(2018, 2, 20)
    if treated:
        first, last = date(2018, 3, 13), date(2019, 10, 10)
    older = min(1.0, max(0.0, (age - 30) / 50))
    return Patient(
        identifier=identifier,
        treated=treated,
        age=age,
        sex=sex,
        weight=min(118, max(44, weight)),
        height=height,
        unit=draws.choice({MEDICINE: 55, ANAESTHESIA: 45}),
        diagnosis=draws.choice({"Septic shock": 60, "Sepsis": 40}),
        origin=first + timedelta(days=draws.integer(0, (last - first).days)),
        delay=draws.choice({0: 4, 1: 4, 2: 2}) if treated else 0,
        severity=draws.uniform(0.1, 0.7),
        source=draws.choice(
            {"Lung": 45, "Abdomen": 25, "Urinary tract": 18, "Skin": 7, "Other": 5}
        ),
        comorbidities={
            "Diabetes": draws.chance(0.15 + 0.25 * older),
            "Hypertension": draws.chance(0.10 + 0.50 * older),
            "Coronary disease": draws.chance(0.02 + 0.25 * older),
            "COPD": draws.chance(0.03 + 0.15 * older),
            "Chronic kidney disease": draws.chance(0.04 + 0.10 * older),
            "Immunosuppression": draws.chance(0.12),
        },
        criteria={
            "pregnant": "no" if sex == "F" and age < 50 else "n.a.",
            "cancer": "no",
            "oxygen": "no",
            "hypertension": draws.choice({"none": 85, "I": 6, "II": 3, "n.d.": 6}),
            "heart": draws.choice({"none": 75, "I": 10, "II": 11, "n.d.": 4}),
            "liver": "no",
        },
    )


def exclude(patient: Patient, reason: str, draws: Draws) -> None:
    """Give a pool patient a reason not to be eligible."""
    patient.eligible = False
    if reason == "age":
        patient.age = draws.choice({17: 1, 16: 1, 82: 2, 84: 2, 86: 1, 89: 1})
        patient.criteria["pregnant"] = "n.a." if patient.age > 50 or patient.sex == "M" else "no"
    elif reason == "diagnosis":
        patient.diagnosis = draws.choice({"Other shock": 4, "SIRS, no infection": 3, "n.d.": 2})
    elif reason == "unit":
        patient.unit = "Coronary ICU"
    elif reason == "pregnant":
        patient.sex, patient.age, patient.height = "F", draws.integer(22, 38), 163
        patient.weight = draws.integer(64, 82)
        patient.criteria["pregnant"] = "yes"
    elif reason in ("hypertension", "heart"):
        patient.criteria[reason] = draws.choice({"III": 2, "IV": 1})
    else:
        patient.criteria[reason] = "yes"
        if reason == "oxygen":
            patient.comorbidities["COPD"] = True


def draw_people(draws: Draws) -> list[Patient]:
    """Draw the treated and the pool: ages, eligibility, who was flagged, who dies and when."""
    ages = draws.shuffled([22, 68] + [draws.integer(24, 67) for _ in range(N_TREATED - 2)])
    treated = [
        draw_patient(f"MSC-{number:02d}", True, age, draws) for number, age in enumerate(ages, 1)
    ]
    pool = [
        draw_patient(f"K-{number:03d}", False, draws.integer(26, 79), draws)
        for number in range(1, N_POOL + 1)
    ]
    order = draws.shuffled(pool)
    controls, unflagged = order[:N_CONTROLS], order[N_CONTROLS:N_ELIGIBLE]
    controls[0].age, controls[1].age = 22, 80  # the published extremes
    unflagged[0].age = 18
    for patient in order[:2] + unflagged[:1]:
        young = patient.sex == "F" and patient.age < 50
        patient.criteria["pregnant"] = "no" if young else "n.a."
    for patient in controls:
        patient.control = True
    for patient in order[:N_ELIGIBLE]:  # a chart review leaves a little undocumented
        for item in ("cancer", "oxygen", "liver"):
            if draws.chance(0.03):
                patient.criteria[item] = "n.d."
    reasons = [reason for reason, count in REASONS.items() for _ in range(count)]
    for patient, reason in zip(order[N_ELIGIBLE:], reasons, strict=True):
        exclude(patient, reason, draws)
        if draws.chance(0.25):
            exclude(
                patient, draws.choice({"cancer": 1, "oxygen": 1, "heart": 1, "liver": 1}), draws
            )
    draw_deaths(treated, controls, order[N_CONTROLS:], draws)
    return treated + pool


def draw_deaths(treated: list, controls: list, others: list, draws: Draws) -> None:
    """Place the deaths: three late in the treated; six early, two late, one after in controls."""
    for patient in draws.shuffled(treated)[:3]:
        patient.death_day = draws.integer(16, 28)
        patient.severity = draws.uniform(0.45, 0.85)
    fates = draws.shuffled(controls)
    for patient in fates[:6]:
        patient.death_day = draws.integer(2, 7)
        patient.severity = draws.uniform(0.6, 1.0)
    for patient in fates[6:8]:
        patient.death_day = draws.integer(16, 28)
        patient.severity = draws.uniform(0.45, 0.9)
    fates[8].death_day = draws.integer(31, 40)
    for patient in others:
        if draws.chance(0.35):
            patient.death_day = draws.integer(2, 28)
            patient.severity = draws.uniform(0.45, 1.0)


def draw_course(patient: Patient, lowest: int, highest: int, draws: Draws) -> None:
    """Draw bedside values by day and the APACHE II of day 1, its total within the bounds."""
    shock = patient.diagnosis == "Septic shock"
    chronic = 5 if patient.comorbidities["Immunosuppression"] else 0
    kidney = patient.comorbidities["Chronic kidney disease"]
    spread = 0.0

    def first_day():
        nonlocal spread  # widens, so that an extreme total is reached whatever the severity
        spread = min(0.9, spread + 0.0005)
        severity = min(1.2, max(0.0, patient.severity + draws.uniform(-spread, spread)))
        scores, places = draw_scores(severity, shock, draws), draw_places(draws)
        day = bedside_values(scores, places)
        return scores, places, day, draw_apache_items(day, severity, chronic, kidney, draws)

    def fits(drawn):
        scores, _, day, items = drawn
        within = lowest <= apache_points(patient.age, day, items) <= highest
        return within and sum(scores.values()) >= 4 and not pressure_matters(day, items)

    scores, places, first, patient.apache_items = draw_until(first_day, fits)
    patient.apache_recorded = apache_points(patient.age, first, patient.apache_items)
    before = {day: draw_places(draws, places) for day in range(1 - patient.delay, 1)}
    patient.days = {day: bedside_values(scores, each) for day, each in before.items()}
    patient.days[1] = first
    for day in range(2, 29):
        if not patient.alive_on(day):
            break
        better, worse = 0.16, 0.05 if day <= 10 else 0.02
        if patient.death_day and patient.death_day <= 28:
            better, worse = (0.09, 0.08) if patient.treated else (0.06, 0.10)
            if day > patient.death_day - 4:
                better, worse = 0.02, 0.40
        scores = next_scores(scores, better, worse, draws)
        places = draw_places(draws, places)
        patient.days[day] = bedside_values(scores, places)


def draw_stay(patient: Patient, draws: Draws) -> None:
    """Decide when the patient left intensive care and hospital, and when last heard of."""
    if patient.death_day is not None:
        return
    patient.icu_discharge_day = draws.integer(29, 36) if patient.days else draws.integer(5, 30)
    for day in range(7, 29):
        if patient.days and max(patient.sofa(day), patient.sofa(day - 1)) <= 4:
            patient.icu_discharge_day = day
            break
    later = patient.icu_discharge_day + draws.integer(3, 12)
    patient.hospital_discharge_day = max(later, draws.integer(15, 24))
    patient.last_contact_day = max(draws.integer(29, 34), patient.hospital_discharge_day)


def draw_laboratory(patient: Patient, draws: Draws) -> None:
    """Draw CRP, procalcitonin, lactate and leucocytes at each visit the patient lives to see."""
    crp, pct = draws.uniform(120, 340), draws.uniform(3, 60)
    falls = 0.98 if patient.death_day and patient.death_day <= 28 else 0.90
    leucocytes = patient.apache_items["leucocytes"]
    for day in VISITS:
        if day > 1 and not patient.alive_on(day):
            continue
        lactate = (0.6 + 0.25 * patient.sofa(day)) * draws.uniform(0.7, 1.3)
        if day == 1 and patient.diagnosis == "Septic shock":
            lactate = max(lactate, 2.1)
        share = falls ** (day - 1)
        settled = leucocytes * share + 9.0 * (1 - share)
        patient.laboratory[day] = {
            "CRP": round(max(1.0, crp * share * draws.uniform(0.75, 1.25)), 1),
            "PCT": round(pct * (falls - 0.08) ** (day - 1) * draws.uniform(0.7, 1.3), 2),
            "LAC": round(lactate, 1),
            "WBC": leucocytes if day == 1 else round(settled * draws.uniform(0.8, 1.2), 1),
        }


def draw_cytokines(treated: list[Patient], draws: Draws) -> None:
    """Draw the cytokines before each infusion, around each patient's own constant level."""
    for name, (typical, spread, _) in CYTOKINES.items():
        for patient in treated:
            own = typical * math.exp(draws.normal(0, spread))
            for day in INFUSION_DAYS:
                value = own * math.exp(draws.normal(0, 0.45))
                patient.cytokines.setdefault(day, {})[name] = round(value, 1)
    del draws.shuffled(treated)[0].cytokines[7]  # one tube was lost


def cytokines_changed(treated: list[Patient]) -> bool:
    """Tell whether any cytokine changes at p < 0.05, on one day or on average.

    The average is that of log ratios to day 1, with values below the limit as the limit and as
    half of it, so that no reasonable analysis contradicts the published "no significant change".
    """
    for name, (_, _, limit) in CYTOKINES.items():
        for floor in (limit, limit / 2):
            columns = {day: [] for day in ("average", *INFUSION_DAYS[1:])}
            for patient in treated:
                values = {day: drawn[name] for day, drawn in patient.cytokines.items()}
                logs = {day: math.log(x if x >= limit else floor) for day, x in values.items()}
                ratios = {day: log - logs[1] for day, log in logs.items() if day > 1}
                ratios["average"] = sum(ratios.values()) / len(ratios)
                for day, ratio in ratios.items():
                    columns[day].append(round(ratio, 9))
            if min(signed_rank_p(column) for column in columns.values()) < 0.05:
                return True
    return False


def sofa_falls(treated: list[Patient]) -> bool:
    """Tell whether SOFA is significantly lower on day 9 than on day 1 (exact signed rank)."""
    changes = [patient.sofa(9) - patient.sofa(1) for patient in treated]
    return sum(changes) < 0 and signed_rank_p(changes) < 0.05
