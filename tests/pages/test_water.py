import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.visits import descriptions, said, visit

pytestmark = pytest.mark.xdist_group("pages")
ANSWERS = {
    "zh": ("湟水流出西宁时是<em>Ⅱ类</em>，好于Ⅲ类的目标", "2026年9月23日5时自动监测（61天前）", "13个断面里，4个查得到类别"),
    "en": ("left Xining at <em>Class Ⅱ</em>, better than its target of Class Ⅲ", "(61 days ago)", "for 4 of 13 sections"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, AppTest]:
    return request.param, visit("water", request.param)


def test_the_page_answers_its_question(page: tuple[str, AppTest]) -> None:
    lang, run = page
    assert not run.exception
    for sentence in ANSWERS[lang]:
        assert sentence in said(run)


def test_charts_and_map_are_described(page: tuple[str, AppTest]) -> None:
    _, run = page
    told = descriptions(run)
    assert len(told) == 3
    assert "62.5" in told[0]
    assert "87.5" in told[1]


def test_both_layouts_of_the_river_are_there(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert said(run).count('<div class="if-wide"><svg') == 1
    assert said(run).count('<div class="if-narrow"><svg') == 1


def test_both_classes_of_2020_stand_side_by_side(page: tuple[str, AppTest]) -> None:
    lang, run = page
    assert {"zh": "※ 两处说法不一", "en": "※ documents disagree"}[lang] in said(run)
    assert said(run).count("83.3%") >= 1


def test_counts_of_outfalls_are_never_one(page: tuple[str, AppTest]) -> None:
    _, run = page
    for count in ("668", "743", "1515"):
        assert f'<div class="value">{count}<small>' in said(run)


def test_numbers_lead_to_their_origin(page: tuple[str, AppTest]) -> None:
    _, run = page
    assert said(run).count('class="origin"') >= 40
