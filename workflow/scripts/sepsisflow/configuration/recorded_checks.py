"""The rules about ``recorded_scores``, and where ``sofa`` is from; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import DataError, nearest

VARIABLES_FILE = "resources/codelists/variables.yaml"
RECORDED = "recorded"
OF_RECORDED = ("variable", "repeated")


def check_recorded_scores(settings: dict, known: dict) -> Iterator[Problem]:
    """Recorded totals are known variables, of scores that are computed, and compared once."""
    scores, variables = settings["scores"], known["variables"]
    apache = settings["apache_ii"] and settings["apache_ii"]["recorded"]
    for total, name in settings["recorded_scores"].items():
        path = ("recorded_scores", total)
        if total not in variables:
            wrong = f"there is no variable '{total}' in {VARIABLES_FILE}"
            yield Problem(path, f"{wrong}; {nearest(total, variables)}")
        elif total == apache:
            yield Problem(path, "is compared already, by `apache_ii.recorded`; remove it here.")
        elif "component" in variables[total]:
            yield Problem(
                path, "is an item of a total; name the total, and its items are compared."
            )
        elif not any(_components(total, variables)):
            wrong = "is no total of a score: none of its items (`sum_of`) has a `component`."
            yield Problem(path, f"{wrong} Name a recorded total, or give it items.")
        yield from _not_scored(path, name, scores, known["definitions"])


def check_sofa_source(settings: dict, known: dict) -> Iterator[Problem]:
    """SOFA of the analyses is one of the scores, or recorded totals of which it is said how."""
    sofa, scores = settings["sofa"], settings["scores"]
    if sofa is None:
        return
    recorded = sofa["definition"] == RECORDED
    if not recorded:
        path = ("sofa", "definition")
        yield from _not_scored(path, sofa["definition"], scores, known["definitions"])
    for key in OF_RECORDED:
        if recorded and sofa[key] is None:
            yield Problem(("sofa", key), "missing; `definition: recorded` needs it.")
        elif not recorded and sofa[key] is not None:
            yield Problem(("sofa", key), "is of recorded totals only; remove it.")


def _components(total: str, variables: dict) -> list[str | None]:
    """Which component each item of a total is, None of an item that is no component."""
    items = variables[total].get("sum_of", ())
    return [variables.get(item, {}).get("component") for item in items]


def _not_scored(
    path: tuple, name: str, scores: list[str], definitions: list[str]
) -> Iterator[Problem]:
    right = [each for each in scores if each in definitions]
    # A misspelt score is told of at `scores`; it may be this one.
    if name not in scores and (len(right) == len(scores) or name not in definitions):
        close = nearest(name, right) if right else "add it there."
        yield Problem(path, f"'{name}' is not among `scores`; {close}")


def check_clocks(settings: dict, definitions: dict[str, dict], file: str) -> None:
    """Raise `DataError` if SOFA has no days, or a recorded total is of none that is scored.

    ``file`` is the study file's name.
    """
    name = settings["sofa"] and settings["sofa"]["definition"]
    if name in definitions and "window" in definitions[name]["choices"]["clock"]:
        raise DataError(
            f"{file}: sofa: definition: '{name}' scores one window of time and no days. Name "
            "another definition."
        )
    for total, name in settings["recorded_scores"].items():
        if "until" not in definitions[name]["choices"]["clock"]:
            raise DataError(
                f"{file}: recorded_scores: {total}: the days of '{name}' do not begin with the "
                "origin, so that no recorded total is of one of them. Name another definition."
            )


def check_items(settings: dict, definitions: dict[str, dict], variables: dict, file: str) -> None:
    """Raise `DataError` if a recorded total has other items than its definition has components.

    ``variables`` is the codelist, ``file`` the study file's name.
    """
    for total, name in settings["recorded_scores"].items():
        items = variables[total]["sum_of"]
        found = {
            each or item for each, item in zip(_components(total, variables), items, strict=True)
        }
        differ = sorted(found ^ definitions[name]["components"].keys())
        if differ:
            listed = ", ".join(f"'{each}'" for each in differ)
            raise DataError(
                f"{file}: recorded_scores: {total}: its items and the components of '{name}' "
                f"differ in {listed}, so that the two totals are of different things. Name a "
                "definition with the components of the form."
            )


RULES = {
    check_recorded_scores: ("recorded_scores", "scores", "apache_ii"),
    check_sofa_source: ("sofa", "scores"),
}
