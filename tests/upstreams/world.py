"""An invented world with a clock of its own: what the stand-in upstreams publish. Every value is made from a seed."""

import itertools
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
PUBLISHED_AFTER = timedelta(minutes=20)  # an hour's air stands on the platform this long after its end
SLOT_H = 4  # hours between the readings of a water station

# middle, size of the day's swing, hour of its peak, size of the noise, decimals: µg/m³, CO mg/m³
POLLUTANTS = {
    "PM10": (100.0, 20.0, 21, 14.0, 0),
    "PM2_5": (38.0, 8.0, 21, 5.0, 0),
    "SO2": (14.0, 3.0, 11, 3.0, 0),
    "NO2": (34.0, 12.0, 20, 5.0, 0),
    "CO": (0.9, 0.25, 21, 0.2, 1),
    "O3": (88.0, 24.0, 15, 6.0, 0),
}
WATER = {
    "temp": (11.0, 1.5, 16, 0.4, 2),
    "ph": (8.2, 0.08, 15, 0.06, 2),
    "do": (8.6, 0.5, 14, 0.3, 2),
    "conductivity": (720.0, 15.0, 6, 30.0, 3),
    "turbidity": (28.0, 4.0, 18, 9.0, 3),
    "codmn": (2.6, 0.15, 20, 0.3, 2),
    "nh3n": (0.24, 0.03, 22, 0.06, 3),
    "tp": (0.06, 0.005, 20, 0.012, 3),
    "tn": (3.6, 0.1, 4, 0.4, 3),
}
WEATHER = {
    "temperature_2m": (4.0, 8.0, 15, 1.2, 1),
    "relative_humidity_2m": (46.0, 16.0, 5, 6.0, 0),
    "precipitation": (0.0, 0.0, 18, 0.15, 1),
    "rain": (0.0, 0.0, 18, 0.1, 1),
    "snowfall": (0.0, 0.0, 18, 0.0, 2),
    "wind_speed_10m": (2.4, 1.2, 16, 0.7, 1),
    "wind_gusts_10m": (5.4, 2.2, 16, 1.2, 1),
    "wind_direction_10m": (150.0, 70.0, 16, 40.0, 0),
    "surface_pressure": (775.0, 1.5, 9, 1.0, 1),
    "weather_code": (2.0, 1.0, 12, 1.0, 0),
    "cloud_cover": (40.0, 15.0, 14, 20.0, 0),
}
NEVER_NEGATIVE = frozenset((*POLLUTANTS, *WATER, *WEATHER)) - {"temperature_2m", "temp"}
# index of air quality, PM10, PM2.5 and O3 at its steps: enough for a platform that is only played
BREAKPOINTS = {
    "PM10": ((0, 0), (50, 50), (120, 100), (250, 150), (350, 200), (420, 300), (600, 500)),
    "PM2_5": ((0, 0), (35, 50), (60, 100), (115, 150), (150, 200), (250, 300), (500, 500)),
    "O3": ((0, 0), (160, 50), (200, 100), (300, 150), (400, 200), (800, 300), (1200, 500)),
}
NAMES = {"PM10": "颗粒物(PM10)", "PM2_5": "细颗粒物(PM2.5)", "O3": "臭氧1小时"}
LEVELS = ((50, "优"), (100, "良"), (150, "轻度污染"), (200, "中度污染"), (300, "重度污染"), (500, "严重污染"))


Shape = tuple[float, float, float, float, int]  # middle, daily swing and its hour, noise, decimals


