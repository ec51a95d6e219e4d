"""Greenness from space: pixels placed by hand in the sinusoidal grid, and questions to a service that takes notes."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from loaders import modis_ndvi
from loaders.answer import Answer, AnswerError, readings
from store import readings as readings_store
from store.clock import ZONE
from store.states import FailureCause
from tests.checks import not_none
from tests.clients import Asked, StubClient

NOW = datetime(2026, 11, 23, 12, tzinfo=ZONE)
CELL = modis_ndvi.CELL_M
WEST, SOUTH = (round(float(metres)) for metres in modis_ndvi.forward(101.77, 36.62))  # corner of the small grids
AREA = "probe"


def plane(x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    """A rectangle of the sinusoidal plane, counted in cells from the corner, as a shape in degrees."""
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    lonlat = [modis_ndvi.inverse(WEST + x * CELL, SOUTH + y * CELL) for x, y in corners]
    return shapely.Polygon([(float(lon), float(lat)) for lon, lat in lonlat])


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[shapely.Polygon], None]]:
    """Puts one area into the valley's box."""

    def put(shape: shapely.Polygon) -> None:
        modis_ndvi._pixels.cache_clear()
        monkeypatch.setattr(modis_ndvi, "BOXES", {"valley": (AREA,)})
        monkeypatch.setattr(modis_ndvi, "outline", lambda _: shape)

    yield put
    modis_ndvi._pixels.cache_clear()


def band(name: str, layers: dict[str, Any], *, rows: int = 4, columns: int = 4, **changes: Any) -> dict[str, Any]:
    """One band as the service answers; some of its numbers are strings."""
    subset = [{"modis_date": day, "calendar_date": "", "band": name, "data": data} for day, data in layers.items()]
    head = {"xllcorner": f"{WEST:.2f}", "yllcorner": f"{SOUTH:.2f}", "cellsize": CELL, "nrows": rows, "ncols": columns}
    return {**head, "band": name, "scale": "0.0001", "subset": subset, **changes}


def answer(body: Any, call: str = "subset valley") -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("modis_ndvi", call, "http://127.0.0.1/", NOW, 200, "application/json", raw)


def both(ndvi: dict[str, Any], reliability: dict[str, Any], **size: int) -> Answer:
    names = modis_ndvi.BANDS
    return answer(
        {
            "ndvi": band(names["ndvi"], ndvi, **size),
            "reliability": band(names["reliability"], reliability, scale="NA", **size),
        }
    )


def values(frame: pd.DataFrame) -> dict[str, float]:
    return {row.item: round(row.value, 6) for row in frame.itertuples()}


def test_the_projection_meets_the_corners_of_modis_tiles() -> None:
    # 36 tiles of 1,111,950.5197 m around the equator, 18 from pole to pole
    assert modis_ndvi.forward(180, 0)[0] == pytest.approx(18 * 1111950.5197, abs=0.01)
    assert modis_ndvi.forward(0, 40)[1] == pytest.approx(4 * 1111950.5197, abs=0.01)
    lon, lat = modis_ndvi.inverse(*modis_ndvi.forward(101.77, 36.62))
    assert (round(float(lon), 9), round(float(lat), 9)) == (101.77, 36.62)


def test_pixels_run_from_the_north_west_and_only_those_inside_count(area: Callable[..., Any]) -> None:
    area(plane(0, 2, 4, 4))  # the northern half: the first two rows
    inside = [4000, 5000, 6000, 7000, 4000, 5000, 6000, 7000]
    batch = modis_ndvi.parse(both({"A2025193": inside + [9999] * 8}, {"A2025193": [0, 1] * 8}))
    assert batch.problems == ()
    assert values(batch.readings) == {"ndvi": 0.55, "ndvi_valid_pct": 100}
    (at,) = set(batch.readings["at"])
    assert at == pd.Timestamp("2025-07-12", tz="Asia/Shanghai")  # the 193rd day
    assert set(batch.readings["kind"]) == {"provisional"}
    assert set(batch.readings["averaging"]) == {"16d"}
    assert set(batch.readings["place_id"]) == {AREA}


