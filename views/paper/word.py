"""A sheet as a Word file: headings, tables and pictures of its own, on one A4 page."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from store import clock
from views.cached import cached_rendering
from views.paper import standalone, typesetting
from views.paper.sheet import Part, Sheet, Table
from views.tokens import LIGHT

LETTERS, SMALL, TITLE, HEADING = Pt(8), Pt(6.5), Pt(16), Pt(9.5)
WIDE_MM, MARGIN_MM = 182, 14
LATIN, CHINESE = "Calibri", "Microsoft YaHei"  # what Word brings; another program takes its own


@cached_rendering
def docx(sheet: Sheet) -> bytes:
    """The sheet as .docx (A4)."""
    made = Document()
    _page(made, sheet)
    _line(made, f"{sheet.site} · {sheet.made}", SMALL)
    made.add_heading(sheet.title, 1)
    _line(made, sheet.headline, HEADING).runs[0].bold = True
    _line(made, sheet.sub, SMALL)
    for part in sheet.parts:
        _part(made, part)
    sources = _line(made, f"{sheet.sources_title} ", SMALL)
    sources.runs[0].bold = True
    sources.add_run(sheet.sources).font.size = SMALL
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _page(made: Opened, sheet: Sheet) -> None:
    """A4 with narrow margins; small letters; the file's own title and language."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM - 3)
    for name, size in (("Normal", LETTERS), ("Heading 1", TITLE), ("Heading 2", HEADING)):
        style = made.styles[name]
        style.font.size, style.font.name = size, LATIN
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), CHINESE)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 4)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
    about = made.core_properties
    about.title, about.author, about.language = sheet.title, sheet.site, sheet.lang
    about.created = about.modified = clock.now().replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    about.comments = ""


def _line(made: Opened, text: str, size: Pt = LETTERS) -> Paragraph:
    line = made.add_paragraph()
    line.add_run(text).font.size = size
    return line


def _part(made: Opened, part: Part) -> None:
    made.add_heading(part.title, 2)
    if part.table:
        _table(made, part.table)
    if part.picture:
        drawn = standalone.resolved(part.picture, LIGHT.sky, typesetting.installed() or LATIN)
        made.add_picture(io.BytesIO(typesetting.png(drawn)), width=Mm(WIDE_MM))
    for text in part.lines:
        _line(made, text)


def _table(made: Opened, content: Table) -> None:
    """A table of Word's own, its first row repeated as the heading."""
    table = made.add_table(rows=0, cols=len(content.header), style="Table Grid")
    table.autofit = False
    for n, row in enumerate((content.header, *content.rows)):
        cells = table.add_row().cells
        _row(cells, row, content, bold=n == 0)
    heading = table.rows[0]._tr.get_or_add_trPr()
    heading.append(heading.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _row(cells: Sequence[_Cell], texts: Sequence[str], content: Table, *, bold: bool) -> None:
    whole = sum(content.widths)
    for n, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = Mm(WIDE_MM * content.widths[n] / whole)
        line = cell.paragraphs[0]
        run = line.add_run(text)
        run.font.size, run.bold = Pt(7.5), bold
        if n in content.numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
