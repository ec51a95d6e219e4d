"""The frame of every page: who is looking (language, theme, day), its head, charts with their source notes, its foot."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pydeck
import streamlit as st
from markupsafe import Markup

from reports.found import NothingFoundError, What
from reports.provenance import Provenance
from store import clock, database
from views import addresses
from views.cached import cached_rendering
from views.charts import maps as deck_maps
from views.charts import prepared
from views.drawings import qr
from views.drawings.wordmark import wordmark
from views.site import sheet
from views.site.sheet import Download
from views.text import found
from views.text.words import LANGUAGES, Words
from views.ui import cards, inline
from views.ui import district as district_pieces
from views.ui import frame as page_frame
from views.ui.download import links
from views.ui.places import Layer
from views.visit import CONTRASTS, DISTRICTS, PHONE, TEXT_SIZES, THEMES, Visit

APPROVAL = os.environ.get("XINING_MAP_APPROVAL", "GS（2024）0650号")
TABLE_ROWS = 400
CODE_PX = 96
PLACE_NAME = re.compile(r"[\w-]{1,40}", re.ASCII)


def visit() -> Visit:
    """Read the visitor's choices: the address first, then this session, then the cookie, then Chinese and light."""
    lang = _choice("lang", LANGUAGES) or LANGUAGES[0]
    theme = _choice("theme", tuple(THEMES)) or st.context.theme.type or "light"
    phone = bool(PHONE.search(st.context.headers.get("User-Agent", "")))
    return Visit(Words(lang), theme, clock.now(), bool(st.context.is_embedded), phone, {"lang": lang})


def _choice(name: str, allowed: Sequence[str]) -> str | None:
    """One of the allowed values; the cookies are those a session came with, read once."""
    value = st.query_params.get(name)
    if value not in allowed:
        value = st.session_state.get(name)
    if value is None:
        value = st.context.cookies.get(name, "")
    st.session_state[name] = value = value if value in allowed else ""
    return value or None


def district() -> str | None:
    """The district the visitor chose, None where they chose none."""
    return _choice("district", DISTRICTS)


def show(block: Markup, *, theme: str = "") -> None:
    """Put a piece of HTML on the page with the site's styles; ``theme`` sets its accent colour."""
    sheet.show(page_frame.themed(block, theme))


def bar(v: Visit) -> None:
    """Name, language, and how the page reads; a note while the database does not answer."""
    w, other = v.w, "en" if v.w.lang == "zh" else "zh"
    st.logo(wordmark(w("site.name"), v.dark), size="large", link=None)
    chosen = {"text": _choice("text", TEXT_SIZES), "contrast": _choice("contrast", CONTRASTS), "theme": v.theme}
    rows = (("text", "text_size", TEXT_SIZES), ("contrast", "contrast", CONTRASTS), ("theme", "theme", tuple(THEMES)))
    choices = [district_pieces.choice(district(), v)]
    for name, title, values in rows:
        texts = {value: w(f"page.{name}_{value}") for value in values}
        choices.append(page_frame.Choice(name, w(f"page.{title}"), texts, chosen[name] or values[0]))
    show(page_frame.bar(w, other, choices, addresses.light_of(_path()), _place(v)))
    if away := page_frame.store_away(database.away(), w):
        show(away)


def _path() -> str:
    """The page's name in its address; empty for the entry page."""
    return urlsplit(st.context.url or "").path.strip("/")


def _address() -> str:
    """The page's address with its place, as the public finds it; as this visitor did where the operator names none."""
    asked = urlsplit(st.context.url or "")
    site = addresses.public_site() or f"{asked.scheme}://{asked.netloc}"
    place = urlencode(_named())
    return f"{site}{asked.path}" + (f"?{place}" if place else "")


def _named() -> dict[str, str]:
    """What the address names of the place on the page; odd values are left out."""
    named = {name: st.query_params.get(name, "") for name in addresses.PLACE}
    return {name: value for name, value in named.items() if PLACE_NAME.fullmatch(value)}


def _place(v: Visit) -> dict[str, str]:
    """Where on the page the visitor is, by its address."""
    return _named() | ({"embed": "true"} if v.embedded else {})


def head(v: Visit, name: str, headline: Markup, lead: str) -> None:
    """The head of a page: its question's answer as a sentence. ``headline`` may mark its numbers with <em>."""
    show(cards.wrapped("long-head", page_frame.head(v.w(f"site.nav.{name}"), headline, lead)), theme=name)


@contextmanager
def if_found(v: Visit) -> Iterator[None]:
    """Draw what a report has; where nothing was found of it, a note that says so in its place."""
    try:
        yield
    except NothingFoundError as error:
        note(found.sentence(error, v.w))


def nothing(v: Visit, what: What) -> None:
    """A note in the place of a block that nothing was found of."""
    note(v.w(f"found.{what}"))


def section(title: str, sub: str = "") -> None:
    """The title of a block, with a line under it."""
    show(page_frame.title(title, sub))


def note(text: str, *, warn: bool = False, theme: str = "") -> None:
    """A remark on a block, such as what a break in a series means."""
    show(page_frame.note(text, warn=warn), theme=theme)


