"""A store of a test's own, and files brought into it as an official would."""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from loaders import workbook
from store import database, live
from store.clock import ZONE

Rows = Sequence[Sequence[object]]  # of cells, as they are put on a sheet
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
FIGURES = "指标,地区,时段,数值,单位,来源文件,文件中的位置,沙尘口径"
# 2013: a correction of the 221 days the tracked file holds; the waste of 2025 is new.
GOOD_DAYS = "空气质量优良天数,西宁市,2013,222,天,bulletin2018,正文,文件未说明是否扣除沙尘"
WASTE = "餐厨垃圾处理量,西宁市,2025,12.5,万吨,plan14,表9,"
CLASSES = "断面,时段,水质类别,来源文件,文件中的位置"
CLASS = "小峡桥,2026-10,Ⅲ类,plan14,附表1"
DUST = "日期,认定,来源文件,文件中的位置"
DUST_DAY = "2026-04-12,扣除,plan14,附件"
TASKS = "任务,截至日期,状态,进展,来源文件,文件中的位置"
TASK = "7.3,2026-09-30,进行中,完成八成,plan14,二"
EVERYTHING = ((FIGURES, GOOD_DAYS, WASTE), (CLASSES, CLASS), (DUST, DUST_DAY), (TASKS, TASK))


def unzoned(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A moment as a spreadsheet holds it: without a zone."""
    return datetime(year, month, day, hour)  # noqa: DTZ001


@contextmanager
def own_store(filled: Path, folder: Path) -> Iterator[Path]:
    """A copy of a filled store that the block may change.

    Its facts bear a mark of their own: what this process keeps of other stores does not stand for it.
    """
    file = folder / "own.db"
    with closing(sqlite3.connect(filled)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", f"sqlite:///{file}")
        with database.engine().begin() as connection:
            drawn = update(live.revisions).where(live.revisions.c.topic == database.FACTS)
            connection.execute(drawn.values(number=secrets.randbits(48)))
            database.bump_revisions(connection)
        yield file
        database.engine().dispose()


def bring(folder: Path, *lines: str) -> workbook.Applied:
    """Import lines of a CSV, the header first."""
    path = folder / "填报.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return workbook.apply(workbook.plan(path, today=NOW.date()), who="张三", why="原件核对后改正", now=NOW)
