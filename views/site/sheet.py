"""What a block puts on the page: drawn once for the same reports, put there again by every run.

A block that holds no widget and does not read the clock is marked ``@drawn_once()``; what it shows, charts and columns
included, is recorded at its first run and cached by its arguments.
"""

import string
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from itertools import groupby
from typing import Concatenate, Literal, ParamSpec, cast

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup
from msgspec import Struct, field
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.proto.Markdown_pb2 import Markdown

from reports.provenance import Provenance
from views.cached import cached_rendering_of
from views.ui import frame as page_frame
from views.visit import Visit

P = ParamSpec("P")
Put = Callable[[], object]
Block = Callable[Concatenate[Visit, P], None]


class Sheet(Struct, weakref=True):
    """Elements in their order, HTML or the call that puts another one on the page; ``weight_bytes`` for the cache's bound."""

    elements: list[Markup | Put] = field(default_factory=list)
    weight_bytes: int = 0

    def close(self) -> None:
        """Join HTML that follows HTML: one message to the browser instead of many."""
        joined: list[Markup | Put] = []
        for plain, group in groupby(self.elements, lambda one: isinstance(one, Markup)):
            parts = list(group)
            joined += [page_frame.stacked(cast("list[Markup]", parts))] if plain else parts
        self.elements = joined

    def put(self) -> None:
        """Put every element on the page, or on the sheet being recorded."""
        for one in self.elements:
            if isinstance(one, Markup):
                show(one)
            else:
                put(one, 0)


_recording: ContextVar[Sheet | None] = ContextVar("recording", default=None)


class Download(Struct, frozen=True, weakref=True):
    """A drawing of a card, to be downloaded: its id (an address), title, line below it, picture, origin, the table behind it.

    ``picture``: an SVG, or a Plotly figure. ``is_map``: it shows borders, and needs its approval number.
    ``key``: what its colours mean, as words and colour (empty where the words stand alone).
    """

    id: str
    title: str
    sub: str
    picture: Markup | go.Figure
    provenance: Provenance
    data: pd.DataFrame
    is_map: bool = False
    key: Sequence[tuple[str, str]] = ()


SIGNS = {ord(sign): f"\\{sign}" for sign in string.punctuation}
_collecting: ContextVar[list[Download] | None] = ContextVar("collecting", default=None)


def announce(one: Download) -> None:
    """Give a drawing to whoever collects them; a page that is shown collects none."""
    collecting = _collecting.get()
    if collecting is not None:
        collecting.append(one)


def collected(draw: Callable[[], None]) -> list[Download]:
    """The drawings that blocks announce while they are drawn anew, without a page to be put on."""
    found: list[Download] = []
    before, recording = _collecting.set(found), _recording.set(Sheet())
    try:
        draw()
    finally:
        _recording.reset(recording)
        _collecting.reset(before)
    return found


def label(text: str) -> str:
    """A text as a label of buttons, which Streamlit reads as Markdown: each of its signs stands for itself (CommonMark 2.4)."""
    return text.translate(SIGNS)


def show(block: Markup) -> None:
    """Put HTML on the page, or record it. A line break would end the HTML block, so there is none."""
    sheet = _recording.get()
    if sheet is None:
        _as_markdown(block.replace("\n", " "))
        return
    sheet.elements.append(block)
    sheet.weight_bytes += len(block)


def _as_markdown(text: str) -> None:
    """What ``st.markdown(text, unsafe_allow_html=True)`` does, which keeps SVG as ``st.html`` does not; a test compares them.

    It searches the text for indentation first, letter by letter: a tenth of what a page costs. So its element is put on
    the page as Streamlit itself does, by a function it does not document.
    """
    element = Markdown(body=text, allow_html=True, element_type=Markdown.Type.NATIVE, wrap=True)
    get_dg_singleton_instance().main_dg._enqueue("markdown", element, layout_config=LayoutConfig(text_alignment="left"))


def put(element: Put, weight_bytes: int) -> None:
    """Put an element on the page, or record it where a block is being drawn."""
    sheet = _recording.get()
    if sheet is None:
        element()
        return
    sheet.elements.append(element)
    sheet.weight_bytes += weight_bytes


def columns(*widths: int, gap: Literal["small", "large"] = "large") -> Sequence[AbstractContextManager[object]]:
    """Columns of these relative widths beside each other, to be filled by ``with``."""
    sheet = _recording.get()
    if sheet is None:
        return st.columns(widths, gap=gap)
    parts = [Sheet() for _ in widths]

    def beside() -> None:
        for column, part in zip(st.columns(widths, gap=gap), parts, strict=True):
            with column:
                part.put()

    sheet.elements.append(beside)
    return [_into(part, sheet) for part in parts]


@contextmanager
def _into(part: Sheet, whole: Sheet) -> Iterator[None]:
    before = _recording.set(part)
    try:
        yield
    finally:
        _recording.reset(before)
        part.close()
        whole.weight_bytes += part.weight_bytes


def drawn_once(*topics: str) -> Callable[[Block[P]], Block[P]]:
    """Draw a block once for the same language, theme, day and reports; see the module.

    ``topics``: of the store (``store.live.TOPICS``), where what the block calls reads more than the published facts.
    """

    def decorate(block: Block[P]) -> Block[P]:
        @cached_rendering_of("facts", *topics)
        @wraps(block)
        def recorded(v: Visit, /, *args: P.args, **kwargs: P.kwargs) -> Sheet:
            sheet = Sheet()
            before = _recording.set(sheet)
            try:
                block(v, *args, **kwargs)
            finally:
                _recording.reset(before)
            sheet.close()
            return sheet

        @wraps(block)
        def shown(v: Visit, /, *args: P.args, **kwargs: P.kwargs) -> None:
            if _collecting.get() is not None:
                block(v.at_midnight, *args, **kwargs)
            else:
                recorded(v.at_midnight, *args, **kwargs).put()

        return shown

    return decorate
