import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from loaders.answer import readings as frame_of
from store import database
from store import readings as readings_store
from store.clock import ZONE
from tests import live_stores
from tests.pages.visits import descriptions, html_of, seen, whole

ANSWERS = {
    "zh": (
        "从2014年的32%长到<em>37.8%</em>，离目标还差0.2个百分点",
        "2025年的最终结果没有查到",
        "还没有问过这个来源",
        "建成区绿化覆盖率：2016年，2020年，2022年公布的都是40.5%",
    ),
    "en": (
        "Forest coverage grew from 32% in 2014 to <em>37.8%</em>: 0.2 points short",
        "the final result for 2025 was not found",
        "this source has not been asked yet",
        "40.5% as published for 2016, 2020, 2022",
    ),
}


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, whole("greening", request.param)


def test_the_page_answers_its_question(page: tuple[str, str]) -> None:
    lang, html = page
    for sentence in ANSWERS[lang]:
        assert sentence in html


def test_both_figures_of_mid_2025_are_shown(page: tuple[str, str]) -> None:
    _, html = page
    assert "<strong>37%</strong>" in html
    assert "<strong>37.8%</strong>" in html


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_is_described(lang: str) -> None:
    park, cover = descriptions(seen("greening", lang, "city"))
    assert ("13.08" in park, "40.5" in cover) == (True, True)


def test_hills_are_drawn_dot_by_dot(page: tuple[str, str]) -> None:
    _, html = page
    assert html.count('style="fill:var(--leaf)"') >= 7 + 79


# ── greenness from space ─────────────────────────────────────────────────────────────────────────────────────────────
NOW = datetime(2026, 11, 23, 12, tzinfo=ZONE)


@pytest.fixture
def held_composites(filled_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of its own with two years of composites of the mountains and the urban core."""
    own = tmp_path / "facts.db"
    with closing(sqlite3.connect(filled_store)) as here, closing(sqlite3.connect(own)) as there:
        here.backup(there)
    monkeypatch.setenv("XINING_DATABASE_URL", f"sqlite:///{own}")
    with database.engine().begin() as c:
        readings_store.write(c, frame_of(list(live_stores.composites())), raw_id=None, now=NOW)


SEEN = {
    "zh": (
        "南北山（示意）2026年生长季比2025年更绿：植被指数0.43，高0.03",
        "主城区（示意）2026年生长季比2025年更绿：植被指数0.23，高0.03",
        "云雪太多",
        "12%",
        '0.40<br><span class="muted small">1年平均</span>',
        "不是绿化工程的公布边界",
    ),
    "en": (
        "South and North Mountains (schematic): greener in the growing season of 2026 than in 2025",
        "with an index of 0.43, up 0.03",
        "cloud or snow",
        "12%",
        '0.40<br><span class="muted small">years: 1</span>',
        "not the published outline of the greening project",
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_greenness_from_space_by_season_and_year(held_composites: None, lang: str) -> None:
    run = seen("greening", lang, "space")
    assert not run.exception
    for sentence in SEEN[lang]:
        assert sentence in html_of(run)
    mountains, core = descriptions(run)
    assert "0.43" in mountains
    assert "0.23" in core


@pytest.mark.parametrize(("lang", "words"), [("zh", "从未取得"), ("en", "Never received")])
def test_without_a_composite_there_is_a_line_and_no_chart(lang: str, words: str) -> None:
    run = seen("greening", lang, "space")
    assert words in html_of(run)
    assert descriptions(run) == []


@pytest.mark.parametrize(
    ("lang", "named", "area"),
    [
        ("zh", "拉脊山", "整个公园508.7公顷（2020年）；其余没有查到。"),
        ("en", "Laji Mountains", "508.7 ha for the whole park (2020); of the others none was found."),
    ],
)
def test_the_first_tab_draws_the_green_places_within_the_plans_scheme_beside_the_forests_way(
    lang: str, named: str, area: str
) -> None:
    html = html_of(seen("greening", lang))
    assert re.search(f'<svg[^>]*aria-label="[^"]*{named}', html)
    assert re.search('<svg[^>]*aria-label="[^"]*37.8%', html)
    assert "508.7" in html
    assert area in html
