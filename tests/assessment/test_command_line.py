"""``python -m assessment`` as others use it: a CSV in, a CSV out, or one line that says what is wrong."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from assessment import __main__ as command_line
from assessment.command_line import cells, source
from benchmarks import bench_aqi, bench_command_line
from loaders.workbook.cells import Cell as CellAsImported
from loaders.workbook.names import Names
from loaders.workbook.sheets import Field
from loaders.workbook.text import NO_VALUE, UnreadableError
from loaders.workbook.text import read as read_as_imported
from store import schema
from tests.cost import cpu_s

MARKS = ["incomplete", "missing"]
CLASSED = ["class", "deciding_items", "exceedance", *MARKS, "below_detection"]
WATER = "section,date,water_body,"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 – what Excel counts from
ROOT = Path(__file__).resolve().parent.parent.parent
DAYS = """date,pm25_ugm3,pm10_ugm3,so2_ugm3,no2_ugm3,co_mgm3,o3_8h_ugm3,o3_1h_ugm3
2026-02-28,75,150,10,20,0.6,80,100
2026-03-01,75,150,10,20,0.6,80,100
2026-03-02,35,40,10,20,,80,
"""
SECTIONS = """section,date,water_body,ph,do_mgl,codmn_mgl,cod_mgl,nh3n_mgl,tp_mgl
小峡桥,2024-01-05,river,8.1,8.2,3.5,25,1.5,0.08
黑泉水库,2024-01-05,lake,8.0,7.8,1.9,,0.1,0.06
扎马隆,2024-01-05,river,,,,,,
"""


def run(given: str | bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as from a shell."""
    content = given.encode() if isinstance(given, str) else given
    command = [sys.executable, "-m", "assessment", *arguments]
    return subprocess.run(command, input=content, capture_output=True, cwd=ROOT, env=environment or None, check=False)


def judged(given: str | bytes, *arguments: str) -> pd.DataFrame:
    """What comes back, read as a table."""
    return pd.read_csv(BytesIO(answered(given, *arguments)), dtype=str, keep_default_na=False)


def answered(given: str | bytes, *arguments: str) -> bytes:
    """What comes back. Inside this process: the many tables need not each start Python anew."""
    content = given.encode() if isinstance(given, str) else given
    written = BytesIO()
    output = TextIOWrapper(written, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(content)))
        patch.setattr(sys, "stdout", output)
        assert command_line.main(list(arguments)) == 0
    output.flush()
    return written.getvalue()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., str]:
    """What the command says of a CSV it refuses; run inside this process, which is quicker for many of them."""

    def refusal(given: str | bytes, *arguments: str) -> str:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(content)))
        assert command_line.main(list(arguments)) == 2
        text, wrong = capsysbinary.readouterr()
        assert text == b""
        assert wrong.count(b"\n") == 1
        assert wrong.endswith(b"\n")
        return wrong.decode()

    return refusal


@pytest.mark.slow
def test_each_row_is_judged_by_its_day() -> None:
    done = run(DAYS, "aqi")
    assert done.returncode == 0, done.stderr.decode()
    found = pd.read_csv(BytesIO(done.stdout), dtype=str, keep_default_na=False)
    assert found.equals(judged(DAYS, "aqi"))
    iaqis = ["iaqi_so2", "iaqi_no2", "iaqi_pm10", "iaqi_pm25", "iaqi_co", "iaqi_o3_8h", "iaqi_o3_1h"]
    given = DAYS.splitlines()[0].split(",")
    assert list(found) == [*given, "standard", *iaqis, "aqi", "category", "primary", *MARKS]
    assert found["standard"].tolist() == ["HJ 633-2012", "HJ 633-2026", "HJ 633-2026"]
    assert found["aqi"].tolist() == ["100", "114", ""]  # the third lacks CO and stays at or below 100
    assert found["category"].tolist() == ["良", "轻度污染", ""]
    assert found["primary"].tolist() == ["PM10,PM2.5", "PM2.5", ""]
    assert found["iaqi_o3_1h"].tolist() == ["32", "", ""]
    assert found["iaqi_pm25"].tolist() == ["100", "114", "50"]


