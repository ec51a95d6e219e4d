"""The archive of hours: which files are asked for, and what becomes of each. The payloads' values are the tests' own."""

import math
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import air_archive
from loaders.answer import COLUMNS, Answer, AnswerError, Batch
from store.clock import ZONE
from store.states import AnswerState, FailureCause
from tests.clients import Asked, StubClient

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads" / "air_archive"
NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
CITIES, SITES = "cities 2017-06-15", "sites 2017-06-15"


def payload(call: str) -> str:
    """The recorded shape of a file."""
    return (PAYLOADS / f"schematic_{call.replace(' ', '_').replace('-', '')}.csv").read_text(encoding="utf-8")


def parse(call: str, content: str | bytes) -> Batch:
    """What the loader makes of a content."""
    body = content.encode() if isinstance(content, str) else content
    return air_archive.parse(Answer("air_archive", call, "http://127.0.0.1/", NOW, 200, "text/csv", body))


def sites(*rows: str) -> Batch:
    """What the loader makes of rows of a file with one unknown station and two of Xining's."""
    return parse(SITES, "\n".join(("date,hour,type,1001A,1480A,3055A", *rows)) + "\n")


def cell(batch: Batch, place: str, item: str, averaging: str, at: str) -> tuple[float, Any, Any]:
    """Value, note and flags of the one reading there is."""
    frame = batch.readings
    found = frame[(frame["place_id"] == place) & (frame["item"] == item) & (frame["averaging"] == averaging)]
    found = found[found["at"] == pd.Timestamp(at, tz="Asia/Shanghai")]
    assert len(found) == 1, f"{len(found)} readings"
    row = found.iloc[0]
    return row["value"], row["note"], row["flags"]


def about_rows(batch: Batch) -> list[str]:
    """The problems that are about rows."""
    return [problem for problem in batch.problems if problem.startswith("row ")]


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class Archive(StubClient):
    """Some paths are not there, others fail."""

    def __init__(self, absent: Iterable[str] = (), broken: Iterable[str] = ()) -> None:
        super().__init__("air_archive")
        self.status = {**dict.fromkeys(absent, 404), **dict.fromkeys(broken, 502)}

    def answer(self, asked: Asked) -> Answer:
        status = self.status.get(asked.path, 200)
        answer = Answer("air_archive", asked.call, asked.path, NOW, status, "text/csv", b"")
        return answer if status == 200 else answer.failed(FailureCause.HTTP, f"HTTP {status}")


def asked(since: date | None, until: date | None, client: Archive | None = None) -> list[Answer]:
    """The answers to a period."""
    return list(air_archive.fetch(client or Archive(), now=NOW, since=since, until=until))


def test_both_files_of_every_day_in_order() -> None:
    client = Archive()
    asked(date(2015, 12, 31), date(2016, 1, 1), client)
    assert [(one.call, one.path, one.accept) for one in client.asked] == [
        ("cities 2015-12-31", "/china_cities_20151231.csv", "csv"),
        ("sites 2015-12-31", "/china_sites_20151231.csv", "csv"),
        ("cities 2016-01-01", "/china_cities_20160101.csv", "csv"),
        ("sites 2016-01-01", "/china_sites_20160101.csv", "csv"),
    ]


def test_a_day_without_a_file_is_a_normal_state_a_broken_server_is_not() -> None:
    client = Archive(absent=["/china_cities_20151231.csv"], broken=["/china_sites_20151231.csv"])
    cities, sites_, *rest = asked(date(2015, 12, 31), date(2016, 1, 1), client)
    assert (cities.state, cities.problem) == (AnswerState.NOTHING_PUBLISHED, "no file for 2015-12-31")
    assert (sites_.state, sites_.problem) == (AnswerState.UPSTREAM_ERROR, "HTTP 502")
    assert [answer.problem for answer in rest] == ["", ""]


def test_until_yesterday_where_no_end_is_named() -> None:
    assert [answer.call for answer in asked(date(2026, 10, 8), None)] == ["cities 2026-10-08", "sites 2026-10-08"]


