"""The rules about the ``endpoints`` of a study file; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.configuration.source_checks import names_of_sources
from sepsisflow.errors import nearest

FAMILIES = ("support_free_days", "days_alive_out", "shock_reversal", "clearance")
FILES = {
    "agent": "resources/codelists/agents.yaml",
    "variable": "resources/codelists/variables.yaml",
}


def check_endpoints(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Endpoints compare arms, have names of their own, and are of known agents and variables."""
    block, score = settings["endpoints"], settings["sofa"]
    if settings["survival"] is None and any(block.values()):
        yield Problem(("endpoints",), "compares arms, which needs 'survival' too; add it.")
    if block["sofa"]:
        yield from _of_score(block["sofa"], score)
    taken: dict[str, str] = {}
    for family in FAMILIES:
        for name, each in block[family].items():
            path = ("endpoints", family, name)
            if name in taken:
                yield Problem(path, f"{taken[name]} has an endpoint of this name; rename one.")
            taken.setdefault(name, family)
            yield from _named(path, each, codelists)
            yield from _windows(path, each)


def _of_score(block: dict, score: dict | None) -> Iterator[Problem]:
    path = ("endpoints", "sofa")
    if score is None:
        yield Problem(path, "is about the score of 'sofa'; add that block.")
    for key in ("on_days", "over_days"):
        if block[key] != sorted(block[key]):
            yield Problem((*path, key), "days must increase.")
    if block["baseline_day"] >= min(block["on_days"]):
        wrong = f"hold a day that is not after the baseline day ({block['baseline_day']})."
        yield Problem((*path, "on_days"), wrong)


def _named(path: tuple, endpoint: dict, codelists: dict) -> Iterator[Problem]:
    """Whether agents and variables are in the codelists."""
    for place, kind, name in names_used(endpoint):
        valid = codelists[f"{kind}s"]
        if name not in valid:
            wrong = f"there is no {kind} '{name}' in {FILES[kind]}"
            yield Problem((*path, *place), f"{wrong}; {nearest(name, valid)}")


def names_used(endpoint: dict) -> Iterator[tuple[tuple, str, str]]:
    """Where in an endpoint's settings an agent or a variable is named, which, and its name."""
    for at, name in enumerate(endpoint.get("agents", ())):
        yield ("agents", at), "agent", name
    for at, name in enumerate(endpoint.get("flags", ())):
        yield ("flags", at), "variable", name
    if "variable" in endpoint:
        yield ("variable",), "variable", endpoint["variable"]


def _windows(path: tuple, endpoint: dict) -> Iterator[Problem]:
    windows = {key: endpoint[key] for key in ("first_h", "later_h") if key in endpoint}
    for key, window in windows.items():
        if window["from"] >= window["to"]:
            yield Problem((*path, key), "'to' is not after 'from'.")
    if windows and windows["later_h"]["from"] < windows["first_h"]["to"]:
        wrong = "begins before the first window ends: one value could be both."
        yield Problem((*path, "later_h"), wrong)


def check_filled(settings: dict, codelists: dict) -> Iterator[Problem]:
    """Some source fills what endpoints use; a support that no file holds is not a free day."""
    given = names_of_sources(settings, codelists)
    tables = {"agent": "interventions", "variable": "measurements"}
    for family in FAMILIES:
        for name, each in settings["endpoints"][family].items():
            path = ("endpoints", family, name)
            for place, kind, used in names_used(each):
                filled = given[f"{kind}s"]
                if used in codelists[f"{kind}s"] and filled is not None and used not in filled:
                    yield Problem((*path, *place), f"no source fills {tables[kind]} with '{used}'.")
            left = f"{each['place']}_discharge" if "place" in each else None
            if left and given["events"] is not None and left not in given["events"]:
                yield Problem((*path, "place"), f"no source fills events with '{left}'.")


RULES = {
    check_endpoints: ("endpoints", "survival", "sofa"),
    check_filled: ("endpoints", "sources", "covariates"),
}
