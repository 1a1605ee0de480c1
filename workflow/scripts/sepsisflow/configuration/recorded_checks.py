"""The rules about ``recorded_scores``, and where ``sofa`` is from; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import DataError, nearest

VARIABLES_FILE = "resources/codelists/variables.yaml"
RECORDED = "recorded"
OF_RECORDED = ("variable", "repeated")


def check_recorded_scores(settings: dict, known: dict) -> Iterator[Problem]:
    """Recorded totals are known variables, of scores that are computed."""
    scores = settings["scores"]
    for total, name in settings["recorded_scores"].items():
        path = ("recorded_scores", total)
        if total not in known["variables"]:
            wrong = f"there is no variable '{total}' in {VARIABLES_FILE}"
            yield Problem(path, f"{wrong}; {nearest(total, known['variables'])}")
        elif "component" in known["variables"][total]:
            yield Problem(
                path, "is an item of a total; name the total, and its items are compared."
            )
        yield from _not_scored(path, name, scores)


def check_sofa_source(settings: dict, _known: dict) -> Iterator[Problem]:
    """SOFA of the analyses is one of the scores, or recorded totals of which it is said how."""
    sofa, scores = settings["sofa"], settings["scores"]
    if sofa is None:
        return
    recorded = sofa["definition"] == RECORDED
    if not recorded:
        yield from _not_scored(("sofa", "definition"), sofa["definition"], scores)
    for key in OF_RECORDED:
        if recorded and sofa[key] is None:
            yield Problem(("sofa", key), "missing; `definition: recorded` needs it.")
        elif not recorded and sofa[key] is not None:
            yield Problem(("sofa", key), "is of recorded totals only; remove it.")


def _not_scored(path: tuple, name: str, scores: list[str]) -> Iterator[Problem]:
    if name not in scores:
        close = nearest(name, scores) if scores else "add it there."
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


RULES = {
    check_recorded_scores: ("recorded_scores", "scores"),
    check_sofa_source: ("sofa", "scores"),
}
