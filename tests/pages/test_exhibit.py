"""The exhibit's page on the site: its text and where it leads."""

import re
from unittest.mock import Mock

import pytest

from reports import story
from tests.pages.visits import html_of, visit
from views.drawings import qr
from views.exhibit import frame as exhibit_frame
from views.exhibit.frame import CHAPTERS


@pytest.mark.parametrize(("lang", "words"), [("zh", "五章故事"), ("en", "A story in five chapters")])
def test_the_way_in_and_the_posters(lang: str, words: str) -> None:
    run = visit("exhibit", lang)
    assert not run.exception
    text = html_of(run)
    assert words in text
    assert f'href="./?view=exhibit&amp;lang={lang}"' in text
    for number, name in enumerate(CHAPTERS, 1):
        assert f'href="./?view=exhibit&amp;chapter={number}&amp;lang={lang}"' in text
        for poster in ("zh", "en"):
            assert f'href="/poster/{name}.pdf?lang={poster}"' in text


def test_each_sentence_leads_to_its_origin() -> None:
    assert html_of(visit("exhibit", "zh")).count('class="origin"') == len(CHAPTERS)


def test_each_chapter_carries_a_code_to_its_light_page_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://sky.example")
    codes = Mock(wraps=qr.public)
    monkeypatch.setattr(qr, "public", codes)
    exhibit_frame.document(1, "zh", "light", "")
    paths = ("/lite/air", "/lite/water", "/lite/waste", "/lite/greening", "/lite")
    assert {(path, lang) for path in paths for lang in ("zh", "en")} <= {call.args for call in codes.call_args_list}


def test_without_a_public_address_no_code_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XINING_PUBLIC_URL", raising=False)
    page = exhibit_frame.document(1, "zh", "light", "")
    assert "segno" not in page
    assert "localhost" not in page


def test_the_page_has_the_whole_story_in_both_languages_and_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://sky.example")
    page = exhibit_frame.document(2, "en", "dark", "")
    assert '<html lang="en" class="kiosk" style="color-scheme:dark">' in page
    for lang in ("zh", "en"):
        (story,) = re.findall(rf'<div data-story="{lang}".*?(?=<div data-story=|<div class="x attract")', page, re.S)
        assert len(re.findall(r"<section [^>]*data-screen=", story)) == 2 + 4 + 8 + 2
        assert len(re.findall(r'data-code="[a-z,]+"', story)) == 6 + 15 + 20  # one, two or three of six pledges
    assert "<a " not in page
    assert not re.search(r'(src|href)="https?:', page)


def test_both_years_are_there_day_by_day_with_what_differs() -> None:
    page = exhibit_frame.document(1, "zh", "light", "")
    assert len(re.findall(r'<rect [^>]*rx="4"', page)) == 2 * (365 + 365)
    sky = story.sky()
    for levels, good in zip(re.findall(r'data-count="(\d+)"', page)[:2], (271, 334), strict=True):
        assert len(levels) == 365
        assert sum(level in "12" for level in levels) == good  # the running count ends at the headline's number
    assert sky.more_between == (334 - 282, 334 - 266)
    for words in (
        "2018年9月起",
        "多约 63 天（52—68）",
        "量法变了，不是空气变好",
        "只有原值的 75%",
        "约 94 天是量法变了",
        "约271（266—282）",
        "2014年 364 天，2025年 0 天",
    ):
        assert words in page


def test_the_bins_say_by_what_they_are_named_and_how_surely() -> None:
    assert story.kinds().evidence == "secondary"
    page = exhibit_frame.document(3, "zh", "light", "")
    assert re.findall(r'<p class="origin kinds" data-at="">([^<]*)</p>', page) == [
        "家庭垃圾分四类，按 GB/T 19095-2019，经他人转述",
        "Four kinds of household waste by GB/T 19095-2019: second-hand",
    ]
