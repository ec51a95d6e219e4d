"""What work costs, to be compared with a peer's in the same run: never with a number of seconds."""

import time
from collections.abc import Callable
from statistics import median


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of CPU, the least of three times."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def ratio(work: Callable[[], object], peer: Callable[[], object]) -> float:
    """What work costs of what a peer costs, measured side by side: the middle one of seven pairs."""
    ratios = []
    for _ in range(7):
        start = time.process_time()
        work()
        between = time.process_time()
        peer()
        ratios.append((between - start) / (time.process_time() - between))
    return median(ratios)
