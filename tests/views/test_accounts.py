"""The yearly account as PDF and Excel: the scoreboard's promises, official beside measured, never mixed."""

import io
import re
from datetime import date
from html import unescape

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from reports import account, goals
from reports.period import PeriodError
from tests import asgi
from tests.views.test_posters import streams
from views.http import accounts, crawlers, light
from views.paper import account as account_paper
from views.paper import typesetting, workbook
from views.text import format as fmt
from views.text.words import LANGUAGES, Words

TODAY = date(2026, 11, 23)
app = Starlette(routes=accounts.routes())
lite = Starlette(routes=light.routes())
installed = pytest.mark.skipif(
    not typesetting.installed(), reason="no font with Chinese letters: apt-get install fonts-noto-cjk"
)


def test_a_year_that_is_over_is_judged_on_the_first_day_after_it() -> None:
    found = account.account("2025", TODAY)
    assert found.as_of == date(2026, 1, 1)
    board = goals.scoreboard(date(2026, 1, 1))
    assert found.promises == tuple(one for one in board if one.plan.start_year <= 2025 <= one.plan.end_year)
    assert sum(found.by_status.values()) == len(found.promises)
    assert {one.plan.plan_id for one in found.promises} >= {"xn14", "cz2426"}
    assert "xn13" not in {one.plan.plan_id for one in found.promises}


def test_a_running_year_is_judged_today() -> None:
    found = account.account("2026", TODAY)
    assert (found.as_of, found.over) == (TODAY, False)
    made = account_paper.of(found, Words("zh"), "")
    assert made.sub == Words("zh")("account.running", year=2026, day=fmt.day(TODAY, Words("zh")))


def test_no_result_is_of_a_period_after_the_year() -> None:
    for year in ("2020", "2025"):
        for one in account.account(year, TODAY).promises:
            if one.official:
                assert one.official.end <= date(int(year), 12, 31), one.number


@pytest.mark.parametrize(("year", "why"), [("2027", "future"), ("2015", "before"), ("20x5", "no_period")])
def test_a_year_that_is_none_is_refused(year: str, why: str) -> None:
    with pytest.raises(PeriodError) as refused:
        account.account(year, TODAY)
    assert refused.value.why == why
    for kind in ("pdf", "xlsx"):
        assert asgi.ask(app, f"/account/{year}.{kind}").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_has_each_promise_with_its_numbers_and_sources(lang: str) -> None:
    w = Words(lang)
    report = account.account("2020", TODAY)
    book = load_workbook(io.BytesIO(asgi.ask(app, f"/account/2020.xlsx?lang={lang}").content))
    assert book.sheetnames == [w(f"account.sheet_{name}") for name in ("board", "sources", "about")]
    for page in book:
        assert page.freeze_panes == "A2"
    header, *rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert header == [w(f"account.x_{name}") for name in workbook.COLUMNS]
    at = list(workbook.COLUMNS).index
    assert len(rows) == len(report.promises)
    for row, one in zip(rows, report.promises, strict=True):
        assert row[at("no")] == one.number
        assert row[at("official_value")] == (one.official.value if one.official else None)
        assert row[at("measured_value")] == (one.measured.point.value if one.measured else None)
        assert row[at("target_value")] == one.target.target_value
        assert row[at("state")] == w(f"site.status.{one.judgement.status}")
        assert bool(row[at("official_source")]) == (one.official is not None)
    titles = {row[0] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    assert {w.of(one.document.title) for one in report.provenance.sources} == titles


def test_no_cell_is_a_formula() -> None:
    page = load_workbook(io.BytesIO(b"".join([_with_formula()]))).worksheets[0]
    assert page["A1"].data_type == page["A2"].data_type == "s"
    assert page["A2"].value == "=1+1"


def _with_formula() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    workbook._fill(book.active, ["name"], [10], [["=1+1"]])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.slow
@installed
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pdf_is_a4_across_with_its_letters_embedded(lang: str) -> None:
    answer = asgi.ask(app, f"/account/2025.pdf?lang={lang}")
    assert answer.status_code == 200
    inside = answer.content + streams(answer.content)
    boxes = {tuple(round(float(x)) for x in box.split()[2:]) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", inside)}
    assert boxes == {(842, 595)}
    assert re.search(rb"/FontName ?/[A-Z]{6}\+", inside)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_not_found_says_so(lang: str) -> None:
    w = Words(lang)
    made = account_paper.of(account.account("2025", TODAY), w, "https://green.example/account/2025.pdf")
    rows = [row for part in made.parts if part.table for row in part.table.rows]
    missing = [one for one in account.account("2025", TODAY).promises if one.official is None]
    assert sum(row[3] == w("site.not_found") for row in rows) >= len(missing) > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_the_files_say(lang: str) -> None:
    w, answer = Words(lang), asgi.ask(app, f"/account/2025?lang={lang}", host="green.example")
    assert answer.status_code == 200
    page = re.sub(r"<[^>]*>", "", unescape(answer.content.decode()))
    sheet = account_paper.of(account.account("2025", TODAY), w, f"http://green.example/account/2025?lang={lang}")
    assert [
        cell for part in sheet.parts if part.table for row in part.table.rows for cell in row if cell not in page
    ] == []
    assert all(line in page for part in sheet.parts for line in part.lines)
    book = load_workbook(io.BytesIO(workbook.xlsx(account.account("2025", TODAY), sheet, w)))
    about = {row[0] for row in book.worksheets[2].values}
    assert {sheet.title, sheet.sub, sheet.headline} <= about


@pytest.mark.parametrize(("day", "year"), [("2026-11-29", "2025"), ("2017-01-01", "2016"), ("2016-05-01", "2016")])
def test_the_newest_account_is_of_the_last_year_but_never_before_the_first_plan(day: str, year: str) -> None:
    assert account.newest(date.fromisoformat(day)) == year


def test_before_the_first_plan_nothing_leads_to_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINING_TODAY", "2015-12-31T10:00")
    refused = asgi.ask(app, "/account?lang=en", host="green.example")
    assert refused.status_code == 404
    assert refused.content.decode() == "The first plan begins in 2016."
    assert [path for path in crawlers.paths() if path.startswith("/account")] == []
    assert "/account/" not in asgi.ask(lite, "/data", host="green.example").content.decode()


def test_the_data_page_leads_to_the_account_of_the_last_year() -> None:
    assert 'href="/account/2025"' in asgi.ask(lite, "/data", host="green.example").content.decode()


def test_the_account_leads_to_its_years() -> None:
    newest = asgi.ask(app, "/account?lang=en", host="green.example")
    assert (newest.status_code, newest.headers["location"]) == (302, "/account/2025?lang=en")
    page = asgi.ask(app, "/account/2016", host="green.example").content.decode()
    assert 'href="/account/2017"' in page
    assert 'href="/account/2015"' not in page
    refused = asgi.ask(app, "/account/2015?lang=en", host="green.example")
    assert refused.status_code == 404
    assert "2016" in refused.content.decode()
