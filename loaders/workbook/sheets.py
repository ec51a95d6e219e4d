"""The form of the workbook: its sheets and columns in Chinese, and the tables and columns of facts behind them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Column, Date, Float, Integer, Table

from loaders.workbook import official
from loaders.workbook.units import fold
from store import schema
from store.city import CITY_NAME

GUIDE, LISTS, REASONS = "说明", "选项", "更正说明"
WHO, WHY = "填报人", "更正原因"

BASES = {
    "unstated": "文件未说明是否扣除沙尘",
    "raw": "实况，含沙尘天",
    "dust_deducted": "已扣除沙尘天",
    "restated": "按新限值回算",
    "none": "与沙尘无关",
}
OPS = {"=": "等于", ">": "大于", ">=": "大于等于", "<=": "小于等于", "~": "约"}
KINDS = {"stated": "公布值", "derived": "由公布值计算", "planned": "计划值"}
CONFIDENCE = {"primary": "见到原件", "secondary": "二手转述", "low": "出处不全"}
CLASSES = {"1": "Ⅰ类", "2": "Ⅱ类", "3": "Ⅲ类", "4": "Ⅳ类", "5": "Ⅴ类", "6": "劣Ⅴ类"}
CLASS_OPS = {"=": "就是这一类", "<=": "这一类或更好"}
CLASS_BASES = {"published": "公布的类别", "auto5": "自动监测5项"}
DECISIONS = {"deducted": "扣除", "kept": "不扣除"}
# How notices write a decision, under headers such as 是否剔除.
DECIDED = {
    **dict.fromkeys(
        ("是", "剔除", "予以剔除", "同意剔除", "予以扣除", "同意扣除", "已扣除", "已剔除", "√"), "deducted"
    ),
    **dict.fromkeys(
        ("否", "不剔除", "不予剔除", "不同意剔除", "不予扣除", "不同意扣除", "未扣除", "保留", "×"), "kept"
    ),
}
AIR_LEVELS = {"1": "优", "2": "良", "3": "轻度污染", "4": "中度污染", "5": "重度污染", "6": "严重污染"}
AIR_LEVEL_WORDS = {
    word: key
    for key, (roman, number) in zip(AIR_LEVELS, zip("ⅠⅡⅢⅣⅤⅥ", "一二三四五六", strict=True), strict=True)
    for word in (roman, f"{roman}级", f"{number}级", number)
}
PERIOD_BASES = {"written": "原文写明", "inferred": "推定"}
STATUSES = {"not_started": "未开始", "running": "进行中", "done": "已完成", "delayed": "滞后"}
DOCUMENT_KINDS = {
    "plan": "规划和方案",
    "bulletin": "公报和通报",
    "report": "报告和统计",
    "news": "新闻报道",
    "standard": "标准和办法",
    "archive": "第三方存档",
    "dataset": "数据集和平台",
}
SEEN = {"original": "原文", "reprint": "转载", "transcript": "转录数据", "abstract": "摘要", "named": "仅见其名"}


class Field(Struct, frozen=True, dict=True, eq=False):
    """One column of a sheet and the column of the table behind it.

    ``labels``: Chinese words of the choices, ``aliases_of_choices``: other words for them. ``detection``: values below
    the limit of detection may stand in it. ``default`` fills an empty cell of a new row; where the row is known its
    old value stays. ``copies``: another column that fills it. ``value``: without any of its value fields a row is empty.
    Each is one object and equal to itself alone: SQLAlchemy makes an expression of two columns that are compared.
    """

    column: Column[Any]
    header: str
    unit: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    copies: str = ""
    value: bool = False
    aliases: tuple[str, ...] = ()
    help: str = ""
    width: int = 14
    detection: bool = False
    aliases_of_choices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The column's name in the table."""
        return str(self.column.name)

    @property
    def title(self) -> str:
        """The header as the template shows it: with the unit."""
        return f"{self.header}（{self.unit}）" if self.unit else self.header

    @property
    def required(self) -> bool:
        """Whether a row cannot do without it."""
        return not (self.column.nullable or self.default or self.copies)

    @cached_property
    def form(self) -> str:
        """What its cells hold: name, unit, choice, day, hour, month, period, number or text."""
        if self.name == "unit_id":
            return "unit"
        if self.column.info.get("ref"):
            return "name"
        if self.labels:
            return "choice"
        if isinstance(self.column.type, Date):
            return "day"
        if isinstance(self.column.type, (Float, Integer)):
            return "number"
        forms = {schema.PERIOD: "period", schema.PARTIAL_DATE: "period", schema.MONTH: "month", schema.HOUR: "hour"}
        return forms.get(str(self.column.info.get("pattern")), "text")

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything its header may be called, folded."""
        return frozenset(fold(one) for one in (self.header, self.title, self.name, *self.aliases))


class Sheet(Struct, frozen=True, dict=True, weakref=True, eq=False):
    """One sheet: a table of facts, what it is for, and its columns.

    ``themes``: only indicators of these are offered; ``promised``: only those a plan sets a target for.
    ``example``: a row shown in the guide, never as data. ``recognise``: the column of the table that a header of an
    official table stands for; None: it is to be left out; empty: it is not known.
    """

    name: str
    table: Table
    about: str
    fields: tuple[Field, ...]
    example: Mapping[str, str]
    themes: tuple[str, ...] = ()
    promised: bool = False
    recognise: Callable[[str], str | None] = lambda header: ""

    def field(self, column: str) -> Field:
        """A field by the table's column. Raises KeyError where the sheet does not have it."""
        return self.by_name[column]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by the table's columns."""
        return {one.name: one for one in self.fields}

    @cached_property
    def by_header(self) -> dict[str, Field]:
        """The fields by everything their headers may be called, folded; of several the first."""
        return {name: one for one in reversed(self.fields) for name in one.names}

    @cached_property
    def values(self) -> tuple[Field, ...]:
        """The fields with the values of a row."""
        return tuple(one for one in self.fields if one.value)


