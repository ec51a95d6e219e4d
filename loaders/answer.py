"""What passes between an upstream, its loader and the store: answers (bytes) and batches (readings)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct, field
from msgspec.structs import replace

from assessment.messages import one_line
from store.clock import ZONE
from store.states import AnswerState, FailureCause

COLUMNS = ("place_id", "item", "averaging", "at", "value", "kind", "note", "flags", "primary_pollutants", "original")


class Answer(Struct, frozen=True):
    """The bytes an upstream answered to one call, or why there are none: the state and cause for programs, ``problem`` for
    people, in English.
    """

    source: str
    call: str  # the name of the request, e.g. "stations" or "forecast cams_global": parse() chooses by it
    address: str
    asked_at: datetime  # timezone-aware
    status: int | None
    content_type: str
    body: bytes
    problem: str = ""
    state: AnswerState = AnswerState.OK
    cause: FailureCause | None = None  # of an upstream error
    wait_s: float | None = None  # how long the upstream asks to wait

    def __post_init__(self) -> None:
        if (self.state is AnswerState.OK) == bool(self.problem):
            raise ValueError(f"an answer in state {self.state} with the problem {self.problem!r}")

    @property
    def ok(self) -> bool:
        """Whether there is something to parse."""
        return self.state is AnswerState.OK

    def failed(self, cause: FailureCause, problem: str, *, wait_s: float | None = None) -> "Answer":
        """The answer as an upstream error."""
        return replace(self, state=AnswerState.UPSTREAM_ERROR, cause=cause, problem=one_line(problem), wait_s=wait_s)


class AnswerError(ValueError):
    """An answer breaks its protocol; the message, one line, names the source, the call and the row."""

    def __init__(
        self,
        answer: Answer,
        problem: str,
        *,
        row: int | None = None,
        cause: FailureCause = FailureCause.PROTOCOL,
    ) -> None:
        self.cause = cause
        where = f"{answer.source}, {answer.call}" + (f", row {row}" if row is not None else "")
        super().__init__(one_line(f"{where}: {problem}"))


class Place(Struct, frozen=True, weakref=True):
    """A place as an upstream names it, for places that are not in ``data/`` yet."""

    place_id: str
    name: str
    lon: float | None = None
    lat: float | None = None


class Batch(Struct, frozen=True):
    """Readings of one answer.

    ``readings``: columns :data:`COLUMNS` – place_id (a station, a section, an area), item (of ``data/items.csv``),
    averaging (1h, 8h, 24h: means ending at ``at``; 8h_24h: the largest 8-hour mean of the 24 hours before; day: ``at``
    is the day's 00:00; 16d: ``at`` is the first day's 00:00; instant), at (datetime64, Asia/Shanghai), value (float;
    NaN: not available, the reason in ``note``), kind (of ``store.sources.KINDS``), note (as published where the number does
    not say it all: "<3", a reason of quality control; None),
    flags (comma-joined names of what is suspicious, None: nothing; most are set later, by :mod:`loaders.plausible`),
    primary_pollutants (beside an AQI: comma-joined symbols as its platform names them; None),
    original (the published digits behind a value that is displayed rounded; None).
    ``problems``: rows that could not be read, each as a sentence with the row and what was expected, and what else is odd.
    ``left_out``: how many rows could not be read; the sentences about them come first among ``problems``.
    """

    readings: pd.DataFrame
    places: tuple[Place, ...] = ()
    problems: tuple[str, ...] = field(default=())
    left_out: int = 0


def readings(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """A frame of readings from rows; missing columns become None, ``at`` must be timezone-aware."""
    cells: dict[str, Any] = {name: [row.get(name) for row in rows] for name in COLUMNS}
    for name in ("place_id", "item", "averaging", "kind"):
        cells[name] = pd.Series(cells[name], dtype="str")
    cells["at"] = pd.to_datetime(cells["at"], utc=True).tz_convert(ZONE)
    cells["value"] = np.array(cells["value"], float)  # None is NaN
    for name in ("note", "flags", "primary_pollutants", "original"):
        cells[name] = pd.Series([None if one != one else one for one in cells[name]], dtype=object)  # NaN alone differs
    return pd.DataFrame(cells)
