"""The exhibit's page on the site: what the story tells, the way into it, its posters to print."""

from markupsafe import Markup

from reports import provenance
from views.exhibit import frame
from views.exhibit.pieces import Chapter
from views.site import page
from views.text import marked
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.ui import cards
from views.visit import Visit


def show(v: Visit) -> None:
    """The way in, then each chapter with its sentence, its origin and its posters."""
    chapters, _ = frame.story(v)
    page.head(v, "exhibit", v.w.html("exhibit.enter.headline"), v.w("exhibit.enter.lead"))
    page.show(
        html(
            '<p><a class="enter" href="./?view=exhibit&lang={}" target="_self">{} →</a></p>',
            v.w.lang,
            v.w("exhibit.enter.begin"),
        )
    )
    page.show(cards.grid((_card(n, name, one, v.w) for n, (name, one) in enumerate(chapters.items(), 1)), "three"))
    page.foot(v, "exhibit")


def _card(n: int, name: str, one: Chapter, w: Words) -> Markup:
    bases = one.poster.bases
    source_note = cards.source_note(provenance.merged(bases, bases[0].kind, bases[0].period), w)
    opened = f"./?view=exhibit&chapter={n}&lang={w.lang}"
    title = w("exhibit.chapter", n=n, name=w(f"exhibit.name.{name}"))
    posters = join(
        (
            html(
                '<a href="/poster/{name}.pdf?lang={lang}" target="_blank" hreflang="{lang}">{}</a>',
                w(f"exhibit.enter.poster_{lang}"),
                name=name,
                lang=lang,
            )
            for lang in LANGUAGES
        ),
        " · ",
    )
    body = html(
        '<h2><a href="{opened}" target="_self">{title}</a></h2><p>{}</p><p class="small">{} {posters}</p>',
        marked.strong(one.headline),
        w("exhibit.enter.poster"),
        opened=opened,
        title=title,
        posters=posters,
    )
    return cards.card("", body, foot=source_note)
