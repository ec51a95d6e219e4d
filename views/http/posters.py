"""One picture of each chapter of the exhibit as an A1 poster: a PDF with the drawing as vectors and its sources in it."""

import json
from html import unescape
from typing import Any

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import asdict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reports import provenance
from reports.provenance import Source
from store import clock
from store.city import CITY
from views.cached import cached_rendering
from views.drawings import qr
from views.exhibit import frame as exhibit_frame
from views.exhibit.pieces import Chapter, Poster
from views.http import choices
from views.http.conditional import public, respond
from views.paper import standalone, typesetting
from views.text import format as fmt
from views.text import marked
from views.text.words import Words
from views.tokens import ACCENTS, LIGHT
from views.ui import cards
from views.visit import Visit

FRESH_S = 3600


def route() -> Route:
    """The posters' addresses: /poster/<chapter>.pdf?lang=."""
    return Route("/poster/{chapter}.pdf", serve)


async def serve(request: Request) -> Response:
    """One poster; 404 for a chapter that is none, 503 with what to install where no Chinese font is."""
    chapter = request.path_params["chapter"]
    w = choices.language(request)
    if chapter not in exhibit_frame.CHAPTERS:
        return PlainTextResponse(w("exhibit.poster.unknown"), status_code=404)
    try:
        body = await run_in_threadpool(pdf, chapter, w)
    except typesetting.NoFontError:
        return PlainTextResponse(w("exhibit.poster.no_font", command=typesetting.INSTALL), status_code=503)
    shown = {"content-disposition": f'inline; filename="{CITY}-{chapter}-{w.lang}.pdf"'}
    return respond(request, body, "application/pdf", cache_control=public(FRESH_S), headers=shown)


class Sheet(Struct, frozen=True, weakref=True):
    """The contents of a sheet: the chapter's poster, its drawing by itself, the code as SVG, all words and colours."""

    poster: Poster
    picture: Markup
    code: Markup
    words: dict[str, Any]


def pdf(chapter: str, w: Words) -> bytes:
    """A chapter's poster. Raises typesetting.NoFontError where no installed font holds Chinese letters."""
    sheet = sheet_of(chapter, w)
    return _printed(json.dumps(sheet.words, ensure_ascii=False, sort_keys=True), sheet.picture, sheet.code)


def sheet_of(chapter: str, w: Words) -> Sheet:
    """The contents of a chapter's sheet. Raises typesetting.NoFontError as :func:`pdf`."""
    family = typesetting.family()
    v = Visit(w, "light", clock.now(), False)
    made, accent = exhibit_frame.chapter(chapter, v), getattr(LIGHT, ACCENTS[exhibit_frame.ACCENTS[chapter]])
    code = exhibit_frame.code(chapter, w)
    colors = {"ink": LIGHT.ink, "muted": LIGHT.muted, "line": LIGHT.none, "ground": LIGHT.card, "warn": LIGHT.earth}
    words = {"font": family, "accent": accent, **colors, **_words(chapter, made, v)}
    return Sheet(made.poster, standalone.resolved(made.poster.picture, accent, family), code, words)


@cached_rendering
def _printed(words: str, picture: Markup, code: Markup) -> bytes:
    return typesetting.pdf("poster", json.loads(words), {"picture.svg": picture, "code.svg": code})


def _words(chapter: str, made: Chapter, v: Visit) -> dict[str, Any]:
    """All words of a sheet."""
    w, poster = v.w, made.poster
    number, name = list(exhibit_frame.CHAPTERS).index(chapter) + 1, w(f"exhibit.name.{chapter}")
    return {
        "lang": w.lang,
        "site": w("site.name"),
        "occasion": w("exhibit.occasion"),
        "chapter": w("exhibit.chapter", n=number, name=name),
        "title": f"{w('site.name')} · {name}",
        "headline": [_pieces(clause) for clause in exhibit_frame.clauses(made.headline, w)],
        "lead": poster.lead,
        "picture": bool(poster.picture),
        "alt": name,
        "tiles": [asdict(tile) for tile in poster.tiles],
        "notes": list(poster.notes),
        "sources_title": w("exhibit.poster.sources"),
        "sources": [_source(one, w) for one in provenance.merged(poster.sources, "published", "").sources],
        "made": w("exhibit.poster.made", day=fmt.day(v.today, w)),
        "code": w("exhibit.code"),
        "with_code": qr.reachable(),
    }


def _pieces(clause: Markup) -> list[dict[str, Any]]:
    """A clause of a headline by what is marked in it."""
    return [{"text": unescape(text), "strong": strong} for text, strong in marked.parts(clause)]


def _source(source: Source, w: Words) -> str:
    """A document in full as plain text, with its address where it has an official one."""
    text = cards.separator(w).join(cards.source_parts(source, w))
    return " ".join(part for part in (text, source.document.url) if part)
