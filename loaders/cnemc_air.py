"""CNEMC's national real-time city air platform: the stations of Xining, the city, the five north-western capitals.

Six requests a run (:data:`CALLS`), and after an outage the last 24 hours of each station that lacks some of them.
What is read, in the platform's own units (CO mg/m³, the rest µg/m³):

- a time is naive ISO in Beijing time or ``/Date(ms)/``; a row without a usable one is left out and named;
- missing (:data:`loaders.cells.MISSING`): no reading is made. The site's ``/`` says that it does not monitor the item;
- ``<3``, below the limit of detection: the value is half the limit, as the national monitoring rules count it, and
  the note keeps what was published;
- any other text that is no number: value NaN, flag ``unreadable``, the text in the note;
- beside an AQI stand its primary pollutants as symbols, in the published order: ``PM10,PM2.5``;
- IsPublish=false does not make a row invalid;
- O3_24h is ignored: it is no mean but the largest hour of the day, and was in O3's place for some years
  before November 2023.

Hours are live, days provisional: neither has been reviewed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Literal

import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace

from loaders.answer import Answer, AnswerError, Batch, Place, readings
from loaders.cells import LAST_YEAR, MOST_ROWS, NOTE_LENGTH, bounded, plain, read_cell, without_repeats, word
from loaders.decode import json_of
from loaders.transport import UpstreamClient
from store import facts, raw, records
from store import readings as readings_store
from store.city import CAPITALS, CITY, CITY_CODE, CITY_NAME, HERE
from store.clock import ZONE
from store.states import FailureCause

SOURCE = "cnemc_air"
DAYS_PUBLISHED = 14
BEGINNING = datetime(2013, 1, 1, tzinfo=ZONE)  # of the platform; .NET writes an empty time as the year 1


# Field → item and averaging (loaders.answer.Batch says what each averaging means).
Fields = Mapping[str, tuple[str, str]]
_POLLUTANTS = {"PM2_5": "pm25_ugm3", "PM10": "pm10_ugm3", "SO2": "so2_ugm3", "NO2": "no2_ugm3", "CO": "co_mgm3"}
_INDEX: Fields = {"AQI": ("aqi", "1h")}
_HOUR: Fields = {**_INDEX, **{name: (item, "1h") for name, item in _POLLUTANTS.items()}, "O3": ("o3_1h_ugm3", "1h")}
_STATION: Fields = {
    **_HOUR,
    **{f"{name}_24h": (item, "24h") for name, item in _POLLUTANTS.items()},
    "O3_8h": ("o3_8h_ugm3", "8h"),
    "O3_8h_24h": ("o3_8h_ugm3", "8h_24h"),
}
_DAY_INDEX: Fields = {"AQI": ("aqi", "day")}
_DAY: Fields = {
    **_DAY_INDEX,
    **{f"{name}_24h": (item, "day") for name, item in _POLLUTANTS.items()},
    "O3_8h_24h": ("o3_8h_ugm3", "day"),
}


class Call(Struct, frozen=True):
    """One request: how it is sent, what its rows are about and which fields are read."""

    verb: Literal["get", "post"]
    path: str
    about: Literal["stations", "city", "capitals"]
    fields: Fields
    kind: Literal["live", "provisional"] = "live"
    params: Mapping[str, str] = field(default_factory=dict)


_HISTORY = "/HourChangesPublish/GetCity{}AqiHistoryByCondition"
CALLS = {
    "stations": Call(
        "get", "/CityData/GetAQIDataPublishLive", "stations", _STATION, params={"cityName": f"{CITY_NAME}市"}
    ),
    "city": Call("post", "/CityData/GetAQIDataPublishLiveInfo", "city", _HOUR, params={"cityCode": CITY_CODE}),
    "city 24 hours": Call("post", _HISTORY.format("RealTime"), "city", _HOUR, params={"citycode": CITY_CODE}),
    "city 14 days": Call("post", _HISTORY.format("Day"), "city", _DAY, "provisional", {"citycode": CITY_CODE}),
    "capitals hour": Call("get", "/CityData/GetAllCityRealTimeAQIModels", "capitals", _INDEX),
    "capitals day": Call("get", "/CityData/GetAllCityDayAQIModels", "capitals", _DAY_INDEX, "provisional"),
}
# After an outage, one request for each station whose hours are missing; its name ends with the station's code.
STATION_HISTORY = "station 24 hours "
_STATION_HISTORY = Call("post", "/HourChangesPublish/GetAqiHistoryByCondition", "stations", _STATION)
HOURS_PUBLISHED = 24


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """Every answer of one fetch run. Raises ValueError where the period begins before the 14 days the platform publishes."""
    earliest = now.astimezone(ZONE).date() - timedelta(days=DAYS_PUBLISHED)
    begin = min((day for day in (since, until) if day), default=earliest)
    if begin < earliest:
        raise ValueError(
            f"{SOURCE} publishes the last {DAYS_PUBLISHED} days and the last 24 hours only: nothing before {earliest}, "
            f"but {begin} was asked for; older hours come from air_archive"
        )
    return _requests(client, now)


def _requests(client: UpstreamClient, now: datetime) -> Iterator[Answer]:
    reached = False
    for name, call in CALLS.items():
        answer = _request(client, name, call)
        reached |= name == "stations" and answer.ok
        yield answer
    if reached:  # what came is stored by now: a station's gap shows beside its newest hour
        for code in stations_lacking_hours(now):
            answer = _request(client, *_history(code))
            yield answer
            if not answer.ok:  # the others are requested with the next run
                return


def _history(code: str) -> tuple[str, Call]:
    return f"{STATION_HISTORY}{code}", replace(_STATION_HISTORY, params={"stationCode": code})


def stations_lacking_hours(now: datetime) -> list[str]:
    """Codes of the stations that are back and lack an hour of the last 24 since they were first seen, in order.

    An hour for which a station's history was requested later lacks no more: what the platform does not have is not
    requested again and again.
    """
    seen = readings_store.places_seen()
    seen = seen[(seen["source"] == SOURCE) & (seen["last_at"] > now - timedelta(hours=1))].set_index("place_id")
    items = [item for item, _ in _HOUR.values()]
    first = now.astimezone(ZONE).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS_PUBLISHED - 1)
    rows = readings_store.read(
        places=list(seen.index), items=items, averaging="1h", since=first, until=now, flagged=True
    )
    newest = rows["at"].max()
    asked = raw.last_asked(SOURCE, [_history(code)[0] for code in seen.index])
    found = []
    for code in sorted(seen.index):
        known = set(rows["at"][rows["place_id"] == code])
        since = max([seen.at[code, "first_at"], *filter(None, [asked.get(_history(code)[0])])]) - timedelta(hours=1)
        if newest in known and any(hour > since for hour in set(pd.date_range(first, newest, freq="h")) - known):
            found.append(code)
    return found


def _request(client: UpstreamClient, name: str, call: Call) -> Answer:
    # The platform answers its own pages: it checks these two headers, and for a form body with every POST, if an empty one.
    headers = {"X-Requested-With": "XMLHttpRequest", "Referer": f"{client.source.url}/"}
    if call.verb == "get":
        return client.get(name, call.path, params=call.params, headers=headers)
    return client.post(name, call.path, params=call.params, form={}, headers=headers, idempotent=True)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def parse(answer: Answer) -> Batch:
    """The readings of one answer, sorted by place, item, averaging and time.

    Raises AnswerError where the answer is no list of rows (for the city of the hour: no object); null there is no
    value yet, and the batch is empty. A row without place or time, a field no row has, are problems of the batch.
    """
    code = answer.call.removeprefix(STATION_HISTORY) if answer.call.startswith(STATION_HISTORY) else ""
    call = _STATION_HISTORY if code else CALLS.get(answer.call)
    if call is None:
        raise AnswerError(answer, f"unknown call; known are {', '.join(CALLS)}")
    problems: list[str] = []
    rows = [(n, _of_station(code, row) if code else row) for n, row in _rows(answer, problems)]
    found = [reading for number, row in rows for reading in _readings(call, number, row, problems)]
    left_out = len(problems)
    problems += _absent(_HOUR if code else call.fields, rows)
    frame, repeats = without_repeats(readings(found))
    if call.about == "capitals" and rows:
        there = {_capital(row) for _, row in rows}
        problems += [f"{place}: in no row" for place in CAPITALS if place not in there]
    places = _places(rows) if call.about == "stations" and not code else ()
    return Batch(frame, places, bounded([*problems, *repeats]), left_out)


Row = dict[str, Any]  # by field name in small letters


def _rows(answer: Answer, problems: list[str]) -> list[tuple[int, Row]]:
    """The answer's rows with their numbers from 1, field names in small letters (as some copies write them)."""
    content = json_of(answer)
    if answer.call == "city":
        if not isinstance(content, dict | None):
            raise AnswerError(answer, f"expected an object or null, got {_shape(content)}")
        content = [] if content is None else [content]
    if not isinstance(content, list):
        raise AnswerError(answer, f"expected a list of rows, got {_shape(content)}")
    if len(content) > MOST_ROWS:
        raise AnswerError(answer, f"{len(content)} rows, more than {MOST_ROWS}", cause=FailureCause.SIZE)
    problems += [
        f"row {n}: expected an object, got {_shape(row)}"
        for n, row in enumerate(content, 1)
        if not isinstance(row, dict)
    ]
    return [(n, _small(row)) for n, row in enumerate(content, 1) if isinstance(row, dict)]


