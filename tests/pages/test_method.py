import re
from html import unescape

import pytest

from reports.lookup import in_english
from store import schema, tracked
from tests.pages.visits import html_of, visit, whole
from views.ui import inline
from views.visit import CHOICES

HELD = {name: len(tracked.read(name)) for name in ("documents", "figures", "targets", "air_daily", "contradictions")}
ANSWERS = {
    "zh": (
        f"可以核对：<em>{HELD['figures']}个</em>公布数、{HELD['targets']}条目标、{HELD['air_daily']}天空气数据，都有出处",
        f"它们出自{HELD['documents']}份文件",
        f"文件之间的{HELD['contradictions']}处出入",
        "尚无更正",
        "缺60天",
        "最长的一段有50天，2023年2月25日至2023年4月15日",
        "HJ 663-2026的正文",
        "k = 1 + (n − 1) × p",
        "另有一份存档给出2013年12月至2018年4月共53个月的日最大8小时值月平均",
        "621个站点小时中，621个由当时公布的浓度按HJ 633-2012算出的AQI与平台公布的一致",
    ),
    "en": (
        f"Open to checking: <em>{HELD['figures']}</em> published figures, {HELD['targets']} targets",
        f"They come from {HELD['documents']} documents",
        f"{HELD['contradictions']} places where documents differ",
        "None so far",
        "60 days missing",
        "The longest stretch is 50 days, 25 February 2023 to 15 April 2023",
        "The text of HJ 663-2026",
        "k = 1 + (n − 1) × p",
        "monthly mean of the daily maximum 8-hour mean for 53 months, December 2013 to April 2018",
        "For 621 of 621 station hours the AQI computed by HJ 633-2012",
    ),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The HTML of all tabs."""
    return request.param, whole("method", request.param)


def test_the_page_answers_its_question(page: tuple[str, str]) -> None:
    lang, text = page
    for sentence in ANSWERS[lang]:
        assert sentence in text


def test_every_table_can_be_taken_home(page: tuple[str, str]) -> None:
    _, text = page
    offered = set(re.findall(r'href="/data/(\w+)\.csv"', text))
    assert offered == {table.name for table in schema.FACT_TABLES}


def test_every_document_standard_and_rule_is_there(page: tuple[str, str]) -> None:
    lang, text = page
    text = unescape(text)
    for table, column in (("documents", f"title_{lang}"), ("standards", "standard_id"), ("rules", "rule_id")):
        names = tracked.read(table)[column]
        missing = [name for name in names if (name if lang == "zh" else in_english(name)) not in text]
        assert missing == [], table


def test_a_stricter_limit_stands_out(page: tuple[str, str]) -> None:
    _, text = page
    cells = '<td class="n">35</td><td class="n"><strong>30</strong></td><td class="n"><strong>25</strong></td>'
    assert cells in text


def test_a_term_is_found_and_a_missing_one_is_named_as_missing() -> None:
    run = visit("method", "zh", "find")
    run.text_input(key="find").set_value("kqzlzs").run()
    assert "空气质量指数" in html_of(run)
    run.text_input(key="find").set_value("xyzzy").run()
    assert "没有找到，换个说法试试" in html_of(run)
    assert not run.exception


def test_a_year_is_shown_by_both_editions() -> None:
    run = visit("method", "zh", "find")
    run.selectbox(key="what_if").set_value(2025).run()
    assert "2025年的日子，按两版标准" in html_of(run)
    assert not run.exception


def test_every_cookie_is_explained(page: tuple[str, str]) -> None:
    lang, text = page
    for name in CHOICES:
        typed = inline.code(name)
        assert (f"（{typed}）" if lang == "zh" else f"({typed})") in text, name
