"""A day the models see ahead, formatted once for every surface."""

from msgspec import Struct

from reports.model import Day
from views.text import air as air_words
from views.text import format as fmt
from views.text.words import Words
from views.ui.air import AirIndex


class ModelledDay(Struct, frozen=True, weakref=True):
    """A modelled day, formatted; never an observation, and to be marked so.

    ``short``, ``alone``: the day in few letters, and without its month. ``hours``: the range of the hourly
    index; empty where there is none.
    ``primary``: the primary pollutants in a row. ``aqi``, ``low``, ``high``: the numbers a drawing needs for its scale.
    """

    day: str
    short: str
    alone: str
    index: AirIndex
    hours: str
    primary: str
    aqi: int | None
    low: int | None
    high: int | None

    @classmethod
    def of(cls, day: Day, w: Words) -> "ModelledDay":
        """From a day of the forecast."""
        return cls(
            fmt.day(day.date, w, year=False),
            w("air.day_mark", day=day.date.day, month=w(f"site.month_short_{day.date.month}")),
            w("air.day_alone", day=day.date.day),
            AirIndex.of(day.aqi, day.level, w),
            "" if day.low is None else f"{day.low}–{day.high}",
            air_words.join(day.primary, w),
            day.aqi,
            day.low,
            day.high,
        )
