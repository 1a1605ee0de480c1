"""What the quality report depends on besides the tables. Without pandas."""

from sepsisflow.readers.raw import table_name


def cross_settings(settings: dict, codelists: dict, definitions: dict[str, dict]) -> dict:
    """The parts of a study file and of the codelists that rules across tables read.

    Parameters
    ----------
    settings : dict
        The study's settings.
    codelists : dict
        ``variables``, ``agents`` and ``events``.
    definitions : dict of str to dict
        Definitions of the scores of the study.

    Returns
    -------
    dict
        ``controls``, ``visits`` and ``doses`` as in the study file; ``trial_agents``, the agents
        that the study gives by protocol; ``jumps`` by variable; ``totals``, by variable the
        highest points of each item; ``recorded_scores``, see `recorded_scores`. Plain values.
    """
    variables, visits = codelists["variables"], settings["visits"]
    starts = [arm["time_zero"] for arm in settings["arms"].values()]
    starts += [schedule["counted_from"] for schedule in visits.values()]
    agents = {start["first_dose_of"] for start in starts if start != "origin"}
    agents |= {*settings["doses"]}.union(*(schedule["agents"] for schedule in visits.values()))
    return {
        "controls": settings["controls"],
        "visits": visits,
        "doses": settings["doses"],
        "trial_agents": sorted(agents),
        "jumps": {name: entry["jump"] for name, entry in variables.items() if "jump" in entry},
        "totals": {
            name: {item: variables[item]["possible"][1] for item in entry["sum_of"]}
            for name, entry in variables.items()
            if "sum_of" in entry
        },
        "recorded_scores": recorded_scores(settings, variables, definitions),
    }


def recorded_scores(settings: dict, variables: dict, definitions: dict[str, dict]) -> dict:
    """Scores that were written down and are computed, too, by variable of the recorded total.

    Returns
    -------
    dict of str to dict
        ``table`` that holds the total and its items; ``items``, by variable the component that it
        is; ``highest``, by component the most points, empty where the computed table says it.
    """
    apache = settings["apache_ii"] and settings["apache_ii"]["recorded"]
    found: dict[str, dict] = {apache: {"items": {}, "highest": {}}} if apache else {}
    for total, name in settings["recorded_scores"].items():
        highest = {
            key: max(band["points"] for part in component["parts"] for band in part["bands"])
            for key, component in definitions[name]["components"].items()
        }
        components = {
            item: variables[item].get("component") for item in variables[total].get("sum_of", ())
        }
        items = {item: each for item, each in components.items() if each in highest}
        found[total] = {"items": items, "highest": highest}
    return {
        total: {"table": f"measurements/{variables[total]['domain']}", **each}
        for total, each in found.items()
    }


def pictured(codelists: dict) -> dict[str, dict]:
    """What the report's pictures need of the codelists, so that no other edit redraws them."""
    kept = ("label", "unit", "plausible", "possible")
    return {
        name: {
            key: {each: entry[each] for each in kept if each in entry}
            for key, entry in codelists[name].items()
        }
        for name in ("variables", "agents")
    }


def form_names(sources: dict[str, dict]) -> list[str]:
    """Sources as findings cite them; of many small files their pattern stands for all."""
    cited = (table_name(each, each.get("members", "")) for each in sources.values())
    return list(dict.fromkeys(cited))
