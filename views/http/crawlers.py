"""What search engines ask for: ``/robots.txt``, and ``/sitemap.xml`` with every page in both languages."""

from collections.abc import Iterator
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports import account, brief
from reports.found import or_none
from store import clock, live
from store.cache import MIB, Cache
from views import addresses
from views.addresses import EMBED, LIGHT_PAGES
from views.exports import charts as registered
from views.http import choices
from views.http.conditional import public, respond
from views.text.words import HTML_LANG, LANGUAGES, Words
from views.visit import DISTRICTS, canonical

FRESH_S = 3600
SITEMAP = "/sitemap.xml"
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINKS = "http://www.w3.org/1999/xhtml"
# What a crawler would fetch for nothing: the application's own traffic, drawings for frames of other sites.
NOT_TO_READ = ("/_stcore/", f"{EMBED}/", "/metrics", "/healthz")
SITE_PAGES = ("", *LIGHT_PAGES[1:], "actions", "method")
_maps = Cache("site map", 4 * MIB)


def routes() -> list[Route]:
    """Both addresses."""
    return [Route("/robots.txt", robots), Route(SITEMAP, sitemap)]


def robots(request: Request) -> Response:
    """Everything may be read but :data:`NOT_TO_READ`."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_READ), f"Sitemap: {_base(request)}{SITEMAP}", ""]
    return respond(request, "\n".join(lines).encode(), "text/plain", cache_control=public(FRESH_S))


def sitemap(request: Request) -> Response:
    """Every page of the site, every light page, screen, sheet and drawing, each with its other language."""
    base = _base(request)
    body = _maps.get(base, lambda: _map(base), topics=live.TOPICS)
    return respond(request, body, "application/xml", cache_control=public(FRESH_S))


def _base(request: Request) -> str:
    return choices.base(request.scope)


def paths() -> Iterator[str]:
    """The addresses of pages, in the first language."""
    yield from (f"/{page}" for page in SITE_PAGES)
    yield from (addresses.light(page) for page in LIGHT_PAGES)
    yield from (f"{addresses.LIGHT}/district/{area}" for area in DISTRICTS)
    yield from (addresses.OPEN_DATA, addresses.API)
    yield from (addresses.screen(name) for name in (addresses.WALL, addresses.EXHIBIT))
    today = clock.today()
    if year := or_none(lambda: account.newest(today)):
        yield addresses.account(year)
    if month := or_none(lambda: brief.newest(today)):
        yield addresses.brief(month)
    yield from (addresses.chart(name) for name in registered.registry())


def _map(base: str) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": SPACE, "xmlns:xhtml": LINKS})
    for path in paths():
        found = {lang: canonical(base + path, Words(lang)) for lang in LANGUAGES}
        for address in found.values():
            entry = ElementTree.SubElement(root, "url")
            ElementTree.SubElement(entry, "loc").text = address
            for lang, other in found.items():
                link = {"rel": "alternate", "hreflang": HTML_LANG[lang], "href": other}
                ElementTree.SubElement(entry, "xhtml:link", link)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
