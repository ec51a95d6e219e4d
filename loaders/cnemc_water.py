"""CNEMC's national real-time surface-water platform: the automatic stations on the rivers of Xining.

A request without its session is answered with ``-1``: main page, dictionary of rivers and readings are requested
in this order and with one jar of cookies. What is read, by the table's own head (columns in any order, some missing, others new):

- a value is displayed rounded, ``<span title='原始值：24.52'>24.5</span>``: the platform classifies what it displays (ammonia
  0.50045 displayed as 0.50 is class Ⅱ), so that is the value; an original that differs stands beside it (``original``: 0.50045).
  Where the displayed value is not the original's rounding, a sentence says so;
- withheld by quality control, ``<span title='当天质控不合格'>--</span>``: value NaN, the reason in the note;
- missing without a reason (``--``, ``*``, null, empty): no reading is made;
- ``<0.01``, ``0.01L``, below the limit of detection: half the limit, the published text goes into the note; ``ND``, 未检出:
  value NaN, the mark in the note;
- a station under maintenance or stopped (维护, 停站, in a column of its own or beside section or value) repeats old values:
  value NaN, the state in the note, and no class;
- any other text that is no number: value NaN, flag ``unreadable``, the text in the note;
- classes are written as 1–6 (6: worse than Ⅴ) or, before 2026, as Ⅰ…Ⅴ and 劣Ⅴ; -1 is none;
- times name no year (:func:`_time`); of rows that repeat a section's moment the last one counts.

Rows of other prefectures are left out. A section that gives Xining as its city and that ``data/`` does not know becomes a
place of its own, ``unknown:<name>``, its readings flagged ``unknown_section``.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin

from loaders.answer import Answer, AnswerError, Batch, Place, readings
from loaders.cells import LONGEST_CELL, MOST_ROWS, NOTE_LENGTH, bounded, plain, quoted, read_cell
from loaders.decode import json_of
from loaders.transport import ACCEPT_HEADERS, UpstreamClient
from store import facts, records
from store.city import CITY_NAME, HERE
from store.clock import ZONE
from store.states import FailureCause

SOURCE = "cnemc_water"
PAGE, ENDPOINT = "/GJZ/Business/Publish/Main.html", "/GJZ/Ajax/Publish.ashx"
RIVERS = {"action": "getArea_RiverDic"}
READINGS = {
    "AreaID": HERE.province_code,
    "RiverID": "",
    "MNName": "",
    "PageIndex": "1",
    "PageSize": "2000",
    "action": "getRealDatas",
}
REFUSED = b"-1"

PROVINCE = HERE.province_zh
AREA, SECTION, TIME, CLASS = "省份", "断面名称", "监测时间", "水质类别"
# Column → item and its unit, both as _bare() writes them.
ITEMS = {
    "水温": ("water_temp_c", "°c"),
    "ph": ("ph", "无量纲"),
    "溶解氧": ("do_mgl", "mg/l"),
    "电导率": ("conductivity_uscm", "μs/cm"),
    "浊度": ("turbidity_ntu", "ntu"),
    "高锰酸盐指数": ("codmn_mgl", "mg/l"),
    "氨氮": ("nh3n_mgl", "mg/l"),
    "总磷": ("tp_mgl", "mg/l"),
    "总氮": ("tn_mgl", "mg/l"),
    "叶绿素α": ("chla_mgl", "mg/l"),
    "藻密度": ("algae_cellsl", "cells/l"),
}
CLASSES = {**{str(n): n for n in range(1, 7)}, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "劣v": 6}
NO_CLASS = "-1"
STATES = ("站点情况", "站点状态", "运行状态", "设备状态", "数据状态", "备注")  # columns of older layouts and copies
# A station in one of these states repeats what it measured before.
NOT_MEASURING = re.compile(r"(维护|维修|检修|停站|停运|停测|停机|停用|停电|停止)")
ALSO_WRITTEN = {"扎麻隆": "扎马隆"}
ORIGINAL = re.compile(r"原始值[:：]\s*(\S*)")
TOWN = re.compile(r"所在地市[:：]\s*(\S+)")
STAMP = re.compile(r"(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{2})")
MOST_DIGITS = 300  # before or behind the point: more are beyond any float
HALF_A_STEP = 0.5 + 1e-6  # of a shown value's last digit: how far its original may lie from it


# ── fetching ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def fetch(
    client: UpstreamClient, *, now: datetime, since: date | None = None, until: date | None = None
) -> Iterator[Answer]:
    """The readings, or the first of the three steps that failed. Raises ValueError for a period: there is only now."""
    if since or until:
        raise ValueError(f"{SOURCE} publishes each section's latest readings only: it has no past to backfill from")
    return _request(client)


def _request(client: UpstreamClient) -> Iterator[Answer]:
    page = client.source.url + PAGE
    # The platform answers its own page only: it checks these.
    headers = {
        "Accept": ACCEPT_HEADERS["json"],
        "Referer": page,
        "Origin": urljoin(page, "/").rstrip("/"),
        "X-Requested-With": "XMLHttpRequest",
    }
    answer = _accepted(client.get("main page", PAGE, accept="any"))
    if answer.ok:
        answer = _accepted(client.post("rivers", ENDPOINT, form=RIVERS, headers=headers, accept="any", idempotent=True))
    if answer.ok:
        answer = _accepted(client.post("readings", ENDPOINT, form=READINGS, headers=headers, idempotent=True))
    yield answer


def _accepted(answer: Answer) -> Answer:
    """The answer; as an upstream error where it is the platform's refusal, which comes with status 200."""
    refused = answer.status == 200 and answer.body.strip() == REFUSED
    return answer.failed(FailureCause.PROTOCOL, "answers -1: the session was not accepted") if refused else answer


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────
Cells = Mapping[str, Any]  # a row by its columns' bare names


