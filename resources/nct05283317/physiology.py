"""Organ function: scores that follow a course, the bedside values behind them, APACHE II.

Values are rounded as they are written, and every score is taken from the written value.
"""

from draws import Draws

ORGANS = ("respiration", "coagulation", "liver", "cardiovascular", "cns", "renal")
UMOL_PER_MG_DL = 1 / 0.011312  # creatinine

# Values drawn for each score from 0 to 4. Creatinine keeps clear of the borders, so that it scores
# the same in mg/dL and in whole umol/L. P/F in mmHg, platelets 1e3/uL, bilirubin and creatinine
# mg/dL, urine mL per 24 h, NE in ug/kg/min.
PF = ((405, 470), (305, 395), (205, 295), (105, 195), (62, 98))
FIO2 = ((21, 21), (21, 30), (28, 50), (40, 70), (70, 100))
PLATELETS = ((152, 290), (102, 149), (51, 99), (21, 49), (7, 19))
BILIRUBIN = ((0.3, 1.1), (1.2, 1.9), (2.0, 5.9), (6.0, 11.9), (12.2, 22.0))
GCS = ((15, 15), (13, 14), (10, 12), (6, 9), (3, 5))
CREATININE = ((0.7, 1.1), (1.3, 1.9), (2.0, 3.3), (3.6, 4.9), (5.1, 8.0))
URINE = ((1100, 2800), (900, 2400), (650, 1800), (260, 900), (40, 450))
PLACES = (
    "fio2", "pf", "ventilated", "platelets", "bilirubin", "map", "drug", "rate", "gcs",
    "creatinine", "urine",
)  # fmt: skip


def draw_scores(severity: float, shock: bool, draws: Draws) -> dict[str, int]:
    """Draw the six organ scores of a first day; ``severity`` runs from 0 to 1."""
    centres = {"respiration": 2.2, "coagulation": 1.0, "liver": 0.7, "cns": 1.1, "renal": 1.3}
    centres["cardiovascular"] = 3.5 if shock else 0.8
    scores = {}
    for organ in ORGANS:
        drawn = draws.normal(centres[organ] + 1.7 * (severity - 0.5), 0.9)
        scores[organ] = min(4, max(0, round(drawn)))
    if shock:
        scores["cardiovascular"] = max(3, scores["cardiovascular"])
    else:
        scores["cardiovascular"] = min(2, scores["cardiovascular"])
    return scores


def next_scores(scores: dict, better: float, worse: float, draws: Draws) -> dict[str, int]:
    """Move each organ by at most one point to the next day, with these probabilities."""
    moved = {}
    for organ, score in scores.items():
        point = draws.uniform(0, 1)
        step = -1 if point < better else 1 if point > 1 - worse else 0
        moved[organ] = min(4, max(0, score + step))
    return moved


def draw_places(draws: Draws, before: dict | None = None) -> dict[str, float]:
    """Draw where in its class each value lies, 0 to 1: anywhere, or near where it was before."""
    if before is None:
        return {name: draws.uniform(0, 1) for name in PLACES}
    moved = {name: abs(place + draws.uniform(-0.2, 0.2)) for name, place in before.items()}
    return {name: min(0.999, place, 2 - place) for name, place in moved.items()}  # reflected


def bedside_values(scores: dict, places: dict) -> dict:
    """Turn one day's organ scores, and places within their classes, into bedside values."""

    def within(name, low, high):
        return low + int(places[name] * (high - low + 1))

    def whole(name, table, organ):
        return within(name, *table[scores[organ]])

    def tenths(name, table, organ):
        low, high = table[scores[organ]]
        return within(name, round(low * 10), round(high * 10)) / 10

    fio2 = whole("fio2", FIO2, "respiration")
    drug, rate, pressure = None, None, within("map", 72, 96)
    if scores["cardiovascular"] == 1:
        pressure = within("map", 56, 69)
    elif scores["cardiovascular"] == 2:
        drug = "Dopamine" if places["drug"] < 0.7 else "Dobutamine"
        rate, pressure = within("rate", 20, 48) / 10, within("map", 66, 84)
    elif scores["cardiovascular"] == 3:
        drug, rate, pressure = "Norepinephrine", within("rate", 3, 10) / 100, within("map", 62, 82)
    elif scores["cardiovascular"] == 4:
        drug, rate, pressure = "Norepinephrine", within("rate", 11, 75) / 100, within("map", 54, 78)
    helped = scores["respiration"] == 2 and places["ventilated"] < 0.35
    ventilated = scores["respiration"] >= 3 or helped
    return {
        "fio2": fio2,
        "pao2": round(whole("pf", PF, "respiration") * fio2 / 100),
        "ventilated": int(ventilated),
        "platelets": whole("platelets", PLATELETS, "coagulation"),
        "bilirubin": tenths("bilirubin", BILIRUBIN, "liver"),
        "map": pressure,
        "drug": drug,
        "rate": rate,
        "gcs": whole("gcs", GCS, "cns"),
        "sedated": int(ventilated and scores["cns"] >= 3),
        "creatinine": tenths("creatinine", CREATININE, "renal"),
        "urine": whole("urine", URINE, "renal") // 10 * 10,
    }


def first_class(value: float, limits: tuple) -> int:
    """Count the limits that ``value`` is below: a score where lower is worse."""
    return sum(value < limit for limit in limits)


def last_class(value: float, limits: tuple) -> int:
    """Count the limits that ``value`` reaches: a score where higher is worse."""
    return sum(value >= limit for limit in limits)