def test_columns_run_eastwards(area: Callable[..., Any]) -> None:
    area(plane(3, 0, 4, 4))  # the easternmost column
    ndvi = [0, 0, 0, 1000, 0, 0, 0, 2000, 0, 0, 0, 3000, 0, 0, 0, 4000]
    batch = modis_ndvi.parse(both({"A2025193": ndvi}, {"A2025193": [0] * 16}))
    assert values(batch.readings) == {"ndvi": 0.25, "ndvi_valid_pct": 100}


def test_only_reliable_pixels_within_the_valid_range_count(area: Callable[..., Any]) -> None:
    area(plane(0, 0, 4, 4))
    ndvi = [-2000, 10000, -2001, 10001, -3000, 5000, 5000, 5000, None, "6000", "x", *[5000] * 5]
    reliability = [0, 1, 0, 0, 0, 2, 3, -1, 0, "1", 0, None, "", *[2] * 3]
    batch = modis_ndvi.parse(both({"A2025001": ndvi}, {"A2025001": reliability}))
    assert values(batch.readings) == {"ndvi_valid_pct": 18.75}  # 3 of 16


@pytest.mark.parametrize("odd", [None, "6000", "x", True, float("nan"), 10**400])
def test_pixels_are_read_one_by_one_as_together(odd: object) -> None:
    together = [0, -3000, 0.5, 1_000_000, -1_000_001, 1e300]
    expected = [0, -3000, 0.5, 1_000_000, np.nan, np.nan]
    assert modis_ndvi._pixels_of(together) == pytest.approx(expected, nan_ok=True)
    read = 6000 if odd == "6000" else np.nan  # a text may hold a number; what is none has no value
    assert modis_ndvi._pixels_of([*together, odd]) == pytest.approx([*expected, read], nan_ok=True)


@pytest.mark.parametrize(("valid", "mean"), [(3, True), (2, False)])
def test_below_30_percent_only_the_share_stays(area: Callable[..., Any], valid: int, mean: bool) -> None:
    area(plane(0, 0, 5, 2))
    reliability = [0] * valid + [3] * (10 - valid)
    batch = modis_ndvi.parse(both({"A2025001": [1500] * 10}, {"A2025001": reliability}, rows=2, columns=5))
    found = batch.readings.set_index("item")
    assert ("ndvi" in found.index) is mean
    assert found.loc["ndvi_valid_pct", "value"] == valid * 10
    assert (found.loc["ndvi_valid_pct", "note"] is None) is mean
    if not mean:
        assert found.loc["ndvi_valid_pct", "note"] == "no mean: fewer than 30% of 10 pixels are valid"


def test_pixels_of_the_area_outside_the_answer_lower_the_share(area: Callable[..., Any]) -> None:
    area(plane(-4, 0, 4, 4))  # twice as wide as the answer's grid
    batch = modis_ndvi.parse(both({"A2025001": [2000] * 16}, {"A2025001": [0] * 16}))
    assert values(batch.readings) == {"ndvi": 0.2, "ndvi_valid_pct": 50}


def test_a_grid_elsewhere_is_reported_and_gives_no_reading(area: Callable[..., Any]) -> None:
    area(plane(100, 100, 104, 104))
    batch = modis_ndvi.parse(both({"A2025001": [2000] * 16}, {"A2025001": [0] * 16}))
    assert batch.readings.empty
    assert batch.problems[0].startswith(f"no pixel of {AREA} in the grid")


def test_a_day_that_does_not_fill_the_grid_or_has_one_band_is_reported_and_the_others_count(
    area: Callable[..., Any],
) -> None:
    area(plane(0, 0, 4, 4))
    full = [3000] * 16
    batch = modis_ndvi.parse(
        both(
            {"A2025001": full, "A2025017": full[:-1], "A2025033": full, "A2025049": None, "soon": full},
            {"A2025001": [0] * 16, "A2025017": [0] * 16},
        )
    )
    assert values(batch.readings) == {"ndvi": 0.3, "ndvi_valid_pct": 100}
    assert len(batch.problems) == 5
    result = " | ".join(batch.problems)
    assert "2025-01-17: 15 values, expected 4 × 4" in result
    assert "2025-02-18: no values" in result
    assert "2025-02-02: only one of its two bands" in result
    assert "'soon'" in result


