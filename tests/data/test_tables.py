"""The tracked facts: every file holds to its declaration, and the numbers people rely on are the known ones."""

from datetime import date, timedelta

import pandas as pd
import pytest

from store import schema, tracked

IMPORTED = (  # filled by workbooks alone
    "water_monthly",
    "air_published_days",
    "air_published_station_days",
    "air_published_hours",
    "air_published_station_hours",
    "dust_days",
    "task_status",
)


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    return tracked.read_all()


def test_every_file_parses_and_its_references_hold(frames: dict[str, pd.DataFrame]) -> None:
    assert set(frames) == {table.name for table in schema.FACT_TABLES}
    assert [name for name, frame in frames.items() if frame.empty and name not in IMPORTED] == []


def test_no_stray_table_lies_in_data() -> None:
    declared = {tracked.path(table) for table in schema.FACT_TABLES}
    assert set(tracked.DATA.rglob("*.csv")) == declared


# ── standards ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _breakpoint(
    frames: dict[str, pd.DataFrame], edition: int, pollutant: str, iaqi: int, averaging: str = "24h"
) -> float:
    table = frames["aqi_breakpoints"].set_index(["standard_id", "pollutant", "averaging", "iaqi"])
    return float(table.loc[(f"HJ 633-{edition}", pollutant, averaging, iaqi), "concentration"])


