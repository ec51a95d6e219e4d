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