def test_the_same_day_twice_keeps_the_last_and_no_days_give_nothing(area: Callable[..., Any]) -> None:
    area(plane(0, 0, 4, 4))
    made = json.loads(both({"A2025001": [1000] * 16}, {"A2025001": [0] * 16}).body)
    made["ndvi"]["subset"].append({"modis_date": "A2025001", "data": [2000] * 16})
    assert values(modis_ndvi.parse(answer(made)).readings)["ndvi"] == 0.2
    nothing = modis_ndvi.parse(both({}, {}))
    assert nothing.readings.empty
    assert (nothing.problems, nothing.left_out) == (("no composite in the answer",), 1)


@pytest.mark.parametrize("header", [{}, {"xllcorner": None, "nrows": 0}])
def test_listed_dates_the_answer_is_without_are_named(area: Callable[..., Any], header: dict[str, Any]) -> None:
    area(plane(0, 0, 4, 4))
    made = json.loads(both({}, {}).body) | {"requested": ["A2025001", "A2025017"]}
    made = {key: value if key == "requested" else value | header for key, value in made.items()}
    batch = modis_ndvi.parse(answer(made))
    assert batch.left_out == 2
    assert batch.problems == tuple(
        f"{day}: listed among the dates, but the answer holds no values of it" for day in ("2025-01-01", "2025-01-17")
    )
    full = json.loads(both({"A2025001": [3000] * 16}, {"A2025001": [0] * 16}).body)
    batch = modis_ndvi.parse(answer(full | {"requested": ["A2025001", "A2025017"]}))
    assert (len(batch.readings), batch.left_out) == (2, 1)
    assert batch.problems[0].startswith("2025-01-17: listed among the dates")


NDVI, RELIABILITY = modis_ndvi.BANDS.values()
GOOD = band(NDVI, {"A2025001": [1] * 16}), band(RELIABILITY, {"A2025001": [0] * 16})


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "no JSON"),
        (b"-1", "expected an object of ndvi and reliability"),
        (b"null", "expected an object"),
        (b'{"ndvi":<html>,"reliability":{}}', "no JSON"),
        (json.dumps({"ndvi": GOOD[0]}).encode(), "expected an object"),
        ({"ndvi": GOOD[1], "reliability": GOOD[0]}, f"expected {NDVI}"),
        ({"ndvi": GOOD[0] | {"subset": None}, "reliability": GOOD[1]}, "no list of subsets"),
        ({"ndvi": GOOD[0] | {"scale": "0.01"}, "reliability": GOOD[1]}, "scale '0.01', expected 0.0001"),
        ({"ndvi": GOOD[0] | {"cellsize": 926.6}, "reliability": GOOD[1]}, "cells of 926.6 m"),
        ({"ndvi": GOOD[0] | {"xllcorner": "inf"}, "reliability": GOOD[1]}, "xllcorner is 'inf'"),
        ({"ndvi": GOOD[0] | {"nrows": None}, "reliability": GOOD[1]}, "nrows is None"),
        ({"ndvi": GOOD[0], "reliability": GOOD[1] | {"ncols": 5}}, "different grids"),
    ],
)
def test_an_answer_that_is_not_what_the_protocol_says_is_refused(
    area: Callable[..., Any], body: Any, message: str
) -> None:
    area(plane(0, 0, 4, 4))
    with pytest.raises(AnswerError, match="modis_ndvi, subset valley: ") as refused:
        modis_ndvi.parse(answer(body))
    assert message in str(refused.value)


def test_a_list_of_dates_gives_no_reading_and_names_entries_without_one() -> None:
    listed = {"dates": [{"modis_date": "A2026257", "calendar_date": "2026-09-14"}, {"modis_date": "A26"}]}
    batch = modis_ndvi.parse(answer(listed, "dates"))
    assert batch.readings.empty
    assert batch.problems == ("row 1: 'A26' is no modis_date like A2025193",)
    with pytest.raises(AnswerError, match="no date can be read"):  # never is no day
        modis_ndvi.parse(answer({"dates": [{"modis_date": "A9999365"}]}, "dates"))
    many = modis_ndvi.parse(answer({"dates": [*listed["dates"], *[0] * 30]}, "dates")).problems
    assert many[-1] == "and 11 more problems"
    with pytest.raises(AnswerError, match="no date can be read: row 0: 0 is no modis_date like A2025193"):
        modis_ndvi.parse(answer({"dates": [0] * 30}, "dates"))
    with pytest.raises(AnswerError, match="no list of dates"):
        modis_ndvi.parse(answer([], "dates"))


