import re

import pytest

from store import clock
from tests.pages.visits import said, visit
from views.page import Visit
from views.wall.frame import SCENES, html
from views.wall.frame import scene as made
from views.words import Words

pytestmark = pytest.mark.xdist_group("pages")
HEADLINES = {
    "zh": {
        "promise": "“十四五”26 项承诺到期，<em>25 项</em>的终期结果没有查到",
        "sky": "2026年到10月6日，279 天里有 <em>258 天</em>空气优良",
        "river": "湟水流出西宁时，最近一次是 <em>Ⅱ类</em>",
    },
    "en": {
        "promise": "26 promises due, no final result found for <em>25</em>",
        "sky": "2026 to 6 October: <em>258 of 279 days</em> with good air",
        "river": "At the last reading the Huangshui left Xining at <em>Class Ⅱ</em>",
    },
}
ROW = r'<div class="row" style="--mark:.*?</small></div></div>'
AGES = {
    "zh": ("2026年11月23日 星期一", "空气数据到2026年10月6日（48天前）", "河水 9月23日 05:00（61天前）"),
    "en": (
        "Monday, 23 November 2026",
        "Air data to 6 October 2026 (48 days ago)",
        "River of 05:00, 23 September (61 days ago)",
    ),
}


def scene(name: str, lang: str) -> str:
    return made(name, Visit(Words(lang), "dark", clock.now(), False))


def test_there_is_a_headline_to_expect_for_every_scene() -> None:
    assert set(SCENES) == set(HEADLINES["zh"]) == set(HEADLINES["en"])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_says_its_sentence_and_the_age_of_the_data(name: str, lang: str) -> None:
    text = scene(name, lang)
    assert f"<h1>{HEADLINES[lang][name]}</h1>" in text
    for words in AGES[lang]:
        assert words in re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_leads_to_the_others_and_out(name: str) -> None:
    text = scene(name, "zh")
    assert re.findall(r'href="\./\?view=wall&scene=(\w+)&lang=zh" data-to="', text) == list(SCENES)
    assert f'data-to="{name}" aria-current="page"' in text
    assert text.count('aria-current="page"') == 1
    assert 'href="./?lang=zh"' in text


def test_the_eight_promises_stand_with_start_latest_target_and_state() -> None:
    text = scene("promise", "zh")
    rows = re.findall(ROW, text)
    assert len(rows) == 8
    forest = next(row for row in rows if "森林覆盖率" in row)
    for words in ("37.8%", "2025年6月", "36%", "38%", "到期未公布", "比起点好"):
        assert words in forest
    wetland = next(row for row in rows if "湿地保护率" in row)
    assert "未公布" in wetland
    assert "没有可比的数" in wetland
    share = next(row for row in rows if "优良天数比例" in row)
    assert "省里下达，未公布" in share


def test_a_line_is_drawn_only_between_points_that_are_known() -> None:
    rows = re.findall(ROW, scene("promise", "zh"))
    bare = [row for row in rows if 'class="bullet"' not in row]
    assert len(bare) == 1  # one value, no start, no target
    assert "国控断面优良比例" in bare[0]


def test_every_number_at_the_foot_prints_its_source() -> None:
    numbers = re.findall(r"<section class=.*?</section>", scene("promise", "en"))
    assert len(numbers) == 4
    assert all("Source: " in number for number in numbers)


def test_the_river_is_told_to_a_screen_reader_section_by_section() -> None:
    text = scene("river", "zh")
    for words in ("扎马隆Ⅱ类", "小峡桥Ⅱ类", "报社桥未公布"):
        assert words in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_of_the_site_leads_to_the_wall_and_to_each_scene(lang: str) -> None:
    run = visit("wall", lang)
    assert not run.exception
    assert f'href="./?view=wall&lang={lang}"' in said(run)
    for name in SCENES:
        assert f'href="./?view=wall&scene={name}&lang={lang}"' in said(run)


def test_an_address_says_which_scene_stays_and_how_long_each_stands() -> None:
    v = Visit(Words("en"), "dark", clock.now(), False)
    assert "data-pinned" in html("river", v, pinned=True)
    assert "data-pinned" not in html("river", v)
    assert 'data-every="15"' in html("river", v, every="15")
    for odd in ("", "0", "601", "-3", "1.5", '"><script>'):
        assert "data-every" not in html("river", v, every=odd)
