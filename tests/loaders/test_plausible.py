"""Each check just inside and just outside its bound, with neighbours and without."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, insert

from loaders import plausible
from loaders.answer import readings
from loaders.arranged import SET_BY_LOADERS
from store import live
from store.clock import ZONE
from store.live import FLAGS
from tests.cost import cpu_s

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=ZONE)
NOON = datetime(2026, 6, 10, 12, tzinfo=ZONE)
A, B, C, D = "3055A", "3629A", "3630A", "1483A"
LOW = 40.0  # an ordinary PM2.5


def series_of(
    values: float | Sequence[float | None] | None,
    item: str = "pm25_ugm3",
    place: str = A,
    *,
    last: datetime = NOON,
    step_h: int = 1,
    averaging: str = "1h",
    kind: str = "live",
    note: str | None = None,
    flags: str | None = None,
) -> pd.DataFrame:
    """Readings of one series, a step apart, the last at ``last``."""
    many = [values] if values is None or isinstance(values, float | int) else list(values)
    rows = [
        {
            "place_id": place,
            "item": item,
            "averaging": averaging,
            "at": last - timedelta(hours=step_h * (len(many) - 1 - n)),
            "value": value,
            "kind": kind,
            "note": note,
            "primary_pollutants": None,
            "original": None,
            "flags": flags,
        }
        for n, value in enumerate(many)
    ]
    return readings(rows)


def together(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def check(frame: pd.DataFrame, recent: pd.DataFrame | None = None, now: datetime = NOW) -> list[str | None]:
    """The flags of each reading, in order."""
    checked = plausible.check(frame, now=now, source="cnemc_air", recent=recent).readings
    unchanged = frame.columns.drop("flags")
    pd.testing.assert_frame_equal(checked[unchanged], frame[unchanged])
    return list(checked["flags"])


def flagged(frame: pd.DataFrame, recent: pd.DataFrame | None = None) -> list[int]:
    """Positions of the flagged readings, where one check alone has struck."""
    return [n for n, flags in enumerate(check(frame, recent)) if flags]


# ── by itself ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("minutes", "flags"), [(10, None), (11, "future")])
def test_a_stamp_ten_minutes_ahead_is_a_clock_and_more_is_the_future(minutes: int, flags: str | None) -> None:
    assert check(series_of(LOW, last=NOW + timedelta(minutes=minutes))) == [flags]


def test_a_forecast_may_be_of_the_future() -> None:
    assert check(series_of(LOW, last=NOW + timedelta(days=5), kind="modelled")) == [None]


@pytest.mark.parametrize(("hours", "flags"), [(24, None), (25, "stale")])
def test_the_latest_is_no_older_than_a_day(hours: int, flags: str | None) -> None:
    assert check(series_of(LOW, last=NOW - timedelta(hours=hours))) == [flags]


def test_a_history_and_an_archive_may_be_old() -> None:
    assert check(series_of([LOW, LOW + 1], last=NOW - timedelta(days=3))) == [None, None]
    assert check(series_of(LOW, last=NOW - timedelta(days=3), kind="archive")) == [None]


def test_an_old_value_the_store_has_is_only_repeated() -> None:
    old = series_of(LOW, last=NOW - timedelta(days=3))
    assert check(old, recent=old) == [None]
    assert check(old, recent=old.assign(flags="stale")) == ["stale"]
    assert check(old, recent=old.assign(value=LOW + 1)) == ["stale"]


@pytest.mark.parametrize(
    ("item", "value", "flags"),
    [
        ("pm25_ugm3", 0, None),
        ("pm25_ugm3", -1, "impossible,negative"),
        ("pm25_ugm3", 3000, None),
        ("pm25_ugm3", 3001, "impossible"),
        ("aqi", 500, None),
        ("aqi", 501, "impossible"),
        ("ph", 14.01, "impossible"),
        ("water_temp_c", -1, None),
        ("water_temp_c", -1.1, "impossible"),  # a temperature may lie below zero
        ("site_class", 0, "impossible"),
    ],
)
def test_bounds_of_the_possible(item: str, value: float, flags: str | None) -> None:
    averaging = "instant" if item in ("ph", "water_temp_c", "site_class") else "1h"
    assert check(series_of(value, item, averaging=averaging)) == [flags]


def test_a_model_must_be_the_possible_too() -> None:
    assert check(series_of([-60, -40], "temp_c", kind="modelled")) == ["impossible", None]
    assert check(series_of(-1, "precip_mm", kind="modelled")) == ["impossible,negative"]


@pytest.mark.parametrize(
    ("item", "value", "flags"),
    [
        ("co_mgm3", 62.5, None),
        ("co_mgm3", 63, "impossible,unit_slip"),
        ("co_mgm3", 800, "impossible,unit_slip"),
        ("co_mgm3", 62500, "impossible,unit_slip"),
        ("co_mgm3", 62501, "impossible"),
        ("tp_mgl", 53, "impossible,unit_slip"),
        ("no2_ugm3", 2000, "impossible"),  # has no milligrams to slip from
        ("pm10_ugm3", 0.082, "unit_slip"),
        ("pm10_ugm3", 0, None),
        ("pm25_ugm3", 0.5, None),
        ("so2_ugm3", 0.3, None),
    ],
)
def test_slips_of_unit(item: str, value: float, flags: str | None) -> None:
    assert check(series_of(value, item)) == [flags]


def test_half_a_detection_limit_and_a_model_are_no_slip() -> None:
    assert check(series_of(0.4, note="<0.8")) == [None]
    assert check(series_of(0.4, kind="modelled")) == [None]


def test_unknown_values_are_not_judged() -> None:
    assert check(series_of([None, None, LOW, None])) == [None] * 4


# ── stuck ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_sensor_is_stuck_at_the_twelfth_equal_reading() -> None:
    assert flagged(series_of([41, *[LOW] * 11])) == []
    assert check(series_of([41, *[LOW] * 12])) == [None] + ["stuck"] * 12


def test_readings_stored_before_count_into_the_run() -> None:
    assert flagged(series_of(LOW), recent=series_of([41, *[LOW] * 11], last=NOON - timedelta(hours=1))) == [0]
    assert flagged(series_of(LOW), recent=series_of([41, *[LOW] * 10], last=NOON - timedelta(hours=1))) == []
    before = series_of([LOW] * 12, last=NOON - timedelta(hours=1), flags="stuck")
    assert flagged(series_of(LOW), recent=before) == [0]  # it still hangs
    assert flagged(series_of(LOW), recent=before.assign(flags="future")) == []


def test_hours_that_passed_are_flagged_once_the_run_is_long_enough() -> None:
    before = series_of([41, *[LOW] * 11], last=NOON - timedelta(hours=1))
    since = plausible.check(series_of(LOW), now=NOW, source="cnemc_air", recent=before).since
    assert since is not None
    pd.testing.assert_frame_equal(since, before.iloc[1:].assign(flags="stuck"), check_dtype=False)
    known = before.assign(flags=[None, *["stuck"] * 11])
    assert plausible.check(series_of(LOW), now=NOW, source="cnemc_air", recent=known).since is None
    assert plausible.check(series_of(41), now=NOW, source="cnemc_air", recent=before).since is None


def test_a_missing_hour_does_not_end_a_run_and_a_day_without_readings_does() -> None:
    assert flagged(series_of([LOW] * 6 + [None] * 3 + [LOW] * 6)) == [*range(6), *range(9, 15)]
    gap_24 = together(series_of([LOW] * 6, last=NOON - timedelta(hours=29)), series_of([LOW] * 6))
    assert len(flagged(gap_24)) == 12
    gap_25 = together(series_of([LOW] * 6, last=NOON - timedelta(hours=30)), series_of([LOW] * 6))
    assert flagged(gap_25) == []


def test_small_values_are_equal_by_rounding() -> None:
    assert flagged(series_of([9] * 30)) == []
    assert len(flagged(series_of([10] * 30))) == 30
    assert flagged(series_of([0.3] * 60, "co_mgm3")) == []
    assert flagged(series_of([1.2] * 47, "co_mgm3")) == []
    assert len(flagged(series_of([1.2] * 48, "co_mgm3"))) == 48


def test_a_run_through_another_value_is_none() -> None:
    assert flagged(series_of([12] * 6 + [5] + [12] * 6)) == []


def test_indices_running_means_models_and_undetected_values_do_not_stick() -> None:
    assert flagged(series_of([60] * 40, "aqi")) == []
    assert flagged(series_of([LOW] * 40, averaging="24h")) == []
    assert flagged(series_of([LOW] * 40, kind="modelled")) == []
    assert flagged(series_of([15] * 40, note="<30")) == []


def test_a_stuck_probe_in_the_river() -> None:
    assert len(flagged(series_of([12.4] * 12, "water_temp_c", "xiaoxia", averaging="instant", step_h=4))) == 12
    assert flagged(series_of([0.4] * 40, "water_temp_c", "xiaoxia", averaging="instant", step_h=4)) == []  # under ice


# ── zeros and flat days ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.slow
@pytest.mark.parametrize("place", [A, "xining", "lanzhou"])
@pytest.mark.parametrize("kind", ["live", "archive"])
@pytest.mark.parametrize(("item", "hours"), [("pm25_ugm3", 6), ("pm10_ugm3", 6), ("so2_ugm3", 12), ("co_mgm3", 12)])
def test_hours_of_zero_in_a_row(item: str, hours: int, kind: str, place: str) -> None:
    assert flagged(series_of([3] + [0] * (hours - 1) + [3], item, place, kind=kind)) == []
    assert check(series_of([3, *[0] * hours, 3], item, place, kind=kind)) == [None, *["zeros"] * hours, None]


def test_a_day_of_zeros_needs_no_neighbour_and_the_midnight_after_it_is_sound() -> None:
    assert flagged(series_of([*[0] * 11, None, *[0] * 11, 36])) == [*range(11), *range(12, 23)]
    assert check(series_of(0, averaging="24h")) == check(series_of(0, averaging="day")) == ["zeros"]
    assert check(series_of(0, "aqi")) == check(series_of(0, kind="modelled")) == [None]


@pytest.mark.parametrize("item", ["ph", "do_mgl"])
def test_no_river_has_acidity_or_oxygen_zero(item: str) -> None:
    assert check(series_of(0, item, "xiaoxia", averaging="instant")) == ["zeros"]
    assert check(series_of(0, "nh3n_mgl", "xiaoxia", averaging="instant")) == [None]


def varying(place: str, item: str = "pm25_ugm3") -> pd.DataFrame:
    return series_of([30 + 12 * np.sin(n / 4 + len(place)).round(2) for n in range(24)], item, place)


@pytest.mark.parametrize("values", [[31, 30, 32, 31] * 6, [11, 12, 13, 12] * 6, [4] * 24])
def test_a_station_that_does_not_move_while_others_do(values: list[float]) -> None:
    flat = series_of(values)
    assert [n for n in flagged(together(flat, varying(B), varying(C))) if n < 24] == list(range(24))
    assert flagged(together(flat, varying(B))) == []  # one other is none
    assert flagged(together(*(series_of(values, place=place) for place in (A, B, C)))) == []  # a quiet day


def test_a_city_alone_does_not_move_while_its_other_items_do() -> None:
    others = varying("xining", "no2_ugm3"), varying("xining", "o3_1h_ugm3")
    assert flagged(together(series_of([31, 30, 31, 31] * 6, place="xining"), *others)) == list(range(24))
    assert flagged(together(series_of([31, 30, 32, 31] * 6, place="xining"), *others)) == []
    assert flagged(together(series_of([12, 13, 12, 12] * 6, "so2_ugm3", "xining"), *others)) == []  # a quiet gas
    assert flagged(together(series_of([5, 6, 5, 5] * 6, place="xining"), *others)) == []  # after rain


# ── repeated day ─────────────────────────────────────────────────────────────────────────────────────────────────────
YESTERDAY = [
    float(value) for value in (30, 31, 30, 29, 28, 30, 36, 45, 52, 50, 44, 40, 38, 36, 35, 35, 38, 44, 50, 55, 52)
]
YESTERDAY += [45, 40, 35]


def test_yesterday_repeated() -> None:
    assert check(series_of(YESTERDAY * 2)) == [None] * 24 + ["repeated_day"] * 24
    before = [value + 1 for value in YESTERDAY]
    assert flagged(series_of(before + YESTERDAY * 2)) == [*range(48, 72)]
    assert flagged(series_of(before + YESTERDAY + YESTERDAY[:23] + [36])) == []  # the last hour is its own


def test_yesterday_may_be_in_the_store() -> None:
    recent = series_of(YESTERDAY, last=NOON - timedelta(hours=24))
    assert flagged(series_of(YESTERDAY), recent) == [*range(24)]
    assert flagged(series_of(YESTERDAY), recent.assign(flags="repeated_day")) == [
        *range(24)
    ]  # the third day of the same
    assert flagged(series_of(YESTERDAY), recent.assign(flags="future")) == []


def test_twenty_hours_must_be_comparable() -> None:
    assert len(flagged(series_of([*YESTERDAY, *[None] * 4, *YESTERDAY[4:]]))) == 20
    assert flagged(series_of([*YESTERDAY, *[None] * 5, *YESTERDAY[5:]])) == []


def test_two_quiet_days_are_no_repetition() -> None:
    five_changes = [20.0] * 4 + [21.0] * 4 + [22.0] * 4 + [21.0] * 4 + [22.0] * 8  # midnight's counts too
    six_changes = [*five_changes[:20], 21.0, 21.0, 22.0, 22.0]
    assert flagged(series_of(five_changes * 2)) == []
    assert flagged(series_of(six_changes * 2)) == [*range(24, 48)]
    assert flagged(series_of([20.0] * 48, "so2_ugm3")) == [*range(48)]  # which the check for stuck sensors finds


def test_an_index_and_a_model_may_repeat_a_day() -> None:
    assert flagged(series_of(YESTERDAY * 2, "aqi")) == []
    assert flagged(series_of(YESTERDAY * 2, kind="modelled")) == []


# ── jump ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("peak", [290, 291])
def test_a_spike_goes_beyond_the_jump_and_comes_back(peak: int) -> None:
    assert check(series_of([LOW, peak, LOW])) == [None, "jump" if peak == 291 else None, None]


def test_a_dip_is_a_spike_upside_down() -> None:
    assert check(series_of([400, 140, 400])) == [None, "jump", None]


def test_what_stays_up_is_a_level() -> None:
    assert flagged(series_of([LOW, 600, 590, LOW])) == []
    assert flagged(series_of([LOW, 600, 360, LOW])) == []  # falls by less than the jump at once


def test_both_neighbours_must_be_there_an_hour_away() -> None:
    assert flagged(series_of([None, 600, LOW])) == []
    assert flagged(series_of([LOW, 600, None, LOW])) == []
    assert flagged(series_of([LOW, None, 600, LOW])) == []


def test_neighbours_may_be_stored_but_not_flagged() -> None:
    around = series_of([LOW, LOW], step_h=2)
    spike = series_of(600, last=NOON - timedelta(hours=1))
    assert flagged(spike, around) == [0]
    assert flagged(spike, around.assign(flags=[None, "city_far_from_stations"])) == []
    assert flagged(series_of([LOW, 600, 5000])) == [2]  # 5000 is impossible, so nothing says that it came back


def city_of(*changes: tuple[str, float | None, float]) -> pd.DataFrame:
    """Stations with a value before and one at noon."""
    return together(*(series_of([before, at_noon], place=place) for place, before, at_noon in changes))


def test_the_newest_reading_may_not_jump_alone() -> None:
    assert flagged(city_of((A, LOW, 600), (B, LOW, LOW), (C, LOW, LOW))) == [1]
    assert flagged(city_of((A, LOW, 290), (B, LOW, LOW), (C, LOW, LOW))) == []
    assert flagged(city_of((A, LOW, 600), (B, LOW, LOW))) == []  # one other is too few to tell
    assert flagged(city_of((A, LOW, 600), (B, LOW, LOW), (C, None, LOW))) == []  # which way it moved is not known


def test_dust_that_comes_over_two_other_stations_is_dust() -> None:
    assert flagged(city_of((A, LOW, 600), (B, LOW, 165), (C, LOW, 165), (D, LOW, LOW))) == []
    assert flagged(city_of((A, LOW, 600), (B, LOW, 164), (C, LOW, 165), (D, LOW, LOW))) == [1]
    assert flagged(city_of((A, LOW, 600), (B, 300, 60), (C, 300, 60), (D, LOW, LOW))) == [1]  # they fall
    passing = [series_of([LOW, high, LOW], place=place) for place, high in ((A, 600), (B, 300), (C, 300))]
    assert flagged(together(*passing)) == []


def test_the_hour_after_a_flagged_jump_is_no_jump_back() -> None:
    recent = together(
        series_of([LOW, 600], last=NOON - timedelta(hours=1)).assign(flags=[None, "jump"]),
        *(series_of([LOW, LOW], place=place, last=NOON - timedelta(hours=1)) for place in (B, C)),
    )
    others = [series_of(LOW, place=place) for place in (B, C)]
    assert flagged(together(series_of(LOW), *others), recent) == []
    assert flagged(together(series_of(590), *others), recent) == []  # it stays: a level after all


def test_the_city_is_requested_beside_its_stations() -> None:
    stations = city_of((A, 200, 500), (B, 200, 500))
    assert (
        check(together(series_of([190, 480, 190], "pm25_ugm3", "xining", last=NOON + timedelta(hours=1)), stations))[1]
        is None
    )
    assert (
        check(
            series_of([190, 480, 190], "pm25_ugm3", "xining", last=NOON + timedelta(hours=1)),
            now=NOW + timedelta(hours=1),
        )[1]
        == "jump"
    )


def test_other_cities_do_not_move_with_our_stations() -> None:
    lanzhou = series_of([190, 480, 190], "pm25_ugm3", "lanzhou", last=NOON)
    dust_here = [series_of([200, 500, 500], place=place) for place in (A, B)]
    assert check(together(lanzhou, *dust_here))[1] == "jump"


def test_a_spike_in_the_river_is_known_when_it_is_over() -> None:
    def river(values: Sequence[float | None]) -> list[int]:
        return flagged(series_of(values, "ph", "xiaoxia", averaging="instant", step_h=4))

    assert river([8.2, 9.8, 8.2]) == [1]
    assert river([8.2, 9.7, 8.2]) == []
    assert river([8.2, 9.8]) == []
    assert river([8.2, None, 9.8, 8.2]) == [2]  # one slot may be missing
    assert river([8.2, None, None, 9.8, 8.2]) == []


# ── PM2.5 and PM10, city and stations ────────────────────────────────────────────────────────────────────────────────
def test_fine_particles_are_part_of_the_coarse() -> None:
    coarse = series_of(100, "pm10_ugm3")
    assert check(together(series_of(115), coarse)) == [None, None]
    assert check(together(series_of(116), coarse)) == ["pm25_above_pm10"] * 2
    assert check(together(series_of(116), series_of(100, "pm10_ugm3", B))) == [None, None]
    assert check(together(series_of(116), series_of(100, "pm10_ugm3", averaging="24h"))) == [None, None]
    assert check(together(series_of(116), series_of(100, "pm10_ugm3", last=NOON - timedelta(hours=1)))) == [None, None]
    assert check(together(series_of(116), series_of(None, "pm10_ugm3"))) == [None, None]
    assert check(together(series_of(116), series_of(-1, "pm10_ugm3"))) == [None, "impossible,negative"]
    assert check(series_of(116), recent=coarse) == ["pm25_above_pm10"]


def test_a_model_may_say_so() -> None:
    assert check(together(series_of(116, kind="modelled"), series_of(100, "pm10_ugm3", kind="modelled"))) == [
        None,
        None,
    ]


def stations(*values: float | None, item: str = "pm25_ugm3") -> pd.DataFrame:
    return together(*(series_of(value, item, place) for place, value in zip((A, B, C), values, strict=False)))


@pytest.mark.parametrize(("value", "far"), [(18, False), (17, True), (88, False), (89, True)])
def test_the_city_lies_within_the_range_of_its_stations(value: float, far: bool) -> None:
    """Stations from 40 to 60: the city from 40 × 0.7 − 10 to 60 × 1.3 + 10."""
    found = check(together(series_of(value, place="xining"), stations(40, 50, 60)))
    assert found == ["city_far_from_stations" if far else None, None, None, None]


def test_co_has_its_own_margin() -> None:
    city = series_of([3.1, 3.2], "co_mgm3", "xining", last=NOON)
    assert check(together(city.iloc[[1]], stations(1, 1.5, 2, item="co_mgm3")))[0] == "city_far_from_stations"
    city["at"] += pd.Timedelta(hours=1)
    assert check(together(city.iloc[[0]], stations(1, 1.5, 2, item="co_mgm3")))[0] is None


def test_three_sound_stations_are_needed() -> None:
    city = series_of(200, place="xining")
    assert check(city, recent=stations(40, 50, 60)) == ["city_far_from_stations"]
    assert check(city, recent=stations(40, 50)) == [None]
    assert check(city, recent=stations(40, 50, None)) == [None]
    assert check(city, recent=stations(40, 50, 60).assign(flags=[None, None, "jump"])) == [None]
    assert check(city, recent=stations(40, 50, 60).assign(averaging="24h")) == [None]
    assert check(series_of(200, place="lanzhou"), recent=stations(40, 50, 60)) == [None]


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_flags_of_loaders_stay_beside_ours() -> None:
    assert check(series_of(-1, flags="unknown_section")) == ["impossible,negative,unknown_section"]
    assert check(series_of(None, flags="unreadable", note="?")) == ["unreadable"]
    assert check(series_of(LOW, flags="jump")) == [None]  # found anew


def test_a_moment_given_twice_is_requested_once() -> None:
    """The city's hour comes alone and as the last of 24."""
    history = series_of([LOW, 600, LOW], place="xining")
    again = history.iloc[[1]]
    assert flagged(together(again, history)) == [0, 2]
    assert flagged(together(history, again)) == [1, 3]
    assert check(together(again.assign(value=-1.0), history)) == ["impossible,jump,negative", None, "jump", None]
    eleven = series_of([LOW] * 11)
    assert flagged(together(eleven, eleven)) == []
    empty = series_of(None, last=NOON - timedelta(hours=1), place="xining")  # a missing value takes nothing's place
    assert flagged(together(history, empty)) == flagged(together(empty.iloc[:0], history)) == [1]
    assert flagged(empty, recent=history) == []


