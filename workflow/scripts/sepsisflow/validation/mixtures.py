"""Values of one variable from one source that look as if written in two units, or copied.

No single value need be implausible: creatinine of 60 and 90 µmol/L among mg/dL is far outside, but
FiO2 or glucose may not be, and a weight of 80 kg for everybody is plausible each time.
"""

import numpy as np
import pandas as pd

from sepsisflow.units import conversion, units_of

# Fewer values than these in the smaller part, or less of a share, are single errors, not a unit.
SMALLEST_PART, SMALLEST_SHARE = 5, 0.05
# Factors nearer to 1 than this cannot be told from the spread of patients.
SMALLEST_FACTOR = 2.5
# The empty gap between the parts, as a share of the factor's logarithm and at least, and how near
# the ratio of their medians must come to the factor. On lognormal samples (10 to 300 values, sigma
# up to 1) fewer than 1 % alarm; of mixtures with 6 to 50 % in another unit three in four are.
GAP_SHARE, SMALLEST_GAP, RATIO_TOLERANCE = 0.25, 0.7, 1.5
CONSTANT_SHARE, CONSTANT_PEOPLE = 0.9, 10


def mixed_units(values: np.ndarray, entry: dict) -> bool:
    """Whether positive values fall into two parts, as far apart as two units of ``entry`` are.

    The parts meet at the widest gap between values that leaves both of them large enough.
    """
    logs = np.sort(np.log(values[values > 0]))
    smallest = max(SMALLEST_PART, int(np.ceil(SMALLEST_SHARE * len(logs))))
    if len(logs) < 2 * smallest:
        return False
    at = smallest + int(np.argmax(np.diff(logs)[smallest - 1 : len(logs) - smallest]))
    gap = logs[at] - logs[at - 1]
    if gap < SMALLEST_GAP:
        return False
    apart = np.median(logs[at:]) - np.median(logs[:at])
    return any(
        gap >= GAP_SHARE * np.log(factor) and abs(apart - np.log(factor)) <= np.log(RATIO_TOLERANCE)
        for factor in confusable_factors(entry)
    )


def confusable_factors(entry: dict) -> list[float]:
    """Factors (above 1) between the canonical unit and others in which the variable is written.

    Of a scale with an offset, as Fahrenheit's, the ratio in the middle of the plausible range.
    """
    middle = sum(entry["plausible"]) / 2
    found = [conversion(unit, entry) for unit in units_of(entry)]
    ratios = [(middle - offset) / factor / middle if offset else factor for factor, offset in found]
    factors = {max(ratio, 1 / ratio) for ratio in ratios}
    return sorted(factor for factor in factors if factor >= SMALLEST_FACTOR)


def mixtures(frame: pd.DataFrame, vocabulary: dict) -> list[tuple[str, str]]:
    """Source file and variable of exact values that look like two units, in order."""
    exact = frame[frame["value"].notna() & frame["censoring"].eq("none")]
    return [
        (file, variable)
        for (file, variable), rows in exact.groupby(["source_file", "variable"], sort=True)
        if len(rows) >= 2 * SMALLEST_PART
        and mixed_units(rows["value"].to_numpy(float), vocabulary[variable])
    ]


def is_constant(values: pd.Series) -> bool:
    """Whether more than nine in ten of at least ten participants share one value."""
    known = values.dropna()
    if len(known) < CONSTANT_PEOPLE:
        return False
    return bool(known.value_counts().iloc[0] > CONSTANT_SHARE * len(known))