def _small(row: Row) -> Row:
    """A row with small field names; a GeoJSON feature, as some copies store the rows, gives its properties."""
    geometry, properties = row.get("geometry"), row.get("properties")
    if isinstance(geometry, dict) and isinstance(properties, dict):
        point = geometry.get("coordinates")
        if isinstance(point, list) and len(point) >= 2:
            properties = {"longitude": point[0], "latitude": point[1], **properties}
        row = properties
    return {name.lower(): value for name, value in row.items()}


def _shape(content: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", type(None): "null", bool: "true or false"}
    return names.get(type(content), f"the number {str(content)[:20]}")


def _absent(fields: Fields, rows: list[tuple[int, Row]]) -> list[str]:
    """One sentence where fields are in no row at all."""
    known = {name for _, row in rows for name in row}
    absent = [name for name in fields if name.lower() not in known]
    return [f"field {', '.join(absent)}: in no row"] if rows and absent else []


def _readings(call: Call, number: int, row: Row, problems: list[str]) -> list[Row]:
    """One row's readings; where place or time is unknown, none, and a problem naming row and field."""
    try:
        place = _PLACE[call.about](row)
        if place is None:
            return []
        at = _time(row.get("timepoint"))
    except ValueError as error:
        problems.append(f"row {number}, {error}")
        return []
    if call.kind == "provisional":
        at = at.replace(hour=0, minute=0, second=0, microsecond=0)
    base = {"place_id": place, "at": at, "kind": call.kind}
    made = []
    for name, (item, averaging) in call.fields.items():
        if (cell := read_cell(row.get(name.lower()))) is not None:
            value, note, flags = cell
            reading = {"item": item, "averaging": averaging, "value": value, "note": note, "flags": flags}
            if item == "aqi":
                reading["primary_pollutants"] = _primary(row.get("primarypollutant"))
            made.append(base | reading)
    return made


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@cache
def capitals_by_name() -> dict[str, str]:
    """The capitals' area ids by their Chinese name without 市 and by their adcode."""
    areas = {row.area_id: row for row in facts.tracked_rows(records.Area)}
    named = {areas[area_id].name.zh.removesuffix("市"): area_id for area_id in CAPITALS}
    return named | {code: area_id for area_id in CAPITALS if (code := areas[area_id].adcode)}


def _named(row: Row) -> str | None:
    """The city a row names, by code or name: a capital's id, else the name as written; None where it names none.

    The rows of stations carry the code 0.
    """
    code = word(row.get("citycode")).removesuffix(".0")
    name = word(row.get("area")).removesuffix("市")
    known = capitals_by_name()
    return known.get(code) or known.get(name) or (name if name else None if code in ("", "0") else code)


def _capital(row: Row) -> str | None:
    named = _named(row)
    return named if named in CAPITALS else None


def _city(row: Row) -> str:
    """Xining, unless the row is another city's."""
    if (named := _named(row)) not in (None, CITY):
        raise ValueError(f"Area: {named!r}, but {HERE.name_en} was asked")
    return CITY


def _station(row: Row) -> str:
    _city(row)
    if not (code := word(row.get("stationcode"))):
        raise ValueError("StationCode: empty")
    if len(code) > NOTE_LENGTH:
        raise ValueError(f"StationCode: more than {NOTE_LENGTH} signs")
    return code


def _of_station(code: str, row: Row) -> Row:
    """A row of a station's history, which need not repeat the code it was asked by."""
    return row if word(row.get("stationcode")) else {**row, "stationcode": code}


_PLACE = {"stations": _station, "city": _city, "capitals": _capital}


def _places(rows: Iterable[tuple[int, Row]]) -> tuple[Place, ...]:
    """The stations of Xining as the platform names them, by code; coordinates are WGS-84 degrees."""
    found = {}
    for _, row in rows:
        try:
            code = _station(row)
        except ValueError:  # already a problem of the batch
            continue
        lon, lat = _degrees(row.get("longitude"), 180), _degrees(row.get("latitude"), 90)
        known = lon is not None and lat is not None
        name = word(row.get("positionname"))[:NOTE_LENGTH] or code
        found[code] = Place(code, name, lon if known else None, lat if known else None)
    return tuple(found[code] for code in sorted(found))


def _degrees(cell: Any, bound: float) -> float | None:
    read = read_cell(cell)
    return read[0] if read and read[2] is None and abs(read[0]) <= bound else None


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def _time(cell: Any) -> datetime:
    """A time of the platform. Raises ValueError naming the field where it is empty or none."""
    if not (text := word(cell)):
        raise ValueError("TimePoint: empty")
    try:
        if stamp := re.fullmatch(r"/Date\((-?\d+)([+-]\d{4})?\)/", text):
            time = datetime.fromtimestamp(int(stamp[1]) / 1000, ZONE)
        else:
            time = datetime.fromisoformat(text)
            time = time.astimezone(ZONE) if time.tzinfo else time.replace(tzinfo=ZONE)
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"TimePoint: {text[:NOTE_LENGTH]!r} is no time") from None
    if time < BEGINNING:
        raise ValueError(f"TimePoint: {text[:NOTE_LENGTH]!r} is before the platform began")
    if time.year > LAST_YEAR:
        raise ValueError(f"TimePoint: {text[:NOTE_LENGTH]!r} is after {LAST_YEAR}")
    return time


_SYMBOL = re.compile(r"PM2[._]5|PM10|SO2|NO2|CO|O3", re.IGNORECASE)
_NAMES = {"二氧化硫": "SO2", "二氧化氮": "NO2", "一氧化碳": "CO", "臭氧": "O3"}


def _primary(cell: Any) -> str | None:
    """Primary pollutants as symbols, comma-joined in the published order; a word that is none of the six as written."""
    found = []
    for part in re.split(r"[,，、;；]", plain(cell)):
        if symbol := _SYMBOL.search(part):
            found.append(symbol[0].upper().replace("_", "."))
        elif named := word(part):
            found.append(next((short for name, short in _NAMES.items() if name in named), named))
    return ",".join(dict.fromkeys(found))[:NOTE_LENGTH] or None
