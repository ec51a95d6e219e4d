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
    assert as_published.reason(written, EN) == english
    assert water_pieces.reason(Item("ph", None, None, None, written), EN) == english


def test_chinese_pages_show_reasons_as_published() -> None:
    assert as_published.reason("站点设备检修中", ZH) == "站点设备检修中"


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
