"""Days made of hours name the documents their hours come from."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from reports import air, air_days
from tests.live_stores import at, filled, hours, write_readings

NOW = at("2026-11-29T12:30")
ITEMS = (*air_days.POLLUTANTS, "o3_1h_ugm3")


@pytest.fixture(autouse=True)
def own(tmp_path: Path) -> Iterator[None]:
    with filled(tmp_path):
        yield


def day(until: datetime, kind: str, count: int, first: float = 20) -> None:
    rows = [one for item in ITEMS for one in hours("xining", item, until, [first + n for n in range(count)], kind=kind)]
    write_readings("cnemc_air" if kind == "live" else "air_archive", rows, now=NOW)


def documents() -> dict[str, str]:
    known = air_days.known()
    known = known[known["date"] > "2026-11-20"]
    return {f"{one.date:%m-%d}": one.document_id for one in known.itertuples()}


@pytest.mark.slow
def test_a_day_of_archived_hours_is_the_archives_before_and_after_the_platforms_first_day() -> None:
    for item in air_days.POLLUTANTS:
        write_readings(
            "cnemc_air",
            [{"place_id": "xining", "item": item, "averaging": "day", "at": at("2026-11-23T00:00"), "value": 30}],
            now=NOW,
        )
    day(at("2026-11-22T00:00"), "archive", 24)  # 21 November
    day(at("2026-11-26T00:00"), "archive", 24)  # 25 November, after the first published day
    day(at("2026-11-27T00:00"), "live", 24)
    day(at("2026-11-28T00:00"), "archive", 12)
    day(at("2026-11-27T12:00"), "live", 12)
    day(at("2026-11-29T10:00"), "live", 5)
    assert documents() == {
        "11-21": "archive_quotsoft",
        "11-23": "cnemc_air",
        "11-25": "archive_quotsoft",
        "11-26": "cnemc_air",
        "11-27": "archive_quotsoft;cnemc_air",
    }
    known = air.days()
    mixed = air.days_provenance(known[known["date"] == "2026-11-27"])
    assert [one.document.document_id for one in mixed.sources] == ["archive_quotsoft", "cnemc_air"]
    assert mixed.kind == "archive"
