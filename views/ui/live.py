"""How old a value is, where it comes from, and whether it is live, in a line."""

from markupsafe import Markup

from reports.freshness import Freshness
from views.text import format as fmt
from views.text.markup import html
from views.text.words import Words
from views.ui import cards


def line(fresh: Freshness, w: Words, *, when: str = "") -> Markup:
    """One line: the value's hour, its age in words, its source, when the next is due; a badge where it is not live.

    ``when``: the value's time in words where it is no hour.
    """
    if fresh.data_at is None or fresh.age is None:
        return aged(fresh, delay_reason(fresh, w), w)
    name = cards.source_name(fresh.source, w)
    parts = [w("live.data_time", time=when or fmt.hour(fresh.data_at, w, fresh.now)), fmt.ago(fresh.age, w)]
    if fresh.state == "file":
        parts.append(w("live.not_live"))
        parts.append("" if fresh.up_to_date else w("live.source_silent", name=name, reason=delay_reason(fresh, w)))
    else:
        parts.append(w("live.source", name=name))
        parts.append(_next(fresh, w) if fresh.up_to_date else delay_reason(fresh, w))
    return aged(fresh, " · ".join(part for part in parts if part), w)


def brief(fresh: Freshness, w: Words) -> Markup:
    """The hour and its age alone; of a source that is silent also why."""
    if fresh.data_at is None or fresh.age is None:
        return line(fresh, w)
    parts = [w("live.data_time", time=fmt.hour(fresh.data_at, w, fresh.now)), fmt.ago(fresh.age, w)]
    if not fresh.current and fresh.state != "file":
        parts.append(delay_reason(fresh, w))
    return aged(fresh, " · ".join(parts), w)


def aged(fresh: Freshness, text: str, w: Words) -> Markup:
    """The same line with an age in words of its own, for a value that is of no hour."""
    return html('<p class="fresh">{}<span>{text}</span></p>', badge(fresh, w), text=text)


def badge(fresh: Freshness, w: Words) -> Markup:
    """Why a value is not live: never fetched, read from a file, out of date; nothing where it is live."""
    return Markup() if fresh.current else html('<strong class="stale">{}</strong>', w(f"live.{fresh.state}"))


def counted_age(text: str) -> Markup:
    """An age in words that a script counts on while the page stays open."""
    return html("<span data-ago>{text}</span>", text=text)


def _next(fresh: Freshness, w: Words) -> str:
    if fresh.next_at is None or fresh.next_at <= fresh.now:
        return ""
    today = fresh.next_at.date() == fresh.now.date()
    return w("live.next", time=fmt.clock(fresh.next_at) if today else fmt.hour(fresh.next_at, w, fresh.now))


def delay_reason(fresh: Freshness, w: Words) -> str:
    """Why there is nothing newer: the source never answered, answers with nothing, fails, or has nothing newer yet."""
    if fresh.failing_since is not None:
        since, why = fmt.ago(fresh.now - fresh.failing_since, w), w(f"live.why.{fresh.cause}")
        return w("live.failing" if fresh.latest_at else "live.failing_never", since=since, why=why)
    if fresh.latest_at is not None:
        return w("live.nothing_newer")
    if fresh.answered_at is None:
        return w("live.waiting")
    return w("live.answered_nothing", ago=fmt.ago(fresh.now - fresh.answered_at, w))
