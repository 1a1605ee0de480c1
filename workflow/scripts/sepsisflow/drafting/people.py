"""The map of participants that an unknown table suggests, with the arms and covariates it needs."""

from dataclasses import dataclass, field

from sepsisflow.configuration.study_checks import PROVENANCE_COLUMNS
from sepsisflow.drafting.described import Described
from sepsisflow.drafting.names import meanings, plain, recognise, split_unit, word
from sepsisflow.drafting.yaml_text import entry, flow, scalar
from sepsisflow.fields import PEOPLE, UNITS
from sepsisflow.labels import printed_unit
from sepsisflow.units import conversion

ROLES = ("age_years", "sex", "arm", "origin", "weight_kg", "height_cm")
LEVELS = (2, 12)


@dataclass
class People:
    """What the study file says because of its participants.

    ``arms`` and ``covariates`` as in the study file; ``columns`` are the canonical columns that
    are filled; ``questions`` stand above the arms.
    """

    arms: dict[str, dict] = field(default_factory=dict)
    covariates: dict[str, dict] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    questions: list[str] = field(default_factory=list)

    @property
    def are_two(self) -> bool:
        """Whether the arms are those of a comparison, and so need no decision to be read."""
        return len(self.arms) == 2


def merit(described: Described) -> int:
    """How much a table looks like one row per participant: known columns, 0 if it cannot be."""
    person = described.person
    if person is None or not described.profiles[person].is_unique:
        return 0
    return sum(described.having(role) is not None for role in ROLES)


def people_map(described: Described) -> tuple[list[str], People]:
    """Lines of the map of participants, and what the study file must declare for it."""
    people = People()
    lines = ["- table: participants", "  fields:"]
    person = described.person
    described.used.add(person)
    lines.append(f"    participant_id: {scalar(person)}")
    origin = described.having("origin", kind="date")
    if origin:
        described.used.add(origin)
        people.columns.add("origin")
        lines.append(f"    origin: {scalar(origin)}  # ? Hour 0 of everybody's clock?")
    else:
        named = described.having("origin", kind="number")
        words = "which holds numbers (date_format: days since ...)" if named else "of which column?"
        lines.append(f"    # ? origin: {scalar(named or 'the date of hour 0')}, {words}")
    lines += _arm(described, people) + _site(described, people) + _sex(described, people)
    for name in ("age_years", "weight_kg", "height_cm"):
        lines += _number(described, people, name)
    return [*lines, *_covariates(described, people)], people


def _arm(described: Described, people: People) -> list[str]:
    column = described.having("arm")
    codes = described.codes(column) if column else {}
    if len(codes) < 2:
        return []
    described.used.add(column)
    taken: set[str] = set()
    names = {code: word(label, taken, "arm") for code, label in codes.items()}
    control = [code for code, label in codes.items() if _is_control(label, described)]
    if len(control) != 1:
        control = [list(codes)[-1]]
        people.questions.append("? Which arm is the control? The roles are a guess.")
    if len(codes) > 2:
        people.questions.append("? There are more than two groups; which two are compared?")
    people.arms = {
        names[code]: {"label": label, "role": "control" if code in control else "treated"}
        for code, label in codes.items()
    }
    people.columns.add("arm")
    lines = [f"    {line}" for line in entry("arm", {"column": column, "codes": names})]
    return lines if people.are_two else [f"#: {line}" for line in lines]


def _is_control(label: str, described: Described) -> bool:
    words = plain(label)
    return words in described.names.texts["control"] or words.startswith(("no ", "without "))


def _site(described: Described, people: People) -> list[str]:
    column = described.having("site")
    if column is None or not described.profiles[column].codes:
        return []
    described.used.add(column)
    people.columns.add("site")
    return [f"    site: {scalar(column)}"]


def _sex(described: Described, people: People) -> list[str]:
    column = described.having("sex")
    if column is None:
        return []
    codes = described.codes(column)
    found = meanings(list(codes.values()), described.names, ("female", "male"))
    if found is None:
        return [f"    # ? sex: {scalar(column)} (say which text means female, male or other)"]
    described.used.add(column)
    people.columns.add("sex")
    values = {code: found[label] for code, label in codes.items()}
    return [f"    {line}" for line in entry("sex", {"column": column, "codes": values})]


def _number(described: Described, people: People, name: str) -> list[str]:
    column = described.having(name, kind="number")
    if column is None:
        return []
    unit = split_unit(column)[1]
    canonical = UNITS[name]
    described.used.add(column)
    people.columns.add(name)
    if unit and conversion(unit, {"unit": canonical}):
        return [f"    {name}: {flow({'column': column, 'unit': unit})}"]
    question = f"  # ? Is it in {printed_unit(canonical)}, as is assumed here?"
    return [f"    {name}: {scalar(column)}{question}"]


def _covariates(described: Described, people: People) -> list[str]:
    """Yes-or-no columns, columns of few texts, and numbers with a unit, as covariates."""
    lines = []
    taken = {*PEOPLE, *PROVENANCE_COLUMNS, *described.names.variables.values()}
    for column, each in described.profiles.items():
        codes = described.codes(column)
        known = recognise(column, described.names.variables)
        if (
            column in described.used
            or (known and each.is_number)
            or _is_reserved(column, described)
        ):
            continue
        label, unit = split_unit(column)
        truth = meanings(list(codes.values()), described.names, ("yes", "no"))
        if truth and LEVELS[0] == len(codes):
            declared = {"label": label, "type": "boolean"}
            values = {code: truth[text] == "yes" for code, text in codes.items()}
            line = {"column": column, "codes": values}
        elif LEVELS[0] <= len(codes) <= LEVELS[1] and _are_texts(codes):
            used: set[str] = set()
            levels = {code: word(text, used, "level") for code, text in codes.items()}
            declared = {
                "label": label,
                "type": "category",
                "levels": {levels[code]: text for code, text in codes.items()},
            }
            line = {"column": column, "codes": levels}
        elif each.is_number and unit and each.present:
            declared = {"label": label, "type": "number", "unit": unit}
            line = {"column": column, "unit": unit}
        else:
            continue
        name = word(label, taken, "covariate")
        people.covariates[name] = declared
        described.used.add(column)
        lines += [f"    {part}" for part in entry(name, line)]
    return lines


def _is_reserved(column: str, described: Described) -> bool:
    """Whether a column is named like a date of an event, or a REDCap form's state."""
    base = plain(split_unit(column)[0])
    return any(base in words for words in described.names.events.values()) or base.endswith(
        " complete"
    )


def _are_texts(codes: dict[str, str]) -> bool:
    return not all(text.lstrip("+-").replace(".", "").isdigit() for text in codes.values())
