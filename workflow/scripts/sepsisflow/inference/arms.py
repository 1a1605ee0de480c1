"""Which arms are compared."""

from itertools import product


def comparisons(arms: dict[str, dict]) -> list[tuple[str, str]]:
    """Pair every arm of role ``treated`` with every arm of role ``control``.

    Parameters
    ----------
    arms : dict of arm -> {label, role}

    Returns
    -------
    list of (treated, control), in the order of the study file; empty where nobody is compared
    """
    treated = [arm for arm, settings in arms.items() if settings["role"] == "treated"]
    control = [arm for arm, settings in arms.items() if settings["role"] == "control"]
    return list(product(treated, control))
