"""The air report against the tracked days, counted by hand or by other means."""

from datetime import date

import pandas as pd
import pytest
from msgspec.structs import replace

from reports import air, brief
from store import facts
from store.city import CAPITALS
from tests.checks import not_none

TODAY = date(2026, 11, 23)


def test_every_archived_day_is_judged_by_the_edition_of_its_day() -> None:
    days = air.days()
    assert len(days) == len(facts.table("air_daily")) == 4667
    new = days["date"] >= "2026-03-01"
    assert set(days.loc[new, "standard"]) == {"HJ 633-2026"}
    assert set(days.loc[~new, "standard"]) == {"HJ 633-2012"}


def test_a_dust_storm_by_hand() -> None:
    """2025-03-26: PM10 788 is above the table's 600 → IAQI 500; PM2.5 207: 200 + 100·57/100 = 257."""
    row = air.days().set_index("date").loc["2025-03-26"]
    assert (row["pm10_ugm3"], row["pm25_ugm3"]) == (788, 207)
    assert (row["iaqi_pm10"], row["iaqi_pm25"], row["aqi"], row["level"], row["primary"]) == (500, 257, 500, 6, "PM10")


def test_ozone_is_judged_only_where_it_is_what_the_edition_asks_for() -> None:
    days = air.days()
    assert days.loc[days["o3_kind"] == "max_8h", "o3_8h_ugm3"].notna().all()
    assert days.loc[days["o3_kind"] == "mean_1h", ["o3_8h_ugm3", "o3_1h_ugm3"]].isna().all(axis=None)
    new = days[
        days["date"] >= "2026-03-01"
    ]  # no 1-hour item any more: judged where the stations' 8-hour values are known
    assert new["ozone_judged"].equals(new["o3_kind"] == "stations_mean")
    assert new["ozone_judged"].sum() == 101


def test_a_doubtful_hour_of_ozone_neither_makes_a_day_bad_nor_proves_it_good() -> None:
    """2022-06-16: 315 µg/m³ would be an index of 158 by the 2012 edition: 150 + 50·(315 − 300)/100 = 157.5."""
    day = air.days(air.OLD).set_index("date").loc["2022-06-16"]
    assert (day["o3_ugm3"], day["o3_kind"], day["ozone"]) == (315, "doubtful", "unknown")
    assert pd.isna(day["o3_1h_ugm3"])
    assert (day["aqi"], day["primary"]) == (43, "")
    assert pd.isna(day["aqi_at_most"])
    assert date(2022, 6, 16) not in air.ozone_alone(2022, air.OLD).days
    assert date(2022, 6, 15) in air.ozone_alone(2022, air.OLD).days  # 296, not doubted


def test_what_is_known_of_ozone_since_the_edition_that_takes_no_hour() -> None:
    """Of 220 days 101 have stations' values; of the others the largest hour proves 114; five stay open."""
    days = air.days()
    new = days[days["date"] >= "2026-03-01"]
    assert new["ozone"].value_counts().to_dict() == {
        "proven_not_exceeding": 114,
        "counted_from_stations": 101,
        "unknown": 5,
    }
    assert (new["o3_1h_ugm3"] <= 160).sum() == 205
    assert new["aqi_at_most"].notna().all()
    assert (new["aqi_at_most"] >= new["aqi"]).all()


def test_the_days_ozone_made_bad_by_the_stations_mean() -> None:
    """Hand-worked: (161+163+161)/3 = 161.67 → 162 → 100 + 50·2/55 = 101.8 → 102; 160.67 → 161 → 100.9 → 101."""
    days = air.days().set_index("date")
    found = {
        "2026-07-23": (161.67, 102),
        "2026-07-24": (160.67, 101),
        "2026-08-07": (165.67, 106),
        "2026-08-08": (166.0, 106),
        "2026-08-12": (162.0, 102),
        "2026-08-13": (160.67, 101),
    }
    for day, (value, index) in found.items():
        row = days.loc[day]
        assert (round(row["o3_8h_ugm3"], 2), row["aqi"], row["primary"], row["o3_stations"]) == (value, index, "O3", 3)
    assert days.loc["2026-08-06", "aqi"] == 98  # 157.33 → 157, though one station had 164


