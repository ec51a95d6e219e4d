"""Answers are kept as they came, once, within a budget."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from store import database, live, raw
from store.clock import ZONE
from store.states import AnswerState
from tests.live_stores import count

ASKED = datetime(2026, 10, 9, 12, 26, 1, tzinfo=ZONE)
HOUR = timedelta(hours=1)
JSON = b'[{"StationName": "\xe5\x9b\x9b\xe9\x99\x86\xe5\x8c\xbb\xe9\x99\xa2", "PM2_5": "35"}]' * 100


def keep(body: bytes = JSON, asked_at: datetime = ASKED, **other: Any) -> int:
    usual = {
        "source": "cnemc_air",
        "call": "stations",
        "address": "https://air.cnemc.cn:18007/CityData/GetAQIDataPublishLive",
        "status": 200,
        "content_type": "application/json; charset=utf-8",
        "problem": "",
    }
    with database.engine().begin() as c:
        return raw.save(c, body=body, asked_at=asked_at, **{**usual, **other})


@pytest.mark.parametrize("body", [JSON, b"", b"\x00\xff\xfe", bytes(range(256)) * 999])
def test_an_answer_comes_back_as_it_came(store: str, body: bytes) -> None:
    number = keep(body, status=None, state=AnswerState.BAD_PROTOCOL, problem="stations, row 3: no number")
    stored = raw.get(number)
    assert stored is not None
    assert (stored.raw_id, stored.body, stored.asked_at, stored.status) == (number, body, ASKED, None)
    assert (stored.source, stored.call, stored.problem) == ("cnemc_air", "stations", "stations, row 3: no number")
    assert stored.state is AnswerState.BAD_PROTOCOL
    assert stored.address.startswith("https://")
    assert raw.body(number) == body


def test_there_is_no_answer_without_its_number(store: str) -> None:
    assert raw.get(12345) is None
    assert raw.body(12345) is None


def test_the_same_bytes_are_stored_once_and_packed(store: str) -> None:
    first, second, third = keep(), keep(source="cnemc_water"), keep(b"other")
    assert len({first, second, third}) == 3
    assert count("raw_bodies") == 2
    size, packed = database.rows(
        select(live.raw_bodies.c.size, live.raw_bodies.c.kept).order_by(live.raw_bodies.c.size.desc())
    )[0]
    assert size == len(JSON)
    assert packed < size / 10


def test_answers_are_found_by_source_and_day(store: str) -> None:
    midnight = datetime(2026, 10, 10, tzinfo=ZONE)
    late = keep(asked_at=midnight + 24 * HOUR)
    noon, last, first = keep(), keep(asked_at=midnight - HOUR / 3600), keep(asked_at=midnight)
    keep(source="cnemc_water")
    assert raw.ids("cnemc_air") == [noon, last, first, late]
    assert raw.ids("cnemc_air", since=date(2026, 10, 10)) == [first, late]
    assert raw.ids("cnemc_air", until=date(2026, 10, 9)) == [noon, last]
    assert raw.ids("cnemc_air", date(2026, 10, 10), date(2026, 10, 10)) == [first]


def test_a_state_can_be_set_anew(store: str) -> None:
    number = keep(state=AnswerState.BAD_PROTOCOL, problem="truncated")
    with database.engine().begin() as c:
        raw.set_state(c, number, AnswerState.OK, "")
    stored = raw.get(number)
    assert stored
    assert (stored.state, stored.problem) == (AnswerState.OK, "")


@pytest.mark.parametrize(
    ("state", "whole"),
    [
        ("ok", True),
        ("bad_protocol", True),
        ("loader_fault", True),
        ("upstream_error", False),
        ("nothing_published", False),
    ],
)
def test_what_came_whole_may_be_parsed_again(state: str, whole: bool) -> None:
    assert AnswerState(state).came_whole is whole


def trim(budget: int) -> int:
    with database.engine().begin() as c:
        return raw.trim(c, budget)


def test_beyond_the_budget_the_bodies_requested_longest_ago_go_and_their_rows_stay(store: str) -> None:
    noise = [bytes((i * 7919 + j * j) % 251 for j in range(300)) for i in range(4)]
    numbers = [keep(body, ASKED + i * HOUR) for i, body in enumerate(noise)]
    keep(noise[0], ASKED + 9 * HOUR)  # the oldest came again: it is not the oldest any more
    sizes = [stored for (stored,) in database.rows(select(live.raw_bodies.c.kept).order_by(live.raw_bodies.c.asked_at))]
    assert trim(sum(sizes)) == 0
    assert trim(sum(sizes) - 1) == 1
    assert [raw.body(number) is None for number in numbers] == [False, True, False, False]
    gone = raw.get(numbers[1])
    assert gone is not None
    assert (gone.asked_at, gone.status, len(gone.sha256), gone.body) == (ASKED + HOUR, 200, 64, None)
    assert trim(0) == 3
    assert count("raw_bodies") == 0
    assert raw.body(keep(noise[1])) == noise[1]  # what comes again is kept again
    assert raw.body(numbers[1]) == noise[1]


@pytest.mark.parametrize(
    ("setting", "expected"), [(None, 1024 * 2**20), ("", 1024 * 2**20), ("1.5", 1572864), ("0", 0)]
)
def test_the_budget_is_the_operators(setting: str | None, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XINING_RAW_BUDGET_MB", raising=False)
    if setting is not None:
        monkeypatch.setenv("XINING_RAW_BUDGET_MB", setting)
    assert raw.budget_bytes() == expected


def test_a_budget_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_RAW_BUDGET_MB", "much")
    with pytest.raises(ValueError, match=r"XINING_RAW_BUDGET_MB .* not 'much'"):
        raw.budget_bytes()
