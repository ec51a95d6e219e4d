"""Sections and rivers in the words of the official rule: only what one period knows in full."""

from datetime import date

import pandas as pd
import pytest
from msgspec.structs import replace

from assessment.water import Change
from reports import figures, provenance, water, water_status
from reports.water import Known, Section, Stream

TODAY = date(2026, 11, 29)
CLEAN = {"ph": 8.0, "do_mgl": 8.0, "codmn_mgl": 2.0, "nh3n_mgl": 0.1, "tp_mgl": 0.02}


def known(period: str, water_class: int, *, official: bool = True, op: str = "=") -> Known:
    source = provenance.of("published", period, "plan14")
    return Known(period, None, figures.period_end(period), op, water_class, official, (), source)


def section(name: str, *classes: Known, control: str = "national") -> Section:
    one = water.river(TODAY).main.sections[0]
    row = replace(one.row, section_id=name, control=control)
    return replace(one, row=row, known=tuple(sorted(classes, key=lambda k: k.end)))


def stream(*sections: Section) -> Stream:
    return replace(water.river(TODAY).main, sections=sections)


def test_the_sections_of_the_city_as_they_are_published() -> None:
    found = {(one.section.id, one.known.period): one for one in water_status.status(TODAY).sections}
    assert found["xiaoxia", "2024-Q1"].grade == "excellent"  # Ⅱ
    assert found["xiaoxia", "2024-Q1"].before is None  # no other first quarter is known
    year = found["xiaoxia", "2023"]
    assert (year.grade, year.before.period if year.before else None) == ("good", "2020")
    disputed = ("xiaoxia", 2020) in water.disputed()
    assert year.change == (None if disputed else Change("same", "same"))
    assert all(one.known.official and one.known.op == "=" for one in found.values())


def test_with_what_is_stored_no_river_is_graded() -> None:
    for one in water_status.status(TODAY).rivers:
        assert (one.grade, one.period) == (None, "")
        assert one.most < one.sections


@pytest.mark.slow
def test_a_change_is_given_between_equal_periods_alone() -> None:
    found = water_status.of_section(section("a", known("2022", 4), known("2023-Q1", 2), known("2023", 2)))
    (year,) = (one for one in found if one.known.period == "2023")
    assert (year.before.period if year.before else "", year.change) == ("2022", Change("better", "marked"))
    (alone,) = water_status.of_section(section("a", known("2022", 4), known("2023-Q1", 2)))[:1]
    assert alone.before is None


def test_neither_a_bound_nor_five_items_are_a_published_class() -> None:
    assert water_status.of_section(section("a", known("2022", 3, op="<="), known("2023-05", 2, official=False))) == ()


def test_five_sections_of_one_period_grade_a_river_and_of_different_ones_do_not() -> None:
    alike = [section(str(n), known("2023", 2 if n else 4)) for n in range(5)]
    found = water_status.of_river(stream(*alike, section("old", control="historic")))
    assert (found.sections, found.most, found.period, found.grade) == (5, 5, "2023", "good")  # 80 % of Ⅰ–Ⅲ
    mixed = [*alike[:4], section("4", known("2022", 2))]
    found = water_status.of_river(stream(*mixed))
    assert (found.most, found.grade) == (4, None)


@pytest.mark.parametrize(("months", "grade"), [(["2024-05", "2024-05"], "good"), (["2024-05", "2024-06"], None)])
def test_fewer_sections_are_graded_by_their_means_of_one_month(
    months: list[str], grade: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NH3-N (0.2 + 1.6) ÷ 2 = 0.9: class Ⅲ, though one of the two sections is Ⅴ."""
    rows = [
        {**CLEAN, "section_id": str(n), "month": month, "nh3n_mgl": (0.2, 1.6)[n]} for n, month in enumerate(months)
    ]
    monkeypatch.setattr(water, "monthly", lambda: pd.DataFrame(rows))
    found = water_status.of_river(stream(section("0"), section("1")))
    assert (found.sections, found.grade) == (2, grade)
