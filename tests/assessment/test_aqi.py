"""AQI by both editions: every concentration of every table against exact fractions, and the rules one by one."""

from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from math import ceil, isnan, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import aqi
from assessment.editions import NEW, OLD, Breakpoints
from store import standards

EDITIONS = standards.aqi_editions()
TABLES = [(name, *key) for name, edition in EDITIONS.items() for key in edition.breakpoints]
SIX = {"so2_ugm3": 10.0, "no2_ugm3": 20.0, "pm10_ugm3": 40.0, "pm25_ugm3": 20.0, "co_mgm3": 0.6, "o3_8h_ugm3": 80.0}


def table(edition: str, pollutant: str, averaging: str) -> Breakpoints:
    return EDITIONS[edition].breakpoints[pollutant, averaging]


def exact(concentration: Fraction, of: Breakpoints) -> int:
    """Formula 1 in fractions, rounded up."""
    points = [(Fraction(str(c)), int(i)) for c, i in zip(of.concentration.tolist(), of.iaqi.tolist(), strict=True)]
    for (low, iaqi_low), (high, iaqi_high) in pairwise(points):
        if low <= concentration <= high:
            return ceil(Fraction(iaqi_high - iaqi_low) / (high - low) * (concentration - low) + iaqi_low)
    raise AssertionError(f"{concentration} is outside the table")


@pytest.mark.parametrize(("edition", "pollutant", "averaging"), TABLES)
def test_every_concentration_of_every_table_is_exact(edition: str, pollutant: str, averaging: str) -> None:
    of = table(edition, pollutant, averaging)
    decimals = 1 if pollutant == "CO" else 0
    steps = range(round(of.concentration[-1] * 10**decimals) + 1)
    expected = [exact(Fraction(step, 10**decimals), of) for step in steps]
    given_as_decimals = [float(f"{step / 10**decimals:.{decimals}f}") for step in steps]
    assert aqi.iaqi(given_as_decimals, of, decimals=decimals).tolist() == expected


@pytest.mark.parametrize(("edition", "pollutant", "averaging"), TABLES)
def test_breakpoints_lie_on_the_steps_of_the_rounding(edition: str, pollutant: str, averaging: str) -> None:
    of = table(edition, pollutant, averaging)
    assert (of.concentration % 1 == 0).all()
    assert aqi.iaqi(of.concentration, of, decimals=int(pollutant == "CO")).tolist() == of.iaqi.tolist()


@pytest.mark.parametrize(
    ("edition", "pollutant", "averaging", "concentration", "expected"),
    [
        (OLD, "PM2.5", "24h", 35, 50),  # the slip: 50, never 51
        (NEW, "PM2.5", "24h", 35, 50),
        (OLD, "PM2.5", "24h", 36, 52),  # 50 + 50/40 = 51.25
        (NEW, "PM2.5", "24h", 36, 52),  # 50 + 50/25 = 52
        (OLD, "PM2.5", "24h", 60, 82),  # 50 + 50/40 × 25 = 81.25
        (NEW, "PM2.5", "24h", 60, 100),
        (NEW, "PM2.5", "24h", 61, 101),  # 100 + 50/55 = 100.9
        (OLD, "PM2.5", "24h", 75, 100),
        (NEW, "PM2.5", "24h", 75, 114),  # 100 + 50/55 × 15 = 113.6
        (OLD, "PM10", "24h", 150, 100),
        (NEW, "PM10", "24h", 120, 100),
        (NEW, "PM10", "24h", 150, 112),  # 100 + 50/130 × 30 = 111.5
        (NEW, "PM10", "24h", 121, 101),
        (OLD, "O3", "8h", 161, 101),
        (OLD, "O3", "8h", 215, 150),
        (OLD, "NO2", "1h", 201, 101),  # 100.1
        (OLD, "SO2", "24h", 0, 0),
    ],
)
def test_iaqi_worked_by_hand(edition: str, pollutant: str, averaging: str, concentration: float, expected: int) -> None:
    assert aqi.iaqi(concentration, table(edition, pollutant, averaging)) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (34.5, 0, 34), (35.5, 0, 36), (36.5, 0, 36), (34.499, 0, 34), (34.501, 0, 35),
        (34.499999999999996, 0, 34), (35.499999999999996, 0, 36),  # means that lie a bit beside the tie
        (0.05, 1, 0.0), (0.15, 1, 0.2), (0.25, 1, 0.2), (0.35, 1, 0.4), (1.45, 1, 1.4), (4.05, 1, 4.0), (4.15, 1, 4.2),
        (2.675, 2, 2.68), (0.285, 2, 0.28), (1.005, 2, 1.0),
    ],
)  # fmt: skip
def test_rounding_half_to_even_on_decimals(value: float, decimals: int, expected: float) -> None:
    assert float(aqi.round_half_even(value, decimals)) == expected
    assert aqi.rounded(value, decimals) == expected


