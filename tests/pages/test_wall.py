import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette

from dashboard import PAGES
from reports import air, water
from store import clock, database
from tests import live_stores
from tests.asgi import ask
from tests.live_stores import at, hours, write_readings
from tests.pages.visits import html_of, seen
from views import assets
from views.http.wall import routes
from views.lite import alerts
from views.text import water as water_words
from views.text.words import Words
from views.visit import Visit
from views.wall.frame import MERGED, OF_PAGE, SCENES, document
from views.wall.frame import scene as made

HEADLINES = {
    "zh": {
        "overview": "8 项承诺：按公布的数，<em>2 项比起点好</em>、0 项差；按本站测算，<em>2 项好</em>、0 项差",
        "now": "2026年10月6日，西宁的空气：<em>优</em>，AQI 39（未计臭氧）",
        "budget": "按2026年版标准和已有的数据，要不比2025年差，2026年还能超标 <em>3 天</em>",
        "green": "森林覆盖率从2014年的32%长到<em>37.8%</em>，离目标还差0.2个百分点",
        "waste": "2022年，每100吨一般工业固废有<em>92.1吨</em>派上了用场",
        "districts": "7 个区县：有自己空气站点的 <em>2 个</em>，查到公开行动计划的 <em>1 个</em>",
        "tasks": "空气和河流此刻没有数据；另有 <em>5 件</em>事要留意",
        "sky": "2026年到10月6日，279 天里有 <em>258 天</em>空气优良（未计臭氧）",
        "river": "湟水流出西宁，查得到的最近一个年度类别是<em>Ⅲ类</em>（2023年），与2025年的目标同级",
    },
    "en": {
        "overview": "8 promises since the start: published <em>2 better</em>, 0 worse; measured here <em>2 better</em>, 0 worse",
        "now": "6 October 2026: the air of Xining was <em>Excellent</em>, AQI 39, ozone not counted",
        "budget": "By the 2026 edition, on the data held, 2026 can take <em>3 more bad days</em> and be no worse than 2025",
        "green": "Forest coverage grew from 32% in 2014 to <em>37.8%</em>: 0.2 points short of the target",
        "waste": "In 2022, <em>92.1 of every 100 tonnes</em> of general industrial solid waste were put to use",
        "districts": "7 districts: <em>2</em> with an air station of their own, <em>1</em> with a plan that was found",
        "tasks": "Nothing is known of the air and the river at this moment; <em>5</em> more to attend to",
        "sky": "2026 to 6 October: <em>258 of 279 days</em> with good air, ozone not counted",
        "river": "The last annual class found of the Huangshui leaving Xining is <em>Class Ⅲ</em> (2023), "
        "the class aimed at for 2025",
    },
}
TILE = r'<li style="--run:.*?</li>'
AGES = {
    "zh": ("2026年11月23日 星期一", "空气数据到10月6日（48天前）", "河水 9月23日 05:00（61天前）"),
    "en": (
        "Mon 23 November 2026",
        "Air to 6 October (48 days ago)",
        "River 05:00, 23 September (61 days ago)",
    ),
}


def scene(name: str, lang: str) -> str:
    return made(name, Visit(Words(lang), "dark", clock.now(), False))


