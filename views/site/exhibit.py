"""The exhibit's page on the site: the link into the story, its chapters, its posters to print."""

from collections.abc import Mapping

from markupsafe import Markup

from reports import provenance
from views.addresses import EXHIBIT, in_language, screen
from views.exhibit.pieces import Chapter
from views.site import page
from views.site.sheet import drawn_once
from views.text.markup import join
from views.text.words import LANGUAGES, Words
from views.ui import cards, inline
from views.ui import frame as page_frame
from views.visit import Visit


@drawn_once()
def show(v: Visit, chapters: Mapping[str, Chapter]) -> None:
    """The link into the story, then each chapter with its sentence, its source note and its posters."""
    page.head(v, "exhibit", v.w.html("exhibit.enter.headline"), v.w("exhibit.enter.lead"))
    page.show(page_frame.entrance(in_language(f".{screen(EXHIBIT)}", v.w.lang), v.w("exhibit.enter.begin")))
    page.show(cards.grid((_card(n, name, one, v.w) for n, (name, one) in enumerate(chapters.items(), 1)), "three"))
    page.foot(v, "exhibit")


def _card(n: int, name: str, one: Chapter, w: Words) -> Markup:
    known = one.poster.sources
    source_note = cards.source_note(provenance.merged(known, known[0].kind, known[0].period), w) if known else Markup()
    opened = in_language(f".{screen(EXHIBIT, chapter=str(n))}", w.lang)
    title = w("exhibit.chapter", n=n, name=w(f"exhibit.name.{name}"))
    posters = [
        inline.link_to_file(in_language(f"/poster/{name}.pdf", lang), w(f"exhibit.enter.poster_{lang}"), lang=lang)
        for lang in LANGUAGES
    ]
    body = inline.heading(inline.link_here(opened, title)) + inline.paragraph(inline.marks_in_bold(one.headline))
    body += inline.paragraph(join([w("exhibit.enter.poster"), " ", join(posters, " · ")]), "small")
    return cards.card("", body, foot=source_note)
