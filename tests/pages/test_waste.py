import re

import pytest

from tests.pages.visits import html_of, seen, whole

ANSWERS = {
    "zh": ("每100吨一般工业固废有<em>92.1吨</em>派上了用场", "24.02万吨", "差额，去向未说明", "未查到"),
    "en": ("<em>92.1 of every 100 tonnes</em>", "240,200 t", "Rest, not stated", "Not found"),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, whole("waste", request.param)


def test_the_page_answers_its_question(page: tuple[str, str]) -> None:
    lang, html = page
    for sentence in ANSWERS[lang]:
        assert sentence in html


def test_every_number_of_the_flow_leads_to_its_origin(page: tuple[str, str]) -> None:
    _, html = page
    assert html.count('class="origin"') >= 20


DRAWN = {"zh": ("产生434.34万吨，去向：", "2020年 93.4%"), "en": ("4,343,400 t, of which: ", "2020 93.4%")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_tab_draws_the_flow_and_the_share_put_to_use(lang: str) -> None:
    html = html_of(seen("waste", lang))
    for described in DRAWN[lang]:
        assert re.search(f'<svg[^>]*aria-label="[^"]*{described}', html)


def test_rates_by_different_definitions_stay_apart(page: tuple[str, str]) -> None:
    _, html = page
    for rate in ("25", "38.7", "88"):
        assert f'<div class="value">{rate}<small>%' in html


STREAMS = {
    "zh": (
        "2020年，99.35%得到利用或处置",
        "其余0.65%去了哪里，没有说明",
        "其余至多10%去了哪里，没有说明",
        "2020年，100%集中处置",
    ),
    "en": (
        "2020: 99.35% used or disposed of",
        "Where the other 0.65% went",
        "at most 10%, went is not stated",
        "2020: 100%",
    ),
}
MODEL = {
    "zh": ("一个核心 绿色发展；", "全民共建 全体市民", ">2+N<small>发展体系"),
    "en": ("One core Green development; ", ">2+N<small>System of dev"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_waste_says_its_year_and_what_is_not_known(lang: str) -> None:
    html = html_of(seen("waste", lang))
    for sentence in STREAMS[lang]:
        assert sentence in html
    assert html.count('style="display:flex;height:.8rem;border:1px dashed') == 4


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_citys_own_model_is_drawn_and_explained(lang: str) -> None:
    html = html_of(seen("waste", lang, "model"))
    for sentence in MODEL[lang]:
        assert sentence in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_household_can_do_stands_beside_the_nearest_figure_or_says_there_is_none(lang: str) -> None:
    html = html_of(seen("waste", lang, "home"))
    assert html.count('<div class="card') == 5
    assert html.count('class="origin"') == 3
