"""国家地表水水质自动监测实时数据发布系统: three steps with one cookie, else a bare -1."""

import itertools
from typing import Any

from tests.upstreams.reply import HTML, Query, Reply
from tests.upstreams.world import World

MAIN, AJAX = "/GJZ/Business/Publish/Main.html", "/GJZ/Ajax/Publish.ashx"
COOKIE = "ASP.NET_SessionId"
LABEL = "text/plain; charset=utf-8"
UNITS = (
    ("水温", "℃", "temp", 1),
    ("pH", "无量纲", "ph", 2),
    ("溶解氧", "mg/L", "do", 2),
    ("电导率", "μS/cm", "conductivity", 1),
    ("浊度", "NTU", "turbidity", 1),
    ("高锰酸盐指数", "mg/L", "codmn", 2),
    ("氨氮", "mg/L", "nh3n", 3),
    ("总磷", "mg/L", "tp", 3),
    ("总氮", "mg/L", "tn", 2),
    ("叶绿素α", "mg/L", None, 3),
    ("藻密度", "cells/L", None, 0),
)
# name, where it is: Xining's two, and others of the province that are not ours
SECTIONS = (
    ("小峡桥", "西宁市", "湟水"),
    ("润泽桥", "西宁市", "北川河"),
    ("大河家", "海东市", "黄河"),
    ("边墙村", "海东市", "湟水"),
    ("民和桥", "海东市", "湟水"),
    ("龙羊峡水库出口", "海南州", "黄河"),
)
LEAST_OXYGEN = ((7.5, 1), (6, 2), (5, 3), (3, 4), (2, 5))
STEPS = {"codmn": (2.0, 4.0, 6.0, 10.0, 15.0), "nh3n": (0.15, 0.5, 1.0, 1.5, 2.0), "tp": (0.02, 0.1, 0.2, 0.3, 0.4)}


class Sessions:
    """Who has come in by the start page: cookies, and how far each went."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._warm: dict[str, bool] = {}

    def begin(self) -> str:
        """A new visitor's cookie."""
        cookie = f"visitor{next(self._numbers)}"
        self._warm[cookie] = False
        return cookie

    def warm(self, cookie: str) -> None:
        """The visitor asked for the areas."""
        self._warm[cookie] = True

    def known(self, cookie: str) -> bool:
        """Whether the cookie was given out here."""
        return cookie in self._warm

    def is_warm(self, cookie: str) -> bool:
        """Whether the visitor may have the readings."""
        return self._warm.get(cookie, False)


def answer(world: World, query: Query, sessions: Sessions) -> Reply | None:
    """The platform's answer, None where the path is not its own."""
    if query.path == MAIN:
        begun = {"Set-Cookie": f"{COOKIE}={sessions.begin()}; path=/; HttpOnly"}
        return Reply("<!DOCTYPE html><html><body>国家地表水水质自动监测</body></html>", HTML, headers=begun)
    if query.path != AJAX:
        return None
    cookie = _cookie(query.headers.get("cookie", ""))
    if query.verb != "POST" or not _from_a_browser(query.headers) or not sessions.known(cookie):
        return Reply("-1", LABEL)
    action = query.form.get("action")
    if action == "getArea_RiverDic":
        sessions.warm(cookie)
        return Reply({"Area": [{"AreaID": "630000", "AreaName": "青海省"}], "River": []}, LABEL, escaped=True)
    if action != "getRealDatas" or not sessions.is_warm(cookie):
        return Reply("-1", LABEL)
    return Reply(readings(world, query.form), LABEL, data=True, escaped=True)


def _from_a_browser(headers: dict[str, str]) -> bool:
    return (
        headers.get("user-agent", "").startswith("Mozilla/5.0")
        and headers.get("x-requested-with") == "XMLHttpRequest"
        and headers.get("referer", "").endswith(MAIN)
    )


def _cookie(header: str) -> str:
    pairs = dict(part.strip().partition("=")[::2] for part in header.split(";"))
    return pairs.get(COOKIE, "")


def readings(world: World, form: dict[str, str]) -> dict[str, Any]:
    """The table of an area, a page of it."""
    if not form.get("AreaID", "").startswith("6300"):
        return {"result": 1, "total": 0, "records": 0, "thead": thead(), "tbody": []}
    size, page = int(form.get("PageSize", "60")), int(form.get("PageIndex", "1"))
    rows = [row(world, *section) for section in SECTIONS]
    part = rows[(page - 1) * size : page * size]
    return {"result": 1, "total": -(-len(rows) // size), "records": len(rows), "thead": thead(), "tbody": part}


def thead() -> list[str]:
    """The columns' names, units in small print."""
    units = [f"{name}<br/><span class='unit'>({unit})</span>" for name, unit, *_ in UNITS]
    return ["省份", "流域", "断面名称", "监测时间", "水质类别", *units]


def row(world: World, name: str, city: str, river: str) -> list[str | None]:
    """A section's newest reading: each cell with its raw value in the tooltip."""
    at = world.slot()
    values = {item: world.water(name, item, at) for _, _, item, _ in UNITS if item}
    section = f"<span title='所在地市:{city}&#10;所属河流:{river}'>{name}</span>"
    cells = [
        f"<span title='原始值：{values[item]:g}'>{values[item]:.{decimals}f}</span>" if item else "--"
        for _, _, item, decimals in UNITS
    ]
    return ["青海省", "黄河流域", section, f"{at:%m-%d %H:%M}", str(site_class(values)), *cells]


def site_class(values: dict[str, float]) -> int:
    """The worst of pH, DO, CODMn, NH3-N and TP."""
    classes = [1 if 6 <= values["ph"] <= 9 else 6]
    classes.append(next((water_class for least, water_class in LEAST_OXYGEN if values["do"] >= least), 6))
    for item in ("codmn", "nh3n", "tp"):
        classes.append(next((n for n, most in enumerate(STEPS[item], 1) if values[item] <= most), 6))
    return max(classes)
