"""The numbers as JSON: the same as on the pages, bounded, and the same bytes until something changes."""

import io
import re
import urllib.request
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import pytest
from starlette.applications import Starlette

from reports import air, air_now, goals, latest, water
from store import clock, database, sources, state
from store.states import FailureCause
from tests import asgi, live_stores
from tests.checks import not_none
from tests.live_stores import at, hours, write_readings
from tests.served import ROOT
from views.http import api, downloads
from views.lite import pieces
from views.text import air as air_words
from views.text.words import Words
from views.ui import air as air_pieces
from views.visit import Visit
from views.wall import now

SIX = at("2026-11-23T18:00")


APP = Starlette(routes=api.routes())


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    with live_stores.filled(tmp_path):
        yield


def get(address: str, **headers: str) -> asgi.Answer:
    return asgi.ask(APP, address, **headers)


@pytest.mark.parametrize(("index", "named"), [(57.0, None), (57.0, "—"), (113.0, "PM2.5"), (45.0, None)])
def test_page_wall_light_page_and_api_name_the_same_primary_pollutants(index: float, named: str | None) -> None:
    items = {
        "pm25_ugm3": 20.0,
        "pm10_ugm3": 64.0,
        "so2_ugm3": 9.0,
        "no2_ugm3": 20.0,
        "co_mgm3": 0.5,
        "o3_1h_ugm3": 60.0,
    }
    rows = [row for item, value in items.items() for row in hours("xining", item, SIX, [value])]
    write_readings("cnemc_air", rows + hours("xining", "aqi", SIX, [index], primary_pollutants=named), now=SIX)
    w, hour, body = Words("zh"), not_none(air_now.now()).city, get("/api/v1/now").json()["air"]
    text = escape(air_words.primary(hour, w))
    v = Visit(w, "light", clock.now(), False)
    assert text in air_pieces.city_card(hour, air_now.hour_freshness(hour, clock.now()), w)
    assert text in pieces.sky(latest.of_air(clock.now()), w)
    assert text in str(now.scene(v))
    assert (tuple(body["primary"]), body["primary_computed"]) == (hour.primary, hour.primary_computed)
    expected = {None: ("PM10",), "—": ("PM10",), "PM2.5": ("PM2.5",)}[named] if index > 50 else ()
    assert (hour.primary, hour.primary_computed) == (expected, index == 57)


def test_now_has_the_numbers_of_the_air_page() -> None:
    write_readings(
        "cnemc_air",
        hours("xining", "aqi", SIX, [84.0], primary_pollutants="PM10") + hours("3055A", "aqi", SIX, [90.0]),
        now=SIX,
    )
    body = get("/api/v1/now").json()
    assert (body["air"]["aqi"], body["air"]["primary"]) == (not_none(air_now.now()).city.aqi, ["PM10"])
    assert body["air"]["at"] == "2026-11-23T18:00:00+08:00"
    assert [one["station_id"] for one in body["air"]["stations"]] == ["3055A"]
    assert body["air"]["basis"]["sources"] == [{"document_id": "cnemc_air", "place": None}]
    assert (body["air"]["state"], body["air"]["stations"][0]["state"]) == ("live", "live")
    states = {one["source"]: (one["state"], one["stale"], one["failing"]) for one in body["sources"]}
    assert states.pop("cnemc_air") == ("live", False, False)
    assert set(states.values()) == {("never", None, False)}


def test_now_without_any_live_reading_has_null_and_not_zero() -> None:
    body = get("/api/v1/now").json()
    assert body["air"] is None
    assert body["forecast"] == []
    assert all(one["data_at"] is None for one in body["sources"])
    assert {(one["state"], one["stale"]) for one in body["sources"]} == {("never", None)}


@pytest.mark.parametrize(("later", "state", "stale"), [("20:30", "live", False), ("20:31", "stale", True)])
def test_an_hour_is_out_of_date_after_what_its_source_s_pace_explains(
    later: str, state: str, stale: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [84.0]), now=SIX)
    monkeypatch.setenv("XINING_TODAY", f"2026-11-23T{later}")
    for address in ("/api/v1/now", "/healthz"):
        states = {one["source"]: one for one in get(address).json()["sources"]}["cnemc_air"]
        assert (states["state"], states["stale"]) == (state, stale)
    assert get("/api/v1/now").json()["air"]["state"] == state


def test_readings_of_a_file_are_never_called_live() -> None:
    body = get("/api/v1/now").json()["water"]
    assert body
    assert {(one["state"], one["basis"]["kind"]) for one in body} == {("file", "archive")}
    sections = get("/api/v1/water/sections").json()["sections"]
    kinds = {one["section_id"]: one["latest"]["basis"]["kind"] for one in sections if one["latest"]}
    assert kinds["xiaoxia"] == "archive"
    assert "live" not in kinds.values()


