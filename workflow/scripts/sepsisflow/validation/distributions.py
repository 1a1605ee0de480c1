"""Counts for the pictures of the quality report: how the values of each variable are distributed.

By variable and form, so that two populations (mg/dL among µmol/L) and two laboratories that differ
show at a glance. Tables are read in batches: memory is that of one batch, whatever their size.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path

import numpy as np
import pandas as pd

from sepsisflow.validation.gather import forms_of
from sepsisflow.validation.numbers import Number, described_numbers

BATCH_ROWS = 1_000_000
MOST_BINS, FEWEST_BINS = 48, 12  # fewer values get fewer bins, none shows its values one by one
# The largest value over the smallest one, from which and up to which an axis is logarithmic.
WIDE, WIDEST = 50, 1e12
# Column that names the variable, and column of the value, of each canonical table with numbers.
NUMBERS = {"measurements": ("variable", "value"), "interventions": ("agent", "dose")}
READ = ["value.impossible", "value.invalid"]  # codes of values that were read, then set aside
GROUP = ["variable", "form"]
SUMS = ["n", "empty", "censored"]
COMBINED = {"low": "min", "high": "max", "whole": "all"}


@dataclass(frozen=True)
class Axis:
    """Edges of the bins of one variable, the same for all its forms."""

    edges: np.ndarray
    log: bool
    whole: bool = False  # a bin for each whole number


@dataclass(frozen=True)
class Histogram:
    """Values of one variable from one form, in its canonical unit.

    ``kind`` is the canonical table, as ``measurements``: a covariate may bear a variable's name.
    ``validated`` and ``aside`` are counts per bin of what is kept and what was read but set aside;
    ``unread`` counts what could not be read, ``missing`` the rows without an entry. ``beyond``
    values outside the axis are in its first and last bins.
    """

    kind: str
    variable: str
    form: str
    number: Number
    axis: Axis
    validated: np.ndarray
    aside: np.ndarray
    participants: int
    missing: int
    censored: int
    unread: int
    beyond: int

    @property
    def n(self) -> int:
        """Validated values."""
        return int(self.validated.sum())

    @property
    def set_aside(self) -> int:
        """Values in quarantine, read or not."""
        return int(self.aside.sum()) + self.unread


def all_histograms(
    files: Iterable[tuple[str, Path, Path, Path]],
    covariates: dict[str, dict],
    codelists: dict[str, dict],
    forms: Sequence[str],
) -> list[Histogram]:
    """Histograms of several tables, by table, then in the order of covariates and codelists.

    Parameters
    ----------
    files : iterable of (name, path, path, path)
        Canonical tables, each as ingested, as validated and what was set aside.
    covariates : dict of str to dict
        As in the study file; only those of type ``number`` are counted.
    codelists : dict of str to dict
        ``variables`` and ``agents``.
    forms : sequence of str
        Sources as the study file cites them; see `sepsisflow.validation.gather.forms_of`.
    """
    known = described_numbers(covariates, codelists)
    found: list[Histogram] = []
    for table, ingested, validated, quarantine in files:
        numbers = known.get(table.partition("/")[0], {})
        found += histograms(table, ingested, validated, pd.read_parquet(quarantine), numbers, forms)
    order = {
        (kind, name): at
        for at, (kind, name) in enumerate((kind, name) for kind in known for name in known[kind])
    }
    return sorted(found, key=lambda each: order[each.kind, each.variable])


def histograms(
    table: str,
    ingested: Path,
    validated: Path,
    quarantine: pd.DataFrame,
    numbers: dict[str, Number],
    forms: Sequence[str],
) -> list[Histogram]:
    """Histograms of one canonical table, sorted by variable and form.

    Parameters
    ----------
    table : str
        Its name, as ``measurements/severity``.
    ingested, validated : Path
        The table before and after values were set aside, as parquet.
    quarantine : DataFrame as `sepsisflow.schemas.findings.Quarantine`
    numbers : dict of str to Number
        The table's variables, agents or columns that hold numbers; none: no histogram.
    forms : sequence of str
        Sources as the study file cites them.
    """
    if not numbers:
        return []
    before = _summary(_values(ingested, table, numbers, forms)).dropna(subset="low")
    if before.empty:
        return []
    axes = {
        variable: axis_of(
            part["low"].min(),
            part["high"].max(),
            n=int(part["n"].sum()),
            whole=bool(part["whole"].all()),
            possible=numbers[variable].possible,
        )
        for variable, part in before.groupby("variable")
    }
    read = _counts(_values(ingested, table, numbers, forms), axes)
    kept = _counts(_values(validated, table, numbers, forms), axes)
    after = _summary(_values(validated, table, numbers, forms)).reindex(before.index, fill_value=0)
    values = quarantine[quarantine["scope"].eq("value")]
    aside = _set_aside(values, forms)
    unread = _set_aside(values[~values["code"].isin(READ)], forms)
    return [
        Histogram(
            table.partition("/")[0],
            *key,
            number=numbers[key[0]],
            axis=axes[key[0]],
            validated=_within(kept.get(key, 0 * counts)),
            aside=_within(counts) - _within(kept.get(key, 0 * counts)),
            participants=int(after.loc[key, "participants"]),
            missing=max(int(after.loc[key, "empty"]) - aside.get(key, 0), 0),
            censored=int(after.loc[key, "censored"]),
            unread=unread.get(key, 0),
            beyond=int(counts[0] + counts[-1]),
        )
        for key, counts in sorted(read.items())
        if key in before.index
    ]


def axis_of(
    low: float, high: float, *, n: int, whole: bool, possible: Sequence[float] | None = None
) -> Axis:
    """Bins with round edges for ``n`` values from ``low`` to ``high``.

    Logarithmic where all values are positive and differ by a factor of `WIDE` or more; whole
    numbers over a short range have a bin each; else the bins are of equal, round width.
    """
    most = min(max(FEWEST_BINS, int(2 * n**0.5)), MOST_BINS)
    if low > 0 and WIDE <= high / low <= WIDEST:
        decades = range(floor(log10(low)), ceil(log10(high)) + 1)
        per_decade = next((n for n in (16, 8, 4, 2) if n * (decades[-1] - decades[0]) <= most), 1)
        edges = np.logspace(decades[0], decades[-1], per_decade * (decades[-1] - decades[0]) + 1)
        first = np.searchsorted(edges, low, side="right") - 1
        last = np.searchsorted(edges, high, side="left")
        return Axis(edges[max(first, 0) : max(last, first + 1) + 1], log=True)
    if possible is not None:
        width = possible[1] - possible[0]
        low, high = np.clip([low, high], possible[0] - width, possible[1] + width)
    if whole and high - low < most:
        return Axis(np.arange(floor(low), ceil(high) + 2) - 0.5, log=False, whole=True)
    step = round_step((high - low or abs(high) or 1) / (most - 2))
    first, last = floor(low / step), floor(high / step) + 1
    return Axis(np.arange(first, last + 1) * step, log=False)


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least ``least``."""
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))