def test_breakpoints_are_complete(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["aqi_breakpoints"]
    assert len(table) == 160
    # Ten cells have none in either table: SO2 1 h above IAQI 200 and O3 8 h above IAQI 300.
    empty = table[table["concentration"].isna()]
    cells = set(zip(empty["pollutant"], empty["averaging"], empty["iaqi"], strict=True))
    assert cells == {("SO2", "1h", 300), ("SO2", "1h", 400), ("SO2", "1h", 500), ("O3", "8h", 400), ("O3", "8h", 500)}
    assert len(empty) == 10


def test_breakpoints_rise_with_the_index(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["aqi_breakpoints"].dropna(subset=["concentration"])
    for key, rows in table.groupby(["standard_id", "pollutant", "averaging"]):
        steps = rows.sort_values("iaqi")["concentration"].diff().dropna()
        assert (steps > 0).all(), key


@pytest.mark.parametrize(
    ("pollutant", "old", "new"),
    [("PM2.5", 75, 60), ("PM10", 150, 120), ("SO2", 150, 150), ("NO2", 80, 80), ("CO", 4, 4)],
)
def test_daily_limit_of_each_edition_is_iaqi_100(
    frames: dict[str, pd.DataFrame], pollutant: str, old: float, new: float
) -> None:
    assert _breakpoint(frames, 2012, pollutant, 100) == old
    assert _breakpoint(frames, 2026, pollutant, 100) == new


def test_daily_class_2_limits_agree_with_the_breakpoints(frames: dict[str, pd.DataFrame]) -> None:
    limits = frames["air_limits"]
    daily = limits[(limits["averaging"] == "24h") & (limits["zone_class"] == 2)]
    for edition, phase in ((2012, "single"), (2026, "transition")):
        chosen = daily[(daily["standard_id"] == f"GB 3095-{edition}") & (daily["phase"] == phase)]
        values = chosen.set_index("pollutant")["limit_value"]
        for pollutant in ("PM2.5", "PM10", "SO2", "NO2", "CO"):
            assert values[pollutant] == _breakpoint(frames, edition, pollutant, 100)


def test_air_limits_are_complete_and_dated(frames: dict[str, pd.DataFrame]) -> None:
    limits = frames["air_limits"]
    assert limits.groupby(["standard_id", "phase"]).size().to_dict() == {
        ("GB 3095-2012", "single"): 46,
        ("GB 3095-2026", "single"): 14,
        ("GB 3095-2026", "transition"): 32,
        ("GB 3095-2026", "final"): 32,
        ("GB 3095-2026", "informative"): 4,
    }
    assert set(limits.loc[limits["phase"] == "final", "effective_from"]) == {pd.Timestamp(2031, 1, 1)}
    assert set(limits.loc[limits["phase"] == "transition", "effective_to"]) == {pd.Timestamp(2030, 12, 31)}


def test_categories_meet_without_gap(frames: dict[str, pd.DataFrame]) -> None:
    for edition, lowest in ((2012, 0), (2026, 1)):
        table = frames["aqi_categories"]
        rows = table[table["standard_id"] == f"HJ 633-{edition}"].sort_values("level")
        assert rows["aqi_low"].tolist() == [lowest, 51, 101, 151, 201, 301]
        assert rows["aqi_high"].tolist()[:-1] == [50, 100, 150, 200, 300]
        assert rows["aqi_high"].isna().tolist() == [False] * 5 + [True]
        assert rows["color_hex"].tolist() == ["#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#99004C", "#7E0023"]


def test_editions_follow_each_other_without_gap(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["standards"].set_index("standard_id")
    for old, new in (("HJ 633-2012", "HJ 633-2026"), ("GB 3095-2012", "GB 3095-2026"), ("HJ 663-2013", "HJ 663-2026")):
        assert table.loc[old, "replaced_by"] == new
        assert table.loc[old, "effective_to"] + timedelta(days=1) == table.loc[new, "effective_from"]


def test_surface_water_items(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["surface_water_limits"]
    assert set(table["no"]) == set(range(1, 25))
    assert table.loc[table["in_21"] == 1, "item"].nunique() == 21
    auto = table.loc[table["in_auto5"] == 1, "item"]
    assert set(auto) == {"ph", "do_mgl", "codmn_mgl", "nh3n_mgl", "tp_mgl"}
    for _, row in table[table["rule"].isin(["le", "ge"])].iterrows():
        limits = row[[f"class_{k}" for k in range(1, 6)]].astype(float)
        rising = limits.is_monotonic_increasing if row["rule"] == "le" else limits.is_monotonic_decreasing
        assert rising, row["item"]
    tp = table[table["item"] == "tp_mgl"].set_index("water_body")["class_3"]
    assert tp.to_dict() == {"river": 0.2, "lake": 0.05}


def test_rules_run_from_1_to_40_and_say_how_sure_they_are(frames: dict[str, pd.DataFrame]) -> None:
    rules = frames["rules"]
    assert rules["rule_id"].tolist() == [f"R{n:02d}" for n in range(1, 41)]
    # What was neither read nor seen second-hand must never pass for more than memory.
    memory = rules.loc[rules["evidence"] == "memory", "rule_id"]
    assert memory.tolist() == ["R05", "R25", "R26", "R30", "R36", "R37", "R40"]


# ── air ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_daily_air_has_its_known_days_and_gaps(frames: dict[str, pd.DataFrame]) -> None:
    days = frames["air_daily"]["date"]
    assert len(days) == 4667
    assert days.is_unique
    assert days.is_monotonic_increasing
    assert (days.iloc[0], days.iloc[-1]) == (pd.Timestamp(2013, 10, 28), pd.Timestamp(2026, 10, 6))
    missing = pd.date_range(days.iloc[0], days.iloc[-1]).difference(days)
    known = [date(2017, 10, 4), date(2018, 8, 24), date(2018, 8, 26), date(2018, 8, 30), date(2019, 8, 30)]
    gaps = [
        *pd.to_datetime(known),
        *pd.date_range("2018-12-22", "2018-12-26"),
        *pd.date_range("2023-02-25", "2023-04-15"),
    ]
    assert len(missing) == 60
    assert set(missing) == set(gaps)


def test_ozone_keeps_what_it_is(frames: dict[str, pd.DataFrame]) -> None:
    air = frames["air_daily"]
    assert air["o3_kind"].isna().equals(air["o3_ugm3"].isna())
    kinds = {"max_1h": 2474, "max_8h": 1276, "mean_1h": 913, "doubtful": 1, "undefined": 1}
    assert air["o3_kind"].value_counts().to_dict() == kinds
    eight = air.loc[air["o3_kind"] == "max_8h", "date"]
    assert (eight.min(), eight.max()) == (pd.Timestamp(2013, 12, 2), pd.Timestamp(2017, 5, 31))


def test_station_days_hold_what_was_inferred_of_their_ozone(frames: dict[str, pd.DataFrame]) -> None:
    """101 days of up to three stations; the largest 8-hour mean is never below the one that ends at midnight."""
    days = frames["air_station_days"]
    assert (len(days), days["date"].nunique()) == (300, 101)
    assert days.groupby("date").size().value_counts().to_dict() == {3: 99, 2: 1, 1: 1}
    assert (days["o3_mda8_ugm3"] >= days["o3_8h_to_midnight_ugm3"].fillna(0)).all()
    # They are the same air as the city's days: the particles' mean of the stations lies close to the city's value.
    city = frames["air_daily"].set_index("date")["pm10_ugm3"].reindex(days["date"].unique())
    assert (days.groupby("date")["pm10_ugm3"].mean() - city).abs().mean() < 3


def test_station_hours_are_those_of_the_archive_with_their_primary_pollutants(frames: dict[str, pd.DataFrame]) -> None:
    """Four stations of 158 hours; below an AQI of 51 no pollutant is primary."""
    hours = frames["air_station_hours"]
    assert (len(hours), hours["measured_at"].nunique()) == (621, 158)
    assert hours["station_id"].value_counts().to_dict() == {"1480A": 156, "1483A": 156, "1482A": 155, "3055A": 154}
    assert (hours["measured_at"].min()[:16], hours["measured_at"].max()[:16]) == (
        "2020-03-26T19:00",
        "2020-04-08T03:00",
    )
    assert (hours["primary_pollutants"].isna() == (hours["aqi"] <= 50)).all()
    documents = frames["documents"].set_index("document_id")["licence"]
    assert set(documents[hours["document_id"].unique()]) == {"MIT"}


def test_stations_are_known_for_the_years_they_reported_in(frames: dict[str, pd.DataFrame]) -> None:
    """First and last year seen include every year with an hour or a day of the station."""
    stations = frames["air_stations"].set_index("station_id")
    for table, column in (("air_station_days", "date"), ("air_station_hours", "measured_at")):
        years = frames[table][column].astype(str).str[:4].astype(int)
        for station, (first, last) in years.groupby(frames[table]["station_id"]).agg(["min", "max"]).iterrows():
            assert stations.at[station, "first_seen_year"] <= first, (table, station)
            assert stations.at[station, "last_seen_year"] >= last, (table, station)
    seen = stations[["first_seen_year", "last_seen_year"]].astype(int, errors="ignore")
    assert seen.loc[["3629A", "3630A", "4162A"], "first_seen_year"].tolist() == [2023, 2023, 2026]
    assert seen.at["3630A", "last_seen_year"] == 2025


@pytest.mark.parametrize(
    ("indicator", "area", "period", "document", "value"),
    [
        ("xiaoxia_class", "xiaoxia", "2023-01/2023-08", "xn_sections2023", 3),
        ("sections_good_pct", "xining", "2023-01/2023-08", "xn_sections2023", 100),
        ("drains_surveyed_km", "xining", "2023", "xn_sections2023", 1897),
        ("drains_mapped_km", "xining", "2023", "xn_sections2023", 7839),
        ("old_drains_inspected_km", "xining", "2023", "xn_sections2023", 149.39),
        ("assessed_sections_n", "xining", "2024", "bulletin2024", 13),
        ("sections_good_pct", "xining", "2024", "bulletin2024", 100),
        ("good_days_n", "xining", "2024", "bulletin2024", 338),
        ("good_day_share_pct", "xining", "2024", "bulletin2024", 93.1),
        ("solid_waste_safe_pct", "xining", "2024", "bulletin2024", 100),
    ],
)
def test_figures_found_in_the_press_are_in_as_second_hand(
    frames: dict[str, pd.DataFrame], indicator: str, area: str, period: str, document: str, value: float
) -> None:
    table = frames["figures"].set_index(["indicator_id", "area_id", "period", "document_id"])
    row = table.loc[(indicator, area, period, document)]
    assert (row["value"], row["confidence"]) == (value, "secondary")
    assert frames["documents"].set_index("document_id").at[document, "seen"] == "reprint"


def test_monthly_counts_fit_the_calendar(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["capitals_monthly"]
    assert (table["days_in_month"] == pd.to_datetime(table["month"]).dt.days_in_month).all()
    assert (table["days_known"] <= table["days_in_month"]).all()
    assert (table["good_days"] <= table["aqi_days"]).all()
    assert set(table["area_id"]) == {"xining", "lanzhou", "yinchuan", "urumqi", "xian"}


def test_stations_lie_in_the_city_and_only_one_is_background(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["air_stations"].set_index("station_id")
    assert len(table) == 8
    assert table.index[table["role"] == "background"].tolist() == ["1483A"]
    assert set(table.index[table["state"] == "active"]) == {"3055A", "3629A", "4162A"}


# ── water ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_sections_stand_in_order_along_their_rivers(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["water_sections"].sort_values("order_downstream")
    order = table.groupby("river_id")["section_id"].agg(list).to_dict()
    assert order == {
        "huangshui": ["zhamalong", "xigang", "xinning", "baoshe", "xiaoxia"],
        "beichuan": ["heiquan", "xiamen_bridge", "taer", "runze", "chaoyang"],
        "nanchuan": ["laoyoubao", "qiyi", "liuyi"],
    }
    table = table.set_index("section_id")
    assert table.loc[["xiaoxia", "liuyi"], "target_class"].tolist() == [3, 3]
    assert table["target_class"].count() == 2
    assert (table["lon"].isna() == table["accuracy_km"].isna()).all()  # a point is never shown without its accuracy


def test_both_classes_of_2020_stay(frames: dict[str, pd.DataFrame]) -> None:
    table = frames["section_classes"]
    plan = table[(table["section_id"] == "xiaoxia") & (table["document_id"] == "plan14")]
    assert set(zip(plan["period"], plan["water_class"], strict=True)) == {("2018/2020", 4), ("2020", 3)}


# ── tasks and complaints ─────────────────────────────────────────────────────────────────────────────────────────────
def test_nineteen_tasks_each_with_a_responsible_body(frames: dict[str, pd.DataFrame]) -> None:
    tasks, bodies = frames["tasks"], frames["task_bodies"]
    assert sorted(set(tasks["no"])) == list(range(1, 20))
    assert tasks.loc[tasks["part"].notna(), "task_id"].tolist() == ["7.1", "7.2", "7.3", "9.1", "9.2", "11.1", "11.2"]
    assert set(bodies.loc[bodies["role"] == "responsible", "task_id"]) == set(tasks["task_id"])
    due = tasks.set_index("task_id")["due"]
    assert due["5"] == pd.Timestamp(2024, 12, 31)
    assert set(due.index[due == pd.Timestamp(2025, 12, 31)]) == {"6", "7.3", "16"}
    assert set(due.index[due.isna()]) == {"1", "2", "4", "10", "13", "17", "18", "19"}


def test_the_bodies_of_a_task_are_counted_in_the_order_of_the_plan(frames: dict[str, pd.DataFrame]) -> None:
    for (task, role), mine in frames["task_bodies"].groupby(["task_id", "role"]):
        assert sorted(mine["order"]) == list(range(1, len(mine) + 1)), (task, role)


def test_complaints_sum_to_24_in_every_dimension(frames: dict[str, pd.DataFrame]) -> None:
    assert frames["complaints"].groupby("dimension")["n"].sum().to_dict() == {"district": 24, "kind": 24, "channel": 24}


def test_every_place_in_a_document_has_its_english() -> None:
    known = set(tracked.read("places")["place"])
    for table in schema.FACT_TABLES:
        for column in table.columns:
            if column.name in ("place", "place_a", "place_b", "outcome_place"):
                named = set(tracked.read(table.name)[column.name].dropna())
                assert named <= known, f"{table.name}: {sorted(named - known)[:5]}"