def parse(answer: Answer) -> Batch:
    """The readings of Xining's sections, live and instantaneous; empty where none of them is in the answer.

    Raises AnswerError where the result is not 1, or head and rows or the columns for section and time are not there.
    A row or column that cannot be read is a problem of the batch.
    """
    head, body, problems = _table(answer)
    rows: dict[tuple[str, datetime], list[dict[str, Any]]] = {}
    unknown: dict[str, Place] = {}
    left_out = []
    for number, row in enumerate(body, 1):
        try:
            cells = _cells(head, row)
            if (place := _place(cells)) is None:
                continue
            at = _time(cells[TIME], answer.asked_at)
        except ValueError as error:
            left_out.append(f"row {number}: {error}")
            continue
        known = place.place_id in _sections().values()
        if not known and place.place_id not in unknown:
            unknown[place.place_id] = place
            problems.append(
                f"row {number}, {SECTION}: {place.name!r} lies in {HERE.name_en}, but no section is named so"
            )
        where = {"place_id": place.place_id, "at": at, "averaging": "instant", "kind": "live"}
        rows[place.place_id, at] = _readings(where, cells, known, f"row {number}", problems)
    found = [reading for moment in sorted(rows) for reading in rows[moment]]
    return Batch(readings(found), tuple(unknown.values()), bounded([*left_out, *problems]), len(left_out))


def _table(answer: Answer) -> tuple[list[str], list[Any], list[str]]:
    """Bare names of the columns (empty: not to be read), rows, and sentences about what is missing."""
    content = json_of(answer)
    if not isinstance(content, dict):
        raise AnswerError(answer, f"expected an object with result, thead and tbody, got {quoted(content)}")
    if plain(content.get("result")).casefold() not in ("1", "true"):
        raise AnswerError(answer, f"result {quoted(content.get('result'))}, expected 1")
    thead, tbody = content.get("thead"), content.get("tbody")
    if not isinstance(thead, list) or not isinstance(tbody, list):
        raise AnswerError(answer, "thead and tbody are not both lists")
    if max(len(thead), len(tbody)) > MOST_ROWS:
        raise AnswerError(answer, f"a table of more than {MOST_ROWS} rows or columns", cause=FailureCause.SIZE)
    problems: list[str] = []
    head = [_column(name, problems) for name in thead]
    if missing := [name for name in (SECTION, TIME) if name not in head]:
        raise AnswerError(answer, f"no column {' and '.join(missing)}")
    if absent := [name for name in (CLASS, *ITEMS) if name not in head]:
        problems.append(f"column {', '.join(absent)}: not in the table, or in another unit")
    if (pages := plain(content.get("total", 1))) not in ("0", "1"):
        problems.append(f"page 1 of {pages} only")
    return head, tbody, problems


