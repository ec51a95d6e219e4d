"""The drawing of added-up days: what it shows of the unknown, that its labels keep apart, what it weighs."""

import gzip
from datetime import date

import pytest
from msgspec.structs import replace

from reports import cumulative as report_of
from reports.cumulative import Cumulative
from tests import boxes
from tests.served import TODAY as DAY
from views.drawings import cumulative as trend_drawing
from views.drawings.cumulative import CARD, LIGHT, PHONE, WALL, Layout
from views.text.words import Words
from views.ui import cumulative as texts

TODAY = date.fromisoformat(DAY)
ZH, EN = Words("zh"), Words("en")
LAYOUTS = {"card": CARD, "phone": PHONE, "light": LIGHT, "wall": WALL}
LIGHT_BYTES = 3_000
WALL_LETTERS = 22


@pytest.fixture(scope="module")
def report() -> Cumulative:
    return report_of.cumulative(TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2026-02-03", "2026-05-20", "2026-10-07", "2026-11-23", "2025-12-31", "2026-01-02"])
@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_label_lies_on_another_or_leaves_the_picture(day: str, w: Words, layout: Layout) -> None:
    drawn = trend_drawing.drawing(report_of.cumulative(date.fromisoformat(day)), w, layout=layout)
    assert boxes.texts(drawn)
    assert boxes.overlapping(drawn) == []
    assert boxes.beyond(drawn) == []


@pytest.mark.parametrize("w", [ZH, EN], ids=["zh", "en"])
def test_it_is_light_enough_for_a_light_page_and_large_enough_for_a_wall(report: Cumulative, w: Words) -> None:
    assert len(gzip.compress(trend_drawing.drawing(report, w, layout=LIGHT).encode())) <= LIGHT_BYTES
    assert min(one.size for one in boxes.texts(trend_drawing.drawing(report, w, layout=WALL))) >= WALL_LETTERS


def test_days_without_data_are_hatched_and_counted(report: Cumulative) -> None:
    drawn = trend_drawing.drawing(report, ZH)
    assert "47 天没有数据" in drawn
    assert 'stroke-dasharray="1 ' in drawn
    whole = replace(report, last_day=report.until)
    assert (whole.unknown, whole.unknown_days) == ((), 0)
    assert 'stroke-dasharray="1 ' not in trend_drawing.drawing(whole, ZH)


def test_a_year_whose_last_one_knows_too_few_days_has_no_line_of_what_is_allowed() -> None:
    """2023 knows 315 days; its line has two pieces, with a gap from 25 February on."""
    drawn = trend_drawing.drawing(report_of.cumulative(date(2024, 3, 1)), ZH)
    assert "不比2023年差" not in drawn
    lines = [part for part in drawn.split("<path ") if 'stroke-width="1.5"/>' in part and "dasharray" not in part]
    assert [line.count("M") for line in lines] == [2]


def test_the_message_says_more_fewer_or_as_many(report: Cumulative) -> None:
    assert texts.message(report, ZH) == "到10月6日，2026年超标 28 天，比2025年同期多 1 天"
    assert texts.message(report, EN) == "Up to 6 October, 2026 had 28 bad days, 1 more than the same part of 2025"
    same = report.same
    equal = replace(same, comparison=replace(same.comparison, difference=0.0))
    assert texts.message(replace(report, same=equal), ZH).endswith("和2025年同期一样多")
    fewer = replace(same, comparison=replace(same.comparison, difference=-2.0))
    assert texts.message(replace(report, same=fewer), ZH).endswith("比2025年同期少 2 天")
    apart = replace(same, comparison=replace(same.comparison, difference=None))
    assert texts.message(replace(report, same=apart), ZH) == "到10月6日，2026年超标 28 天"


def test_counts_of_unlike_numbers_of_days_stand_with_them(report: Cumulative) -> None:
    """With one known day less this year the days above 100 stand beside the days they are of, without a difference."""
    fewer_days = replace(report.same, now=replace(report.same.now, known_days=278))
    short = replace(report, same=fewer_days)
    assert texts.message(short, ZH) == "到10月6日，2026年有数据的 278 天里超标 28 天，2025年同期 279 天里 27 天"
    assert texts.message(short, EN) == "Up to 6 October, 28 of the 278 days known of 2026 were bad; of 2025, 27 of 279"


def test_its_basis_names_edition_ozone_dust_and_what_is_left_out(report: Cumulative) -> None:
    text = texts.basis(report, ZH)
    for part in (
        "2026年版标准",
        "不计臭氧",
        "含沙尘天",
        "2026年有数据 279 天",
        "2025年 279 天",
        "不含2023年",
        "不是预报",
    ):
        assert part in text


def test_the_table_has_the_values_and_leaves_the_unknown_empty(report: Cumulative) -> None:
    table = texts.table(report, ZH).set_index("日期")
    assert table.loc["10月6日", ["2026", "2025", "2019年以来的范围"]].tolist() == [28, 27, "24–29"]
    assert table["2026"].isna()["10月31日"]
    assert table.loc["12月31日", "推算的八成可能"] == f"{report.course[-1].low}–{report.course[-1].high}"
