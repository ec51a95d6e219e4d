"""What an official imported is on the pages at once, with its source."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests import imports
from tests.pages.visits import html_of, seen, whole


@pytest.fixture(scope="module", autouse=True)
def brought(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("imported")
    with imports.own_store(filled_store, folder):
        for lines in imports.EVERYTHING:
            imports.bring(folder, *lines)
        yield


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "zh",
            (
                "1处更正",
                "2026年11月23日",
                "优良天数 · 西宁市 · 2013年",
                "221天 → <strong>222天</strong>",
                "张三",
                "原件核对后改正",
            ),
        ),
        (
            "en",
            (
                "Corrections: 1",
                "23 November 2026",
                "Good-air days · Xining · 2013",
                "221 days → <strong>222 days</strong>",
            ),
        ),
    ],
)
def test_the_data_page_logs_what_was_corrected(lang: str, sentences: tuple[str, ...]) -> None:
    page = whole("method", lang)
    for sentence in sentences:
        assert sentence in page


def test_the_data_page_counts_the_rows_that_came_in() -> None:
    from reports import method

    rows = {one.name: one for one in method.holdings()}
    assert (rows["task_status"].rows, rows["dust_days"].rows, rows["dust_days"].until) == (1, 1, "2026-04-12")


@pytest.mark.parametrize(
    ("lang", "pill", "text"),
    [
        ("zh", "进行中，已过期限（截至2026年9月30日）", "进展：进行中，已过期限（截至2026年9月30日）。完成八成"),
        (
            "en",
            "under way, past its date (as of 30 September 2026)",
            "Progress: under way, past its date (as of 30 September 2026). 完成八成",
        ),
    ],
)
def test_the_actions_page_says_how_a_task_stands(lang: str, pill: str, text: str) -> None:
    run = seen("actions", lang, "tasks")
    assert not run.exception
    assert f'<span class="pill behind">{pill}</span>' in html_of(run)
    assert text in html_of(run)
    unknown = {"zh": "已到期，结果未查到", "en": "due, result not found"}[lang]
    assert html_of(run).count(f">{unknown}</span>") == 3  # of the four that are due the other three


def test_a_report_is_late_only_after_the_end_date_and_only_while_it_is_not_done() -> None:
    from reports import actions

    part = next(one for one in actions.tasks(imports.NOW.date()).parts if one.number == "7.3")
    assert part.status is not None
    for word, as_of, late in (
        ("running", "2025-12-31", False),
        ("running", "2026-01-01", True),
        ("delayed", "2026-01-01", True),
        ("done", "2026-01-01", False),
    ):
        row = replace(part.status.row, status=word, as_of=date.fromisoformat(as_of))
        assert replace(part, status=replace(part.status, row=row)).late == late


@pytest.mark.parametrize(("lang", "sentence"), [("zh", "2026年10月"), ("en", "October 2026")])
def test_the_water_page_shows_the_class_of_the_month(lang: str, sentence: str) -> None:
    run = seen("water", lang)
    assert not run.exception
    assert sentence in html_of(run)
    from reports import water
    from store import clock

    latest = water.river(clock.today()).section("xiaoxia").latest
    assert latest is not None
    assert (latest.period, latest.water_class) == ("2026-10", 3)


@pytest.mark.parametrize(("lang", "sentence"), [("zh", "12.5<small>万吨"), ("en", "125,000<small>t")])
def test_the_waste_page_shows_the_new_amount(lang: str, sentence: str) -> None:
    run = seen("waste", lang)
    assert not run.exception
    assert sentence in html_of(run)
