"""Blocks that refresh by themselves."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

import streamlit as st
from msgspec.structs import replace

from store import clock
from views.visit import Visit

P = ParamSpec("P")
# Upstreams answer once an hour at most: five minutes keep an age honest and cost a phone next to nothing.
REFRESH_INTERVAL = "5m"


def auto_refresh(block: Callable[Concatenate[Visit, P], None]) -> Callable[Concatenate[Visit, P], None]:
    """A block that draws itself anew every few minutes without the rest of the page; its visit carries the new time.

    A page decorates a function of its own that fetches the report and hands it to the block.
    """

    @st.fragment(run_every=REFRESH_INTERVAL)
    def refreshed(v: Visit, /, *args: P.args, **kwargs: P.kwargs) -> None:
        block(replace(v, now=clock.now()), *args, **kwargs)

    return refreshed
