from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from reports import water

TODAY = date(2026, 11, 23)
BEFORE_READINGS = date(2026, 1, 31)


def known(section_id: str, today: date = TODAY) -> list[tuple[str, int | None, str, int, bool]]:
    section = water.river(today).section(section_id)
    return [(k.period, k.hour, k.op, k.water_class, k.official) for k in section.known]


def test_every_class_of_the_outflow_in_the_order_of_time() -> None:
    assert known("xiaoxia") == [
        ("2018/2020", None, "<=", 4, True),
        ("2020", None, "=", 3, True),
        ("2023-01/2023-08", None, "=", 3, True),
        ("2023", None, "=", 3, True),
        ("2024-Q1", None, "=", 2, True),
        ("2026-02-04", 10, "=", 2, False),
        ("2026-08-26", 12, "=", 3, False),
        ("2026-09-23", 5, "=", 2, False),
    ]


def test_hours_of_one_day_stand_in_their_order() -> None:
    assert [(k[0], k[1], k[3]) for k in known("runze")] == [
        ("2026-02-04", 10, 2),
        ("2026-08-26", 12, 5),
        ("2026-08-27", 16, 4),
        ("2026-08-27", 22, 3),
        ("2026-09-23", 5, 2),
    ]


def test_what_is_not_known_yet_is_not_shown() -> None:
    outflow = water.overview(BEFORE_READINGS).outflow
    assert outflow.latest is not None
    assert (outflow.latest.period, outflow.latest.water_class) == ("2024-Q1", 2)
    assert not outflow.fresh  # 2024-03-31 lies more than a year back
    assert water.overview(BEFORE_READINGS).readings == ()


def test_the_class_where_the_river_leaves_is_better_than_its_aim() -> None:
    outflow = water.overview(TODAY).outflow
    assert outflow.aim is not None
    assert (outflow.aim.water_class, outflow.aim.year, outflow.aim.draft) == (3, 2025, False)
    assert outflow.against_aim == "better"
    assert outflow.fresh
    in_2023 = water.overview(date(2023, 12, 31)).outflow
    assert in_2023.against_aim == "meets"
    in_2019 = water.river(date(2019, 12, 31)).section("xiaoxia")
    assert in_2019.against_aim is None  # the first period known ends with 2020


def test_an_old_class_is_kept_but_not_fresh() -> None:
    inflow = water.river(TODAY).section("zhamalong")
    assert known("zhamalong") == [("2021-04", None, "=", 2, False)]
    assert not inflow.fresh
    assert inflow.aim is None


def test_a_target_of_a_draft_says_so() -> None:
    liuyi = water.river(TODAY).section("liuyi")
    assert liuyi.aim is not None
    assert (liuyi.aim.water_class, liuyi.aim.year, liuyi.aim.draft) == (3, 2026, True)
    assert known("liuyi") == [("2023-01/2023-09", None, "=", 3, True)]  # told by the district, before its plan
    assert not liuyi.fresh


def test_tributaries_join_where_the_water_meets() -> None:
    river = water.river(TODAY)
    assert [s.id for s in river.main.sections] == ["zhamalong", "xigang", "xinning", "baoshe", "xiaoxia"]
    # below Zhamalong the Xinachuan; between Xinning and Baoshe both city rivers; before Xiaoxia the Shatangchuan
    joined = [(t.name["name_en"], t.above, t.from_north, len(t.sections)) for t in river.tributaries]
    assert joined == [
        ("Xinachuan River", 1, True, 0),
        ("Beichuan River", 3, True, 5),
        ("Nanchuan River", 3, False, 3),
        ("Shatangchuan River", 4, True, 0),
    ]
    assert [t.aim.water_class if t.aim else None for t in river.tributaries] == [None, 3, 3, None]
    assert len(river.sections) == 13
    assert sum(not s.known for s in river.sections) == 9


def test_readings_are_judged_by_the_worst_of_five_items() -> None:
    last = water.readings()[0]
    assert last.at >= datetime(2026, 9, 23, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    by_id = {(r.section_id, r.at.date()): r for r in water.readings()}
    autumn = by_id["xiaoxia", date(2026, 9, 23)]
    # 8.09 ≥ 7.5 Ⅰ; 2 < 3.35 ≤ 4 Ⅱ; 0.112 ≤ 0.15 Ⅰ; 0.02 < 0.073 ≤ 0.1 Ⅱ
    assert {i.column: i.water_class for i in autumn.items} == {
        "ph": 1, "do_mgl": 1, "codmn_mgl": 2, "nh3n_mgl": 1, "tp_mgl": 2,
    }  # fmt: skip
    assert autumn.judged.deciding == ("codmn_mgl", "tp_mgl")
    assert by_id["runze", date(2026, 9, 23)].judged.deciding == ("tp_mgl",)
    assert by_id["runze", date(2026, 2, 4)].judged.deciding == ("nh3n_mgl", "tp_mgl")
    assert all(r.judged.water_class == r.site_class == 2 for r in by_id.values())
    assert {i.column: i.value for i in autumn.reference}["tn_mgl"] == 3.52


def test_the_outflow_comes_first_among_the_readings() -> None:
    assert [some[0].section_id for some in water.overview(TODAY).readings] == ["xiaoxia", "runze"]
    assert all(some[0].at > some[-1].at for some in water.overview(TODAY).readings)


def test_limits_are_those_of_rivers() -> None:
    assert water.limits()["tp_mgl"]["class_3"] == 0.2  # lakes: 0.05


def test_oxygen_under_the_air_of_the_plateau() -> None:
    thin = water.oxygen()
    assert thin is not None
    assert thin.share_of_sea_level_pct == pytest.approx(76.1, abs=0.05)  # 770.9 ÷ 1013.25
    assert thin.warmest_c == pytest.approx(15.9, abs=0.05)
    assert thin.basis.period == "2014/2018"  # the station moved on 2019-01-01


def test_2020_has_two_classes_and_is_marked() -> None:
    outflow = water.overview(TODAY).outflow
    assert [(k.op, k.water_class) for k in outflow.in_year(2020)] == [("<=", 4), ("=", 3)]
    assert water.disputed() == {("xiaoxia", 2020)}
    assert outflow.in_year(2022) == ()
    assert water.years(TODAY) == tuple(range(2018, 2027))
    assert water.years(date(2017, 12, 31)) == ()


def test_results_of_the_old_plan_and_what_is_delegated() -> None:
    report = water.overview(TODAY)
    assert [(p.number, p.target["baseline_value"], p.latest.value) for p in report.kept if p.latest] == [
        ("xn13-1", 83.3, 100),
        ("xn13-2", 12.6, 0),
        ("xn13-3", 50, 87.5),
    ]
    assert report.delegated == 4  # national sections, groundwater, COD, ammonia
    assert [p.value for p in report.outfalls] == [668, 743, 1515]
    assert report.reclaimed is not None
    assert report.reclaimed.latest is None
    assert report.reclaimed.target["target_value"] == 25
    assert report.misconnections is not None
    assert report.misconnections.target["target_value"] == 237
