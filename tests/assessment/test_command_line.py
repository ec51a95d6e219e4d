"""``python -m assessment`` as others use it: a CSV in, a CSV out, or one line that says what is wrong."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from assessment import __main__ as command_line

MARKS = ["incomplete", "missing"]
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
    """What comes back, read as a table. Inside this process: the many tables need not each start Python anew."""
    content = given.encode() if isinstance(given, str) else given
    written = BytesIO()
    output = TextIOWrapper(written, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(content)))
        patch.setattr(sys, "stdout", output)
        assert command_line.main(list(arguments)) == 0
    output.flush()
    return pd.read_csv(BytesIO(written.getvalue()), dtype=str, keep_default_na=False)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., str]:
    """What the command says of a CSV it refuses; run inside this process, which is quicker for many of them."""

    def say(given: str | bytes, *arguments: str) -> str:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(content)))
        assert command_line.main(list(arguments)) == 2
        text, wrong = capsysbinary.readouterr()
        assert text == b""
        assert wrong.count(b"\n") == 1
        assert wrong.endswith(b"\n")
        return wrong.decode()

    return say


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
    assert list(empty)[-5:] == ["class", "deciding_items", "exceedance", *MARKS]


def test_sections_are_classed_by_the_list_named() -> None:
    all21 = judged(SECTIONS, "water")
    assert list(all21) == [*SECTIONS.splitlines()[0].split(","), "class", "deciding_items", "exceedance", *MARKS]
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
        ("date,pm25_ugm3\n2026-03-01,NA\n", 2, "pm25_ugm3"),
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
        ("section,date,water_body,nh3n_mgl\na,2024-01-01,river,<0.02\n", 2, "nh3n_mgl"),
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


@pytest.mark.parametrize("written", ["20260301", "46082", "2026-03-01 25:00", "2026-03-01 24:30", "03/01/2026"])
def test_a_date_that_is_none_is_refused(refused: Callable[..., str], written: str) -> None:
    assert refused(f"date,pm25_ugm3\n{written},20\n", "aqi").startswith("row 2, column date")


@pytest.mark.parametrize("command", ["aqi", "water"])
def test_a_refusal_ends_the_program_with_2_and_writes_nothing(command: str) -> None:
    good = "date,pm25_ugm3\n" if command == "aqi" else "section,date,water_body,ph\n"
    row = "2026-03-01,{}\n" if command == "aqi" else "a,2026-03-01,river,{}\n"
    done = run(good + row.format(7) * 5000 + row.format("seven"), command)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("row 5002, column p")
    assert done.stderr.count(b"\n") == 1


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
