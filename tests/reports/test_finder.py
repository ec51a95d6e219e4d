"""The search: either language, any case, pinyin and its initials; the nearest first; nothing of it is kept."""

import pytest

from reports import finder
from store import cache, facts, records


def titles(text: str, kind: finder.Kind) -> list[str]:
    return [one.title.zh for one in finder.find(text).by_kind[kind]]


@pytest.mark.parametrize(
    "asked", ["空气质量指数", "kqzlzs", "KQZLZS", "kongqizhiliangzhishu", "air quality index", "  Air Quality INDEX "]
)
def test_a_term_is_found_in_either_language_and_by_pinyin(asked: str) -> None:
    assert "空气质量指数" in titles(asked, "term")


@pytest.mark.parametrize("asked", ["PM2.5", "pm2.5", "PM₂.₅", "ＰＭ２．５"])
def test_forms_of_one_letter_are_one(asked: str) -> None:
    assert titles(asked, "indicator") == titles("PM2.5", "indicator") != []


def test_initials_of_part_of_a_name_find_it() -> None:
    assert any("空气质量" in one for one in titles("kqzl", "document"))
    assert any("空气质量" in one for one in titles("kqzl", "indicator"))


def test_what_is_named_so_comes_first() -> None:
    found = titles("首要污染物", "term")
    assert found[0] == "首要污染物"


def test_all_words_must_be_there() -> None:
    both = finder.find("优良天数 2020").by_kind["figure"]
    assert both
    for one in both:
        assert "优良天数" in one.title.zh
        assert "2020" in one.title.zh


def test_every_kind_is_found_by_its_own_name() -> None:
    every = {
        "indicator": [row.name.zh for row in facts.by_id(records.Indicator).values()],
        "document": [row.title.zh for row in facts.by_id(records.Document).values()],
        "term": [row.zh for row in facts.by_id(records.Term).values()],
    }
    index = [one.hit for one in finder.index()]
    for kind, names in every.items():
        assert sorted(one.title.zh for one in index if one.kind == kind) == sorted(names)
    assert sum(one.kind == "figure" for one in index) == sum(
        row.value is not None for row in facts.every(records.Figure)
    )
    assert any(one.kind == "search" for one in index)


@pytest.mark.parametrize("asked", ["", "   ", "xyzzy", "空气质量 xyzzy"])
def test_nothing_asked_or_nothing_known_finds_nothing(asked: str) -> None:
    assert finder.find(asked).total == 0


def test_the_words_are_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """The index is cached once; another search adds nothing to any cache and nothing to the log."""
    finder.find("warm up")
    before = {name: one.entries for name, one in cache.counters().items()}
    assert before
    finder.find("qwertyuiopword")
    assert {name: one.entries for name, one in cache.counters().items()} == before
    assert "qwertyuiopword" not in caplog.text
