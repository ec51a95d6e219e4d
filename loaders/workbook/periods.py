"""Days and periods as people, bulletins and spreadsheets write them, in the form of the store: 2026-10, 2026-01/2026-09."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from loaders.workbook.cells import visible

DASH = r"(?:-|–|—|―|~|～|至|到)"
_NUMERALS = {"〇": 0, "零": 0, "○": 0, **{sign: value for value, sign in enumerate("一二三四五六七八九", 1)}, "两": 2}
_SIGN = "〇零○一二三四五六七八九"
_YEAR = r"(\d{4})(?:年度?)?"
_UNCLEAR = re.compile(r"\d{4}\.1")
HALVES = {"上": ("01", "06"), "下": ("07", "12")}
_WITHOUT_YEAR = re.compile(
    r"(?:今年|本年|全年|本月|上月|当月|本季度?|前[一二三四两1-4]个?季度?|前\d{1,2}个?月|第?[一二三四1-4]季度?|q[1-4]"
    rf"|[上下]半年|\d{{1,2}}月?份?(?:{DASH}\d{{1,2}})?月份?(?:累计)?)"
)


class PeriodError(ValueError):
    """What is written is no period, or not clear; the message says in Chinese what to write."""


def plain(written: str) -> str:
    """Text in half-width signs without spaces, with the long dashes of Chinese left as they are."""
    return "".join(unicodedata.normalize("NFKC", visible(written)).split())


def period(written: str) -> str:
    """A year, quarter, month, day or a span of them as ISO; empty where it is none. Raises PeriodError.

    A period must bear its year in the same cell.
    """
    text = _figures(plain(written)).casefold().strip("()")
    if found := _span(text) or _one(text):
        return found
    if text.startswith(("今", "本", "上月", "当月")) and _WITHOUT_YEAR.fullmatch(text):
        raise PeriodError(f"“{written.strip()}”没有写明是哪一年：请写成 2026 或 2026-10")
    if _WITHOUT_YEAR.fullmatch(text):
        raise PeriodError(f"“{written.strip()}”没有写年份：请写成“2026年{written.strip()}”这样")
    return ""


def unclear(written: str) -> bool:
    """Whether a month without its nought may be January or an October that lost it: 2026.1."""
    return bool(_UNCLEAR.fullmatch(plain(written)))


def iso(year: str, month: str, day: str) -> str:
    """A day as ISO. Raises PeriodError where there is none such."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise PeriodError(f"没有 {year}-{month}-{day} 这一天") from None


def days(written: str) -> list[str]:
    """One day, or each day of a span, as ISO; empty where it is neither. Raises PeriodError.

    2026-04-12, 20260412, 2026年4月12日, 4月12—14日 with its year before it.
    """
    text = _figures(plain(written))
    if found := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        return [iso(*found.groups())]
    day = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    if found := re.fullmatch(day, text):
        return [iso(*found.groups())]
    if found := re.fullmatch(rf"{day}{DASH}(?:(?:(\d{{4}})[-/.年])?(\d{{1,2}})[-/.月])?(\d{{1,2}})日?", text):
        year, month, first, last_year, last_month, last = found.groups()
        start, end = iso(year, month, first), iso(last_year or year, last_month or month, last)
        ordinals = range(date.fromisoformat(start).toordinal(), date.fromisoformat(end).toordinal() + 1)
        if not 0 < len(ordinals) <= 31:
            raise PeriodError(f"“{written.strip()}”不是一段日期：前一天要早于后一天，不超过一个月")
        return [date.fromordinal(one).isoformat() for one in ordinals]
    return []


_HOUR = re.compile(
    r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:\s?日\s?|[\sT]\s?)"
    r"(\d{1,2})\s?(?:时|点|:(\d{2})(?::\d{2})?(?!\d))(?:\s?(\d{1,2})分)?(?:整|\+08:00)?"
)


def hour(written: str) -> str:
    """An hour's end as ISO with its zone, 2026-10-06T08:00+08:00; empty where it is none. 24:00 is the next day's 0:00.

    2026-10-06 08:00, 2026年10月6日8时, 2026/10/6 8:00:00. Raises PeriodError.
    """
    found = _HOUR.fullmatch(_spaced(written))
    return _hour(found) if found else ""


