"""The frame of every page: who is looking (language, theme, day), the head of the page, charts with their origin, the foot."""

import os
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import pydeck
import streamlit as st
from markupsafe import Markup

from reports.provenance import Provenance
from store import clock
from views import addresses
from views.cached import cached_rendering
from views.charts import maps as deck_maps
from views.drawings import qr
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.ui import cards
from views.visit import CONTRASTS, PHONE, TEXT_SIZES, THEMES, Visit

APPROVAL = os.environ.get("XINING_MAP_APPROVAL", "GS（2024）0650号")
TABLE_ROWS = 400
CODE_PX = 96
SANS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"


def visit() -> Visit:
    """Read the visitor's choices: the address first, then this session, then the cookie, then Chinese and light."""
    lang = _choice("lang", LANGUAGES) or LANGUAGES[0]
    theme = _choice("theme", tuple(THEMES)) or st.context.theme.type or "light"
    phone = bool(PHONE.search(st.context.headers.get("User-Agent", "")))
    return Visit(Words(lang), theme, clock.now(), bool(st.context.is_embedded), phone)


def _choice(name: str, allowed: Sequence[str]) -> str | None:
    for asked in (st.query_params.get(name), st.session_state.get(name), st.context.cookies.get(name)):
        if asked in allowed:
            st.session_state[name] = asked
            return asked
    return None


def show(block: Markup, *, theme: str = "") -> None:
    """Put a piece of HTML on the page in the house's hand; ``theme`` sets its accent colour.

    Through st.markdown, which keeps SVG (st.html takes it out). A line break would end the HTML block, so there is none.
    """
    shown = html('<div class="x theme-{theme}">{block}</div>', theme=theme, block=block)
    st.markdown(shown.replace("\n", " "), unsafe_allow_html=True)


def bar(v: Visit) -> None:
    """Name, language, and how the page reads: plain links, so that they work from the keyboard and can be passed on."""
    w, other = v.w, "en" if v.w.lang == "zh" else "zh"
    st.logo(_wordmark(w("site.name"), v.dark), size="large", link=None)
    chosen = {"text": _choice("text", TEXT_SIZES), "contrast": _choice("contrast", CONTRASTS), "theme": v.theme}
    rows = (("text", "text_size", TEXT_SIZES), ("contrast", "contrast", CONTRASTS), ("theme", "theme", tuple(THEMES)))
    folded = join(
        _choices(w, name, w(f"page.{title}"), values, chosen[name] or values[0]) for name, title, values in rows
    )
    show(
        html(
            '<nav class="bar" aria-label="{}">'
            '<a href="?lang={other}" target="_self" lang="{other}" hreflang="{other}" '
            'aria-label="{}">{}</a>'
            '<details class="reading"><summary aria-label="Aa {}">Aa</summary>'
            '<div class="panel">{folded}</div></details></nav>',
            w("site.main_menu"),
            w("site.language_switch_label"),
            w("site.language_switch"),
            w("page.reading"),
            other=other,
            folded=folded,
        )
    )


def _choices(w: Words, name: str, title: str, values: Sequence[str], chosen: str) -> Markup:
    """One row of the folded part of the bar: a link for each value, the one in force marked."""
    links = join(
        html(
            '<a href="?{name}={value}&lang={}" target="_self"{}>{}</a>',
            w.lang,
            Markup(" aria-current=true") if value == chosen else Markup(),
            w(f"page.{name}_{value}"),
            name=name,
            value=value,
        )
        for value in values
    )
    return html('<div role="group" aria-label="{title}"><span>{title}</span>{links}</div>', title=title, links=links)


def _wordmark(name: str, dark: bool) -> Markup:
    """The site's name as a small picture, a line of sky and a line of river under it."""
    wide = round(sum(18 if ord(letter) > 255 else 9.6 for letter in name)) + 4
    ink, sky, river = ("#EAF2F8", "#5AB0F2", "#3CC4BD") if dark else ("#12263A", "#1972BE", "#0B7F7B")
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="27" viewBox="0 0 {wide} 27">'
        '<text x="0" y="18" font-size="18" font-weight="700" fill="{ink}" font-family="{SANS}" '
        'textLength="{}">{name}</text>'
        '<path d="M0 24.5h{}" stroke="{sky}" stroke-width="2"/>'
        '<path d="M{} 24.5h{}" stroke="{river}" stroke-width="2"/></svg>',
        wide - 4,
        wide // 2 - 4,
        wide // 2,
        wide // 2 - 4,
        wide=wide,
        ink=ink,
        SANS=SANS,
        name=name,
        sky=sky,
        river=river,
    )


