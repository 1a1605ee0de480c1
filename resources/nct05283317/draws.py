"""Random draws that are the same on every platform, and draws under a constraint."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np


class Draws:
    """Draws built from ``Generator.random`` alone.

    Numpy keeps the stream of PCG64 and its 53-bit uniforms stable, not its normal or integer
    methods; a normal draw here is the sum of twelve uniforms, plain arithmetic anywhere.
    """

    def __init__(self, seed: int, stream: int) -> None:
        """Start stream number ``stream`` of ``seed``; streams do not disturb one another."""
        self._random = np.random.Generator(np.random.PCG64([seed, stream])).random

    def uniform(self, low: float, high: float) -> float:
        """Draw from low (inclusive) to high (exclusive)."""
        return low + (high - low) * float(self._random())

    def integer(self, low: int, high: int) -> int:
        """Draw an integer from low to high, both inclusive."""
        return low + int(self.uniform(0, high - low + 1))

    def chance(self, probability: float) -> bool:
        """Draw whether something of this probability happens."""
        return self.uniform(0, 1) < probability

    def normal(self, mean: float, deviation: float) -> float:
        """Draw from a sum of twelve uniforms: nearly normal, within six deviations."""
        return mean + deviation * (sum(self.uniform(0, 1) for _ in range(12)) - 6)

    def choice(self, options: dict):
        """Draw a key of ``options``; its values are weights."""
        point = self.uniform(0, sum(options.values()))
        for option, weight in options.items():
            point -= weight
            if point < 0:
                return option
        return option

    def shuffled(self, items: Sequence) -> list:
        """Return the items in random order."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.integer(0, last)
            order[last], order[other] = order[other], order[last]
        return order


def draw_until(draw: Callable, accept: Callable, *, tries: int = 200_000):
    """Repeat ``draw()`` until ``accept`` says yes to what it returned.

    Raises
    ------
    RuntimeError
        If nothing was accepted: the constraints cannot be met by this model.
    """
    for _ in range(tries):
        drawn = draw()
        if accept(drawn):
            return drawn
    raise RuntimeError(f"nothing accepted in {tries} draws by {accept}")


def signed_rank_p(differences: Sequence[float]) -> float:
    """Two-sided exact Wilcoxon signed-rank p; zeros dropped, ties at their mean rank.

    Every pattern of signs is enumerated, so it suits at most some fifteen differences.
    """
    kept = [each for each in differences if each != 0]
    sizes = [round(abs(each), 9) for each in kept]
    ranks = [sum(a < b for a in sizes) + (sizes.count(b) + 1) / 2 for b in sizes]
    observed = sum(rank for rank, each in zip(ranks, kept, strict=True) if each > 0)
    distance = abs(observed - sum(ranks) / 2)
    signs = np.array(list(product([0, 1], repeat=len(ranks))), dtype=float)
    sums = signs @ np.array(ranks) if ranks else np.zeros(1)
    return float(np.mean(np.abs(sums - sum(ranks) / 2) >= distance - 1e-9))
