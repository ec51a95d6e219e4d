"""The tabs of a page: only the open one is drawn and sent; its name stands in the address as ``?tab=``."""

from collections.abc import Callable

import streamlit as st

from views.addresses import TABS
from views.site.page import if_found
from views.site.page import show as show_on_page
from views.ui import inline
from views.visit import Visit

Tab = Callable[[Visit], None]


def show(v: Visit, page: str, **tabs: Tab) -> None:
    """Show the tab named in the address, else the first.

    ``tabs``: by the names that ``views.addresses.TABS`` gives for this page, in that order; others raise ``ValueError``.
    """
    if tuple(tabs) != TABS[page]:
        raise ValueError(f"the tabs of {page} are {TABS[page]}, not {tuple(tabs)}")
    labels = {v.w(f"{page}.tab_{name}"): name for name in tabs}
    key = f"{page}_tab"

    def keep() -> None:
        st.query_params["tab"] = labels[st.session_state[key]]

    first = list(labels)[list(tabs).index(chosen(page))]
    shown = st.tabs(list(labels), default=first, key=key, on_change=keep)
    for tab, label, draw in zip(shown, labels, tabs.values(), strict=True):
        if tab.open:
            with tab:
                show_on_page(inline.unseen_heading(label))
                with if_found(v):
                    draw(v)


def chosen(page: str) -> str:
    """The tab the address names; the first where it names none of this page."""
    requested = st.query_params.get("tab", "")
    return requested if requested in TABS[page] else TABS[page][0]