def test_what_nobody_declared_is_refused() -> None:
    with pytest.raises(ValueError, match=r"item pm1_ugm3 does not stand in items\.csv"):
        check(series_of(LOW, "pm1_ugm3"))
    with pytest.raises(
        ValueError, match="cnemc_air: flag odd is unknown; known are unreadable, unknown_section, future"
    ):
        check(series_of(LOW, flags="odd"))


def test_nothing_to_check_is_fine() -> None:
    assert check(series_of(LOW).iloc[:0]) == []
    assert check(series_of(LOW), recent=series_of(LOW).iloc[:0]) == [None]


def test_every_check_has_a_name_people_can_read() -> None:
    checks = {one.__name__ for one in (*plausible.SINGLE_CHECKS, *plausible.CONTEXT_CHECKS)}
    assert checks | SET_BY_LOADERS == set(FLAGS)


VALUES = st.sampled_from([None, -5.0, 0.0, 0.2, 12.0, 40.0, 41.0, 300.0, 700.0, 4000.0])


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """A few series of hours, some of them with a yesterday."""
    parts = []
    for place in draw(st.lists(st.sampled_from([A, B, C, "xining"]), min_size=1, max_size=4, unique=True)):
        for item in draw(
            st.lists(st.sampled_from(["pm25_ugm3", "pm10_ugm3", "co_mgm3"]), min_size=1, max_size=2, unique=True)
        ):
            values = draw(st.lists(VALUES, min_size=1, max_size=16))
            parts.append(series_of(values * draw(st.sampled_from([1, 1, 3])), item, place))
    return together(*parts)


