"""The study-level layer of a template: ``[[ ]]`` and ``[% %]``, filled by Jinja."""

import math
import traceback
from collections.abc import Mapping

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError

from sepsisflow.errors import DataError, nearest
from sepsisflow.manuscript.markdown import Markdown, escape, listing


def render(template: str, words: Mapping[str, object], *, name: str) -> str:
    """Fill in what the study file says; bindings of numbers pass through untouched.

    Texts are escaped, so that no label of a study file is taken for Markdown; the filter
    ``markdown`` lets a text be Markdown, ``listing`` joins a list as in a sentence.

    Parameters
    ----------
    template : str
    words : mapping
        Names the template may use, see `vocabulary`.
    name : str
        Name of the template, for messages.

    Raises
    ------
    DataError
        If the template is not well formed or uses a name that does not exist; names its line.
    """
    environment = Environment(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_written,
        autoescape=False,
    )
    environment.filters |= {"markdown": Markdown, "listing": listing}
    try:
        return environment.from_string(template).render(words)
    except TemplateSyntaxError as error:
        raise DataError(f"{name}, line {error.lineno}: {error.message.rstrip('.')}.") from error
    except UndefinedError as error:
        raise DataError(f"{name}, line {_line(error)}: {error.message}.") from error


def bounded(key: str, estimates: Mapping[str, Mapping]) -> bool:
    """Whether an estimate has a value with an interval; an odds ratio of 0 has none.

    Raises
    ------
    DataError
        If there is no such estimate; names the nearest keys.
    """
    ends = [estimates[key][end] for end in ("lower", "upper")] if known(key, estimates) else []
    return any(end is not None and not math.isnan(end) for end in ends)


def known(key: str, estimates: Mapping[str, Mapping]) -> bool:
    """Whether an estimate has a value: not where nothing could be estimated.

    Raises
    ------
    DataError
        If there is no such estimate; names the nearest keys.
    """
    if key not in estimates:
        raise DataError(f"The template asks for '{key}'; {nearest(key, estimates)}")
    return not math.isnan(estimates[key]["value"])


def _written(value: object) -> object:
    return escape(value) if isinstance(value, str) else value


def _line(error: UndefinedError) -> int:
    """Line of the template in which a name was missing."""
    frames = traceback.extract_tb(error.__traceback__)
    return next(frame.lineno for frame in reversed(frames) if frame.filename == "<template>")