def _origin(table: Table) -> tuple[Field, Field]:
    columns = table.columns
    return (
        Field(
            columns["document_id"],
            "来源文件",
            aliases=("出处", "来源", "文件"),
            help="从下拉中选；还没有的文件先填到“来源文件”表",
            width=34,
        ),
        Field(
            columns["place"], "文件中的位置", aliases=("位置", "出处位置"), help="例如：表2 第6项；正文第二段", width=18
        ),
    )


def _notes(table: Table, name: str = "note", header: str = "备注") -> tuple[Field, Field]:
    return (
        Field(table.columns[f"{name}_zh"], header, width=28),
        Field(table.columns[f"{name}_en"], f"{header}（英文）", aliases=(f"{header}英文",), help="可不填", width=28),
    )


def _figures(name: str, about: str, *, themes: tuple[str, ...] = (), promised: bool = False) -> Sheet:
    table = schema.figures
    columns = table.columns
    air = not themes or "air" in themes
    basis = Field(columns["basis"], "沙尘口径", labels=BASES, help="大气指标必填，其余不填", width=20)
    fields = (
        Field(columns["indicator_id"], "指标", aliases=("指标名称",), help="从下拉中选，名称不要改动", width=34),
        Field(columns["area_id"], "地区", aliases=("区域", "行政区"), width=16),
        Field(
            columns["period"],
            "时段",
            aliases=("年度", "年份", "时间"),
            help="2026、2026-10、2026-Q3 或 2021/2025",
            width=14,
        ),
        Field(columns["value"], "数值", value=True, help="只填数字；没有公布就不要填这一行", width=12),
        Field(columns["unit_id"], "单位", aliases=("计量单位",), help="选好指标后从下拉中选", width=12),
        *_origin(table),
        *((basis,) if air else ()),
        Field(columns["op"], "符号", labels=OPS, default="=", help="不填就是“等于”", width=12),
        Field(columns["text_zh"], "文字结果", value=True, help="公布的是文字而不是数时填", width=18),
        Field(
            columns["period_basis"],
            "时段依据",
            labels=PERIOD_BASES,
            default="written",
            help="不填就是“原文写明”",
            width=14,
        ),
        Field(columns["kind"], "性质", labels=KINDS, default="stated", help="不填就是“公布值”", width=14),
        Field(columns["confidence"], "出处可靠程度", labels=CONFIDENCE, default="primary", help="不填就是“见到原件”"),
        *_notes(table),
        Field(columns["text_en"], "文字结果（英文）", aliases=("文字结果英文",), help="可不填", width=18),
    )
    example = {"period": "2026", "value": "12.5", "place": "表3 第2行", "area_id": f"{CITY_NAME}市"}
    return Sheet(name, table, about, fields, example, themes, promised)


