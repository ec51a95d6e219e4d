"""The monthly brief under ``/brief/<month>``: a light page, and the same as .pdf and .docx; ``/brief`` leads to the newest."""

from collections.abc import Mapping

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from reports import brief
from reports.brief import Brief, MonthError
from reports.found import NothingFoundError
from store import clock
from views import addresses
from views.assets import BRIEF_CSS
from views.http import choices
from views.http.conditional import public, respond
from views.lite import frame
from views.lite.frame import Page, Picture, href
from views.paper import brief as brief_sheet
from views.paper import print as paper_print
from views.paper import typesetting, word
from views.paper.sheet import Part, Sheet
from views.text.words import LANGUAGES, Words
from views.ui import cards
from views.visit import READING

FRESH_S = 3600
PDF = "application/pdf"


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
    try:
        month = await run_in_threadpool(brief.newest, clock.today())
    except NothingFoundError as error:
        w = Words(choices.named(request.scope).get("lang", LANGUAGES[0]))
        return PlainTextResponse(w(f"found.{error.what}"), 404)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(addresses.brief(month) + query, 302, {"cache-control": public(FRESH_S)})


async def serve(request: Request) -> Response:
    """A month as a page; 404 with a page that says why where there is none."""
    return await run_in_threadpool(_page, request)


def _page(request: Request) -> Response:
    if elsewhere := choices.elsewhere(request, READING):
        return elsewhere
    named = choices.named(request.scope)
    chosen = {name: named[name] for name in READING if name in named}
    w = Words(chosen.get("lang", LANGUAGES[0]))
    base, status = choices.base(request.scope), 200
    try:
        one = page(brief.brief(request.path_params["month"], clock.today()), w, base)
    except MonthError as error:
        one, status = _none(refusal(error, w), w), 404
    except NothingFoundError as error:
        one, status = _none(w(f"found.{error.what}"), w), 404
    body = frame.document(one, w, chosen, base).encode()
    return respond(request, body, "text/html", cache_control=public(FRESH_S), status=status)


async def serve_pdf(request: Request) -> Response:
    """A month as PDF; 404 where there is none, 503 with what to install where no Chinese font is."""
    return await run_in_threadpool(_file, request, "pdf")


async def serve_word(request: Request) -> Response:
    """A month as a Word file; 404 where there is none."""
    return await run_in_threadpool(_file, request, "docx")


def _file(request: Request, kind: str) -> Response:
    lang = request.query_params.get("lang", "")
    w = Words(lang if lang in LANGUAGES else LANGUAGES[0])
    try:
        report = brief.brief(request.path_params["month"], clock.today())
        made = sheet(report, w, choices.base(request.scope))
        body = paper_print.pdf(made) if kind == "pdf" else word.docx(made)
    except MonthError as error:
        return PlainTextResponse(refusal(error, w), 404)
    except NothingFoundError as error:
        return PlainTextResponse(w(f"found.{error.what}"), 404)
    except typesetting.NoFontError:
        return PlainTextResponse(w("exhibit.poster.no_font", command=typesetting.INSTALL), 503)
    shown = {"content-disposition": f'inline; filename="{made.name}.{kind}"'}
    media = PDF if kind == "pdf" else word.MEDIA_TYPE
    return respond(request, body, media, cache_control=public(FRESH_S), headers=shown)


def sheet(report: Brief, w: Words, base: str) -> Sheet:
    """A month as a sheet with its address."""
    return brief_sheet.of(report, w, base + href(w, addresses.brief(report.month)))


def page(report: Brief, w: Words, base: str) -> Page:
    """A month as a light page."""
    made, address = sheet(report, w, base), addresses.brief(report.month)
    body = frame.body(
        "brief",
        w,
        sheet=made,
        table=_table,
        scrolling=cards.scrolling,
        pdf=href(w, f"{address}.pdf"),
        word=href(w, f"{address}.docx"),
        months=_beside(report, w),
    )
    return Page(
        address, addresses.LIGHT_PAGES[0], made.title, made.headline, body, Picture(made.title), "air", css=BRIEF_CSS
    )


def _table(part: Part) -> Markup:
    told = part.table
    assert told is not None  # the template asks first
    return cards.table(told.header, told.rows, numeric=told.numeric, region=part.title)


def _beside(report: Brief, w: Words) -> Mapping[str, str]:
    """The months before and after, where there is a brief of them."""
    year, month = report.first.year, report.first.month
    before, after = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}", f"{year + (month == 12)}-{month % 12 + 1:02}"
    there = {"earlier": before >= brief.first_month(), "later": after <= f"{report.today:%Y-%m}"}
    return {
        name: href(w, addresses.brief(one)) for name, one in zip(there, (before, after), strict=True) if there[name]
    }


def refusal(error: MonthError, w: Words) -> str:
    """Why there is no brief of a month, in words."""
    return w(f"brief.refused_{error.why}", month=error.month[:20], first=error.first)


def _none(sub: str, w: Words) -> Page:
    """The page in place of a brief that is none. ``sub``: why."""
    title = w("brief.refused")
    body = frame.body("missing", w, title=title, lead=sub)
    return Page(addresses.BRIEF, addresses.LIGHT_PAGES[0], title, sub, body, Picture(title))
