"""What the two loaders of Open-Meteo share: one point, hourly series of a model, their units and times.

Recorded shape: ``utc_offset_seconds``, ``hourly`` (``time``: local ISO stamps, and a list a variable) and
``hourly_units``. A value belongs to its stamp: concentrations, temperature, humidity and wind are the model's at that
moment, rain is the sum of the hour before. All are stored as hours ending at the stamp, the way observed hours are named:
a concentration of a smooth model differs little from the mean of the hour, and rain is exact.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from msgspec import Struct

from loaders.answer import Answer, AnswerError, Batch, readings
from loaders.cells import LAST_YEAR, NOTE_LENGTH, bounded, plain, quoted, read_cell
from loaders.decode import json_of
from store.city import CITY, HERE
from store.clock import ZONE
from store.states import FailureCause

PLACE = CITY
LATITUDE, LONGITUDE = HERE.latitude, HERE.longitude
FORECAST_DAYS = 6  # today and five more
MOST_HOURS = 250_000  # of one answer: 28 years
LARGEST_OFFSET_S = 14 * 3600
FIRST_YEAR = 2000  # a stamp before it is a slip


class Variable(Struct, frozen=True):
    """A variable of the service: the item it is, and what a value of each unit is to be multiplied by."""

    item: str
    factors: Mapping[str, float]


def params(variables: Mapping[str, Variable], days: Mapping[str, Any]) -> dict[str, Any]:
    """The question for the city's point, in days and hours of Beijing time. ``days``: from :func:`period` or the like."""
    point = {"latitude": LATITUDE, "longitude": LONGITUDE}
    return {**point, "hourly": ",".join(variables), "timezone": ZONE.key, **days}


def period(source: str, since: date | None, until: date | None, *, first: date, today: date) -> dict[str, str]:
    """The days of a backfilling. Raises ValueError where they are not in order, before ``first`` or beyond the forecast."""
    last = today + timedelta(days=FORECAST_DAYS - 1)
    begin, end = since or first, until or today
    if not first <= begin <= end <= last:
        raise ValueError(f"{source} gives {first} to {last}, not {begin} to {end}")
    return {"start_date": begin.isoformat(), "end_date": end.isoformat()}


def parse(answer: Answer, variables: Mapping[str, Variable]) -> Batch:
    """Modelled hours of the city; null is no reading.

    A variable in a unit that is not known, or whose list is not as long as the times, is left out and named; so is an
    hour whose stamp is no time. Raises AnswerError where there is no hourly part or offset, or none of the variables.
    """
    content = json_of(answer)
    hourly, units = (content.get(name) if isinstance(content, dict) else None for name in ("hourly", "hourly_units"))
    if not isinstance(hourly, dict) or not isinstance(units, dict):
        reason = content.get("reason") if isinstance(content, dict) else None
        raise AnswerError(answer, f"no hourly part with its units ({plain(str(reason or content))[:NOTE_LENGTH]})")
    problems: list[str] = []
    times = _times(answer, content, hourly.get("time"), problems)
    there = {name: variable for name, variable in variables.items() if hourly.get(name) is not None}
    if not there:
        raise AnswerError(answer, f"none of {', '.join(variables)}")
    rows = []
    for name, variable in there.items():
        try:
            rows += _series(name, variable, times, hourly[name], units.get(name))
        except ValueError as error:
            problems.append(str(error))
    left_out = len(problems)
    if absent := variables.keys() - there.keys():
        problems.append(f"{', '.join(sorted(absent))}: not in the answer")
    if not rows and not left_out:
        problems.append("every value is null")
    frame = readings(rows).drop_duplicates(["item", "at"], keep="last", ignore_index=True)
    return Batch(frame, problems=bounded(problems), left_out=left_out)


def _series(
    name: str, variable: Variable, times: list[datetime | None], values: Any, unit: Any
) -> list[dict[str, Any]]:
    """A variable's readings. Raises ValueError where its unit is not known or its list does not fit the times."""
    factor = _factor(name, variable, unit)
    if not isinstance(values, list) or len(values) != len(times):
        found = f"{len(values)} values" if isinstance(values, list) else "no list"
        raise ValueError(f"{name}: {found} for {len(times)} times")
    return [
        {"place_id": PLACE, "item": variable.item, "averaging": "1h", "at": at, "kind": "modelled", **reading}
        for at, value in zip(times, values, strict=True)
        if at and (reading := _reading(value, factor))
    ]


def _times(answer: Answer, content: dict[str, Any], stamps: Any, problems: list[str]) -> list[datetime | None]:
    """The moments of the stamps; None, and a problem, for one that is none."""
    offset = read_cell(offset_cell := content.get("utc_offset_seconds"))
    if offset is None or offset[1] or abs(offset[0]) > LARGEST_OFFSET_S:
        raise AnswerError(answer, f"utc_offset_seconds is {quoted(offset_cell)}, expected seconds such as 28800")
    if not isinstance(stamps, list):
        raise AnswerError(answer, "time: no list")
    if len(stamps) > MOST_HOURS:
        raise AnswerError(answer, f"{len(stamps)} hours, more than {MOST_HOURS}", cause=FailureCause.SIZE)
    zone = timezone(timedelta(seconds=offset[0]))
    times: list[datetime | None] = []
    for number, stamp in enumerate(stamps):
        try:
            at = datetime.fromisoformat(stamp)
            at = at if at.tzinfo else at.replace(tzinfo=zone)
            if not FIRST_YEAR <= at.year <= LAST_YEAR:
                raise ValueError
        except (TypeError, ValueError):
            problems.append(f"time {number}: {quoted(stamp)} is no time such as 2026-10-09T18:00")
            times.append(None)
        else:
            times.append(at)
    return times


def _factor(name: str, variable: Variable, unit: Any) -> float:
    """What values are to be multiplied by; ``unit`` as published, µg/m³ and μg/m3 being one. Raises ValueError."""
    try:
        return variable.factors[unicodedata.normalize("NFKC", plain(unit))]
    except KeyError:
        known = " or ".join(variable.factors)
        raise ValueError(f"{name} is in {quoted(unit)}, expected {known}") from None


def _reading(value: Any, factor: float) -> dict[str, Any] | None:
    """A value in the item's unit; None where it is null; NaN, flagged, with its text where it is no number."""
    if (read := read_cell(value)) is None:
        return None
    number, note, flag = read
    return {"value": number * factor, "note": note, "flags": flag}
