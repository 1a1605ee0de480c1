"""Rules across the keys of a study file, once its shape is right: arms, endpoints, analyses.

Rules about ``sources`` are in `source_checks`. Each rule takes the settings (defaults filled in)
and the vocabularies of `sepsisflow.study.vocabularies` and yields what is wrong.
"""

import re
from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import nearest
from sepsisflow.fields import PEOPLE, SEXES
from sepsisflow.units import conversion, units_of

PLACEHOLDER = "FILL IN"
PROVENANCE_COLUMNS = ("source_file", "source_row")
DESCRIPTIVE_COLUMNS = ("age_years", "sex", "weight_kg", "height_cm", "site")
# Names in the participant flow that are no criterion, no arm.
FLOW_STEPS = ("screened", "eligible", "not_selected", "analysed")
GROUPS = ("all", "pool")
# Names of tables and analyses beside which a panel's stand.
ANALYSES = (
    "baseline",
    "survival",
    "sofa",
    "outcomes",
    "flow",
    "participants",
    "mortality",
    "endpoints",
)
KEY_GROUPS = re.compile(r"(?:[^.]+\.){3}(?P<groups>[^@.]+)")
KEY_DAY = re.compile(r"(?P<analysis>[^.]+)\..*@(?P<day>[0-9]+(?:\.[0-9]+)?)\.")
VARIABLES_FILE = "resources/codelists/variables.yaml"
AGENTS_FILE = "resources/codelists/agents.yaml"
# mmHg: of the highest settlements, and at sea level in the strongest anticyclone.
LOWEST_PRESSURE, HIGHEST_PRESSURE = 380, 820
TEMPLATES_FOLDER = "resources/manuscript"
REFERENCES_FILE = "resources/manuscript/references.bib"


def column_kinds(settings: dict) -> dict[str, str]:
    """Kind of value of each column of participants, covariates among them."""
    declared = {name: each["type"] for name, each in settings["covariates"].items()}
    return {**declared, **PEOPLE}


def column_levels(settings: dict) -> dict[str, tuple]:
    """Levels of each categorical column of participants."""
    covariates = settings["covariates"].items()
    declared = {name: tuple(each["levels"]) for name, each in covariates if "levels" in each}
    return {**declared, "sex": SEXES}


