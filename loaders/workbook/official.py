"""Headers of official tables that are not the template's: which column of the store they stand for.

The daily report of the air has the columns of HJ 633-2012 table 3 (kept by HJ 633-2026): each pollutant's concentration
and its individual index under one heading, in three header rows.
"""

import re

from loaders.workbook.units import fold, remembered

_POLLUTANTS = (
    ("pm25_ugm3", re.compile(r"pm2[._]?5|细颗粒物|小于等于2\.5|≤2\.5")),
    ("pm10_ugm3", re.compile(r"pm10|可吸入颗粒物|小于等于10|≤10")),
    ("so2_ugm3", re.compile(r"so2|二氧化硫")),
    ("no2_ugm3", re.compile(r"no2|二氧化氮")),
    ("o3", re.compile(r"o3|臭氧")),
    ("co_mgm3", re.compile(r"co(?!d)|一氧化碳")),
)
_BOTH = re.compile(
    r"浓度及(?:其)?(?:空气质量)?分指数(?:\(iaqi\))?"
)  # the heading over concentrations and indices alike
_INDEX = re.compile(r"分指数|iaqi|指数$")
_HOURLY = re.compile(r"(?<!最大)(?<!\d)1(?:小时|h)平均(?!.*最大)|小时(?:值|浓度)|实时报")
_MOVING = re.compile(r"24(?:小时|h)滑动|24(?:小时|h)移动")
_EIGHT, _ONE = re.compile(r"8(?:小时|h)|mda8"), re.compile(r"1(?:小时|h)")
_DAILY_MEAN = re.compile(r"24(?:小时|h)|日均")
_CITY = re.compile(r"(?:影响|所在|涉及)?(?:城市|地市|地区|市州|市\(州\))(?:名称)?")
_STATION = re.compile(r"点位|站点|测点|子站|监测站|站名|站位")
_NOT_READ = re.compile(
    r"颜色|排名|序号|超标倍数|同比|环比|上年|去年|同期|站点编码|城市编码|编码|累计|占比|变化|经度|纬度"
)
_OTHER_PERIOD = re.compile(r"上月|上年|去年|同期|上季|上期|目标|考核|要求|规划|同比|环比|变化|累计|达标")


@remembered
def air_day_column(header: str) -> str | None:
    """The column of a table of published days a header stands for; None: left out (an index, a rank); empty: not known."""
    text = _BOTH.sub("", fold(header))
    if found := _pollutant(text):
        if _INDEX.search(text):
            return None
        if found == "o3":
            return "o3_8h_ugm3" if _EIGHT.search(text) else "o3_1h_ugm3" if _ONE.search(text) else ""
        return found
    return _beside(text, ("date", r"日期|时间$|时刻|时次"))


@remembered
def air_hour_column(header: str) -> str | None:
    """The column of a table of published hours a header stands for, as :func:`air_day_column`. Ozone alone is the hour's."""
    text = _BOTH.sub("", fold(header))
    if found := _pollutant(text):
        if _INDEX.search(text):
            return None
        if found == "o3":
            return "o3_8h_ugm3" if _EIGHT.search(text) else "o3_1h_ugm3"
        if _DAILY_MEAN.search(text):
            return found.replace("_ugm3", "_24h_ugm3") if found in ("pm25_ugm3", "pm10_ugm3") else None
        return found
    return _beside(text, ("measured_at", r"日期|时间|时刻|时次|^小时$|^时$"))


def _pollutant(text: str) -> str:
    return next((column for column, pattern in _POLLUTANTS if pattern.search(text)), "")


def _beside(text: str, time: tuple[str, str]) -> str | None:
    """The column of a header that names no pollutant. ``time``: the column of the time and how it is headed."""
    if _NOT_READ.search(text):
        return None
    for column, pattern in (
        ("primary_pollutants", r"首要污染物"),
        ("aqi", r"aqi|空气质量指数(?!类别|级别)"),
        ("level", r"类别|等级|级别"),
        ("station_id", _STATION),
        ("area_id", r"城市|地区"),
        time,
    ):
        if re.search(pattern, text):
            return column
    return ""


def hourly(headers: str) -> bool:
    """Whether the headers of a table are those of an hourly report (HJ 633-2012 table 4)."""
    text = fold(headers)
    return bool(_MOVING.search(text) or _HOURLY.search(text))


def city(header: str) -> bool:
    """Whether a column names cities: 城市, 影响城市, 市（州）."""
    return bool(_CITY.fullmatch(fold(header)))


@remembered
def other_period(header: str) -> bool:
    """Whether a column is about another time than the table's, or about a target: 上月, 去年同期, 水质目标."""
    return bool(_OTHER_PERIOD.search(fold(header)))
