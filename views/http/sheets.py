"""A sheet of paper as a light page: what the brief of a month and the account of a year have in common."""

from collections.abc import Callable, Mapping
from datetime import date

from markupsafe import Markup
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from reports.found import NothingFoundError
from reports.period import PeriodError
from store import clock, live
from store.cache import MIB
from views.addresses import MEDIA_TYPES
from views.assets import BRIEF_CSS
from views.http import choices
from views.http.conditional import public, respond
from views.http.large import LargeFiles
from views.lite import frame
from views.lite.frame import Page, Picture
from views.paper import typesetting
from views.paper.sheet import Part, Sheet
from views.text import found
from views.text.words import Words
from views.ui import cards
from views.visit import READING, Visit

FRESH_S = 3600
_files = LargeFiles("files of sheets", 16 * MIB)


def page(made: Sheet, address: str, ways: Mapping[str, str], v: Visit, *, kind: str, theme: str, full: str) -> Page:
    """The page of a sheet. ``ways``: to its files and neighbours, by name; ``kind``: its class in the stylesheet.

    ``theme``, ``full``: as of :class:`Page`.
    """
    body = frame.body("sheet", v, sheet=made, table=_table, scrolling=cards.scrolling, ways=ways, kind=kind)
    return Page(address, theme, made.title, made.headline, body, Picture(made.title), full, css=BRIEF_CSS)


def _table(part: Part) -> Markup:
    table = part.table
    assert table is not None  # the template asks first
    return cards.table(table.header, table.rows, numeric=table.numeric, region=part.title)


Refusal = Callable[[PeriodError, Words], str]


def answer(request: Request, make: Callable[[Visit, str], Page], refused: str, refusal: Refusal) -> Response:
    """The page as ``make`` makes it for a visit and a site's address; 404 with a page that says why where there is none.

    ``refused``: the key of that page's title; ``refusal``: why.
    """
    if elsewhere := choices.elsewhere(request, READING):
        return elsewhere
    named = choices.named(request.scope)
    chosen = {name: named[name] for name in READING if name in named}
    v, base, status = choices.visit(chosen, clock.now()), choices.base(request.scope), 200
    try:
        one = make(v, base)
    except (PeriodError, NothingFoundError) as error:
        one, status = _none(request.url.path, v.w(refused), why(error, v.w, refusal), v), 404
    body = frame.document(one, v, base).encode()
    return respond(request, body, "text/html", cache_control=public(FRESH_S), status=status)


def newest(request: Request, find: Callable[[date], str], address: Callable[[str], str]) -> Response:
    """The way to the newest sheet, what else the address says goes along; 404 with the reason where there is none."""
    try:
        name = find(clock.today())
    except NothingFoundError as error:
        return PlainTextResponse(found.sentence(error, choices.language(request)), 404)
    return choices.redirect(request, address(name), 302, FRESH_S)


class File(Struct, frozen=True, weakref=True):
    """A sheet's file. ``name``: of the sheet for the cache; ``file_name``: without its ending; ``make``: its bytes."""

    name: str
    file_name: str
    make: Callable[[], bytes]


def file_answer(
    request: Request, kind: str, find: Callable[[Words, str], File], refusal: Refusal, *, shown: bool = True
) -> Response:
    """A file of a sheet. ``find``: for words and a site's address; ``kind``: its ending; ``shown``: in the browser.

    404 with the reason where there is none, 503 with what to install where no Chinese font is.
    """
    w, base = choices.language(request), choices.base(request.scope)
    try:
        one = find(w, base)
        body, tag = _files.get((one.name, kind, w.lang, base, clock.today()), one.make, live.TOPICS)
    except (PeriodError, NothingFoundError) as error:
        return PlainTextResponse(why(error, w, refusal), 404)
    except typesetting.NoFontError:
        return PlainTextResponse(w("exhibit.poster.no_font", command=typesetting.INSTALL), 503)
    named = {"content-disposition": f'{"inline" if shown else "attachment"}; filename="{one.file_name}.{kind}"'}
    return respond(request, body, MEDIA_TYPES[kind], cache_control=public(FRESH_S), headers=named, tag=tag)


def why(error: PeriodError | NothingFoundError, w: Words, refusal: Refusal) -> str:
    """Why there is no sheet, in words."""
    return refusal(error, w) if isinstance(error, PeriodError) else found.sentence(error, w)


def _none(path: str, title: str, sub: str, v: Visit) -> Page:
    body = frame.body("missing", v, title=title, lead=sub)
    return Page(path.rpartition("/")[0], "overview", title, sub, body, Picture(title))