def test_the_first_and_the_last_day_that_may_be_requested() -> None:
    assert len(asked(date(2014, 5, 13), date(2014, 5, 13))) == 2
    assert len(asked(date(2026, 10, 9), date(2026, 10, 9))) == 2


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (None, None, "is for backfilling: name the days, as in python -m loaders backfill air_archive --from"),
        (None, date(2016, 1, 1), "is for backfilling"),
        (date(2014, 5, 12), date(2016, 1, 1), "begins on 2014-05-13, but 2014-05-12 was asked for"),
        (date(2016, 1, 2), date(2016, 1, 1), "not from 2016-01-02 to 2016-01-01"),
        (date(2016, 1, 2), date(2026, 10, 10), "not from 2016-01-02 to 2026-10-10"),
    ],
)
def test_periods_it_cannot_give(since: date | None, until: date | None, sentence: str) -> None:
    client = Archive()
    with pytest.raises(ValueError, match=sentence):
        air_archive.fetch(client, now=NOW, since=since, until=until)
    assert client.asked == []


# ── cities ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_five_capitals() -> None:
    batch = parse(CITIES, payload(CITIES))
    assert batch.problems == ()
    assert list(batch.readings.columns) == list(COLUMNS)
    assert set(batch.readings["kind"]) == {"archive"}
    for place, value in {"xining": 20, "lanzhou": 30, "xian": 40, "yinchuan": 50, "urumqi": 60}.items():
        assert cell(batch, place, "aqi", "1h", "2017-06-15 00:00") == (value, None, None)
    # 5 places × 2 hours × 14 types (O3_24h is left alone), one cell is blank
    assert len(batch.readings) == 5 * 2 * 14 - 1


def test_types_are_items_and_averagings_and_hours_are_stamps_of_the_day() -> None:
    batch = parse(CITIES, payload(CITIES))
    expected = {
        ("aqi", "1h"): 43,
        ("pm25_ugm3", "1h"): 44,
        ("pm25_ugm3", "24h"): 45,
        ("pm10_ugm3", "24h"): 47,
        ("so2_ugm3", "1h"): 48,
        ("so2_ugm3", "24h"): 49,
        ("no2_ugm3", "1h"): 50,
        ("no2_ugm3", "24h"): 51,
        ("o3_1h_ugm3", "1h"): 52,
        ("o3_8h_ugm3", "8h"): 54,
        ("o3_8h_ugm3", "8h_24h"): 55,
        ("co_mgm3", "1h"): 0.43,
        ("co_mgm3", "24h"): 0.43,
    }
    for (item, averaging), value in expected.items():
        assert cell(batch, "xining", item, averaging, "2017-06-15 23:00") == pytest.approx((value, None, None))
    last = batch.readings[
        (batch.readings["place_id"] == "xining") & (batch.readings["at"] == pd.Timestamp("2017-06-15 23:00", tz=ZONE))
    ]
    assert set(zip(last["item"], last["averaging"], strict=True)) == set(expected)  # PM10 is blank: no reading


def test_a_capital_without_a_column_is_named() -> None:
    batch = parse(CITIES, payload(CITIES).replace("兰州", "某市"))
    assert batch.problems == ("no column of lanzhou",)
    assert set(batch.readings["place_id"]) == {"xining", "yinchuan", "urumqi", "xian"}


# ── stations ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_xinings_stations_and_those_not_there_yet_are_no_problem() -> None:
    batch = parse(SITES, payload(SITES))
    assert batch.problems == ()
    assert set(batch.readings["place_id"]) == {"1480A", "3055A"}
    assert cell(batch, "3055A", "aqi", "1h", "2017-06-15 00:00") == (30, None, None)
    assert len(batch.readings) == 2 * 2 * 14 - 1


def test_none_of_xinings_stations_is_a_problem() -> None:
    batch = parse(SITES, payload(SITES).replace("1480A", "9001A").replace("3055A", "9002A"))
    assert batch.readings.empty
    assert list(batch.readings.columns) == list(COLUMNS)
    assert batch.problems == ("no column of 1480A, 1481A, 1482A, 1483A, 3055A, 3629A, 3630A, 4162A",)