def test_a_source_that_answers_with_nothing_and_one_that_fails_differ() -> None:
    with database.engine().begin() as c:
        state.succeeded(c, sources.get("cnemc_water"), now=SIX, next_at=SIX, changed=False, data_at=None)
        why, cause = "connection refused (3 tries)", FailureCause.REFUSED
        state.failed(c, sources.get("cnemc_air"), now=SIX, next_at=SIX, reason=why, cause=cause)
    for address in ("/api/v1/now", "/healthz"):
        states = {one["source"]: one for one in get(address).json()["sources"]}
        body = {name: (states[name]["answered"], states[name]["failing"]) for name in ("cnemc_water", "cnemc_air")}
        assert body == {"cnemc_water": (True, False), "cnemc_air": (False, True)}
        assert {one["state"] for one in states.values()} == {"never"}
        assert {one["stale"] for one in states.values()} == {None}


def test_indicators_are_the_scoreboard_and_can_be_chosen() -> None:
    board = goals.scoreboard(clock.today())
    body = get("/api/v1/indicators").json()["indicators"]
    assert [(one["number"], one["status"]) for one in body] == [(p.number, p.judgement.status) for p in board]
    waste = get("/api/v1/indicators?theme=waste&plan=xn14").json()["indicators"]
    assert {one["theme"] for one in waste} == {"waste"}
    assert {one["plan_id"] for one in waste} == {"xn14"}


def test_a_target_has_whether_its_date_is_written() -> None:
    """Table 2 names 2025; the 127 villages bear no date; industry peaks "before 2030"; the drains are carried on."""
    body = {one["number"]: one["target"] for one in get("/api/v1/indicators").json()["indicators"]}
    keys = ("due", "due_basis", "due_text_zh")
    assert [body["xn14-1"][key] for key in keys] == ["2025-12-31", "written", None]
    assert [body["xn14-T7"][key] for key in keys] == ["2025-12-31", "plan_period", None]
    assert [body["xn14-T2"][key] for key in keys] == ["2030-01-01", "written", "2030年前"]
    assert [body["cz2426-T3"][key] for key in keys] == [None, "none", "持续推进"]


def test_a_promise_has_official_and_measured_apart_and_what_differs() -> None:
    body = {one["number"]: one for one in get("/api/v1/indicators").json()["indicators"]}
    for one in body.values():
        assert one["comparable"] is True or (isinstance(one["comparable"], list) and one["comparable"])
        assert set(one) >= {"official", "measured", "evidence", "comparable", "latest", "status"}
        for side in filter(None, (one["official"], one["measured"])):
            assert set(side) >= {"value", "op", "period", "statistic", "span", "measured_by", "basis"}
        if one["official"]:
            assert one["official"]["measured_by"] == "official"
        if one["measured"]:
            assert one["measured"]["measured_by"] != "official"
        lacking = [name for name in ("official", "measured") if one[name] is None or one[name]["value"] is None]
        assert not lacking or one["comparable"] == lacking, one["number"]
        assert lacking or not {"official", "measured"} & set(one["comparable"] if one["comparable"] is not True else ())
        for side in filter(None, (one["official"], one["measured"])):
            apart = side["comparable_with_target"]
            assert apart is True or (apart and isinstance(apart, list))
            assert (apart == ["target"]) == (one["target"]["value"] is None)
    share = body["xn14-7"]
    assert (share["official"]["value"], share["measured"]["value"], share["evidence"]) == (96.2, 94.8, "published")
    assert share["measured"]["known_days"] == 365
    assert share["measured"]["ozone"] == "excluded"
    assert share["comparable"] == ["dust", "ozone", "measurer"]
    assert [share[side]["comparable_with_target"] for side in ("official", "measured")] == [["target"]] * 2
    assert (body["xn14-1"]["comparable"], body["xn14-1"]["measured"]) == (["measured"], None)
    assert body["xn14-1"]["official"]["comparable_with_target"] is True
    assert body["xn14-3"]["comparable"] == ["official", "measured"]  # neither was found
    assert (body["xn14-17"]["official"], body["xn14-17"]["comparable"]) == (None, ["official"])  # worked out here alone
    assert body["xn14-17"]["measured"]["comparable_with_target"] == ["measurer"]
    assert (body["xn14-10"]["comparable"], body["xn14-10"]["official"]["comparable_with_target"]) == (
        ["span", "measurer"],
        True,
    )
    soil = body["xn14-T18"]["official"]
    assert (soil["comparable_with_target"], soil["span"]) == (["span"], "year")
    assert body["xn13-8"]["evidence"] == body["xn13-8"]["status"] == "documents_disagree"
    assert body["xn14-9"]["measured"]["parents"] == ["figure:sections_good_pct/xining/2024"]


def test_days_are_the_judged_days() -> None:
    body = get("/api/v1/air/daily?from=2026-10-05&to=2026-10-06").json()["days"]
    known = air.days().set_index("date")["aqi"]
    assert {one["date"]: one["aqi"] for one in body} == {day: known[day] for day in ("2026-10-05", "2026-10-06")}


def test_a_day_has_what_is_known_of_its_ozone() -> None:
    body = get("/api/v1/air/daily?from=2026-07-23&to=2026-07-25").json()
    of = {one["date"]: [one[name] for name in ("ozone", "aqi", "aqi_at_most", "ozone_unsure")] for one in body["days"]}
    assert of == {
        "2026-07-23": ["counted_from_stations", 102, 102, False],
        "2026-07-24": ["counted_from_stations", 101, 101, True],
        "2026-07-25": ["unknown", 39, 114, False],  # the largest hour was 175
    }
    assert "archive_heqinwill" in [one["document_id"] for one in body["basis"]["sources"]]


