import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visits import descriptions, html_of, seen

ANSWERS = {
    "zh": ("每100吨一般工业固废有<em>92.1吨</em>派上了用场", "24.02万吨", "差额，去向未说明", "未查到"),
    "en": ("<em>92.1 of every 100 tonnes</em>", "240,200 t", "Rest, not stated", "Not found"),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, AppTest]:
    return request.param, seen("waste", request.param)


def test_the_page_answers_its_question(page: tuple[str, AppTest]) -> None:
    lang, run = page
    assert not run.exception
    for sentence in ANSWERS[lang]:
        assert sentence in html_of(run)


def test_every_number_of_the_flow_leads_to_its_origin(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert html_of(run).count('class="origin"') >= 20


def test_every_chart_is_described(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert len(descriptions(run)) == 1
    assert "93.4" in descriptions(run)[0]


def test_rates_by_different_definitions_stay_apart(page: tuple[str, AppTest]) -> None:
    _, run = page
    for rate in ("25", "38.7", "88"):
        assert f'<div class="value">{rate}<small>%' in html_of(run)