class World(Struct):
    """Values of places at moments. ``clock`` is asked for the time; ``ahead`` is what it was moved on by.

    ``lag``: every value is the one of so much earlier, under its own stamp (yesterday's values given as today's).
    """

    clock: Callable[[], datetime]
    seed: int = 1
    ahead: timedelta = field(default=timedelta())
    lag: timedelta = field(default=timedelta())

    @classmethod
    def standing_at(cls, moment: datetime, *, seed: int = 1) -> Self:
        """A world whose clock moves only by :meth:`advance`."""
        return cls(lambda: moment, seed)

    @property
    def now(self) -> datetime:
        """The time in Xining."""
        return (self.clock() + self.ahead).astimezone(ZONE)

    @property
    def hour(self) -> datetime:
        """The newest hour of air that is published."""
        return (self.now - PUBLISHED_AFTER).replace(minute=0, second=0, microsecond=0)

    def advance(self, **step: float) -> None:
        """Move the clock on: ``advance(hours=1)``."""
        self.ahead += timedelta(**step)

    def shifted(self, *, clock: timedelta = timedelta(), lag: timedelta = timedelta()) -> "World":
        """The same world with a clock that is wrong, or with values of earlier under today's stamps."""
        return replace(self, ahead=self.ahead + clock, lag=self.lag + lag)

    def air(self, place: str, pollutant: str, at: datetime) -> float:
        """An hour's mean at a station or in a city, µg/m³ (CO: mg/m³)."""
        return self._value(place, pollutant, at, POLLUTANTS[pollutant])

    def water(self, section: str, item: str, at: datetime) -> float:
        """A reading of a water station."""
        return self._value(section, item, at, WATER[item])

    def forecast(self, place: str, actual: Callable[[str, str, datetime], float], name: str, at: datetime) -> float:
        """A model's value: what will be, and the further ahead the more beside it, anew with every run of six hours."""
        ahead = max((at - self.now) / HOUR, 0.0)
        run = int(self.now.timestamp() // (6 * 3600))
        return actual(place, name, at) * (1 + min(ahead / 240, 0.5) * _noise(self.seed, place, name, run))

    def weather(self, place: str, variable: str, at: datetime) -> float:
        """An hour's weather by Open-Meteo's name of it; its wind comes in m/s."""
        return self._value(place, variable, at, WEATHER[variable])

    def slot(self) -> datetime:
        """The newest moment the water stations have published."""
        past = (self.now - 2 * HOUR).replace(minute=0, second=0, microsecond=0)
        return past.replace(hour=past.hour // SLOT_H * SLOT_H)

    def _value(self, place: str, item: str, at: datetime, shape: Shape) -> float:
        return _value(self.seed, place, item, at.astimezone(ZONE) - self.lag, shape)


@lru_cache(100_000)
def _value(seed: int, place: str, item: str, moment: datetime, shape: Shape) -> float:
    """A place's value at a moment in Xining; each hour is asked for by the answers of a day and of its means."""
    middle, swing, peak, noise, decimals = shape
    daily = math.cos((moment.hour - peak) / 24 * math.tau)
    place_bias = 1 + 0.06 * _noise(seed, place, item, 0)
    value = (middle + swing * daily) * place_bias + noise * _weathered(seed, place, item, moment)
    if item in NEVER_NEGATIVE:
        value = max(value, 0.0)
    if item == "relative_humidity_2m":
        value = min(value, 100.0)
    if item == "wind_direction_10m":
        value %= 360
    return round(value, decimals)


def _weathered(seed: int, place: str, item: str, moment: datetime) -> float:
    """Noise between −1 and 1: most of it shared by the region and slow, some of the place alone."""
    hours = int(moment.timestamp() // 3600)
    block, into = divmod(hours, 6)
    slow = [_noise(seed, "region", item, block + step) for step in (0, 1)]
    return 0.7 * (slow[0] + (slow[1] - slow[0]) * into / 6) + 0.3 * _noise(seed, place, item, hours)


@lru_cache(100_000)
def _noise(seed: int, place: str, item: str, step: int) -> float:
    """Between −1 and 1, the same for the same names."""
    digest = blake2b(f"{seed}|{place}|{item}|{step}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**31 - 1


def number(value: float) -> str:
    """As the Chinese platforms write it: 68, 0.9."""
    return f"{value:g}"


def aqi(values: dict[str, float]) -> tuple[int, str]:
    """The index of some concentrations and its primary pollutant, "—" where there is none."""
    parts = {name: _step(BREAKPOINTS[name], values[name]) for name in BREAKPOINTS}
    largest = max(parts, key=parts.__getitem__)
    return parts[largest], NAMES[largest] if parts[largest] > 50 else "—"


def level(index: int) -> str:
    """An index in words."""
    return next(word for most, word in LEVELS if index <= most)


def _step(points: tuple[tuple[int, int], ...], value: float) -> int:
    for (low, start), (high, end) in itertools.pairwise(points):
        if value <= high:
            return math.ceil(start + (end - start) * (value - low) / (high - low))
    return points[-1][1]
