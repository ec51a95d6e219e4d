"""The yearly account as an Excel workbook: the promises with their numbers, the sources, how to read it."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports import provenance
from reports.account import Account
from reports.goals import Promise
from reports.provenance import Source
from store import clock
from views.paper.sheet import Sheet
from views.text.words import Words
from views.ui import cards, promise

Cell = str | float | int | None
COLUMNS = {
    "plan": 26, "no": 11, "theme": 10, "promise": 30, "area": 14, "unit": 10, "start_value": 11, "start_period": 12,
    "target_op": 7, "target_value": 11, "target": 34, "due": 14, "official_op": 7, "official_value": 11, "official_period": 14,
    "official_text": 20, "official_source": 46, "official_url": 24, "measured_value": 11, "measured_period": 20,
    "measured": 46, "measured_source": 40, "state": 16, "reason": 46, "plan_source": 46,
}  # fmt: skip
SOURCES = {"title": 60, "issuer": 40, "issued": 12, "seen": 16, "url": 50, "licence": 40}


def xlsx(report: Account, sheet: Sheet, w: Words) -> bytes:
    """The account as .xlsx: the numbers of its promises, and what its ``sheet`` tells of them."""
    book = Workbook()
    book.properties.title, book.properties.creator = sheet.title, sheet.site
    book.properties.created = book.properties.modified = clock.now().replace(tzinfo=None)
    board, documents, about = book.active, book.create_sheet(), book.create_sheet()
    assert board is not None  # a new workbook has a sheet
    board.title, documents.title, about.title = (w(f"account.sheet_{name}") for name in ("board", "sources", "about"))
    _fill(board, [w(f"account.x_{name}") for name in COLUMNS], list(COLUMNS.values()), _rows(report, w))
    merged = provenance.merged([report.provenance], "published", "").sources
    named = {one.document.document_id: one for one in merged}.values()
    _fill(
        documents,
        [w(f"account.s_{name}") for name in SOURCES],
        list(SOURCES.values()),
        [_source(one, w) for one in named],
    )
    how = [line for part in sheet.parts if part.table is None for line in part.lines]
    texts = (sheet.sub, sheet.headline, *how, w("account.numbers"), sheet.made)
    _fill(about, [sheet.title], [110], [[text] for text in texts])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(page: Worksheet, header: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Cell]]) -> None:
    """Header and rows; the header stays in place and filters. A text is a text, whatever it begins with."""
    for n, row in enumerate((header, *rows), start=1):
        for m, value in enumerate(row, start=1):
            cell = page.cell(n, m, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if n == 1:
                cell.font = Font(bold=True)
    for m, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(m)].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _rows(report: Account, w: Words) -> list[list[Cell]]:
    return [_row(one, w) for one in report.promises]


def _row(one: Promise, w: Words) -> list[Cell]:
    shown, target, official = promise.row(one, w), one.target, one.official
    measured = one.measured.point if one.measured else None
    document = official.provenance.sources[0] if official else None
    values: dict[str, Cell] = {
        "plan": w.of(one.plan.name),
        "no": one.number,
        "theme": w(f"site.themes.{one.indicator.theme}"),
        "promise": shown.long_name,
        "area": w.of(one.area.name),
        "unit": w.of(one.unit.symbol) or None,
        "start_value": target.baseline_value,
        "start_period": shown.start_period or None,
        "target_op": target.target_op,
        "target_value": target.target_value,
        "target": shown.target.line,
        "due": shown.target.due,
        "official_op": official.op if official else None,
        "official_value": official.value if official else None,
        "official_period": shown.official.period if shown.official else None,
        "official_text": shown.official.text if shown.official else w("site.not_found"),
        "official_source": _line(document, w) if document else None,
        "official_url": (document.document.url if document else None) or None,
        "measured_value": measured.value if measured else None,
        "measured_period": shown.measured.period if shown.measured else None,
        "measured": shown.measured.sentence if shown.measured else None,
        "measured_source": "\n".join(_line(each, w) for each in measured.provenance.sources) if measured else None,
        "state": shown.word,
        "reason": shown.reason,
        "plan_source": _line(one.provenance.sources[0], w),
    }
    return [values[name] for name in COLUMNS]


def _line(source: Source, w: Words) -> str:
    return cards.separator(w).join(cards.source_parts(source, w))


def _source(one: Source, w: Words) -> list[Cell]:
    document = one.document
    seen = w(f"site.seen_words.{document.seen}")
    licence = str(document.licence) if document.licence else None
    return [w.of(document.title), w.of(document.issuer), document.issued, seen, document.url, licence]
