"""CNEMC's air platform: what is asked, and what becomes of each answer. The payloads' values are the tests' own."""

import json
import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import cells, cnemc_air, intake
from loaders.answer import COLUMNS, Answer, AnswerError, Batch, Place
from store import readings as readings_store
from store import tracked
from store.clock import ZONE
from store.states import FailureCause
from tests.clients import Asked, StubClient
from tests.upstreams import cnemc_air as protocol
from tests.upstreams.world import World

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads" / "cnemc_air"
NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
ALL_CALLS = ["stations", "city", "city 24 hours", "city 14 days", "capitals hour", "capitals day"]


def answer(call: str, body: bytes) -> Answer:
    """An answer as the transport hands it over."""
    return Answer("cnemc_air", call, "http://127.0.0.1/", NOW, 200, "application/json", body)


def payload(call: str) -> Any:
    """The recorded shape of a call's answer."""
    return json.loads((PAYLOADS / f"schematic_{call.replace(' ', '_')}.json").read_bytes())


def parse(call: str, content: Any = ...) -> Batch:
    """What the loader makes of a content, the payload where none is given."""
    body = json.dumps(payload(call) if content is ... else content, ensure_ascii=False).encode()
    return cnemc_air.parse(answer(call, body))


def changed(call: str, row: int, **cells: Any) -> Any:
    """A payload with cells of one row replaced; ``...`` takes the field out."""
    content = payload(call)
    rows = content if isinstance(content, list) else [content]
    rows[row].update(cells)
    for name in [name for name, cell in cells.items() if cell is ...]:
        del rows[row][name]
    return content


def cell(batch: Batch, place: str, item: str, averaging: str, at: str | None = None) -> tuple[float, Any, Any]:
    """Value, note (of an index: primary pollutants) and flags of the one reading there is."""
    frame = batch.readings
    found = frame[(frame["place_id"] == place) & (frame["item"] == item) & (frame["averaging"] == averaging)]
    if at:
        found = found[found["at"] == pd.Timestamp(at, tz="Asia/Shanghai")]
    assert len(found) == 1, f"{len(found)} readings"
    row = found.iloc[0]
    assert item == "aqi" or row["primary_pollutants"] is None
    return row["value"], row["primary_pollutants" if item == "aqi" and row["flags"] is None else "note"], row["flags"]


def items(batch: Batch, place: str) -> set[tuple[str, str]]:
    """Items and averagings read of a place."""
    frame = batch.readings[batch.readings["place_id"] == place]
    return set(zip(frame["item"], frame["averaging"], strict=True))


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class Refusing(StubClient):
    """Answers nothing but failures."""

    def __init__(self) -> None:
        super().__init__("cnemc_air")

    def answer(self, asked: Asked) -> Answer:
        answer = Answer("cnemc_air", asked.call, asked.path, NOW, None, "", b"")
        return answer.failed(FailureCause.REFUSED, "connection refused")


def test_all_six_are_requested_though_each_fails() -> None:
    client = Refusing()
    answers = list(cnemc_air.fetch(client, now=NOW))
    assert [a.call for a in answers] == ALL_CALLS
    assert all(a.problem == "connection refused" for a in answers)
    assert [(one.verb, one.path, one.params) for one in client.asked] == [
        ("GET", "/CityData/GetAQIDataPublishLive", {"cityName": "西宁市"}),
        ("POST", "/CityData/GetAQIDataPublishLiveInfo", {"cityCode": "630100"}),
        ("POST", "/HourChangesPublish/GetCityRealTimeAqiHistoryByCondition", {"citycode": "630100"}),
        ("POST", "/HourChangesPublish/GetCityDayAqiHistoryByCondition", {"citycode": "630100"}),
        ("GET", "/CityData/GetAllCityRealTimeAQIModels", {}),
        ("GET", "/CityData/GetAllCityDayAQIModels", {}),
    ]


def test_posts_are_questions_with_a_form_and_every_call_names_where_it_comes_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XINING_CNEMC_AIR_URL", "http://127.0.0.1:9000")
    client = Refusing()
    list(cnemc_air.fetch(client, now=NOW))
    for one in client.asked:
        assert one.headers == {"X-Requested-With": "XMLHttpRequest", "Referer": "http://127.0.0.1:9000/"}
        if one.verb == "POST":
            assert one.form == {}
            assert one.idempotent


