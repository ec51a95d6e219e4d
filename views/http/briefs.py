"""The monthly brief under ``/brief/<month>``: a light page, and the same as .pdf and .docx; ``/brief`` leads to the newest."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports import account, brief
from reports.brief import Brief
from reports.found import or_none
from reports.period import PeriodError
from store import clock
from views import addresses
from views.http import sheets
from views.lite.frame import Page, href
from views.paper import brief as brief_sheet
from views.paper import print as paper_print
from views.paper.sheet import Sheet
from views.text.words import Words
from views.visit import Visit, canonical


def routes() -> list[Route]:
    """Every address of the briefs."""
    return [
        Route(addresses.BRIEF, newest),
        Route(addresses.brief("{month}.pdf"), serve_pdf),
        Route(addresses.brief("{month}.docx"), serve_word),
        Route(addresses.brief("{month}"), serve),
    ]


async def newest(request: Request) -> Response:
    """The way to the newest whole month; what else the address says goes along."""
    return await run_in_threadpool(sheets.newest, request, brief.newest, addresses.brief)


async def serve(request: Request) -> Response:
    """A month as a page; 404 with a page that says why where there is none."""

    def made(v: Visit, base: str) -> Page:
        return page(brief.brief(request.path_params["month"], clock.today()), v, base)

    return await run_in_threadpool(sheets.answer, request, made, "brief.refused", refusal)


async def serve_pdf(request: Request) -> Response:
    """A month as PDF; 404 where there is none, 503 with what to install where no Chinese font is."""
    return await run_in_threadpool(_file, request, "pdf")


async def serve_word(request: Request) -> Response:
    """A month as a Word file; 404 where there is none."""
    return await run_in_threadpool(_file, request, "docx")


def _file(request: Request, kind: str) -> Response:
    def found(w: Words, base: str) -> sheets.File:
        report = brief.brief(request.path_params["month"], clock.today())
        return sheets.File(
            f"brief {report.month}", brief_sheet.file_name(report, w), lambda: file(sheet(report, w, base), kind)
        )

    return sheets.file_answer(request, kind, found, refusal)


def file(made: Sheet, kind: str) -> bytes:
    """A month's sheet as a file; ``kind``: of ``FORMS``."""
    if kind == "pdf":
        return paper_print.pdf(made)
    from views.paper import word  # its library is loaded when a file is first asked for

    return word.docx(made)


def sheet(report: Brief, w: Words, base: str) -> Sheet:
    """A month as a sheet with its address."""
    return brief_sheet.of(report, w, base + canonical(addresses.brief(report.month), w))


def page(report: Brief, v: Visit, base: str) -> Page:
    """A month as a light page."""
    w, address, year = v.w, addresses.brief(report.month), str(report.first.year)
    ways = {"PDF": canonical(f"{address}.pdf", w), "Word": canonical(f"{address}.docx", w)}
    ways |= {w(f"brief.{name}"): there for name, there in _beside(report, v).items()}
    first = or_none(account.first_year)
    if first and year >= first:
        ways[w("account.link", year=year)] = href(v, addresses.account(year))
    return sheets.page(
        sheet(report, w, base), address, ways, v, kind="brief", theme=addresses.LIGHT_PAGES[0], full="air"
    )


def _beside(report: Brief, v: Visit) -> Mapping[str, str]:
    """The months before and after, where there is a brief of them."""
    year, month = report.first.year, report.first.month
    before, after = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}", f"{year + (month == 12)}-{month % 12 + 1:02}"
    there = {"earlier": before >= brief.first_month(), "later": after <= f"{report.today:%Y-%m}"}
    return {
        name: href(v, addresses.brief(one)) for name, one in zip(there, (before, after), strict=True) if there[name]
    }


def refusal(error: PeriodError, w: Words) -> str:
    """Why there is no brief of a month, in words."""
    return w(f"brief.refused_{error.why}", month=error.asked[:20], first=error.first)