def test_a_named_standard_needs_no_date() -> None:
    found = judged("pm25_ugm3\n75\n35\n", "aqi", "--standard", "HJ 633-2012")
    assert found["aqi"].tolist() == ["100", "50"]
    both = judged(DAYS, "aqi", "--standard", "HJ 633-2026")
    assert both["standard"].unique().tolist() == ["HJ 633-2026"]
    assert "iaqi_o3_1h" not in both


def test_hours_are_judged_by_the_hourly_tables() -> None:
    header = "date,so2_ugm3,no2_ugm3,co_mgm3,o3_1h_ugm3,pm25_ugm3,pm10_ugm3\n"
    found = judged(header + "2026-03-01T05:00:00+08:00,900,200,10,200,60,120\n", "aqi", "--hourly")
    row = found.iloc[0]
    assert (row["iaqi_so2"], row["iaqi_no2"], row["iaqi_co"], row["iaqi_o3_1h"]) == ("200", "100", "100", "100")
    assert (row["aqi"], row["primary"]) == ("200", "SO2")
    evening = judged(header + "2026-02-28 23:30,900,200,10,200,60,120\n", "aqi", "--hourly").iloc[0]
    assert (evening["standard"], evening["iaqi_so2"], evening["aqi"]) == ("HJ 633-2012", "", "100")


def test_cells_come_back_as_they_were_written() -> None:
    found = judged("date,pm25_ugm3,co_mgm3\n2020-01-01, 35.0 ,0.60\n\n2020-01-02,,\n", "aqi")
    assert found["pm25_ugm3"].tolist() == [" 35.0 ", ""]
    assert found["co_mgm3"].tolist() == ["0.60", ""]
    assert found["aqi"].tolist() == ["50", ""]


