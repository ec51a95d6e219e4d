"""The Atom feed (RFC 4287) of what changed, ``/feed.atom?lang=``: made once a minute, its moments those of the data."""

import io
import uuid
from datetime import datetime

from feedgenerator import Atom1Feed
from markupsafe import escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports import changes
from store import clock, live
from store.cache import MIB, Cache
from views import addresses
from views.http import choices
from views.http.conditional import public, respond
from views.text.words import Words
from views.ui import changes as changes_words

FRESH_S = 300
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
# Ids follow from what an entry is about and from nothing else: neither the host nor the time of asking.
NAMESPACE = uuid.UUID("6f0a1f0e-3f5c-4d0e-9a52-5a7a3f8e2b11")
_feeds = Cache("feeds", 4 * MIB)


def route() -> Route:
    """The feed's address."""
    return Route(addresses.FEED, serve)


async def serve(request: Request) -> Response:
    """The feed in the language its address names, Chinese where it names none; 304 where the reader already has it."""
    w, base, now = choices.language(request), choices.base(request.scope), clock.now()
    body = await run_in_threadpool(_made, w, base, now)
    return respond(request, body, MEDIA_TYPE, cache_control=public(FRESH_S))


def _made(w: Words, base: str, now: datetime) -> bytes:
    minute = clock.minute(now)
    return _feeds.get((w, base, minute), lambda: atom(w, base, now), topics=live.TOPICS, weigh=len)


def atom(w: Words, base: str, now: datetime) -> bytes:
    """The feed of a moment; ``base``: the site's address."""
    made = Atom1Feed(
        title=w("changes.feed", site=w("site.name")),
        link=addresses.in_language(f"{base}/", w.lang),
        description=w("changes.feed_sub"),
        language=w.html_lang,
        author_name=w("site.name"),
        feed_url=addresses.in_language(base + addresses.FEED, w.lang),
        feed_guid=_id("feed", w),
    )
    for one in changes.changes(now):
        entry = changes_words.entry(one, w)
        made.add_item(
            title=entry.title,
            link=addresses.in_language(base + entry.path, w.lang),
            description=str(escape(entry.text)),
            unique_id=_id(one.key, w),
            pubdate=one.at,
            updateddate=one.at,
            categories=(entry.category,),
        )
    written = io.StringIO()
    made.write(written, "utf-8")
    return written.getvalue().encode()


def _id(key: str, w: Words) -> str:
    return uuid.uuid5(NAMESPACE, f"{key} {w.lang}").urn
