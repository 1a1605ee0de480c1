"""What a definition does with missing values and with the dead, in words. Without pandas."""

MISSING = {
    "zero": "a component of which nothing was observed that day counts as 0",
    "missing": "a day on which a component was not observed has no total",
    "carried": "a component not observed keeps its last score, before the first one 0",
    "prorated": "components not observed count as much as the mean of those observed",
}
AFTER_DEATH = {
    "missing": "nobody has a score after death",
    "carried": "after death the last score is carried on",
    "score": "after death the score is {score:g}",
}


def in_words(definition: dict | None) -> dict | None:
    """What text, tables and estimates say of a definition.

    Returns
    -------
    dict or None
        ``title``; ``components``, their number; ``missing`` and ``after_death``, its rules as
        phrases; ``scored_after_death``, whether the dead have a score. None of recorded totals
        (no definition): nobody knows their rules.
    """
    if definition is None:
        return None
    choices = definition["choices"]
    dead = choices["after_death"]
    return {
        "title": definition["title"],
        "components": len(definition["components"]),
        "missing": MISSING[choices["missing_component"]],
        "after_death": AFTER_DEATH[dead["rule"]].format(**dead),
        "scored_after_death": dead["rule"] != "missing",
    }
