"""What the store says of itself, against the tracked files; limits against the standards, typed by hand."""

from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pytest

from reports import method
from store import schema, tracked


def test_what_is_stored_is_what_is_tracked() -> None:
    inventory = method.inventory()
    counted = tuple(len(tracked.read(name)) for name in ("documents", "figures", "targets", "air_daily"))
    assert (inventory.documents, inventory.figures, inventory.targets, inventory.days) == counted
    assert sum(inventory.seen.values()) == inventory.documents
    assert sum(inventory.confidence.values()) == inventory.figures
    assert inventory.first_day == date(2013, 10, 28)


def test_every_document_is_listed_once_with_the_figures_that_rest_on_it() -> None:
    by_kind = method.documents()
    every = [one for found in by_kind.values() for one in found]
    assert len(every) == len(tracked.read("documents"))
    figures = Counter(tracked.read("figures")["document_id"])
    assert {one.source.document.document_id: one.figures for one in every if one.figures} == dict(figures)
    assert by_kind["plan"][0].source.document.document_id == "plan14"
    for found in by_kind.values():
        assert [one.figures for one in found] == sorted((one.figures for one in found), reverse=True)


def test_other_rows_are_counted_in_every_column_that_names_a_document() -> None:
    plan13 = next(one for one in method.documents()["plan"] if one.source.document.document_id == "plan13")
    expected = 0
    for table in schema.FACT_TABLES:
        for column in table.columns:
            if column.info.get("ref") == "documents.document_id" and table.name != "figures":
                expected += int((tracked.read(table.name)[column.name] == "plan13").sum())
    assert (plan13.figures, plan13.others) == (0, expected)
    assert expected > 0


def test_every_table_is_listed_with_its_rows() -> None:
    inventory = {one.name: one for one in method.holdings()}
    assert {name: one.rows for name, one in inventory.items()} == {
        t.name: len(tracked.read(t.name)) for t in schema.FACT_TABLES
    }
    assert (inventory["air_daily"].until, inventory["weather_daily"].until) == ("2026-10-06", "2021-04-30")
    assert inventory["units"].until == ""
    assert inventory["units"].latest is None
    complaints = inventory["complaints"].latest
    assert complaints is not None
    assert complaints.document.document_id == "inspection2023"


# Class II, from GB 3095-2012 and GB 3095-2026 table 1: 2012, transition, final.
LIMITS = {
    ("PM2.5", "annual"): (35, 30, 25),
    ("PM2.5", "24h"): (75, 60, 50),
    ("PM10", "annual"): (70, 60, 50),
    ("PM10", "24h"): (150, 120, 100),
    ("SO2", "annual"): (60, 60, 20),
    ("SO2", "24h"): (150, 150, 50),
    ("NO2", "annual"): (40, 40, 30),
    ("NO2", "24h"): (80, 80, 50),
    ("CO", "24h"): (4, 4, 4),
    ("O3", "MDA8"): (160, 160, 160),
}


def test_the_limits_through_the_phases() -> None:
    starts, limits = method.limits()
    assert starts == (date(2016, 1, 1), date(2026, 3, 1), date(2031, 1, 1))
    assert {(one.pollutant, one.averaging): one.values for one in limits} == LIMITS
    assert {one.pollutant for one in limits if one.unit == "mg/m3"} == {"CO"}
    changed = {(one.pollutant, one.averaging): one.changed for one in limits}
    assert changed["PM2.5", "annual"] == (False, True, True)
    assert changed["SO2", "annual"] == (False, False, True)


def test_the_rulebook_has_every_rule_by_its_number() -> None:
    book = method.rulebook()
    assert tuple(book.rules.values()) == method.rules()
    assert (book.starts, book.limits) == method.limits()
    assert all(number == row.rule_id for number, row in book.rules.items())


@pytest.mark.parametrize(
    ("standard", "pollutant", "averaging", "iaqi", "concentration"),
    [
        ("HJ 633-2012", "PM2.5", "24h", 100, 75),
        ("HJ 633-2026", "PM2.5", "24h", 100, 60),
        ("HJ 633-2012", "PM10", "24h", 100, 150),
        ("HJ 633-2026", "PM10", "24h", 100, 120),
        ("HJ 633-2012", "SO2", "1h", 300, None),  # no breakpoint above IAQI 200
    ],
)
def test_the_breakpoints_of_both_editions(
    standard: str, pollutant: str, averaging: str, iaqi: int, concentration: float | None
) -> None:
    table = next(one for one in method.breakpoints() if one.standard.standard_id == standard)
    assert table.values[table.iaqi.index(iaqi)][table.columns.index((pollutant, averaging))] == concentration


def test_the_common_water_items_with_rivers_before_lakes() -> None:
    rows = method.water_limits()
    assert [(row.item, row.water_body) for row in rows][-2:] == [("tp_mgl", "river"), ("tp_mgl", "lake")]
    nh3n = next(row for row in rows if row.item == "nh3n_mgl")
    assert [getattr(nh3n, f"class_{grade}") for grade in range(1, 6)] == [0.15, 0.5, 1.0, 1.5, 2.0]
    assert len(rows) == 8


def test_each_rule_says_how_sure_it_is() -> None:
    assert [row.rule_id for row in method.rules()] == [f"R{n:02}" for n in range(1, 41)]
    assert sum(method.evidence().values()) == 40
    assert method.evidence()["memory"] == int((tracked.read("rules")["evidence"] == "memory").sum())


def test_the_breaks_and_what_is_missing() -> None:
    found = method.breaks()
    assert (found.state_change, found.edition) == (date(2018, 9, 1), date(2026, 3, 1))
    assert found.longest is not None
    assert (found.longest.first, found.longest.last, found.longest.days) == (date(2023, 2, 25), date(2023, 4, 15), 50)
    days = pd.date_range("2013-10-28", "2026-10-06")
    assert found.missing == len(days) - len(tracked.read("air_daily")) == 60


def test_what_the_ozone_column_is_and_when() -> None:
    found = {one.kind: one for one in method.breaks().ozone}
    eight = found["max_8h"]
    assert (eight.first, eight.last, eight.days) == (date(2013, 12, 2), date(2017, 5, 31), 1276)
    assert found["max_1h"].last == date(2026, 10, 6)
    assert sum(one.days for one in found.values()) == int(tracked.read("air_daily")["o3_kind"].notna().sum())


def test_a_single_missing_day_is_a_gap_of_one() -> None:
    start = date(2024, 2, 28)
    days = [start, start + timedelta(2), start + timedelta(3)]
    assert [(gap.first, gap.days) for gap in method._gaps(days)] == [(date(2024, 2, 29), 1)]
    assert method._gaps(days[1:]) == []


def test_all_contradictions_stand_under_their_theme() -> None:
    found = method.contradictions()
    assert sum(len(mine) for mine in found.values()) == len(tracked.read("contradictions"))
    assert all(one.row.theme == theme for theme, mine in found.items() for one in mine)