def test_a_day_is_unsure_where_its_stations_lie_on_both_sides_of_the_limit() -> None:
    days = air.days().set_index("date")
    unsure = days.index[days["ozone_unsure"]].strftime("%m-%d").tolist()
    assert unsure == ["07-24", "08-06", "08-12", "08-13"]  # 154–165, 149–164, 159–166, 157–165


def test_ozone_excluded_is_excluded_from_every_day_and_edition() -> None:
    for edition in air.EDITIONS:
        days = air.days(edition, "excluded")
        assert not days["ozone_judged"].any()
        assert not days["primary"].str.contains("O3").any()
        assert "iaqi_o3_8h" not in days or days["iaqi_o3_8h"].isna().all()
    old, new = air.year(2025, air.OLD), air.year(2026, air.OLD)
    assert (old.bad_days, new.bad_days) == (19, 14)
    old, new = air.year(2025, air.NEW), air.year(2026, air.NEW)
    assert (old.bad_days, new.bad_days) == (31, 28)
    assert {one.ozone for one in air.years()} == {"excluded"}


@pytest.mark.parametrize("edition", [air.OLD, air.NEW, air.IN_FORCE])
def test_what_ozone_alone_takes_is_reported_beside_the_counts_without_it(edition: str) -> None:
    alone = air.ozone_alone(2026, edition)
    assert [day.isoformat()[5:] for day in alone.days] == ["07-23", "07-24", "08-07", "08-08", "08-12", "08-13"]
    assert [day.isoformat()[5:] for day in alone.unsure] == ["07-24", "08-12", "08-13"]
    with_it, without = air.year(2026, edition, ozone="best"), air.year(2026, edition)
    assert with_it.bad_days - without.bad_days == len(alone.days) == 6
    assert (alone.known_days, alone.proven_days, alone.open_days) == (101, 171, 7)
    assert "archive_heqinwill" in {one.document.document_id for one in alone.provenance.sources}
    assert "archive_heqinwill" not in {one.document.document_id for one in without.provenance.sources}


def test_ozone_alone_up_to_a_day() -> None:
    assert len(air.ozone_alone(2026, until=date(2026, 8, 1)).days) == 2
    assert air.ozone_alone(2025).days == ()
    assert air.ozone_alone(2025).known_days == 0
    assert air.ozone_alone(2014).known_days == 364
    with pytest.raises(ValueError, match="2009"):
        air.ozone_alone(2009)


def test_the_year_2025_counted_independently() -> None:
    """The archive's bad days of 2025: PM10 above 150 or PM2.5 above 75 (2012 edition) on 19 of 365 days."""
    daily = facts.table("air_daily")
    mine = daily[daily["date"].dt.year == 2025]
    bad = (mine["pm10_ugm3"].round() > 150) | (mine["pm25_ugm3"].round() > 75)
    year = air.year(2025)
    assert (year.known_days, year.bad_days) == (365, int(bad.sum())) == (365, 19)
    assert year.share_pct == 94.8  # 346 ÷ 365
    assert air.year(2025, air.NEW).share_pct == 91.5  # 334 ÷ 365


def test_primary_days_share_ties_and_count_only_days_above_50() -> None:
    year = air.year(2025)
    above = air.days(ozone="excluded")
    above = above[(above["date"].dt.year == 2025) & (above["aqi"] > 50)]
    assert sum(year.primary_days.values()) == pytest.approx(len(above))


def test_what_the_stricter_rule_alone_takes_away() -> None:
    effect = air.rule_effect(2026)
    assert (effect.in_force.valid_days, effect.in_force.good_days, effect.bad_by_old) == (279, 258, 14)
    assert (effect.in_force.share_pct, effect.by_old.share_pct, effect.points) == (92.5, 95.0, 2.5)


def test_years_with_too_few_days_have_no_annual_mean() -> None:
    years = set(air.long_run().annual["year"])
    assert 2023 not in years  # 315 days
    assert 2013 not in years
    assert {2014, 2025} <= years


