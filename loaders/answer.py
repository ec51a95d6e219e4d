"""What passes between an upstream, its loader and the store: answers (bytes) and batches (readings)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

COLUMNS = ("place_id", "item", "averaging", "at", "value", "kind", "note", "flags")
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Answer:
    """The bytes an upstream answered to one call, or why there are none (``problem``, for people, in English)."""

    source: str
    call: str  # what was asked, e.g. "stations" or "forecast cams_global": parse() chooses by it
    address: str
    asked_at: datetime  # timezone-aware
    status: int | None
    content_type: str
    body: bytes
    problem: str = ""
    wait_s: float | None = None  # for how long the upstream asked to be left alone

    @property
    def ok(self) -> bool:
        """Whether there is something to parse."""
        return not self.problem


class AnswerError(ValueError):
    """An answer is not what its protocol says; the message names the source, the call and the row."""

    def __init__(self, answer: Answer, problem: str, *, row: int | None = None) -> None:
        where = f"{answer.source}, {answer.call}" + (f", row {row}" if row is not None else "")
        super().__init__(f"{where}: {problem}")


@dataclass(frozen=True)
class Place:
    """A place as an upstream names it, for places that are not in ``data/`` yet."""

    place_id: str
    name: str
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True)
class Batch:
    """Readings of one answer.

    ``readings``: columns :data:`COLUMNS` – place_id (a station, a section, an area), item (of ``data/items.csv``),
    averaging (1h, 8h, 24h: means ending at ``at``; 8h_24h: the largest 8-hour mean of the 24 hours before; day: ``at``
    is the day's 00:00; 16d: ``at`` is the first day's 00:00; instant), at (datetime64, Asia/Shanghai), value (float;
    NaN: not available, ``note`` says why), kind (of ``store.sources.KINDS``), note (as published where the number does
    not say it all: "<3", a reason of quality control, the primary pollutant beside an AQI; None),
    flags (comma-joined names of what is suspicious, None: nothing; most are set later, by :mod:`loaders.plausible`).
    ``problems``: rows that could not be read, each as a sentence with the row and what was expected.
    """

    readings: pd.DataFrame
    places: tuple[Place, ...] = ()
    problems: tuple[str, ...] = field(default=())


def readings(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A frame of readings from rows; missing columns become None, ``at`` must be timezone-aware."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    frame["at"] = pd.to_datetime(frame["at"], utc=True).dt.tz_convert(ZONE)
    frame["value"] = frame["value"].astype(float)
    for name in ("note", "flags"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    return frame