def _section(table: Table) -> Field:
    aliases = ("断面名称", "监测断面", "监测断面名称", "水质断面", "点位名称")
    return Field(table.columns["section_id"], "断面", aliases=aliases, width=16)


_MONTHLY = (
    ("water_temp_c", "水温", "℃", ("温度",)),
    ("ph", "pH", "", ("pH值", "酸碱度")),
    ("do_mgl", "溶解氧", "mg/L", ("DO",)),
    ("conductivity_uscm", "电导率", "µS/cm", ()),
    ("turbidity_ntu", "浊度", "NTU", ()),
    ("codmn_mgl", "高锰酸盐指数", "mg/L", ("CODMn", "高锰酸盐指数(CODMn)")),
    ("nh3n_mgl", "氨氮", "mg/L", ("氨氮(NH3-N)", "氨氮(以N计)", "NH3-N")),
    ("tp_mgl", "总磷", "mg/L", ("总磷(以P计)", "TP")),
    ("tn_mgl", "总氮", "mg/L", ("总氮(以N计)", "TN")),
)
_WITH_DETECTION = ("codmn_mgl", "nh3n_mgl", "tp_mgl", "tn_mgl")

_documents = schema.documents.columns
DOCUMENTS = Sheet(
    "来源文件",
    schema.documents,
    "新出现的文件在这里登记一次，其他表就能选到它。已经登记过的不用再填。",
    (
        Field(
            _documents["document_id"], "文件编号", aliases=("编号",), help="小写字母和数字，例如 bulletin2026", width=18
        ),
        Field(_documents["title_zh"], "标题", aliases=("文件标题", "文件名称"), width=40),
        Field(_documents["issuer_zh"], "发布单位", width=22),
        Field(_documents["issued"], "发布日期", help="2026-06-05，只知道年月就写 2026-06", width=14),
        Field(_documents["kind"], "类别", labels=DOCUMENT_KINDS),
        Field(_documents["seen"], "见到的是", labels=SEEN),
        Field(_documents["url"], "网址", help="只填官方网址", width=30),
        *_notes(schema.documents),
        Field(_documents["title_en"], "标题（英文）", copies="title_zh", help="不填时英文页显示中文标题", width=30),
        Field(
            _documents["issuer_en"], "发布单位（英文）", copies="issuer_zh", help="不填时英文页显示中文名称", width=22
        ),
        Field(_documents["licence"], "许可条款", width=16),
    ),
    {
        "document_id": "bulletin2026",
        "title_zh": f"{CITY_NAME}市2026年生态环境状况公报",
        "issuer_zh": f"{CITY_NAME}市生态环境局",
        "issued": "2027-06-05",
        "kind": "公报和通报",
        "seen": "原文",
    },
)
YEARLY = _figures(
    "年度与月度指标", "公布的各类指标数值，年、季、月都可以。固体废物和绿化另有只列本类指标的表，填在哪里都一样。"
)
WASTE = _figures("固体废物", "固体废物和“无废城市”的统计，下拉中只有这一类指标。", themes=("waste",))
GREENING = _figures("绿化", "森林、湿地、公园绿地等统计，下拉中只有这一类指标。", themes=("greening",))
PROGRESS = _figures("规划指标进展", "规划和方案里写了目标的指标，现在到了多少。", promised=True)