def test_official_shares_keep_both_values_of_a_contradicted_year() -> None:
    by_year: dict[int, set[float]] = {}
    for year, value, provenance in air.shares().official:
        by_year.setdefault(year, set()).add(value)
        assert provenance.sources
    assert by_year[2020] == {87.3, 92.1}
    assert by_year[2025] == {96.2}


def test_limits_follow_the_day() -> None:
    limits = {start: value for value, start, _ in air.long_run().limits["pm25_ugm3"]}
    assert limits[date(2013, 1, 1)] == 35
    assert limits[date(2026, 3, 1)] == 30
    assert limits[date(2031, 1, 1)] == 25


def test_five_capitals_by_year_stop_at_the_last_whole_year() -> None:
    report = air.capitals()
    assert report.last_year == 2025
    assert set(report.annual["area_id"]) == set(CAPITALS)
    assert report.annual["year"].max() == 2025
    assert not report.annual.duplicated(["area_id", "year"]).any()


def test_one_archive_value_of_xinings_year_on_every_block() -> None:
    """PM2.5 of 2016, 2018, 2019 and PM10 of 2016 stood twice, from two archives: now the daily series alone speaks."""
    mine = air.capitals().annual.query("area_id == 'xining'").set_index("year")
    long_run = air.long_run().annual.set_index("year")
    for column in ("pm25_ugm3", "pm10_ugm3"):
        assert mine.loc[long_run.index, column].tolist() == long_run[column].tolist()
    assert mine.loc[[2016, 2018, 2019], "pm25_ugm3"].tolist() == [48.7, 41.1, 34.1]
    for year in mine.index:
        assert mine.loc[year, "good_day_share_pct"] == air.year(year, air.OLD).share_pct
    assert mine.index[mine["partial"]].tolist() == [2023]


def test_cities_are_ranked_by_means_and_not_by_shares_that_do_not_state_their_ozone() -> None:
    apart = air.capitals().apart
    assert apart["pm25_ugm3"] == apart["pm10_ugm3"] == ()
    assert [one.dimension for one in apart["good_day_share_pct"]] == ["ozone"]


def test_a_capitals_year_is_its_months_weighted_by_days() -> None:
    monthly = facts.table("capitals_monthly")
    mine = monthly[(monthly["area_id"] == "xian") & monthly["month"].str.startswith("2025")]
    by_hand = round(float((mine["pm25_ugm3"] * mine["days_known"]).sum() / mine["days_known"].sum()), 1)
    annual = air.capitals().annual.set_index(["area_id", "year"])
    assert annual.loc[("xian", 2025), "pm25_ugm3"] == by_hand


def test_the_last_day_names_what_it_does_not_know() -> None:
    day = air.latest_day()
    assert day.day == date(2026, 10, 6)
    ozone = next(item for item in day.items if item.pollutant == "O3")
    assert ozone.value is None
    assert ozone.iaqi is None
    # The largest hour was 113: 8-hour ozone has an index of at most 50 + 50·13/60 = 60.8 → 61, above the particles' 39.
    assert (day.ozone, day.ozone_counted, day.aqi_at_most, day.ozone_may_lead) == (
        "proven_not_exceeding",
        False,
        61,
        True,
    )
    assert {item.pollutant: item.limit for item in day.items}["PM2.5"] == 60
    assert [s.document.document_id for s in day.provenance.sources] == ["archive_quotsoft"]


def test_a_year_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="2009"):
        air.year(2009)


def test_bad_days_are_listed_once_with_the_dust_hint() -> None:
    report = air.exceedances(2026)
    assert len(report.days) == air.year(2026, ozone="best").bad_days
    assert all(one.aqi > 100 for one in report.days)
    assert [one.ratio for one in report.days] == [
        pytest.approx(not_none(one.pm25_ugm3) / not_none(one.pm10_ugm3), abs=0.0051) for one in report.days
    ]
    briefed = {one.day for one in brief.bad_days() if one.day.year == 2026 and one.dust_like}
    assert briefed == {one.day for one in report.days if one.dust_like}
    hinted = [one for one in report.days if not_none(one.ratio) < 0.4 and "PM10" in one.primary]
    assert report.dust_like == len(hinted) > 0
    assert report.by_ozone_alone == len(air.ozone_alone(2026).days)


