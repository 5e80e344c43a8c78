"""How the work grows with the text, on the processor's own clock."""

import math
import time
from collections.abc import Callable


def growth(action: Callable[[int], object], size: int, times: int = 16) -> float:
    """Return how many times longer the processor works on a text that is `times` as long.

    Linear work gives about 16 for 16 times as much text, work with the square of it 256.
    """

    def work(length: int) -> float:
        least = math.inf
        for _ in range(3):
            begun = time.process_time()
            action(length)
            least = min(least, time.process_time() - begun)
        return least

    return work(size * times) / work(size)
