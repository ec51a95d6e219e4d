"""The yearly account under ``/account/<year>``: a light page, the same as .pdf and .xlsx; ``/account`` leads to the last year."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports import account
from reports.account import Account
from reports.period import PeriodError
from store import clock
from views import addresses
from views.http import sheets
from views.lite.frame import Page, href
from views.paper import account as account_paper
from views.text.words import Words
from views.visit import Visit, canonical

FORMS = ("pdf", "xlsx")


def routes() -> list[Route]:
    """Every address of the accounts."""
    return [
        Route(addresses.ACCOUNT, newest),
        *(Route(addresses.account("{year}", kind), serve_file, name=kind) for kind in FORMS),
        Route(addresses.account("{year}"), serve),
    ]


async def newest(request: Request) -> Response:
    """The way to the last year that is over; what else the address says goes along. 404 with the reason before the first plan."""
    return await run_in_threadpool(sheets.newest, request, account.newest, addresses.account)


async def serve(request: Request) -> Response:
    """A year as a page; 404 with a page that says why where there is none."""

    def made(v: Visit, base: str) -> Page:
        return page(account.account(request.path_params["year"], clock.today()), v, base)

    return await run_in_threadpool(sheets.answer, request, made, "account.refused", refusal)


async def serve_file(request: Request) -> Response:
    """A year's account; 404 with the reason where there is none, 503 with what to install where no Chinese font is."""
    return await run_in_threadpool(_file, request)


def _file(request: Request) -> Response:
    kind = request.url.path.rpartition(".")[2]

    def found(w: Words, base: str) -> sheets.File:
        report = account.account(request.path_params["year"], clock.today())
        return sheets.File(
            f"account {report.year}", account_paper.file_name(report, w), lambda: file(report, kind, w, base)
        )

    return sheets.file_answer(request, kind, found, refusal, shown=kind == "pdf")


def refusal(error: PeriodError, w: Words) -> str:
    """Why there is no account of a year, in words."""
    return w(f"account.refused_{error.why}", year=error.asked[:20], first=error.first)


def file(report: Account, kind: str, w: Words, base: str) -> bytes:
    """The account as a file; ``kind``: pdf or xlsx."""
    sheet = account_paper.of(report, w, base + canonical(addresses.account(str(report.year)), w))
    if kind == "pdf":
        return account_paper.pdf(sheet)
    from views.paper import workbook  # its library is loaded when a file is first asked for

    return workbook.xlsx(report, sheet, w)


def page(report: Account, v: Visit, base: str) -> Page:
    """The account as a light page."""
    w, year, address = v.w, report.year, addresses.account(str(report.year))
    ways = {
        "PDF": canonical(addresses.account(str(year), "pdf"), w),
        "Excel": canonical(addresses.account(str(year), "xlsx"), w),
    }
    if str(year - 1) >= account.first_year():
        ways[w("account.earlier")] = href(v, addresses.account(str(year - 1)))
    if year < report.today.year:
        ways[w("account.later")] = href(v, addresses.account(str(year + 1)))
    ways[w("brief.link")] = href(v, addresses.BRIEF)
    made = account_paper.of(report, w, base + canonical(address, w))
    return sheets.page(made, address, ways, v, kind="account", theme="goals", full="goals")