@pytest.mark.slow
def test_a_spreadsheet_with_a_mark_at_its_head_is_read_and_the_locale_plays_no_part() -> None:
    done = run(b"\xef\xbb\xbf" + DAYS.encode(), "aqi", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "轻度污染" in done.stdout.decode("utf-8")
    crlf = judged(DAYS.replace("\n", "\r\n"), "aqi")
    assert crlf["aqi"].tolist() == ["100", "114", ""]


def test_a_header_alone_comes_back_with_the_new_columns() -> None:
    found = judged("date,pm25_ugm3\n", "aqi")
    assert list(found) == ["date", "pm25_ugm3", "standard", "iaqi_pm25", "aqi", "category", "primary", *MARKS]
    assert len(found) == 0
    empty = judged(SECTIONS.splitlines()[0] + "\n", "water")
    assert list(empty)[-6:] == CLASSED


def test_sections_are_classed_by_the_list_named() -> None:
    all21 = judged(SECTIONS, "water")
    assert list(all21) == [*SECTIONS.splitlines()[0].split(","), *CLASSED]
    assert all21["class"].tolist() == ["4", "4", ""]
    assert all21["deciding_items"].tolist() == ["化学需氧量、氨氮", "总磷", ""]
    assert all21["exceedance"].tolist() == ["氨氮(0.5)、化学需氧量(0.25)", "总磷(0.2)", ""]
    assert all21.equals(judged(SECTIONS, "water", "--items", "all21"))
    five = judged(SECTIONS, "water", "--items", "auto5")
    assert five["deciding_items"].tolist() == ["氨氮", "总磷", ""]
    assert five["exceedance"].tolist() == ["氨氮(0.5)", "总磷(0.2)", ""]


def test_worse_than_five_is_six_and_oxygen_has_no_multiple() -> None:
    found = judged("section,date,water_body,do_mgl,ph\na,,river,1.9,8\nb,,river,8,9.2\n", "water").iloc
    assert (found[0]["class"], found[0]["deciding_items"], found[0]["exceedance"]) == ("6", "溶解氧", "溶解氧")
    assert (found[1]["class"], found[1]["deciding_items"]) == ("6", "pH值")


@pytest.mark.parametrize(
    ("given", "row", "column"),
    [
        ("", 1, "1"),
        ("2026-03-01,35\n", 1, "2026-03-01"),  # no header
        ("date,pm25\n2026-03-01,35\n", 1, "pm25"),  # unknown column
        ("date,pm25_ugm3,pm25_ugm3\n2026-03-01,35,35\n", 1, "pm25_ugm3"),
        ("date,pm25_ugm3,\n2026-03-01,35,\n", 1, "3"),
        ("pm25_ugm3\n35\n", 1, "date"),  # nothing chooses the edition
        ("date\n2026-03-01\n", 1, "so2_ugm3"),
        ("date,pm25_ugm3\n2026-03-01,35\n2026-03-02,many\n", 3, "pm25_ugm3"),
        ("date,pm25_ugm3\n2026-03-01,<5\n", 2, "pm25_ugm3"),
        ("date,pm25_ugm3\n2026-03-01,nan\n", 2, "pm25_ugm3"),
        ("date,pm25_ugm3\n2026-03-01,inf\n", 2, "pm25_ugm3"),
        ("date,pm25_ugm3\n2026-03-01,1e999\n", 2, "pm25_ugm3"),
        ('date,pm25_ugm3\n2026-03-01,"1,035"\n', 2, "pm25_ugm3"),
        ("date,pm25_ugm3,co_mgm3\n2026-03-01,35,-0.1\n", 2, "co_mgm3"),
        ("date,pm25_ugm3\n\n2026-03-01,-1\n", 3, "pm25_ugm3"),  # the row as an editor counts it
        ("date,pm25_ugm3\n,35\n", 2, "date"),
        ("date,pm25_ugm3\n2026-02-30,35\n", 2, "date"),
        ("date,pm25_ugm3\n01/03/2026,35\n", 2, "date"),
        ("date,pm25_ugm3\n2026-03-01,35,9\n", 2, "pm25_ugm3"),  # a cell too many
        ("date,pm25_ugm3\n2026-03-01\n", 2, "pm25_ugm3"),  # a cell too few
        ('date,pm25_ugm3\n2026-03-01,35\n2026-03-02,"3\n', 3, "1"),  # a quote that never ends
        (b"date,pm25_ugm3\n2026-03-01,\xff\n", 2, "2"),
    ],
)
def test_bad_air_is_refused_in_one_line(refused: Callable[..., str], given: str | bytes, row: int, column: str) -> None:
    assert refused(given, "aqi").startswith(f"row {row}, column {column}")


@pytest.mark.parametrize(
    ("given", "row", "column"),
    [
        ("section,date,ph\na,2024-01-01,8\n", 1, "water_body"),
        ("date,water_body,ph\n2024-01-01,river,8\n", 1, "section"),
        ("section,date,water_body\na,2024-01-01,river\n", 1, "water_temp_c"),
        ("section,date,water_body,ph,salt\na,2024-01-01,river,8,1\n", 1, "salt"),
        ("section,date,water_body,ph\na,2024-01-01,sea,8\n", 2, "water_body"),
        ("section,date,water_body,ph\na,2024-01-01,,8\n", 2, "water_body"),
        ("section,date,water_body,nh3n_mgl\na,2024-01-01,river,<>0.02\n", 2, "nh3n_mgl"),
        ("section,date,water_body,ph\na,2024-01-01,river,ND\n", 2, "ph"),
        ("section,date,water_body,nh3n_mgl\na,2024-01-01,river,1\nb,2024-01-01,river,-1\n", 3, "nh3n_mgl"),
        ("section,date,water_body,ph\na,January,river,8\n", 2, "date"),
    ],
)
def test_bad_water_is_refused_in_one_line(refused: Callable[..., str], given: str, row: int, column: str) -> None:
    assert refused(given, "water").startswith(f"row {row}, column {column}")


@pytest.mark.parametrize(
    ("column", "value"),
    [("ph", "77"), ("ph", "14.01"), ("do_mgl", "25.1"), ("water_temp_c", "41"), ("nh3n_mgl", "101")],
)
def test_what_no_water_can_be_is_refused(refused: Callable[..., str], column: str, value: str) -> None:
    rows = f"section,date,water_body,{column}\na,2024-01-01,river,7\nb,2024-01-01,river,{value}\n"
    text = refused(rows, "water")
    assert text.startswith(f"row 3, column {column}: '{value}' is impossible")


def test_the_bounds_of_the_possible_are_possible() -> None:
    found = judged("section,date,water_body,ph\na,,river,0\nb,,river,14\n", "water")
    assert found["class"].tolist() == ["6", "6"]


def test_a_row_judged_without_all_items_says_what_it_lacks() -> None:
    found = judged(DAYS, "aqi")
    assert found["incomplete"].tolist() == ["false", "false", "true"]
    assert found["missing"].tolist() == ["", "", "co_mgm3"]  # the largest hour of ozone is no item of 2026
    hour = "pm10_ugm3,pm25_ugm3,o3_1h_ugm3,no2_ugm3,so2_ugm3,co_mgm3\n48,,29,,9,1.6\n"
    row = judged(hour, "aqi", "--hourly", "--standard", "HJ 633-2012").iloc[0]
    assert (row["aqi"], row["incomplete"], row["missing"]) == ("48", "true", "no2_ugm3,pm25_ugm3,o3_8h_ugm3")


def test_a_section_judged_without_all_items_says_what_it_lacks() -> None:
    whole = "section,date,water_body,ph,do_mgl,codmn_mgl,nh3n_mgl,tp_mgl\n"
    rows = whole + "a,,river,8,8,2,0.1,0.02\nb,,lake,8,8,,0.1,\n"
    five = judged(rows, "water", "--items", "auto5")
    assert five["incomplete"].tolist() == ["false", "true"]
    assert five["missing"].tolist() == ["", "codmn_mgl,tp_mgl"]
    assert five["class"].tolist() == ["1", "1"]
    all21 = judged(rows, "water")
    assert all21["incomplete"].tolist() == ["true", "true"]
    assert len(all21["missing"][0].split(",")) == 16  # 21 items, five of them there


@pytest.mark.parametrize("written", ["Lake", "LAKE", "reservoir", "Reservoir"])
def test_a_lake_may_be_written_with_any_letters(written: str) -> None:
    found = judged(f"section,date,water_body,tp_mgl\n黑泉水库,,{written},0.06\n", "water").iloc[0]
    assert (found["class"], found["water_body"]) == ("4", written)


@pytest.mark.parametrize(
    ("written", "hourly", "edition"),
    [
        ("2026-03-01 00:00", True, "HJ 633-2012"),
        ("2026-02-28 24:00", True, "HJ 633-2012"),
        ("2026-02-28T16:00Z", True, "HJ 633-2012"),
        ("2026-02-28T17:00:00+00:00", True, "HJ 633-2026"),
        ("2026-03-01T01:00:00+0800", True, "HJ 633-2026"),
        ("2026-03-01", True, "HJ 633-2026"),
        ("2026-03-01 00:00", False, "HJ 633-2026"),
        ("2026-02-28T20:00Z", False, "HJ 633-2026"),
    ],
)
def test_the_edition_of_an_hour_is_that_of_its_day_in_xining(written: str, hourly: bool, edition: str) -> None:
    given = f"date,o3_1h_ugm3,pm25_ugm3\n{written},50,20\n"
    assert judged(given, "aqi", *["--hourly"] * hourly)["standard"].tolist() == [edition]


@pytest.mark.parametrize("written", ["26-03-01", "46082", "2026-03-01 25:00", "2026-03-01 24:30", "03/01/2026"])
def test_a_date_that_is_none_is_refused(refused: Callable[..., str], written: str) -> None:
    assert refused(f"date,pm25_ugm3\n{written},20\n", "aqi").startswith("row 2, column date")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["aqi", "water"])