# ── cells and rows ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_cells() -> None:
    batch = sites(
        "20170615,7,PM2.5,1,,—",
        "20170615,8,PM2.5,1,0,NA",
        "20170615,9,PM2.5,1,-5,9999",
        "20170615,10,PM2.5,1,<3,abc",
        "20170615,11,PM2.5,1, ,inf",
        "20170615,12,PM2.5,1,ND,未检出",
    )
    assert about_rows(batch) == []
    assert len(batch.readings) == 8
    assert cell(batch, "1480A", "pm25_ugm3", "1h", "2017-06-15 08:00") == (0, None, None)
    assert cell(batch, "1480A", "pm25_ugm3", "1h", "2017-06-15 09:00") == (-5, None, None)  # judged later
    assert cell(batch, "3055A", "pm25_ugm3", "1h", "2017-06-15 09:00") == (9999, None, None)
    assert cell(batch, "1480A", "pm25_ugm3", "1h", "2017-06-15 10:00") == (1.5, "<3", None)
    for station, mark in (("1480A", "ND"), ("3055A", "未检出")):
        value, note, flags = cell(batch, station, "pm25_ugm3", "1h", "2017-06-15 12:00")
        assert (math.isnan(value), note, flags) == (True, mark, None)
    for hour, text in (("10", "abc"), ("11", "inf")):
        value, note, flags = cell(batch, "3055A", "pm25_ugm3", "1h", f"2017-06-15 {hour}:00")
        assert math.isnan(value)
        assert (note, flags) == (text, "unreadable")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("20170615,25,AQI,1,2,3", "row 3, hour: '25' is not 0 to 24"),
        ("20170615,-1,AQI,1,2,3", "row 3, hour: '-1' is not 0 to 24"),
        ("20170615,7.5,AQI,1,2,3", "row 3, hour: '7.5' is not 0 to 24"),
        ("20170615,x,AQI,1,2,3", "row 3, hour: 'x' is not 0 to 24"),
        ("20170615,,AQI,1,2,3", "row 3, hour: empty, which is not 0 to 24"),
        ("2017061,7,AQI,1,2,3", "row 3, date: '2017061' is not a day such as 20170615 from 2014-05-13 on"),
        ("2017-02-30,7,AQI,1,2,3", "row 3, date: '2017-02-30' is not a day such as 20170615 from 2014-05-13 on"),
        ("19860504,0,AQI,1,2,3", "row 3, date: '19860504' is not a day such as 20170615 from 2014-05-13 on"),
        ("99991231,0,AQI,1,2,3", "row 3, date: '99991231' is not a day such as 20170615 from 2014-05-13 on"),
        ("20170615,7,AQI,1", "row 3: 4 cells, the header has 6"),  # breaks off
        ("20170615,7,AQI,1,2,3,4", "row 3: 7 cells, the header has 6"),
        ('20170615,7,"AQI,1,2,3,4', "row 3: 7 cells, the header has 6"),
    ],
)
def test_a_bad_row_is_named_as_a_spreadsheet_numbers_it_and_the_others_are_read(row: str, problem: str) -> None:
    batch = sites("20170615,6,AQI,1,2,3", row, "20170615,8,AQI,1,5,6")
    assert about_rows(batch) == [problem]
    assert batch.left_out == 1
    assert batch.readings["value"].tolist() == [2, 5, 3, 6]


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ("20170615,24,AQI,1,2,3", "2017-06-16 00:00"),
        ("20170615,24:00,AQI,1,2,3", "2017-06-16 00:00"),
        ("20171231,24,AQI,1,2,3", "2018-01-01 00:00"),
        ("2017-06-15,7,AQI,1,2,3", "2017-06-15 07:00"),
        ("2017/6/5,07:00,AQI,1,2,3", "2017-06-05 07:00"),
        ("2017.06.15,7.0,AQI,1,2,3", "2017-06-15 07:00"),
        ("2017年6月15日,7时,AQI,1,2,3", "2017-06-15 07:00"),
        ("20170615.0,07:00:00, AQI ,1,2,3", "2017-06-15 07:00"),
        ("20170615,7,AQI,1,2,3,", "2017-06-15 07:00"),  # a comma too many
        ("20170615,7,AQI,1,2,3, ,,", "2017-06-15 07:00"),
    ],
)
def test_times_and_ends_of_rows_however_they_are_written(row: str, at: str) -> None:
    batch = sites(row)
    assert about_rows(batch) == []
    assert batch.left_out == 0
    assert cell(batch, "1480A", "aqi", "1h", at) == (2, None, None)
    assert cell(batch, "3055A", "aqi", "1h", at) == (3, None, None)