def _column(cell: Any, problems: list[str]) -> str:
    """A column's bare name; empty where its values are in a unit that is not the expected one."""
    name, _, unit = _bare(cell).partition("(")
    name = name.strip().replace("叶绿素a", "叶绿素α")
    expected, stated = ITEMS.get(name, ("", ""))[1], unit.removesuffix(")").strip()
    if expected and stated and stated != expected:
        problems.append(f"column {name}: in {stated}, expected {expected}")
        return ""
    return name


def _cells(head: Sequence[str], row: Any) -> Cells:
    if not isinstance(row, list):
        raise ValueError(f"expected a list of cells, got {quoted(row)}")
    if len(row) != len(head):
        raise ValueError(f"{len(row)} cells under {len(head)} columns")
    return dict(zip(head, row, strict=True))


def _readings(where: dict[str, Any], cells: Cells, known: bool, row: str, problems: list[str]) -> list[dict[str, Any]]:
    state = _not_measuring(cells)
    made = []
    for column, (item, _) in ITEMS.items():
        if (read := _value(cells.get(column), f"{row}, {column}", problems)) is not None:
            made.append((item, _withheld(state) if state else read))
    if not state and (read := _class(cells.get(CLASS))) is not None:
        made.append(("site_class", read))
    unknown = [] if known else ["unknown_section"]
    return [
        {
            **where,
            "item": item,
            "value": read.value,
            "note": read.note,
            "flags": ",".join([*unknown, *filter(None, [read.flag])]) or None,
            "original": read.original,
        }
        for item, read in made
    ]


def _not_measuring(cells: Cells) -> str:
    """The published state of a station under maintenance or stopped; empty where it measures.

    Looked for in columns of state and in the section's brackets and title, never in the section's name itself.
    """
    section = _Cell(cells.get(SECTION))
    brackets = unicodedata.normalize("NFKC", section.shown).partition("(")[2]
    states = (_Cell(cells.get(name)) for name in STATES)
    texts = [text for cell in states for text in (cell.shown, cell.title)] + [brackets, section.title]
    return next((text for text in texts if _stopped(text)), "")


def _stopped(text: str) -> bool:
    """Whether a text says that nothing is measured; 未停站 and 无维护 do not."""
    return any(text[: found.start()][-1:] not in ("未", "无", "非") for found in NOT_MEASURING.finditer(text))


class Read(NamedTuple):
    """What a cell says of a value: its note, its flag, the digits behind what is displayed."""

    value: float
    note: str | None = None
    flag: str | None = None
    original: str | None = None


def _withheld(state: str) -> Read:
    return Read(math.nan, state[:NOTE_LENGTH])


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@cache
def _sections() -> dict[str, str]:
    """Ids of the sections by their bare names."""
    names = {row.area_id: row.name.zh for row in facts.tracked_rows(records.Area)}
    return {_section_name(names[row.section_id]): row.section_id for row in facts.tracked_rows(records.WaterSection)}


def _section_name(text: str) -> str:
    """A section's name without a suffix in brackets and without the word for section."""
    name = _bare(text).partition("(")[0].strip().removesuffix("断面")
    return ALSO_WRITTEN.get(name, name)