def test_asking_goes_on_one_by_one() -> None:
    client = Refusing()
    next(cnemc_air.fetch(client, now=NOW))
    assert len(client.asked) == 1


@pytest.mark.parametrize(
    ("since", "until"),
    [(date(2026, 9, 24), None), (None, date(2026, 9, 24)), (date(2026, 9, 24), date(2026, 10, 9))],
)
def test_older_than_its_fourteen_days_it_knows_nothing(since: date | None, until: date | None) -> None:
    with pytest.raises(ValueError, match=r"nothing before 2026-09-25, but 2026-09-24 was asked for; .* air_archive"):
        cnemc_air.fetch(Refusing(), now=NOW, since=since, until=until)


def test_within_its_fourteen_days_everything_is_requested() -> None:
    assert len(list(cnemc_air.fetch(Refusing(), now=NOW, since=date(2026, 9, 25), until=date(2026, 10, 9)))) == 6


# ── stations ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_stations_of_the_hour() -> None:
    batch = parse("stations")
    assert batch.problems == ()
    assert list(batch.readings.columns) == list(COLUMNS)
    assert set(batch.readings["kind"]) == {"live"}
    assert set(batch.readings["at"]) == {pd.Timestamp("2026-10-09 18:00", tz="Asia/Shanghai")}
    expected = {
        ("pm25_ugm3", "1h"): 31,
        ("pm25_ugm3", "24h"): 32,
        ("pm10_ugm3", "1h"): 91,
        ("pm10_ugm3", "24h"): 92,
        ("so2_ugm3", "24h"): 11,
        ("no2_ugm3", "1h"): 21,
        ("no2_ugm3", "24h"): 22,
        ("co_mgm3", "1h"): 0.6,
        ("co_mgm3", "24h"): 0.5,
        ("o3_1h_ugm3", "1h"): 81,
        ("o3_8h_ugm3", "8h"): 82,
        ("o3_8h_ugm3", "8h_24h"): 83,
    }
    for (item, averaging), value in expected.items():
        assert cell(batch, "3055A", item, averaging) == (value, None, None)
    assert cell(batch, "3055A", "aqi", "1h") == (71, "PM10,PM2.5", None)
    assert cell(batch, "3055A", "so2_ugm3", "1h") == (1.5, "<3", None)  # below the limit of detection: half of it
    assert items(batch, "3055A") == {*expected, ("aqi", "1h"), ("so2_ugm3", "1h")}  # no O3_24h: it is no mean


def test_what_is_missing_makes_no_reading_and_zero_is_a_value() -> None:
    batch = parse("stations")
    assert items(batch, "9901A") == {
        ("aqi", "1h"),
        ("pm10_ugm3", "1h"),
        ("pm10_ugm3", "24h"),
        ("pm25_ugm3", "1h"),
        ("pm25_ugm3", "24h"),
    }
    assert cell(batch, "9901A", "pm25_ugm3", "1h") == (0, None, None)
    assert cell(batch, "9901A", "aqi", "1h") == (40, None, None)  # no primary pollutant at an AQI of 50 and less


def test_stations_are_reported_as_places_known_or_not() -> None:
    assert parse("stations").places == (
        Place("3055A", "城北区政府", 101.7775, 36.6428),
        Place("9901A", "样本站", 101.7, 36.6),
    )
    assert "9901A" not in set(tracked.read("air_stations")["station_id"])


@pytest.mark.parametrize("point", [{"Latitude": ""}, {"Longitude": "东经"}, {"Latitude": "97"}, {"Longitude": ...}])
def test_half_a_point_is_none(point: dict[str, Any]) -> None:
    assert parse("stations", changed("stations", 0, **point)).places[0] == Place("3055A", "城北区政府")


@pytest.mark.parametrize("name", ["", "—", None, ...])
def test_a_station_without_a_name_bears_its_code(name: Any) -> None:
    assert parse("stations", changed("stations", 0, PositionName=name)).places[0].name == "3055A"


def test_small_letters_are_accepted_bare_and_as_geojson() -> None:
    rows = [{name.lower(): value for name, value in row.items()} for row in payload("stations")]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(row.pop("longitude")), float(row.pop("latitude"))]},
            "properties": row,
        }
        for row in json.loads(json.dumps(rows))
    ]
    for content in (rows, features):
        same(parse("stations", content), parse("stations"))


