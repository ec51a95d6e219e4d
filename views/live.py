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
    """One line: the value's hour, its age in words, its source, when the next is due; a badge where it is not living.

    ``when``: the value's time in words where it is no hour.
    """
    if fresh.data_at is None or fresh.age is None:
        return f'<p class="fresh">{badge(fresh, w)}<span>{escape(silence(fresh, w))}</span></p>'
    name = cards.source_name(fresh.source, w)
    told = [w("live.data_time", time=when or fmt.hour(fresh.data_at, w, fresh.now)), fmt.ago(fresh.age, w)]
    if fresh.state == "file":
        told.append(w("live.not_live"))
        told.append("" if fresh.speaks else w("live.source_silent", name=name, silence=silence(fresh, w)))
    else:
        told.append(w("live.source", name=name))
        told.append(_next(fresh, w) if fresh.speaks else silence(fresh, w))
    return f'<p class="fresh">{badge(fresh, w)}<span>{escape(" · ".join(part for part in told if part))}</span></p>'


def badge(fresh: Freshness, w: Words) -> str:
    """What a value is where it is not living: never fetched, read from a file, out of date; nothing where it is living."""
    return "" if fresh.state == "live" else f'<strong class="stale">{escape(w(f"live.{fresh.state}"))}</strong>'


def _next(fresh: Freshness, w: Words) -> str:
    if fresh.next_at is None or fresh.next_at <= fresh.now:
        return ""
    return w("live.next", time=fmt.clock(fresh.next_at))


def silence(fresh: Freshness, w: Words) -> str:
    """Why the source tells nothing newer: it was never heard, answers with nothing, fails, or has nothing newer yet."""
    if fresh.failing_since is not None:
        since, why = fmt.ago(fresh.now - fresh.failing_since, w), w(f"live.why.{fresh.reason}")
        return w("live.failing" if fresh.heard_at else "live.failing_never", since=since, why=why)
    if fresh.heard_at is not None:
        return w("live.nothing_newer")
    if fresh.answered_at is None:
        return w("live.waiting")
    return w("live.answered_nothing", ago=fmt.ago(fresh.now - fresh.answered_at, w))