def test_a_refusal_ends_the_program_with_2_and_writes_nothing(command: str) -> None:
    good = "date,pm25_ugm3\n" if command == "aqi" else "section,date,water_body,ph\n"
    row = "2026-03-01,{}\n" if command == "aqi" else "a,2026-03-01,river,{}\n"
    done = run(good + row.format(7) * 5000 + row.format("seven"), command)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("row 5002, column p")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.slow
def test_an_unknown_standard_is_refused() -> None:
    done = run(DAYS, "aqi", "--standard", "HJ 633-1999")
    assert done.returncode == 2
    assert done.stdout == b""
    assert "HJ 633-2026" in done.stderr.decode()


def test_an_item_that_is_not_monitored_is_not_missing_by_the_edition_that_is_marked() -> None:
    """HJ 633-2026 5.3.2: "/" does not withhold an index of at most 100, a blank does; the 2012 edition has no such item."""
    header = "date,pm25_ugm3,pm10_ugm3,so2_ugm3,no2_ugm3,co_mgm3,o3_8h_ugm3,o3_1h_ugm3\n"
    rows = [
        "2026-03-02,35,40,10,20,/,80,",
        "2026-03-02,35,40,10,20,,80,",
        "2026-03-02,35,40,/,20,,80,",
        "2026-02-28,35,40,10,20,/,80,90",
        "2026-03-02,/,/,/,/,/,/,/",
    ]
    found = judged(header + "\n".join(rows) + "\n", "aqi")
    assert found["aqi"].tolist() == ["50", "", "", "50", ""]
    assert found["incomplete"].tolist() == ["false", "true", "true", "true", "false"]
    assert found["missing"].tolist() == ["", "co_mgm3", "co_mgm3", "co_mgm3", ""]
    assert found["co_mgm3"].tolist() == ["/", "", "", "/", "/"]