# ── the city ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_city_of_the_hour() -> None:
    batch = parse("city")
    assert batch.problems == ()
    assert batch.places == ()
    expected = {"aqi": 71, "pm25_ugm3": 31, "pm10_ugm3": 91, "so2_ugm3": 11, "no2_ugm3": 21}
    for item, value in {**expected, "co_mgm3": 0.6, "o3_1h_ugm3": 81}.items():
        assert cell(batch, "xining", item, "1h", "2026-10-09 18:00")[0] == value
    assert cell(batch, "xining", "aqi", "1h")[1] == "PM10"
    assert len(batch.readings) == 7
    assert set(batch.readings["kind"]) == {"live"}


def test_null_is_no_city_value_yet() -> None:
    batch = parse("city", None)
    assert batch.readings.empty
    assert batch.problems == ()


def test_city_last_24_hours_in_any_order_across_midnight() -> None:
    batch = parse("city 24 hours")
    assert batch.problems == ()
    assert cell(batch, "xining", "aqi", "1h", "2026-10-09 18:00") == (71, "PM10", None)
    assert cell(batch, "xining", "pm10_ugm3", "1h", "2026-10-09 00:00") == (40, None, None)
    assert len(batch.readings) == 14  # the hour that is all — gives nothing
    assert set(batch.readings["kind"]) == {"live"}


def test_city_last_14_days() -> None:
    batch = parse("city 14 days")
    assert batch.problems == ()
    expected = {"aqi": 72, "pm25_ugm3": 33, "pm10_ugm3": 93, "so2_ugm3": 12, "no2_ugm3": 23, "co_mgm3": 0.7}
    for item, value in {**expected, "o3_8h_ugm3": 101}.items():
        assert cell(batch, "xining", item, "day", "2026-10-08 00:00")[0] == value
    assert cell(batch, "xining", "aqi", "day", "2026-10-08 00:00")[1] == "O3"
    assert cell(batch, "xining", "aqi", "day", "2026-10-07 00:00") == (45, None, None)
    assert len(batch.readings) == 7 + 6
    assert set(batch.readings["kind"]) == {"provisional"}


def test_a_day_is_at_its_midnight_whatever_hour_its_stamp_says() -> None:
    batch = parse("city 14 days", changed("city 14 days", 0, TimePoint="2026-10-08T18:00:00"))
    assert cell(batch, "xining", "aqi", "day", "2026-10-08 00:00")[0] == 72


def test_another_citys_row_is_never_xinings() -> None:
    batch = parse("city", changed("city", 0, CityCode=620100, Area="兰州市"))
    assert batch.readings.empty
    assert batch.problems == ("row 1, Area: 'lanzhou', but Xining was asked",)
    batch = parse("stations", changed("stations", 1, Area="海东市"))
    assert set(batch.readings["place_id"]) == {"3055A"}
    assert [place.place_id for place in batch.places] == ["3055A"]
    assert batch.problems == ("row 2, Area: '海东', but Xining was asked",)


# ── the capitals ─────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("call", "averaging", "at", "kind", "first"),
    [
        ("capitals hour", "1h", "2026-10-09 18:00", "live", 62),
        ("capitals day", "day", "2026-10-08 00:00", "provisional", 82),
    ],
)
def test_five_capitals_of_all_cities(call: str, averaging: str, at: str, kind: str, first: int) -> None:
    batch = parse(call)
    assert batch.problems == ()
    for place, value in zip(("xian", "lanzhou", "yinchuan", "urumqi", "xining"), range(first, first + 5), strict=True):
        assert cell(batch, place, "aqi", averaging, at) == (value, "PM10", None)
    assert len(batch.readings) == 5  # Beijing is in the answer too
    assert set(batch.readings["kind"]) == {kind}


def test_a_capital_is_known_by_its_code_or_its_name() -> None:
    named = changed("capitals hour", 1, CityCode=..., Area="西安")
    coded = changed("capitals hour", 1, CityCode="610100", Area=...)
    for content in (named, coded):
        assert cell(parse("capitals hour", content), "xian", "aqi", "1h")[0] == 62