@pytest.mark.parametrize("end", [",", ",,", ", "])
def test_commas_too_many_change_nothing_wherever_they_are(end: str) -> None:
    header, *rows = payload(CITIES).splitlines()
    whole = parse(CITIES, payload(CITIES))
    for lines in (
        (header, *(row + end for row in rows)),
        (header + end, *rows),
        [one + end for one in (header, *rows)],
    ):
        batch = parse(CITIES, "\n".join(lines))
        assert (batch.problems, batch.left_out) == ((), 0)
        pd.testing.assert_frame_equal(batch.readings, whole.readings)


def test_a_file_that_breaks_off_loses_only_its_last_row() -> None:
    content = payload(SITES)
    batch = parse(SITES, content[: content.rindex(",")])
    assert about_rows(batch) == ["row 31: 6 cells, the header has 7"]
    assert len(batch.readings) == 2 * 2 * 14 - 1 - 2


def test_types_that_are_gone_are_named_once_and_unknown_ones_ignored() -> None:
    batch = parse(CITIES, payload(CITIES).replace(",CO,", ",NOx,").replace(",CO_24h,", ",NOx_24h,"))
    assert batch.problems == ("no row of type CO, CO_24h",)
    assert "co_mgm3" not in set(batch.readings["item"])


def test_repeated_rows_give_one_reading_and_differing_ones_are_named() -> None:
    batch = sites("20170615,6,AQI,1,2,3", "20170615,6,AQI,1,2,4")
    assert batch.readings["value"].tolist() == [2, 4]
    assert (
        batch.problems[-1] == "3055A at 2017-06-15 06:00 stands more than once with different values: the last is kept"
    )


def test_windows_line_ends_byte_order_mark_and_gbk_read_alike() -> None:
    plain = parse(CITIES, payload(CITIES)).readings
    for body in (
        payload(CITIES).replace("\n", "\r\n").encode("utf-8-sig"),
        payload(CITIES).encode("gbk"),
    ):
        pd.testing.assert_frame_equal(parse(CITIES, body).readings, plain)


@pytest.mark.parametrize("call", [CITIES, SITES])
@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"-1", b"date,type,1480A\n", b"[]"])
def test_what_is_no_archive_file_is_refused_as_a_whole(call: str, body: bytes) -> None:
    with pytest.raises(AnswerError, match=rf"air_archive, {call}: (HTML, )?no archive file: column .*hour.* missing"):
        parse(call, body)


@pytest.mark.parametrize("rest", ["", "\n\n", "\n,,,,,\n"])
def test_a_header_alone_is_called_one(rest: str) -> None:
    with pytest.raises(AnswerError, match=f"air_archive, {SITES}: a header alone, no row"):
        parse(SITES, "date,hour,type,1001A,1480A,3055A" + rest)


def test_a_page_is_called_html() -> None:
    with pytest.raises(AnswerError, match=r"HTML, no archive file: column date, hour, type missing"):
        parse(SITES, b"\xef\xbb\xbf <!DOCTYPE html>\n<html><body>404</body></html>")


def test_a_file_of_types_nobody_knows_is_refused_as_a_whole() -> None:
    with pytest.raises(AnswerError, match=r"no row of a known type; known are AQI, PM2\.5"):
        sites("20170615,6,NOx,1,2,3")


def test_rows_left_out_are_all_counted_and_come_first() -> None:
    batch = sites(*(f"20170615,{hour},AQI,1,2,3" for hour in range(25, 90)))
    assert batch.left_out == 65
    assert batch.problems[0] == "row 2, hour: '25' is not 0 to 24"
    assert batch.problems[-1].startswith("and ")


def test_an_unknown_call_is_refused() -> None:
    with pytest.raises(AnswerError, match="unknown call; known are cities and sites"):
        parse("weather 2017-06-15", payload(CITIES))


# ── whatever the order, whatever else is there ───────────────────────────────────────────────────────────────────────
@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data(), call=st.sampled_from([CITIES, SITES]))
def test_order_and_extra_columns_change_nothing(data: st.DataObject, call: str) -> None:
    header, *rows = [line.split(",") for line in payload(call).splitlines()]
    order = data.draw(st.permutations(range(len(header))))
    extra = data.draw(st.sampled_from(["", "某市", "9001A"]))
    lines = [header, *data.draw(st.permutations(rows))]
    content = "\n".join(",".join([*(line[n] for n in order), extra]) for line in lines)
    pd.testing.assert_frame_equal(parse(call, content).readings, parse(call, payload(call)).readings)
