"""What a report says that has no row to be made of: nothing was found, which is an answer and no fault."""

from collections.abc import Callable
from datetime import date
from typing import Literal, TypeVar

R = TypeVar("R")

# fmt: off
What = Literal[
    "days", "years", "months", "capitals", "tasks", "complaints", "schemes", "hills",
    "districts", "industry", "network", "priorities", "overlaps", "few_days", "differ", "year", "part", "plans", "plans_ahead",
]
# fmt: on


class NothingFoundError(ValueError):
    """Nothing was found of what a report rests on.

    ``what``: its name among the words, below ``found``; ``values``: what its sentence names.
    """

    def __init__(self, what: What, message: str = "", **values: object) -> None:
        super().__init__(message or f"nothing was found: {what}")
        self.what, self.values = what, values


class NoDayError(NothingFoundError):
    """No day of a year is known, or none of its days from one to another, both inclusive."""

    def __init__(self, year: int, since: date, until: date) -> None:
        message = f"no day of {year} is known from {since} to {until}"
        if (since, until) == (date(year, 1, 1), date(year, 12, 31)):
            super().__init__("year", message, year=year)
        else:
            super().__init__("part", message, since=since, until=until)
        self.year = year


def or_none(report: Callable[[], R]) -> R | None:
    """A report, None where nothing of it was found: for those who have more to show than this one."""
    try:
        return report()
    except NothingFoundError:
        return None


def or_why(report: Callable[[], R]) -> R | NothingFoundError:
    """A report; where nothing of it was found, the reason: for those who say it among others that they show."""
    try:
        return report()
    except NothingFoundError as error:
        return error
