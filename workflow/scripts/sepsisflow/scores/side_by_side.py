"""Which definitions of a study stand side by side, and what is written of them."""


def side_by_side(definitions: dict[str, dict]) -> dict[str, dict]:
    """Describe the definitions that give scores by day, if there are two or more.

    Parameters
    ----------
    definitions : dict of name -> definition
        As `sepsisflow.scores.definitions.read_definition`, in the study file's order.

    Returns
    -------
    dict of name -> {title, labels, points}
        ``labels`` of the components by name; ``points``, the most that each component gives.
        Definitions of one window have no days; empty if fewer than two are left.
    """
    daily = {
        name: {
            "title": content["title"],
            "labels": {key: each["label"] for key, each in content["components"].items()},
            "points": {key: _most(each["parts"]) for key, each in content["components"].items()},
        }
        for name, content in definitions.items()
        if "window" not in content["choices"]["clock"]
    }
    return daily if len(daily) > 1 else {}


def _most(parts: list[dict]) -> int:
    return max(band["points"] for part in parts for band in part["bands"])