@pytest.mark.parametrize("name", modis_ndvi.BOXES)
def test_a_box_holds_its_areas_within_the_service_s_bounds(name: str) -> None:
    box = modis_ndvi.box(name)
    x, y = modis_ndvi.forward(box.lon, box.lat)
    assert max(box.above_below_km, box.left_right_km) <= 100
    assert 1 <= box.dates_a_call <= 10
    assert box.dates_a_call * box.pixels <= 1_000_000
    for area_id in modis_ndvi.BOXES[name]:
        corners = shapely.get_coordinates(modis_ndvi.outline(area_id))
        across, down = modis_ndvi.forward(corners[:, 0], corners[:, 1])
        assert np.abs(across - x).max() <= box.left_right_km * 1000 - CELL / 2
        assert np.abs(down - y).max() <= box.above_below_km * 1000 - CELL / 2


def test_an_area_too_large_for_the_service_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        modis_ndvi, "BOXES", {"whole": modis_ndvi.BOXES["valley"] + ("huangzhong", "datong", "huangyuan")}
    )
    with pytest.raises(ValueError, match="109 km from its centre; the service gives 100"):
        modis_ndvi.box.__wrapped__("whole")


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def composites(since: date, until: date) -> list[str]:
    """Every sixteenth day from 1 January of each year."""
    days = (date(year, 1, 1) + timedelta(16 * i) for year in range(since.year, until.year + 1) for i in range(23))
    return [f"A{day:%Y%j}" for day in days if since <= day <= until]


class Service(StubClient):
    """Answers dates and subsets of one pixel, 0 in either band. Call number ``fails`` goes wrong."""

    def __init__(self, dates: Sequence[str], fails: int = -1) -> None:
        super().__init__("modis_ndvi")
        self.dates, self.fails = dates, fails

    def answer(self, asked: Asked) -> Answer:
        call, params = asked.call, asked.params
        if len(self.asked) - 1 == self.fails:
            return Answer("modis_ndvi", call, asked.path, NOW, 503, "", b"").failed(FailureCause.BUSY, "HTTP 503")
        if call == "dates":
            return answer({"dates": [{"modis_date": one} for one in self.dates]}, call)
        between = [one for one in self.dates if params["startDate"] <= one <= params["endDate"]]
        return answer(band(params["band"], {one: [0] for one in between}, rows=1, columns=1), call)

    @property
    def subsets(self) -> list[dict[str, Any]]:
        return [{"call": one.call, "path": one.path, **one.params} for one in self.asked if one.call != "dates"]


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[date]]], None]:
    """What the store holds: first days by area."""

    def hold(days: dict[str, list[date]]) -> None:
        rows = [
            {
                "place_id": place,
                "item": "ndvi_valid_pct",
                "averaging": "16d",
                "at": datetime(d.year, d.month, d.day, tzinfo=ZONE),
            }
            for place, current in days.items()
            for d in current
        ]
        frame = readings(rows)
        monkeypatch.setattr(
            readings_store, "read", lambda *, places, **_: frame[frame["place_id"].isin(places)], raising=False
        )

    hold({})
    return hold


def test_a_first_run_asks_the_newest_of_every_box_and_stops_after_six_parts(stored: Callable[..., Any]) -> None:
    service = Service(composites(date(2015, 1, 1), date(2026, 10, 31)))
    answers = list(modis_ndvi.fetch(service, now=NOW))
    assert [one.call for one in answers] == ["dates"] + [
        f"subset {name}" for name in ("valley", "huangzhong", "datong", "huangyuan", "valley", "huangzhong")
    ]
    assert len(service.subsets) == 12  # two bands each
    first = service.subsets[0]
    assert (first["path"], first["startDate"], first["endDate"]) == (
        "/MOD13Q1/subset",
        "A2026145",
        "A2026289",
    )  # 10 dates
    assert [one["band"] for one in service.subsets[:2]] == [NDVI, RELIABILITY]
    assert service.subsets[8]["endDate"] == "A2026129"  # the valley's second part goes on where the first began
    assert max(one["kmLeftRight"] for one in service.subsets) <= 100


