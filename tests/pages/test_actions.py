import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visits import descriptions, html_of, seen, visit, whole

ANSWERS = {
    "zh": (
        "19项任务分成23件事，15件有期限；<em>4件</em>已经到期，结果都没有查到",
        "（征求意见稿）》，不是正式文件",
        "4件期限已过，下一批11件2026年12月31日到期",
        "方案里点名最多的是区生态环境局：12件是责任单位，3件是配合单位",
        "大气和噪声占了24件中的16件",
        "不能当作发生率",
        "8018户",
        "城中区巩固提升生态环境保护成效三年行动实施方案（2024—2026年）（征求意见稿）（",
        "每月调度",
        "关于城中区，查到5个公布的数",
        "查到的7次交办里",
        "3个月内；从哪一天算起，征求意见稿没有写",
        "不等于没有做，也不等于没有公布",
        "互助路226号院的垃圾",
        "报道称已解决",
        "俄博图、纳拉滩水电站",
        "省里给2025年定的9项重点任务",
        "起草青海省固体废物污染防治条例",
        "责任单位：区自然资源和林业局、区生态环境局",
    ),
    "en": (
        "19 tasks in 23 parts, 15 dated; <em>4</em> due, no result found",
        "not the plan as issued",
        "4 past their date; the next 11 fall due on 31 December 2026",
        "as responsible body for 12, as supporting body for 3",
        "Air and noise make 16 of 24",
        "it is no rate",
        "8018 households",
        "Monthly check",
        "5 published figures found of the district",
        "in each of the 7 hand-overs found",
        "within three months; the draft does not say from which day",
        "nor that it was never published",
        "Rubbish at 226 Huzhu Road",
        "reported as put right",
        "Ebotu and Nalatan",
        "9 priorities the province set itself for 2025",
        "Responsible: District Natural Resources and Forestry Bureau, District Ecology and Environment Bureau",
    ),
}


FIRST = {
    "zh": ("2015—2026年的16件大事", "国际无废日：2027年3月30日", ">127<", "11件，2026年12月31日到期", ">38<"),
    "en": (
        "16 milestones from 2015 to 2026",
        "International Day of Zero Waste, 30 March 2027",
        ">127<",
        "11 pieces, due on 31 December 2026",
        ">38<",
    ),
}
CASE = {"zh": "从2023年11月30日举报到2023年12月9日所见，9天", "en": "on 9 December 2023: 9 days"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_tab_shows_what_was_and_what_comes(lang: str) -> None:
    html = html_of(seen("actions", lang))
    for sentence in FIRST[lang]:
        assert sentence in html
    assert re.search('<svg[^>]*aria-label="[^"]*2015', html)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_resolved_report_is_shown_from_report_to_repair(lang: str) -> None:
    html = html_of(seen("actions", lang, "reports"))
    assert CASE[lang] in html
    assert html.count('<ol class="steps">') == 3


def test_the_works_of_the_plan_narrow_by_kind_and_place() -> None:
    run = visit("actions", "zh", "works")
    assert "7个专栏点了93项工程" in html_of(run)
    run.selectbox(key="projects_place").set_value("huangyuan").run()
    assert "共3项" in html_of(run)
    run.button_group(key="projects_kind").set_value("waste").run()
    assert "湟源县农业废弃物综合利用试点" in html_of(run)
    assert "共1项" in html_of(run)
    assert not run.exception


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, whole("actions", request.param)


def test_the_page_answers_its_question(page: tuple[str, str]) -> None:
    lang, html = page
    for sentence in ANSWERS[lang]:
        assert sentence in html


def test_hotlines_can_be_called(page: tuple[str, str]) -> None:
    _, html = page
    for number in ("12345", "12369"):
        assert f'href="tel:{number}"' in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_timeline_and_the_map_are_described(lang: str) -> None:
    (timeline,) = descriptions(seen("actions", lang, "tasks"))
    assert "2026" in timeline
    assert "11" in timeline
    assert re.search('<svg[^>]*aria-label="[^"]*24[^"]*6[^"]*"', html_of(seen("actions", lang)))


def shown(run: AppTest) -> int:
    """How many pieces of work the board shows."""
    return html_of(run).count('<details class="card"')


def test_the_board_narrows_by_body_state_and_theme() -> None:
    run = visit("actions", "zh", "tasks")
    assert shown(run) == 23
    run.selectbox(key="actions_body").set_value("environment").run()
    assert shown(run) == 15
    run.button_group(key="actions_state").set_value("past").run()
    assert shown(run) == 3  # 5, 7.3 and 16
    run.button_group(key="actions_theme").set_value("water").run()
    assert shown(run) == 2
    run.button_group(key="actions_theme").set_value("air").run()
    assert shown(run) == 0
    assert "没有符合条件的事项" in html_of(run)
    assert not run.exception
