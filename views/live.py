"""What is alive on a page: blocks that refresh by themselves, and the line that says how old a value is."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Concatenate, ParamSpec

import streamlit as st

from reports.freshness import Freshness
from store import clock
from views import cards
from views import format as fmt
from views.page import Visit
from views.words import Words

P = ParamSpec("P")
# Upstreams speak once an hour at most: five minutes keep an age honest and cost a phone next to nothing.
BEAT = "5m"


def beating(block: Callable[Concatenate[Visit, P], None]) -> Callable[Concatenate[Visit, P], None]:
    """A block that draws itself anew every few minutes without the rest of the page; its visit carries the new time."""

    @st.fragment(run_every=BEAT)
    def beat(v: Visit, *args: P.args, **kwargs: P.kwargs) -> None:
        block(replace(v, now=clock.now()), *args, **kwargs)

    return beat


def line(fresh: Freshness, w: Words, *, when: str = "") -> str:
    """One line: the value's hour, its age in words, its source, when the next is due; a badge where it is stale.

    ``when``: the value's time in words where it is no hour.
    """
    if fresh.data_at is None or fresh.age is None:
        return f'<p class="fresh">{_badge(w("live.never"))}<span>{escape(_silence(fresh, w))}</span></p>'
    told = [
        w("live.data_time", time=when or fmt.hour(fresh.data_at, w, fresh.now)),
        fmt.ago(fresh.age, w),
        w("live.source", name=cards.source_name(fresh.source, w)),
    ]
    badge = _badge(w("live.stale")) if fresh.stale else ""
    next_ = _silence(fresh, w) if fresh.stale or fresh.failing_since else _next(fresh, w)
    return f'<p class="fresh">{badge}<span>{escape(" · ".join(part for part in (*told, next_) if part))}</span></p>'


def _badge(text: str) -> str:
    return f'<strong class="stale">{escape(text)}</strong>'


def _next(fresh: Freshness, w: Words) -> str:
    if fresh.next_at is None or fresh.next_at <= fresh.now:
        return ""
    return w("live.next", time=fmt.clock(fresh.next_at))


def _silence(fresh: Freshness, w: Words) -> str:
    """Why nothing newer is here."""
    if fresh.failing_since is None:
        return w("live.waiting") if fresh.data_at is None else w("live.nothing_newer")
    since = fmt.ago(fresh.now - fresh.failing_since, w)
    return w("live.failing", since=since, why=w(f"live.why.{fresh.reason}"))
