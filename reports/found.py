"""What a report says that has no row to be made of: nothing was found, which is an answer and no fault."""

from collections.abc import Callable
from typing import Literal, TypeVar

R = TypeVar("R")

# fmt: off
What = Literal[
    "days", "years", "months", "capitals", "tasks", "complaints", "schemes", "hills",
    "districts", "industry", "network", "priorities", "overlaps",
]
# fmt: on


class NothingFoundError(ValueError):
    """Nothing was found of what a report rests on. ``what``: its name among the words, below ``found``."""

    def __init__(self, what: What, message: str = "") -> None:
        super().__init__(message or f"nothing was found: {what}")
        self.what = what


def or_none(report: Callable[[], R]) -> R | None:
    """A report, None where nothing of it was found: for those who have more to show than this one."""
    try:
        return report()
    except NothingFoundError:
        return None
