"""Who may go out: each level and pollutant by hand, from the standard's words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assessment.editions import NEW, OLD
from reports import advice, air, air_now, latest
from reports.advice import GROUPS, OFTEN_OUTDOORS
from store import facts
from tests import live_stores
from tests.checks import not_none
from tests.live_stores import at, hours, write_readings

SIX = at("2026-11-23T18:00")


def verdicts(level: int, above_100: tuple[str, ...], standard: str = NEW) -> str:
    """One letter for each group, in order: everyone, children, elderly, heart and lung, outdoor workers, runners."""
    return "".join(one.verdict[0] for one in advice.answers(level, above_100, standard))


@pytest.mark.parametrize(
    ("level", "above_100", "expected"),
    [
        (1, (), "gggggg"),
        (2, ("PM10",), "gggggg"),
        (3, ("PM10",), "gccccc"),
        (3, ("O3",), "gccccc"),
        (3, ("NO2",), "gcccgg"),  # table 2 does not name people outdoors for nitrogen dioxide
        (3, ("CO", "PM2.5"), "gccccc"),  # one of two is enough
        (4, ("PM2.5",), "ccccci"),
        (4, ("SO2",), "cccccc"),
        (5, ("PM10",), "ciiici"),
        (5, ("SO2",), "ciiici"),  # whatever the pollutant, others should cut down: a run is hard exercise
        (6, ("PM10",), "iiiiii"),
    ],
)
def test_the_answer_follows_level_and_pollutant(level: int, above_100: tuple[str, ...], expected: str) -> None:
    assert verdicts(level, above_100) == expected


def test_the_old_edition_names_nobody_by_pollutant() -> None:
    assert verdicts(3, ("PM10",), OLD) == "gcccgg"
    assert verdicts(4, ("PM10",), OLD) == "cccccc"


def test_the_worse_the_air_the_less_anybody_may() -> None:
    order = "gci"
    for primary in ((), ("PM10",), ("CO",), ("O3", "PM2.5")):
        for standard in (OLD, NEW):
            found = [verdicts(level, primary, standard) for level in range(1, 7)]
            for group in range(len(GROUPS)):
                path = [order.index(one[group]) for one in found]
                assert path == sorted(path), (primary, standard, GROUPS[group])


def test_what_is_ours_is_marked() -> None:
    ours = {one.group for one in advice.answers(4, ("PM10",), NEW) if one.ours}
    assert ours == {"outdoor_workers", "runners"}
    assert not any(one.ours for level in (1, 2, 6) for one in advice.answers(level, ("PM10",), NEW))


def test_table_two_still_has_the_words_that_are_looked_for() -> None:
    table = facts.table("sensitive_groups")
    named = set(table.loc[table["groups_en"].str.contains(OFTEN_OUTDOORS, regex=False), "pollutant"])
    assert named == {"O3", "PM10", "PM2.5"}


def test_without_an_hour_the_last_whole_day_counts() -> None:
    newest, day = advice.now(), air.latest_day()
    assert newest.at is None
    assert (newest.aqi, newest.level, newest.day, newest.provenance) == (day.aqi, day.level, day.day, day.provenance)


def test_the_same_day_of_past_years_is_the_latest_first_and_ends_with_the_day_itself() -> None:
    found = advice.same_day(date(2025, 4, 12))
    known = [2025, 2024, *range(2022, 2013, -1)]  # the archive has no 12 April 2023
    assert [one.day for one in found] == [date(year, 4, 12) for year in known]
    frame = air.days()
    row = frame[frame["date"] == "2019-04-12"].iloc[0]
    assert next(one for one in found if one.day.year == 2019).aqi == int(row["aqi"])


def test_the_years_before_leave_the_day_itself_out_and_count_the_good_ones() -> None:
    past = advice.past_years(date(2025, 4, 12))
    assert past is not None
    assert [one.day.year for one in past.days] == [2024, *range(2022, 2013, -1)]
    assert past.good == sum(one.aqi <= 100 for one in past.days)
    assert past.provenance == advice.same_day_provenance(tuple(one.day for one in past.days))
    assert advice.past_years(date(2013, 1, 1)) is None


def test_the_29th_of_february_is_compared_with_its_own_kind() -> None:
    assert {one.day.year for one in advice.same_day(date(2024, 2, 29))} <= {2016, 2020, 2024}


class TestWithAnHour:
    """The live hour."""

    @pytest.fixture(autouse=True)
    def own_store(self, tmp_path: Path) -> Iterator[None]:
        with live_stores.filled(tmp_path):
            yield

    def test_the_hour_counts(self) -> None:
        write_readings("cnemc_air", hours("xining", "aqi", SIX, [113.0], primary_pollutants="PM10"), now=SIX)
        newest = advice.now()
        assert (newest.aqi, newest.level, newest.primary, newest.at) == (113, 3, ("PM10",), SIX)
        assert [one.verdict for one in newest.answers] == ["go", "care", "care", "care", "care", "care"]
        assert newest.rule.sources[0].document.document_id == "hj633_2026"

    def test_an_hour_older_than_the_last_known_day_does_not(self) -> None:
        write_readings("cnemc_air", hours("xining", "aqi", at("2026-10-05T18:00"), [113.0]), now=SIX)
        assert advice.now().at is None

    @pytest.mark.slow
    def test_the_pollutants_beside_the_primary_one_reach_their_groups(self) -> None:
        """Nitrogen dioxide leads and table 2 names nobody outdoors for it; the particles above 100 do."""
        alone = {
            "no2_ugm3": 500.0,
            "pm10_ugm3": 40.0,
            "pm25_ugm3": 20.0,
            "so2_ugm3": 9.0,
            "co_mgm3": 1.0,
            "o3_1h_ugm3": 60.0,
        }
        for more, expected in (({}, "gcccgg"), ({"pm10_ugm3": 150.0}, "gccccc"), ({"o3_1h_ugm3": 250.0}, "gccccc")):
            rows = [row for item, value in (alone | more).items() for row in hours("xining", item, SIX, [value])]
            write_readings("cnemc_air", rows, now=SIX)
            newest = advice.now()
            assert newest.primary == ("NO2",)
            assert "".join(one.verdict[0] for one in newest.answers) == expected, more

    def test_the_hour_that_ends_a_day_is_newer_than_the_day(self) -> None:
        write_readings("cnemc_air", hours("xining", "aqi", at("2026-10-07T00:00"), [113.0]), now=SIX)
        assert advice.now().at == at("2026-10-07T00:00")

    def test_the_hour_that_ends_the_day_before_is_not(self) -> None:
        write_readings("cnemc_air", hours("xining", "aqi", at("2026-10-06T00:00"), [113.0]), now=SIX)
        assert advice.now().at is None

    def test_a_station_without_an_hour_of_now_gives_way_to_the_city(self) -> None:
        write_readings("cnemc_air", hours("xining", "aqi", SIX, [113.0], primary_pollutants="PM10"), now=SIX)
        write_readings(
            "cnemc_air",
            hours("3055A", "aqi", SIX, [91.0]) + hours("3629A", "aqi", at("2026-11-23T16:00"), [77.0]),
            now=SIX,
        )
        report, now = not_none(air_now.now()), at("2026-11-23T18:31")
        fresh, old = (next(one for one in report.stations if one.station_id == name) for name in ("3055A", "3629A"))
        there = not_none(advice.at_place(report, fresh, now))
        assert there.hour.aqi == 91
        assert there.station is fresh
        assert not_none(advice.at_place(report, old, now)).hour.aqi == 113
        assert not_none(advice.at_place(report, None, now)).answers == advice.now().answers
        assert advice.at_place(report, fresh, at("2026-11-24T18:30")) is None
        assert advice.at_place(None, None, now) is None

    def test_the_latest_air_is_of_the_hour_and_outside_while_it_is_current(self) -> None:
        assert latest.of_air(at("2026-11-23T18:30")).day == air.latest_day()
        write_readings("cnemc_air", hours("xining", "aqi", SIX, [113.0], primary_pollutants="PM10"), now=SIX)
        now = latest.of_air(at("2026-11-23T18:30"))
        assert (now.advice, now.outside, now.day) == (advice.now(), True, None)
        assert now.freshness.data_at == SIX
        assert not latest.of_air(at("2026-11-23T20:31")).outside


def test_excellent_and_good_days_count_as_good() -> None:
    days = [advice.SameDay(date(2025, 4, 12), aqi, level) for aqi, level in ((50, 1), (100, 2), (101, 3), (301, 6))]
    assert [one.good for one in days] == [True, True, False, False]
