"""Who writes batches of readings until it is killed (``test_killed``)."""

import os
from datetime import datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection as Pipe
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from store import database, raw, sources, state
from store import readings as readings_store
from store.clock import ZONE

NOW = datetime(2026, 10, 9, 12, tzinfo=ZONE)
BEGIN = datetime(2020, 1, 1, 1, tzinfo=ZONE)
SERIES, HOURS = 6, 4  # a batch: new hours of each series, and the newest hours of the batch before corrected


def batch(number: int) -> pd.DataFrame:
    """The readings of a batch; its number is their value."""
    first = BEGIN + number * HOURS * timedelta(hours=1)
    hours = pd.date_range(first - timedelta(hours=HOURS if number else 0), first + timedelta(hours=HOURS - 1), freq="h")
    places = [f"100{n}A" for n in range(SERIES) for _ in hours]
    same = {"item": "pm25_ugm3", "averaging": "1h", "value": float(number), "kind": "live", "note": None, "flags": None}
    same |= {"primary_pollutants": None, "original": None}
    return pd.DataFrame({"place_id": places, "at": list(hours) * SERIES}).assign(**same)


def write(number: int) -> None:
    """Store a batch as an answer is stored: all of it in one transaction."""
    with database.engine().begin() as c:
        put(c, number)


def put(c: Connection, number: int) -> None:
    """A batch within a transaction."""
    remaining: dict[str, Any] = {
        "source": "cnemc_air",
        "call": str(number),
        "address": "",
        "asked_at": NOW,
        "status": 200,
    }
    raw_id = raw.save(c, **remaining, content_type="", body=b"%d" % number, problem="")
    written = readings_store.write(c, batch(number), raw_id=raw_id, now=NOW)
    state.counted(c, sources.get("cnemc_air"), readings=written.new, flagged=0)


def live_and_write(address: str, first: int, pipe: Pipe) -> None:
    """What the child does until it is killed: write a batch, confirm it, write the next."""
    os.environ["XINING_DATABASE_URL"] = address
    pipe.send(None)
    for number in count(first):
        write(number)
        pipe.send(number)
