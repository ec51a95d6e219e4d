"""River readings as they come in, and the months they make."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports import water
from tests import imports, live_stores
from tests.checks import not_none
from tests.live_stores import at, write_readings
from views.text.water import below_detection
from views.text.words import Words
from views.ui import section_matrix

TODAY = date(2026, 11, 23)
CLEAN = {"ph": 8.0, "do_mgl": 9.0, "codmn_mgl": 2.0, "nh3n_mgl": 0.1, "tp_mgl": 0.02}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


def reading(time: str, section: str = "xiaoxia", **values: float | None) -> list[dict[str, Any]]:
    """A reading of the five items, clean but for the values named."""
    result = {**CLEAN, **values}
    stamp = at(time)
    return [
        {"place_id": section, "item": item, "averaging": "instant", "at": stamp, "value": value}
        for item, value in result.items()
    ]


def test_the_newest_reading_counts_for_its_section() -> None:
    write_readings(
        "cnemc_water",
        reading("2026-11-23T12:00") + reading("2026-11-23T16:00", nh3n_mgl=1.2),
        now=at("2026-11-23T16:30"),
    )
    latest = not_none(water.river(TODAY).section("xiaoxia").latest)
    assert (latest.period, latest.hour, latest.water_class, latest.deciding) == ("2026-11-23", 16, 4, ("nh3n_mgl",))
    assert sum(known.period == "2026-11-23" for known in water.river(TODAY).section("xiaoxia").known) == 1


@pytest.mark.parametrize(("original", "found"), [(0.2004, 3), (0.2006, 4)])
def test_what_the_platform_shows_decides_not_its_hidden_digits(original: float, found: int) -> None:
    """Total phosphorus is shown with three decimals; class Ⅲ ends at 0.2 mg/L."""
    write_readings("cnemc_water", reading("2026-11-23T16:00", tp_mgl=original), now=at("2026-11-23T16:30"))
    assert not_none(water.river(TODAY).section("xiaoxia").latest).water_class == found


def test_a_withheld_value_keeps_its_reason_and_the_rest_is_judged() -> None:
    rows = reading("2026-11-23T16:00")
    rows[-1] |= {"value": None, "note": "当天质控不合格"}
    write_readings("cnemc_water", rows, now=at("2026-11-23T16:30"))
    newest = water.readings()[0]
    withheld = {item.column: item.why_not for item in newest.items if item.why_not}
    assert withheld == {"tp_mgl": "当天质控不合格"}
    assert (newest.judged.items_used, newest.judged.water_class) == (4, 1)


def test_a_value_below_detection_is_judged_by_half_the_limit_and_shown_as_its_mark() -> None:
    rows = reading("2026-11-23T16:00", nh3n_mgl=0.5, tp_mgl=0.0005)
    for row in rows:
        row |= {"nh3n_mgl": {"original": "0.50045"}, "tp_mgl": {"note": "0.001L"}}.get(row["item"], {})
    write_readings("cnemc_water", rows, now=at("2026-11-23T16:30"))
    items = {item.column: item for item in water.readings()[0].items}
    assert (items["tp_mgl"].value, items["tp_mgl"].mark, items["tp_mgl"].water_class) == (0.0005, "0.001L", 1)
    assert (items["nh3n_mgl"].value, items["nh3n_mgl"].mark, items["nh3n_mgl"].water_class) == (0.5, "", 2)


def test_a_month_keeps_the_marks_of_items_below_detection(filled_store: Path, tmp_path: Path) -> None:
    header = "断面,月份,pH,溶解氧（mg/L）,高锰酸盐指数（mg/L）,氨氮（mg/L）,总磷（mg/L）,来源文件,文件中的位置"
    with imports.own_store(filled_store, tmp_path):
        imports.bring(tmp_path, header, "小峡桥,2026-10,8,9,2,0.025L,0.05,plan14,附表2")
        section = water.river(TODAY).section("xiaoxia")
        (month,) = [one for one in section.known if one.period == "2026-10"]
        assert (month.water_class, month.below_detection) == (2, (("nh3n_mgl", "0.025L"),))
        for language, text in (("zh", "低于检出限：氨氮 0.025L"), ("en", "below detection: ammonia nitrogen 0.025L")):
            w = Words(language)
            assert below_detection(month, w) == text
            assert text in section_matrix.table(section_matrix.of([section], [2026], (), w), w)


def test_a_doubtful_reading_does_not_speak() -> None:
    write_readings("cnemc_water", reading("2026-11-23T12:00"), now=at("2026-11-23T12:30"))
    write_readings(
        "cnemc_water", [{**row, "flags": "jump"} for row in reading("2026-11-23T16:00")], now=at("2026-11-23T16:30")
    )
    assert water.readings()[0].at == at("2026-11-23T12:00")


@pytest.mark.parametrize(("days", "known"), [(9, False), (10, True)])
def test_ten_days_of_readings_make_a_month_judged_by_its_means(days: int, known: bool) -> None:
    """Ammonia nitrogen of 0.2 and 0.9 by turns: its mean of 0.55 mg/L is class Ⅲ."""
    rows = []
    for n in range(days):
        day = (date(2026, 10, 1) + timedelta(days=n)).isoformat()
        rows += reading(f"{day}T08:00", nh3n_mgl=0.2) + reading(f"{day}T20:00", nh3n_mgl=0.9)
    write_readings("cnemc_water", rows, now=at("2026-11-01T08:00"))
    months = [one for one in water.river(TODAY).section("xiaoxia").known if one.period == "2026-10"]
    assert [(one.water_class, one.deciding, one.provenance.kind) for one in months] == (
        [(3, ("nh3n_mgl",), "derived")] if known else []
    )


def test_an_unfinished_month_is_not_judged() -> None:
    rows = [row for n in range(1, 21) for row in reading(f"2026-11-{n:02d}T08:00")]
    write_readings("cnemc_water", rows, now=at("2026-11-23T08:00"))
    assert not [one for one in water.river(TODAY).section("xiaoxia").known if one.period == "2026-11"]
