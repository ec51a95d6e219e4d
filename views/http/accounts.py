"""The yearly account under ``/account/<year>.pdf`` and ``.xlsx``."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports import account
from reports.account import Account, YearError
from store import clock
from views import addresses
from views.http import choices
from views.http.conditional import public, respond
from views.paper import account as account_paper
from views.paper import typesetting, workbook
from views.text.words import LANGUAGES, Words

FRESH_S = 3600
MEDIA = {"pdf": "application/pdf", "xlsx": workbook.MEDIA_TYPE}


def routes() -> list[Route]:
    """Both addresses of a year."""
    return [Route(addresses.account("{year}", kind), serve, name=kind) for kind in MEDIA]


async def serve(request: Request) -> Response:
    """A year's account; 404 with the reason where there is none, 503 with what to install where no Chinese font is."""
    return await run_in_threadpool(_file, request)


def _file(request: Request) -> Response:
    lang, kind = request.query_params.get("lang", ""), request.url.path.rpartition(".")[2]
    w = Words(lang if lang in LANGUAGES else LANGUAGES[0])
    try:
        report = account.account(request.path_params["year"], clock.today())
        body = file(report, kind, w, choices.base(request.scope))
    except YearError as error:
        return PlainTextResponse(w(f"account.refused_{error.why}", year=error.year[:20], first=error.first), 404)
    except typesetting.NoFontError:
        return PlainTextResponse(w("exhibit.poster.no_font", command=typesetting.INSTALL), 503)
    way = "inline" if kind == "pdf" else "attachment"
    shown = {"content-disposition": f'{way}; filename="{account_paper.file_name(report, w)}.{kind}"'}
    return respond(request, body, MEDIA[kind], cache_control=public(FRESH_S), headers=shown)


def file(report: Account, kind: str, w: Words, base: str) -> bytes:
    """The account as a file; ``kind``: pdf or xlsx."""
    address = f"{base}{addresses.account(str(report.year), kind)}?lang={w.lang}"
    if kind == "pdf":
        return account_paper.pdf(account_paper.of(report, w, address))
    return workbook.xlsx(report, w, address)