def test_sections_are_those_of_the_river() -> None:
    body = get("/api/v1/water/sections").json()["sections"]
    known = water.river(clock.today()).sections
    assert [one["section_id"] for one in body] == [one.id for one in known]
    latest = {one.id: one.latest.water_class for one in known if one.latest}
    assert {one["section_id"]: one["latest"]["water_class"] for one in body if one["latest"]} == latest


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("air/daily?from=2024-01-01&to=2025-02-04", "from 1 to 400 days"),
        ("air/daily?from=2025-02-04&to=2025-02-03", "from 1 to 400 days"),
        ("air/daily?from=gestern", "YYYY-MM-DD"),
        ("indicators?theme=sound", "there are"),
        ("indicators?plan=xn99", "xn14"),
    ],
)
def test_a_bad_parameter_is_refused_with_the_values_allowed(query: str, message: str) -> None:
    answer = get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert message in answer.json()["detail"]


def test_four_hundred_days_are_just_allowed() -> None:
    assert get("/api/v1/air/daily?from=2024-01-01&to=2025-02-03").status_code == 200


@pytest.mark.parametrize("path", ["now", "indicators", "air/daily", "water/sections"])
def test_the_same_bytes_are_not_sent_twice(path: str) -> None:
    first = get(f"/api/v1/{path}")
    again = get(f"/api/v1/{path}", if_none_match=first.headers["etag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert asgi.ask(APP, f"/api/v1/{path}", method="POST").status_code == 405


def test_healthz_has_ages_and_whether_the_store_can_be_read(tmp_path: Path) -> None:
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [84.0]), now=SIX)
    body = get("/healthz").json()
    assert (body["alive"], body["ready"]) == (True, True)
    assert {one["source"]: one["age_minutes"] for one in body["sources"]}["cnemc_air"] == 30
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{tmp_path / 'never-filled.db'}")
        public = get("/healthz", host="sky.example")
        passed_on = get("/healthz", host="localhost", x_forwarded_for="192.0.2.1")
        direct = get("/healthz", host="localhost")
    for broken in (public, passed_on, direct):
        assert (broken.status_code, broken.json()["ready"]) == (503, False)
    assert "why" not in public.json() | passed_on.json()
    assert "never-filled.db" in direct.json()["why"]


@pytest.mark.parametrize(
    ("edition", "allowed", "lost", "left", "if_lost"), [("2012", 19, 14, 5, -48), ("2026", 31, 28, 3, -50)]
)
def test_the_budget_is_counted_by_one_edition(edition: str, allowed: int, lost: int, left: int, if_lost: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_TODAY", "2026-11-29")
        body = get(f"/api/v1/air/budget?year=2026&against=2025&edition={edition}").json()
    assert (body["allowed_days"], body["lost_days"], body["left_days"]) == (allowed, lost, left)
    assert (body["known_days"], body["unknown_days"], body["days_to_come"]) == (279, 53, 33)
    assert (body["left_days_if_unknown_good"], body["left_days_if_unknown_lost"]) == (left, if_lost)
    assert (body["edition"], body["ozone"]) == (f"HJ 633-{edition}", "excluded")
    assert body["basis"]["terms"]["edition"] == body["against_basis"]["terms"]["edition"] == f"HJ 633-{edition}"
    assert {"lost_by_ozone_alone_days", "ozone_known_days"} <= body.keys()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("edition=2019", "edition=2019: there are 2012, 2026"),
        ("year=26", "year=26: a year is written YYYY"),
        ("year=2026&against=2026", "against=2026: a year before 2026"),
        ("year=2024&against=2023", "315 of 365 days are known"),
        ("year=2026&against=2017", "different measuring states"),
        ("year=1999&against=1998", "no day of 1999 is known"),
    ],
)
def test_years_that_cannot_be_compared_are_refused(query: str, message: str) -> None:
    answer = get(f"/api/v1/air/budget?{query}")
    assert answer.status_code == 400
    assert message in answer.json()["detail"]


EXAMPLE = re.compile(r'^python -c "(.+)"$', re.M)


class Read(io.BytesIO):
    """An answer as urllib gives it."""

    headers: Mapping[str, str] = {}


def test_the_examples_of_the_docs_print_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = Starlette(routes=[*api.routes(), *downloads.routes()])

    def opened(asked: str | urllib.request.Request, *_: object, **__: object) -> Read:
        address = asked if isinstance(asked, str) else asked.full_url
        return Read(asgi.ask(app, address.removeprefix("http://127.0.0.1:8501")).content)

    monkeypatch.setattr(urllib.request, "urlopen", opened)
    examples = EXAMPLE.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    assert len(examples) == 2
    for one in examples:
        exec(one, {})
        assert re.search(r"\[\d+ rows x \d+ columns\]", capsys.readouterr().out), one
