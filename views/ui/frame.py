"""The frame of a page of the site as HTML: bar, head, titles of blocks, remarks, foot."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup
from msgspec import Struct

from views.addresses import in_language, with_query
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import hotline, inline


class Choice(Struct, frozen=True, weakref=True):
    """A choice of the visitor's: its name in an address, its title, what can be chosen with its text, what is in force.

    ``leads``: where what is chosen is shown whole, and the link's text; nothing where the page itself changes.
    """

    name: str
    title: str
    values: Mapping[str, str]
    chosen: str
    leads: Markup = Markup()


def themed(block: Markup, theme: str) -> Markup:
    """A piece of a page with the site's styles and the accent colour of a theme."""
    return html('<div class="x theme-{theme}">{block}</div>', theme=theme, block=block)


def stacked(blocks: Sequence[Markup]) -> Markup:
    """Pieces of a page one under the other, as far apart as the page's own elements; one alone as it is."""
    return blocks[0] if len(blocks) == 1 else html('<div class="x stack">{}</div>', join(blocks))


def bar(w: Words, other: str, choices: Iterable[Choice], light: str, place: Mapping[str, str]) -> Markup:
    """The hotline, the light page, the other language and the folded choices: plain links, reached by the keyboard.

    ``light``: the path of the light page; ``place``: what else the address says, which a choice keeps.
    """
    to_light = html(
        '<a class="to-lite" href="{}" target="_self">{}</a>', in_language(light, w.lang), w("site.light_version")
    )
    ways = html('<div role="group" aria-label="{}">{}{}</div>', w("site.ways"), hotline.link(w), to_light)
    return html(
        '<nav class="bar" aria-label="{}">{}{}'
        '<a href="{}" target="_self" lang="{other}" hreflang="{other}" aria-label="{}">{}</a>'
        '<details class="reading"><summary aria-label="Aa {}">Aa</summary><div class="panel">{}{}</div></details></nav>',
        w("site.main_menu"),
        hotline.short(w),
        to_light,
        _chosen(place, lang=other),
        w("site.language_switch_label"),
        w("site.language_switch"),
        w("page.choices"),
        join(_choice(w, one, place) for one in choices),
        ways,
        other=other,
    )


def _chosen(place: Mapping[str, str], **choices: str) -> str:
    """The address of this page with choices, otherwise at the same place."""
    return with_query("", **choices | {name: value for name, value in place.items() if name not in choices})


def _choice(w: Words, choice: Choice, place: Mapping[str, str]) -> Markup:
    """A link for each value, the one in force marked."""
    links = join(
        html(
            '<a href="{}" target="_self"{}>{}</a>',
            _chosen(place, **{choice.name: value, "lang": w.lang}),
            Markup(" aria-current=true") if value == choice.chosen else Markup(),
            text,
        )
        for value, text in choice.values.items()
    )
    return html(
        '<div role="group" aria-label="{title}"><span>{title}</span>{links}{}</div>',
        choice.leads,
        title=choice.title,
        links=links,
    )


def head(eyebrow: str, headline: Markup | str, lead: str) -> Markup:
    """The head of a page: its name, the answer to its question, what that rests on."""
    return inline.paragraph(eyebrow, "eyebrow") + inline.heading(headline, 1) + inline.paragraph(lead, "lead")


def title(text: str, sub: str = "", *, level: int = 2) -> Markup:
    """The title of a block, with a line under it."""
    return inline.heading(text, level) + (inline.paragraph(sub, "sub") if sub else Markup())


def note(text: str, *, warn: bool = False) -> Markup:
    """A remark on a block."""
    return inline.paragraph(text, "note warn" if warn else "note")


def store_away(lasting: timedelta | None, w: Words) -> Markup:
    """That the database has not answered for so long, so that a page shows what was read before; nothing while it answers."""
    return Markup() if lasting is None else note(w("site.store_away", ago=fmt.ago(lasting, w)), warn=True)


def headed(heading: Markup | str, sub: str, body: Markup) -> Markup:
    """A part of a block under a title of its own, with a line under that."""
    return html(
        '{}<p class="sub" style="margin-bottom:.7rem">{sub}</p>{body}', inline.heading(heading, 3), sub=sub, body=body
    )


def failure(heading: str, text: str) -> Markup:
    """What stands in place of a page that failed."""
    return html('<h2 class="pagefail">{heading}</h2>{}', inline.paragraph(text), heading=heading)


def entrance(href: str, text: str) -> Markup:
    """The link to a screen of its own."""
    return inline.paragraph(inline.link_here(href, f"{text} →", kind="enter"))


def foot(w: Words, district: Markup, lines: Iterable[Markup | str], code: Markup, paper: Markup) -> Markup:
    """The foot of a page: whom to call, the visitor's district, what is true of all pages, a code to it on a phone, if any.

    ``paper``: what only a printed page shows.
    """
    texts = inline.paragraph(hotline.link(w)) + inline.paragraph(district) + join(map(inline.paragraph, lines)) + paper
    return html('<div class="footer"><div>{}</div>{code}</div>', texts, code=code)


def printed(w: Words, day: date, address: str) -> Markup:
    """Of which day a printed page is and where it is found; not shown on a screen."""
    return inline.paragraph(w("page.printed", day=fmt.day(day, w), address=address), "printed")


def code(drawn: Markup, name: str) -> Markup:
    """A code with its name below."""
    return html('<figure class="code">{drawn}<figcaption>{name}</figcaption></figure>', drawn=drawn, name=name)