def test_every_decimal_tie_of_co_goes_to_the_even_neighbour() -> None:
    ties = np.array([float(f"{n}.{d}5") for n in range(150) for d in range(10)])
    expected = [float(f"{n}.{d}") if d % 2 == 0 else round(n + (d + 1) / 10, 1) for n in range(150) for d in range(10)]
    assert aqi.round_half_even(ties, 1).tolist() == expected


@given(st.floats(-1e5, 1e5), st.integers(0, 9999), st.integers(0, 3))
def test_one_value_is_rounded_as_many_are(value: float, thousandths: int, decimals: int) -> None:
    for one in (value, thousandths / 1000, np.float64(thousandths / 1000)):  # many of these are ties
        assert aqi.rounded(one, decimals) == float(aqi.round_half_even(one, decimals))
    assert isnan(aqi.rounded(nan, decimals))


def test_rounding_comes_before_the_iaqi() -> None:
    pm25 = table(NEW, "PM2.5", "24h")
    assert aqi.iaqi([60.5, 60.4, 61.5], pm25).tolist() == [100, 100, 102]  # 60, 60, 62 µg/m³ (100 + 50/55 × 2 = 101.8)
    co = table(NEW, "CO", "24h")
    assert aqi.iaqi([4.05, 4.15], co, decimals=1).tolist() == [100, 101]  # 4.0, 4.2 mg/m³


def test_missing_stays_missing_and_any_shape_stays() -> None:
    found = aqi.iaqi([[nan, 35.0], [0.0, 5000.0]], table(OLD, "PM2.5", "24h"))
    assert found.shape == (2, 2)
    assert isnan(found[0, 0])
    assert found.ravel()[1:].tolist() == [50, 0, 500]
    assert aqi.iaqi([], table(OLD, "PM2.5", "24h")).shape == (0,)


def test_a_negative_concentration_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        aqi.iaqi([10, nan, -0.1], table(OLD, "PM2.5", "24h"))


@given(
    st.sampled_from(TABLES),
    st.lists(st.floats(0, 6000, allow_nan=False), min_size=2, max_size=30),
)
def test_iaqi_never_falls_with_the_concentration_nor_passes_500(key: tuple[str, str, str], values: list[float]) -> None:
    found = aqi.iaqi(sorted(values), table(*key), decimals=int(key[1] == "CO"))
    assert (np.diff(found) >= 0).all()
    assert ((found >= 0) & (found <= 500)).all()
    assert (found == np.floor(found)).all()


# ── above the tables ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_above_the_table_both_editions_report_500() -> None:
    for name in (OLD, NEW):
        assert aqi.aqi_of({"pm10_ugm3": [600, 601, 2000]}, EDITIONS[name]).tolist() == [500, 500, 500]


def test_hourly_so2_above_800() -> None:
    so2 = {"so2_ugm3": [800, 801, 1500]}
    assert aqi.aqi_of(so2, EDITIONS[NEW], hourly=True).tolist() == [200, 200, 200]  # table 3, note b
    old = aqi.aqi_of(so2, EDITIONS[OLD], hourly=True)  # the 24-hour mean speaks instead: not known here
    assert old[0] == 200
    assert np.isnan(old[1:]).all()


def test_8_hour_ozone_above_800() -> None:
    o3 = {"o3_8h_ugm3": [800, 801]}
    assert aqi.aqi_of(o3, EDITIONS[NEW]).tolist() == [300, 300]  # table 3, note c
    assert np.isnan(aqi.aqi_of(o3, EDITIONS[OLD])[1])
    both = {"o3_8h_ugm3": [810.0], "o3_1h_ugm3": [900.0]}
    assert aqi.aqi_of(both, EDITIONS[OLD]).tolist() == [350]  # by the hourly table: 300 + 100/200 × 100


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def day(**values: float) -> pd.DataFrame:
    return pd.DataFrame([SIX | values])


