"""Today beside the same day of past years, in words."""

from reports.advice import Advice, PastYears
from views.text import format as fmt
from views.text.words import Words


def title(newest: Advice, past: PastYears, w: Words) -> str:
    """How many of them were good."""
    return w("air.same_day", day=fmt.day(newest.day, w, year=False), n=len(past.days), good=past.good)


def sub(newest: Advice, w: Words) -> str:
    """What they are compared with, and the limits of that comparison."""
    if newest.at is None:
        return w("air.same_day_sub_day", aqi=newest.aqi)
    return w("air.same_day_sub", aqi=newest.aqi, time=fmt.hour(newest.at, w))
