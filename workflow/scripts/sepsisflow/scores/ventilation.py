"""Episodes of respiratory support."""

from dataclasses import dataclass

import numpy as np

from sepsisflow.scores.grid import HOUR
from sepsisflow.scores.observations import Rows, at_once, bounds, time_key


@dataclass(frozen=True)
class Episodes:
    """Intervals, both ends included (seconds); ``status`` is a position, of words or of rows."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    status: np.ndarray

    def chosen(self, which: np.ndarray) -> "Episodes":
        """Some of the intervals, by position or condition."""
        return Episodes(*(each[which] for each in vars(self).values()))


def charted_status(rows: Rows, statuses: list[dict], device_needs: list[str]) -> Episodes:
    """Status at each time at which an oxygen device or a ventilator mode tells one.

    Of ``statuses`` (``devices`` and ``modes`` by ``status``) the first that holds; of several
    devices at one time the first by alphabet counts, of modes any. Devices count where one of the
    variables ``device_needs`` has a value at the same time; without such variables, always. Each
    start is its end.
    """
    device, mode = rows.called("oxygen_device"), rows.called("ventilator_mode")
    if device_needs:
        beside = np.concatenate([rows.called(name) for name in device_needs])
        low, span = bounds(rows.second[device], rows.second[beside])
        there = time_key(rows.person[beside], rows.second[beside], low, span)
        device = device[
            np.isin(time_key(rows.person[device], rows.second[device], low, span), there)
        ]
    which = np.concatenate([device, mode])
    person, second = rows.person[which], rows.second[which]
    first, place = at_once(person, second)
    devices = np.full(len(first), len(rows.texts))
    alphabet = np.argsort(np.argsort(np.array(rows.texts, dtype=str), kind="stable"))
    charted = rows.text[device] >= 0
    np.minimum.at(devices, place[: len(device)][charted], alphabet[rows.text[device][charted]])
    found = np.full(len(first), -1)
    for at, each in reversed(list(enumerate(statuses))):
        known = [alphabet[rows.texts.index(word)] for word in each["devices"] if word in rows.texts]
        holds = np.isin(devices, known)
        modes = [rows.texts.index(word) for word in each["modes"] if word in rows.texts]
        holds[place[len(device) :][np.isin(rows.text[mode], modes)]] = True
        found[holds] = at
    told = found >= 0
    person, second = person[first][told], second[first][told]
    return Episodes(person, second, second, found[told])


def episodes(charted: Episodes, *, gap_h: int) -> Episodes:
    """Episodes of one status each, from points in time in order of participant and time.

    A change of status, or ``gap_h`` boundaries of hours since that status was last charted, begins
    an episode. It ends with the next charting of any status, or with its own last one if the next
    is ``gap_h`` away. What begins and ends at once is left out.
    """
    person, second, status = charted.person, charted.start, charted.status
    count = len(person)
    if not count:
        return charted
    new_person = np.diff(person, prepend=-1) != 0
    apart = (person * (int(status.max()) + 1) + status).astype(np.int64)
    order = np.argsort(apart, kind="stable")
    since = np.full(count, -1)
    same = np.flatnonzero(apart[order][1:] == apart[order][:-1])
    since[order[same + 1]] = second[order[same + 1]] // HOUR - second[order[same]] // HOUR
    changed = np.diff(status, prepend=-1) != 0
    begins = np.flatnonzero(new_person | changed | (since >= gap_h))
    number = np.cumsum(np.isin(np.arange(count), begins)) - 1
    following = np.append(second[1:], 0)
    alone = np.append(new_person[1:], True) | (following // HOUR - second // HOUR >= gap_h)
    end = np.zeros(len(begins), dtype=np.int64) + np.iinfo(np.int64).min
    np.maximum.at(end, number, np.where(alone, second, following))
    last = np.append(begins[1:], count) - 1
    kept = second[begins] != second[last]
    begins = begins[kept]
    return Episodes(person[begins], second[begins], end[kept], status[begins])


def treatment_episodes(rows: Rows, agents: list[str]) -> Episodes:
    """Intervals of these agents, as recorded; ``status`` is the row."""
    which = np.concatenate([rows.called(name) for name in agents] or [np.empty(0, dtype=np.int64)])
    return Episodes(rows.person[which], rows.second[which], rows.end[which], which)


def running(rows: Rows, agents: list[str]) -> Episodes:
    """Intervals of these agents in which they run: not those with a rate of 0."""
    found = treatment_episodes(rows, agents)
    return found.chosen(rows.value[found.status] != 0)


def lasting(intervals: Episodes, *, ignored_below_h: float) -> Episodes:
    """Intervals without the breaks, and then the intervals, that last less than so many hours."""
    if not ignored_below_h:
        return intervals
    whole = joined(intervals, gap=round(ignored_below_h * HOUR) - 1)
    return whole.chosen(whole.end - whole.start >= ignored_below_h * HOUR)


def joined(intervals: Episodes, *, gap: int) -> Episodes:
    """Intervals of each participant, whatever their status, that overlap or lie ``gap`` s apart."""
    if not len(intervals.person):
        return intervals
    order = np.lexsort((intervals.start, intervals.person))
    person, start, end = (
        each[order] for each in (intervals.person, intervals.start, intervals.end)
    )
    low, span = bounds(start, end + gap + 1)
    reach = np.maximum.accumulate(time_key(person, end, low, span))
    begins = np.ones(len(person), dtype=bool)
    begins[1:] = time_key(person, start, low, span)[1:] > reach[:-1] + gap
    begins[1:] |= person[1:] != person[:-1]
    at = np.flatnonzero(begins)
    last = np.append(at[1:], len(person)) - 1
    finish = reach[last] - person[last].astype(np.int64) * span + low
    return Episodes(person[at], start[at], finish, intervals.status[order][at])


def inside(intervals: Episodes, person: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Whether each time lies in one of its participant's intervals, ends included."""
    whole = joined(intervals, gap=0)
    if not len(whole.person):
        return np.zeros(len(person), dtype=bool)
    low, span = bounds(whole.start, whole.end, second)
    key = time_key(person, second, low, span)
    at = np.searchsorted(time_key(whole.person, whole.start, low, span), key, side="right") - 1
    return (at >= 0) & (key <= time_key(whole.person, whole.end, low, span)[at])
