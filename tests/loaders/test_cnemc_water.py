"""The national water platform: three steps in one session, and a table whose cells say more than they show."""

import json
import math
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from loaders import cnemc_water
from loaders.answer import COLUMNS, Answer, AnswerError, Batch, Place
from loaders.transport import UpstreamClient
from store import sources, tracked
from store.clock import ZONE
from store.states import FailureCause
from tests.clients import Asked, StubClient
from tests.upstream import Upstream, upstream

PAYLOADS = Path(__file__).resolve().parent.parent / "payloads" / "cnemc_water"
NOW = datetime(2026, 10, 9, 18, 30, tzinfo=ZONE)
NEW_YEAR = datetime(2026, 1, 1, 0, 40, tzinfo=ZONE)
MAIN, AJAX = "/GJZ/Business/Publish/Main.html", "/GJZ/Ajax/Publish.ashx"


def payload(columns: int = 16) -> dict[str, Any]:
    return dict(json.loads((PAYLOADS / f"schematic_{columns}_columns.json").read_bytes()))


def parse(content: Any, asked_at: datetime = NOW) -> Batch:
    body = json.dumps(content, ensure_ascii=False).encode()
    return cnemc_water.parse(Answer("cnemc_water", "readings", "http://127.0.0.1/", asked_at, 200, "text/plain", body))


def with_cell(column: str, cell: Any, *, asked_at: datetime = NOW) -> Batch:
    """The payload's first row alone, one of its cells replaced."""
    content = payload()
    place = next(i for i, name in enumerate(content["thead"]) if name.startswith(column))
    content["tbody"] = [[*content["tbody"][0][:place], cell, *content["tbody"][0][place + 1 :]]]
    return parse(content, asked_at)


def of(batch: Batch, item: str, place: str = "xiaoxia") -> tuple[Any, ...] | None:
    """Value, note and flags of an item, and the original where there is one; None where no reading was made."""
    found = batch.readings.query("item == @item and place_id == @place")
    assert len(found) <= 1
    if found.empty:
        return None
    *others, original = found.iloc[0][["value", "note", "flags", "original"]]
    return (*others, original) if original else tuple(others)


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[Upstream]:
    with upstream(NOW) as server:
        monkeypatch.setenv("XINING_CNEMC_WATER_URL", server.address)
        yield server


def ask() -> list[Answer]:
    with UpstreamClient(
        sources.get("cnemc_water"), now=lambda: NOW, sleep=lambda _: None, read_s=20, try_s=20, tries=1
    ) as client:
        return list(cnemc_water.fetch(client, now=NOW))


def test_three_steps_in_one_session_bring_the_readings(platform: Upstream) -> None:
    (answer,) = ask()
    assert (answer.call, answer.problem, answer.status) == ("readings", "", 200)
    assert [(one.verb, one.path, one.query.form.get("action")) for one in platform.asked] == [
        ("GET", MAIN, None),
        ("POST", AJAX, "getArea_RiverDic"),
        ("POST", AJAX, "getRealDatas"),
    ]
    form = {"AreaID": "630000", "RiverID": "", "MNName": "", "PageIndex": "1", "PageSize": "2000"}
    assert platform.asked[2].query.form == {**form, "action": "getRealDatas"}
    for one in platform.asked[1:]:
        headers = one.query.headers
        assert headers["cookie"] == "ASP.NET_SessionId=visitor1"
        assert headers["referer"] == platform.address + MAIN
        assert headers["origin"] == platform.address
        assert headers["x-requested-with"] == "XMLHttpRequest"
        assert headers["accept"] == "application/json, text/javascript, */*; q=0.01"
    batch = cnemc_water.parse(answer)
    assert set(batch.readings["place_id"]) == {"xiaoxia", "runze"}
    assert (batch.places, batch.problems) == ((), ())


class Cold(StubClient):
    """Answers -1 to one of the three, under a label of its choice."""

    def __init__(self, cold: str, problem: str = "") -> None:
        super().__init__("cnemc_water")
        self.cold, self.problem = cold, problem

    def answer(self, asked: Asked) -> Answer:
        good = Answer("cnemc_water", asked.call, asked.path, NOW, 200, "text/html", b"<html></html>")
        if asked.call != self.cold:
            return good
        cold = replace(good, body=b" -1\r\n")
        return cold.failed(FailureCause.TYPE, self.problem) if self.problem else cold


