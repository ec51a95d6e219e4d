"""The city the dashboard is of, as ``data/city.toml`` describes it: read once, when the process starts."""

import math
import tomllib
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from store.folder import DATA

FILE = "city.toml"
Box = tuple[float, float, float, float]


class CityError(ValueError):
    """The file of the city lacks a name, has one too many, or is no TOML."""


class River(Struct, frozen=True):
    """Ids of areas (basin, main stem), of the sections where it enters and leaves the city, of rivers on the map of green."""

    basin: str
    main: str
    inflow: str
    outflow: str
    green: tuple[str, ...]


class Names(Struct, frozen=True):
    """What sentences call the city's places, (Chinese, English); ``neighbours``: the city and those it is compared with."""

    river: tuple[str, str]
    outflow: tuple[str, str]
    hills: tuple[str, str]
    district: tuple[str, str]
    neighbours: tuple[str, str]


class Maps(Struct, frozen=True):
    """What maps show: all districts; where air and river are measured; that with space for a map of the whole in its corner.

    Each as west, south, east, north in degrees.
    """

    whole: Box
    valley: Box
    deeper: Box


class Green(Struct, frozen=True):
    """Ids of areas, the bounds of the map (west, south, east, north; degrees), areas by the box they are asked in."""

    built_up: str
    hills: str
    wetland_park: str
    core: str
    bounds: Box
    boxes: dict[str, tuple[str, ...]]


class City(Struct, frozen=True):
    """Ids, names and codes of a city. ``longitude``, ``latitude``: of its middle, where models are asked.

    ``hotlines``: the document that names the lines to call, and the place in it.
    ``bounds``: where its stations and sections can lie (west, south, east, north); all in degrees, WGS-84.
    """

    id: str
    code: str
    name_zh: str
    name_en: str
    province: str
    province_areas: tuple[str, ...]
    province_zh: str
    province_code: str
    longitude: float
    latitude: float
    bounds: Box
    neighbours: tuple[str, ...]
    work_zone: str
    work_district: tuple[str, ...]
    hotlines: tuple[str, str]
    names: Names
    river: River
    maps: Maps
    green: Green

    @property
    def longitude_latitude_ratio(self) -> float:
        """The length of a degree of longitude against one of latitude, in the middle of the city."""
        return math.cos(math.radians(self.latitude))


def read(text: str) -> City:
    """A city from the text of its file. Raises CityError where a name is missing, too many, or text is no TOML."""
    try:
        content = tomllib.loads(text)
        river, maps = River(**_tuples(content.pop("river"))), Maps(**_tuples(content.pop("maps")))
        green = content.pop("green")
        names = Names(**_tuples(content.pop("names")))
        boxes = {name: tuple(areas) for name, areas in green.pop("boxes").items()}
        return City(**_tuples(content), names=names, river=river, maps=maps, green=Green(**_tuples(green), boxes=boxes))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CityError(f"{FILE}: {error}") from error


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}


def places(city: City, lang: str) -> dict[str, str]:
    """What the sentences of a language (zh, en) say for ``{city_name}``, ``{river_name}`` and the other names of places."""
    names = {"city": (city.name_zh, city.name_en)} | asdict(city.names)
    return {f"{one}_name": pair[lang == "en"] for one, pair in names.items()}


HERE = read((DATA / FILE).read_text(encoding="utf-8"))
CITY, CITY_CODE = HERE.id, HERE.code
CITY_NAME = HERE.name_zh  # upstreams write it with and without 市
CAPITALS = (CITY, *HERE.neighbours)
