"""Numbers, periods and ages in words, in both languages."""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from reports.provenance import INFERRED
from store.records import SurfaceWaterLimit, Unit
from views.text.words import Words

ROMAN = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ", 5: "Ⅴ"}
NO_BREAK = "\u00a0"
OPS = {
    "=": "",
    ">": f">{NO_BREAK}",
    ">=": f"≥{NO_BREAK}",
    "<=": f"≤{NO_BREAK}",
    "<": f"<{NO_BREAK}",
    "~": f"≈{NO_BREAK}",
}
MINUS = "−"
NO_SLIP_DECIMALS = 9  # beyond those shown: 32.15 is a tie, though its nearest binary number lies a little below
FIRST_HANZI = "一"


def number(value: float, decimals: int = 0) -> str:
    """A number with grouped thousands from five digits on, a true minus sign, and fixed decimals, rounded by GB/T 8170."""
    exact = Decimal(f"{abs(value):.{decimals + NO_SLIP_DECIMALS}f}")
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    return (MINUS if value < 0 and rounded else "") + (f"{rounded:,f}" if rounded >= 10000 else f"{rounded:f}")


def signed(value: float, decimals: int = 0) -> str:
    """A number with its sign, for changes."""
    text = number(value, decimals)
    return text if value < 0 or not float(text.replace(",", "")) else f"+{text}"


def plain(value: float) -> str:
    """A number as published: no decimals it does not have."""
    decimals = -int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    return number(value, max(0, decimals))


def water_class(value: int | float, w: Words, op: str = "=") -> str:
    """A water class as it is written: Ⅲ类 / Class Ⅲ; 6 is worse than Ⅴ."""
    name = w("site.worse_than_v") if value >= 6 else w("site.water_class", roman=ROMAN[int(value)])
    return w("site.class_or_better", name=name) if op == "<=" else name


def limit(row: SurfaceWaterLimit, value: float | None) -> str:
    """A limit of surface water as it is written: a range, or the value with what is better than it."""
    if row.range_low is not None and row.range_high is not None:
        return f"{plain(row.range_low)}–{plain(row.range_high)}"
    return "" if value is None else ("≥ " if row.rule == "ge" else "≤ ") + plain(value)


def unit(row: Unit, w: Words) -> str:
    """A unit's symbol with the space it needs before it (none before %, none between hanzi)."""
    symbol = w.of(row.symbol)
    if not symbol:
        return ""
    tight = symbol == "%" or (w.lang == "zh" and symbol[0] >= FIRST_HANZI)
    return symbol if tight else f" {symbol}"


def within(name: str) -> str:
    """A name inside a sentence: without its capital."""
    return name[:1].lower() + name[1:]


def day(value: date, w: Words, *, year: bool = True) -> str:
    """2026年10月6日 / 6 October 2026."""
    month = w(f"site.month_{value.month}")
    key = "site.day_with_year" if year else "site.day_without_year"
    return w(key, year=value.year, month=value.month, month_name=month, day=value.day)


def period(value: str, w: Words) -> str:
    """An ISO period in words: 2024-Q1 → 2024年一季度, 2016/2020 → 2016—2020年, 2015? → 2015年（推定）."""
    if value.rstrip(INFERRED) != value or f"{INFERRED}/" in value:
        return w("site.inferred", period=period(value.replace(INFERRED, ""), w))
    start, slash, end = value.partition("/")
    if slash:
        if re.fullmatch(r"\d{4}", start) and re.fullmatch(r"\d{4}", end):
            return w("site.years", start=start, end=end)
        return w("site.span", start=period(start, w), end=period(end, w))
    if re.fullmatch(r"\d{4}", value):
        return w("site.year", year=value)
    if "T" in value:
        at = datetime.fromisoformat(value)
        return w("live.at_hour", day=day(at.date(), w), hour=at.hour)
    if "Q" in value:
        year, quarter = value.split("-Q")
        return w("site.quarter", year=year, quarter=w(f"site.quarter_{quarter}"))
    if len(value) == 7:
        return w("site.month", year=value[:4], month=int(value[5:]), month_name=w(f"site.month_{int(value[5:])}"))
    return day(date.fromisoformat(value[:10]), w)


def age(then: date, now: date, w: Words) -> str:
    """How long ago a day was, in words."""
    days = (now - then).days
    if days <= 0:
        return w("site.age_today")
    return w("site.age_yesterday") if days == 1 else w("site.age_days", days=days)


def clock(at: datetime) -> str:
    """18:05."""
    return at.strftime("%H:%M")


def hour(at: datetime, w: Words, now: datetime | None = None) -> str:
    """A moment: 11月23日 18:00 / 18:00, 23 November; with its year where that is not the year of ``now``."""
    return w("live.time", day=day(at.date(), w, year=now is not None and now.year != at.year), clock=clock(at))


def ago(age: timedelta, w: Words) -> str:
    """How long ago a moment was: minutes up to two hours, hours up to two days, then days."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return w("live.just_now")
    if minutes < 120:
        return w("live.minutes_ago", n=minutes)
    return w("live.hours_ago", n=minutes // 60) if minutes < 48 * 60 else w("live.days_ago", n=minutes // 1440)


def before_brackets(text: str) -> str:
    """A name without what follows it in brackets."""
    return text.split("（")[0].split(" (")[0]


def sentences(w: Words, *texts: str) -> str:
    """Sentences in a row, empty ones left out: a blank between them in English, none in Chinese."""
    return (" " if w.lang == "en" else "").join(one for one in texts if one)
