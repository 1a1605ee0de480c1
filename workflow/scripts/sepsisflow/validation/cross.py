"""Rules across tables, or across rows of one. They flag rows; they never move them."""

from collections import Counter
from collections.abc import Collection, Iterable

import pandas as pd

from sepsisflow.validation.completeness import incomplete, people_having
from sepsisflow.validation.deaths import check_after_death, check_alive, check_deaths
from sepsisflow.validation.discharges import check_discharges, check_order
from sepsisflow.validation.doses import check_first_doses, check_weights
from sepsisflow.validation.intervals import check_overlap, check_reversed
from sepsisflow.validation.jumps import check_jumps
from sepsisflow.validation.people import check_arms, check_build, check_follow_up
from sepsisflow.validation.rules import findings_table
from sepsisflow.validation.scores import check_scores
from sepsisflow.validation.table import MODELS
from sepsisflow.validation.totals import check_totals
from sepsisflow.validation.visits import check_repeated_visits, check_windows

CHECKS = [
    check_arms,
    check_build,
    check_deaths,
    check_after_death,
    check_alive,
    check_discharges,
    check_order,
    check_first_doses,
    check_weights,
    check_reversed,
    check_overlap,
    check_windows,
    check_repeated_visits,
    check_totals,
    check_scores,
    check_jumps,
]


def check_across(
    shards: Iterable[dict[str, pd.DataFrame]], *, settings: dict, asked: Collection[str] = ()
) -> pd.DataFrame:
    """Findings that need more than one table, or more than one row of one.

    Parameters
    ----------
    shards : iterable of dict of str to DataFrame
        Validated tables by name, with all rows of some participants in each shard; a study may lack
        any but ``participants``. Beside them ``scores/<recorded total>``, see `check_scores`.
    settings : dict
        See `sepsisflow.validation.settings.cross_settings`.
    asked : collection of str
        Participants of whom an event could not be read: the site is asked about it already.

    Returns
    -------
    DataFrame as `Findings`
    """
    found: list[dict] = []
    having: Counter = Counter()
    total = 0
    for tables in shards:
        every = {**_empty_tables(), **tables}
        found += [finding for check in CHECKS for finding in check(every, settings)]
        if "events" in tables:
            found += check_follow_up(every, settings, asked)
        having.update(people_having(every))
        total += len(tables["participants"])
    return findings_table(found + incomplete(having, total))


def _empty_tables() -> dict[str, pd.DataFrame]:
    """Canonical tables without rows, for those that a study lacks."""
    return {name: MODELS[name].empty() for name in MODELS if name != "measurements"}
