"""Changes to inputs that keep most of their structure: JSON trees, tables of text, packages of XML, bytes."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

LARGE = 5000  # signs or parts of what is made large
DIGITS = "1e-99999999999999999999"
TEXTS = (
    *(
        "",
        " ",
        "0",
        "-0.0",
        "-1",
        "1e308",
        "1e999",
        DIGITS,
        "0." + "0" * 400 + "1",
        "9" * LARGE,
        "９．５",
        "٣",
        "1_000",
    ),
    *(
        "NaN",
        "inf",
        "-Infinity",
        "True",
        "null",
        "None",
        "—",
        "/",
        "<3",
        "<1e999",
        "3L",
        "ND",
        "ND(<3)",
        "未检出",
        "低于",
    ),
    *("2026-13-45T99:99", "0001-01-01T00:00", "9999-12-31T23:59:59+14:00", "2026-02-29", "24:00", "12-31 24:00"),
    *("/Date(99999999999999999999)/", "/Date(-1)/", "A2026366", "A0001001", "20260229", "二〇二六年十三月", "前九季度"),
    *("\x00", "\x1b[31m\r\nERROR forged", "\u202e\u2066", "\ud800", "\ufeff", "\u200b", "é" * LARGE, "\ufdfa" * 900),
    *("<" * LARGE, "<![", "<!--" * 900, "<!---->" * 60, "<a " * 900, "&#9999999999;", "<script>alert(1)</script>"),
    *("<span title='原始值：1e-99999999999999999999'>0.10</span>", f"<span title='原始值：0.1'>{DIGITS}</span>"),
    *("<span title='维护'>7</span>", "劣Ⅴ类", "(" * LARGE, "1" * 400 + "x", "1 " * 2000 + "x", ",," * LARGE, '"', '""'),
    *(
        "=1+1",
        "=HYPERLINK(1)",
        "50%",
        "0.0%",
        "2026.1",
        "4月12日—13日",
        "合计",
        "注：",
        "小峡桥",
        "西宁市",
        "PM2.5",
        "μg/m³",
    ),
)
NUMBERS = (0, 1, -1, 0.0, -0.0, 1e308, -1e308, 5e-324, 10**400, -(10**30), 2**63, 0.1 + 0.2, float("nan"), float("inf"))
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None] * LARGE, {"": {"": []}}, [[[[[[[[]]]]]]]])


def text(random: Random, old: str = "") -> str:
    """Another text, or the old one with a change."""
    match random.randrange(6):
        case 0 | 1 | 2:
            return random.choice(TEXTS)
        case 3:
            return old + random.choice(TEXTS)
        case 4:
            place = random.randint(0, len(old))
            return old[:place] + random.choice(TEXTS)[:20] + old[place:]
    first, last = sorted(random.randint(0, len(old)) for _ in range(2))
    return old[:first] + old[last:]


def anything(random: Random, old: Any = "") -> Any:
    """Any value of JSON."""
    kind = random.randrange(3)
    if kind == 0:
        return text(random, old if isinstance(old, str) else str(old)[:200])
    return deepcopy(random.choice(NUMBERS if kind == 1 else OTHERS))


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def tree(random: Random, content: Any) -> bytes:
    """JSON with some of its nodes changed; sometimes its bytes as well."""
    content = json.loads(json.dumps(content))
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        content = _changed(random, content)
    body = json.dumps(content, ensure_ascii=random.random() < 0.3)
    made = _encoded(random, body)
    return raw(random, made) if random.random() < 0.15 else made


def _changed(random: Random, content: Any) -> Any:
    """A tree with one node changed, found by going down at random."""
    if isinstance(content, dict) and content and random.random() < 0.9:
        name = random.choice(list(content))
        match random.randrange(12):
            case 0:
                del content[name]
            case 1:
                content[text(random, name)] = content.pop(name)
            case 2:
                content[random.choice(list(content))] = content[name]
            case _:
                content[name] = _changed(random, content[name])
        return content
    if isinstance(content, list) and content and random.random() < 0.9:
        place = random.randrange(len(content))
        match random.randrange(12):
            case 0:
                del content[place]
            case 1:
                content.insert(place, content[place])
            case 2:
                content[:] = content * random.choice((2, 30)) if len(content) < 100 else content[:3]
            case 3:
                random.shuffle(content)
            case _:
                content[place] = _changed(random, content[place])
        return content
    return anything(random, content)


def _encoded(random: Random, body: str) -> bytes:
    whole = body.encode("utf-8", "surrogatepass")
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"))
    return whole if encoding == "utf-8" else whole.decode(errors="replace").encode(encoding)


# ── tables of text ───────────────────────────────────────────────────────────────────────────────────────────────────
def table(random: Random, content: str, separator: str = ",") -> bytes:
    """A table with cells, rows, columns or signs changed."""
    rows = [line.split(separator) for line in content.splitlines()]
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        _change_table(random, rows)
    if random.random() < 0.2:  # as a program writes it
        made = io.StringIO()
        csv.writer(made, delimiter=separator).writerows(rows)
        whole = made.getvalue()
    else:
        end = random.choice(("\n", "\n", "\r\n", "\r", "\n\n", "\u2028"))
        whole = end.join(random.choice((separator,) * 30 + (";", "\t")).join(row) for row in rows)
    body = _encoded(random, whole)
    return raw(random, body) if random.random() < 0.15 else body


def _change_table(random: Random, rows: list[list[str]]) -> None:
    if not rows:
        return
    place = 0 if random.random() < 0.2 else random.randrange(len(rows))
    row = rows[place]
    match random.randrange(10):
        case 0:
            del rows[place]
        case 1:
            rows.insert(random.randint(0, len(rows)), list(row))
        case 2:
            row.insert(random.randint(0, len(row)), text(random))
        case 3 if row:
            del row[random.randrange(len(row))]
        case 4:  # a whole column of one word
            column, word = random.randrange(len(row) + 1), text(random)
            for one in rows[1:]:
                if column < len(one):
                    one[column] = word
        case 5:
            random.shuffle(rows if random.random() < 0.3 else row)
        case _ if row:
            cell = random.randrange(len(row))
            row[cell] = text(random, row[cell])


# ── packages of XML ──────────────────────────────────────────────────────────────────────────────────────────────────
_PIECE = re.compile(r'<[^<>]*>|"[^"<>]*"|>[^<>]+<')


def package(random: Random, content: bytes) -> bytes:
    """A workbook with a part changed; sometimes the bytes of the package as well."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        bodies = {name: parts.read(name) for name in parts.namelist()}
    chosen = [name for name in bodies if random.random() < 0.9 or len(bodies) < 3]
    sheets = [name for name in chosen if "sheet" in name.lower()] or chosen
    for _ in range(random.choice((1, 1, 2, 4))):
        name = random.choice(sheets if random.random() < 0.7 else chosen)
        bodies[name] = _part(random, bodies[name])
    if random.random() < 0.1:
        name = random.choice(list(bodies))
        bodies[text(random, name).replace("\x00", "")[:60] or name] = bodies.pop(name)
    made = io.BytesIO()
    method = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as parts:
        for name, body in bodies.items():
            parts.writestr(name.encode("utf-8", "replace").decode(), body)
    return raw(random, made.getvalue()) if random.random() < 0.1 else made.getvalue()