_classes = schema.section_classes
CLASS_SHEET = Sheet(
    "断面水质类别",
    _classes,
    "各断面每月（或季、年）公布的水质类别。",
    (
        _section(_classes),
        Field(
            _classes.columns["period"],
            "时段",
            aliases=("月份", "时间", "监测月份", "统计月份", "监测时段"),
            help="2026-10；季 2026-Q3；年 2026",
            width=14,
        ),
        Field(
            _classes.columns["water_class"],
            "水质类别",
            labels=CLASSES,
            value=True,
            aliases=(
                "类别",
                "水质现状",
                "水质状况",
                "本月水质类别",
                "本月类别",
                "本期水质类别",
                "实测类别",
                "现状类别",
            ),
            help="没有公布就不要填这一行",
        ),
        *_origin(_classes),
        Field(_classes.columns["op"], "符号", labels=CLASS_OPS, default="=", help="不填就是“就是这一类”"),
        Field(_classes.columns["basis"], "依据", labels=CLASS_BASES, default="published", help="不填就是“公布的类别”"),
        *_notes(_classes),
    ),
    {"section_id": "小峡桥断面", "period": "2026-10", "water_class": "Ⅲ类", "place": "附表1"},
)
_monthly = schema.water_monthly
MONTHLY = Sheet(
    "断面月均浓度",
    _monthly,
    "各断面每月的平均浓度。没有监测或没有公布的项目空着。",
    (
        _section(_monthly),
        Field(
            _monthly.columns["month"],
            "月份",
            aliases=("时段", "监测月份", "统计月份", "监测时段"),
            help="2026-10",
            width=12,
        ),
        *(
            Field(
                _monthly.columns[column], header, unit, value=True, aliases=aliases, detection=column in _WITH_DETECTION
            )
            for column, header, unit, aliases in _MONTHLY
        ),
        *_origin(_monthly),
        *_notes(_monthly),
    ),
    {"section_id": "小峡桥断面", "month": "2026-10", "nh3n_mgl": "0.35", "tp_mgl": "0.06", "place": "附表2"},
)
_dust = schema.dust_days
DUST = Sheet(
    "沙尘日认定",
    _dust,
    "上级认定某一天受沙尘影响、是否从考核中扣除。只填已经认定的，不填推测的。",
    (
        Field(
            _dust.columns["date"],
            "日期",
            aliases=("沙尘日期", "影响日期", "沙尘影响日期", "沙尘天气日期", "时间"),
            help="2026-04-12",
            width=14,
        ),
        Field(
            _dust.columns["decision"],
            "认定",
            labels=DECISIONS,
            value=True,
            aliases=("认定结果", "认定意见", "是否扣除", "是否剔除", "审核结果", "审核意见", "处理意见"),
            aliases_of_choices=DECIDED,
        ),
        *_origin(_dust),
        *_notes(_dust),
    ),
    {"date": "2026-04-12", "decision": "扣除", "place": "附件第3行"},
)
_SITES: Mapping[str, tuple[str, tuple[str, ...], str, str]] = {
    "area_id": ("城市", ("城市名称", "地区"), f"{CITY_NAME}市；别的城市的行不导入", f"{CITY_NAME}市"),
    "station_id": (
        "监测站",
        ("监测点位", "监测点位名称", "点位名称", "站点", "站点名称", "监测站名称"),
        "从下拉中选，或写站点编号",
        "四陆医院",
    ),
}
_TIMES: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "date": ("日期", ("监测日期", "时间"), "2026-10-06"),
    "measured_at": ("时间", ("监测时间", "日期时间"), "2026-10-06 08:00"),
}
_OZONE_OF_DAYS = (("o3_8h_ugm3", "O3日最大8小时", "µg/m³"), ("o3_1h_ugm3", "O3日最大1小时", "µg/m³"))
_HOURLY = (
    ("o3_1h_ugm3", "O3", "µg/m³"),
    ("o3_8h_ugm3", "O3 8小时滑动平均", "µg/m³"),
    ("pm25_24h_ugm3", "PM2.5 24小时滑动平均", "µg/m³"),
    ("pm10_24h_ugm3", "PM10 24小时滑动平均", "µg/m³"),
)


