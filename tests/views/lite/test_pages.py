"""The light pages: small, whole, without script or outside host, and with the numbers of the reports."""

import gzip
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlparse, urlsplit

import brotli
import pytest
from starlette.applications import Starlette

from reports import actions, advice, air, budget, cumulative, goals, greening, indicator, lookup, overview, waste, water
from store import database, facts, records
from tests import live_stores
from tests.asgi import Answer, ask
from tests.checks import not_none
from tests.imports import own_store
from tests.live_stores import at, hours, write_readings
from views import addresses
from views.http import light
from views.http.shell import Shell
from views.lite.frame import Page
from views.text import format as fmt
from views.text import water as water_words
from views.text.words import LANGUAGES, Words
from views.ui import cumulative as texts
from views.visit import DISTRICTS, Visit

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T18:30"
SIX = at("2026-11-23T18:00")
LARGEST_BYTES = 15_000
DATA_BLOCK = re.compile(
    r'<script type="application/ld\+json">.*?</script>', re.S
)  # described for search engines, never run
THEMES = ("", "air", "water", "waste", "greening", "goals")
HOST = "green.example"

app = Shell(Starlette(routes=light.routes()))


def get(path: str, lang: str = "zh", **headers: str) -> Answer:
    """A page as a browser gets it."""
    joint = "&" if "?" in path else "?"
    address = addresses.light(path) + (f"{joint}lang={lang}" if lang != LANGUAGES[0] else "")
    return ask(app, address, host=HOST, **headers)


def text(path: str, lang: str = "zh") -> str:
    return get(path, lang).content.decode()


def visible(html: str) -> str:
    """The text of a page, without markup."""
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with readings of an hour of the city and its stations, and of a section."""
    folder = tmp_path_factory.mktemp("live")
    with live_stores.filled(folder):
        rows = hours("xining", "aqi", SIX, [80.0, 96.0, 113.0], primary_pollutants="PM10") + hours(
            "xining", "pm10_ugm3", SIX, [130.0]
        )
        write_readings("cnemc_air", rows, now=SIX)
        write_readings("cnemc_air", hours("3055A", "aqi", SIX, [91.0]) + hours("3629A", "aqi", SIX, [77.0]), now=SIX)
        section = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2026-11-23T16:00")}
        values = {"ph": 8.1, "do_mgl": 9.0, "codmn_mgl": 2.5, "nh3n_mgl": 1.2, "tp_mgl": 0.1}
        write_readings(
            "cnemc_water", [{**section, "item": item, "value": value} for item, value in values.items()], now=SIX
        )
        write_readings("modis_ndvi", list(live_stores.composites()), now=SIX)
    return folder / "live.db"


@pytest.fixture
def live_store(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That store, at half past six."""
    monkeypatch.setenv("XINING_TODAY", NOW)
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{filled}")


