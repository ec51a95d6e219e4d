"""Blocks that refresh by themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from store import clock
from views.visit import Visit

P = ParamSpec("P")
R = TypeVar("R")
# Upstreams answer once an hour at most: five minutes keep an age honest and cost a phone next to nothing.
REFRESH_INTERVAL = "5m"


def auto_refresh(block: Callable[Concatenate[Visit, P], None]) -> Callable[Concatenate[Visit, P], None]:
    """A block that draws itself anew every few minutes without the rest of the page; its visit carries the new time."""

    @st.fragment(run_every=REFRESH_INTERVAL)
    def refreshed(v: Visit, /, *args: P.args, **kwargs: P.kwargs) -> None:
        block(replace(v, now=clock.now()), *args, **kwargs)

    return refreshed


def refreshing(block: Callable[[Visit, R], None]) -> Callable[[Visit, Callable[[datetime], R]], None]:
    """A block whose page hands it, in place of a report, the function that fetches it for a moment.

    Every few minutes the report is fetched and the block drawn anew, without the rest of the page; its visit carries the
    new time.
    """

    @st.fragment(run_every=REFRESH_INTERVAL)
    def refreshed(v: Visit, fetch: Callable[[datetime], R]) -> None:
        now = clock.now()
        block(replace(v, now=now), fetch(now))

    return refreshed