def _values(
    path: Path, table: str, numbers: Iterable[str], forms: Sequence[str]
) -> Iterator[pd.DataFrame]:
    """Batches of a table's numbers: variable, form, participant_id, value, censored."""
    import pyarrow.parquet

    kind = table.partition("/")[0]
    always = ["participant_id", "source_file"]
    wanted = [*always, *NUMBERS.get(kind, numbers)]
    file = pyarrow.parquet.ParquetFile(path)
    if "censoring" in file.schema_arrow.names:
        wanted.append("censoring")
    for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted):
        frame = batch.to_pandas()
        if kind in NUMBERS:
            variable, value = NUMBERS[kind]
            frame = frame.rename(columns={variable: "variable", value: "value"})
        else:
            frame = frame.melt(id_vars=always, value_vars=list(numbers))
        frame = frame[frame["variable"].notna()]
        values = frame["value"].astype(float)
        yield pd.DataFrame(
            {
                "variable": frame["variable"].astype(str),
                "form": forms_of(frame["source_file"], forms),
                "participant_id": frame["participant_id"],
                "value": values.where(np.isfinite(values)),
                "censored": frame["censoring"].ne("none") if "censoring" in frame else False,
            }
        )


def _summary(batches: Iterator[pd.DataFrame]) -> pd.DataFrame:
    """By variable and form: range of the values, and how many rows, participants are what.

    ``whole`` says whether all values are whole numbers, ``empty`` counts rows without a value.
    """
    parts, people = [], []
    for batch in batches:
        known = batch["value"].notna()
        parts.append(
            batch.assign(whole=batch["value"].mod(1).eq(0) | ~known, empty=~known)
            .groupby(GROUP)
            .agg(
                low=("value", "min"),
                high=("value", "max"),
                whole=("whole", "all"),
                n=("value", "count"),
                empty=("empty", "sum"),
                censored=("censored", "sum"),
            )
        )
        people.append(batch.loc[known, [*GROUP, "participant_id"]].drop_duplicates())
    if not parts:
        return pd.DataFrame(columns=[*COMBINED, *SUMS, "participants"])
    together = pd.concat(parts).groupby(GROUP).agg(dict.fromkeys(SUMS, "sum") | COMBINED)
    participants = pd.concat(people).drop_duplicates().groupby(GROUP)["participant_id"].nunique()
    return together.assign(participants=participants.reindex(together.index, fill_value=0))


def _counts(
    batches: Iterator[pd.DataFrame], axes: dict[str, Axis]
) -> dict[tuple[str, str], np.ndarray]:
    """Values per bin, by variable and form; first and last are those beyond the axis."""
    counts: dict[tuple[str, str], np.ndarray] = {}
    for batch in batches:
        for key, part in batch[batch["variable"].isin(axes)].groupby(GROUP)["value"]:
            edges, values = axes[key[0]].edges, part.dropna().to_numpy()
            # Edges are computed: a value on one belongs above it whatever the last bit says.
            bins = np.searchsorted(edges - 1e-12 * np.abs(edges), values, side="right")
            counts[key] = counts.get(key, 0) + np.bincount(bins, minlength=len(edges) + 1)
    return counts


def _within(counts: np.ndarray) -> np.ndarray:
    """Counts of the bins alone, what lies beyond them added to the first and the last."""
    bins = counts[1:-1].copy()
    bins[0] += counts[0]
    bins[-1] += counts[-1]
    return bins


def _set_aside(values: pd.DataFrame, forms: Sequence[str]) -> dict[tuple[str, str], int]:
    """Values in quarantine, by field and form."""
    groups = values.groupby(["field", forms_of(values["source_file"], forms)])
    return groups["values"].sum().to_dict()
