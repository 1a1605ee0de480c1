"""Which definitions of a study stand side by side, and what is written of them."""

from sepsisflow.scores.sepsis_definitions import is_of_sepsis_3


def side_by_side(definitions: dict[str, dict]) -> dict[str, dict]:
    """Describe the definitions by which a study scores, if there are two or more.

    Parameters
    ----------
    definitions : dict of name -> definition
        As `sepsisflow.scores.definitions.read_definition`, in the study file's order.

    Returns
    -------
    dict of name -> {title, step, sepsis_3, organs, labels, points}
        ``step``, "daily", or "window" if the definition scores one window and not days;
        ``sepsis_3``, whether a rise of the score may be called Sepsis-3; ``organs``, by component,
        under which components of several definitions are compared; by organ its ``labels`` and
        ``points``, the most that it gives. Empty if there are fewer than two definitions.
    """
    described = {name: _described(content) for name, content in definitions.items()}
    return described if len(described) > 1 else {}


def _described(definition: dict) -> dict:
    components = definition["components"]
    organs = {key: each["organ"] or key for key, each in components.items()}
    return {
        "title": definition["title"],
        "step": "window" if "window" in definition["choices"]["clock"] else "daily",
        "sepsis_3": is_of_sepsis_3(definition),
        "organs": organs,
        "labels": {organs[key]: each["label"] for key, each in components.items()},
        "points": {organs[key]: _most(each["parts"]) for key, each in components.items()},
    }


def sepsis_side_by_side(definitions: dict[str, dict], scores: dict[str, dict]) -> dict[str, dict]:
    """Describe the definitions of sepsis whose score stands side by side with others.

    Parameters
    ----------
    definitions : dict of name -> definition
        Of sepsis and septic shock; those of shock are left out.
    scores : dict as from `side_by_side`

    Returns
    -------
    dict of name -> {title, label, score}
    """
    return {
        name: {
            "title": content["title"],
            "label": content["label"],
            "score": content["dysfunction"]["score"],
        }
        for name, content in definitions.items()
        if "dysfunction" in content and content["dysfunction"]["score"] in scores
    }


def component_labels(described: dict[str, dict]) -> dict[str, str]:
    """Labels of all components, each as the first definition has it that knows it."""
    labels: dict[str, str] = {}
    for each in described.values():
        labels |= {key: text for key, text in each["labels"].items() if key not in labels}
    return labels


def _most(parts: list[dict]) -> int:
    return max(band["points"] for part in parts for band in part["bands"])