def check_placeholders(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Nothing of the template is left to fill in."""
    waiting: list[tuple[tuple, object]] = [((), settings)]
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, str) and value.startswith(PLACEHOLDER):
            yield Problem(path, "still holds the template's placeholder; fill it in.")
        elif isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, at), each) for at, each in enumerate(value)]


def check_arms(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Time zeros that exist; of arms that are compared, one treated and one control."""
    for role in ("treated", "control") if settings["survival"] is not None else ():
        arms = [name for name, arm in settings["arms"].items() if arm["role"] == role]
        if len(arms) != 1:
            found = ", ".join(f"'{name}'" for name in arms) or "none"
            yield Problem(("arms",), f"exactly one arm must have role '{role}'; found {found}.")
    for name, arm in settings["arms"].items():
        if name in GROUPS:
            yield Problem(
                ("arms", name), "this name stands for a group of its own; rename the arm."
            )
        if isinstance(arm["time_zero"], dict):
            agent = arm["time_zero"]["first_dose_of"]
            path = ("arms", name, "time_zero", "first_dose_of")
            yield from _unknown(path, "agent", agent, codelists["agents"], AGENTS_FILE)


def check_compared(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """What compares arms needs the survival analysis, and that a choice of controls."""
    given = [key for key in ("controls", "sofa", "biomarkers", "published") if settings[key]]
    if settings["survival"] is not None:
        if "controls" not in given:
            yield Problem(("controls",), "missing; say how the controls were chosen.")
        return
    for key in given:
        yield Problem((key,), "compares arms, which needs 'survival' too; add it.")


def check_covariates(settings: dict, codelists: dict) -> Iterator[Problem]:
    """No covariate bears a name that already means something."""
    for name in settings["covariates"]:
        if name in (*PEOPLE, *PROVENANCE_COLUMNS):
            yield Problem(("covariates", name), "is a column every study has; remove or rename it.")
        elif name in codelists["variables"]:
            yield Problem(("covariates", name), f"is a variable of {VARIABLES_FILE}; rename it.")


def check_eligibility(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Every criterion is about a known field, in terms of that field's values."""
    kinds, levels = column_kinds(settings), column_levels(settings)
    fields = {**dict.fromkeys(DESCRIPTIVE_COLUMNS), **settings["covariates"]}
    items = [criterion["item"] for criterion in settings["eligibility"]]
    for at, criterion in enumerate(settings["eligibility"]):
        path, name = ("eligibility", at), criterion["field"]
        if criterion["item"] in FLOW_STEPS or items.index(criterion["item"]) != at:
            yield Problem((*path, "item"), f"'{criterion['item']}' is taken; choose another name.")
        if name not in fields:
            wrong = f"'{name}' is neither a column of participants nor a declared covariate"
            yield Problem((*path, "field"), f"{wrong}; {nearest(name, fields)}")
            continue
        low, high = criterion["at_least"], criterion["at_most"]
        if low is not None and high is not None and low > high:
            yield Problem(path, f"'at_least' ({low}) is above 'at_most' ({high}): nobody is left.")
        for bound in ("at_least", "at_most"):
            if criterion[bound] is not None and kinds[name] != "number":
                yield Problem((*path, bound), f"'{name}' is not a number; use 'one_of'.")
        for nth, value in enumerate(criterion["one_of"] or []):
            place = (*path, "one_of", nth)
            yield from value_problems(place, name, value, kinds[name], levels)


def value_problems(
    path: tuple, name: str, value: object, kind: str, levels: dict
) -> Iterator[Problem]:
    """What is wrong with ``value`` as a value of column ``name``, of the given kind."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "boolean" and not isinstance(value, bool):
        yield Problem(path, f"'{name}' is boolean: write true or false, not '{value}'.")
    elif kind == "number" and not number:
        yield Problem(path, f"'{name}' is a number, '{value}' is not.")
    elif kind == "category" and value not in levels[name]:
        yield Problem(path, f"'{value}' is no level of '{name}'; {nearest(value, levels[name])}")
    elif kind == "text" and not isinstance(value, str):
        yield Problem(path, f"'{name}' is a text; put {value} in quotes.")


def check_controls(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """The flag of chosen controls is a boolean covariate."""
    controls = settings["controls"]
    if controls is None or controls["method"] != "flagged":
        return
    kinds = {name: each["type"] for name, each in settings["covariates"].items()}
    flags = [name for name, kind in kinds.items() if kind == "boolean"]
    if controls["flag"] not in flags:
        path = ("controls", "flag")
        wrong = f"'{controls['flag']}' is not a declared boolean covariate"
        yield Problem(path, f"{wrong}; {nearest(controls['flag'], flags)}")


def check_baseline(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Every row of the baseline table is something a participant has."""
    valid = [*DESCRIPTIVE_COLUMNS, *settings["covariates"], *codelists["variables"]]
    for at, name in enumerate(settings["baseline"]["variables"]):
        if name not in valid:
            wrong = f"'{name}' is no column of participants, covariate or variable of"
            yield Problem(
                ("baseline", "variables", at), f"{wrong} {VARIABLES_FILE}; {nearest(name, valid)}"
            )


def check_survival(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """No day lies beyond the end of follow-up."""
    survival = settings["survival"]
    if survival is None:
        return
    end = survival["follow_up_days"]
    for key in ("horizons_days", "risk_table_days"):
        yield from _increasing(("survival", key), survival[key])
        for at, day in enumerate(survival[key]):
            if day > end:
                wrong = f"day {day} lies beyond the end of follow-up (follow_up_days: {end})."
                yield Problem(("survival", key, at), wrong)


def check_sofa(settings: dict, codelists: dict) -> Iterator[Problem]:
    """The SOFA block names a known variable and a baseline day that is observed."""
    sofa = settings["sofa"]
    if sofa is None:
        return
    if sofa["variable"] is not None:
        path, variables = ("sofa", "variable"), codelists["variables"]
        yield from _unknown(path, "variable", sofa["variable"], variables, VARIABLES_FILE)
    yield from _baseline_day(("sofa",), sofa)
    later = [day for day in sofa["days"] if day > sofa["baseline_day"]]
    if sofa["end_of_treatment"] not in (None, *later):
        wrong = f"day {sofa['end_of_treatment']} is not among days after the baseline day"
        yield Problem(("sofa", "end_of_treatment"), f"{wrong} ({', '.join(map(str, later))}).")


def check_apache_ii(settings: dict, codelists: dict) -> Iterator[Problem]:
    """APACHE II names a known total, and a barometric pressure at which people live."""
    block, variables = settings["apache_ii"], codelists["variables"]
    if block is None:
        return
    if block["recorded"] is not None:
        path = ("apache_ii", "recorded")
        yield from _unknown(path, "variable", block["recorded"], variables, VARIABLES_FILE)
    elif block["starts_at"] == "recorded":
        yield Problem(("apache_ii", "starts_at"), "needs 'recorded' beside it.")
    path, pressure = ("apache_ii", "barometric_pressure"), block["barometric_pressure"]
    found = conversion(pressure["unit"], variables["pao2"])
    if found is None:
        close = nearest(pressure["unit"], units_of(variables["pao2"]))
        yield Problem((*path, "unit"), f"'{pressure['unit']}' is not a unit of pressure; {close}")
    elif not LOWEST_PRESSURE <= found[0] * pressure["value"] + found[1] <= HIGHEST_PRESSURE:
        limits = f"{LOWEST_PRESSURE} to {HIGHEST_PRESSURE} mm[Hg]"
        yield Problem(path, f"nobody lives outside {limits}; correct value or unit.")


def check_biomarkers(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Every panel holds known variables of one domain, in known arms, from an observed day."""
    variables = codelists["variables"]
    for name, panel in settings["biomarkers"].items():
        path = ("biomarkers", name)
        if name in ANALYSES:
            yield Problem(path, "another analysis bears this name; rename the panel.")
        for at, variable in enumerate(panel["variables"]):
            place = (*path, "variables", at)
            yield from _unknown(place, "variable", variable, variables, VARIABLES_FILE)
            if variable in variables and variables[variable]["domain"] != panel["domain"]:
                domain = variables[variable]["domain"]
                wrong = f"'{variable}' is of domain '{domain}', this panel of '{panel['domain']}'."
                yield Problem(place, wrong)
        for at, arm in enumerate(panel["arms"]):
            yield from _unknown((*path, "arms", at), "arm", arm, settings["arms"])
        yield from _baseline_day(path, panel)


def check_totals(settings: dict, codelists: dict) -> Iterator[Problem]:
    """The study's own totals are sums of known variables."""
    for name, entry in settings["codelists"]["variables"].items():
        for at, item in enumerate(entry.get("sum_of", ())):
            path = ("codelists", "variables", name, "sum_of", at)
            yield from _unknown(path, "variable", item, codelists["variables"], VARIABLES_FILE)


def check_repeats(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Policies for repeated values name known variables, and no analysis counts another value."""
    repeats, variables = settings["repeats"], codelists["variables"]
    for name in repeats["variables"]:
        path = ("repeats", "variables", name)
        yield from _unknown(path, "variable", name, variables, VARIABLES_FILE)
    analyses = {("biomarkers", name): panel for name, panel in settings["biomarkers"].items()}
    if settings["sofa"] is not None and settings["sofa"]["variable"] is not None:
        analyses["sofa",] = {**settings["sofa"], "variables": [settings["sofa"]["variable"]]}
    for path, analysis in analyses.items():
        counts = "highest" if analysis["repeated"] == "worst" else analysis["repeated"]
        for name in analysis["variables"]:
            kept = {name: repeats["default"], **repeats["variables"]}[name]
            if kept not in ("keep", "refuse", counts):
                wrong = f"of '{name}' only the {kept} value stays, by repeats"
                other = f"'{analysis['repeated']}' would count another."
                yield Problem((*path, "repeated"), f"{wrong}; {other}")


def check_visits(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Schedules of visits name known variables and agents, on increasing days."""
    for name, schedule in settings["visits"].items():
        path = ("visits", name)
        yield from _increasing((*path, "days"), schedule["days"])
        for at, variable in enumerate(schedule["variables"]):
            place = (*path, "variables", at)
            yield from _unknown(place, "variable", variable, codelists["variables"], VARIABLES_FILE)
        for at, agent in enumerate(schedule["agents"]):
            yield from _unknown(
                (*path, "agents", at), "agent", agent, codelists["agents"], AGENTS_FILE
            )
        if isinstance(schedule["counted_from"], dict):
            agent = schedule["counted_from"]["first_dose_of"]
            place = (*path, "counted_from", "first_dose_of")
            yield from _unknown(place, "agent", agent, codelists["agents"], AGENTS_FILE)


def check_doses(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Doses by protocol are of known agents, in their unit, which is not by weight itself."""
    agents = codelists["agents"]
    for name, dose in settings["doses"].items():
        path = ("doses", name)
        yield from _unknown(path, "agent", name, agents, AGENTS_FILE)
        if name not in agents:
            continue
        unit = agents[name]["unit"]
        if "/kg" in unit:
            yield Problem(path, f"doses of '{name}' are by weight already ({unit}); remove it.")
        elif dose["unit"] != unit:
            wrong = f"'{dose['unit']}' is not the unit of '{name}' in {AGENTS_FILE}"
            yield Problem((*path, "unit"), f"{wrong}; give the dose in {unit}.")


def check_published(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Published values name groups of this study and an interval the right way round."""
    groups = [*settings["arms"], *GROUPS]
    for at, published in enumerate(settings["published"]):
        for group in KEY_GROUPS.match(published["key"])["groups"].split("-vs-"):
            yield from _unknown(("published", at, "key"), "arm", group, groups)
        if "lower" in published and published["lower"] > published["upper"]:
            yield Problem(("published", at), "'lower' is greater than 'upper'.")


def check_published_days(settings: dict, _codelists: dict) -> Iterator[Problem]:
    """Published values are of days on which the analysis has estimates."""
    if settings["survival"] is None:
        return
    days = {"mortality": ("survival.horizons_days", settings["survival"]["horizons_days"])}
    for name, panel in settings["biomarkers"].items():
        days[name] = (f"biomarkers.{name}.days", panel["days"])
    if settings["sofa"] is not None:
        days["sofa"] = ("sofa.days", settings["sofa"]["days"])
    for at, published in enumerate(settings["published"]):
        found = KEY_DAY.match(published["key"])
        if found and found["analysis"] in days:
            place, valid = days[found["analysis"]]
            shown = [str(day) for day in valid]
            if found["day"] not in shown:
                wrong = f"day {found['day']} is not among {place} ({', '.join(shown)})."
                yield Problem(("published", at, "key"), wrong)


def check_template(settings: dict, vocabularies: dict) -> Iterator[Problem]:
    """The manuscript's template is there."""
    name, path = settings["manuscript"]["template"], ("manuscript", "template")
    yield from _unknown(path, "template", name, vocabularies["templates"], TEMPLATES_FOLDER)


def check_references(settings: dict, vocabularies: dict) -> Iterator[Problem]:
    """Every source that the study cites is in the bibliography."""
    cited = [(("citation_keys", at), key) for at, key in enumerate(settings["citation_keys"])]
    for at, published in enumerate(settings["published"]):
        cited.append((("published", at, "source"), published["source"]))
    for path, key in cited:
        yield from _unknown(path, "entry", key, vocabularies["references"], REFERENCES_FILE)


def _unknown(
    path: tuple, kind: str, name: object, valid: dict | list, file: str = ""
) -> Iterator[Problem]:
    """Yield a problem if ``name`` is not among ``valid``, naming the nearest of them."""
    if name not in valid:
        where = f" in {file}" if file else ""
        yield Problem(path, f"there is no {kind} '{name}'{where}; {nearest(name, valid)}")


def _increasing(path: tuple, days: list[int]) -> Iterator[Problem]:
    if days != sorted(days):
        yield Problem(path, "days must increase.")


def _baseline_day(path: tuple, block: dict) -> Iterator[Problem]:
    """The baseline day is observed, and some day follows it."""
    yield from _increasing((*path, "days"), block["days"])
    day, days = block["baseline_day"], ", ".join(map(str, block["days"]))
    if day not in block["days"]:
        yield Problem((*path, "baseline_day"), f"day {day} is not among days ({days}).")
    elif day >= max(block["days"]):
        yield Problem((*path, "days"), f"hold no day after the baseline day ({day}).")


# Each rule with the top-level keys it reads: where one of them is malformed, the rule waits.
RULES = {
    check_placeholders: (),
    check_arms: ("arms", "survival"),
    check_compared: ("controls", "survival", "sofa", "biomarkers", "published"),
    check_covariates: ("covariates",),
    check_eligibility: ("eligibility", "covariates"),
    check_controls: ("controls", "covariates"),
    check_baseline: ("baseline", "covariates"),
    check_survival: ("survival",),
    check_sofa: ("sofa",),
    check_apache_ii: ("apache_ii",),
    check_biomarkers: ("biomarkers", "arms"),
    check_totals: ("codelists",),
    check_repeats: ("repeats", "sofa", "biomarkers"),
    check_visits: ("visits",),
    check_doses: ("doses",),
    check_published: ("published", "arms"),
    check_published_days: ("published", "survival", "sofa", "biomarkers"),
    check_template: ("manuscript",),
    check_references: ("citation_keys", "published"),
}
