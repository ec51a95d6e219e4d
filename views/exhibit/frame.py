"""The page of the exhibit: every screen in both languages in one HTML."""

from collections.abc import Callable, Iterator

from markupsafe import Markup
from msgspec import Struct

from reports.found import NothingFoundError
from store import clock
from views import assets
from views.addresses import LIGHT_PAGES, picture_of
from views.cached import cached_rendering_of
from views.drawings import forest_dots, qr
from views.exhibit import drop, hills, part, sky, waste
from views.exhibit.pieces import Chapter, Poster, Scene, Screen
from views.templates import render
from views.text import found
from views.text.markup import html
from views.text.words import LANGUAGES, Words
from views.ui import hotline, inline
from views.visit import Visit

CHAPTERS: dict[str, Callable[[Visit], Chapter]] = {
    "sky": sky.chapter,
    "drop": drop.chapter,
    "waste": waste.chapter,
    "hills": hills.chapter,
    "part": part.chapter,
}
OF_CHAPTER: dict[str, Scene] = {"sky": "sky", "drop": "river", "waste": "plant", "hills": "hills", "part": "wall"}
ACCENTS = {"sky": "air", "drop": "water", "waste": "waste", "hills": "greening", "part": "air"}
ON_THE_PHONE = {
    "sky": "/lite/air",
    "drop": "/lite/water",
    "waste": "/lite/waste",
    "hills": "/lite/greening",
    "part": "/lite",
}
CODE_SIZE = 240


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class Place(Struct, frozen=True, weakref=True):
    """A screen in the story: its chapter's number and name."""

    number: int
    chapter: str
    screen: Screen


def document(number: int, lang: str, theme: str, base: str) -> Markup:
    """The whole page, open at a chapter in a language; the other screens are hidden. ``base``: the site's address.

    On an idle screen the scene and the sentence of each chapter take turns in both languages; the script copies what moves
    from the chapters' screens, so that the page does not contain it twice.
    """
    stories = [_story(Words(one), theme) for one in LANGUAGES]
    opened = next(
        place.screen.id for story in stories if story.w.lang == lang for place in story.places if place.number == number
    )
    return render(
        "exhibit",
        lang=lang,
        w=Words(lang),
        theme=theme,
        assets=assets,
        stories=stories,
        opened=opened,
        chapters=tuple(CHAPTERS),
        accents=ACCENTS,
        trees=forest_dots.trees(),
        reachable=qr.reachable(),
        code=code,
        hotline=hotline.text,
        broken=clauses,
        onward=_onward,
        base=base,
        picture=picture_of(LIGHT_PAGES[0], lang),
    )


class Story(Struct, frozen=True, weakref=True):
    """All chapters in one language: their screens in order, and where each chapter starts."""

    w: Words
    other: Words
    chapters: dict[str, Chapter]
    places: tuple[Place, ...]

    @property
    def starts(self) -> dict[int, str]:
        """The first screen of each chapter by its number."""
        firsts: dict[int, str] = {}
        for place in self.places:
            firsts.setdefault(place.number, place.screen.id)
        return firsts

    @property
    def touch(self) -> str:
        """The invitation."""
        return self.w("exhibit.touch")


def _story(w: Words, theme: str) -> Story:
    chapters = _chapters(Visit(w, theme, clock.now(), False))
    return Story(w, Words(next(one for one in LANGUAGES if one != w.lang)), chapters, tuple(_places(chapters)))


def _chapters(v: Visit) -> dict[str, Chapter]:
    return {name: chapter(name, v) for name in CHAPTERS}


@cached_rendering_of("facts", "air_hours", "air_days", "water", "ndvi", "sources")
def chapters_of_the_day(v: Visit) -> dict[str, Chapter]:
    """All chapters in one language by name, for a visit at midnight: without the ages of readings."""
    return _chapters(v)


def chapter(name: str, v: Visit) -> Chapter:
    """A chapter; where nothing was found of what it tells, one screen and a poster that say so."""
    try:
        return CHAPTERS[name](v)
    except NothingFoundError as error:
        title, sentence = v.w("site.not_found"), found.sentence(error, v.w)
        screen = Screen(name, html("{}", title), sentence, OF_CHAPTER[name], Markup(), Markup())
        return Chapter(html("{}", title), sentence, (screen,), Poster(sentence, Markup(), (), (), ()))


def _places(chapters: dict[str, Chapter]) -> Iterator[Place]:
    for number, (name, chapter) in enumerate(chapters.items(), 1):
        for screen in chapter.screens:
            yield Place(number, name, screen)


def clauses(headline: Markup, w: Words) -> list[Markup]:
    """Where a headline may break first: a Chinese one between its clauses, not within a word."""
    return inline.clauses(headline) if w.lang == "zh" else [headline]


def code(chapter: str, w: Words) -> Markup:
    """The code that leads to the chapter's light page on a phone; none where phones cannot reach this site."""
    return qr.code(ON_THE_PHONE[chapter], w.lang, title=w("exhibit.code"), size=CODE_SIZE)


def _onward(place: Place, following: Place) -> str:
    """What leads on is called: the card after the pledges, a chapter after a chapter, else simply on."""
    if following.screen.id == "card":
        return "exhibit.make_card"
    return "exhibit.next" if following.number > place.number else "exhibit.on"
