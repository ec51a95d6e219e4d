"""The register on the pages: bans and due dates on Goals, coverage on Data and methods."""

import html

import pytest

from reports import register
from tests.pages.visits import whole


@pytest.mark.parametrize(("lang", "place"), [("zh", "第六章第二节"), ("en", "Chapter 6, Section 2")])
def test_every_row_the_page_lists_is_there_with_its_place(lang: str, place: str) -> None:
    page = html.unescape(whole("goals", lang))
    for one in register.listed("goals"):
        assert getattr(one.row.summary, lang) in page, one.row.register_id
    assert place in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("目标（2030年前）", "目标（规划期末，2025年）127", "目标（到“十四五”末）", "目标 2025年 ≥\xa038%")),
        ("en", ("Target (before 2030)", "Target (end of the plan, 2025): 127", "Target 2025: ≥\xa038%")),
    ],
)
def test_a_target_says_whose_date_it_has(lang: str, words: tuple[str, ...]) -> None:
    """The plan dates table 2 and a few sentences; for the others its own end is taken, and the card states it."""
    page = html.unescape(whole("goals", lang))
    for one in words:
        assert one in page, one
    assert "2029" not in page


@pytest.mark.parametrize(("lang", "reason"), [("zh", "没有可检验的终点 "), ("en", "no end by which to tell: ")])
def test_every_document_is_shown_with_what_became_of_its_sentences(lang: str, reason: str) -> None:
    page = html.unescape(whole("method", lang))
    for one in register.coverage():
        assert getattr(one.source.document.title, lang)[:20] in page
        if "general" in one.left_out:
            assert f"{reason}{one.left_out['general']}" in page
