"""Numbers, units, periods and ages as each language writes them."""

from datetime import date, datetime, timedelta

import pytest

from store import clock, facts
from store.records import Both, Unit
from views.text import format as fmt
from views.text.words import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (96.2, 1, "96.2"),
        (95, 1, "95.0"),
        (9999, 0, "9999"),  # grouped from five digits on
        (10000, 0, "10,000"),
        (1234567.891, 2, "1,234,567.89"),
        (-3, 0, "−3"),  # a minus, no hyphen
        (-12345.6, 1, "−12,345.6"),
        (-0.04, 1, "0.0"),  # what rounds to nothing has no sign
        (9999.96, 1, "10,000.0"),
        (32.15, 1, "32.2"),  # GB/T 8170, of the decimal number: its nearest binary number lies below the tie
        (32.25, 1, "32.2"),
        (0.475, 2, "0.48"),
        (52.5, 0, "52"),
        (34.499999999999996, 0, "34"),  # a mean that lies a bit beside the tie
        (35.499999999999996, 0, "36"),
    ],
)
def test_numbers(value: float, decimals: int, text: str) -> None:
    assert fmt.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1.5, 1, "+1.5"), (-1.5, 1, "−1.5"), (0, 1, "0.0"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (12000, 0, "+12,000")],
)
def test_changes_carry_their_sign(value: float, decimals: int, text: str) -> None:
    assert fmt.signed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (38.0, "38"),
        (96.2, "96.2"),
        (434.34, "434.34"),
        (0.0354, "0.0354"),
        (4343400, "4,343,400"),
        (12345.67, "12,345.67"),
        (1234567.5, "1,234,567.5"),
        (0.00005, "0.00005"),
        (-2.5, "−2.5"),
    ],
)
def test_a_published_number_keeps_its_decimals(value: float, text: str) -> None:
    assert fmt.plain(value) == text


def test_every_figure_reads_as_it_was_published() -> None:
    """No tracked value loses or gains a digit on its way to the page."""
    for value in facts.table("figures")["value"].dropna():
        assert float(fmt.plain(value).replace(",", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "op", "zh", "en"),
    [
        (1, "=", "Ⅰ类", "Class Ⅰ"),
        (3, "=", "Ⅲ类", "Class Ⅲ"),
        (3.0, "<=", "Ⅲ类或更好", "Class Ⅲ or better"),
        (5, "=", "Ⅴ类", "Class Ⅴ"),
        (6, "=", "劣Ⅴ类", "Worse than Class Ⅴ"),
    ],
)
def test_water_classes(value: float, op: str, zh: str, en: str) -> None:
    assert (fmt.water_class(value, ZH, op), fmt.water_class(value, EN, op)) == (zh, en)


@pytest.mark.parametrize(
    ("symbol", "zh", "en"),
    [
        (Both("%", "%"), "%", "%"),
        (Both("万吨", "10 kt"), "万吨", " 10 kt"),  # none between a number and hanzi
        (Both("µg/m³", "µg/m³"), " µg/m³", " µg/m³"),
        (Both("μg/m³", "μg/m³"), " μg/m³", " μg/m³"),  # the Greek letter as well as the sign
        (Both("km", "km"), " km", " km"),
        (None, "", ""),
    ],
)
def test_units_have_the_right_distance(symbol: Both | None, zh: str, en: str) -> None:
    unit = Unit("any", symbol)
    assert (fmt.unit(unit, ZH), fmt.unit(unit, EN)) == (zh, en)


def test_sentences_are_separated_in_english_only_and_empty_ones_leave_no_gap() -> None:
    assert fmt.sentences(ZH, "甲。", "", "乙。") == "甲。乙。"
    assert fmt.sentences(EN, "One.", "", "Two.") == "One. Two."
    assert fmt.sentences(EN) == ""


@pytest.mark.parametrize(
    ("text", "bare"),
    [("湟水（西宁段）", "湟水"), ("River (part) of it", "River"), ("River(part)", "River(part)"), ("", "")],
)
def test_a_name_without_its_brackets(text: str, bare: str) -> None:
    assert fmt.before_brackets(text) == bare


def test_days() -> None:
    assert fmt.day(date(2026, 10, 6), ZH) == "2026年10月6日"
    assert fmt.day(date(2026, 10, 6), EN) == "6 October 2026"
    assert fmt.day(date(2026, 10, 6), ZH, year=False) == "10月6日"
    assert fmt.day(date(2026, 10, 6), EN, year=False) == "6 October"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2016/2020", "2016—2020年", "2016–2020"),
        ("2024-Q1", "2024年一季度", "Q1 2024"),
        ("2025-06", "2025年6月", "June 2025"),
        ("2023-12-09", "2023年12月9日", "9 December 2023"),
        ("2024-01/2024-09", "2024年1月至2024年9月", "January 2024 to September 2024"),
        ("2019/2020-Q2", "2019年至2020年二季度", "2019 to Q2 2020"),
        ("2015?", "2015年（推定）", "2015 (inferred)"),
        ("2014-01?/2014-09?", "2014年1月至2014年9月（推定）", "January 2014 to September 2014 (inferred)"),
        ("2015?/2020", "2015—2020年（推定）", "2015–2020 (inferred)"),
    ],
)
def test_periods(period: str, zh: str, en: str) -> None:
    assert (fmt.period(period, ZH), fmt.period(period, EN)) == (zh, en)


def test_every_period_of_the_figures_has_words() -> None:
    for period in facts.table("figures")["period"].unique():
        assert fmt.period(period, ZH)
        assert fmt.period(period, EN)


@pytest.mark.parametrize(
    ("then", "zh", "en"),
    [
        (date(2026, 11, 24), "今天", "today"),  # a clock that runs ahead
        (date(2026, 11, 23), "今天", "today"),
        (date(2026, 11, 22), "昨天", "yesterday"),
        (date(2026, 11, 21), "2天前", "2 days ago"),
        (date(2025, 11, 23), "365天前", "365 days ago"),
    ],
)
def test_ages(then: date, zh: str, en: str) -> None:
    now = date(2026, 11, 23)
    assert (fmt.age(then, now, ZH), fmt.age(then, now, EN)) == (zh, en)


def test_a_moment_bears_its_year_only_where_that_is_another_one() -> None:
    at = datetime(2025, 12, 31, 18, 0, tzinfo=clock.ZONE)
    assert fmt.hour(at, Words("zh"), datetime(2025, 12, 31, 20, tzinfo=clock.ZONE)) == "12月31日 18:00"
    assert fmt.hour(at, Words("zh"), datetime(2026, 1, 1, 8, tzinfo=clock.ZONE)) == "2025年12月31日 18:00"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "刚刚"), (1, "1分钟前"), (119, "119分钟前"), (120, "2小时前"), (2879, "47小时前"), (2880, "2天前")],
)
def test_an_age_is_in_minutes_then_hours_then_days(minutes: int, text: str) -> None:
    assert fmt.ago(timedelta(minutes=minutes), Words("zh")) == text