# ── how files are written ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_table_may_be_in_any_encoding_excel_writes(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert judged(mark + SECTIONS.encode(encoding), "water").equals(judged(SECTIONS, "water"))


def test_hanzi_beyond_the_first_block_decide_the_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "BLOCK_BYTES", 64)
    rows = WATER + "nh3n_mgl\n" + "a,2026-01-01,river,0.3\n" * 50 + "西钢桥,2026-01-01,river,0.3\n" * 2
    for encoding in ("gbk", "utf-8", "utf-16"):
        assert judged(rows.encode(encoding), "water")["section"].tolist() == ["a"] * 50 + ["西钢桥"] * 2


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (SECTIONS.encode() + b"\xe5\xa1,2024-01-05,river,8,8,2,2,1,0.1\n", 5),  # hanzi before: never read as GBK
        (SECTIONS.encode("gbk") + b"\x80\xff,2024-01-05,river,8,8,2,2,1,0.1\n", 5),
        (SECTIONS.encode("utf-16")[:-1], 4),
    ],
)
def test_broken_text_is_not_guessed(refused: Callable[..., str], given: bytes, row: int) -> None:
    assert refused(given, "water").startswith(f"row {row}")


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_a_table_may_be_separated_by_tabs_or_semicolons(separator: str) -> None:
    found = judged(DAYS.replace(",", separator), "aqi")
    assert found.equals(judged(DAYS, "aqi"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block_bytes", [40, 64, 100, 4096])
def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch, end: str, block_bytes: int) -> None:
    """Quotation marks, ends of lines within a cell, empty lines and a last line without an end, cut anywhere."""
    plain = [f"s{place},2026-01-{place + 1:02},river,{place / 10}" for place in range(12)]
    odd = ['"a ""b"", c",2026-02-01,river,0.3', "", '"two\nlines","2026-02-02",lake,"0.4"', 'a"b,2026-02-03,river,']
    given = end.join([WATER + "nh3n_mgl", *plain[:6], "", *odd, "", *plain[6:]])
    whole = judged(given, "water")
    assert len(whole) == 15
    assert whole["section"].tolist()[6:9] == ['a "b", c', "two\nlines", 'a"b']
    monkeypatch.setattr(source, "BLOCK_BYTES", block_bytes)
    monkeypatch.setattr(source, "ROWS_AT_A_TIME", 3)
    assert judged(given, "water").equals(whole)


@pytest.mark.parametrize("block_bytes", [40, 100, 4096])
@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        (["a,2026-01-01,river,0.3"] * 9 + ["", "b,2026-01-01,river,x"], 12, "nh3n_mgl"),
        (
            ["a,2026-01-01,river,0.3", "", '"two\nlines",2026-01-01,river,0.3', "", "b,2026-01-01,sea,1"],
            6,
            "water_body",
        ),
        (["a,2026-01-01,river,0.3", "", '"c, d",2026-01-01,river,0.3', "b,2026-13-01,river,1"], 5, "date"),
        (["a,2026-01-01,river,0.3"] * 9 + ["b,2026-01-01,river"], 11, "nh3n_mgl"),
        (["a,2026-01-01,river,0.3"] * 9 + ['"b"c,2026-01-01,river,0.3'], 11, "1"),
        (['a"b,2026-01-01,river,0.3', "", "a,2026-01-01,river,-1"], 4, "nh3n_mgl"),
    ],
)
def test_a_fault_is_named_by_its_row_in_the_file_wherever_blocks_are_cut(
    monkeypatch: pytest.MonkeyPatch,
    refused: Callable[..., str],
    rows: list[str],
    row: int,
    column: str,
    block_bytes: int,
) -> None:
    monkeypatch.setattr(source, "BLOCK_BYTES", block_bytes)
    assert refused("\n".join([WATER + "nh3n_mgl", *rows]), "water").startswith(f"row {row}, column {column}")


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]) -> None:
    monkeypatch.setattr(source, "LONGEST_LINE", 5000)
    monkeypatch.setattr(source, "BLOCK_BYTES", 1000)
    assert refused(DAYS + "0" * 10_000, "aqi").startswith("row 5, column 1 or after: no readable CSV")


