"""A drawing of a page in the forms it is downloaded in: SVG, PNG, and the table behind it as CSV and Excel."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from views import addresses
from views.exports import files, picture
from views.exports.chart import Chart
from views.exports.files import About
from views.site.sheet import Download
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards, download
from views.visit import Visit


def file(one: Download, chart: Chart, form: str, v: Visit) -> bytes:
    """A drawing in one of the forms of :data:`FORMS`."""
    make: Mapping[str, Callable[[Download, Chart, Visit], bytes]] = {
        "svg": _svg,
        "png": _png,
        "csv": _csv,
        "xlsx": _xlsx,
    }
    return make[form](one, chart, v)


def _svg(one: Download, chart: Chart, v: Visit) -> bytes:
    return picture.of(one, v, chart.page).encode()


def _png(one: Download, chart: Chart, v: Visit) -> bytes:
    return picture.png(picture.of(one, v, chart.page))


def _csv(one: Download, _chart: Chart, _v: Visit) -> bytes:
    return files.delimited(*table(one.data))


def _xlsx(one: Download, _chart: Chart, v: Visit) -> bytes:
    from views.exports import excel  # loaded when a workbook is first asked for

    return excel.workbook(one.title, *table(one.data), about(one, v))


def table(data: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of a frame: text, numbers and days; None for what is missing."""
    plain = data.astype(object).where(data.notna(), None)
    rows = [[_value(value) for value in row] for row in plain.itertuples(index=False, name=None)]
    return [str(name) for name in data.columns], rows


def _value(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float | date):
        return value
    return value.item() if hasattr(value, "item") else str(value)


def about(one: Download, v: Visit) -> About:
    """What is to be known of the table: what it shows, period, standard, dust, each source, how it is cited."""
    w, known = v.w, one.provenance
    lines = [
        (w("data.about_title"), one.title),
        (w("data.about_sub"), one.sub),
        (w("site.kind"), w(f"site.kinds.{known.kind}")),
    ]
    if known.period:
        lines.append((w("site.period_label"), fmt.period(known.period, w)))
    lines.append((w("site.standard"), known.standard or ""))
    if known.dust != "none":
        lines.append((w("site.dust"), w(f"site.dust_words.{known.dust}")))
    for source in known.sources:
        licence = source.document.licence or w("data.licence_none")
        parts = [*cards.source_parts(source, w), source.document.url or "", licence]
        lines.append((w("site.source"), w("data.semicolon").join(part for part in parts if part)))
    lines.append((w("data.cite"), citation(one, v)))
    return About(w("data.about_sheet"), tuple(line for line in lines if line[1]), f"{w('site.name')} · {one.title}")


def citation(one: Download, v: Visit) -> str:
    """How a drawing is cited, by an address that does not change."""
    known = one.provenance
    period = fmt.period(known.period, v.w) if known.period else ""
    address = addresses.public_site() + addresses.chart(one.id)
    return download.citation(one.title.rstrip("。."), period, known, v, address)


def readable(form: str, w: Words) -> Words:
    """The language a form can be written in: a PNG in English where no font has Chinese letters."""
    return picture.readable(w) if form == "png" else w
