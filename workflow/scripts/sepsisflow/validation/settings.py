"""What the quality report depends on besides the tables. Without pandas."""

from sepsisflow.readers.raw import table_name


def cross_settings(settings: dict, codelists: dict) -> dict:
    """The parts of a study file and of the codelists that rules across tables read.

    Parameters
    ----------
    settings : dict
        The study's settings.
    codelists : dict
        ``variables``, ``agents`` and ``events``.

    Returns
    -------
    dict
        ``controls``, ``visits`` and ``doses`` as in the study file; ``trial_agents``, the agents
        that the study gives by protocol; ``jumps`` by variable; ``totals``, by variable the
        highest points of each item; ``recorded_score``, field and table of the recorded total of
        a score that is computed too. Plain values.
    """
    variables, visits = codelists["variables"], settings["visits"]
    starts = [arm["time_zero"] for arm in settings["arms"].values()]
    starts += [schedule["counted_from"] for schedule in visits.values()]
    agents = {start["first_dose_of"] for start in starts if start != "origin"}
    agents |= {*settings["doses"]}.union(*(schedule["agents"] for schedule in visits.values()))
    recorded = settings["apache_ii"] and settings["apache_ii"]["recorded"]
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
        "recorded_score": recorded
        and {"field": recorded, "table": f"measurements/{variables[recorded]['domain']}"},
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