@pytest.mark.parametrize("problem", ["", "answers text/plain instead of JSON"])
@pytest.mark.parametrize("cold", ["main page", "rivers", "readings"])
def test_a_refused_session_is_a_failed_answer_and_the_last_step(cold: str, problem: str) -> None:
    client = Cold(cold, problem)
    (answer,) = cnemc_water.fetch(client, now=NOW)
    assert (answer.call, answer.problem) == (cold, "answers -1: the session was not accepted")
    calls = [one.call for one in client.asked]
    assert calls == ["main page", "rivers", "readings"][: len(calls)]
    assert calls[-1] == cold


@pytest.mark.parametrize(("what", "mode", "problem"), [(MAIN, "404", "HTTP 404"), (AJAX, "500", "HTTP 500")])
def test_a_failed_step_is_the_answer_and_nothing_more_is_requested(
    platform: Upstream, what: str, mode: str, problem: str
) -> None:
    platform.misbehave(what, mode)
    (answer,) = ask()
    assert answer.problem.startswith(problem)
    assert platform.asked[-1].path == what
    assert platform.counts[what] == 1


def test_it_has_no_past() -> None:
    with pytest.raises(ValueError, match="latest readings only"):
        cnemc_water.fetch(Cold(""), now=NOW, since=date(2026, 10, 1))


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_sections_of_xining_with_displayed_values() -> None:
    batch = parse(payload())
    frame = batch.readings
    assert batch.problems == ()
    assert list(frame.columns) == list(COLUMNS)
    assert set(frame["place_id"]) == {"xiaoxia", "runze", "heiquan"}  # 民和桥 is another prefecture's
    assert (set(frame["kind"]), set(frame["averaging"])) == ({"live"}, {"instant"})
    xiaoxia = frame[frame["place_id"] == "xiaoxia"].set_index("item")
    assert set(xiaoxia["at"]) == {pd.Timestamp("2026-10-09 16:00", tz="Asia/Shanghai")}
    assert xiaoxia["value"].to_dict() == {
        "water_temp_c": 11.4,
        "ph": 8.21,
        "do_mgl": 7.94,
        "conductivity_uscm": 655.3,
        "turbidity_ntu": 33.4,
        "codmn_mgl": 2.86,
        "nh3n_mgl": 0.318,
        "tp_mgl": 0.071,
        "tn_mgl": 3.91,
        "site_class": 3,
    }
    assert of(batch, "algae_cellsl", "heiquan") == (297230, None, None)
    assert of(batch, "chla_mgl", "heiquan") == (0.002, None, None, "0.0021")
    assert of(batch, "conductivity_uscm", "heiquan") is None  # *
    assert of(batch, "turbidity_ntu", "heiquan") is None  # --


def test_a_value_withmet_by_quality_control_keeps_its_reason() -> None:
    value, note, flags = of(parse(payload()), "tn_mgl", "runze") or ()
    assert math.isnan(value)
    assert (note, flags) == ("当天质控不合格", None)


def test_the_older_layout_with_a_seventeenth_column_roman_classes_and_suffixes() -> None:
    batch = parse(payload(17), NEW_YEAR)
    assert set(batch.readings["at"]) == {pd.Timestamp("2025-12-31 20:00", tz="Asia/Shanghai")}
    assert of(batch, "site_class") == (3, None, None)
    assert of(batch, "site_class", "runze") == (6, None, None)
    assert of(batch, "do_mgl") == (9.62, None, None)
    assert of(batch, "chla_mgl") is None  # null
    assert of(batch, "algae_cellsl") is None  # empty


def test_an_unknown_section_of_xining_stays_under_its_name_and_one_elsewhere_is_not() -> None:
    batch = parse(payload(17), NEW_YEAR)
    mine = batch.readings.query("place_id == 'unknown:虚构桥'")
    assert set(mine["item"]) == {"water_temp_c", "ph", "do_mgl"}
    assert set(mine["flags"]) == {"unknown_section"}
    assert batch.places == (Place("unknown:虚构桥", "虚构桥"),)
    (problem,) = batch.problems
    assert problem == "row 3, 断面名称: '虚构桥' lies in Xining, but no section is named so"
    assert not batch.readings["place_id"].str.contains("虚构渡口").any()


def test_a_section_of_the_same_name_in_another_province_is_not_ours() -> None:
    assert with_cell("省份", "吉林省").readings.empty


def test_every_section_is_known_by_its_name() -> None:
    ours = tracked.read("water_sections")["section_id"]
    names = tracked.read("areas").set_index("area_id")["name_zh"]
    for section in ours:
        for name in (names[section], names[section].removesuffix("断面"), f"{names[section]}（备用）"):
            assert set(with_cell("断面名称", name).readings["place_id"]) == {section}
    assert set(with_cell("断面名称", "扎麻隆").readings["place_id"]) == {"zhamalong"}


