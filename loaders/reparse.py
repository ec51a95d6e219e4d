"""Kept answers parsed once more, after a loader has learnt to read better."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from tqdm import tqdm

from loaders.answer import Answer
from loaders.backfill import Sum
from loaders.intake import store_again
from store import raw
from store.sources import Source


def reparse(source: Source, since: date | None = None, *, now: datetime) -> Sum:
    """Store what a source's kept answers say to today's loader, oldest first; what later answers said stands.

    Answers that did not come whole, or whose bytes the budget has dropped, are passed over.
    """
    done = Sum()
    ids = raw.ids(source.id, since)
    for raw_id, answer in _kept(tqdm(ids, desc=source.id, unit=" answers", disable=None)):
        done.add(store_again(raw_id, answer, now=now))
    return done


def _kept(ids: Iterable[int]) -> Iterator[tuple[int, Answer]]:
    for raw_id in ids:
        kept = raw.get(raw_id)
        if kept and kept.body is not None and kept.state.came_whole:
            said = (kept.source, kept.call, kept.address, kept.asked_at, kept.status, kept.content_type, kept.body)
            yield raw_id, Answer(*said)
