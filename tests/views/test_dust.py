"""The ledger of dust days: what was decided, and a sentence where nothing was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reports import dust
from store import facts
from tests import imports
from tests.pages.visits import html_of


@pytest.fixture
def own(filled_store: Path, tmp_path: Path) -> Iterator[Path]:
    with imports.own_store(filled_store, tmp_path):
        yield tmp_path


def _page(lang: str, year: int) -> None:
    from datetime import UTC, datetime

    from reports import dust as report
    from views.site import dust as dust_blocks
    from views.text.words import Words
    from views.visit import Visit

    dust_blocks.ledger(Visit(Words(lang), "light", datetime(2026, 11, 23, tzinfo=UTC), False), report.ledger(year))


def shown(lang: str, year: int) -> str:
    run = AppTest.from_function(_page, args=(lang, year)).run()
    assert not run.exception
    return html_of(run)


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "没有查到2026年的沙尘日认定"), ("en", "No decisions on dust days in 2026 were found")]
)
def test_without_a_decision_there_is_a_sentence(own: Path, lang: str, sentence: str) -> None:
    assert sentence in shown(lang, 2026)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ("2026年查到2天的认定：扣除1天，不扣除1天", "2026年4月12日", "附件", "已扣除沙尘天")),
        ("en", ("2 decisions found for 2026: 1 deducted, 1 kept", "12 April 2026")),
    ],
)
def test_decisions_are_listed_day_by_day(own: Path, lang: str, sentences: tuple[str, ...]) -> None:
    imports.bring(own, imports.DUST, imports.DUST_DAY, "2026-03-02,不扣除,plan14,附件")
    text = shown(lang, 2026)
    for sentence in sentences[:3]:
        assert sentence in text
    assert [one.day.isoformat() for one in dust.ledger(2026).days] == ["2026-03-02", "2026-04-12"]
    assert dust.ledger(2025).days == ()


def test_the_particles_of_the_day_come_from_the_archive(own: Path) -> None:
    imports.bring(own, imports.DUST, imports.DUST_DAY)
    (day,) = dust.ledger(2026).days
    measured = facts.table("air_daily").set_index("date").loc["2026-04-12"]
    assert (day.pm10, day.pm25) == (measured["pm10_ugm3"], measured["pm25_ugm3"])


def test_two_documents_on_one_day_are_one_day(own: Path) -> None:
    imports.bring(own, imports.DUST, imports.DUST_DAY, "2026-04-12,不扣除,action2426,附件")
    ledger = dust.ledger(2026)
    assert (len(ledger.days), ledger.deducted, ledger.counted) == (2, 1, 0)