def test_columns_are_found_by_their_names_in_any_order() -> None:
    content = payload()
    reverse = {**content, "thead": content["thead"][::-1], "tbody": [row[::-1] for row in content["tbody"]]}
    pd.testing.assert_frame_equal(parse(reverse).readings, parse(content).readings)


def test_missing_and_new_columns_do_no_harm() -> None:
    content = payload()
    place = next(i for i, name in enumerate(content["thead"]) if name.startswith("总磷"))
    content["thead"] = [*content["thead"][:place], "新项目<br/>(mg/L)", *content["thead"][place + 1 :]]
    batch = parse(content)
    assert of(batch, "tp_mgl") is None
    assert of(batch, "tn_mgl") == (3.91, None, None, "3.906")
    assert batch.problems == ("column 总磷: not in the table, or in another unit",)


def test_a_column_in_another_unit_is_not_read() -> None:
    content = payload()
    content["thead"] = [name.replace("μS/cm", "mS/cm") for name in content["thead"]]
    batch = parse(content)
    assert of(batch, "conductivity_uscm") is None
    assert batch.problems[0] == "column 电导率: in ms/cm, expected μs/cm"


def test_units_may_be_written_with_either_mu_or_not_at_all() -> None:
    content = payload()
    content["thead"] = [
        name.replace("μS/cm", "\u00b5S/cm").replace("<span class='unit'>(℃)</span>", "") for name in content["thead"]
    ]
    batch = parse(content)
    assert batch.problems == ()
    assert of(batch, "conductivity_uscm") == (655.3, None, None, "655.318")
    assert of(batch, "water_temp_c") == (11.4, None, None, "11.37")


def test_of_a_repeated_moment_the_last_row_counts_whole() -> None:
    content = payload()
    again = [*content["tbody"][0][:7], "6.66", "--", *content["tbody"][0][9:]]
    content["tbody"].append(again)
    batch = parse(content)
    assert of(batch, "do_mgl") == (6.66, None, None)
    assert of(batch, "conductivity_uscm") is None


@pytest.mark.parametrize("rows", [[], "others"])
def test_without_a_row_of_ours_the_batch_is_empty(rows: Any) -> None:
    content = payload()
    content["tbody"] = content["tbody"][3:] if rows == "others" else rows
    batch = parse(content)
    assert batch.readings.empty
    assert list(batch.readings.columns) == list(COLUMNS)
    assert batch.problems == ()


def test_bad_rows_are_named_and_the_others_read() -> None:
    content = payload()
    content["tbody"][0] = content["tbody"][0][:15]
    content["tbody"][2] = None
    content["tbody"].append(["青海", "黄河流域", "长" * 81, *content["tbody"][1][3:]])
    batch = parse(content)
    assert set(batch.readings["place_id"]) == {"runze"}
    assert batch.problems == (
        "row 1: 15 cells under 16 columns",
        "row 3: expected a list of cells, got None",
        "row 5: 断面名称: more than 80 signs",
    )


def test_more_pages_than_one_are_reported() -> None:
    assert parse({**payload(), "total": 3}).problems == ("page 1 of 3 only",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"result": 0}, "result 0, expected 1"),
        ({"result": False}, "result False, expected 1"),
        ({"result": None}, "result None, expected 1"),
        ({"tbody": None}, "thead and tbody are not both lists"),
        ({"thead": "省份"}, "thead and tbody are not both lists"),
        ({"thead": ["省份"] * 16}, "no column 断面名称 and 监测时间"),
    ],
)
def test_what_is_not_the_protocol_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(AnswerError, match=f"cnemc_water, readings: {message}"):
        parse({**payload(), **change})


