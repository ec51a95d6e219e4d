"""One number by itself: complete, tiny, old ones marked, open to frames, and the same as on the pages."""

import gzip
import re
from html import unescape

import pytest
from msgspec.structs import replace
from starlette.applications import Starlette

from reports import air, figures, indicator, latest
from store import clock, tracked
from tests import asgi
from views import addresses
from views.http import numbers as served
from views.http.headers import Headers
from views.text.words import LANGUAGES, Words
from views.ui import figure_cards
from views.ui import number as numbers
from views.visit import Visit

NOW = "2026-11-23T18:30"
LARGEST_BYTES = 2_500
INDICATORS = tuple(tracked.read("indicators")["indicator_id"])
app = Headers(Starlette(routes=served.routes()))


@pytest.fixture(scope="module", autouse=True)
def at_that_hour() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_TODAY", NOW)
        yield


def asked(address: str) -> asgi.Answer:
    return asgi.ask(app, address, host="green.example")


def text(answer: asgi.Answer) -> str:
    return unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", answer.content.decode(), flags=re.S))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*numbers.LIVE, *INDICATORS])
def test_each_is_complete_and_tiny(name: str, lang: str) -> None:
    w, answer = Words(lang), asked(f"/embed/number/{name}?lang={lang}&theme=dark")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) < LARGEST_BYTES
    assert b"<script" not in answer.content
    assert "set-cookie" not in answer.headers
    shown_text = text(answer)
    if name in INDICATORS:
        known = indicator.of(name, clock.today())
        assert w.of(known.row.name) in shown_text
        if known.latest is None:
            assert w("site.not_found") in shown_text
            return
        bare = re.sub(r"\s", "", shown_text)
        assert re.sub(r"\s", "", figure_cards.value(known.latest, w)) in bare
        assert w(f"number.statistic.{known.row.statistic}") in shown_text
        older = w("number.older", year=known.latest.end_year).rstrip("。.")
        assert (older.lower() in shown_text.lower()) == (known.latest.end_year < 2025)
    assert w("wall.source", name="").strip() in shown_text
    assert re.search(r"20\d\d", shown_text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_of_the_past_is_marked(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No hour came for a year: neither the air nor the river is of now."""
    monkeypatch.setenv("XINING_TODAY", "2027-11-23T18:30")
    for name in numbers.LIVE:
        answer = asked(f"/embed/number/{name}?lang={lang}")
        assert Words(lang)("number.not_now") in text(answer)
        assert 'class="old"' in answer.content.decode()


def test_frames_of_other_sites_may_show_it_and_not_its_page() -> None:
    shown, page = asked("/embed/number/aqi"), asked("/number/aqi")
    assert "frame-ancestors *" in shown.headers["content-security-policy"]
    assert "frame-ancestors *" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*numbers.LIVE, "good_day_share_pct"])
def test_its_page_gives_citation_and_frame(name: str, lang: str) -> None:
    w, given = Words(lang), asked(f"/number/{name}?lang={lang}").content.decode()
    assert "<iframe" not in given  # it is a text to be copied
    page = unescape(given)
    assert f'<iframe src="http://green.example/embed/number/{name}?lang={lang}&theme=light"' in unescape(page)
    assert w("data.cite") in page
    assert addresses.number(name) in page


def test_there_is_no_other() -> None:
    for address in ("/embed/number/nothing", "/number/nothing"):
        answer = asked(f"{address}?lang=en")
        assert (answer.status_code, answer.content.decode()) == (404, Words("en")("number.none"))


def test_words_of_an_indicator_stay_text() -> None:
    assert asked("/embed/number/%3Cscript%3E").status_code == 404


def shown(name: str, lang: str) -> numbers.Number:
    return numbers.of_indicator(indicator.of(name, clock.today()), clock.today(), Words(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_day_without_ozone_says_so_wherever_it_is_shown(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """39 without ozone, at most 61 with it: nobody is to read 39 alone, nor to cite it so."""
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T19:07")
    now = latest.of_air(clock.now())
    day = replace(air.latest_day(), aqi=39, ozone="unknown", aqi_at_most=61)
    assert not day.ozone_counted
    newest = replace(now, day=day, advice=replace(now.advice, aqi=39, at=None, day=day.day))
    monkeypatch.setattr(latest, "of_air", lambda _now: newest)
    w = Words(lang)
    remark = w("air.ozone_open", most=61)
    assert remark in text(asked(f"/embed/number/aqi?lang={lang}"))
    assert remark in text(asked(f"/number/aqi?lang={lang}"))
    cited = numbers.citation(numbers.of_air(newest, w), Visit(w, "light", clock.now(), False), "https://green.example/")
    assert remark.rstrip("。.") in cited


def test_what_is_measured_after_the_last_published_value_is_named() -> None:
    """PM2.5 was published for 2021 and measured for 2025, the class at Xiaoxia for 2024 and measured in November 2025."""
    assert shown("pm25_annual_ugm3", "zh").old == "2021年以后公布的值没有查到；本站测算 32.1 µg/m³（2025年），另列。"
    assert shown("pm25_annual_ugm3", "en").old == (
        "No value published for a time after 2021 was found; measured here, and listed apart: 32.1 µg/m³ (2025)."
    )
    section = shown("xiaoxia_class", "zh").old
    assert section.startswith("2024年以后公布的值没有查到；本站测算 Ⅱ类（2025年11月")


def test_what_is_measured_elsewhere_is_not_given_for_the_place_of_the_published_value() -> None:
    """The class was published for where the river leaves the province; hours are of a section far above it."""
    assert shown("river_class", "zh").old == "湟水出省境断面2024年以后公布的值没有查到；本站测算另列。"


def test_without_a_measurement_only_publication_is_spoken_of() -> None:
    assert shown("pm10_annual_ugm3", "zh").old == "2020年以后公布的值没有查到。"


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("xiaoxia_class", "2024年一季度的，不是全年的。"),
        ("liuyi_class", "2023年1月至2023年9月的，不是全年的。"),
        ("pm25_annual_ugm3", ""),
        ("rivers_restored_n", ""),  # 2016–2020: whole years
        ("parks_n", ""),  # as of June 2025: a stock is of a moment
    ],
)
def test_a_part_of_a_year_is_not_taken_for_the_year(name: str, remark: str) -> None:
    assert shown(name, "zh").remark == remark
    assert remark in text(asked(f"/embed/number/{name}"))
    cited = numbers.citation(
        shown(name, "zh"), Visit(Words("zh"), "light", clock.now(), False), "https://green.example/"
    )
    assert ("不是全年的" in cited) == bool(remark)


@pytest.mark.parametrize(
    ("period", "within"),
    [
        ("2024", False),
        ("2016/2020", False),
        ("2024-01/2024-12", False),
        ("2024-Q1/2024-Q4", False),
        ("2024-Q1", True),
        ("2024-Q4", True),
        ("2024-12", True),
        ("2023-01/2023-09", True),
        ("2023-02/2023-12", True),
        ("2023-12-31", True),
    ],
)
def test_a_period_within_a_year(period: str, within: bool) -> None:
    known = figures.series("xiaoxia_class", "xiaoxia")[-1]
    point = replace(known, row=replace(known.row, period=period), end=figures.period_end(period))
    assert point.within_a_year == within


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "xiaoxia_class",
            "湟水出境小峡桥断面年均水质",
            "Xiaoxia Bridge section, where the Huangshui leaves the city: annual class",
        ),
        (
            "liuyi_class",
            "六一桥入湟断面年均水质",
            "Liuyi Bridge section, where the Nanchuan joins the Huangshui: annual class",
        ),
        ("nanbei_forest_cover_pct", "南北山森林覆盖率", "Forest coverage of the South and North Mountains"),
        ("green_cover_pct", "建成区绿化覆盖率", "Built-up green coverage"),
        ("pm25_annual_ugm3", "细颗粒物（PM2.5）年平均浓度", "Fine particulate matter (PM2.5), annual mean"),
        (
            "hazardous_waste_safe_pct",
            "工业危险废物安全处置率（城中区）",
            "Industrial hazardous waste disposed of safely (Chengzhong District)",
        ),
    ],
)
def test_the_area_stands_behind_a_name_that_does_not_state_it(name: str, zh: str, en: str) -> None:
    assert (shown(name, "zh").name, shown(name, "en").name) == (zh, en)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_found_is_neither_cited_nor_embedded(lang: str) -> None:
    w = Words(lang)
    v = Visit(w, "light", clock.now(), False)
    assert numbers.citation(shown("new_area_drains", lang), v, "https://green.example/") == ""
    page = text(asked(f"/number/new_area_drains?lang={lang}"))
    assert w("site.not_found") in page
    assert w("data.cite") not in page
    assert "<iframe" not in page
    assert w("number.embed_sub") not in page


def test_a_missing_key_while_drawing_is_a_fault_and_no_missing_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """404 would hide it: only a name that is none is not found."""
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T19:08")

    def broken(*_: object) -> str:
        raise KeyError("no words")

    monkeypatch.setattr(numbers, "source", broken)
    with pytest.raises(KeyError, match="no words"):
        asked("/embed/number/good_day_share_pct")