def test_a_capital_that_is_not_there_is_named_one_without_a_value_is_not() -> None:
    rows = changed("capitals hour", 2, AQI="—")
    del rows[1]
    batch = parse("capitals hour", rows)
    assert set(batch.readings["place_id"]) == {"xining", "urumqi", "yinchuan"}
    assert batch.problems == ("xian: in no row",)


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("mark", ["—", "NA", "", None, "/", " — ", "NaN", "null", "-", "--"])
def test_marks_of_the_missing(mark: Any) -> None:
    assert cells.read_cell(mark) is None


@pytest.mark.parametrize(
    ("content", "value", "note"),
    [
        ("12", 12, None),
        (12, 12, None),
        (0.64, 0.64, None),
        (" 0.640 ", 0.64, None),
        ("1e2", 100, None),
        ("0", 0, None),
        ("-1", -1, None),  # impossible: whether it is plausible is judged later
        ("99999", 99999, None),
        ("<3", 1.5, "<3"),
        ("＜ 0.3", 0.15, "＜ 0.3"),
        ("3L", 1.5, "3L"),
        ("低于3", 1.5, "低于3"),
        ("ND（<3）", 1.5, "ND（<3）"),
    ],
)
def test_numbers(content: Any, value: float, note: str | None) -> None:
    assert cells.read_cell(content) == (value, note, None)


@pytest.mark.parametrize(
    "content",
    ["abc", "12,5", "1 2", "1\n2", "12µg", True, "<", "<abc", "<-3", "L", "1 2L", "1e999L", "1e999", "Infinity", "1_0"],
)
def test_text_that_is_no_number_stays_as_unreadable(content: Any) -> None:
    read = cells.read_cell(content)
    assert read is not None
    value, note, flags = read
    assert math.isnan(value)
    assert note == str(content).replace("\n", " ")
    assert flags == "unreadable"


def test_an_unreadable_cell_costs_only_itself() -> None:
    batch = parse("city", changed("city", 0, PM10="坏", AQI="高"))
    value, note, flags = cell(batch, "xining", "pm10_ugm3", "1h")
    assert math.isnan(value)
    assert (note, flags) == ("坏", "unreadable")
    assert cell(batch, "xining", "aqi", "1h")[1:] == ("高", "unreadable")  # not the primary pollutant
    assert cell(batch, "xining", "pm25_ugm3", "1h") == (31, None, None)


@pytest.mark.parametrize(
    ("published", "symbols"),
    [
        ("颗粒物(PM10)", "PM10"),
        ("细颗粒物(PM2.5),颗粒物(PM10)", "PM2.5,PM10"),  # the order is the platform's
        ("颗粒物(PM10)，颗粒物(PM10)", "PM10"),
        ("臭氧1小时", "O3"),
        ("臭氧8小时、二氧化氮", "O3,NO2"),
        ("二氧化硫,一氧化碳", "SO2,CO"),
        ("PM2_5", "PM2.5"),
        ("某污染物", "某污染物"),
        ("-;", None),
        ("—", None),
        ("", None),
        (None, None),
    ],
)
def test_primary_pollutants(published: str | None, symbols: str | None) -> None:
    rows = parse("city", changed("city", 0, PrimaryPollutant=published)).readings
    (index,) = rows[rows["item"] == "aqi"].to_dict("records")
    assert (index["primary_pollutants"], index["note"]) == (symbols, None)


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "stamp",
    [
        "2027-01-01T00:00:00",
        "2027-01-01 00:00",
        "2026-12-31T16:00:00Z",
        "/Date(1798732800000)/",
        "/Date(1798732800000+0800)/",
    ],
)
def test_forms_of_one_moment(stamp: str) -> None:
    batch = parse("city", changed("city", 0, TimePoint=stamp))
    assert set(batch.readings["at"]) == {pd.Timestamp("2027-01-01", tz="Asia/Shanghai")}


@pytest.mark.parametrize(
    ("stamp", "problem"),
    [
        ("", "TimePoint: empty"),
        (None, "TimePoint: empty"),
        (..., "TimePoint: empty"),
        ("18时", "TimePoint: '18时' is no time"),
        ("2026-13-01T00:00:00", "TimePoint: '2026-13-01T00:00:00' is no time"),
        ("/Date(99999999999999999)/", "TimePoint: '/Date(99999999999999999)/' is no time"),
        ("9999-12-31T23:59:59", "TimePoint: '9999-12-31T23:59:59' is after 2100"),
        ("0001-01-01T00:00:00", "TimePoint: '0001-01-01T00:00:00' is before the platform began"),
        ("/Date(-62135596800000)/", "TimePoint: '/Date(-62135596800000)/' is before the platform began"),
    ],
)
def test_a_row_without_a_usable_time_is_named_and_the_others_are_read(stamp: Any, problem: str) -> None:
    batch = parse("stations", changed("stations", 0, TimePoint=stamp))
    assert set(batch.readings["place_id"]) == {"9901A"}
    assert batch.problems == (f"row 1, {problem}",)


