"""What work costs, to be compared with a peer's in the same run: never with a number of seconds."""

import time
from collections.abc import Callable


def cpu_s(work: Callable[[], object]) -> float:
    """Seconds of CPU, the least of three times."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)
