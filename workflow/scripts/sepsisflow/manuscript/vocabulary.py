"""What a template may say of a study: arms, days, participant flow, panels, software, in words."""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version

from sepsisflow.endpoints.words import (
    clearance_in_words,
    free_days_in_words,
    reversal_in_words,
    score_in_words,
)
from sepsisflow.manuscript.markdown import Markdown, listing

# Name, package, and the reference that describes it.
SOFTWARE = (
    ("Snakemake", "snakemake", "molder2021"),
    ("lifelines", "lifelines", "davidsonpilon2019"),
    ("SciPy", "scipy", "virtanen2020"),
)


def vocabulary(
    study: Mapping, estimates: Mapping[str, Mapping], labels: Mapping[str, Mapping]
) -> dict[str, object]:
    """Names that the study-level layer of a template may use.

    Parameters
    ----------
    study : mapping
        The validated study file, without ``sources``.
    estimates : mapping of key -> row of the estimates table
        Read for the steps of the participant flow only.
    labels : mapping of variable -> {label, …}
        The codelist's entries of the variables of the study's panels.

    Returns
    -------
    dict
        ``study``; ``arms``, ``treated``, ``control`` (each ``key``, ``label``, ``time_zero``);
        ``versus`` (the part of a key that names the comparison); ``level`` ("95%"); ``horizons``
        and ``last_day`` (days); ``flow`` (`flow_groups`); ``panels`` (`panels_in_words`);
        ``endpoints`` and ``free_days`` (`endpoints_in_words`, `free_days`);
        ``kept_if_missing`` (labels of eligibility items, in quotation marks); ``software``.
    """
    arms = {key: arm_in_words(key, study["arms"]) for key in study["arms"]}
    roles = {arm["role"]: arms[key] for key, arm in study["arms"].items()}
    treated, control = roles["treated"], roles["control"]
    return {
        "study": study,
        "arms": list(arms.values()),
        "treated": treated,
        "control": control,
        "versus": f"{treated['key']}-vs-{control['key']}",
        "level": f"{study['level'] * 100:.4g}%",
        "horizons": study["survival"]["horizons_days"],
        "last_day": study["survival"]["follow_up_days"],
        "flow": flow_groups(estimates, study),
        "panels": panels_in_words(study["biomarkers"], arms, labels),
        "endpoints": endpoints_in_words(study["endpoints"]),
        "free_days": free_days(study["endpoints"]),
        "kept_if_missing": [
            f"“{item['label']}”" for item in study["eligibility"] if item["missing"] == "kept"
        ],
        "software": software(),
    }


def arm_in_words(key: str, arms: Mapping[str, Mapping]) -> dict[str, str]:
    """Name an arm and where its clock starts."""
    time_zero = arms[key]["time_zero"]
    if time_zero == "origin":
        start = "the start of observation that the data record for each participant"
    else:
        agent = time_zero["first_dose_of"]
        named = in_sentence(arms[agent]["label"]) if agent in arms else agent.replace("_", " ")
        start = f"the first dose of {named}"
    return {"key": key, "label": in_sentence(arms[key]["label"]), "time_zero": start}


def in_sentence(label: str) -> str:
    """Write a label as within a sentence: "Control" as "control", but "MSC" as "MSC".

    Only a capital before a small letter is lowered.
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def flow_groups(estimates: Mapping[str, Mapping], study: Mapping) -> list[dict]:
    """Collect the participant flow by the group in which it was counted.

    Returns
    -------
    list of dict
        ``label`` of the group; ``start`` and ``end``, the steps at which counting began and
        ended; ``lost``, the steps at which somebody was excluded: ``label`` and the ``key`` of
        the number. ``start`` and ``end`` are keys too.
    """
    steps: dict[str, list[Mapping]] = {}
    for row in estimates.values():
        if row["analysis"] == "flow":
            steps.setdefault(row["group"], []).append(row)
    return [_flow_group(group, rows, study) for group, rows in steps.items()]


def panels_in_words(
    panels: Mapping[str, Mapping], arms: Mapping[str, Mapping], labels: Mapping[str, Mapping]
) -> list[dict]:
    """Name each panel, its arms and its variables, and put its later days in words."""
    return [
        {
            **panel,
            "key": key,
            "arms": [arms[arm] for arm in panel["arms"]],
            "variables": [
                {"key": each, "label": in_sentence(labels[each]["label"])}
                for each in panel["variables"]
            ],
            "later_days": [day for day in panel["days"] if day > panel["baseline_day"]],
        }
        for key, panel in panels.items()
    ]


def endpoints_in_words(endpoints: Mapping[str, Mapping]) -> list[dict]:
    """Name and define each participant-level endpoint, in the order of the study file."""
    families = {
        "support_free_days": free_days_in_words,
        "days_alive_out": free_days_in_words,
        "shock_reversal": reversal_in_words,
        "clearance": clearance_in_words,
    }
    score = endpoints["sofa"]
    named = [{"label": "the SOFA score", "definition": score_in_words(score)}] if score else []
    return named + [
        {"label": in_sentence(each["label"]), "definition": words(each)}
        for family, words in families.items()
        for each in endpoints[family].values()
    ]


def free_days(endpoints: Mapping[str, Mapping]) -> list[dict]:
    """Days free of support or of a stay: label, horizon, and key of the estimates."""
    return [
        {"key": name, "label": each["label"], "day": each["horizon_day"]}
        for family in ("support_free_days", "days_alive_out")
        for name, each in endpoints[family].items()
    ]


def software() -> Markdown:
    """Name the programs that computed the numbers, with versions, as in a sentence."""
    named = [Markdown(f"{name} {version(package)} [@{key}]") for name, package, key in SOFTWARE]
    return listing([f"Python {platform.python_version()}", *named])


def _flow_group(group: str, rows: Sequence[Mapping], study: Mapping) -> dict:
    counted = [row["key"] for row in rows if row["statistic"] == "n"]
    lost = [row for row in rows if row["statistic"] == "n_excluded" and row["value"] > 0]
    items = {item["item"]: item["label"] for item in study["eligibility"]}
    words = {step: f"did not meet “{label}”" for step, label in items.items()}
    words["not_selected"] = "were eligible but not selected as controls"
    words["no_time_zero"] = "had no first dose recorded"
    return {
        "label": _group_label(group, study),
        "start": counted[0],
        "end": counted[-1],
        "lost": [
            {"key": row["key"], "label": words.get(row["endpoint"], row["endpoint"])}
            for row in lost
        ],
    }


def _group_label(group: str, study: Mapping) -> str:
    if group in study["arms"]:
        return f"{in_sentence(study['arms'][group]['label'])} group"
    return {"pool": "pool of possible controls", "all": "study"}.get(group, group)
