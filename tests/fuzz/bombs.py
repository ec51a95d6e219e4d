"""Small files that cost much once they are read: each within the size of a file, and refused by a declared limit."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
SHEET, END = f"<worksheet {MAIN}><sheetData>", "</sheetData></worksheet>"
NOISE = "".join(f"{n * 2654435761 % 2**32:08x}" for n in range(4000))  # does not pack to a hundredth


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def book(
    sheets: Iterable[str | bytes] = (SHEET + END,),
    *,
    listed: int = 0,
    inside: str = "",
    shared: str = "",
    others: Mapping[str, str | bytes] | None = None,
    method: int | None = None,
) -> bytes:
    """A package of these sheets. ``listed``: how often the first is named; ``inside``: more in the workbook's part.

    Without a ``method`` it is not packed where it may be so large: then no ratio gives it away.
    """
    made = io.BytesIO()
    parts: dict[str, str | bytes] = {f"xl/worksheets/s{n}.xml": body for n, body in enumerate(sheets)}
    names = [*(f"s{n}" for n in range(len(parts))), *["s0"] * listed]
    rows = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(names)))
    relations = [_relation(f"r{n}", "worksheet", f"worksheets/{name}.xml") for n, name in enumerate(names)]
    if shared:
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{shared}</sst>"
        relations.append(_relation("s", "sharedStrings", "sharedStrings.xml"))
    parts |= {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships {RELATIONS}>{_relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{rows}</sheets>{inside}</workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>{''.join(relations)}</Relationships>",
        **(others or {}),
    }
    size = sum(map(len, parts.values()))
    usual = zipfile.ZIP_STORED if size < 29 * 2**20 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(made, "w", usual if method is None else method) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return made.getvalue()


def _rows(count: int, cells: str = "", prefix: str = "") -> str:
    return "".join(f'<{prefix}row r="{n}" s="1" customFormat="1">{cells}</{prefix}row>' for n in range(1, count + 1))


def _sheet(body: str) -> str:
    return f"{SHEET}{body}{END}"


def _after(body: str) -> str:
    return f"<worksheet {MAIN}><sheetData/>{body}</worksheet>"


def _prefixed(body: str) -> str:
    return f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData>{body}</x:sheetData></x:worksheet>'


def _of_ratio(times: int) -> bytes:
    """Two hundred megabytes that unpack to so many times their bytes."""
    body = (NOISE[: 2**15 // times * 2] + " " * (2**15 - 2**15 // times * 2)) * (2**5)
    return book([SHEET + "<!--" + body * 190 + "-->" + END])


EMPTY = "".join(f'<c r="{letter}1" s="1"/>' for letter in "ABCDEFGHIJKLMN")
FULL = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABCDEFGHIJKLMN")

_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(10))


def _headed(body: str) -> str:
    return f'{SHEET}<row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData>{body}</worksheet>'


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "ratio of a thousand": lambda: book([_sheet(" " * (100 * 2**20))]),
    "ratio below a hundred": lambda: _of_ratio(60),
    "many small parts": lambda: book(others={f"xl/media/{n}.xml": "x" * 1000 for n in range(20_000)}),
    "many sheets": lambda: book([_sheet(_rows(20))] * 300),
    "many sheets of nearly a megabyte": lambda: book([_sheet(_rows(1_500, EMPTY))] * 140),
    "one sheet listed many times": lambda: book([_sheet(_rows(2_000, FULL))], listed=200),
    "more than 200 MB": lambda: book([_sheet(NOISE * 32)] * 230),
    "200,000 empty formatted rows": lambda: book([_sheet(_rows(200_000))]),
    "200,000 rows of empty formatted cells": lambda: book([_sheet(_rows(200_000, EMPTY))]),
    "such rows with a prefix": lambda: book([_prefixed(_rows(200_000, prefix="x:"))]),
    "such rows in UTF-16": lambda: book([_sheet(_rows(200_000)).encode("utf-16")]),
    "cells without number": lambda: book([_sheet("<row>" + "<c/>" * 3_000_000 + "</row>")]),
    "cells of 16,384 columns": lambda: book([_sheet(_rows(100, "<c><v>1</v></c>" * 16_384))]),
    "elements nobody knows": lambda: book([_sheet("<a/>" * 7_000_000)]),
    "elements one in another": lambda: book([_sheet("<a>" * 9_500_000)]),
    "attributes without end": lambda: book([_sheet("<row " + " ".join(f'a{n}=""' for n in range(2_000_000)) + "/>")]),
    "a comment without end": lambda: book([SHEET + "<!--" + (NOISE + "<") * 1000]),
    "a tag without end": lambda: book([SHEET + '<row a="' + NOISE * 1000]),
    "merged cells": lambda: book([_after("".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_000)))]),
    "merged cells over each other": lambda: book([_headed('<mergeCell ref="A1:XFD1048576"/>' * 90_000)]),
    "hidden columns": lambda: book([_after('<col min="1" max="16384" hidden="1"/>' * 200_000)]),
    "shared texts": lambda: book(shared=f"<si><t>{NOISE}</t></si>" * 800),
    "shared texts of nothing": lambda: book(shared="<si/>" * 5_500_000),
    "defined names": lambda: book(
        inside="".join(f'<definedName name="n{n}">A{n}</definedName>' for n in range(1_200_000))
    ),
    "names of nothing": lambda: book(inside="<a/>" * 4_900_000),
    "entities of entities": lambda: book([f"<!DOCTYPE a [{_ENTITIES}]>{_sheet('&e9;')}"]),
    "one entity many times": lambda: book([f'<!DOCTYPE a [<!ENTITY e "{NOISE}">]>' + _sheet("&e;" * 100_000)]),
    "packed by LZMA": lambda: book([_sheet(_rows(10))], method=zipfile.ZIP_LZMA),
    "a CSV of commas": lambda: b"," * (29 * 2**20),
    "a CSV of empty lines and cells": lambda: b"a,b\n" * (7 * 2**20),
    "a CSV of one line": lambda: "指标，".encode() * (3 * 2**20),
}
