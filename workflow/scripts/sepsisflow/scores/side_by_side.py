"""Which definitions of a study stand side by side, and what is written of them."""

SEPSIS_3_SCORE = "sofa-1996"  # a rise of any other score is not Sepsis-3


def side_by_side(definitions: dict[str, dict]) -> dict[str, dict]:
    """Describe the definitions that give scores by day, if there are two or more.

    Parameters
    ----------
    definitions : dict of name -> definition
        As `sepsisflow.scores.definitions.read_definition`, in the study file's order.

    Returns
    -------
    dict of name -> {title, sepsis_3, labels, points}
        ``sepsis_3``, whether a rise of the score may be called Sepsis-3; ``labels`` of the
        components by name; ``points``, the most that each component gives. Definitions of one
        window have no days; empty if fewer than two are left.
    """
    daily = {
        name: {
            "title": content["title"],
            "sepsis_3": content["family"] == SEPSIS_3_SCORE,
            "labels": {key: each["label"] for key, each in content["components"].items()},
            "points": {key: _most(each["parts"]) for key, each in content["components"].items()},
        }
        for name, content in definitions.items()
        if "window" not in content["choices"]["clock"]
    }
    return daily if len(daily) > 1 else {}


def _most(parts: list[dict]) -> int:
    return max(band["points"] for part in parts for band in part["bands"])


def sepsis_side_by_side(definitions: dict[str, dict], scores: dict[str, dict]) -> dict[str, dict]:
    """Describe the definitions of sepsis whose score stands side by side with others.

    Parameters
    ----------
    definitions : dict of name -> definition
        Of sepsis and septic shock; those of shock are left out.
    scores : dict as from `side_by_side`

    Returns
    -------
    dict of name -> {label, score}
    """
    return {
        name: {"label": content["label"], "score": content["dysfunction"]["score"]}
        for name, content in definitions.items()
        if "dysfunction" in content and content["dysfunction"]["score"] in scores
    }
