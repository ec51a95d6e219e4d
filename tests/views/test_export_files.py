"""Tables as files: nothing a spreadsheet runs, numbers that stay numbers, the same bytes for the same table."""

import io
import json
import zipfile
from datetime import date

import pandas as pd
import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from tests.checks import not_none
from views.exports import cells, excel, files
from views.exports.files import About

ABOUT = About("说明", (("出处", "《公报》"), ("网址", "=1+1")), "天更蓝 水更清 · 表")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\r=1", "\n=1", " =1+1", "-", "=cmd|' /C calc'!A0", "＝1+1", "－A1", "+86 971"],
)  # fmt: skip
def test_a_formula_becomes_text(text: str) -> None:
    expected = text if text == "-" else "'" + text
    assert cells.defused(text) == expected


@pytest.mark.parametrize(
    "text",
    ["-0.5", "-12", "+3", "-1.5e-3", "-3%", "-3 %", "-.5", "=", "+", "@", "", "2026", "−0.5", "—", "a=b", "x@y", ">=", "1-2"],
)  # fmt: skip
def test_numbers_signs_alone_and_other_words_stay(text: str) -> None:
    assert cells.defused(text) == text


def test_a_csv_begins_with_its_mark_and_defuses_each_cell() -> None:
    made = files.delimited(["站点", "mean"], [["=HYPERLINK(1)", -0.5], [None, 1e-5], ["a,b", date(2026, 1, 2)]])
    assert made == '\ufeff站点,mean\n\'=HYPERLINK(1),-0.5\n,1e-05\n"a,b",2026-01-02\n'.encode()


def test_a_csv_that_is_there_is_changed_only_where_a_cell_would_run() -> None:
    sound, odd = 'a,b\n"quoted without need",-1\n', 'a,b\n"x",@B1\n'
    assert files.as_written(sound) == ("\ufeff" + sound).encode()
    assert files.as_written(odd) == "\ufeffa,b\nx,'@B1\n".encode()


def test_a_workbook_has_units_under_a_frozen_header_and_runs_nothing() -> None:
    rows: files.Rows = [["=1+1", -0.5, date(2026, 1, 2)], ["-A1", None, None], ["a\x07b", 2, None]]
    made = excel.workbook("days", ["note", "mean_ugm3", "date"], rows, ABOUT, ["", "µg/m³", ""])
    book = load_workbook(io.BytesIO(made))
    sheet = book["days"]
    assert sheet.freeze_panes == "A3"
    assert [cell.value or "" for cell in sheet[2]] == ["", "µg/m³", ""]
    assert (sheet["A3"].value, sheet["A3"].data_type, sheet["A3"].quotePrefix) == ("=1+1", "s", True)
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("-A1", "s")
    assert (sheet["B3"].value, sheet["B3"].data_type) == (-0.5, "n")
    assert sheet["A5"].value == "ab"
    assert sheet["C3"].value.date() == date(2026, 1, 2)
    assert [(one.value, two.value, two.data_type) for one, two in book["说明"].iter_rows()] == [
        ("出处", "《公报》", "s"), ("网址", "=1+1", "s"),
    ]  # fmt: skip
    assert not_none(sheet.oddFooter).left.text == ABOUT.foot


def test_a_workbook_without_units_has_one_row_above_its_table() -> None:
    made = excel.workbook("a/b:c", ["x"], [[1]], ABOUT)
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames[0] == "abc"
    assert book["abc"].freeze_panes == "A2"
    assert pd.read_excel(io.BytesIO(made)).to_dict("list") == {"x": [1]}


def test_the_same_table_is_the_same_bytes() -> None:
    first, second = (excel.workbook("a", ["x"], [[1], ["=2"]], ABOUT) for _ in range(2))
    assert first == second
    assert files.packed({"a.txt": b"x"}) == files.packed({"a.txt": b"x"})


def test_parquet_has_types_and_units() -> None:
    rows: files.Rows = [["a", 1.5, 2, date(2026, 1, 2)], [None, None, None, None]]
    made = files.columnar(
        ["n", "v_mgl", "k", "d"], ["string", "number", "integer", "date"], ["", "mg/L", "", ""], rows, {"x": "y"}
    )
    table = parquet.read_table(io.BytesIO(made))
    assert table.to_pylist() == [
        {"n": "a", "v_mgl": 1.5, "k": 2, "d": date(2026, 1, 2)}, {"n": None, "v_mgl": None, "k": None, "d": None},
    ]  # fmt: skip
    assert table.schema.field("v_mgl").metadata == {b"unit": b"mg/L"}
    assert [str(kind) for kind in table.schema.types] == ["string", "double", "int64", "date32[day]"]
    assert table.schema.metadata[b"x"] == b"y"


def test_a_table_without_rows_keeps_its_columns() -> None:
    made = files.columnar(["a"], ["date"], [""], [], {})
    assert parquet.read_table(io.BytesIO(made)).column_names == ["a"]


def test_geojson_has_a_point_for_each_row_with_a_place() -> None:
    rows: files.Rows = [["a", 101.5, 36.5, date(2026, 1, 2)], ["b", None, None, None]]
    made = json.loads(files.features(["id", "lon", "lat", "since"], rows, {"title": "t"}))
    assert (made["type"], made["title"], len(made["features"])) == ("FeatureCollection", "t", 1)
    assert made["features"][0] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [101.5, 36.5]},
        "properties": {"id": "a", "since": "2026-01-02"},
    }


def test_a_zip_holds_what_it_was_given() -> None:
    with zipfile.ZipFile(io.BytesIO(files.packed({"a.csv": b"1", "b/c": b"2"}))) as made:
        assert {name: made.read(name) for name in made.namelist()} == {"a.csv": b"1", "b/c": b"2"}