def _published(
    name: str,
    table: Table,
    about: str,
    more: Sequence[tuple[str, str, str]],
    recognise: Callable[[str], str | None],
) -> Sheet:
    """A sheet of published values of the air. ``more``: its further values, by column, header and unit."""
    columns = table.columns
    time, site = (column.name for column in list(table.primary_key)[:2])
    (when, when_else, moment), (who, who_else, who_help, someone) = _TIMES[time], _SITES[site]
    fields = (
        Field(columns[time], when, aliases=when_else, help=moment, width=16),
        Field(columns[site], who, aliases=who_else, help=who_help, width=16),
        Field(columns["aqi"], "AQI", value=True, aliases=("空气质量指数", "空气质量指数(AQI)"), width=10),
        *(
            Field(columns[column], header, unit, value=True)
            for column, header, unit in (
                ("pm25_ugm3", "PM2.5", "µg/m³"),
                ("pm10_ugm3", "PM10", "µg/m³"),
                ("so2_ugm3", "SO2", "µg/m³"),
                ("no2_ugm3", "NO2", "µg/m³"),
                ("co_mgm3", "CO", "mg/m³"),
                *more,
            )
        ),
        Field(columns["primary_pollutants"], "首要污染物", aliases=("首要污染物名称",), width=14),
        Field(
            columns["level"],
            "类别",
            labels=AIR_LEVELS,
            aliases=("空气质量类别", "空气质量级别", "质量等级", "空气质量等级", "空气质量状况"),
            aliases_of_choices=AIR_LEVEL_WORDS,
        ),
        *_origin(table),
        *_notes(table),
    )
    example = {time: moment, site: someone, "aqi": "62", "pm10_ugm3": "74", "primary_pollutants": "PM10"}
    return Sheet(name, table, about, fields, example, recognise=recognise)


AIR_DAYS = _published(
    "空气质量日报",
    schema.air_published_days,
    "公布的城市空气质量日报（含月度审核后的日数据）。它和存档的日数据并列，不互相代替。官方的多行表头也认得。",
    _OZONE_OF_DAYS,
    official.air_day_column,
)
AIR_STATION_DAYS = _published(
    "监测站空气质量日报",
    schema.air_published_station_days,
    "公布的各监测站空气质量日报。官方日报里监测站的行直接导入，不必改填。",
    _OZONE_OF_DAYS,
    official.air_day_column,
)
AIR_HOURS = _published(
    "空气质量实时报",
    schema.air_published_hours,
    "公布的城市空气质量实时报，一行一小时；时间是一小时的末尾。它和国家平台的小时值并列，不互相代替。",
    _HOURLY,
    official.air_hour_column,
)
AIR_STATION_HOURS = _published(
    "监测站空气质量实时报",
    schema.air_published_station_hours,
    "公布的各监测站空气质量实时报。官方实时报里监测站的行直接导入，不必改填。",
    _HOURLY,
    official.air_hour_column,
)
# Tables of the air are recognised as published days; whether of hours, and which rows are of stations, is seen later.
AIR = (AIR_DAYS, AIR_STATION_DAYS, AIR_HOURS, AIR_STATION_HOURS)
_status = schema.task_status
TASKS = Sheet(
    "任务进展",
    _status,
    "三年行动各项任务到某一天的状态。",
    (
        Field(_status.columns["task_id"], "任务", aliases=("任务编号", "任务名称"), width=28),
        Field(_status.columns["as_of"], "截至日期", aliases=("截至",), help="2026-09-30", width=14),
        Field(_status.columns["status"], "状态", labels=STATUSES, value=True),
        Field(_status.columns["text_zh"], "进展", aliases=("进展情况",), help="一两句话", width=40),
        *_origin(_status),
        Field(_status.columns["text_en"], "进展（英文）", aliases=("进展英文",), help="可不填", width=30),
    ),
    {"task_id": "7.3 整治入河排污口", "as_of": "2026-09-30", "status": "进行中", "place": "第二部分"},
)

SHEETS = (DOCUMENTS, YEARLY, WASTE, GREENING, PROGRESS, CLASS_SHEET, MONTHLY, *AIR, DUST, TASKS)
