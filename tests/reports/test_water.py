from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from assessment import water as rules
from reports import lookup, water
from store import facts, standards
from tests.checks import not_none

TODAY = date(2026, 11, 23)


def known(section_id: str, today: date = TODAY) -> list[tuple[str, int | None, str, int, bool]]:
    section = water.river(today).section(section_id)
    return [(k.period, k.hour, k.op, k.water_class, k.official) for k in section.known]


def test_classes_of_periods_of_the_outflow_and_its_last_hour_in_the_order_of_time() -> None:
    assert known("xiaoxia") == [
        ("2018/2020", None, "<=", 4, True),
        ("2020", None, "=", 3, True),
        ("2023-01/2023-08", None, "=", 3, True),
        ("2023", None, "=", 3, True),
        ("2024-Q1", None, "=", 2, True),
        ("2026-09-23", 5, "=", 2, False),
    ]


def test_the_last_of_several_hours_of_a_day_counts_even_where_only_its_class_was_written_down() -> None:
    assert known("runze", date(2026, 8, 27)) == [("2026-08-27", 22, "=", 3, False)]


def test_what_is_not_known_yet_is_not_shown() -> None:
    outflow = water.overview(date(2025, 10, 31)).outflow
    assert outflow.latest is not None
    assert (outflow.latest.period, not_none(outflow.latest).water_class) == ("2024-Q1", 2)
    assert not outflow.fresh  # 2024-03-31 lies more than a year back
    assert outflow.recorded == (outflow.recorded[0],)  # May 2020, all of it left out
    assert (outflow.recorded[0].hours, outflow.recorded[0].left_out) == (0, 2)


def test_an_annual_aim_is_set_against_an_annual_class_only() -> None:
    """2023 was class Ⅲ, the aim is Ⅲ: the quarter and the hours at Ⅱ since then say nothing of it."""
    outflow = water.overview(TODAY).outflow
    assert outflow.aim is not None
    assert (outflow.aim.water_class, outflow.aim.year, outflow.aim.draft) == (3, 2025, False)
    assert outflow.annual is not None
    assert (outflow.annual.period, outflow.annual.water_class) == ("2023", 3)
    assert not_none(outflow.latest).water_class == 2
    assert outflow.against_aim == "meets"
    in_2019 = water.river(date(2019, 12, 31)).section("xiaoxia")
    assert (in_2019.annual, in_2019.against_aim) == (None, None)  # the first period known ends with 2020
    runze = water.river(TODAY).section("runze")
    assert runze.latest is not None
    assert (runze.annual, runze.against_aim) == (None, None)


@pytest.mark.parametrize(
    ("period", "hour", "official", "op", "comparable"),
    [
        ("2025", None, True, "=", True),
        ("2024", None, True, "=", True),
        ("2025", None, True, "<=", False),  # or better: it may be any of them
        ("2023/2025", None, True, "=", False),
        ("2025-Q4", None, True, "=", False),
        ("2025-12", None, True, "=", False),
        ("2025-12", None, False, "=", False),
        ("2025-12-31", 12, False, "=", False),
        ("2025", None, False, "=", False),
    ],
)
def test_what_is_no_annual_class_is_refused(
    period: str, hour: int | None, official: bool, op: str, comparable: bool
) -> None:
    outflow = water.overview(TODAY).outflow
    terms = water._terms("xiaoxia", period, hour, official=official)
    result = replace(outflow.known[0].provenance, terms=terms)
    one = replace(
        outflow.known[0], period=period, hour=hour, official=official, op=op, water_class=2, provenance=result
    )
    alone = replace(outflow, known=(one,))
    assert alone.against_aim == ("better" if comparable else None)


def test_a_river_s_aim_counts_for_its_sections_but_not_for_the_source_above_it() -> None:
    aims = {one.id: one.aim and (one.aim.water_class, one.aim.of_river) for one in water.river(TODAY).sections}
    assert aims["runze"] == aims["zhamalong"] == (3, True)
    assert aims["xiaoxia"] == aims["liuyi"] == (3, False)
    assert aims["heiquan"] is None  # on the Baoku River, which bears another name
    runze = water.river(TODAY).section("runze").aim
    assert runze is not None
    assert runze.provenance.sources[0].document.document_id == "plan14"


def test_where_the_river_enters_and_leaves_is_reported_of_one_hour_only() -> None:
    both = water.together(TODAY)
    assert both is not None
    assert [(one.period, one.hour, one.water_class) for one in both] == [("2025-11-18", 16, 2), ("2025-11-18", 16, 2)]
    assert water.together(date(2025, 11, 7)) != both
    assert water.together(date(2025, 11, 5)) is None  # April 2021 above, nothing below


