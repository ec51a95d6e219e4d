"""Runs of pages take turns.

A process computes on one core. Of a crowd that comes at once, each would wait for all the others and all would be slower
for it; so one run is made after another, and between two of them the event loop sends what the first one made. (With three
at a time half of 200 visitors waited 1.5 times as long: their threads kept the loop from sending.) A part that refreshes by
itself waits for no turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE_S = 10.0  # some five hundred runs: what keeps its turn longer hangs, and nobody waits for it any more
_taken = Lock()


@contextmanager
def turn() -> Iterator[None]:
    """One run."""
    waited_for = _taken.acquire(timeout=PATIENCE_S)
    try:
        yield
    finally:
        if waited_for:
            _taken.release()
