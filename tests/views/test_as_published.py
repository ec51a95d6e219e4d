"""What platforms write in Chinese beside their values, on English pages."""

import pytest

from reports.water import Item
from views.text import as_published
from views.text.words import Words
from views.ui import water as water_pieces

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("维护", "under maintenance"),
        ("站点设备检修中", "under maintenance"),
        ("停站（断流）", "no water"),
        ("停运", "station stopped"),
        ("当天质控不合格", "quality control failed"),
        ("仪器故障", "fault"),
        ("未检出", "not detected"),
        ("out of service", "out of service"),
    ],
)
def test_reasons_known_are_in_the_language_of_the_page(written: str, english: str) -> None:
    item = Item("ph", None, None, None, written)
    assert as_published.reason(item, EN) == english
    assert water_pieces.reason(item, EN) == english


def test_chinese_pages_show_reasons_as_published() -> None:
    assert as_published.reason(Item("ph", None, None, None, "站点设备检修中"), ZH) == "站点设备检修中"
    assert as_published.reason(Item("ph", None, None, None, "当天质控不合格"), ZH) == "质控不合格"


@pytest.mark.parametrize(
    ("written", "code"),
    [("停站（断流）", "dry"), ("停运", "stopped"), ("设备维护，质控未做", "withheld"), ("另有通知", None), ("", None)],
)
def test_a_reason_is_the_first_known_that_is_written(written: str, code: str | None) -> None:
    assert Item("ph", None, None, None, written).reason == code


def test_a_reason_nobody_knows_is_quoted_in_its_language() -> None:
    shown = water_pieces.reason(Item("ph", None, None, None, "<另有通知>"), EN)
    assert shown == '<span lang="zh-CN">“&lt;另有通知&gt;”</span>'
    assert water_pieces.reason(Item("ph", None, None, None), EN) == "—"


@pytest.mark.parametrize(
    ("mark", "english"),
    [
        ("低于0.001", "<0.001"),
        ("未检出(<0.025)", "<0.025"),
        ("未检出", "not detected"),
        ("0.001L", "0.001L"),
        ("ND", "ND"),
    ],
)
def test_marks_of_values_below_detection(mark: str, english: str) -> None:
    assert as_published.below_detection(mark, EN) == english
    assert as_published.below_detection(mark, ZH) == mark