class Endless(io.BytesIO):
    """Rows as they are asked for, without an end."""

    came = 0

    def read(self, size: int | None = None, /) -> bytes:
        assert size
        self.came += size
        return (DAYS.splitlines(keepends=True)[1] * (size // 40)).encode() if self.came > size else DAYS.encode()


def test_rows_are_judged_as_they_come() -> None:
    stream = Endless()
    form, rows = source.read(source.text_blocks(stream))
    assert len(next(rows).cells) == 3
    for _ in range(3):
        next(rows)
    assert stream.came <= 5 * source.BLOCK_BYTES
    assert form.header == DAYS.splitlines()[0].split(",")


def test_columns_do_not_depend_on_the_days_that_happen_to_be_there() -> None:
    lines = DAYS.splitlines(keepends=True)
    assert list(judged(lines[0] + lines[2], "aqi")) == list(judged(DAYS, "aqi"))


def test_an_answer_too_long_for_memory_is_the_same(
    monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]
) -> None:
    whole = judged(DAYS, "aqi")
    monkeypatch.setattr(command_line, "IN_MEMORY", 10)
    assert judged(DAYS, "aqi").equals(whole)
    assert refused(DAYS + "2026-03-03,x,40,10,20,,80,\n", "aqi").startswith("row 5, column pm25_ugm3")


def test_no_place_for_the_answer_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command_line, "SpooledTemporaryFile", full)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(DAYS.encode())))
    assert command_line.main(["aqi"]) == 1
    output, problem = capsysbinary.readouterr()
    assert output == b""
    assert b"TMPDIR" in problem
    assert b"No space left" in problem


@pytest.mark.slow
def test_progress_is_shown_beside_the_answer() -> None:
    silent, shown = run(DAYS, "aqi"), run(DAYS, "aqi", "--progress")
    assert shown.stdout == silent.stdout
    assert silent.stderr == b""
    assert b"B/s" in shown.stderr or b"B [" in shown.stderr