def test_a_code_too_long_to_be_one_leaves_its_row_out() -> None:
    batch = parse("stations", changed("stations", 0, StationCode="9" * 3000))
    assert set(batch.readings["place_id"]) == {"9901A"}
    assert batch.problems == ("row 1, StationCode: more than 80 signs",)


# ── rows and columns ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_field_that_is_gone_costs_its_item_and_is_named_once() -> None:
    rows = payload("city 24 hours")
    for row in rows:
        del row["PM10"]
    batch = parse("city 24 hours", rows)
    assert batch.problems == ("field PM10: in no row",)
    assert len(batch.readings) == 12
    assert "pm10_ugm3" not in set(batch.readings["item"])


def test_a_field_missing_in_one_row_is_a_missing_value() -> None:
    batch = parse("stations", changed("stations", 1, PM10=...))
    assert batch.problems == ()
    assert ("pm10_ugm3", "1h") not in items(batch, "9901A")
    assert ("pm10_ugm3", "1h") in items(batch, "3055A")


def test_bad_rows_are_named_by_number_and_field() -> None:
    rows = [None, *payload("stations"), "row", 7]
    rows[2]["StationCode"] = "—"
    batch = parse("stations", rows)
    assert set(batch.readings["place_id"]) == {"3055A"}
    assert batch.problems == (
        "row 1: expected an object, got null",
        "row 4: expected an object, got a text",
        "row 5: expected an object, got the number 7",
        "row 3, StationCode: empty",
    )


def test_ever_so_many_problems_are_counted_not_listed() -> None:
    batch = parse("stations", [1] * 1000)
    assert len(batch.problems) == cells.MOST_PROBLEMS + 1
    assert batch.problems[-1] == f"and {1000 - cells.MOST_PROBLEMS} more problems"


def test_repeated_rows_give_one_reading_and_differing_ones_are_named() -> None:
    rows = payload("stations")
    same(parse("stations", [*rows, rows[0]]), parse("stations"))
    batch = parse("stations", [*rows, {**rows[0], "PM10": "99", "PM2_5": "39"}])
    assert cell(batch, "3055A", "pm10_ugm3", "1h")[0] == 99
    assert batch.problems == (
        "3055A at 2026-10-09 18:00 stands more than once with different values: the last is kept",
    )


@pytest.mark.parametrize("dash", ["—", "-", "", None])
def test_a_dash_takes_no_name_back_within_an_answer(dash: str | None) -> None:
    rows = payload("stations")
    named = next(row for row in rows if row["PrimaryPollutant"] != "—")
    batch = parse("stations", [*rows, {**named, "PrimaryPollutant": dash}])
    same(batch, parse("stations"))


@pytest.mark.parametrize("call", [call for call in ALL_CALLS if call != "city"])
def test_an_empty_list_is_an_empty_batch(call: str) -> None:
    batch = parse(call, [])
    assert batch.readings.empty
    assert batch.problems == ()


@pytest.mark.parametrize("call", ALL_CALLS)
@pytest.mark.parametrize(
    "body", [b"-1", b"<html><body>500</body></html>", b"", b'"x"', b"true", b'[{"AQI": "1"', b"\xff\xfe"]
)
def test_what_is_no_answer_is_refused_as_a_whole(call: str, body: bytes) -> None:
    with pytest.raises(AnswerError, match=f"cnemc_air, {call}: "):
        cnemc_air.parse(answer(call, body))


def test_null_is_no_list_and_a_list_is_no_city() -> None:
    with pytest.raises(AnswerError, match="expected a list of rows, got null"):
        parse("stations", None)
    with pytest.raises(AnswerError, match="expected an object or null, got a list"):
        parse("city", [])
    with pytest.raises(AnswerError, match="expected a list of rows, got an object"):
        parse("city 24 hours", {"Message": "error"})


