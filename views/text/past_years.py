"""Today beside the same day of past years, in words."""

from reports import advice
from reports.advice import Advice, SameDay
from views.text import format as fmt
from views.text.words import Words

GOOD = 2  # excellent and good count as good


def of(told: Advice) -> tuple[SameDay, ...]:
    """The same day of the years before, the latest first."""
    return tuple(one for one in advice.same_day(told.day) if one.day != told.day)


def title(told: Advice, past: tuple[SameDay, ...], w: Words) -> str:
    """How many of them were good."""
    good = sum(one.level <= GOOD for one in past)
    return w("air.same_day", day=fmt.day(told.day, w, year=False), n=len(past), good=good)


def sub(told: Advice, w: Words) -> str:
    """What they stand beside, and why they compare only so far."""
    if told.at is None:
        return w("air.same_day_sub_day", aqi=told.aqi)
    return w("air.same_day_sub", aqi=told.aqi, time=fmt.hour(told.at, w))
