"""Pages with live values: shown with their age, marked when out of date, never gone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from reports import lookup
from store import database, sources, state
from store.states import FailureCause
from tests import live_stores
from tests.live_stores import at, hours, write_readings
from tests.pages.visits import html_of, seen, visit
from views.text.words import Words
from views.ui import advice as advice_pieces

SIX = at("2026-11-23T18:00")
PAGES = ("overview", "air", "water", "greening", "method")
BADGE = {"zh": "已过期", "en": "Out of date"}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which two sources have spoken; for all tests here, which copy it."""
    folder = tmp_path_factory.mktemp("filled")
    with live_stores.filled(folder):
        write_all_readings()
        database.engine().dispose()  # all is in the one file
    return folder / "live.db"


@pytest.fixture
def on_the_air(filled: Path, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Lets the sources have spoken, from the call on."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(live_stores.copied(filled, tmp_path))


def write_all_readings() -> None:
    """An hour of the city, two stations, two capitals and a section."""
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [80.0, 96.0, 84.0], primary_pollutants="PM10"), now=SIX)
    write_readings("cnemc_air", hours("xining", "pm10_ugm3", SIX, [97.0]) + hours("xian", "aqi", SIX, [120.0]), now=SIX)
    write_readings("cnemc_air", hours("3055A", "aqi", SIX, [91.0]) + hours("3629A", "aqi", SIX, [77.0]), now=SIX)
    section = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2026-11-23T16:00")}
    values = {"ph": 8.1, "do_mgl": 9.0, "codmn_mgl": 2.5, "nh3n_mgl": 1.2, "tp_mgl": 0.1}
    rows = [{**section, "item": item, "value": value} for item, value in values.items()]
    rows.append({**section, "item": "tn_mgl", "value": None, "note": "当天质控不合格"})
    write_readings("cnemc_water", rows, now=SIX)


def shown(page: str, time: str, monkeypatch: pytest.MonkeyPatch, lang: str = "zh") -> str:
    monkeypatch.setenv("XINING_TODAY", time)
    return html_of(seen(page, lang))


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("overview", "数据时间 11月23日 18:00 · 30分钟前"),
        ("air", "数据时间 11月23日 18:00 · 30分钟前"),
        ("air", "最近有数的一天里最高 96（11月23日 17:00），最后一小时 84"),
        ("air", "11月23日 18:00，2 个站点的指数在 77 到 91 之间"),
        ("air", "往年的11月23日："),
        ("air", "11月23日 18:00，有数的 2 个西北省会里，西宁排第 1"),
        ("water", "数据时间 11月23日 16:00 · 2小时前"),
        ("water", "质控不合格"),
        ("method", "5 个在线来源中，2 个的数据是新的"),
    ],
)
def test_the_newest_value_is_shown_with_its_age(
    page: str, sentence: str, on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_air()
    assert sentence in shown(page, "2026-11-23T18:30", monkeypatch)


def test_the_river_is_judged_by_its_newest_reading(
    on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ammonia nitrogen 1.2 mg/L is class Ⅳ: worse than the target of Ⅲ."""
    on_the_air()
    text = shown("overview", "2026-11-23T18:30", monkeypatch)
    assert "Ⅳ类" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_follows_what_comes_in(
    page: str, on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports are computed anew while the drawings they share with those before stay cached."""
    on_the_air()
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    assert not visit(page, "zh").exception
    row = {"place_id": "xiaoxia", "averaging": "instant", "at": at("2026-11-23T18:00"), "item": "ph", "value": 8.2}
    write_readings("cnemc_water", [row], now=SIX)
    write_readings("cnemc_air", hours("xining", "aqi", SIX, [85.0]), now=SIX)
    assert not visit(page, "zh").exception


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", ["overview", "air", "water", "method"])
def test_after_a_dead_day_the_last_value_stays_and_wears_a_badge(
    page: str, lang: str, on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_air()
    fresh = shown(page, "2026-11-23T18:30", monkeypatch, lang)
    for name in ("cnemc_air", "cnemc_water"):
        with database.engine().begin() as c:
            state.failed(
                c,
                sources.get(name),
                now=SIX + timedelta(hours=1),
                next_at=SIX,
                reason="connection refused",
                cause=FailureCause.REFUSED,
            )
    late = shown(page, "2026-11-24T18:30", monkeypatch, lang)
    assert BADGE[lang] not in fresh
    assert BADGE[lang] in late
    if page in ("overview", "air"):
        assert ">84<" in late
    assert {"zh": "拒绝连接", "en": "connection refused"}[lang] in late


@pytest.mark.parametrize("page", PAGES)
def test_without_any_live_number_every_page_stands(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page, "2026-11-23T18:30", monkeypatch)
    assert "pagefail" not in text
    if page == "air":
        assert "从未取得" in text


TITLES = {"overview": "overview.title_both", "air": "air.now_title"}


def advice_and_now(page: str, text: str, w: Words) -> tuple[bool, bool]:
    """Whether a page advises by the hour's level (the table of all levels apart), and whether a title says now."""
    given = [w.of(row.advice) for row in lookup.categories()]
    advised = 'class="groups"' in text or any(f">{one}</{tag}>" in text for one in given for tag in ("span", "div"))
    return advised, w(TITLES[page]) in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", TITLES)
def test_old_air_gives_no_advice_and_is_not_called_now(
    page: str, lang: str, on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    w = Words(lang)
    assert advice_and_now(page, shown(page, "2026-11-23T18:30", monkeypatch, lang), w) == (False, False)
    on_the_air()
    assert advice_and_now(page, shown(page, "2026-11-23T18:30", monkeypatch, lang), w) == (True, True)
    assert advice_and_now(page, shown(page, "2026-11-23T20:31", monkeypatch, lang), w) == (False, False)


@pytest.mark.parametrize("page", ["air", "overview"])
def test_advice_is_drawn_anew_with_the_hour(
    page: str, on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that stays open must not go on to advise by an hour that has passed."""
    on_the_air()
    refreshed: list[bool] = []
    groups = advice_pieces.groups

    def drawn(*args: Any, **options: Any) -> Markup:
        refreshed.append(ThreadState.get().fragment_id is not None)
        return groups(*args, **options)

    monkeypatch.setattr(advice_pieces, "groups", drawn)
    monkeypatch.setenv("XINING_TODAY", "2026-11-23T18:30")
    visit(page, "zh")
    assert refreshed
    assert all(refreshed)


def test_a_doubtful_reading_is_listed_and_judges_nothing(
    on_the_air: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_air()
    write_readings("cnemc_air", hours("xining", "aqi", at("2026-11-23T19:00"), [480.0], flags="jump,stuck"), now=SIX)
    text = shown("method", "2026-11-23T19:30", monkeypatch)
    assert "最近 1 个存疑的读数" in text
    assert "突然跳变" in text
    assert ">84<" in shown("air", "2026-11-23T19:30", monkeypatch)
