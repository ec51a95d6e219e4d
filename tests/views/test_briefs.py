"""The monthly brief as a page, a PDF and a Word file: one A4 page, the same sentences, nothing that is not known."""

import io
import re

import pytest
from docx import Document
from starlette.applications import Starlette

from reports import brief
from store import clock
from tests import asgi
from tests.views.test_posters import streams
from views.http import briefs
from views.paper import print as paper_print
from views.paper import typesetting, word
from views.paper.sheet import Sheet
from views.text.words import LANGUAGES, Words

A4_PT = (595.3, 841.9)
MONTHS = ("2026-09", "2026-03", "2023-03", "2014-12", "2026-11")
app = Starlette(routes=briefs.routes())
installed = pytest.mark.skipif(
    not typesetting.installed(), reason="no font with Chinese letters: apt-get install fonts-noto-cjk"
)


def get(address: str, **headers: str) -> asgi.Answer:
    return asgi.ask(app, address, **headers)


def sheet(month: str, lang: str) -> Sheet:
    return briefs.sheet(brief.brief(month, clock.today()), Words(lang), "https://green.example")


def sentences(made: Sheet) -> list[str]:
    """Everything a sheet says, piece by piece."""
    found = [made.title, made.headline, made.sub, made.sources]
    for part in made.parts:
        found += [part.title, *part.lines]
        found += [cell for row in (part.table.header, *part.table.rows) for cell in row] if part.table else []
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_the_sheet_says(lang: str) -> None:
    answer = get(f"/brief/2026-09?lang={lang}")
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", "\n", answer.content.decode())
    for piece in sentences(sheet("2026-09", lang)):
        assert piece.replace("'", "&#39;") in text, piece
    assert f"/brief/2026-09.pdf{'?lang=en' if lang == 'en' else ''}" in answer.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_file_has_the_same_words_in_tables_and_a_picture_of_its_own(lang: str) -> None:
    made = sheet("2026-09", lang)
    opened = Document(io.BytesIO(word.docx(made)))
    inside = [line.text for line in opened.paragraphs]
    inside += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    text = "\n".join(inside)
    for piece in sentences(made):
        assert piece in text, piece
    assert len(opened.tables) == 2
    assert len(opened.inline_shapes) == 1
    assert (opened.sections[0].page_width, opened.sections[0].page_height) == (7560310, 10692130)  # 210 × 297 mm in EMU
    assert opened.core_properties.title == made.title


@pytest.mark.slow
@installed
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("month", MONTHS)
def test_the_pdf_is_one_a4_page_with_its_letters_embedded(month: str, lang: str) -> None:
    made = paper_print.pdf(sheet(month, lang))
    inside = made + streams(made)
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", inside)]
    assert [box[2:] for box in boxes] == [pytest.approx(A4_PT, abs=0.5)]
    assert re.search(rb"/FontName ?/[A-Z]{6}\+", inside)


def test_a_month_without_data_says_so_and_gives_no_change() -> None:
    made = sheet("2023-03", "zh")
    assert "没有查到任何监测或公布的数据" in made.headline
    air = made.parts[0]
    assert any("没有数据的31天不算优良，也不算超标" in line for line in air.lines)
    assert air.table is not None
    assert {cell for row in air.table.rows for cell in row[1:4]} == {"—"}
    assert not air.picture


def test_a_running_month_and_days_unknown_are_stated() -> None:
    text = "\n".join(sentences(sheet("2026-11", "zh")))
    assert "这个月还没有过完，30天里过去了22天" in text
    assert "还有 47 天没有数据：要是全都优良，还能超标 3 天；要是全都超标，多出 44 天" in text
    assert "累计只到2026年10月6日" in text


def test_a_changed_edition_and_missing_ozone_are_stated() -> None:
    text = "\n".join(sentences(sheet("2026-09", "zh")))
    assert "本月标准换了版：上年同期按HJ 633-2012，今年按HJ 633-2026" in text
    assert "先换空气再换标准：空气 −1 天，标准 0 天；先换标准再换空气：标准 +1 天，空气 −2 天" in text
    assert "本月有6天查得到臭氧8小时值" in text
    assert "没有一天查得到臭氧8小时值" in "\n".join(sentences(sheet("2025-09", "zh")))


def test_no_difference_is_written_where_years_are_not_alike() -> None:
    """May 2018 and May 2019 were measured in different states."""
    air = sheet("2019-05", "zh").parts[0]
    assert air.table is not None
    assert {row[3] for row in air.table.rows} == {"不可比"}
    assert any("监测状态不同" in line for line in air.lines)


@pytest.mark.parametrize(("month", "message"), [("2027-01", "还没有到"), ("2012-01", "早于"), ("2026-1", "不是月份")])
def test_a_month_that_is_none_is_a_page_that_says_why(month: str, message: str) -> None:
    for address in (f"/brief/{month}", f"/brief/{month}.pdf", f"/brief/{month}.docx"):
        answer = get(f"{address}?lang=zh")
        assert answer.status_code == 404
        assert message in answer.content.decode()


def test_the_newest_month_has_an_address_that_stays() -> None:
    answer = get("/brief?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (302, "/brief/2026-09?lang=en")


def test_who_has_it_already_gets_no_body() -> None:
    first = get("/brief/2026-09.docx?lang=en")
    assert first.status_code == 200
    assert "brief-2026-09-en.docx" in first.headers["content-disposition"]
    again = get("/brief/2026-09.docx?lang=en", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
