"""Published days beside the site's own: each item by its terms, those that differ at sight."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reports import air, published_days
from tests import imports
from tests.pages.visits import html_of

HEADER = "日期,城市,AQI,PM2.5（µg/m³）,PM10（µg/m³）,CO（mg/m³）,来源文件,文件中的位置"


@pytest.fixture
def own(filled_store: Path, tmp_path: Path) -> Iterator[Path]:
    with imports.own_store(filled_store, tmp_path):
        yield tmp_path


def _page(lang: str, block: str) -> None:
    from datetime import UTC, datetime

    from reports import published_days as report
    from views.site import published_days as published_blocks
    from views.text.words import Words
    from views.visit import Visit

    visit = Visit(Words(lang), "light", datetime(2026, 11, 23, tzinfo=UTC), False)
    getattr(published_blocks, block)(visit, report.published_days())


def shown(lang: str, block: str) -> str:
    run = AppTest.from_function(_page, args=(lang, block)).run()
    assert not run.exception
    return html_of(run)


def archived(day: str) -> dict[str, float]:
    frame = air.days()
    row = frame[frame["date"] == day].iloc[0]
    return {name: float(row[name]) for name in ("aqi", "pm25_ugm3", "pm10_ugm3", "co_mgm3")}


def bring(folder: Path, day: str, pm10_more: float) -> None:
    """A published day as the archive has it, but for PM10."""
    known = archived(day)
    numbers = (known["aqi"] + 7, known["pm25_ugm3"], known["pm10_ugm3"] + pm10_more, known["co_mgm3"])
    imports.bring(folder, HEADER, ",".join((day, "西宁市", *(f"{one:g}" for one in numbers), "plan14", "日报")))


@pytest.mark.parametrize(
    ("lang", "sentence"), [("zh", "还没有导入公布的空气质量日报"), ("en", "has been imported yet")]
)
def test_without_a_published_day_there_is_a_sentence_on_methods_and_nothing_on_air(
    own: Path, lang: str, sentence: str
) -> None:
    assert sentence in shown(lang, "beside_series")
    assert shown(lang, "differing") == ""


def test_items_are_compared_by_their_terms_only(own: Path) -> None:
    bring(own, "2026-04-12", 3)
    (day,) = published_days.published_days().days
    by_item = {one.item: one for one in day.items}
    assert [one.item for one in day.differing] == ["pm10_ugm3"]
    compared = by_item["pm10_ugm3"].compared
    assert compared is not None
    assert compared.difference == 3
    index = by_item["aqi"].compared
    assert index is not None
    assert index.dimensions == ("ozone",)  # the archive's day has no 8-hour ozone of the city: not the same index
    assert day.provenance.kind == "published"
    assert day.series is not None
    assert day.series.kind == "archive"


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ("1天的日报；其中1天本站也有同口径的数，1天不一致", "不一致</strong>", "口径不同", "附件")),
        ("en", ("1 published days; for 1 of them", "differs</strong>", "other terms", "附件")),
    ],
)
def test_both_pages_show_a_day_that_differs(own: Path, lang: str, sentences: tuple[str, ...]) -> None:
    bring(own, "2026-04-12", 3)
    text = shown(lang, "beside_series")
    for sentence in sentences[:3]:
        assert sentence in text
    assert sentences[1] in shown(lang, "differing")


def test_a_day_that_agrees_stands_on_methods_alone(own: Path) -> None:
    bring(own, "2026-04-12", 0)
    report = published_days.published_days()
    assert (len(report.days), report.beside, report.differing) == (1, 1, ())
    assert shown("zh", "differing") == ""


def test_a_day_the_site_does_not_know_says_so(own: Path) -> None:
    imports.bring(own, HEADER, "2013-01-05,西宁市,120,80,150,1.5,plan14,日报")
    (day,) = published_days.published_days().days
    assert (day.day, day.series, day.differing) == (date(2013, 1, 5), None, ())
    assert "本站没有" in shown("zh", "beside_series")
