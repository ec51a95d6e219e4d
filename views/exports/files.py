"""Tables as files: CSV, Parquet, GeoJSON; Excel in :mod:`views.exports.excel`.

Each is a function of columns and rows, made anew, byte for byte the same.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
from msgspec import Struct
from pyarrow import parquet

from views.exports.cells import defused, runs

# Spreadsheet programs take a CSV for UTF-8, and show its Chinese, only where it begins with this mark.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ARROW = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same contents are the same bytes

Rows = Sequence[Sequence[Any]]


class About(Struct, frozen=True, weakref=True):
    """What a workbook says of its table: lines of a name and a text, on a sheet of their own, and a foot in print."""

    sheet: str
    lines: tuple[tuple[str, str], ...]
    foot: str


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def delimited(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """CSV in UTF-8 with its mark: a comma between cells, nothing for what is missing, formulas defused."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([defused(cell(value)) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue().encode()


def as_written(text: str) -> bytes:
    """A CSV that is there already, with its mark: byte for byte where a spreadsheet runs none of its cells."""
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if any(runs(one) for row in rows for one in row):
        return delimited(header, rows)
    return BYTE_ORDER_MARK + text.encode()


def cell(value: object) -> str:
    """A value as tracked files write it."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


# ── Parquet, GeoJSON, zip ────────────────────────────────────────────────────────────────────────────────────────────
def columnar(
    names: Sequence[str], types: Sequence[str], units: Sequence[str], rows: Rows, about: Mapping[str, str]
) -> bytes:
    """Parquet: a column of its type each (string, number, integer, date), its unit in the column's metadata."""
    fields = [
        pa.field(name, ARROW[kind], metadata={"unit": unit} if unit else None)
        for name, kind, unit in zip(names, types, units, strict=True)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    arrays = [pa.array(_of_type(column, field.type), field.type) for column, field in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=dict(about))), out)
    return out.getvalue()


def _of_type(column: Sequence[Any], kind: pa.DataType) -> list[Any]:
    """Whole numbers that came as decimals as what they are."""
    whole = pa.types.is_integer(kind)
    return [int(value) if whole and value is not None else value for value in column]


def features(names: Sequence[str], rows: Rows, about: Mapping[str, Any]) -> bytes:
    """GeoJSON (RFC 7946): a point for each row with a place, the other columns as its properties; ``about`` beside them."""
    points = []
    for row in rows:
        of = dict(zip(names, row, strict=True))
        lon, lat = of.pop("lon"), of.pop("lat")
        if lon is not None and lat is not None:
            properties = {name: value.isoformat() if isinstance(value, date) else value for name, value in of.items()}
            geometry = {"type": "Point", "coordinates": [lon, lat]}
            points.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return json.dumps({"type": "FeatureCollection", **about, "features": points}, ensure_ascii=False).encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of files, the same bytes for the same files."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            made.writestr(entry, content)
    return out.getvalue()