def judged(
    frame: pd.DataFrame, edition: str | None = NEW, *, hourly: bool = False, missing_rule: aqi.MissingRule = "standard"
) -> pd.Series:
    return aqi.judge(frame, EDITIONS, edition=edition, hourly=hourly, missing_rule=missing_rule).iloc[0]


def test_a_day_worked_by_hand() -> None:
    row = judged(day(pm25_ugm3=75, pm10_ugm3=150))
    assert row["iaqi_so2"] == 10
    assert row["iaqi_no2"] == 25
    assert row["iaqi_co"] == 15
    assert row["iaqi_o3_8h"] == 40
    assert (row["iaqi_pm25"], row["iaqi_pm10"]) == (114, 112)
    assert (row["aqi"], row["category"], row["category_level"], row["primary"]) == (114, "轻度污染", 3, "PM2.5")
    assert (row["standard"], row["missing"], row["aqi_incomplete"]) == (NEW, "", False)
    old = judged(day(pm25_ugm3=75, pm10_ugm3=150), OLD)
    assert (old["aqi"], old["category"], old["primary"]) == (100, "良", "PM10,PM2.5")  # a tie: both
    assert (old["missing"], old["aqi_incomplete"]) == ("o3_1h", True)


@pytest.mark.parametrize(
    ("pm25", "expected"),
    [(35, "优"), (36, "良"), (60, "良"), (61, "轻度污染"), (115, "轻度污染"), (116, "中度污染"), (150, "中度污染"),
     (151, "重度污染"), (250, "重度污染"), (251, "严重污染"), (999, "严重污染")],
)  # fmt: skip
def test_categories_change_at_their_bounds(pm25: float, expected: str) -> None:
    assert judged(day(pm25_ugm3=pm25))["category"] == expected


def test_the_primary_pollutant_begins_above_50() -> None:
    assert judged(day(pm25_ugm3=35))["primary"] == ""  # AQI 50
    assert judged(day(pm25_ugm3=36))["primary"] == "PM2.5"
    three = judged(day(pm25_ugm3=60, pm10_ugm3=120, o3_8h_ugm3=160))
    assert three["primary"] == "PM10,PM2.5,O3"


def test_ozone_by_both_averages_is_named_once() -> None:
    row = judged(day(o3_8h_ugm3=160, o3_1h_ugm3=200), OLD)
    assert (row["iaqi_o3_8h"], row["iaqi_o3_1h"], row["primary"]) == (100, 100, "O3")


def test_the_2012_daily_report_takes_hourly_ozone_and_the_2026_one_does_not() -> None:
    frame = day(o3_1h_ugm3=300)
    assert judged(frame, OLD)["aqi"] == 150
    new = judged(frame, NEW)
    assert new["aqi"] == 40
    assert "iaqi_o3_1h" not in new


def test_each_edition_has_its_own_rule_for_what_is_missing() -> None:
    clean, dirty = day(co_mgm3=nan), day(co_mgm3=nan, pm25_ugm3=61)
    assert judged(clean, OLD)["aqi"] == 40  # the rest is judged
    new = judged(clean, NEW)
    assert isnan(new["aqi"])
    assert (new["category"], new["primary"], new["missing"], new["aqi_incomplete"]) == ("", "", "co", False)
    assert new["iaqi_pm10"] == 40  # single items are given all the same
    above = judged(dirty, NEW)
    assert (above["aqi"], above["missing"], above["aqi_incomplete"]) == (101, "co", True)
    at_100 = judged(day(co_mgm3=nan, pm25_ugm3=60), NEW)
    assert isnan(at_100["aqi"])


def test_what_an_archive_lacks_can_be_passed_over_and_is_flagged() -> None:
    frame = day().drop(columns="o3_8h_ugm3")
    assert isnan(judged(frame, NEW)["aqi"])
    row = judged(frame, NEW, missing_rule="available")
    assert (row["aqi"], row["missing"], row["aqi_incomplete"]) == (40, "o3_8h", True)