@pytest.mark.slow
@given(frames(), st.integers(0, 2**32 - 1))
@settings(max_examples=25)
def test_order_does_not_matter_and_checking_twice_is_checking_once(frame: pd.DataFrame, seed: int) -> None:
    once = plausible.check(frame, now=NOW, source="cnemc_air").readings
    pd.testing.assert_frame_equal(once.drop(columns="flags"), frame.drop(columns="flags"))
    again = plausible.check(once, now=NOW, source="cnemc_air").readings
    assert again["flags"].tolist() == once["flags"].tolist()
    shuffled = frame.sample(frac=1, random_state=seed)
    back = plausible.check(shuffled, now=NOW, source="cnemc_air").readings.sort_index()
    assert back["flags"].tolist() == once["flags"].tolist()
    for flags in once["flags"].dropna():
        assert flags.split(",") == sorted(set(flags.split(",")) & set(FLAGS))


@pytest.mark.slow
def test_a_hundred_thousand_readings_cost_a_few_times_a_sort_and_two_running_medians() -> None:
    rng = np.random.default_rng(5)
    hours = pd.date_range("2025-01-01 01:00", periods=1700, freq="h", tz=ZONE)
    parts = []
    for place in ("xining", *(f"{n}A" for n in range(9))):
        for item in ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "o3_1h_ugm3", "aqi"):
            values = rng.gamma(4, 10, len(hours)).round()
            parts.append(
                pd.DataFrame({"place_id": place, "item": item, "averaging": "1h", "at": hours, "value": values})
            )
    frame = together(*parts).assign(kind="archive", note=None, flags=None, primary_pollutants=None, original=None)
    assert len(frame) > 100_000
    plausible.check(frame.head(), now=NOW, source="air_archive")

    def by_pandas() -> None:
        series = frame.sort_values(["place_id", "item", "at"]).groupby(["place_id", "item"])["value"]
        series.diff(), series.rolling(24).median(), series.rolling(72).median()

    assert cpu_s(lambda: plausible.check(frame, now=NOW, source="air_archive")) <= 6 * cpu_s(by_pandas)