@pytest.mark.parametrize("content", [-1, None, [], "no"])
def test_what_is_no_object_is_refused(content: Any) -> None:
    with pytest.raises(AnswerError, match="expected an object"):
        parse(content)


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<span title='原始值：7.944'>7.94</span>", (7.94, None, None, "7.944")),
        ("<span title='原始值：7.945'>7.94</span>", (7.94, None, None, "7.945")),  # a tie may be rounded either way
        ("<span title='原始值：7.935'>7.94</span>", (7.94, None, None, "7.935")),
        ("<span title='原始值：--'>7.94</span>", (7.94, None, None)),
        ("<span title='原始值：'>7.94</span>", (7.94, None, None)),
        ('<b><span title="原始值:7.944">7.94</span></b>', (7.94, None, None, "7.944")),
        ("<span>7.94</span>", (7.94, None, None)),
        (7.94, (7.94, None, None)),
        (" 7.94&nbsp;", (7.94, None, None)),
        ("<0.5", (0.25, "<0.5", None)),
        ("&lt;0.5", (0.25, "<0.5", None)),
        ("<span title='原始值：0.5'>--</span>", None),
        ("*", None),
        ("", None),
        (None, None),
        ("<span title='原始值：7.940'>7.94</span>", (7.94, None, None)),
        ("<span title='原始值：6.00045'>6.00</span>", (6.0, None, None, "6.00045")),
        ("<span title='人工复核'>7.94</span>", (7.94, "人工复核", None)),
        ("0.05L", (0.025, "0.05L", None)),
        ("0.05 Ｌ", (0.025, "0.05 Ｌ", None)),
        ("<span title='原始值：0.013'>0.05L</span>", (0.025, "0.05L", None)),
        ("低于检出限（0.05）", (0.025, "低于检出限（0.05）", None)),
    ],
)
def test_a_cell(cell: Any, expected: Any) -> None:
    batch = with_cell("溶解氧", cell)
    assert of(batch, "do_mgl") == expected
    assert batch.problems == ()


@pytest.mark.parametrize("reason", ["当天质控不合格", "仪器维护"])
@pytest.mark.parametrize("shown", ["--", "*", ""])
def test_a_reason_for_a_missing_value_stays(shown: str, reason: str) -> None:
    value, note, flags = of(with_cell("氨氮", f"<span title='{reason}'>{shown}</span>"), "nh3n_mgl") or ()
    assert math.isnan(value)
    assert (note, flags) == (reason, None)


@pytest.mark.parametrize(
    ("column", "item", "cell", "shown"),
    [
        ("溶解氧", "do_mgl", "<span title='原始值：7.946'>7.94</span>", 7.94),
        ("藻密度", "algae_cellsl", "<span title='原始值：29724000'>2.9723E+07</span>", 29723000),
    ],
)
def test_an_original_that_does_not_round_to_what_is_shown_is_reported_and_not_taken(
    column: str, item: str, cell: str, shown: float
) -> None:
    batch = with_cell(column, cell)
    value, note, flags, original = of(batch, item) or ()
    assert (value, note, flags) == (shown, None, None)
    assert original in cell
    (problem,) = batch.problems
    assert problem.startswith(f"row 1, {column}: shown ")


def test_an_exponent_counts_in_its_own_last_digit() -> None:
    batch = with_cell("藻密度", "<span title='原始值：29723412'>2.9723E+07</span>")
    assert of(batch, "algae_cellsl") == (29723000, None, None, "29723412")
    assert batch.problems == ()


@pytest.mark.parametrize(
    "mark", ["ND", "n.d.", "未检出", "<DL", "低于检出限", "<span title='原始值：0.0003'>未检出</span>"]
)
def test_what_was_not_detected_without_a_limit_has_no_value_and_keeps_its_mark(mark: str) -> None:
    value, note, flags = of(with_cell("总磷", mark), "tp_mgl") or ()
    assert math.isnan(value)
    assert (note, flags) == (cnemc_water._Cell(mark).shown, None)


@pytest.mark.parametrize("state", ["维护", "停站", "站点维护中", "<span title='设备检修'>异常</span>"])
@pytest.mark.parametrize("column", ["站点情况", "运行状态"])
def test_a_station_under_maintenance_or_stopped_gives_no_value(column: str, state: str) -> None:
    content = payload(17)
    content["thead"][-1] = column
    content["tbody"][0][-1] = state
    batch = parse(content, NEW_YEAR)
    mine = batch.readings.query("place_id == 'xiaoxia'")
    assert mine["value"].isna().all()
    assert mine["note"].str.contains("维护|停站|检修").all()
    assert of(batch, "site_class") is None
    assert of(batch, "do_mgl", "runze") == (1.73, None, None)


@pytest.mark.parametrize("state", ["正常", "未停站", "无维护", "", None, "调试"])
def test_a_station_that_measures_is_read(state: Any) -> None:
    content = payload(17)
    content["tbody"][0][-1] = state
    assert of(parse(content, NEW_YEAR), "do_mgl") == (9.62, None, None)


def test_maintenance_may_be_named_beside_section_or_value() -> None:
    section = "<span title='所在地市:西宁市&#10;站点情况:停站'>小峡桥</span>"
    for cell in ("小峡桥（停站）", section):
        assert with_cell("断面名称", cell).readings["value"].isna().all()
    value, note, _ = of(with_cell("氨氮", "<span title='仪器维护'>0.31</span>"), "nh3n_mgl") or ()
    assert math.isnan(value)
    assert note == "仪器维护"