def test_runs_go_on_until_two_years_are_stored_then_only_dates_are_requested(stored: Callable[..., Any]) -> None:
    known = composites(date(2015, 1, 1), date(2026, 10, 31))
    days: dict[str, list[date]] = {area: [] for areas in modis_ndvi.BOXES.values() for area in areas}
    runs = 0
    while True:
        service = Service(known)
        list(modis_ndvi.fetch(service, now=NOW))
        if not service.subsets:
            break
        runs += 1
        for one in service.subsets:
            got = [
                not_none(modis_ndvi._first_day({"modis_date": d}))
                for d in known
                if one["startDate"] <= d <= one["endDate"]
            ]
            for area in modis_ndvi.BOXES[one["call"].removeprefix("subset ")]:
                days[area] = sorted({*days[area], *got})
        stored(days)
    oldest = min(min(current) for current in days.values())
    assert oldest == date(2024, 12, 2)  # the first composite that begins within 732 days of 2026-11-23
    assert runs < 10


def test_a_gap_is_requested_alone(stored: Callable[..., Any]) -> None:
    known = composites(date(2026, 1, 1), date(2026, 10, 31))
    all_but = [modis_ndvi._first_day({"modis_date": one}) for one in known if one not in ("A2026289", "A2026033")]
    stored({area: all_but for areas in modis_ndvi.BOXES.values() for area in areas})
    service = Service(known)
    list(modis_ndvi.fetch(service, now=NOW))
    valley = [(one["startDate"], one["endDate"]) for one in service.subsets if one["call"] == "subset valley"]
    assert valley == [("A2026289", "A2026289")] * 2 + [("A2026033", "A2026033")] * 2


def test_a_backfill_takes_the_whole_period_and_nothing_outside(stored: Callable[..., Any]) -> None:
    service = Service(composites(date(2000, 2, 18), date(2026, 10, 31)))
    list(modis_ndvi.fetch(service, now=NOW, since=date(2010, 1, 1), until=date(2010, 12, 31)))
    for name in modis_ndvi.BOXES:
        spans = {(one["startDate"], one["endDate"]) for one in service.subsets if one["call"] == f"subset {name}"}
        assert (min(spans)[0], max(spans)[1]) == ("A2010001", "A2010353")
        assert len(spans) == -(-23 // modis_ndvi.box(name).dates_a_call)


@pytest.mark.parametrize(("fails", "given"), [(0, 1), (1, 2), (2, 2), (4, 3)])
def test_the_first_failure_ends_the_run_and_is_reported(stored: Callable[..., Any], fails: int, given: int) -> None:
    answers = list(modis_ndvi.fetch(Service(composites(date(2026, 1, 1), date(2026, 10, 31)), fails), now=NOW))
    assert len(answers) == given
    assert answers[-1].problem == "HTTP 503"
    assert all(one.ok for one in answers[:-1])


def test_dates_that_are_none_end_the_run_and_are_left_to_whoever_parses_them(stored: Callable[..., Any]) -> None:
    class Broken(Service):
        def answer(self, asked: Asked) -> Answer:
            return answer(b"-1", asked.call)

    (only,) = modis_ndvi.fetch(Broken([]), now=NOW)
    with pytest.raises(AnswerError, match="no list of dates"):
        modis_ndvi.parse(only)


def test_both_bands_come_as_one_answer_that_can_be_parsed_again(
    stored: Callable[..., Any], area: Callable[..., Any]
) -> None:
    area(plane(0, 0, 1, 1))
    modis_ndvi.box.cache_clear()
    service = Service(["A2026257", "A2026273"])
    _, both_bands = modis_ndvi.fetch(service, now=NOW)
    modis_ndvi.box.cache_clear()
    assert json.loads(both_bands.body)["reliability"]["band"] == RELIABILITY
    found = modis_ndvi.parse(both_bands).readings
    assert list(found["at"].dt.strftime("%m-%d")) == ["09-14", "09-14", "09-30", "09-30"]
