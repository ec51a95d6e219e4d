"""The log of corrections in both languages: every column that can change has a name, every value its words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.workbook.sheets import SHEETS
from reports.corrections import Correction, corrections
from tests import imports
from views.text.words import Words
from views.ui.corrections import _column, _word, table

LANGUAGES = ("zh", "en")


@pytest.fixture
def own(filled_store: Path, tmp_path: Path) -> Iterator[Path]:
    with imports.own_store(filled_store, tmp_path):
        yield tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_and_every_choice_of_the_workbook_has_words(lang: str) -> None:
    w = Words(lang)
    for sheet in SHEETS:
        for one in sheet.fields:
            if not one.column.primary_key and one.name != "unit_id":
                assert _column(one.name, w)
                for choice in one.labels:
                    correction = Correction(
                        imports.NOW, sheet.table.name, (), None, "", {}, one.name, choice, choice, "", "", 0
                    )
                    assert _word(correction, choice, w)


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("zh", ("小峡桥断面 · 2026年10月", "水质类别<br>Ⅲ类 → <strong>Ⅳ类</strong>", "断面水质类别", "附表1")),
        ("en", ("Xiaoxia Bridge section · October 2026", "Water class<br>Class Ⅲ → <strong>Class Ⅳ</strong>")),
    ],
)
def test_a_class_put_right(own: Path, lang: str, parts: tuple[str, ...]) -> None:
    imports.bring(own, imports.CLASSES, imports.CLASS)
    imports.bring(own, imports.CLASSES, imports.CLASS.replace("Ⅲ", "Ⅳ"))
    made = table(corrections(), Words(lang))
    for part in parts:
        assert part in made


def test_a_concentration_put_right_has_its_unit(own: Path) -> None:
    head = "断面,月份,氨氮,来源文件,文件中的位置"
    for value in ("0.35", "0.25"):
        imports.bring(own, head, f"小峡桥,2026-10,{value},plan14,附表2")
    assert "氨氮<br>0.35 mg/L → <strong>0.25 mg/L</strong>" in table(corrections(), Words("zh"))


def test_a_value_that_comes_to_a_known_row_was_not_there_before(own: Path) -> None:
    head = "断面,月份,氨氮,总磷,来源文件,文件中的位置"
    imports.bring(own, head, "小峡桥,2026-10,0.35,,plan14,附表2")
    imports.bring(own, head, "小峡桥,2026-10,0.35,0.06,plan14,附表2")
    assert "总磷<br>— → <strong>0.06 mg/L</strong>" in table(corrections(), Words("zh"))


def test_what_people_write_is_no_markup(own: Path) -> None:
    imports.bring(own, imports.CLASSES, imports.CLASS)
    imports.bring(own, imports.CLASSES + ",备注", imports.CLASS + ",<b>雨后</b>")
    made = table(corrections(), Words("zh"))
    assert "&lt;b&gt;雨后&lt;/b&gt;" in made
    assert "<b>" not in made