def test_an_unknown_call_is_refused() -> None:
    with pytest.raises(AnswerError, match="unknown call; known are stations, city"):
        parse("weather", [])


def test_gbk_reads_like_utf8() -> None:
    body = json.dumps([row for row in payload("stations") if row["StationCode"] == "3055A"], ensure_ascii=False)
    batch = cnemc_air.parse(answer("stations", body.replace("—", "").encode("gbk")))
    assert batch.places == (Place("3055A", "城北区政府", 101.7775, 36.6428),)
    assert cell(batch, "3055A", "aqi", "1h") == (71, "PM10,PM2.5", None)


# ── whatever the order, whatever else is there ───────────────────────────────────────────────────────────────────────
def same(one: Batch, other: Batch) -> None:
    """Equal readings and places."""
    pd.testing.assert_frame_equal(one.readings, other.readings)
    assert one.places == other.places


def known(row: dict[str, Any]) -> Callable[[str], bool]:
    """Whether a name, in any case, is one of the row's fields."""
    names = {name.lower() for name in row} | {"geometry", "properties"}
    return lambda name: name.lower() in names


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data(), call=st.sampled_from([call for call in ALL_CALLS if call != "city"]))
def test_order_and_extra_columns_change_nothing(data: st.DataObject, call: str) -> None:
    rows = payload(call)
    is_known = known(rows[0])
    extra = st.dictionaries(st.text().filter(lambda name: not is_known(name)), st.none() | st.text() | st.floats())
    shuffled = [{**data.draw(extra), **row} for row in data.draw(st.permutations(rows))]
    same(parse(call, shuffled), parse(call))


# ── after an outage ──────────────────────────────────────────────────────────────────────────────────────────────────
class Platform(StubClient):
    """The platform of a moment."""

    def __init__(self, at: datetime, silent: str = "") -> None:
        super().__init__("cnemc_air")
        self.world, self.at, self.silent = World.standing_at(at), at, silent

    def answer(self, asked: Asked) -> Answer:
        rows = protocol.CALLS[asked.path][1](self.world, dict(asked.params))
        if self.silent and isinstance(rows, list):
            rows = [row for row in rows if row.get("StationCode") != self.silent]
        body = json.dumps(rows).encode()
        return Answer("cnemc_air", asked.call, asked.path, self.at, 200, "application/json", body)


def run(at: datetime, silent: str = "") -> list[str]:
    """One run against a platform whose answers are stored as they come; calls beside the usual six."""
    platform = Platform(at, silent)
    for answer in cnemc_air.fetch(platform, now=at):
        intake.store_answer(answer, now=at)
    calls = [one.call for one in platform.asked]
    assert calls[:6] == ALL_CALLS
    return [call.removeprefix("station 24 hours ") for call in calls[6:]]


def hours_of(code: str) -> int:
    frame = readings_store.read(places=[code], items=["no2_ugm3"], averaging="1h", flagged=True)
    return int(frame["value"].notna().sum())


@pytest.mark.slow
def test_after_an_outage_the_history_of_stations_that_lack_hours_is_requested(own_store: Path) -> None:
    codes = sorted(code for code, *_ in protocol.STATIONS)
    start = datetime(2026, 10, 9, 6, 30, tzinfo=ZONE)
    assert run(start) == []  # nothing is missing of what was never seen
    assert run(start + timedelta(hours=1)) == []
    assert run(start + timedelta(hours=5)) == codes  # three hours were missed
    assert {hours_of(code) for code in codes} == {24}
    assert run(start + timedelta(hours=6)) == []
    assert run(start + timedelta(hours=7), silent=codes[1]) == []  # one station alone is away
    assert run(start + timedelta(hours=8)) == codes[1:2]  # and back
    assert run(start + timedelta(hours=9)) == []


def test_a_row_of_a_history_need_not_name_its_station() -> None:
    rows = protocol.station_hours(World.standing_at(NOW), {"stationCode": "3055A"})
    for row in rows:
        del row["StationCode"]
    body = json.dumps(rows).encode()
    batch = cnemc_air.parse(Answer("cnemc_air", "station 24 hours 3055A", "", NOW, 200, "application/json", body))
    assert set(batch.readings["place_id"]) == {"3055A"}
    assert (batch.places, batch.problems) == ((), ())
