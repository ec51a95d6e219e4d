import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from reports import water
from tests.pages.visits import descriptions, seen, visit, whole
from tests.served import TODAY
from views.drawings import river as drawn_river
from views.text.words import Words

ANSWERS = {
    "zh": (
        "查得到的最近一个年度类别是<em>Ⅲ类</em>（2023年），与2025年的目标同级",
        "2025年的年度类别没有查到。公布的还有2024年一季度的Ⅱ类，不是全年的，不和年度目标比。",
        "小峡桥断面2026年9月23日5时自动监测（61天前）",
        "说明不了是否达到目标",
        "2025年11月18日16时，湟水进城时Ⅱ类，出城时Ⅱ类",
        "13个断面里，5个查得到类别",
        "自动监测的存档：78个时次，按月",
        "读自文件",
    ),
    "en": (
        "leaving Xining is <em>Class Ⅲ</em> (2023), the class aimed at for 2025",
        "The annual class of 2025 was not found.",
        "23 September 2026, 05:00 (61 days ago): Class Ⅱ by five items",
        "cannot tell whether the target is reached",
        "18 November 2025, 16:00: Class Ⅱ where the Huangshui enters the city, Class Ⅱ where it leaves",
        "for 5 of 13 sections",
        "Automatic readings on record: 78 hours, by month",
        "From a file",
    ),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The HTML of all tabs."""
    return request.param, whole("water", request.param)


def test_the_page_answers_its_question(page: tuple[str, str]) -> None:
    lang, text = page
    for sentence in ANSWERS[lang]:
        assert sentence in text


def test_charts_are_described(page: tuple[str, str]) -> None:
    lang, _ = page
    texts = descriptions(seen("water", lang, "goals"))
    assert len(texts) == 2
    assert "62.5" in texts[0]
    assert "87.5" in texts[1]


def test_both_layouts_of_the_river_are_there(page: tuple[str, str]) -> None:
    lang, text = page
    network, w = water.river(date.fromisoformat(TODAY)), Words(lang)
    for drawn in (drawn_river.line(network, w), drawn_river.line(network, w, upright=True)):
        assert text.count(drawn.replace("\n", " ")) == 1


def test_both_classes_of_2020_are_side_by_side(page: tuple[str, str]) -> None:
    lang, text = page
    assert {"zh": "※ 两处说法不一", "en": "※ documents disagree"}[lang] in text
    assert text.count("83.3%") >= 1


def test_counts_of_outfalls_are_never_one(page: tuple[str, str]) -> None:
    _, text = page
    for count in ("668", "743", "1515"):
        assert f'<div class="value">{count}<small>' in text


def test_numbers_lead_to_their_sources(page: tuple[str, str]) -> None:
    _, text = page
    assert text.count('class="origin"') >= 40


def test_recorded_hours_are_listed_by_section_and_month(page: tuple[str, str]) -> None:
    """Ta'er Bridge, April 2021: 21 hours of Ⅱ, three of Ⅲ, one of Ⅴ."""
    lang, text = page
    counts = {"zh": ("25个时次", "另有2个未评"), "en": ("25 h", "2 not judged")}
    assert all(words in text for words in counts[lang])
    assert text.count("×21") == 1


def test_the_map_is_put_back_by_a_button() -> None:
    """Each press sends the browser a view that differs in everything a hand can change, and that nobody sees to differ."""

    def view(run: AppTest) -> dict[str, float]:
        state = json.loads(run.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
        return {name: state[name] for name in ("longitude", "latitude", "zoom")}

    run = visit("water", "zh", "sections")
    first = view(run)
    pressed = view(run.button(key="put_back_river-map").click().run())
    assert all(0 < abs(pressed[name] - first[name]) < 1e-6 for name in first)
    assert view(run.button(key="put_back_river-map").click().run()) == first