# ── what the store has around them ───────────────────────────────────────────────────────────────────────────────────
def test_the_store_gives_two_days_of_all_places_and_the_moments_themselves(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'live.db'}")
    live.live.create_all(engine)
    noon = int(NOON.timestamp())
    series = [
        (1, A, "pm25_ugm3", "1h", "observed"),
        (2, B, "pm25_ugm3", "1h", "observed"),
        (3, A, "pm25_ugm3", "24h", "observed"),
        (4, A, "no2_ugm3", "1h", "observed"),
        (5, "xining", "pm25_ugm3", "1h", "modelled"),
    ]
    beside = {"flags": "jump", "note": "repaired", "primary_pollutants": "pm25", "original": "0.0"}
    with engine.begin() as c:
        names = ("series_id", "place_id", "item", "averaging", "stream")
        c.execute(insert(live.series), [dict(zip(names, one, strict=True)) for one in series])
        rows = [
            {"series_id": one[0], "at": noon - hours * 3600, "value": float(hours), "rank": 2}
            | {name: None if hours else text for name, text in beside.items()}
            for one in series
            for hours in (-50, -49, 0, 49, 50, 24 * 2000)
        ]
        c.execute(insert(live.readings), rows)
        found = plausible.around(c, series_of(LOW))
        assert found is not None
        assert list(zip(found["place_id"], found["value"], strict=True)) == [
            (place, value) for place in (A, B) for value in (49.0, 0.0, -49.0)
        ]
        assert found["at"].iloc[1] == NOON
        for name, text in beside.items():
            assert found[name].eq(text).tolist() == [False, True, False] * 2
        assert check(series_of(LOW), found) == [None]
        long_ago = series_of(LOW, last=NOON - timedelta(days=4000))
        again = plausible.around(c, together(series_of(LOW), long_ago))
        assert again is not None
        assert again.equals(found)  # nothing of the years between
        assert plausible.around(c, series_of(LOW, kind="modelled")) is None
    engine.dispose()
