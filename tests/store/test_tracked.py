"""A tracked file that breaks its declaration is refused with file, row and column."""

import pandas as pd
import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from store import schema, tracked
from store.tracked import FactError

BODIES = schema.metadata.tables["bodies"]
COMPLAINTS = schema.metadata.tables["complaints"]
HEAD = "batch,dimension,item,name_zh,name_en,area_id,n,handed_over,document_id,place\n"
GOOD = "17,kind,noise,噪声,Noise,,7,2023-12-09,doc,正文\n"


def complaints(*rows: str, head: str = HEAD) -> pd.DataFrame:
    return tracked.parse(COMPLAINTS, (head + "".join(rows)).encode())


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_file_gets_its_types() -> None:
    frame = complaints(GOOD)
    assert frame.loc[0, "n"] == 7
    assert frame.loc[0, "handed_over"] == pd.Timestamp(2023, 12, 9)
    assert pd.isna(frame.loc[0, "area_id"])


def test_a_byte_order_mark_as_spreadsheets_write_it_is_no_fault() -> None:
    assert len(tracked.parse(BODIES, "\ufeffbody_id,name_zh,name_en\na,甲,A\n".encode())) == 1


@pytest.mark.parametrize(
    ("rows", "row", "column", "problem"),
    [
        ((changed(",7,", ",many,"),), 2, "n", "'many' is no number"),
        ((GOOD, changed("noise,噪声,Noise,,7", "air,大气,Air,,10001")), 3, "n", "10001 is outside 0 … 10000"),
        ((changed(",7,", ",-1,"),), 2, "n", "-1 is outside 0 … 10000"),
        ((changed(",7,", ",7.5,"),), 2, "n", "7.5 is no whole number"),
        ((changed(",7,", ",,"),), 2, "n", "empty, but a value is required"),
        ((changed("2023-12-09", "9.12.2023"),), 2, "handed_over", "'9.12.2023' is no date"),
        ((changed("2023-12-09", "2023-02-30"),), 2, "handed_over", "'2023-02-30' is no date"),
        ((changed("kind", "colour"),), 2, "dimension", "'colour' is unknown; known are district"),
        ((GOOD, GOOD), 3, "batch, dimension, item", "duplicate key ('17', 'kind', 'noise')"),
    ],
)
def test_a_bad_cell_is_refused_by_row_and_column(rows: tuple[str, ...], row: int, column: str, problem: str) -> None:
    with pytest.raises(FactError) as error:
        complaints(*rows)
    assert str(error.value).startswith(f"complaints.csv, row {row}, column {column}: {problem}")


def test_spaces_around_a_cell_are_no_part_of_it() -> None:
    frame = complaints(changed("kind,noise,噪声,Noise,,7", " kind,noise ,噪声,Noise, , 7 "))
    assert frame.loc[0, ["dimension", "item", "n"]].tolist() == ["kind", "noise", 7]
    assert pd.isna(frame.loc[0, "area_id"])


def test_a_cell_with_a_problem_has_no_value_and_the_others_keep_theirs() -> None:
    """A choice, a whole number out of bounds and a day that are none, in the first of two rows."""
    cells = pd.DataFrame([GOOD.strip().split(",")] * 2, columns=HEAD.strip().split(","))
    cells.loc[0, ["dimension", "n", "handed_over"]] = ["colour", "-1", "9.12.2023"]
    frame, problems = tracked.check(COMPLAINTS, cells)
    assert [(one.row, one.column, one.rule) for one in problems] == [
        (0, "dimension", "choice"),
        (0, "n", "bounds"),
        (0, "handed_over", "date"),
    ]
    assert frame.loc[0, ["dimension", "n", "handed_over"]].isna().all()
    assert frame.loc[1, ["dimension", "n", "handed_over"]].tolist() == ["kind", 7, pd.Timestamp(2023, 12, 9)]


def test_infinity_is_no_whole_number() -> None:
    table = Table("counts", MetaData(), Column("n", Integer, primary_key=True))
    frame, problems = tracked.check(table, pd.DataFrame({"n": ["3", "inf"]}, dtype=str))
    assert [(one.row, str(one)) for one in problems] == [(1, "inf is no whole number")]
    assert frame["n"].tolist() == [3, pd.NA]


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(FactError, match=r"^bodies\.csv, row 1, column colour: unknown column; known are body_id"):
        tracked.parse(BODIES, b"body_id,name_zh,name_en,colour\na,b,c,d\n")


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(FactError, match=r"^bodies\.csv, row 1, column name_en: column missing$"):
        tracked.parse(BODIES, b"body_id,name_zh\na,b\n")


def test_a_value_of_the_wrong_form_is_refused() -> None:
    with pytest.raises(FactError, match=r"^bodies\.csv, row 2, column body_id: 'A B' does not have the form"):
        tracked.parse(BODIES, b"body_id,name_zh,name_en\nA B,b,c\n")


def test_text_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(FactError, match=r"^bodies\.csv: not a readable UTF-8 CSV"):
        tracked.parse(BODIES, "body_id,name_zh,name_en\na,甲,A\n".encode("gb18030"))


def test_an_unknown_reference_is_refused() -> None:
    frames = {name: frame.copy() for name, frame in tracked.read_all().items()}
    frames["task_bodies"].loc[4, "body_id"] = "nobody"
    with pytest.raises(FactError, match=r"^task_bodies\.csv, row 6, column body_id: 'nobody' is not in bodies$"):
        tracked.check_references(frames)


def test_a_figure_in_another_unit_than_its_indicator_is_refused() -> None:
    frames = {name: frame.copy() for name, frame in tracked.read_all().items()}
    figures = frames["figures"]
    row = figures.index[figures["indicator_id"] == "forest_cover_pct"][0]
    figures.loc[row, "unit_id"] = "km"
    with pytest.raises(FactError, match=rf"^figures\.csv, row {row + 2}, column unit_id: 'km', the indicator has '%'$"):
        tracked.check_references(frames)


def test_a_figure_outside_its_indicators_bounds_is_refused() -> None:
    frames = {name: frame.copy() for name, frame in tracked.read_all().items()}
    figures = frames["figures"]
    row = figures.index[figures["indicator_id"] == "forest_cover_pct"][0]
    figures.loc[row, "value"] = 101.0
    with pytest.raises(
        FactError, match=rf"^figures\.csv, row {row + 2}, column value: 101\.0 is outside 0\.0 … 100\.0$"
    ):
        tracked.check_references(frames)
