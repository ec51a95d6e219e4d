"""What needs attention at a moment."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import pytest
from msgspec.structs import replace

from reports import alerts, goals
from reports.actions import Part, Status
from reports.alerts import Severity
from store import records
from tests import live_stores
from tests.live_stores import at, hours, write_readings
from views.text import answers
from views.text.words import Words
from views.ui import alerts as alert_pieces
from views.visit import Visit

NOW = at("2026-11-23T18:30")
SIX = at("2026-11-23T18:00")


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path) -> Iterator[None]:
    with live_stores.filled(tmp_path):
        yield


def air(**aqi: float) -> None:
    for place, value in aqi.items():
        write_readings(
            "cnemc_air", hours(place.removeprefix("s_"), "aqi", SIX, [value], primary_pollutants="PM10"), now=NOW
        )


def test_sources_that_never_answered_are_overdue_and_nothing_else_is_found() -> None:
    found = alerts.of(NOW)
    assert len(found.overdue) == found.watched > 0
    assert (found.hour, found.stations, found.doubted) == (None, (), ())


@pytest.mark.slow
def test_a_hundred_is_good_and_one_more_is_not() -> None:
    air(xining=100, s_3055A=100)
    assert (alerts.of(NOW).city, alerts.of(NOW).stations) == (None, ())
    assert alerts.of(NOW).hour is not None
    air(xining=101, s_3055A=101, s_3629A=140)
    found = alerts.of(NOW)
    assert found.city is not None
    assert (found.city.aqi, [one.station_id for one in found.stations]) == (101, ["3629A", "3055A"])


@pytest.mark.slow
def test_an_hour_out_of_date_makes_its_source_overdue_and_is_no_longer_the_air_s() -> None:
    air(xining=180)
    later = NOW + timedelta(days=1)
    found = alerts.of(later)
    assert found.city is None
    assert "cnemc_air" in [one.source_id for one in found.overdue]


@pytest.mark.slow
def test_a_doubtful_reading_counts_for_two_days() -> None:
    write_readings("cnemc_air", hours("xining", "pm10_ugm3", SIX, [5900.0], flags="jump"), now=NOW)
    assert [one.flags for one in alerts.of(NOW).doubted] == [("jump",)]
    assert alerts.of(SIX + timedelta(hours=48)).doubted
    assert not alerts.of(SIX + timedelta(hours=49)).doubted


def river(**more: float) -> None:
    """A reading of 16:00 on 23 November where the river leaves the city, clean but for the values named."""
    values = {"ph": 8.0, "do_mgl": 9.0, "codmn_mgl": 2.0, "nh3n_mgl": 0.1, "tp_mgl": 0.02}
    for item, value in (values | more).items():
        row = {
            "place_id": "xiaoxia",
            "item": item,
            "averaging": "instant",
            "at": at("2026-11-23T16:00"),
            "value": value,
        }
        write_readings("cnemc_water", [row], now=NOW)


@pytest.mark.slow
@pytest.mark.parametrize(("nh3n", "named"), [(1.0, []), (1.001, ["xiaoxia"]), (1.2, ["xiaoxia"])])
def test_an_hour_worse_than_the_class_aimed_at_is_named(nh3n: float, named: list[str]) -> None:
    """Class Ⅲ of ammonia nitrogen ends at 1.0 mg/L; the aim where the river leaves the city is Ⅲ."""
    river(nh3n_mgl=nh3n)
    found = alerts.of(NOW)
    assert ([one.section.id for one in found.sections], found.judged) == (named, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("hours_later", "judged"), [(9, 1), (9.02, 0), (24, 0), (24 * 800, 0)])
def test_an_old_hour_of_the_river_says_nothing_of_now(hours_later: float, judged: int) -> None:
    """The platform publishes every four hours: after nine its last hour is old."""
    river(nh3n_mgl=1.2)
    found = alerts.of(at("2026-11-23T16:00") + timedelta(hours=hours_later))
    assert (found.judged, len(found.sections)) == (judged, judged)
    assert found.river_at == at("2026-11-23T16:00")


def test_readings_of_a_file_are_no_alert_and_no_calm() -> None:
    found = alerts.of(at("2026-09-23T06:00"))  # an hour after the last one recorded
    assert (found.judged, found.sections, found.river_at) == (0, (), at("2026-09-23T05:00"))


@pytest.mark.parametrize(
    ("lang", "none", "never", "all_reach"),
    [("zh", "最后一次是9月23日", "达标", "都达到目标"), ("en", "The last one is of", "reached", "all keep it")],
)
def test_without_a_current_hour_the_finding_gives_the_last_one(
    lang: str, none: str, never: str, all_reach: str
) -> None:
    text = " ".join(alert_pieces.checks(alerts.of(NOW), Visit(Words(lang), "dark", NOW, False)))
    assert none in text
    assert never not in text
    assert all_reach not in text


def test_where_nothing_is_known_of_now_nothing_is_called_calm() -> None:
    """Of neither air nor river an hour is known here; with both known and nothing found it is calm."""
    w, found = Words("en"), alerts.of(NOW)
    nothing = replace(found, hour=None, stations=(), judged=0, sections=(), overdue=(), doubted=(), past=())
    assert (nothing.unknown, nothing.alerts) == (("sky", "river"), ())
    assert "air and the river" in answers.of_alerts(nothing, w)[0]
    assert "cannot be told" in answers.of_alerts(nothing, w)[0]
    air_only = replace(nothing, judged=2, doubted=found.doubted)
    assert air_only.unknown == ("sky",)
    assert answers.of_alerts(air_only, w)[0].startswith("<em>Nothing is known</em> of the air at")
    air(xining=60)
    known = replace(alerts.of(NOW), stations=(), judged=2, sections=(), overdue=(), doubted=(), past=())
    assert "calls for attention" in answers.of_alerts(known, w)[0]


@pytest.mark.slow
def test_work_that_ends_within_thirty_days_is_due_and_what_was_promised_is_counted() -> None:
    found = alerts.of(at("2026-12-01T12:00"))
    assert found.due
    assert all(0 <= (part.days_left or 0) <= 30 for part in found.due)
    assert {one.judgement.status for one in found.missed} <= {"behind", "not_met"}
    assert found.without_result > 0
    assert not alerts.of(at("2026-11-30T12:00")).due


@pytest.mark.slow
def test_the_worst_hour_is_the_citys_or_a_stations() -> None:
    air(xining=120, s_3055A=101, s_3629A=140)
    found = alerts.of(NOW)
    assert found.worst is not None
    assert found.worst.aqi == 140
    city = replace(found, stations=())
    assert city.worst == found.hour
    assert replace(city, hour=None).worst is None


@pytest.mark.parametrize(
    ("moment", "past", "due", "severities"),
    [
        ("2025-12-01T00:30", 1, 3, {"high": 1, "medium": 3}),  # 30 days before the last day of three pieces
        ("2025-11-30T23:30", 1, 0, {"high": 1, "medium": 0}),  # 31 days before
        ("2025-12-30T12:00", 1, 3, {"high": 1, "medium": 3}),  # due tomorrow
        ("2025-12-31T00:00", 1, 3, {"high": 1, "medium": 3}),  # due today: from its first minute …
        ("2025-12-31T23:59", 1, 3, {"high": 1, "medium": 3}),  # … to its last it is no day late
        ("2026-01-01T00:00", 4, 0, {"high": 4, "medium": 0}),  # overdue by a day
        ("2026-12-31T12:00", 4, 11, {"high": 4, "medium": 11}),
        ("2027-01-01T12:00", 15, 0, {"high": 15, "medium": 0}),
    ],
)
def test_work_is_due_to_the_end_of_its_last_day_and_overdue_from_the_next(
    moment: str, past: int, due: int, severities: dict[Severity, int]
) -> None:
    """By the plan: one piece ends with 2024, three with 2025, eleven with 2026; of none a result is known."""
    found = alerts.of(at(moment))
    assert (len(found.past), len(found.due)) == (past, due)
    work = [one for one in found.alerts if one.subject == "work"]
    assert {name: sum(one.severity == name for one in work) for name in severities} == severities
    assert all(isinstance(one.about, Part) and one.about.responsible for one in work)  # whose each is


def test_work_is_settled_by_a_result_or_by_word_that_it_was_done() -> None:
    part = alerts.of(at("2026-01-01T12:00")).past[0]
    assert not part.settled

    def with_status(status: Literal["running", "done", "delayed"]) -> Part:
        row = records.TaskStatus(part.number, date(2025, 12, 30), "plan", status, None, "")
        return replace(part, status=Status(row, part.provenance))

    assert [with_status(word).settled for word in ("running", "delayed", "done")] == [False, False, True]


@pytest.mark.slow
def test_heavy_pollution_is_more_severe_than_an_exceedance() -> None:
    """Level 5 begins above 200."""
    air(xining=200)
    assert [one.severity for one in alerts.of(NOW).alerts if one.subject == "sky"] == ["medium"]
    air(xining=201)
    assert [one.severity for one in alerts.of(NOW).alerts if one.subject == "sky"] == ["high"]


def test_missed_promises_name_where_their_results_come_from() -> None:
    board = goals.scoreboard(NOW.date())
    first = next(one for one in board if one.official)
    found = replace(alerts.of(NOW), missed=(first, next(one for one in board if not one.latest)))
    known = found.missed_provenance
    assert known is not None
    assert known.sources[0] == (first.official or first).provenance.sources[0]
    assert known.sources[-1] == found.missed[1].provenance.sources[-1]
    assert replace(found, missed=()).missed_provenance is None