def hours_in(text: str) -> list[str]:
    """The hours a title names. Raises PeriodError."""
    return [_hour(found) for found in _HOUR.finditer(_spaced(text))]


def _spaced(written: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", visible(written)).split())


def _hour(found: re.Match[str]) -> str:
    year, month, day, of_day, minutes, more_minutes = found.groups()
    if int(of_day) > 24 or int(minutes or 0) or int(more_minutes or 0):
        raise PeriodError(f"“{found[0]}”不是整点：应写成 2026-10-06 08:00，0 到 24 时")
    midnight = datetime.fromisoformat(iso(year, month, day))
    try:
        return f"{midnight + timedelta(hours=int(of_day)):%Y-%m-%dT%H}:00+08:00"
    except OverflowError:  # the end of the last day there is
        raise PeriodError(f"没有“{found[0]}”这一时") from None


def _figures(text: str) -> str:
    """Chinese numerals of years and months as figures: 二〇二六年十月 is 2026年10月. Quarters keep theirs."""
    text = re.sub(rf"[{_SIGN}]{{4}}(?=年)", lambda found: "".join(str(_NUMERALS[one]) for one in found[0]), text)
    return re.sub(r"([一二三四五六七八九]?十?[一二三四五六七八九]?)(?=[月日])", _tens, text)


def _tens(found: re.Match[str]) -> str:
    written = found[1]
    if not written:
        return ""
    if "十" not in written:
        return "".join(str(_NUMERALS[one]) for one in written)
    tens, _, ones = written.partition("十")
    return str(10 * (_NUMERALS[tens] if tens else 1) + (_NUMERALS[ones] if ones else 0))


def _span(text: str) -> str:
    """A period of several months or years; empty where it is none."""
    if half := re.fullmatch(rf"{_YEAR}([上下])半年", text):
        first, last = HALVES[half[2]]
        return f"{half[1]}-{first}/{half[1]}-{last}"
    if quarters := re.fullmatch(rf"{_YEAR}前([一二三四两1-4])个?季度?", text):
        return _months(quarters[1], 1, 3 * _count(quarters[2]))
    if quarters := re.fullmatch(rf"{_YEAR}第?([一二三四1-4])季?度?{DASH}第?([一二三四1-4])季度?", text):
        return _months(quarters[1], 3 * _count(quarters[2]) - 2, 3 * _count(quarters[3]))
    if months := re.fullmatch(rf"{_YEAR}前(\d{{1,2}}|[一二三四五六七八九])个?月", text):
        return _months(months[1], 1, int(months[2]) if months[2].isdigit() else _count(months[2]))
    if months := re.fullmatch(rf"(\d{{4}})[年./](\d{{1,2}})月?份?{DASH}(\d{{1,2}})月?份?(?:累计)?", text):
        return _months(months[1], int(months[2]), int(months[3]))
    if years := re.fullmatch(rf"(\d{{4}})年?{DASH}(\d{{4}})年?", text):
        return f"{years[1]}/{years[2]}"
    for parts in (text.split("/"), re.split(r"至|到|~|—|–", text)):
        if len(parts) == 2 and (first := _one(parts[0])) and (last := _one(parts[1])):
            return f"{first}/{last}"
    return ""


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _NUMERALS[written]


def _months(year: str, first: int, last: int) -> str:
    if not 1 <= first <= last <= 12:
        raise PeriodError(f"没有 {first}—{last} 月这样的时段")
    return f"{year}-{first:02}" + (f"/{year}-{last:02}" if last > first else "")


def _one(text: str) -> str:
    """A year, quarter, month or day; empty where it is none."""
    if year := re.fullmatch(r"(\d{4})(?:年度?)?(?:全年)?", text):
        return year[1]
    if quarter := re.fullmatch(r"(\d{4})(?:年?第?([1-4一二三四])季度?|年?-?q([1-4]))", text):
        return f"{quarter[1]}-Q{_count(quarter[2] or quarter[3])}"
    if month := re.fullmatch(r"(\d{4})(?:年(\d{1,2})月份?|[-./](\d{1,2})月?)", text):
        return f"{month[1]}-{int(month[2] or month[3]):02}"
    found = days(text)
    return found[0] if len(found) == 1 and not re.fullmatch(r"\d{8}", text) else ""
