"""Missing days of a year, against the gaps known of the tracked series."""

from datetime import date

from reports import air, air_gaps


def test_2023_lacks_its_dusty_spring() -> None:
    (gap,) = air_gaps.of_year(2023).gaps
    assert (gap.first, gap.last, gap.days) == (date(2023, 2, 25), date(2023, 4, 15), 50)
    frame = air.days(air.OLD, "excluded")
    counts = []
    for year in (2019, 2020, 2021, 2022, 2024, 2025, 2026):
        mine = frame[frame["date"].between(f"{year}-02-25", f"{year}-04-15")]
        counts.append(int((mine["aqi"] > 100).sum()))
    assert gap.bad_elsewhere == round(sum(counts) / len(counts), 1) > 5


def test_single_days_and_runs_are_distinct() -> None:
    assert [(gap.first.isoformat()[5:], gap.days) for gap in air_gaps.of_year(2018).gaps] == [
        ("08-24", 1),
        ("08-26", 1),
        ("08-30", 1),
        ("12-22", 5),
    ]
    assert air_gaps.of_year(2018).days == 8
    assert all(gap.bad_elsewhere is None for gap in air_gaps.of_year(2018).gaps)


def test_a_whole_year_and_the_days_to_come_are_no_gaps() -> None:
    assert air_gaps.of_year(2025).gaps == ()
    assert air_gaps.of_year(2026).gaps == ()  # known to its last day, 6 October


def test_years_with_ten_days_missing_in_a_row_have_a_long_gap() -> None:
    years = {one.year for one in air_gaps.long_gaps()}
    assert 2023 in years  # 50 days
    assert not {2018, 2025, 2026} & years  # at most 5 days in a row
    assert all(one.long for one in air_gaps.long_gaps())
