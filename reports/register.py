"""The register of the documents, sentence by sentence: what plans forbid, and how much of each document is accounted for."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from reports import provenance
from reports.cached import cached_report
from reports.provenance import Provenance, Source
from store import facts, records
from store.schema import LEFT_OUT


class Listed(Struct, frozen=True, weakref=True):
    """A row of ``register`` that a page lists itself."""

    row: records.RegisterEntry
    provenance: Provenance


@cached_report("facts")
def listed(page: str) -> tuple[Listed, ...]:
    """The rows a page lists itself, in the documents' order; a sentence written twice in other words stays twice."""
    rows = facts.every(records.RegisterEntry)
    order = _sentence_numbers()
    mine = [row for row in rows if f"page:{page}" in (row.uses or "").split()]
    mine.sort(key=lambda row: (row.document_id, order[row.document_id, row.fingerprint]))
    return tuple(Listed(row, provenance.of("planned", "", (row.document_id, row.place))) for row in mine)


def _sentence_numbers() -> dict[tuple[str, str], int]:
    """Where a sentence first is in its document."""
    backwards = sorted(facts.every(records.Sentence), key=lambda row: -row.no)
    return {(row.document_id, row.fingerprint): row.no for row in backwards}


class Coverage(Struct, frozen=True, weakref=True):
    """How a document was read: its sentences, those that date, count or promise (``marked``), what became of the rows.

    ``used``: rows that feed a target, a figure or anything else shown; ``left_out``: reasons with their count of rows;
    ``open``: marked sentences without a row.
    """

    source: Source
    sentences: int
    marked: int
    open: int
    used: int
    left_out: Mapping[str, int]

    @property
    def rows(self) -> int:
        """All rows of the register for the document."""
        return self.used + sum(self.left_out.values())


@cached_report("facts")
def coverage() -> tuple[Coverage, ...]:
    """Every document read sentence by sentence, the longest first."""
    documents = sorted({row.document_id for row in facts.every(records.Sentence)})
    return tuple(sorted(map(_coverage, documents), key=lambda one: -one.sentences))


def _coverage(document: str) -> Coverage:
    sentences = facts.where(records.Sentence, document_id=document)
    rows = facts.where(records.RegisterEntry, document_id=document)
    marked = [one.fingerprint for one in sentences if one.mark is not None]
    known = {one.fingerprint for one in rows}
    reasons: Counter[str | None] = Counter(one.left_out for one in rows)
    return Coverage(
        source=provenance.source(document),
        sentences=len(sentences),
        marked=len(marked),
        open=sum(one not in known for one in marked),
        used=sum(one.uses is not None for one in rows),
        left_out={reason: reasons[reason] for reason in LEFT_OUT if reasons[reason]},
    )