def test_a_row_without_any_item_has_no_aqi() -> None:
    nothing = pd.DataFrame({"pm25_ugm3": [nan]})
    for edition in (OLD, NEW):
        row = judged(nothing, edition, missing_rule="available")
        assert isnan(row["aqi"])
        assert (row["category"], row["primary"], row["aqi_incomplete"]) == ("", "", False)
    assert judged(nothing, NEW)["missing"] == "so2,no2,pm10,pm25,co,o3_8h"


def test_the_2026_scale_begins_at_1() -> None:
    zero = pd.DataFrame([dict.fromkeys(SIX, 0.0)])
    assert judged(zero, NEW)["aqi"] == 1
    assert judged(zero, NEW)["iaqi_pm25"] == 0
    assert judged(zero, OLD)["aqi"] == 0
    assert judged(zero, NEW)["category"] == "优"


def test_the_day_chooses_the_edition() -> None:
    dates = pd.to_datetime(["2013-01-01", "2026-02-28", "2026-03-01", "2026-12-31"])
    frame = pd.concat([day(pm25_ugm3=75)] * 4, ignore_index=True).assign(date=dates)
    found = aqi.judge(frame, EDITIONS)
    assert found["standard"].tolist() == [OLD, OLD, NEW, NEW]
    assert found["aqi"].tolist() == [100, 100, 114, 114]
    named = aqi.judge(frame, EDITIONS, edition=OLD)
    assert named["aqi"].tolist() == [100] * 4
    evening = frame.assign(date=pd.to_datetime(["2026-02-28 23:30"] * 4).tz_localize("Asia/Shanghai"))
    assert aqi.judge(evening, EDITIONS)["standard"].tolist() == [OLD] * 4  # the day as the clock in Xining says


def test_the_hourly_report() -> None:
    hour = pd.DataFrame([{"so2_ugm3": 150.0, "no2_ugm3": 100.0, "co_mgm3": 5.0, "o3_1h_ugm3": 160.0,
                          "pm25_ugm3": 35.0, "pm10_ugm3": 50.0, "o3_8h_ugm3": 265.0}])  # fmt: skip
    new = judged(hour, NEW, hourly=True)
    items = ["so2", "no2", "co", "o3_1h", "pm25", "pm10"]
    assert [new[f"iaqi_{item}"] for item in items] == [50] * 6
    assert "iaqi_o3_8h" not in new
    assert new["aqi"] == 50
    old = judged(hour, OLD, hourly=True)
    assert (old["iaqi_o3_8h"], old["aqi"], old["primary"]) == (200, 200, "O3")


def test_the_hourly_report_of_2026_lacks_an_item() -> None:
    """5.3.1 holds for the hourly report too: above 100 it is given, up to 100 it is not."""
    hour = {
        "so2_ugm3": 150.0,
        "no2_ugm3": 100.0,
        "co_mgm3": nan,
        "o3_1h_ugm3": 160.0,
        "pm25_ugm3": 60.0,
        "pm10_ugm3": 50.0,
    }
    clean, dirty = pd.DataFrame([hour]), pd.DataFrame([hour | {"pm25_ugm3": 61.0}])
    row = judged(clean, NEW, hourly=True)  # IAQI of PM2.5 is 100
    assert isnan(row["aqi"])
    assert (row["iaqi_pm25"], row["primary"], row["missing"]) == (100, "", "co")
    above = judged(dirty, NEW, hourly=True)  # 100 + 50/55 → 101
    assert (above["aqi"], above["primary"], above["aqi_incomplete"]) == (101, "PM2.5", True)
    old = judged(clean, OLD, hourly=True)  # 50 + 50/40 × 25 = 81.25
    assert (old["aqi"], old["primary"], old["missing"]) == (82, "PM2.5", "co,o3_8h")


@pytest.mark.parametrize("kind", ["float64", "float32", "Float64", "Int64", "object"])
def test_any_kind_of_number_column_will_do(kind: str) -> None:
    frame = day(pm25_ugm3=61.0, co_mgm3=1.0).assign(pm25_ugm3=pd.array([61], dtype=kind))
    assert judged(frame)["aqi"] == 101
    missing = day().assign(pm25_ugm3=pd.array([None], dtype=kind))
    assert isnan(judged(missing, OLD)["iaqi_pm25"])


