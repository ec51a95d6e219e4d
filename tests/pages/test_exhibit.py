import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visits import said, visit
from views.exhibit_blocks import CHAPTERS

pytestmark = pytest.mark.xdist_group("pages")
HEADLINES = {
    "zh": (
        "2014年有 264 天空气优良，2025年有 <em>346 天</em>",
        "一滴水穿过西宁：进城时Ⅱ类，出城时<em>Ⅱ类</em>",
        "每 100 吨工业固废，有 <em>92.1 吨</em>派上了用场",
        "一座山绿了：从 7.2% 到 <em>79%</em>",
        "接下来，<em>看你我的</em>",
    ),
    "en": (
        "264 days of good air in 2014, <em>346 days</em> in 2025",
        "A drop of water through Xining: Class Ⅱ coming in, <em>Class Ⅱ</em> going out",
        "Of every 100 tonnes of industrial waste <em>92.1 tonnes</em> were put to use",
        "A mountain turned green: from 7.2% to <em>79%</em>",
        "What comes next <em>is up to us</em>",
    ),
}


def chapter(number: str, lang: str) -> AppTest:
    run = visit("exhibit", lang)
    run.query_params["chapter"] = number
    return run.run()


def links(text: str, place: str) -> list[str]:
    """Chapters the links of a part of the foot lead to."""
    part = re.search(rf'<div class="{place}">(.*?)</div>', text)
    assert part
    return re.findall(r"view=exhibit&chapter=(\d)", part[1])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", range(1, 6))
def test_a_chapter_says_its_sentence(number: int, lang: str) -> None:
    run = chapter(str(number), lang)
    assert not run.exception
    assert f"<h1>{HEADLINES[lang][number - 1]}</h1>" in said(run)


@pytest.mark.parametrize("asked", ["0", "6", "two", ""])
def test_an_unknown_chapter_is_the_first(asked: str) -> None:
    assert HEADLINES["zh"][0] in said(chapter(asked, "zh"))


def test_the_story_runs_to_its_end_and_begins_again() -> None:
    assert len(CHAPTERS) == 5
    texts = [said(chapter(str(number), "zh")) for number in range(1, 6)]
    assert [links(text, "next") for text in texts] == [["2"], ["3"], ["4"], ["5"], ["1"]]
    assert [links(text, "back") for text in texts] == [[], ["1"], ["2"], ["3"], ["4"]]
    for text in texts:
        assert text.count("<li><a href") == 5
        assert text.count('aria-current="step"') == 1
        assert 'href="./" target' in text


@pytest.mark.parametrize("number", range(1, 6))
def test_every_number_leads_to_its_origin(number: int) -> None:
    text = said(chapter(str(number), "zh"))
    values = len(re.findall(r'<div class="value">', text))
    assert text.count('class="origin"') >= max(values, 1)


def test_both_years_are_drawn_day_by_day_with_what_keeps_them_apart() -> None:
    text = said(chapter("1", "zh"))
    assert len(re.findall(r'<rect [^>]*rx="4"', text)) == 365 + 365
    for words in ("2018年9月起", "低了大约四分之一", "2014年只有 177 天优良，2025年有 334 天"):
        assert words in text


def test_a_river_without_a_class_says_so() -> None:
    text = said(chapter("2", "zh"))
    stop = next(part for part in text.split('<section class="panel stop">') if "南川河汇进来" in part)
    assert "未公布" in stop
    assert "13个断面里，3个查得到水质类别" in text


def test_your_part_names_both_hotlines_and_the_figures_behind() -> None:
    text = said(chapter("5", "en"))
    for words in ("12369", "12345", "472 kWh", "1515", "33%", "most were about air and noise"):
        assert words in text
