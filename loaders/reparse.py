"""Stored answers parsed once more, after a loader has learnt to read better."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from tqdm import tqdm

from loaders.answer import Answer
from loaders.intake import store_again
from loaders.summary import Sum
from store import raw
from store.sources import Source


def reparse(source: Source, since: date | None = None, *, now: datetime) -> Sum:
    """Store what today's loader reads from a source's stored answers, oldest first; values of later answers stay.

    Answers that did not come whole, or whose bytes the budget has dropped, are passed over.
    """
    done = Sum()
    ids = raw.ids(source.id, since)
    for raw_id, answer in _stored(tqdm(ids, desc=source.id, unit=" answers", disable=None)):
        done.add(store_again(raw_id, answer, now=now))
    return done


def _stored(ids: Iterable[int]) -> Iterator[tuple[int, Answer]]:
    for raw_id in ids:
        one = raw.get(raw_id)
        if one and one.body is not None and one.state.came_whole:
            fields = (one.source, one.call, one.address, one.asked_at, one.status, one.content_type, one.body)
            yield raw_id, Answer(*fields)