# ── what stands in a cell ────────────────────────────────────────────────────────────────────────────────────────────
WRITTEN_DAYS = [
    "2026-03-05",
    "2026-3-5",
    "2026/3/5",
    "2026/03/05",
    "2026.03.05",
    "2026年3月5日",
    "20260305",
    "２０２６／３／５",
]
NO_DAYS = ["2026-3", "26/3/5", "3/5/2026", "05032026", "2026-02-29", "2026/13/5", "2026305", "46082", "3月5日"]


@pytest.mark.parametrize("written", WRITTEN_DAYS)
def test_a_day_may_be_written_as_people_do(written: str) -> None:
    assert judged(f"date,pm25_ugm3\n{written},60\n", "aqi")["iaqi_pm25"].tolist() == ["100"]  # by the edition of 2026
    assert judged(WATER + f"ph\na,{written},river,8\n", "water")["class"].tolist() == ["1"]


@pytest.mark.parametrize("written", WRITTEN_DAYS + NO_DAYS)
def test_days_are_read_as_the_importer_reads_them(written: str) -> None:
    field = Field(schema.day("day"), "日期")
    try:
        imported = read_as_imported(field, CellAsImported(2, 1, written), Names(), EPOCH).text
    except UnreadableError:
        imported = ""
    here = cells.read_moment(written)
    assert (here.isoformat() if here else "") == imported


@pytest.mark.parametrize(
    "written",
    [
        "2026/3/1 0:00",
        "2026-2-28 24:00",
        "2026年2月28日24时",
        "2026.02.28 23:59:59",
        "2026年3月1日0时",
        "20260301 00:00",
    ],
)
def test_an_hour_may_be_written_as_people_do(written: str) -> None:
    given = f"date,pm25_ugm3\n{written},60\n"
    assert judged(given, "aqi", "--hourly")["standard"].tolist() == ["HJ 633-2012"]


@pytest.mark.parametrize("written", ["2026/3/5 25:00", "2026/3/5 8", "2026年3月5日上午", "2026/3/5 8:61"])
def test_an_hour_that_is_none_is_refused(refused: Callable[..., str], written: str) -> None:
    assert refused(f"date,pm25_ugm3\n{written},60\n", "aqi", "--hourly").startswith("row 2, column date")


@pytest.mark.parametrize(
    "written", ["", " ", "NA", "N/A", "n/a", "-", "--", "－", "—", "——", "–", "无", "缺测", "未监测"]
)
@pytest.mark.parametrize("hourly", [True, False])
def test_a_cell_that_says_there_is_no_value_is_missing(written: str, hourly: bool) -> None:
    ozone = "o3_1h_ugm3" if hourly else "o3_8h_ugm3"
    given = f"date,pm25_ugm3,pm10_ugm3,so2_ugm3,no2_ugm3,co_mgm3,{ozone}\n2026-03-02,35,40,10,20,{written},80\n"
    row = judged(given, "aqi", *["--hourly"] * hourly).iloc[0]
    assert (row["aqi"], row["incomplete"], row["missing"], row["co_mgm3"]) == ("", "true", "co_mgm3", written)
    clear = judged(given.replace(f",{written},80", ",/,80"), "aqi", *["--hourly"] * hourly).iloc[0]
    assert (clear["aqi"], clear["incomplete"], clear["missing"]) == ("50", "false", "")
    water = judged(WATER + f"ph,nh3n_mgl\na,2026-03-02,river,8,{written}\n", "water", "--items", "auto5").iloc[0]
    assert (water["class"], water["missing"]) == ("1", "do_mgl,codmn_mgl,nh3n_mgl,tp_mgl")


