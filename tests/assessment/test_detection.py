"""Marks of values below the limit of detection: every reader understands the same ones."""

import math

import pytest

from assessment import detection
from assessment.command_line.cells import Mark, _number
from loaders import cells
from loaders.workbook import text as workbook

WITH_LIMIT = [
    "0.001L",
    "<0.001",
    "＜0.001",
    "< 0.001",
    "低于0.001",
    "小于0.001L",
    "<0.001mg/L",
    "ND(0.001)",
    "ND(<0.001L)",
    "1e-3L",
]
WITHOUT = [
    "ND",
    "n.d.",
    "未检出",
    "不检出",
    "没有检出",
    "低于检出限",
    "小于方法检出限",
    "低于最低检出限",
    "<DL",
    "<MDL",
    "<LOD",
    "<LOQ",
    "BDL",
]
NO_MARK = ["0.001", "1", "-1", "> 0.5", "<", "abc", "1 2L", "<1ug/L", "L0.025", "<1e999", "优", "0.001 L 2"]


@pytest.mark.parametrize("text", WITH_LIMIT)
def test_a_limit_that_is_named_is_read_by_every_reader(text: str) -> None:
    assert detection.limit(text) == 0.001
    assert cells.read_cell(text) == (0.0005, text, None)
    assert _number(text) == (Mark.BELOW_DETECTION, 0.0005)
    assert (read := workbook._below(text)) is not None
    assert float(read.text) == 0.0005


@pytest.mark.parametrize("text", WITHOUT)
def test_a_mark_without_a_limit_gives_no_value(text: str) -> None:
    limit = detection.limit(text)
    assert limit is not None
    assert math.isnan(limit)
    value, note, flags = cells.read_cell(text) or (0.0, None, None)
    assert (math.isnan(value), note, flags) == (True, text, None)
    mark, half = _number(text)
    assert (mark, math.isnan(half)) == (Mark.BELOW_DETECTION, True)
    assert (read := workbook._below(text)) is not None
    assert (read.text, read.mark) == ("", text)


@pytest.mark.parametrize("text", NO_MARK)
def test_what_is_no_mark_is_none(text: str) -> None:
    assert detection.limit(text) is None
    assert workbook._below(text) is None