@pytest.mark.parametrize(
    "written", ["2026-03-01", date(2026, 3, 1), pd.Timestamp(2026, 3, 1, 9), np.datetime64("2026-03-01")]
)
def test_days_may_be_text_dates_or_timestamps(written: object) -> None:
    found = aqi.judge(day(pm25_ugm3=60).assign(date=[written]), EDITIONS)
    assert found["standard"].tolist() == [NEW]


def test_index_order_and_other_columns_stay() -> None:
    frame = pd.concat([day(pm25_ugm3=v) for v in (75, 20, 151)]).assign(station=["a", "b", "c"])
    frame.index = pd.Index([7, 7, 3])  # also where an index repeats itself
    found = aqi.judge(frame, EDITIONS, edition=NEW)
    assert found.index.tolist() == [7, 7, 3]
    assert found["station"].tolist() == ["a", "b", "c"]
    assert found["aqi"].tolist() == [114, 40, 201]
    assert "aqi" not in frame


def test_a_frame_without_rows_has_the_columns_all_the_same() -> None:
    found = aqi.judge(pd.DataFrame(columns=["date", *SIX]), EDITIONS)
    assert len(found) == 0
    assert {"standard", "iaqi_pm25", "aqi", "category", "primary"} <= set(found)


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="known are HJ 633-2012, HJ 633-2026"):
        aqi.judge(day(), EDITIONS, edition="HJ 633-1999")
    with pytest.raises(ValueError, match="date column"):
        aqi.judge(day(), EDITIONS)
    with pytest.raises(ValueError, match="row 1"):
        aqi.judge(day().assign(date=pd.NaT), EDITIONS)
    with pytest.raises(ValueError, match="no column of the report"):
        aqi.aqi_of({"o3_1h_ugm3": [1.0]}, EDITIONS[NEW])


def test_the_array_path_and_the_rows_agree_over_many_blocks() -> None:
    rng = np.random.default_rng(20260605)
    count = 2 * aqi.BLOCK + 17
    frame = pd.DataFrame({name: rng.gamma(2, 40, count).round(2) for name in SIX})
    for edition in EDITIONS.values():
        fast = aqi.aqi_of({name: frame[name].to_numpy() for name in SIX}, edition)
        rows = aqi.judge(frame, EDITIONS, edition=edition.id)
        assert np.array_equal(fast, rows["aqi"].to_numpy())
        assert np.array_equal(fast, rows.filter(like="iaqi_").max(axis=1).to_numpy())


@pytest.mark.parametrize("written", [20260301, 46082, np.int64(20260301), 20260301.0, True])
def test_a_date_that_is_a_number_is_refused(written: object) -> None:
    for kind in (None, object):
        with pytest.raises(ValueError, match="number"):
            aqi.judge(day(pm25_ugm3=60).assign(date=pd.Series([written], dtype=kind)), EDITIONS)


@pytest.mark.parametrize("written", ["01/03/2026", "1 March 2026", "yesterday"])
def test_a_date_that_can_be_read_two_ways_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        aqi.judge(day(pm25_ugm3=60).assign(date=[written]), EDITIONS)


def test_days_in_universal_time_are_those_of_xining() -> None:
    for stamp in ("2026-02-28 16:30", "2026-02-28 15:59"):  # 00:30 and 23:59 in Xining
        moment = pd.Timestamp(stamp, tz="UTC")
        found = aqi.judge(day(pm25_ugm3=60).assign(date=[moment]), EDITIONS)
        assert found["standard"].tolist() == [NEW if "16:30" in stamp else OLD]


@pytest.mark.parametrize(
    ("written", "edition"),
    [
        (pd.Timestamp("2026-03-01 00:00"), OLD),  # the hour from 23:00 to 24:00 of 28 February
        (pd.Timestamp("2026-03-01 00:00", tz="Asia/Shanghai"), OLD),
        (pd.Timestamp("2026-02-28 16:00", tz="UTC"), OLD),
        ("2026-03-01T00:00", OLD),
        (datetime.fromisoformat("2026-03-01T00:00"), OLD),
        (pd.Timestamp("2026-03-01 01:00"), NEW),
        (pd.Timestamp("2026-02-28 17:00", tz="UTC"), NEW),
        ("2026-03-01", NEW),  # a day without a time is the day
        (date(2026, 3, 1), NEW),
    ],
)
def test_the_hour_that_ends_at_midnight_belongs_to_the_day_before(written: object, edition: str) -> None:
    hour = pd.DataFrame({"o3_1h_ugm3": [100.0], "date": [written]})
    assert aqi.judge(hour, EDITIONS, hourly=True)["standard"].tolist() == [edition]