def test_what_the_importer_takes_for_no_value_is_none_here() -> None:
    assert not [one for one in NO_VALUE - {"/"} if not cells.MISSING.fullmatch(cells.plain(one))]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.4L", 0.2), ("0.4l", 0.2), ("<0.4", 0.2), ("＜0.4", 0.2), ("< 0.4", 0.2), ("<0.4L", 0.2), ("ND(0.4)", 0.2),
        ("未检出（0.4L）", 0.2), ("低于0.4", 0.2), ("0.4（L）", 0.2), ("<0.4mg/L", 0.2),
        ("L", None), ("ND", None), ("nd", None), ("N.D.", None), ("未检出", None), ("<DL", None),
    ],
)  # fmt: skip
def test_below_detection_is_half_the_limit_and_marked(written: str, value: float | None) -> None:
    """环办监测函〔2020〕82号, 7. Half of 0.4 mg/L of ammonia is class Ⅱ (0.15 to 0.5)."""
    row = judged(WATER + f"nh3n_mgl,tp_mgl\na,2026-03-02,river,{written},0.02\n", "water", "--items", "auto5").iloc[0]
    assert row["nh3n_mgl"] == written
    assert row["below_detection"] == "nh3n_mgl"
    assert row["class"] == ("2" if value else "1")
    assert ("nh3n_mgl" in row["missing"].split(",")) == (value is None)


@pytest.mark.parametrize("written", ["<", "<-0.4", "0.4LL", "<<0.4", "≤0.4", "0.4M", "nan", "inf"])
def test_what_is_neither_number_nor_mark_is_refused(refused: Callable[..., str], written: str) -> None:
    given = WATER + f"nh3n_mgl\na,2026-03-02,river,0.3\nb,2026-03-02,river,{written}\n"
    assert refused(given, "water").startswith(f"row 3, column nh3n_mgl: '{written}' is no number")


def test_numbers_may_be_written_in_wide_signs_or_with_signs_nobody_sees() -> None:
    found = judged("date,pm25_ugm3\n2020-01-01,３５\n2020-01-01,35\u200b\n2020-01-01,3.5e1\n2020-01-01,+35\n", "aqi")
    assert found["aqi"].tolist() == ["50"] * 4


# ── the concentration of an index ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("arguments", "row"),
    [
        # 2026: 50 + (C − 35) × 2: 86 at 53, 87 at 53.5; no whole number lies between
        (["--pollutant", "pm25", "--iaqi", "87"], "HJ 633-2026,pm25_ugm3,87,53,53.5,,"),
        # 2012: 50 + (C − 35) × 1.25
        (
            ["--pollutant", "pm25", "--iaqi", "87", "--standard", "HJ 633-2012"],
            "HJ 633-2012,pm25_ugm3,87,63.8,64.6,64,64",
        ),
        (["--pollutant", "o3", "--iaqi", "300"], "HJ 633-2026,o3_8h_ugm3,300,794.65,,795,"),
        (["--pollutant", "o3", "--iaqi", "50", "--hourly"], "HJ 633-2026,o3_1h_ugm3,50,156.8,160,157,160"),
    ],
)
def test_the_concentration_of_an_index(
    capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], row: str
) -> None:
    assert command_line.main(["concentration", *arguments]) == 0
    assert capsysbinary.readouterr().out.decode() == f"standard,item,iaqi,above,up_to,low,high\n{row}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["pm25", "--iaqi", "501"],
        ["pm25", "--iaqi", "-1"],
        ["so2", "--iaqi", "201", "--hourly"],
        ["o3_1h", "--iaqi", "9"],
    ],
)
def test_no_concentration_is_given_outside_the_table(
    capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str]
) -> None:
    assert command_line.main(["concentration", "--pollutant", *arguments]) == 2
    output, problem = capsysbinary.readouterr()
    assert output == b""
    assert problem.count(b"\n") == 1


# ── what it costs ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_long_table_costs_a_small_part_of_what_a_package_for_single_days_costs() -> None:
    """From CSV to CSV, beside python-aqi's bare indices of as many days; benchmarks/bench_command_line.py says more."""
    days, few = 20_000, 2_000
    content = bench_command_line.air(days)
    columns = {name: values[:few] for name, values in bench_aqi.drawn(days).items()}
    answered(content, "aqi")
    assert cpu_s(lambda: answered(content, "aqi")) < cpu_s(lambda: bench_aqi.by_peer(columns)) * days / few / 4
