"""Run a reader over numbered inputs."""

import signal
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from random import Random
from types import FrameType
from typing import Any

from msgspec import Struct, field

from tests.fuzz.targets import Target

MOST_CPU_S = 20.0  # of one input: only so that a reader that hangs ends


class HangsError(Exception):
    """An input took longer than any should."""


class Found(Struct):
    """What came of many inputs: the first number of each kind of failure with its trace, and the costliest input."""

    failures: dict[str, tuple[int, str]] = field(default_factory=dict)
    count: int = 0
    most_s: float = 0.0
    costliest: int = -1


def made(name: str, target: Target, number: int) -> Any:
    """The input of a number."""
    return target.make(Random(f"{name} {number}"))


def run(name: str, target: Target, numbers: Iterable[int]) -> Found:
    """Read the inputs of these numbers."""
    found = Found()
    for number in numbers:
        given = made(name, target, number)
        begin = time.process_time()
        try:
            with ended_after(MOST_CPU_S):
                target.read(given)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} at {where.filename.rpartition('/')[2]}:{where.lineno}"
            found.failures.setdefault(kind, (number, "".join(traceback.format_exception(error))))
        took = time.process_time() - begin
        found.count += 1
        if took > found.most_s:
            found.most_s, found.costliest = took, number
    return found


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Raise HangsError in the block once it has taken so much CPU."""

    def end(_: int, __: FrameType | None) -> None:
        raise HangsError(f"more than {seconds:g} s of CPU")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
