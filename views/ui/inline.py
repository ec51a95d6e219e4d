"""Pieces of running text: headings, paragraphs, bold and muted words, links, lists, what is typed as code."""

import re
from collections.abc import Iterable

from markupsafe import Markup

from views import addresses
from views.text import marked
from views.text.markup import html, join
from views.text.words import Words

MOST_QUOTED = 240  # letters
CLAUSE_END = re.compile("(?<=[，：？])")


def heading(text: Markup | str, level: int = 2) -> Markup:
    """A heading; ``level`` 1 to 6."""
    return html("<h{level}>{text}</h{level}>", level=level, text=text)


def paragraph(text: Markup | str, kind: str = "") -> Markup:
    """A paragraph; ``kind``: a class of the stylesheet."""
    mark = html(' class="{kind}"', kind=kind) if kind else Markup()
    return html("<p{mark}>{text}</p>", mark=mark, text=text)


def strong(text: Markup | str) -> Markup:
    """Words in bold."""
    return html("<strong>{text}</strong>", text=text)


def marks_in_bold(sentence: Markup) -> Markup:
    """A sentence with its marked numbers in bold."""
    return join(strong(part) if is_marked else part for part, is_marked in marked.parts(sentence))


def clauses(sentence: Markup) -> list[Markup]:
    """A marked Chinese sentence clause by clause; a mark that runs on over the end of a clause is set again in the next."""
    found = [Markup()]
    for part, is_marked in marked.parts(sentence):
        texts = (Markup(text) for text in CLAUSE_END.split(part))
        first, *following = (html("<em>{}</em>", text) if is_marked and text else text for text in texts)
        found[-1] += first
        found += following
    return [clause for clause in found if clause]


def with_remark(text: Markup | str, remark: Markup | str) -> Markup:
    """Words with a remark in small muted letters on the line below; without one the words alone."""
    below = html('<br><span class="muted small">{remark}</span>', remark=remark) if remark else Markup()
    return html("{text}{below}", text=text, below=below)


def below(text: Markup | str) -> Markup:
    """A line of small muted words under something; nothing where there are none."""
    return html('<div class="muted small">{text}</div>', text=text) if text else Markup()


def quoted_english(text: str) -> Markup:
    """What a programme or an upstream wrote in English, in small letters on a line of its own, shortened."""
    shown = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED].rstrip()}…"
    return html('<div class="muted small" lang="en">{shown}</div>', shown=shown) if text else Markup()


def lines(texts: Iterable[Markup | str]) -> Markup:
    """Texts, each on a line of its own."""
    return Markup("<br>").join(texts)


def link(href: str, text: str, *, kind: str = "") -> Markup:
    """A link; ``kind``: a class of the stylesheet."""
    mark = html(' class="{kind}"', kind=kind) if kind else Markup()
    return html('<a{mark} href="{href}">{text}</a>', mark=mark, href=href, text=text)


def link_here(href: str, text: str, *, kind: str = "") -> Markup:
    """A link to another screen of this site, which takes the place of this page: Streamlit opens a new one else."""
    mark = html(' class="{kind}"', kind=kind) if kind else Markup()
    return html('<a{mark} href="{href}" target="_self">{text}</a>', mark=mark, href=href, text=text)


def to_api(w: Words) -> Markup:
    """The link to the page of the interface for programs, in the same language."""
    return link_here(addresses.in_language(addresses.API, w.lang), w("api.home"))


def to_data(w: Words) -> Markup:
    """The link to all tables, to take home."""
    return link_here(addresses.in_language(addresses.OPEN_DATA, w.lang), w("data.title"))


def for_others(w: Words) -> Markup:
    """The ways in for those who go on working with the data: tables and the interface for programs."""
    return join((to_data(w), to_api(w)), " · ")


def link_to_file(href: str, text: str, *, lang: str) -> Markup:
    """A link to a file in a language, opened in a tab of its own."""
    return html('<a href="{href}" target="_blank" hreflang="{lang}">{text}</a>', href=href, lang=lang, text=text)


def of_language(text: str, lang: str) -> Markup:
    """Words of another language than the page's; ``lang``: as HTML names it."""
    return html('<span lang="{lang}">{text}</span>', lang=lang, text=text)


def unbroken(text: str) -> Markup:
    """Words that stay on one line."""
    return html('<span style="white-space:nowrap">{text}</span>', text=text)


def code(text: str) -> Markup:
    """What is typed into a terminal or an address line."""
    return html('<code lang="en">{text}</code>', text=text)


def key(text: str) -> Markup:
    """The name of a key of the keyboard."""
    return html('<kbd lang="en">{text}</kbd>', text=text)


def ordered(items: Iterable[Markup | str]) -> Markup:
    """Steps in order, numbered."""
    return html("<ol>{}</ol>", join(html("<li>{item}</li>", item=item) for item in items))


def file(text: str, lang: str = "en") -> Markup:
    """Text to be copied, line by line, in a language; the keyboard reaches it to scroll."""
    return html('<div class="file" lang="{lang}" tabindex="0">{}</div>', lines(text.splitlines()), lang=lang)


def unseen_heading(text: str) -> Markup:
    """A heading for those who hear a page or jump from heading to heading; others see it as the name of the open tab."""
    return html('<h2 class="unseen">{}</h2>', text)
