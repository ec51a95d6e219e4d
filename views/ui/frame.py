"""The frame of a page of the site as HTML: bar, head, titles of blocks, remarks, foot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from views.text.markup import html, join
from views.text.words import Words
from views.ui import inline


@dataclass(frozen=True)
class Choice:
    """A choice of how the page reads: its name in an address, its title, what can be chosen, what is in force."""

    name: str
    title: str
    values: Sequence[str]
    chosen: str


def themed(block: Markup, theme: str) -> Markup:
    """A piece of a page with the site's styles and the accent colour of a theme."""
    return html('<div class="x theme-{theme}">{block}</div>', theme=theme, block=block)


def stacked(blocks: Sequence[Markup]) -> Markup:
    """Pieces of a page one under the other, as far apart as the page's own elements; one alone as it is."""
    return blocks[0] if len(blocks) == 1 else html('<div class="x stack">{}</div>', join(blocks))


def bar(w: Words, other: str, choices: Iterable[Choice]) -> Markup:
    """The link to the other language and the folded choices: plain links, reached by the keyboard and passed on."""
    return html(
        '<nav class="bar" aria-label="{}">'
        '<a href="?lang={other}" target="_self" lang="{other}" hreflang="{other}" aria-label="{}">{}</a>'
        '<details class="reading"><summary aria-label="Aa {}">Aa</summary><div class="panel">{}</div></details></nav>',
        w("site.main_menu"),
        w("site.language_switch_label"),
        w("site.language_switch"),
        w("page.reading"),
        join(_choice(w, one) for one in choices),
        other=other,
    )


def _choice(w: Words, choice: Choice) -> Markup:
    """A link for each value, the one in force marked."""
    links = join(
        html(
            '<a href="?{name}={value}&lang={}" target="_self"{}>{}</a>',
            w.lang,
            Markup(" aria-current=true") if value == choice.chosen else Markup(),
            w(f"page.{choice.name}_{value}"),
            name=choice.name,
            value=value,
        )
        for value in choice.values
    )
    return html(
        '<div role="group" aria-label="{title}"><span>{title}</span>{links}</div>', title=choice.title, links=links
    )


def head(eyebrow: str, headline: str, lead: str) -> Markup:
    """The head of a page: its name, the answer to its question, what that rests on."""
    return inline.paragraph(eyebrow, "eyebrow") + inline.heading(headline, 1) + inline.paragraph(lead, "lead")


def title(text: str, sub: str = "", *, level: int = 2) -> Markup:
    """The title of a block, with a line under it."""
    return inline.heading(text, level) + (inline.paragraph(sub, "sub") if sub else Markup())


def note(text: str, *, warn: bool = False) -> Markup:
    """A remark on a block."""
    return inline.paragraph(text, "note warn" if warn else "note")


def headed(heading: str, sub: str, body: Markup) -> Markup:
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


def foot(lines: Iterable[str], code: Markup) -> Markup:
    """The foot of a page: what is true of all of them, and a code to the same page on a phone."""
    return html('<div class="footer"><div>{}</div>{code}</div>', join(map(inline.paragraph, lines)), code=code)


def code(drawn: Markup, name: str) -> Markup:
    """A code with its name below."""
    return html('<figure class="code">{drawn}<figcaption>{name}</figcaption></figure>', drawn=drawn, name=name)
