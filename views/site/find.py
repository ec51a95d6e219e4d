"""Blocks of the data page that answer a reader's own question: a search, and a year by each edition of the standard."""

from collections.abc import Callable, Sequence

import streamlit as st

from reports.finder import Found
from reports.what_if import WhatIf
from views.site import page
from views.site.sheet import drawn_once
from views.ui import cards, find
from views.ui import what_if as what_if_pieces
from views.visit import Visit


@st.fragment
def search(v: Visit, ask: Callable[[str], Found]) -> None:
    """A box; what is found below it, kind by kind. The words stay in the visitor's own session."""
    w = v.w
    page.section(w("find.title"), w("find.sub"))
    text = st.text_input(w("find.ask"), key="find", type="search", live=True, placeholder=w("find.example"))
    if text and text.strip():
        found = ask(text)
        page.show(find.results(found, w) if found.total else cards.line(w("find.none"), "muted"))


def choose_year(v: Visit, years: Sequence[int]) -> int:
    """The block's title, and the year the reader chooses."""
    page.section(v.w("what_if.title"), v.w("what_if.sub"))
    return st.selectbox(v.w("air.col_year"), list(years), key="what_if")


@drawn_once()
def by_edition(v: Visit, report: WhatIf) -> None:
    """A year by both editions beside each other, and its means against the limits of each phase."""
    page.show(what_if_pieces.tables(report, v.w))
