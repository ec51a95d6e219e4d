"""A search over indicators, figures, documents, terms and what was looked for in vain: both languages, also by pinyin.

The index is made once for each state of the facts. What somebody searches for is an argument of :func:`find` and is kept
nowhere: not in a cache, not in the store, not in a log.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from reports import figures, searches
from reports.cached import cached_report
from reports.figures import Point
from reports.provenance import Source
from reports.searches import Search
from store import facts, records
from store.records import Both, Indicator, Term

Kind = Literal["indicator", "figure", "document", "term", "search"]
KINDS: tuple[Kind, ...] = ("indicator", "figure", "document", "term", "search")
LATIN = re.compile(r"[a-z]{2,}")
LONGEST = 60  # letters of a search that count
NAMED, BEGINS, WITHIN, BY_PINYIN, ELSEWHERE = range(5)


class Hit(Struct, frozen=True, weakref=True):
    """Something that can be found. ``subject``: its row; of a figure its point, of a document its source."""

    kind: Kind
    title: Both
    subject: Indicator | Point | Source | Term | Search


class _Entry(Struct, frozen=True, weakref=True):
    """A hit with what it is found by, folded: its names, all its words, the initials and syllables of its Chinese name."""

    hit: Hit
    names: tuple[str, ...]
    words: str
    initials: str
    syllables: str


class Found(Struct, frozen=True, weakref=True):
    """Hits by kind, the nearest first."""

    by_kind: Mapping[Kind, tuple[Hit, ...]]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_kind.values()))


def find(text: str) -> Found:
    """What holds all words of a text, in either language, whatever the case; Latin letters are also read as pinyin."""
    wanted = folded(text[:LONGEST]).split()
    ranked = [(rank, n, one.hit) for n, one in enumerate(index()) if (rank := _rank(one, wanted)) is not None]
    ranked.sort(key=lambda found: found[:2])
    return Found({kind: tuple(hit for _, _, hit in ranked if hit.kind == kind) for kind in KINDS})


def folded(text: str) -> str:
    """A text as it is compared: compatible forms made one (PM₂.₅, full width), no case, no blanks at its ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _rank(one: _Entry, wanted: list[str]) -> int | None:
    """How near an entry is: named so, begins so, holds it in its name, by pinyin, elsewhere; None where a word is missing."""
    ranks = [_rank_of_word(one, word) for word in wanted]
    known = [rank for rank in ranks if rank is not None]
    return max(known) if known and len(known) == len(ranks) else None


def _rank_of_word(one: _Entry, word: str) -> int | None:
    if word in one.names:
        return NAMED
    if any(name.startswith(word) for name in one.names):
        return BEGINS
    if any(word in name for name in one.names):
        return WITHIN
    if LATIN.fullmatch(word) and (word in one.initials or word in one.syllables):
        return BY_PINYIN
    return ELSEWHERE if word in one.words else None


@cached_report("facts")
def index() -> tuple[_Entry, ...]:
    """Everything that can be found, kind by kind."""
    made = (*_indicators(), *_figures(), *_documents(), *_terms(), *_searches())
    return tuple(_entry(hit, more) for hit, more in made)


def _entry(hit: Hit, more: Iterable[Both | None]) -> _Entry:
    """``more``: words besides its title by which it is found."""
    # Read at the first search: its dictionary takes a second and some 30 MB.
    from pypinyin import Style, lazy_pinyin

    names = (folded(hit.title.zh), folded(hit.title.en))
    rest = [folded(text) for both in more if both for text in (both.zh, both.en)]
    hanzi = hit.title.zh
    initials = "".join(lazy_pinyin(hanzi, style=Style.FIRST_LETTER, errors="ignore"))
    syllables = "".join(lazy_pinyin(hanzi, errors="ignore"))
    return _Entry(hit, names, "\n".join((*names, *rest)), initials, syllables)


Made = Iterable[tuple[Hit, Iterable[Both | None]]]


def _indicators() -> Made:
    for row in facts.by_id(records.Indicator).values():
        yield Hit("indicator", row.name, row), (row.short, row.meaning)


def _figures() -> Made:
    """Every figure with a number, the latest period first."""
    indicators, areas = facts.by_id(records.Indicator), facts.by_id(records.Area)
    for one in sorted(figures.every(), key=lambda point: point.end, reverse=True):
        name, area = indicators[one.row.indicator_id].name, areas[one.row.area_id].name
        title = Both(f"{name.zh} {area.zh} {one.row.period}", f"{name.en} {area.en} {one.row.period}")
        yield Hit("figure", title, one), (indicators[one.row.indicator_id].short,)


def _documents() -> Made:
    for row in facts.by_id(records.Document).values():
        yield Hit("document", row.title, Source(row)), (row.issuer, Both(row.issued or "", row.issued or ""))


def _terms() -> Made:
    for row in facts.by_id(records.Term).values():
        yield Hit("term", Both(row.zh, row.en), row), (row.definition,)


def _searches() -> Made:
    for one in searches.searches():
        yield Hit("search", one.row.what, one), (one.row.where, one.row.note)