@pytest.mark.parametrize("cell", ["故障", "7.9.4", "1e999", True, "<![abc[ 8.1"])
def test_what_is_no_number_stays_as_written(cell: Any) -> None:
    value, note, flags = of(with_cell("溶解氧", cell), "do_mgl") or ()
    assert math.isnan(value)
    assert (note, flags) == (str(cell), "unreadable")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [(str(n), n) for n in range(1, 7)]
    + list(zip("ⅠⅡⅢⅣⅤ", range(1, 6), strict=True))
    + [("III", 3), ("Ⅲ类", 3), ("３", 3), (4, 4), ("劣Ⅴ", 6), ("劣V类", 6), ("<span>Ⅱ</span>", 2)],
)
def test_a_class(cell: Any, expected: int) -> None:
    assert of(with_cell("水质类别", cell), "site_class") == (expected, None, None)


@pytest.mark.parametrize("cell", ["-1", -1, "--", "*", "", None])
def test_no_class(cell: Any) -> None:
    assert of(with_cell("水质类别", cell), "site_class") is None


@pytest.mark.parametrize("cell", ["7", "0", "优"])
def test_a_class_that_is_none_stays_as_written(cell: str) -> None:
    value, note, flags = of(with_cell("水质类别", cell), "site_class") or ()
    assert math.isnan(value)
    assert (note, flags) == (cell, "unreadable")


# ── times ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("asked", "stamp", "expected"),
    [
        ("2026-10-09T18:30", "10-09 16:00", "2026-10-09 16:00"),
        ("2026-10-09T18:30", "1-9 6:00", "2026-01-09 06:00"),
        ("2027-01-01T00:40", "12-31 20:00", "2026-12-31 20:00"),
        ("2027-01-01T00:40", "01-01 00:00", "2027-01-01 00:00"),
        ("2026-12-31T23:58", "01-01 00:00", "2027-01-01 00:00"),  # its clock runs ahead of ours
        ("2026-12-31T23:58", "01-02 12:00", "2026-01-02 12:00"),  # no clock runs ahead so far
        ("2026-01-01T00:00", "06-30 00:00", "2026-06-30 00:00"),  # 180 days ahead
        ("2026-01-01T00:00", "06-30 00:01", "2025-06-30 00:01"),
        ("2028-03-01T00:10", "02-29 20:00", "2028-02-29 20:00"),
        ("2029-01-03T00:10", "02-29 20:00", "2028-02-29 20:00"),
    ],
)
def test_the_year_of_a_stamp(asked: str, stamp: str, expected: str) -> None:
    batch = with_cell("监测时间", stamp, asked_at=datetime.fromisoformat(asked).replace(tzinfo=ZONE))
    assert set(batch.readings["at"]) == {pd.Timestamp(expected, tz="Asia/Shanghai")}


def test_the_year_is_that_of_beijing() -> None:
    requests = datetime.fromisoformat("2026-12-31T16:30:00+00:00")  # 00:30 of the new year in Beijing
    batch = with_cell("监测时间", "01-01 00:00", asked_at=requests)
    assert set(batch.readings["at"]) == {pd.Timestamp("2027-01-01", tz="Asia/Shanghai")}


@pytest.mark.parametrize("stamp", ["02-29 20:00", "13-01 08:00", "10-09 24:00", "10-09", "--", "", None])
def test_a_stamp_that_is_no_time_leaves_its_row_out_and_names_it(stamp: Any) -> None:
    batch = with_cell("监测时间", stamp)
    assert batch.readings.empty
    (problem,) = batch.problems
    assert problem.startswith("row 1: 监测时间: ")
    assert problem.endswith(" is no time MM-DD HH:MM of 2025 or 2026")


CELL = st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=30), st.lists(st.text(max_size=3), max_size=2))
MARKED = st.builds("<span title='{}'>{}</span>".format, st.text(max_size=20), st.text(max_size=12))


@pytest.mark.slow
@given(st.lists(st.lists(CELL | MARKED, min_size=16, max_size=16), max_size=3))
@settings(max_examples=60)
def test_whatever_is_in_cells_the_batch_is_whole(rows: list[list[Any]]) -> None:
    content = payload()
    content["tbody"] = [[*content["tbody"][0][:4], *row[4:]] for row in rows] + rows
    frame = parse(content).readings
    assert set(frame["place_id"]) <= {"xiaoxia"}
    unread = frame[frame["value"].isna()]
    assert unread["note"].notna().all()
    assert not frame.duplicated(["place_id", "item", "at"]).any()