# ── recorded hours ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_recorded_hours_are_counted_by_month_and_class() -> None:
    """Counted by hand from the file; of five hours of August 2026 only the class was written down."""
    stored = {
        (one.id, month.month): (dict(month.by_class), month.left_out)
        for one in water.river(TODAY).sections
        for month in one.recorded
    }
    assert stored == {
        ("zhamalong", "2020-04"): ({}, 1),
        ("zhamalong", "2021-04"): ({2: 17, 3: 2, 5: 1}, 2),
        ("zhamalong", "2025-11"): ({1: 1, 2: 4}, 0),
        ("xiaoxia", "2020-05"): ({}, 2),
        ("xiaoxia", "2025-11"): ({2: 4, 3: 1}, 0),
        ("xiaoxia", "2026-02"): ({2: 1}, 0),
        ("xiaoxia", "2026-08"): ({3: 1}, 0),
        ("xiaoxia", "2026-09"): ({2: 2}, 0),
        ("taer", "2020-05"): ({2: 1, 3: 1}, 0),
        ("taer", "2021-04"): ({2: 21, 3: 3, 5: 1}, 0),
        ("taer", "2025-11"): ({1: 5}, 0),
        ("runze", "2020-05"): ({3: 2}, 0),
        ("runze", "2025-11"): ({2: 4}, 1),
        ("runze", "2026-02"): ({2: 1}, 0),
        ("runze", "2026-08"): ({3: 1, 4: 1, 5: 1}, 0),
        ("runze", "2026-09"): ({2: 1, 3: 1}, 0),
    }
    judged = sum(month.hours for one in water.river(TODAY).sections for month in one.recorded)
    left_out = sum(month.left_out for one in water.river(TODAY).sections for month in one.recorded)
    assert (judged, left_out) == (74 + 4, 6)  # 80 readings and four of which only the class is known


def test_the_platform_classifies_what_it_shows() -> None:
    """Its class agrees with the five items on every row as shown; with all digits 0.50045 mg/L of ammonia would be Ⅲ."""
    limits, table = standards.water_limits(), facts.table("water_readings")
    result = table[table["site_class"].notna() & ~table["station_state"].isin(["maintenance", "stopped"])]
    exact = [one.water_class for one in rules.judge_sections(result, limits, items="auto5")]
    differs = result[result["site_class"].astype(int) != exact]
    assert differs[["section_id", "measured_at"]].to_numpy().tolist() == [["xiaoxia", "2025-11-18T16:00+08:00"]]
    shown = [one for one in water.readings() if one.site_class is not None]
    assert len(shown) == len(result) == 74
    assert all(one.judged.water_class == one.site_class for one in shown)
    autumn = next(one for one in shown if (one.section_id, one.at.day, one.at.year) == ("xiaoxia", 18, 2025))
    assert {item.column: (item.value, item.water_class) for item in autumn.items}["nh3n_mgl"] == (0.5, 2)


def test_a_station_under_maintenance_repeats_old_values_and_is_not_judged() -> None:
    missing = {("xiaoxia", 2020), ("runze", datetime(2025, 11, 18, 16, tzinfo=ZoneInfo("Asia/Shanghai")))}
    result = {(one.section_id, one.at.year) for one in water.readings()} | {
        (r.section_id, r.at) for r in water.readings()
    }
    assert not missing & result


def test_a_target_of_a_draft_is_marked() -> None:
    liuyi = water.river(TODAY).section("liuyi")
    assert liuyi.aim is not None
    assert (liuyi.aim.water_class, liuyi.aim.year, liuyi.aim.draft) == (3, 2026, True)
    assert known("liuyi") == [("2023-01/2023-09", None, "=", 3, True)]  # reported by the district, before its plan
    assert not liuyi.fresh


def test_tributaries_join_where_the_water_meets() -> None:
    river = water.river(TODAY)
    assert [s.id for s in river.main.sections] == ["zhamalong", "xigang", "xinning", "baoshe", "xiaoxia"]
    # below Zhamalong the Xinachuan; between Xinning and Baoshe both city rivers; before Xiaoxia the Shatangchuan
    joined = [(t.name.en, t.above, t.from_north, len(t.sections)) for t in river.tributaries]
    assert joined == [
        ("Xinachuan River", 1, True, 0),
        ("Beichuan River", 3, True, 5),
        ("Nanchuan River", 3, False, 3),
        ("Shatangchuan River", 4, True, 0),
    ]
    assert [t.aim.water_class if t.aim else None for t in river.tributaries] == [None, 3, 3, None]
    assert len(river.sections) == 13
    assert sum(not s.known for s in river.sections) == 8


