"""The definition of an endpoint in words, from its settings."""

COUNTED = {
    "whole_days": "study days of which no part is {}",
    "hours": "hours that are not {}, in days of 24 h",
}
FROM = {
    "time_zero": "each of them counts",
    "first_end": "those after the first end of it",
    "last_end": "those after the last end of it",
}
DEATHS = {
    "zero": "death by then scores 0",
    "minus_one": "death by then scores −1",
    "until_death": "the dead keep the days they lived",
}
LOST = {
    "missing": "who is not followed so far is left out",
    "free": "who is not followed so far is taken to be alive",
}
PLACES = {"icu": "in intensive care", "hospital": "in hospital"}
BELOW = {"half_limit": "half the limit", "limit": "the limit"}


def score_in_words(settings: dict) -> str:
    """How a score becomes an endpoint, as in a table's footnote."""
    days = ", ".join(f"{day:g}" for day in settings["over_days"])
    unscored = {
        "missing": "is missing",
        "carried": "has the last score before it",
    }
    after_death = {
        "missing": "no score",
        "carried": "the last one",
        "score_24": "24 points",
        "worst_rank": "in place of points ranks among all analysed, the dead worse than the "
        "living and the worse the earlier they died",
    }
    rules = "; or ".join(after_death[rule] for rule in settings["death_rules"])
    own = {
        "observed": "the score of the day of death counts",
        "death_rule": "from the day of death on, the rule about death counts",
    }
    return (
        f"the {settings['of_day']} score of a day; maximum and mean over the days {days} that have "
        f"one; an unscored day of the living {unscored[settings['unscored']]}; "
        f"{own[settings['day_of_death']]}; after death {rules}"
    )


def free_days_in_words(settings: dict) -> str:
    """Days free of support, or of a stay, as in a table's footnote."""
    spent = PLACES[settings["place"]] if "place" in settings else "under support"
    pause = settings.get("free_at_least_h")
    pauses = f"a pause below {pause:g} h, ended by it or by death, is none; " if pause else ""
    return (
        f"{COUNTED[settings['counted']].format(spent)}, to day {settings['horizon_day']}; "
        f"{FROM[settings['counted_from']]}; {pauses}{DEATHS[settings['death']]}; "
        f"{LOST[settings['lost']]}"
    )


def reversal_in_words(settings: dict) -> str:
    """Time to reversal of shock, as in a table's footnote."""
    deaths = {
        "censored": "death before it ends the time at risk",
        "never": "death before it counts as no reversal",
    }
    return (
        f"of those with a vasopressor within {settings['shock_within_h']:g} h, days until "
        f"{settings['free_at_least_h']:g} h alive without one begin, to day "
        f"{settings['horizon_day']}; {deaths[settings['death']]}"
    )


def clearance_in_words(settings: dict) -> str:
    """Clearance, as in a table's footnote."""
    first, later = (
        f"hours {settings[window]['from']:g} to {settings[window]['to']:g}"
        for window in ("first_h", "later_h")
    )
    return (
        f"fall from the first value of {first} to the {settings['later']} of {later}, in percent "
        "of the first; a value below the limit of quantification counts as "
        f"{BELOW[settings['below_limit']]}"
    )