def sofa_scores(day: dict) -> dict[str, int]:
    """Score one day by the SOFA of 1996 (Vincent, Intensive Care Med 22:707)."""
    respiration = first_class(day["pao2"] / (day["fio2"] / 100), (400, 300, 200, 100))
    cardiovascular = int(day["map"] < 70)
    if day["drug"] in ("Dopamine", "Dobutamine"):
        cardiovascular = 2 if day["drug"] == "Dobutamine" or day["rate"] <= 5 else 3
    elif day["drug"]:
        cardiovascular = 4 if day["rate"] > 0.1 else 3
    creatinine = last_class(day["creatinine"], (1.2, 2.0, 3.5, 5.0))
    urine = 4 if day["urine"] < 200 else 3 if day["urine"] < 500 else 0
    return {
        "respiration": respiration if day["ventilated"] else min(2, respiration),
        "coagulation": first_class(day["platelets"], (150, 100, 50, 20)),
        "liver": last_class(day["bilirubin"], (1.2, 2.0, 6.0, 12.0)),
        "cardiovascular": cardiovascular,
        "cns": first_class(day["gcs"], (15, 13, 10, 6)),
        "renal": max(creatinine, urine),
    }


def draw_apache_items(
    day: dict, severity: float, chronic: int, kidney_disease: bool, draws: Draws
) -> dict:
    """Draw the items of APACHE II that the day's bedside values do not hold, worst of 24 h."""
    severity += 0.7
    paco2 = round(draws.normal(38, 7))
    ph = round(draws.normal(7.40 - 0.13 * severity, 0.07), 2)
    return {
        "temperature": round(draws.normal(38.1, 0.6 + 0.8 * severity), 1),
        "heart_rate": round(draws.normal(94 + 36 * severity, 15)),
        "respiratory_rate": round(
            draws.normal((17 if day["ventilated"] else 23) + 7 * severity, 4)
        ),
        "paco2": paco2,
        "ph_arterial": ph,
        "bicarbonate": round(0.0307 * paco2 * 10 ** (ph - 6.1), 1),  # Henderson–Hasselbalch
        "sodium": round(draws.normal(138, 4 + 5 * severity)),
        "potassium": round(draws.normal(4.1 + 0.5 * severity, 0.4 + 0.5 * severity), 1),
        "haematocrit": round(draws.normal(33 - 5 * severity, 4)),
        "leucocytes": round(max(0.8, draws.normal(13 + 8 * severity, 5)), 1),
        "acute_renal_failure": int(
            not kidney_disease and day["creatinine"] >= 2 and draws.chance(0.8)
        ),
        "chronic_health_points": chronic,
    }


def oxygenation_points(day: dict, paco2: float, pressure: float) -> int:
    """Points for oxygenation at this barometric pressure (mmHg), respiratory quotient 0.8."""
    if day["fio2"] < 50:
        return 0 if day["pao2"] > 70 else 1 if day["pao2"] > 60 else 3 if day["pao2"] >= 55 else 4
    gradient = day["fio2"] / 100 * (pressure - 47) - paco2 / 0.8 - day["pao2"]
    return (0, 2, 3, 4)[last_class(gradient, (200, 350, 500))]


def two_sided(value: float, low: tuple, high: tuple) -> int:
    """Points of an item with classes on both sides of normal, each a (limit, points) pair."""
    below = [points for limit, points in low if value < limit]
    above = [points for limit, points in high if value >= limit]
    return max(below + above, default=0)


def apache_points(age: int, day: dict, items: dict) -> int:
    """Total APACHE II (Knaus 1985, Crit Care Med 13:818), oxygenation at 760 mmHg."""
    creatinine = two_sided(day["creatinine"], ((0.6, 2),), ((1.5, 2), (2.0, 3), (3.5, 4)))
    return (
        two_sided(
            items["temperature"],
            ((36, 1), (34, 2), (32, 3), (30, 4)),
            ((38.5, 1), (39, 3), (41, 4)),
        )
        + two_sided(day["map"], ((70, 2), (50, 4)), ((110, 2), (130, 3), (160, 4)))
        + two_sided(
            items["heart_rate"], ((70, 2), (55, 3), (40, 4)), ((110, 2), (140, 3), (180, 4))
        )
        + two_sided(
            items["respiratory_rate"], ((12, 1), (10, 2), (6, 4)), ((25, 1), (35, 3), (50, 4))
        )
        + oxygenation_points(day, items["paco2"], 760)
        + two_sided(
            items["ph_arterial"],
            ((7.33, 2), (7.25, 3), (7.15, 4)),
            ((7.5, 1), (7.6, 3), (7.7, 4)),
        )
        + two_sided(
            items["sodium"],
            ((130, 2), (120, 3), (111, 4)),
            ((150, 1), (155, 2), (160, 3), (180, 4)),
        )
        + two_sided(items["potassium"], ((3.5, 1), (3, 2), (2.5, 4)), ((5.5, 1), (6, 3), (7, 4)))
        + creatinine * (2 if items["acute_renal_failure"] else 1)
        + two_sided(items["haematocrit"], ((30, 2), (20, 4)), ((46, 1), (50, 2), (60, 4)))
        + two_sided(items["leucocytes"], ((3, 2), (1, 4)), ((15, 1), (20, 2), (40, 4)))
        + (15 - day["gcs"])
        + (0, 2, 3, 5, 6)[last_class(age, (45, 55, 65, 75))]
        + items["chronic_health_points"]
    )


def pressure_matters(day: dict, items: dict) -> bool:
    """Tell whether the points differ between sea level and the hospital's 1,050 m."""
    at_sea, at_site = (oxygenation_points(day, items["paco2"], mmhg) for mmhg in (760, 670))
    return at_sea != at_site