def chart(
    v: Visit,
    figure: go.Figure,
    *,
    download: str,
    title: str,
    alt: str,
    provenance: Provenance,
    data: pd.DataFrame,
    sub: str = "",
) -> None:
    """A chart under the message it carries, with its source note, the table behind it, and how to download it.

    ``download``: its id in :mod:`views.exports.charts`.
    """
    _title(title, sub)
    config = {"displayModeBar": False, "responsive": True}
    sheet.put(lambda: st.plotly_chart(figure, theme=None, config=config, alt=alt), prepared.WEIGHT_BYTES)
    _under(v, Download(download, title, sub, figure, provenance, data))


def drawing(
    v: Visit,
    svg: Markup,
    *,
    download: str,
    title: str,
    provenance: Provenance,
    data: pd.DataFrame,
    sub: str = "",
    called: str = "",
    is_map: bool = False,
    shown: Markup | None = None,
    key: Sequence[tuple[str, str]] = (),
) -> None:
    """A drawing made on the server (it carries its own description), with title, source note and table.

    ``called``: its title where it is downloaded and the page has that elsewhere; ``shown``: what the page shows, where that
    is more than the drawing; ``key``: of :class:`Download`.
    """
    _title(title, sub)
    show(svg if shown is None else shown)
    _under(v, Download(download, called or title, sub, svg, provenance, data, is_map, key))


def deck(
    v: Visit,
    made: pydeck.Deck,
    *,
    download: str,
    called: str,
    alt: str,
    provenance: Provenance,
    still: Markup,
    data: pd.DataFrame,
    height: int = 460,
) -> None:
    """A map from our own vectors, and the same as a still picture for browsers without WebGL, which can be downloaded."""
    shown = deck_maps.for_phone(made) if v.phone else made
    sheet.put(lambda: _movable(shown, v.w, height=height, alt=alt, name=download), prepared.WEIGHT_BYTES)
    show(cards.folded(v.w("site.map_static"), still))
    _under(v, Download(download, called, "", still, provenance, data, is_map=True))


def _movable(shown: pydeck.Deck, w: Words, *, height: int, alt: str, name: str) -> None:
    """A map to move about in, and the button that puts it back."""
    key = f"put_back_{name}"
    times = st.session_state.setdefault(f"{key}_times", 0)
    st.pydeck_chart(deck_maps.put_back(shown, times % 2 == 1), height=height, alt=alt)
    st.button(w("map.put_back"), key=key, on_click=lambda: st.session_state.update({f"{key}_times": times + 1}))


def _title(title: str, sub: str) -> None:
    if title:
        show(page_frame.title(title, sub, level=3))


def choice(label: str, names: Mapping[str, str], key: str, placeholder: str) -> str | None:
    """A list to choose one of many from, by the names of their ids; None as long as none is chosen."""
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda one: names.get(one, ""),
        key=key,
        placeholder=placeholder,
        filter_mode=None,
    )


def _under(v: Visit, one: Download) -> None:
    table = cards.folded(v.w("site.show_table"), frame_table(one.data))
    show(cards.source_note(one.provenance, v.w) + table + download_links(v, one))


def download_links(v: Visit, one: Download) -> Markup:
    """Where a drawing can be downloaded: as a picture, as the table behind it, with how to cite it."""
    sheet.announce(one)
    return links(one.id, v.w)


@cached_rendering
def places_frame(layer: Layer, w: Words) -> pd.DataFrame:
    """What a map shows of each of its places, as a table."""
    rows = [(one.name, one.state, " · ".join(one.lines)) for one in layer.places]
    return pd.DataFrame(rows, columns=[w(f"map.column_{name}") for name in ("place", "state", "more")])


@cached_rendering
def frame_table(data: pd.DataFrame) -> Markup:
    """A frame whose columns are already named in the visitor's language, as a table."""
    shown = data.tail(TABLE_ROWS)
    numeric = [i for i, kind in enumerate(shown.dtypes) if pd.api.types.is_numeric_dtype(kind)]
    rows = [[cards.cell("" if pd.isna(item) else item) for item in row] for row in shown.astype(object).to_numpy()]
    return cards.table([str(name) for name in shown.columns], rows, numeric=numeric)


def foot(v: Visit, name: str) -> None:
    """What is true of every page, and a code to the same page on a phone: the light one where there is one."""
    true_of_all = (v.w("site.footer_sources"), v.w("site.footer_archive"), maps_line(v.w))
    lines = (*true_of_all, inline.for_others(v.w))
    paper = page_frame.printed(v.w, v.today, _address())
    show(page_frame.foot(v.w, district_pieces.way(district(), v), lines, _code(name, v.w), paper))


def maps_line(w: Words) -> str:
    """Where the borders of maps are from, and their approval number."""
    return w("site.footer_map", approval=w("page.approval", number=APPROVAL))


def _code(name: str, w: Words) -> Markup:
    path = addresses.light(name) if name in addresses.LIGHT_PAGES else f"/{name}"
    title = w("page.code")
    drawn = qr.code(path, w.lang, title=title, size=CODE_PX)
    return page_frame.code(drawn, title) if drawn else Markup()
