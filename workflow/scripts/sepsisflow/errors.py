"""The one exception that means the user must act."""

from collections.abc import Iterable
from difflib import get_close_matches


class DataError(Exception):
    """What is wrong, where, and what to do, in words that hold no participant's value.

    ``job.run`` and the Snakefile print the message alone, without a traceback.
    """


def nearest(name: str, valid: Iterable[str], *, count: int = 3) -> str:
    """Name the valid names closest to ``name``, or a few of them if none is close."""
    names = [str(each) for each in valid]
    folded = {each.casefold(): each for each in reversed(names)}
    close = get_close_matches(str(name).casefold(), folded, n=count)
    if close:
        return "did you mean " + " or ".join(f"'{folded[each]}'" for each in close) + "?"
    shown = ", ".join(f"'{each}'" for each in names[:12])
    return f"valid: {shown}{', …' if len(names) > 12 else ''}."