def test_a_day_stays_its_day_in_the_daily_report() -> None:
    assert aqi.judge(day().assign(date=pd.Timestamp("2026-03-01 00:00")), EDITIONS)["standard"].tolist() == [NEW]


# ── the concentration of an index ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("edition", "item", "hourly", "index", "above", "up_to", "low", "high"),
    [
        (NEW, "pm25_ugm3", False, 0, None, 0, 0, 0),
        (NEW, "pm25_ugm3", False, 50, 34.3, 35, 35, 35),  # 35 ÷ 50 a step: 49 at 34.3
        (NEW, "pm25_ugm3", False, 51, 35, 35.5, None, None),  # 25 ÷ 50 a step: no whole number in between
        (NEW, "pm25_ugm3", False, 52, 35.5, 36, 36, 36),
        (OLD, "pm25_ugm3", False, 52, 35.8, 36.6, 36, 36),  # 40 ÷ 50 a step
        (NEW, "so2_ugm3", False, 300, 1592, 1600, 1593, 1600),  # 800 ÷ 100 a step
        (NEW, "co_mgm3", False, 100, 3.96, 4, 4, 4),
        (NEW, "co_mgm3", False, 300, 35.88, 36, 35.9, 36),
        (NEW, "pm10_ugm3", False, 500, 599, None, 600, None),
        (OLD, "o3_8h_ugm3", False, 300, 794.65, 800, 795, 800),  # above the table the 2012 edition takes the hour
        (NEW, "o3_8h_ugm3", False, 300, 794.65, None, 795, None),  # table 3, note c
        (OLD, "so2_ugm3", True, 200, 797, 800, 798, 800),
        (NEW, "so2_ugm3", True, 200, 797, None, 798, None),  # table 3, note b
    ],
)
def test_the_concentrations_of_an_index(
    edition: str,
    item: str,
    hourly: bool,
    index: int,
    above: float | None,
    up_to: float | None,
    low: float | None,
    high: float | None,
) -> None:
    found = aqi.concentrations(index, item, EDITIONS[edition], hourly=hourly)
    assert found == aqi.ConcentrationRange(above, up_to, low, high)


@pytest.mark.parametrize("hourly", [True, False])
@pytest.mark.parametrize("edition", [OLD, NEW])
def test_the_concentrations_of_an_index_are_all_that_have_it(edition: str, hourly: bool) -> None:
    for item in aqi.REPORTS[edition, hourly]:
        decimals = aqi.ITEMS[item][3]
        steps = np.arange(5000 * 10**decimals) / 10**decimals
        indices = aqi.iaqi_columns({item: steps}, EDITIONS[edition], hourly=hourly)[item]
        for index in range(int(np.nanmax(indices)) + 1):
            found = aqi.concentrations(index, item, EDITIONS[edition], hourly=hourly)
            having = steps[indices == index]
            assert found.low == (having[0] if len(having) else None), (item, index)
            if found.high is None:
                assert not len(having) or having[-1] == steps[-1]
            else:
                assert found.high == having[-1], (item, index)


@pytest.mark.parametrize(
    ("edition", "item", "hourly", "index"),
    [
        (NEW, "pm25_ugm3", False, 501),
        (NEW, "pm25_ugm3", False, -1),
        (NEW, "so2_ugm3", True, 201),
        (NEW, "o3_1h_ugm3", False, 50),  # no item of the daily report
        (OLD, "o3_8h_ugm3", False, 301),
    ],
)
def test_an_index_no_table_reaches_has_no_concentration(edition: str, item: str, hourly: bool, index: int) -> None:
    with pytest.raises(ValueError, match=item):
        aqi.concentrations(index, item, EDITIONS[edition], hourly=hourly)
