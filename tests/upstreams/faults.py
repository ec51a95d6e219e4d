"""What can be wrong with an upstream. Faults of the wire spoil an answer's bytes, faults of the content its values."""

import copy
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from tests.upstreams.reply import HTML, Query, Reply, page
from tests.upstreams.world import World

# ── the address itself is wrong: see Upstream.url ────────────────────────────────────────────────────────────────────
ADDRESS = ("refused", "dns", "tls")

# ── the connection is: see upstream.Handler ──────────────────────────────────────────────────────────────────────────
CONNECTION = ("reset", "reset_midway", "hanging", "slow_drip", "slow_head", "huge", "huge_announced", "cut_short")

# ── the clock or the memory of the upstream is ───────────────────────────────────────────────────────────────────────
WORLDS: dict[str, Callable[[World], World]] = {
    "clock_skew": lambda world: world.shifted(clock=timedelta(hours=2), lag=timedelta(hours=2)),
    "stale": lambda world: world.shifted(clock=timedelta(days=-3)),
    "yesterday_repeated": lambda world: world.shifted(lag=timedelta(days=1)),
}

BOMB_BYTES = 256 * 1024 * 1024


@cache
def bomb() -> bytes:
    """A quarter of a gigabyte of spaces in a few hundred kilobytes of gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    megabyte = b" " * 1024 * 1024
    return b"".join([packer.compress(b"[")] + [packer.compress(megabyte) for _ in range(256)] + [packer.flush()])


# ── the answer is: status, label, bytes ──────────────────────────────────────────────────────────────────────────────
def _status(status: int, title: str, **headers: str) -> Callable[[Query], Reply]:
    def made(_: Query) -> Reply:
        reply = page(status, f"{status} {title}")
        reply.headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        return reply

    return made


REPLIES: dict[str, Callable[[Query], Reply]] = {
    "redirect_other_host": _status(301, "Moved", Location="http://elsewhere.invalid/"),
    "redirect_loop": lambda query: Reply("", HTML, 302, {"Location": f"{query.path}?again"}),
    "403": _status(403, "Forbidden"),
    "404": _status(404, "Not Found"),
    "429": _status(429, "Too Many Requests", Retry_After="3600"),
    "429_short": _status(429, "Too Many Requests", Retry_After="7"),
    "500": _status(500, "Internal Server Error"),
    "502": _status(502, "Bad Gateway"),
    "html_200": lambda _: Reply(f"<!DOCTYPE html><html><body>{'系统维护中' * 40}</body></html>", HTML),
    "minus_one": lambda _: Reply("-1", "text/plain; charset=utf-8"),
    "empty": lambda _: Reply(""),
    "null": lambda _: Reply("null"),
}


def _truncated(body: bytes) -> bytes:
    return body[: len(body) // 2]


BYTES: dict[str, tuple[Callable[[bytes], bytes], dict[str, str]]] = {
    "truncated_json": (_truncated, {}),
    "gzip_garbage": (lambda body: b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4, {"Content-Encoding": "gzip"}),
    "gzip": (gzip.compress, {"Content-Encoding": "gzip"}),
    "bomb": (lambda body: bomb(), {"Content-Encoding": "gzip"}),
    "gbk": (lambda body: body.decode().encode("gb18030"), {}),
    "bom": (lambda body: b"\xef\xbb\xbf" + body, {}),
}


# ── the values are ───────────────────────────────────────────────────────────────────────────────────────────────────
# One column of each shape, which faults of a single value change: its name upstream.
ONE = {"air": ("SO2", "SO2_24h"), "water": ("氨氮",), "csv": ("SO2",)}


def _shape(payload: Any) -> str:
    if isinstance(payload, str):
        return "csv"
    if isinstance(payload, dict) and "thead" in payload:
        return "water"
    if isinstance(payload, dict) and "hourly" in payload:
        return "meteo"
    if isinstance(payload, dict) and "subset" in payload:
        return "modis"
    return "air"


def _lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def _text(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _dicts(payload: Any) -> Iterator[dict[str, Any]]:
    """The records of an answer that is a list of objects, an object, or dates."""
    yield from payload if isinstance(payload, list) else payload.get("dates", [payload])


def one_value(payload: Any, value: Any) -> Any:
    """One measured column (of Open-Meteo: its newest past hour's neighbours too; of MODIS: one pixel) says ``value``."""
    match _shape(payload):
        case "csv":
            lines = _lines(payload)
            return _text(
                [[*line[:3], *([_written(value)] * len(line[3:]))] if line[2] in ONE["csv"] else line for line in lines]
            )
        case "water":
            place = next(n for n, head in enumerate(payload["thead"]) if head.startswith(ONE["water"]))
            for row in payload["tbody"]:
                row[place] = value if value is None else _written(value)
        case "meteo":
            name = next(key for key in payload["hourly"] if key != "time")
            payload["hourly"][name] = [value] * len(payload["hourly"][name])
        case "modis":
            for one in payload["subset"]:
                one["data"][0] = value
        case _:
            for record in _dicts(payload):
                record.update({key: value for key in ONE["air"] if key in record})
    return payload


def _written(value: Any) -> str:
    return "NaN" if isinstance(value, float) else str(value)


def without_column(payload: Any) -> Any:
    """One measured column is not there."""
    match _shape(payload):
        case "csv":
            return _text([line for line in _lines(payload) if line[2] not in ONE["csv"]])
        case "water":
            place = next(n for n, head in enumerate(payload["thead"]) if head.startswith(ONE["water"]))
            for row in (payload["thead"], *payload["tbody"]):
                del row[place]
        case "meteo":
            del payload["hourly"][next(key for key in payload["hourly"] if key != "time")]
        case "modis":
            for one in payload["subset"]:
                del one["proc_date"]
        case _:
            for record in _dicts(payload):
                for key in ONE["air"]:
                    record.pop(key, None)
    return payload


def with_column(payload: Any) -> Any:
    """A column nobody knows is there too, before the others."""
    match _shape(payload):
        case "csv":
            lines = _lines(payload)
            extra = [[*line[:2], "VOC", *("12" for _ in line[3:])] for line in lines[1:2]]
            return _text([[*line[:3], "新市" if n == 0 else "1", *line[3:]] for n, line in enumerate(lines + extra)])
        case "water":
            for row, cell in ((payload["thead"], "站点情况"), *((row, "正常") for row in payload["tbody"])):
                row.append(cell)
        case "meteo":
            payload["hourly"] = {"novelty": [1.0] * len(payload["hourly"]["time"]), **payload["hourly"]}
        case "modis":
            for one in payload["subset"]:
                one["novelty"] = 1
        case _:
            for record in _dicts(payload):
                record["Novelty"] = "1"
    return payload


def strings(payload: Any) -> Any:
    """Every number is a string."""
    match payload:
        case dict():
            return {key: strings(value) for key, value in payload.items()}
        case list():
            return [strings(value) for value in payload]
        case bool() | None:
            return payload
        case int() | float():
            return str(payload)
    return payload


def _rows(payload: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """The answer's rows in another order or number."""
    match _shape(payload):
        case "csv":
            head, *lines = _lines(payload)
            return _text([head, *change(lines)])
        case "water":
            payload["tbody"] = change(payload["tbody"])
        case "meteo":
            payload["hourly"] = {key: change(values) for key, values in payload["hourly"].items()}
        case "modis":
            payload["subset"] = change(payload["subset"])
        case _ if isinstance(payload, list):
            return change(payload)
        case _ if isinstance(payload, dict) and "dates" in payload:
            payload["dates"] = change(payload["dates"])
    return payload


def other_order(payload: Any) -> Any:
    """Rows from last to first; columns too where they have names."""
    payload = _rows(payload, lambda rows: rows[::-1])
    match _shape(payload):
        case "csv":
            return _text([[*line[:3], *line[:2:-1]] for line in _lines(payload)])
        case "water":
            payload["thead"] = payload["thead"][::-1]
            payload["tbody"] = [row[::-1] for row in payload["tbody"]]
    return payload


def bad_row(payload: Any) -> Any:
    """The first row cannot be read: no time, no place."""
    match _shape(payload):
        case "csv":
            head, first, *lines = _lines(payload)
            return _text([head, [first[0], "noon", *first[2:]], *lines])
        case "water":
            payload["tbody"][0][3] = "13-32 25:61"
        case "meteo":
            payload["hourly"]["time"][0] = "noon"
        case "modis":
            payload["subset"][0]["calendar_date"] = payload["subset"][0]["modis_date"] = "soon"
        case _:
            for record in list(_dicts(payload))[:1]:
                record.update({key: "soon" for key in ("TimePoint", "modis_date", "calendar_date") if key in record})
    return payload


def short_row(payload: Any) -> Any:
    """The first row ends too early, or is no row at all."""
    match _shape(payload):
        case "csv":
            head, first, *lines = _lines(payload)
            return _text([head, first[:2], *lines])
        case "water":
            payload["tbody"][0] = payload["tbody"][0][:4]
        case "meteo":
            name = next(key for key in payload["hourly"] if key != "time")
            del payload["hourly"][name][-1]
        case "modis":
            del payload["subset"][0]["data"][-1]
        case _ if isinstance(payload, list):
            payload[0] = None
    return payload


VALUES: dict[str, Callable[[Any], Any]] = {
    "missing_columns": without_column,
    "extra_columns": with_column,
    "strings_for_numbers": strings,
    "nan": lambda payload: one_value(payload, float("nan")),
    "dash": lambda payload: one_value(payload, "—"),
    "below_detection": lambda payload: one_value(payload, "<3"),
    "nonsense": lambda payload: one_value(payload, "abc"),
    "null_value": lambda payload: one_value(payload, None) if _shape(payload) != "csv" else one_value(payload, ""),
    "negative": lambda payload: one_value(payload, -7),
    "duplicate_rows": lambda payload: _rows(payload, lambda rows: [row for row in rows for _ in (1, 2)]),
    "reordered_rows": other_order,
    "bad_row": bad_row,
    "short_row": short_row,
}

MODES = (*ADDRESS, *CONNECTION, *WORLDS, *REPLIES, *BYTES, *VALUES)


def spoil_values(mode: str, reply: Reply) -> None:
    """Change a reply's payload where it holds values."""
    if mode in VALUES and reply.data and reply.status == 200:
        reply.payload = VALUES[mode](copy.deepcopy(reply.payload))