def test_there_is_a_headline_to_expect_for_every_scene() -> None:
    assert set(SCENES) == set(HEADLINES["zh"]) == set(HEADLINES["en"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_has_its_sentence_and_the_age_of_the_data(name: str, lang: str) -> None:
    text = scene(name, lang)
    assert f"<h1>{HEADLINES[lang][name]}</h1>" in text
    for words in AGES[lang]:
        assert words in re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize(
    ("lang", "period"), [("zh", "河流 2024年一季度，62天前"), ("en", "River Q1 2024, 62 days ago")]
)
def test_a_class_of_a_quarter_has_its_period_and_how_long_that_is_over(lang: str, period: str) -> None:
    """From 31 March to 1 June 2024 are 30 + 31 + 1 days."""
    text = made("river", Visit(Words(lang), "dark", datetime(2024, 6, 1, 12, tzinfo=clock.ZONE), False))
    assert f"<span>{period}</span>" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_script_is_given_the_address_of_every_scene(lang: str) -> None:
    """It writes none itself: what it fetches and what its own address says of a scene come with the page."""
    v, app = Visit(Words(lang), "dark", clock.now(), False), Starlette(routes=routes())
    block = re.search(r'<script type="application/json" id="given">(.*?)</script>', document("now", v, ""))
    assert block is not None
    given = json.loads(block[1])
    assert list(given["scenes"]) == list(SCENES)
    for name, address in given["scenes"].items():
        assert address == f"./wall/scene/{name}?lang={lang}"
    assert b'data-scene="river"' in ask(app, given["scenes"]["river"].removeprefix(".")).content
    for parameter, pinned in (("pinned", True), ("first", False)):
        page = ask(app, f"/?view=wall&{given['parameters'][parameter]}=river").content
        assert b'data-scene="river"' in page
        assert (b"data-pinned" in page) is pinned
    script = (Path(assets.__file__).parent / "wall.js").read_text("utf-8")
    assert not re.search(r"[`\"']\.?/|\?\w+=|searchParams\.set\([\"']", script)


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_leads_to_the_others_and_out(name: str) -> None:
    text = scene(name, "zh")
    assert re.findall(r'href="\./\?view=wall&amp;scene=(\w+)&amp;lang=zh" data-to="', text) == list(SCENES)
    assert f'data-to="{name}" aria-current="page"' in text
    assert text.count('aria-current="page"') == 1
    assert 'href="./?lang=zh"' in text


def tiles(lang: str) -> list[str]:
    return [re.sub(r"<[^>]+>", " ", one) for one in re.findall(TILE, scene("overview", lang))]


def test_the_eight_tiles_have_the_official_figure_what_is_measured_the_target_and_the_state() -> None:
    found = tiles("zh")
    assert len(found) == 8
    forest = next(one for one in found if "森林覆盖率" in one)
    for words in ("37.8", "2025年6月", "↑", "目标 ≥\xa038%（2025年）", "到期未查到"):
        assert words in forest
    share = next(one for one in found if "优良天数比例" in one)
    for words in ("96.2", "本站测算 94.8%（2025年）", "目标由省里下达，规划没写数值"):
        assert words in share
    reclaimed = next(one for one in found if "再生水" in one)
    assert "未查到" in reclaimed
    assert not set("↑↓→") & set(reclaimed)  # without a figure nothing went anywhere


def test_air_and_river_are_on_one_map_with_the_seven_districts() -> None:
    text = scene("overview", "zh")
    drawn = re.search(r"<svg.*?</svg></svg>", text, re.S)
    assert drawn is not None
    names = re.findall(r">([^<]+)</text>", drawn[0])
    assert {"城东区", "城中区", "城西区", "城北区", "湟中区", "大通县", "湟源县"} <= set(names)
    assert {"小峡桥", "扎马隆", "世纪职校"} <= set(names)
    known = [one.latest for one in water.river(clock.today()).sections if one.latest and one.point]
    assert sum(name in "ⅠⅡⅢⅣⅤ" for name in names) == len(known) == 5


def test_without_a_model_the_days_are_given_by_both_editions_and_what_is_unknown_is_stated() -> None:
    """By hand, on 23 November: 31 − 28 = 3, or 28 + 47 − 31 = 44 too many; 19 − 14 = 5."""
    text = scene("budget", "zh")
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>.*?</tr>", text, re.S)]
    for row in (
        ["标准", "2026年版标准", "2012年版标准"],
        ["最多", "31", "19"],
        ["已超标", "28", "14"],
        ["还能", "3", "5"],
    ):
        assert row in rows
    assert "47 天没有数据" in text
    assert "44 天" in text


def test_every_number_at_the_foot_prints_its_source() -> None:
    numbers = re.findall(r"<section class=.*?</section>", scene("green", "en"))
    assert len(numbers) == 4
    assert all("Source: " in number for number in numbers)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_every_scene_prints_a_source(name: str, lang: str) -> None:
    assert Words(lang)("wall.source", name="") in scene(name, lang)


def test_a_screen_reader_gets_the_river_section_by_section() -> None:
    text = scene("river", "zh")
    for words in ("扎马隆Ⅱ类", "小峡桥Ⅱ类", "报社桥未查到"):
        assert words in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_site_leads_to_the_wall_and_to_each_scene(lang: str) -> None:
    run = seen("wall", lang)
    assert not run.exception
    assert f'href="./?view=wall&amp;lang={lang}"' in html_of(run)
    for name in SCENES:
        assert f'href="./?view=wall&amp;scene={name}&amp;lang={lang}"' in html_of(run)


def test_an_address_sets_which_scene_stays_and_for_how_long_each_is_shown() -> None:
    v = Visit(Words("en"), "dark", clock.now(), False)
    assert "data-pinned" in document("river", v, "", pinned=True)
    assert "data-pinned" not in document("river", v, "")
    assert 'data-every="15"' in document("river", v, "", every="15")
    for odd in ("", "0", "601", "-3", "1.5", '"><script>'):
        assert "data-every" not in document("river", v, "", every=odd)


# ── with readings of an hour ──────────────────────────────────────────────────────────────────────────────────────────────
NOW = at("2026-11-23T18:30")
HOUR = at("2026-11-23T18:00")


@pytest.fixture(scope="module")
def day_of_readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a day of the city's hours and an hour of two stations; for all tests here, which copy it."""
    folder = tmp_path_factory.mktemp("day")
    with live_stores.filled(folder):
        day = [float(n) for n in range(90, 114)]
        write_readings("cnemc_air", hours("xining", "aqi", HOUR, day, primary_pollutants="PM10"), now=NOW)
        write_readings(
            "cnemc_air", [row for code in ("3055A", "3629A") for row in hours(code, "aqi", HOUR, [120.0])], now=NOW
        )
        database.engine().dispose()
    return folder / "live.db"


@pytest.fixture
def live_store(day_of_readings: Path, tmp_path: Path) -> Iterator[None]:
    with live_stores.copied(day_of_readings, tmp_path):
        yield


def live_scene(name: str, lang: str, now: datetime = NOW) -> str:
    return made(name, Visit(Words(lang), "dark", now, False))


def test_the_sky_of_the_hour_is_on_the_map_with_its_stations_and_its_day(live_store: None) -> None:
    text = live_scene("now", "zh")
    assert "<h1>11月23日 18:00，西宁的空气：<em>轻度污染</em></h1>" in text
    assert text.count(">120</text>") == 2
    assert ">城北区</text>" in text  # districts are named
    assert len(re.findall(r"<rect[^>]*><title>", text)) == 24  # an hour each
    assert text.count('<li class="') == 5  # a group each
    assert re.search(r'class="large"[^>]*>113<small>AQI', text)


def test_an_hour_older_than_three_advises_nobody(live_store: None) -> None:
    text = live_scene("now", "zh", HOUR + timedelta(hours=4))
    assert "<h1>11月23日 18:00，西宁的空气：<em>轻度污染</em></h1>" in text
    assert '<li class="' not in text
    assert "不能用来决定出不出门" in text


def test_without_an_hour_the_last_whole_day_has_the_thirty_days_up_to_it() -> None:
    text = scene("now", "zh")
    assert len(re.findall(r"<rect[^>]*><title>", text)) == 30
    assert '<li class="' not in text


def test_a_day_that_still_runs_does_not_hide_its_latest_hour(live_store: None) -> None:
    """A day is one when it is over; until then its latest hour is the newest."""
    evening = at("2026-11-23T22:00")
    for item in ("aqi", "pm10_ugm3", "pm25_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3", "o3_1h_ugm3"):
        write_readings("cnemc_air", hours("xining", item, evening, [60.0] * 46), now=evening)
    assert air.latest_day().day < evening.date()
    text = live_scene("now", "zh", evening + timedelta(minutes=30))
    assert "<h1>11月23日 22:00，西宁的空气" in text
    assert "空气 22:00（<span data-ago>30分钟前" in text


def test_the_last_hour_of_a_day_is_newer_than_that_day(live_store: None) -> None:
    """The platform has published the whole day; midnight's hour has not come in yet."""
    last = at("2026-11-23T23:00")
    day = {"place_id": "xining", "averaging": "day", "at": at("2026-11-23T00:00"), "kind": "provisional"}
    known = {
        "pm25_ugm3": 40.0,
        "pm10_ugm3": 90.0,
        "so2_ugm3": 10.0,
        "no2_ugm3": 30.0,
        "co_mgm3": 1.0,
        "o3_8h_ugm3": 80.0,
    }
    write_readings("cnemc_air", [day | {"item": item, "value": value} for item, value in known.items()], now=last)
    write_readings("cnemc_air", hours("xining", "aqi", last, [60.0] * 24), now=last)
    assert air.latest_day().day == last.date()
    text = live_scene("now", "zh", last + timedelta(minutes=90))
    assert "<h1>11月23日 23:00，西宁的空气" in text
    assert "空气 11月23日 23:00（<span data-ago>" in text


def test_every_page_has_its_scene() -> None:
    assert set(OF_PAGE) == set(PAGES) - {"wall", "exhibit"}
    assert set(OF_PAGE.values()) <= set(SCENES)
    answer = ask(Starlette(routes=routes()), "/?view=wall&scene=water")
    assert b'data-scene="river"' in answer.content
    assert b"data-pinned" in answer.content


@pytest.mark.parametrize(("old", "new"), [("promise", "overview"), ("matrix", "river"), ("alerts", "tasks")])
def test_scenes_that_others_took_in_are_found_there(old: str, new: str) -> None:
    """By a screen that was set up at the old address, and by one that was opened before the scenes changed."""
    assert set(MERGED) & set(SCENES) == set()
    app = Starlette(routes=routes())
    for address in (f"/?view=wall&scene={old}", f"/wall/scene/{old}"):
        assert f'data-scene="{new}"'.encode() in ask(app, address).content
    assert ask(app, "/wall/scene/nothing").status_code == 404


def test_a_draft_of_a_target_is_called_one() -> None:
    row = re.search(r"<tr><td><b>六一桥.*?</tr>", scene("river", "zh"))
    assert row
    assert "征求意见稿" in row[0]


def test_values_of_a_file_are_marked_as_such() -> None:
    header = scene("overview", "zh").split("</header>")[0]
    assert header.count('<strong class="stale">读自文件</strong>') == 2  # the air's last day, the river's last hour
    assert "data-expected" not in header  # the script would take the badge away


def test_what_is_above_a_hundred_is_an_alert_while_the_hour_is_fresh(live_store: None) -> None:
    assert "全市 AQI 113，轻度污染" in live_scene("tasks", "zh")
    assert "2 个站点超过 100" in live_scene("tasks", "zh")
    later = live_scene("tasks", "zh", NOW + timedelta(days=1))
    assert "没有这一小时的数据" in later
    assert "AQI 113" not in later
    assert "从未取得" in later  # sources that never answered are named


def test_the_model_is_marked_as_such_and_named_as_missing_where_it_has_nothing(live_store: None) -> None:
    assert "模式的数据还没有取到" in live_scene("budget", "zh")
    write_readings(
        "open_meteo_air", hours("xining", "pm10_ugm3", at("2026-11-26T18:00"), [70.0] * 72, kind="modelled"), now=NOW
    )
    text = live_scene("budget", "zh")
    assert "不是观测" in text
    assert "模式的数据还没有取到" not in text


MARKED = re.compile(r'<b class="alert (high|medium|low)">')


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("now", [NOW, at("2026-12-01T08:00"), at("2027-01-01T08:00")])
def test_the_headline_counts_the_coloured_rows(live_store: None, lang: str, now: datetime) -> None:
    """On the wall and on the light page its code leads to; what was looked at and is no alert bears no colour."""
    text = live_scene("tasks", lang, now)
    counted = re.search(r"<h1>.*?<em>(\d+)", text)
    assert counted is not None
    assert len(MARKED.findall(text)) == int(counted[1]) >= 5
    page = alerts.page(Visit(Words(lang), "dark", now, False)).body
    assert len(MARKED.findall(page)) == int(counted[1])
    order = [("high", "medium", "low").index(one) for one in MARKED.findall(text)]
    assert order == sorted(order)


def test_every_alert_names_whose_it_is(live_store: None) -> None:
    """Work by its first responsible body and how many there are; the site's own faults by whoever runs it."""
    rows = re.findall(r'<li class="\w+">.*?</li>', live_scene("tasks", "zh"), re.S)
    owners = [" ".join(re.sub(r"<[^>]+>", " ", row.split('class="who">')[1]).split()) for row in rows]
    assert owners[0].startswith("责任单位 区生态环境局")
    assert [one for one in owners if "本站运行单位" in one]
    assert not [one for one in owners if one.startswith("责任单位 2")]  # none without a name


def test_the_line_of_days_has_a_dot_for_each_dated_piece_of_work() -> None:
    drawn = re.search(r"<svg.*?</svg>", scene("tasks", "zh"), re.S)
    assert drawn is not None
    assert drawn[0].count("<circle") == 15  # of 23; eight have no date
    assert drawn[0].count("stroke:var(--earth)") == 4  # past, and nothing published
    assert "3 件 · 12月31日" in drawn[0]


def test_a_district_names_its_gaps() -> None:
    rows = re.findall(r"<tr><td><strong>.*?</tr>", scene("districts", "zh"))
    assert len(rows) == 7
    assert sum("没有查到公开计划" in row for row in rows) == 6
    assert "19 项任务，4 件过期未见结果" in next(row for row in rows if "城中区" in row)
    assert "本站的地图上没有" in next(row for row in rows if "湟源县" in row)
    assert "只是2023年12月9日一天移交西宁的 24 件" in scene("districts", "zh")


def test_a_districts_air_is_in_its_colour_only_while_it_is_the_air_outside(live_store: None) -> None:
    assert 'class="chip"' in live_scene("districts", "zh")
    later = live_scene("districts", "zh", HOUR + timedelta(hours=4))
    assert 'class="chip"' not in later
    assert "最后一次知道 120" in later
    assert "AQI，11月23日 18:00" in later


def test_the_five_items_that_are_not_of_now_are_the_last_ones_known_in_grey() -> None:
    text = scene("river", "zh")
    assert "最后一次知道的五项和Ⅲ类限值，9月23日 05:00，不是此刻" in text
    items = text.split('<div class="past">')[1].split("</table>")[0]
    for words in ("小峡桥", "润泽桥", "溶解氧"):
        assert words in items


def test_the_matrix_has_the_rows_of_the_water_page() -> None:
    """Sections of which a class is known; the drawing shows the others as dashed dots."""
    rows = re.findall(r"<tr><td><b>(.*?)</b>", scene("river", "zh"))
    assert rows == [
        water_words.section_name(one, Words("zh")) for one in water.river(clock.today()).sections if one.has_any_class
    ]


def test_a_years_good_days_at_the_end_of_its_row_are_those_of_the_air_page() -> None:
    """Without ozone and by the rule of each day, as the headline and the air page count them."""
    drawn = re.search(r"<svg.*?</svg>", scene("sky", "zh"), re.S)
    assert drawn is not None
    for one in air.years():
        assert one.ozone == "excluded"
        assert f">{one.good_days} / {one.known_days}</text>" in drawn[0]
    assert ">258 / 279</text>" in drawn[0]


def test_whole_years_are_ranked_as_dots_and_the_running_one_is_a_ring() -> None:
    """By hand from the archive by the edition of 2026: 31, 35, 40, 41, 45, 53; 2023 knows too few days."""
    drawn = re.search(r'class="ranked">.*?<svg.*?</svg>', scene("budget", "zh"), re.S)
    assert drawn is not None
    named = re.findall(r">(\d{4}) · (\d+)</text>", drawn[0])
    assert [year for year, _ in named] == ["2026", "2025", "2021", "2019", "2024", "2022", "2020"]
    assert [int(n) for _, n in named] == [28, 31, 35, 40, 41, 45, 53]
    assert drawn[0].count("fill:var(--ground);stroke:var(--sky)") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figures_of_waste_are_of_the_city_each_with_its_year_and_source(lang: str) -> None:
    """Of 2025, 2020, 2021 and March 2025: four years in four places, and nothing of the province or a district."""
    found = re.findall(r'<section class="">(.*?)</section>', scene("waste", lang), re.S)
    years = [re.sub(r"<[^>]+>", " ", one) for one in found]
    assert [year in text for year, text in zip(("2025", "2020", "2021", "2025"), years, strict=True)] == [True] * 4
    assert all(Words(lang)("wall.source", name="") in text for text in years)


def test_the_hills_and_the_path_to_the_target_are_drawn() -> None:
    text = scene("green", "zh")
    assert text.count('style="fill:var(--leaf)"/>') == 7 + 79
    assert "目标 2025年 ≥\xa038%" in text
    assert "2014年是" not in text.split('class="numbers"')[1]  # no forest figure twice