def _part(random: Random, body: bytes) -> bytes:
    if random.random() < 0.1:
        return raw(random, body)
    part = body.decode(errors="replace")
    pieces = list(_PIECE.finditer(part))
    if not pieces:
        return body
    piece = random.choice(pieces)
    old, inner = piece[0], text(random, piece[0][1:-1])
    if random.random() < 0.6:
        inner = inner.replace("&", "&amp;").replace("<", "&lt;").replace("\x00", "").replace('"', "&quot;")
    made: Sequence[str] = ("", old * 2, old * 300, old[0] + inner + old[-1], old[0] + inner + old[-1])
    return (part[: piece.start()] + random.choice(made) + part[piece.end() :]).encode("utf-8", "replace")


# ── bytes ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def raw(random: Random, body: bytes) -> bytes:
    """Bytes cut, overwritten, doubled or mixed in."""
    place = random.randint(0, len(body))
    other = random.randint(0, len(body))
    made: Sequence[Callable[[], bytes]] = (
        lambda: body[:place],
        lambda: body[:place] + random.randbytes(random.randint(1, 8)) + body[place + 1 :],
        lambda: body[:place] + body[min(place, other) : max(place, other)] + body[place:],
        lambda: (
            body[:place]
            + random.choice((b"\x00", b"\xff\xfe", b"[" * 3000, b'{"":' * 3000, b"\xef\xbb\xbf"))
            + body[place:]
        ),
        lambda: random.randbytes(random.randint(0, 300)),
    )
    return random.choice(made)()