@pytest.fixture
def store_to_change(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of that store."""
    monkeypatch.setenv("XINING_TODAY", NOW)
    with own_store(filled, tmp_path):
        yield


def every_path() -> list[str]:
    """Every page there is."""
    many = {
        "section": facts.by_id(records.WaterSection),
        "station": facts.by_id(records.AirStation),
        "indicator": facts.by_id(records.Indicator),
    }
    return [
        *light.PAGES,
        *(f"district/{one}" for one in DISTRICTS),
        *(f"{kind}/{name}" for kind, rows in many.items() for name in rows),
    ]


# ── the first page ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("live_store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_has_the_year_against_the_last_and_a_map_that_leads_to_stations(lang: str) -> None:
    page, w, year = text("", lang), Words(lang), cumulative.cumulative(TODAY)
    assert f"<h2>{texts.message(year, w)}</h2>" in page
    assert texts.basis(year, w) in page
    tail = "" if lang == "zh" else "?lang=en"
    for station in ("3055A", "3629A"):
        assert page.count(f'href="/lite/station/{station}{tail}"') == 2  # its dot, and its name below the map
    assert page.count("<svg") >= 2


# ── a district ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.usefixtures("live_store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_district_is_chosen_on_the_list_and_remembered(lang: str) -> None:
    answer, w = get("district/chengbei", lang), Words(lang)
    chosen = ask(app, f"/lite/district/chengbei?lang={lang}&keep=1", host=HOST)
    assert "district=chengbei; Path=/" in str(chosen.headers)
    page = visible(answer.content.decode())
    assert w("district.aqi", aqi=91, level=w.of(lookup.categories()[1].name)) in page
    assert w("district.no_plan", here=w("district.here")) in page
    assert get("", lang, cookie="district=chengbei").headers["location"].endswith("district=chengbei")
    first = ask(app, f"/lite?lang={lang}&district=chengbei", host=HOST).content.decode()
    assert f'<p class="card"><a href="/lite/district/chengbei?lang={lang}">' in first
    assert '<p class="card"><a' not in get("", lang, cookie="district=nowhere").content.decode()


@pytest.mark.usefixtures("live_store")
def test_the_seven_are_one_touch_from_the_first_page_and_there_is_no_eighth() -> None:
    assert 'href="/lite/district"' in text("")
    assert len(re.findall(r'href="/lite/district/\w+\?keep=1"', text("district"))) == 7
    assert get("district/haidong").status_code == 404
    assert "district=" not in str(get("district/haidong").headers)


# ── weight and wholeness ─────────────────────────────────────────────────────────────────────────────────────────────
class Parts(HTMLParser):
    """What a page is made of, and whether its tags close."""

    VOID = {"meta", "link", "br"}  # noqa: RUF012

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.feed(html)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        self.links += [named] if "href" in named or "src" in named else []
        self.headings += [int(tag[1])] if re.fullmatch(r"h[1-6]", tag) else []
        self.ids += [str(named["id"])] if "id" in named else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes {self.open[-1]}"
        self.open.pop()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_light_whole_and_alone(live_store: None, lang: str) -> None:
    official = {urlparse(one.url).hostname for one in facts.every(records.Document) if one.url}
    for path in every_path():
        answer = get(path, lang, accept_encoding="gzip")
        assert answer.status_code == 200, path
        assert len(answer.content) < LARGEST_BYTES, f"{path}: {len(answer.content)} bytes"
        html = gzip.decompress(answer.content).decode()
        parts = Parts(DATA_BLOCK.sub("", html))
        assert not parts.open, path
        assert not parts.tags & {"script", "img", "iframe", "form", "object", "video"}, path
        assert "url(" not in html, path
        assert "@import" not in html, path
        hosts = {urlparse(str(one.get("href") or one.get("src"))).hostname for one in parts.links}
        assert hosts - {None, HOST} <= official, path
        assert parts.headings[0] == 1, path
        assert all(after - before <= 1 for before, after in zip(parts.headings, parts.headings[1:], strict=False)), path
        assert parts.headings.count(1) == 1, path
        assert len(parts.ids) == len(set(parts.ids)), path


def test_brotli_is_lighter_still() -> None:
    answer = get("goals", accept_encoding="gzip, br")
    assert answer.headers["content-encoding"] == "br"
    assert b"<!doctype html>" in brotli.decompress(answer.content)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_between_light_pages_leads_somewhere(live_store: None, lang: str) -> None:
    targets = {str(one["href"]) for path in THEMES for one in Parts(text(path, lang)).links}
    inside = sorted(one for one in targets if one.startswith("/lite") and "theme=" not in one)
    assert len(inside) > 40
    for target in inside:
        answer = ask(app, target, host=HOST)
        if "keep=1" in target:
            assert answer.status_code == 302, target
            answer = ask(app, answer.headers["location"], host=HOST)
        assert answer.status_code == 200, target


def test_every_block_with_a_number_has_an_origin() -> None:
    for path in THEMES:
        blocks = [part for part in re.split(r"<section", text(path))[1:] if "<b>" in part or 'class="value"' in part]
        assert blocks or path == "goals"
        assert all('class="origin"' in part for part in blocks), path


# ── the same numbers as the interactive pages ────────────────────────────────────────────────────────────────────────
def test_the_hour_is_the_hour_of_the_report(live_store: None) -> None:
    newest = advice.now()
    assert newest.aqi == 113
    for path in ("", "air"):
        html = text(path)
        assert f'<div class="value">{newest.aqi}<small>AQI</small>' in html
        assert "数据时间 11月23日 18:00 · 30分钟前" in visible(html)


def test_the_last_whole_day_is_the_reports() -> None:
    day = air.latest_day()
    assert f'<div class="value">{day.aqi}<small>AQI</small>' in text("air")


def test_the_year_is_the_reports() -> None:
    this = air.year(air.latest_day().day.year)
    main, _ = budget.both(TODAY)
    html = text("air")
    assert f"<em>{this.share_pct:.1f}%</em>" in html
    assert f'<div class="value">{fmt.number(abs(main.left.days))}<small>' in html


def test_the_promises_are_the_reports() -> None:
    w, html = Words("zh"), text("")
    for one in overview.overview(TODAY).headline:
        assert w.of(one.indicator.short) in html
        if one.official is not None and one.official.value is not None and one.unit.unit_id != "class":
            assert f"<b>{fmt.OPS[one.official.op]}{fmt.plain(one.official.value)}" in html.replace("&gt;", ">")


def test_the_river_is_the_reports(live_store: None) -> None:
    outflow = water.overview(TODAY).outflow
    latest, annual = not_none(outflow.latest), not_none(outflow.annual)
    assert latest.water_class == 4  # ammonia nitrogen 1.2: above 1.0, up to 1.5
    w, html = Words("zh"), text("water")
    water_class = fmt.water_class(latest.water_class, w)
    assert f"<em>{fmt.water_class(annual.water_class, w)}</em>" in html  # an hour is no headline
    assert water_words.evidence(outflow, w, TODAY) in html
    assert f'<div class="value">{water_class}</div>' in text("section/xiaoxia")
    assert f"<b>{water_class}</b>" in text("water")


def test_waste_greening_and_goals_are_the_reports() -> None:
    made = not_none(waste.flow(TODAY))
    assert f"<em>{made.share_pct(made.used.value):.1f}" in text("waste")
    latest = not_none(greening.forest(TODAY).pace).latest
    assert f"<em>{fmt.plain(not_none(latest.value))}%</em>" in text("greening")
    main = next(one for one in goals.tallies(TODAY) if one.role == "main")
    assert f"<em>{main.total} " in text("goals")


def test_the_plans_work_names_bodies_by_its_own_word_and_what_it_will_report() -> None:
    for lang, words in (
        ("zh", ("每月调度", "每年通报", "未查到", "3个月内")),
        ("en", ("Monthly check", "Yearly circular", "not found", "within three months")),
    ):
        page = visible(text("tasks", lang))
        assert all(text in page for text in words)
        assert "牵头" not in page
    outfalls = next(part for part in actions.tasks(TODAY).parts if part.number == "7.1")
    assert [body.body_id for body in outfalls.responsible] == ["forestry", "environment"]


def test_every_figure_of_an_indicator_is_on_its_page() -> None:
    known, html = indicator.of("pm25_annual_ugm3", TODAY), text("indicator/pm25_annual_ugm3")
    for one in known.series:
        for point in one.points:
            assert fmt.plain(not_none(point.value)) in html
    assert html.count('class="origin"') >= sum(len(one.points) for one in known.series)


def test_a_station_shows_its_own_hour(live_store: None) -> None:
    assert '<div class="value">91<small>AQI</small>' in text("station/3055A")


def test_a_station_without_an_hour_is_named_as_such() -> None:
    assert Words("zh")("lite.station_silent") in text("station/3055A")


# ── advice ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_hour_of_today_is_advised_on_by_group(live_store: None) -> None:
    w, html = Words("zh"), text("air")
    for one in advice.now().answers[1:]:
        block = f'<li class="{one.verdict}"><b>{w(f"lite.group.{one.group}")}</b>{w(f"lite.answer.{one.verdict}")}'
        assert block in html
    assert html.count('class="why"') == 5


def test_no_advice_is_given_on_old_air(live_store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Words("zh")("overview.title_both") in text("")
    monkeypatch.setenv("XINING_TODAY", "2026-11-24T18:30")
    w = Words("zh")
    for path in ("", "air"):
        html = text(path)
        assert 'class="groups"' not in html
        assert not any(w(f"lite.verdict.{verdict}") in html for verdict in ("go", "care", "in"))
        assert w("live.stale") in html
    assert w("lite.too_old") in text("air")
    assert w("overview.title_last") in text("")


def test_the_same_day_of_past_years_is_beside_it(live_store: None) -> None:
    html = visible(text("air"))
    for one in advice.same_day(TODAY):
        assert f"{one.day.year} {one.aqi}" in html


def test_todays_front_page_counts_the_good_past_years(live_store: None) -> None:
    past = [one for one in advice.same_day(TODAY) if one.day != TODAY]
    good = sum(one.level <= 2 for one in past)
    sentence = f"往年的11月23日：{len(past)}年里{good}年优良"
    assert sentence in visible(text(""))
    assert sentence in visible(text("air"))


def test_a_district_leads_to_its_stations_and_they_to_advice_by_their_own_air(store_to_change: None) -> None:
    w = Words("zh")
    write_readings(
        "cnemc_air", hours("3629A", "aqi", SIX, [213.0], primary_pollutants="PM10"), now=SIX
    )  # the city has 113
    html = text("air")
    assert re.search(r'城东区</span> <a href="/lite/station/3629A">', html)
    assert re.search(r'城北区</span> <a href="/lite/station/3055A">', html)
    station = text("station/3629A")
    for one in advice.answers(5, ("PM10",), "HJ 633-2026")[1:]:
        assert f'<li class="{one.verdict}"><b>{w(f"lite.group.{one.group}")}</b>' in station
    assert f'<li class="in"><b>{w("lite.group.children")}</b>' not in html


def test_an_old_hour_of_a_station_advises_nobody(live_store: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'class="groups"' in text("station/3055A")
    monkeypatch.setenv("XINING_TODAY", "2026-11-24T18:30")
    assert 'class="groups"' not in text("station/3055A")


def test_what_satellites_see_is_on_the_greening_page(live_store: None) -> None:
    page = visible(text("greening"))
    assert "南北山（示意）2026年生长季比2025年更绿：植被指数0.43，高0.03" in page
    assert re.search(r"南北山（示意） 0\.43 植被指数 往年同期 0\.40 · 1年平均", page)
    assert re.search(r"主城区（示意） 云雪太多", page)
    assert "9月30日起16天" in page


def test_text_size_and_contrast_are_the_visitors_and_remembered() -> None:
    chosen = ask(app, "/lite/water?text=140&contrast=more", host=HOST)
    assert '<html lang="zh-CN" data-text="140" data-contrast="more">' in chosen.content.decode()
    remembered = ask(app, "/lite", host=HOST, cookie="text=120; contrast=normal; theme=dark")
    assert (remembered.status_code, remembered.headers["location"]) == (302, "/lite?theme=dark&text=120")
    page = ask(app, remembered.headers["location"], host=HOST).content.decode()
    assert '<html lang="zh-CN" data-theme="dark" data-text="120">' in page
    assert '<a rel="nofollow" href="/lite?theme=dark&amp;text=120&amp;keep=1" aria-current="page"' in page


def test_a_fault_is_not_taken_for_a_page_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_v: object) -> None:
        raise KeyError("a word")

    light._made_pages.clear()
    light._made_documents.clear()
    monkeypatch.setitem(light.PAGES, "waste", broken)
    with pytest.raises(KeyError, match="a word"):
        get("waste")


# ── the frame ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("lang", "html_lang"), [("zh", "zh-CN"), ("en", "en")])
def test_a_shared_link_describes_where_it_leads(live_store: None, lang: str, html_lang: str) -> None:
    html = text("air", lang)
    tail = "?lang=en" if lang == "en" else ""
    assert f'<html lang="{html_lang}">' in html
    properties = re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', html)
    named = dict(properties)
    assert "113" in named["title"]
    assert named["url"] == f"http://{HOST}/lite/air{tail}"
    assert named["image"] == f"http://{HOST}/og/air.png?lang={lang}"
    assert f'<link rel="canonical" href="http://{HOST}/lite/air{tail}">' in html
    assert '<meta name="viewport" content="width=device-width,initial-scale=1">' in html
    assert re.search(r'<meta name="description" content="[^"]{10,}">', html)


def test_the_public_address_is_preferred_to_the_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://xn.example/")
    assert '<link rel="canonical" href="https://xn.example/lite/water">' in text("water")


def test_an_odd_host_is_no_markup() -> None:
    html = ask(app, "/lite", host='x"><script>alert(1)</script>').content.decode()
    assert "<script" not in html


def test_language_and_theme_come_from_the_address_and_any_cache_may_have_the_page() -> None:
    chosen = ask(app, "/lite/air?lang=en&theme=dark", host=HOST, cookie="lang=zh; theme=light")
    assert b'<html lang="en" data-theme="dark">' in chosen.content
    plain = ask(app, "/lite/air", host=HOST, cookie="lang=zh; text=100; district=chengbei; view=full; other=1")
    assert b'<html lang="zh-CN">' in plain.content
    for answer in (chosen, plain):
        found = set(answer.headers["cache-control"].split(", "))
        assert found == {"public", "max-age=60", "s-maxage=60", "stale-while-revalidate=60", "stale-if-error=3600"}
        assert "cookie" not in answer.headers["vary"]
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("address", "cookie", "leads"),
    [
        ("/lite/air", "lang=en; theme=light", "/lite/air?lang=en&theme=light"),
        ("/lite/air?lang=en", "lang=zh; text=140", "/lite/air?lang=en&text=140"),
        ("/lite/air?lang=zh", "lang=en; contrast=more", "/lite/air?lang=zh&contrast=more"),
        ("/lite?pledge=bus,sort", "lang=en", "/lite?lang=en&pledge=bus%2Csort"),
        ("/lite/air?lang=zh&keep=1", "lang=en", "/lite/air"),  # the cookie is Chinese from now on
        ("/lite/air?text=100&keep=1", "text=140; lang=en", "/lite/air?lang=en"),
    ],
)
def test_a_cookie_only_leads_to_the_address_that_says_what_it_chooses(address: str, cookie: str, leads: str) -> None:
    answer = ask(app, address, host=HOST, cookie=cookie)
    assert (answer.status_code, answer.headers["location"]) == (302, leads)
    assert answer.headers["cache-control"] == "private, no-store"
    assert ("set-cookie" in answer.headers) == ("keep=1" in address)


@pytest.mark.parametrize("address", [*map(addresses.light, light.PAGES), "/lite/district/datong"])
def test_every_link_to_a_light_page_carries_the_choices_of_its_address(address: str) -> None:
    page = ask(app, address + "?lang=en&theme=dark&text=140", host=HOST).content.decode()
    links = re.findall(r'href="((?:/lite|/brief|/number|/data[?"]|/api[?"])[^"]*)"', page)
    assert len(links) > 8
    for link in links:
        query = parse_qs(urlsplit(unescape(link)).query)
        assert {"lang", "theme", "text"} <= set(query), link
        assert query["theme"] == ["dark"] or "keep" in query


@pytest.mark.parametrize("path", THEMES)
def test_the_interactive_version_is_one_tap_away(path: str) -> None:
    assert f'<a class="full" href="/{path}?full=1&amp;lang=en">' in text(path, "en")


@pytest.mark.parametrize(
    "path", ["nothing", "section/nowhere", "indicator/", "station/%3Cscript%3E", "air/extra", "section"]
)
def test_a_missing_page_is_our_own(path: str) -> None:
    answer = ask(app, f"/lite/{path}?lang=en", host=HOST)
    assert answer.status_code == 404
    assert Words("en")("lite.missing") in answer.content.decode()
    assert b"<script" not in answer.content


def test_a_head_is_answered_without_a_body() -> None:
    answer = ask(app, "/lite/water", method="HEAD", host=HOST)
    assert answer.status_code == 200
    assert answer.headers["etag"]


def test_what_the_visitor_has_is_not_sent_again() -> None:
    first = get("water")
    again = get("water", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    assert get("water", "en", if_none_match=first.headers["etag"]).status_code == 200


# ── cached pages ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_page_is_made_once_and_anew_when_the_store_moves(
    store_to_change: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = light.PAGES["air"]

    def noted(v: Visit) -> Page:
        made.append(v.w.lang)
        return whole(v)

    monkeypatch.setitem(light.PAGES, "air", noted)
    light._made_pages.clear()
    light._made_documents.clear()
    text("air")
    text("air")
    assert made == ["zh"]
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T19:00"), [42.0]), now=SIX)
    assert '<div class="value">42<small>AQI</small>' in text("air")
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T19:31")
    text("air")
    assert made == ["zh", "zh", "zh"]
    assert database.revision("air_hours") != "empty"
