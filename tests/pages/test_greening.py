import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visits import descriptions, said, visit

pytestmark = pytest.mark.xdist_group("pages")
ANSWERS = {
    "zh": (
        "从2014年的32%长到<em>37.8%</em>，离目标还差0.2个百分点",
        "2025年的最终结果还没有公布",
        "卫星植被指数尚无入库数据",
        "2016年以来一直是40.5%",
    ),
    "en": (
        "Forest cover grew from 32% in 2014 to <em>37.8%</em>: 0.2 points short",
        "the final result for 2025 was not published",
        "No satellite greenness data in the store",
        "has been 40.5% since 2016",
    ),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, AppTest]:
    return request.param, visit("greening", request.param)


def test_the_page_answers_its_question(page: tuple[str, AppTest]) -> None:
    lang, run = page
    assert not run.exception
    for sentence in ANSWERS[lang]:
        assert sentence in said(run)


def test_both_figures_of_mid_2025_are_shown(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert "<strong>37%</strong>" in said(run)
    assert "<strong>37.8%</strong>" in said(run)


def test_every_chart_and_map_is_described(page: tuple[str, AppTest]) -> None:
    _, run = page
    forest, park, cover, places = descriptions(run)
    assert ("37.8" in forest, "13.08" in park, "40.5" in cover) == (True, True, True)
    assert len(places) > 100  # names every place


def test_hills_are_drawn_dot_by_dot(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert said(run).count('style="fill:var(--leaf)"') >= 7 + 79