def test_readings_are_judged_by_the_worst_of_five_items() -> None:
    last = water.readings()[0]
    assert last.at >= datetime(2026, 9, 23, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    by_id = {(r.section_id, r.at.date()): r for r in water.readings() if r.at.year == 2026}
    autumn = by_id["xiaoxia", date(2026, 9, 23)]
    # 8.09 ≥ 7.5 Ⅰ; 2 < 3.35 ≤ 4 Ⅱ; 0.112 ≤ 0.15 Ⅰ; 0.02 < 0.073 ≤ 0.1 Ⅱ
    assert {i.column: i.water_class for i in autumn.items} == {
        "ph": 1, "do_mgl": 1, "codmn_mgl": 2, "nh3n_mgl": 1, "tp_mgl": 2,
    }  # fmt: skip
    assert autumn.judged.deciding == ("codmn_mgl", "tp_mgl")
    assert by_id["runze", date(2026, 9, 23)].judged.deciding == ("tp_mgl",)
    assert by_id["runze", date(2026, 2, 4)].judged.deciding == ("nh3n_mgl", "tp_mgl")
    assert {r.provenance.kind for r in by_id.values()} == {"archive"}
    assert {i.column: i.value for i in autumn.reference}["tn_mgl"] == 3.52


def test_the_outflow_comes_first_among_the_readings() -> None:
    assert [some[0].section_id for some in water.overview(TODAY).readings] == ["xiaoxia", "runze", "taer", "zhamalong"]
    assert all(some[0].at > some[-1].at for some in water.overview(TODAY).readings)


def test_limits_are_those_of_rivers() -> None:
    assert lookup.river_items()["tp_mgl"].class_3 == 0.2  # lakes: 0.05


def test_oxygen_under_the_air_of_the_plateau() -> None:
    thin = water.oxygen()
    assert thin is not None
    assert thin.share_of_sea_level_pct == pytest.approx(76.1, abs=0.05)  # 770.9 ÷ 1013.25
    assert thin.warmest_c == pytest.approx(15.9, abs=0.05)
    assert thin.provenance.period == "2014/2018"  # the station moved on 2019-01-01


def test_2020_has_two_classes_and_is_marked() -> None:
    outflow = water.overview(TODAY).outflow
    assert [(k.op, k.water_class) for k in outflow.in_year(2020)] == [("<=", 4), ("=", 3)]
    assert water.disputed() == {("xiaoxia", 2020)}
    assert outflow.in_year(2022) == ()
    assert water.years(TODAY) == tuple(range(2018, 2027))
    assert water.years(date(2017, 12, 31)) == ()


def test_an_hour_is_no_entry_of_its_year_but_one_of_the_recorded_hours() -> None:
    outflow = water.overview(TODAY).outflow
    assert outflow.in_year(2026) == ()
    assert [one.month for one in outflow.recorded_in(2026)] == ["2026-02", "2026-08", "2026-09"]


def test_results_of_the_old_plan_and_what_is_delegated() -> None:
    report = water.overview(TODAY)
    assert [(p.number, p.target.baseline_value, p.latest.value) for p in report.old_plan if p.latest] == [
        ("xn13-1", 83.3, 100),
        ("xn13-2", 12.6, 0),
        ("xn13-3", 50, 87.5),
    ]
    assert report.delegated == 4  # national sections, groundwater, COD, ammonia
    assert [p.value for p in report.outfalls] == [668, 743, 1515]
    assert report.reclaimed is not None
    assert report.reclaimed.latest is None
    assert report.reclaimed.target.target_value == 25
    assert report.misconnections is not None
    assert report.misconnections.target.target_value == 237


def test_one_class_counts_for_a_year_a_whole_years_before_a_parts() -> None:
    outflow = water.river(TODAY).section("xiaoxia")
    assert [k.period for k in outflow.in_year(2023)] == ["2023-01/2023-08", "2023"]
    main = {year: outflow.main_class(year) for year in (2019, 2022, 2023, 2024)}
    assert {year: one and one.period for year, one in main.items()} == {
        2019: "2018/2020",
        2022: None,
        2023: "2023",
        2024: "2024-Q1",
    }


def test_a_published_class_comes_before_one_of_five_items() -> None:
    section = water.river(TODAY).section("xiaoxia")
    quarter = section.main_class(2024)
    assert quarter is not None
    month = replace(quarter, period="2024-05", end=date(2024, 5, 31), official=False)
    both = replace(section, known=(month, quarter))
    assert both.main_class(2024) == quarter
    assert replace(section, known=(month,)).main_class(2024) == month


def test_recorded_hours_of_a_year_are_a_range_and_none_where_all_were_left_out() -> None:
    section = water.river(TODAY).section("xiaoxia")
    first = section.recorded[0]
    may, june = (
        replace(first, month=month, by_class=hours) for month, hours in (("2019-05", {2: 3, 4: 1}), ("2019-06", {3: 5}))
    )
    assert replace(section, recorded=(may, june)).hours_of_year(2019) == water.HoursOfYear(hours=9, best=2, worst=4)
    assert replace(section, recorded=(replace(may, by_class={}),)).hours_of_year(2019) is None
    assert replace(section, recorded=()).hours_of_year(2019) is None


def test_a_section_without_a_class_or_a_recorded_hour_has_none() -> None:
    section = water.river(TODAY).section("xiaoxia")
    assert section.has_any_class
    assert replace(section, known=()).has_any_class
    assert not replace(section, known=(), recorded=()).has_any_class
