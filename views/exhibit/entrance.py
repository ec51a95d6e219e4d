"""The exhibit's page on the site: what the story tells, the way into it, its posters to print."""

from html import escape

from reports import basis
from views import cards, marked, page
from views.exhibit import frame
from views.exhibit.pieces import Chapter
from views.page import Visit
from views.words import LANGUAGES, Words


def show(v: Visit) -> None:
    """The way in, then each chapter with its sentence, its origin and its posters."""
    chapters, _ = frame.story(v)
    page.head(v, "exhibit", escape(v.w("exhibit.enter.headline")), v.w("exhibit.enter.lead"))
    page.show(
        f'<p><a class="enter" href="./?view=exhibit&lang={v.w.lang}" target="_self">'
        f"{escape(v.w('exhibit.enter.begin'))} →</a></p>"
    )
    page.show(cards.grid((_card(n, name, one, v.w) for n, (name, one) in enumerate(chapters.items(), 1)), "three"))
    page.foot(v, "exhibit")


def _card(n: int, name: str, one: Chapter, w: Words) -> str:
    bases = one.poster.bases
    origin = cards.origin(basis.merged(bases, bases[0].kind, bases[0].period), w)
    opened = f"./?view=exhibit&chapter={n}&lang={w.lang}"
    title = w("exhibit.chapter", n=n, name=w(f"exhibit.name.{name}"))
    posters = " · ".join(
        f'<a href="/poster/{name}.pdf?lang={lang}" target="_blank" hreflang="{lang}">'
        f"{escape(w(f'exhibit.enter.poster_{lang}'))}</a>"
        for lang in LANGUAGES
    )
    body = (
        f'<h2><a href="{opened}" target="_self">{escape(title)}</a></h2><p>{marked.html(one.headline, "strong")}</p>'
        f'<p class="small">{escape(w("exhibit.enter.poster"))} {posters}</p>'
    )
    return cards.card("", body, foot=origin)
