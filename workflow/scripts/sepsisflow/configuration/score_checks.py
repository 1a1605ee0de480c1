"""The rule about the ``scores`` of a study file; see `study_checks`."""

from collections.abc import Iterator

from sepsisflow.configuration.schema import Problem
from sepsisflow.errors import nearest


def check_scores(settings: dict, known: dict) -> Iterator[Problem]:
    """The definitions exist."""
    for at, name in enumerate(settings["scores"]):
        if name not in known["definitions"]:
            wrong = f"there is no definition '{name}'"
            yield Problem(("scores", at), f"{wrong}; {nearest(name, known['definitions'])}")


RULES = {check_scores: ("scores",)}