def head(v: Visit, room: str, headline: Markup, lead: str) -> None:
    """The head of a page: its question's answer as a sentence. ``headline`` may mark its numbers with <em>."""
    show(
        html(
            '<p class="eyebrow">{}</p><h1>{headline}</h1><p class="lead">{lead}</p>',
            v.w(f"site.nav.{room}"),
            headline=headline,
            lead=lead,
        ),
        theme=room,
    )


def section(title: str, sub: str = "") -> None:
    """The title of a block, with a line under it."""
    show(html("<h2>{title}</h2>", title=title) + (html('<p class="sub">{sub}</p>', sub=sub) if sub else Markup()))


def note(text: str, *, warn: bool = False, theme: str = "") -> None:
    """A remark beside a block, such as what a break in a series means."""
    show(html('<p class="note{}">{text}</p>', " warn" if warn else "", text=text), theme=theme)


def chart(
    v: Visit,
    figure: go.Figure,
    *,
    title: str,
    alt: str,
    provenance: Provenance,
    data: pd.DataFrame | None = None,
    sub: str = "",
) -> None:
    """A chart under the message it carries, with its origin and the table behind it."""
    _title(title, sub)
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False, "responsive": True}, alt=alt)
    _under(v, provenance, data)


def drawing(
    v: Visit, svg: Markup, *, title: str, provenance: Provenance, data: pd.DataFrame | None = None, sub: str = ""
) -> None:
    """A drawing made on the server (it carries its own description), with title, origin and table."""
    _title(title, sub)
    show(svg)
    _under(v, provenance, data)


def deck(
    v: Visit,
    made: pydeck.Deck,
    *,
    title: str,
    alt: str,
    provenance: Provenance,
    still: Markup,
    height: int = 460,
    sub: str = "",
) -> None:
    """A map from our own vectors, and the same as a still picture for browsers without WebGL."""
    _title(title, sub)
    st.pydeck_chart(deck_maps.for_phone(made) if v.phone else made, height=height, alt=alt)
    show(cards.folded(v.w("site.map_static"), still) + cards.source_note(provenance, v.w))


def _title(title: str, sub: str) -> None:
    if title:
        show(html("<h3>{title}</h3>", title=title) + (html('<p class="sub">{sub}</p>', sub=sub) if sub else Markup()))


def _under(v: Visit, provenance: Provenance, data: pd.DataFrame | None) -> None:
    parts = cards.source_note(provenance, v.w)
    if data is not None:
        parts += cards.folded(v.w("site.show_table"), frame_table(data))
    show(parts)


@cached_rendering
def frame_table(data: pd.DataFrame) -> Markup:
    """A frame whose columns are already named in the visitor's language, as a table."""
    shown = data.tail(TABLE_ROWS)
    numeric = [i for i, kind in enumerate(shown.dtypes) if pd.api.types.is_numeric_dtype(kind)]
    rows = [[cards.cell("" if pd.isna(item) else item) for item in row] for row in shown.astype(object).to_numpy()]
    return cards.table([str(name) for name in shown.columns], rows, numeric=numeric)


def foot(v: Visit, room: str) -> None:
    """What holds for every page, and a code to the same page on a phone: the light one where there is one."""
    approval = v.w("page.approval", number=APPROVAL)
    lines = (v.w("site.footer_sources"), v.w("site.footer_archive"), v.w("site.footer_map", approval=approval))
    words = join(html("<p>{text}</p>", text=text) for text in lines)
    show(html('<div class="footer"><div>{words}</div>{}</div>', _code(room, v.w), words=words))


@cached_rendering
def _code(room: str, w: Words) -> Markup:
    address = qr.public(addresses.light(room) if room in addresses.LIGHT_PAGES else f"/{room}", w.lang)
    name = w("page.code")
    return html(
        '<figure class="code">{}<figcaption>{name}</figcaption></figure>',
        qr.svg(address, title=name, size=CODE_PX),
        name=name,
    )