def _place(cells: Cells) -> Place | None:
    """Where a row was measured; None where that is not in Xining. Sections of the same name lie in other provinces."""
    cell = _Cell(cells[SECTION])
    if not (name := _section_name(cell.shown)):
        raise ValueError(f"{SECTION}: empty")
    if len(name) > NOTE_LENGTH:
        raise ValueError(f"{SECTION}: more than {NOTE_LENGTH} signs")
    province = _bare(cells.get(AREA))
    if province and not province.startswith(PROVINCE):
        return None
    if section := _sections().get(name):
        return Place(section, name)
    town = TOWN.search(cell.title)
    return Place(f"unknown:{name}", name) if town and town[1].startswith(CITY_NAME) else None


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class _Cell(HTMLParser):
    """A cell's shown text and the title that lies behind it."""

    def __init__(self, cell: Any) -> None:
        super().__init__()
        self.shown = self.title = ""
        text = plain(cell)[:LONGEST_CELL]
        try:
            self.feed(text)
            self.close()
        except AssertionError:  # what html.parser raises at a broken <![
            self.shown, self.title = text, ""
        self.shown, self.title = plain(self.shown), plain(self.title)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.title = self.title or dict(attrs).get("title") or ""

    def handle_data(self, data: str) -> None:
        self.shown += data


def _bare(cell: Any) -> str:
    """A cell's shown text in small letters and one way of writing: （ as (, Ⅱ as ii, ℃ as °c, µ as μ."""
    return unicodedata.normalize("NFKC", _Cell(cell).shown).casefold()


def _value(cell: Any, where: str, problems: list[str]) -> Read | None:
    """A cell's displayed value; None where it is missing without a reason."""
    read = _Cell(cell)
    found = None if read.shown == "*" else read_cell(read.shown)
    original = ORIGINAL.search(read.title)
    if found is None:
        return _withheld(read.title) if read.title and not original else None
    if _stopped(read.title):
        return _withheld(read.title)
    value, note, flag = found
    if not original:
        return Read(value, note or read.title[:NOTE_LENGTH] or None, flag)
    precise = read_cell(original[1])
    if note or precise is None or precise[1] or precise[2] or precise[0] == value:
        return Read(*found)
    if abs(precise[0] - value) > HALF_A_STEP * _step(read.shown):
        problems.append(f"{where}: shown {read.shown}, original {original[1]}: the shown value is taken")
    return Read(value, original=original[1][:NOTE_LENGTH])


def _step(shown: str) -> float:
    """What one more in the last digit of a number would be: 0.1 of 24.5, 1000 of 2.9723E+07."""
    digits, _, exponent = shown.casefold().partition("e")
    return 10.0 ** max(-MOST_DIGITS, min(int(exponent or 0) - len(digits.partition(".")[2]), MOST_DIGITS))


def _class(cell: Any) -> Read | None:
    """The class shown by the platform; None where it shows none."""
    name = _bare(cell).removesuffix("类")
    if name in (NO_CLASS, "*") or read_cell(name) is None:
        return None
    if name in CLASSES:
        return Read(float(CLASSES[name]))
    return Read(math.nan, _Cell(cell).shown[:NOTE_LENGTH], "unreadable")


def _time(cell: Any, asked_at: datetime) -> datetime:
    """The moment of a stamp MM-DD HH:MM in Beijing time, which names no year.

    It is the year of the run, or the year before where that would lie more than 180 days ahead; a stamp of the next
    year's first hours, of a clock that runs ahead of ours, is the next year's.
    """
    text = _Cell(cell).shown
    local = asked_at.astimezone(ZONE)
    if stamp := STAMP.fullmatch(text):
        month, day, hour, minute = (int(part) for part in stamp.groups())
        for year, ahead in ((local.year + 1, 1), (local.year, 180), (local.year - 1, 180)):
            try:
                at = datetime(year, month, day, hour, minute, tzinfo=ZONE)
            except ValueError:
                continue  # 29 February is in leap years only
            if at - local <= timedelta(days=ahead):
                return at
    raise ValueError(f"{TIME}: {text[:40]!r} is no time MM-DD HH:MM of {local.year - 1} or {local.year}")
