"""What changed: moments from the data alone, keys that stay, the newest first."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from assessment.moments import ZONE
from reports import changes
from reports.brief import DayOfMonth
from reports.changes import Edition, MonthOver, Published
from store import clock
from tests import imports, live_stores
from tests.live_stores import at, hours, write_readings

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=ZONE)


def by_key(now: datetime = NOW) -> dict[str, changes.Change]:
    return {one.key: one for one in changes.changes(now)}


def test_at_most_a_hundred_the_newest_first_each_once() -> None:
    found = changes.changes(NOW)
    assert len(found) == changes.MOST == 100
    moments = [one.at for one in found]
    assert moments == sorted(moments, reverse=True)
    assert len({one.key for one in found}) == len(found)
    assert max(moments) <= NOW


def test_the_moments_do_not_depend_on_when_one_asks() -> None:
    later = by_key(NOW + timedelta(days=5))
    assert later
    assert {key: one.at for key, one in by_key().items()} == {key: one.at for key, one in later.items()}


def test_a_month_comes_when_it_is_over() -> None:
    found = by_key()
    assert found["month:2026-10"].at == datetime(2026, 11, 1, tzinfo=ZONE)
    subject = found["month:2026-09"].subject
    assert isinstance(subject, MonthOver)
    assert (subject.counted.known_days, subject.counted.lost_days) == (30, 0)
    assert "month:2026-11" not in found
    assert "month:2026-10" not in by_key(datetime(2026, 10, 31, 12, tzinfo=ZONE))


def test_a_standard_is_issued_and_comes_into_force_on_its_days() -> None:
    found = by_key()
    assert found["standard:GB 3095-2026:issued"].at.date() == date(2026, 2, 13)
    assert found["standard:GB 3095-2026:in_force"].at.date() == date(2026, 3, 1)
    assert isinstance(found["standard:GB 3095-2026:in_force"].subject, Edition)


def test_a_document_brings_all_its_figures_on_the_day_of_issue() -> None:
    one = by_key()["document:nfdb202602"]
    assert one.at.date() == date(2026, 2, 27)
    assert isinstance(one.subject, Published)
    assert len(one.subject.points) == 2


@pytest.mark.parametrize(
    ("text", "day"), [("2026-02-13", date(2026, 2, 13)), ("2026-02", date(2026, 2, 1)), ("2011", None), (None, None)]
)
def test_a_document_without_a_month_has_no_moment(text: str | None, day: date | None) -> None:
    assert changes._issued(text) == day


def test_a_bad_day_is_one_entry_when_it_is_over() -> None:
    one = by_key()["air:2026-08-13"]
    assert one.at == datetime(2026, 8, 14, tzinfo=ZONE)
    assert isinstance(one.subject, DayOfMonth)
    assert (one.subject.aqi, one.subject.by_ozone_alone) == (101, True)


def test_a_bad_hour_is_an_alert_of_its_day_only_while_it_is_of_now(tmp_path_factory: pytest.TempPathFactory) -> None:
    six = at("2026-11-23T18:00")
    with live_stores.filled(tmp_path_factory.mktemp("bad hour")):
        write_readings("cnemc_air", hours("xining", "aqi", six, [113.0]), now=six)
        found = by_key()
        assert found["air:2026-11-23"].at == six
        assert "air:2026-11-23" not in by_key(NOW + timedelta(hours=9))


def test_a_correction_keeps_its_key(filled_store: Path, tmp_path: Path) -> None:
    with imports.own_store(filled_store, tmp_path):
        imports.bring(tmp_path, imports.CLASSES, imports.CLASS)
        imports.bring(tmp_path, imports.CLASSES, imports.CLASS.replace("Ⅲ", "Ⅳ"))
        later = max(clock.now(), imports.NOW) + timedelta(days=1)
        mine = [one for one in changes.changes(later) if one.key.startswith("correction:")]
        assert [one.key for one in mine] == ["correction:1"]
        assert mine[0].at == imports.NOW
