"""The first page: the verdict of today and the year, map, trend, now and promises, live and offline."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reports import cumulative, overview
from tests import live_stores
from tests.live_stores import at, hours, write_readings
from tests.pages.visits import html_of, seen
from views.text import format as fmt
from views.text.words import Words

SIX = at("2026-11-23T18:00")
DAY = date(2026, 11, 23)
STATIONS = {"3055A": 91.0, "3629A": 77.0, "4162A": 112.0}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


def write_air_and_river() -> None:
    """An hour of the city and three stations, and a reading of the river as it leaves the city."""
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [84.0], primary_pollutants="PM10"), now=SIX)
    write_readings("cnemc_air", [row for code, n in STATIONS.items() for row in hours(code, "aqi", SIX, [n])], now=SIX)
    section = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2026-11-23T16:00")}
    values = {"ph": 8.1, "do_mgl": 9.0, "codmn_mgl": 2.5, "nh3n_mgl": 1.2, "tp_mgl": 0.1}
    write_readings(
        "cnemc_water", [{**section, "item": item, "value": value} for item, value in values.items()], now=SIX
    )


def page(monkeypatch: pytest.MonkeyPatch, time: str, lang: str = "zh") -> str:
    monkeypatch.setenv("XINING_TODAY", time)
    run = seen("overview", lang)
    assert not run.exception
    return html_of(run)


def text(html: str, tag: str) -> str:
    """The words of the first element of a kind."""
    found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", html)
    assert found
    return re.sub("<[^>]*>", "", found[1])


def test_the_headline_is_the_verdict_of_today_and_of_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    write_air_and_river()
    headline = text(page(monkeypatch, "2026-11-23T18:30"), "h1")
    year = cumulative.cumulative(DAY)
    assert year.end is not None
    assert headline.startswith("此刻空气良（指数 84）")
    assert f"2026年到{fmt.day(year.until, Words('zh'), year=False)}优良 251 天（有数据 279 天）" in headline
    assert "全年预计超标 {}—{} 天".format(*year.end.likely) in headline
    assert headline.endswith("小峡桥 Ⅳ类（2026年11月23日16时）")


def test_offline_nothing_is_called_now_and_nothing_is_advised(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(monkeypatch, "2026-11-23T18:30")
    headline = text(html, "h1")
    assert headline.startswith("最近一次知道的空气是2026年10月6日的优")
    assert "小峡桥最近一次知道的是2026年9月23日" in headline
    assert "此刻" not in headline
    assert 'class="groups"' not in html
    assert "可以出门" not in html
    assert html.count('class="past"') == 2  # air and river in grey
    assert "没有取得小时值" in html  # the map stays
    assert "没有数据" in html  # the trend stays


def test_an_hour_older_than_three_advises_nothing_and_its_stations_are_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    write_air_and_river()
    fresh, late = page(monkeypatch, "2026-11-23T18:30"), page(monkeypatch, "2026-11-23T21:31")
    assert fresh.count('class="groups"') == 1
    assert "孩子" in fresh
    assert "老人" in fresh
    assert 'class="groups"' not in late
    assert "最近一次知道的空气是11月23日 18:00的良" in text(late, "h1")
    assert "不是此刻的空气" in late
    filled = r'<circle [^>]*style="fill:#(?:FFFF00|FF7E00)'
    assert len(re.findall(filled, fresh)) == 2 * len(STATIONS)  # in the wide and in the narrow drawing
    assert not re.findall(filled, late)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_card_leads_to_a_page_and_every_tile_to_its_indicator(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(monkeypatch, "2026-11-23T18:30", lang)
    led = re.findall(r'class="card to [^"]*"[^>]*><a class="label" href="([^"]*)"', html)
    assert len(led) == html.count('class="card to ') == 6
    assert set(led) == {"/air", "/water", "/actions", "/air?tab=year"}
    tiles = re.findall(r'<li style="--run[^>]*><a href="/lite/indicator/(\w+)', html)
    assert tiles == [one.indicator.indicator_id for one in overview.overview(DAY).headline]
    assert 'href="tel:12369"' in html


def test_official_and_measured_stand_apart_and_what_is_not_found_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(monkeypatch, "2026-11-23T18:30")
    strip = html[html.index('class="tiles"') :]
    strip = strip[: strip.index("</ul>")]
    tiles = strip.split("<li ")[1:]
    for one, tile in zip(overview.overview(DAY).headline, tiles, strict=True):
        before, _, measured = tile.partition('class="beside')
        assert ("本站测算" in measured) == (one.measured is not None)
        assert "本站测算" not in before
        assert ("未查到" in before) == (one.official is None)


def test_the_next_deadline_is_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(monkeypatch, "2026-11-29T09:00")
    assert "11 件 · 32 天" in html
    assert "12月31日到期 · 城中区三年行动（征求意见稿）" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_place_of_a_sentence_is_left_unfilled(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_air_and_river()
    shown = re.sub("<style.*?</style>|<[^>]*>", "", page(monkeypatch, "2026-11-23T18:30", lang))
    assert "{" not in shown
    assert {"zh": "2026年和2025年", "en": "2026 and 2025"}[lang] in shown


def test_the_rest_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    html = page(monkeypatch, "2026-11-23T18:30")
    folds = re.findall(r'<details class="table"><summary>([^<]*)', html)
    assert {"诺言与答卷", "值得知道"} <= set(folds)
    assert '<a href="/air?tab=years" target="_self">每一天的天空，2013年至今</a>' in html