def test_a_bad_day_without_pm10_has_no_ratio_and_no_hint() -> None:
    (row,) = air.judged_days(air.days().dropna(subset=["aqi"]).tail(1))
    ties = {(38.0, 80.0): 0.48, (59.0, 200.0): 0.3}  # 0.475, 0.295: GB/T 8170, of the decimal number
    cases = ties | {(30.0, None): None, (None, 300.0): None, (30.0, 0.0): None, (30.0, 300.0): 0.1, (120.0, 300.0): 0.4}
    for (fine, coarse), ratio in cases.items():
        found = air.exceedance(replace(row, pm25_ugm3=fine, pm10_ugm3=coarse, primary="PM10"))
        assert (found.ratio, found.dust_like) == (ratio, ratio in (0.1, 0.3))
        assert (found.pm25_ugm3, found.pm10_ugm3) == (fine, coarse)


def test_every_day_is_counted_with_those_whose_ozone_is_a_mean_of_stations() -> None:
    report = air.every_day()
    assert report.known_days == int(air.days()["aqi"].notna().sum())
    assert report.of_stations == int((air.days()["ozone"] == "counted_from_stations").sum()) > 0


def test_the_last_whole_year_has_its_share_by_both_editions() -> None:
    last, by_new = air.shares().last_whole
    assert (last.year, by_new.year) == (2025, 2025)
    assert last.until.isoformat() == "2025-12-31"
    assert (by_new.edition, by_new.good_days < last.good_days) == (air.NEW, True)


@pytest.mark.parametrize("measure", air.MEASURES)
def test_a_capital_is_placed_from_the_best_on(measure: str) -> None:
    report = air.capitals()
    last = report.annual[report.annual["year"] == report.last_year].set_index("area_id")[measure]
    value, place, n = report.place(measure)
    best_first = list(last.sort_values(ascending=measure != "good_day_share_pct").index)
    assert (value, place, n) == (last["xining"], best_first.index("xining") + 1, len(last))


def test_a_year_is_rated_only_by_a_known_method_and_with_enough_days() -> None:
    assert len(air.rated(2025).judged) == 5
    assert air.rated(2025).attained == sum(bool(one.attained) for one in air.rated(2025).items)
    assert air.rated(2025).all_items == 6  # and ozone
    assert {one.why_not for one in air.rated(2025).items} == {""}
    assert air.rated(2026).judged == ()
    assert {one.why_not for one in air.rated(2026).items} == {"method_unknown"}
    assert air.rated(2023).judged == ()  # 25 February to 15 April are missing
    assert {one.why_not for one in air.rated(2023).items} == {"too_few_days"}


def test_the_worst_month_is_reported_with_the_years_it_was_the_worst() -> None:
    run = air.long_run()
    table = run.monthly[run.monthly["year"] > 2018].pivot(index="year", columns="month", values="pm10_ugm3")
    whole = [year for year, row in table.iterrows() if row.notna().all()]
    assert run.whole_years == len(whole)
    assert run.worst_in_years == sum(table.loc[year].idxmax() == run.worst_month for year in whole)
    assert 0 < run.worst_in_years < run.whole_years
    assert run.worst_month_pm10_ugm3 == pytest.approx(table.loc[whole, run.worst_month].mean(), abs=0.05)


def test_a_month_needs_its_values_not_only_its_days() -> None:
    """27 days of PM10 make a month (25 in February): a day without a value is none of them."""
    march = pd.DataFrame({"date": pd.date_range("2025-03-01", periods=28), "pm10_ugm3": [100.0] * 27 + [float("nan")]})
    assert air._monthly(march)["days"].tolist() == [27]
    assert air._monthly(march.iloc[1:]).empty


def test_stations_in_service_are_those_the_register_has_as_active() -> None:
    report = air.stations()
    assert 0 < len(report.active) < len(report.rows)
    assert {row.state for row in report.rows if row not in report.active} == {"retired", "uncertain"}
