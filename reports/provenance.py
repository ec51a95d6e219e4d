"""Where a figure comes from: carried by every result, shown one click away from every number."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from assessment.comparison import Terms
from reports import terms
from store import facts, records
from store.records import Both

Kind = Literal["live", "provisional", "verified", "published", "archive", "modelled", "estimated", "derived", "planned"]
INFERRED = "?"
Dust = Literal["raw", "dust_deducted", "unstated", "restated", "none"]


class Source(Struct, frozen=True, weakref=True):
    """One document (a row of ``documents``) and the place in it."""

    document: records.Document
    place: str = ""


class Provenance(Struct, frozen=True, weakref=True):
    """Kind of a figure, its period (ISO), its sources, the standard it was judged by, and what became of dust days.

    ``terms``: what the figure is, for :func:`assessment.comparison.compare`; None where it is compared with nothing.
    """

    kind: Kind
    period: str
    sources: tuple[Source, ...]
    standard: str = ""
    dust: Dust = "none"
    confidence: str = ""
    note_zh: str = ""
    note_en: str = ""
    terms: Terms | None = None

    def of_period(self, period: str) -> "Provenance":
        """The same basis for another period."""
        return replace(self, period=period)

    def with_terms(self, terms: Terms) -> "Provenance":
        """The same basis of a figure to be compared."""
        return replace(self, terms=terms)


def source(document_id: str, place: str = "") -> Source:
    """A document by its id, with the place in it. Raises KeyError where the document is unknown."""
    return Source(facts.by_id(records.Document)[document_id], place)


def of(kind: Kind, period: str, *documents: str | tuple[str, str], **more: Any) -> Provenance:
    """A basis from document ids, each alone or with the place in it."""
    sources = tuple(source(d) if isinstance(d, str) else source(*d) for d in documents)
    return Provenance(kind, period, sources, **more)


def of_figure(row: records.Figure) -> Provenance:
    """The basis of a row of ``figures``."""
    kinds: dict[str, Kind] = {"stated": "published", "derived": "derived", "planned": "planned"}
    return Provenance(
        kind=kinds[row.kind],
        period=period_of(row),
        sources=(source(row.document_id, row.place),),
        dust=row.basis,
        confidence=row.confidence,
        **noted(row.note),
        terms=terms.of_figure(row),
    )


def period_of(row: records.Figure) -> str:
    """The period of a row of ``figures`` as it is shown: ``2015?`` where no document writes it (ISO 8601-2, 8: uncertain)."""
    return inferred(row.period) if row.period_basis == "inferred" else row.period


def inferred(period: str) -> str:
    """A period that was concluded, not read."""
    return "/".join(part + INFERRED for part in period.split("/"))


def noted(note: Both | None) -> Mapping[str, str]:
    """A row's note as a basis names it."""
    return {"note_zh": note.zh, "note_en": note.en} if note else {}


def merged(bases: Iterable[Provenance], kind: Kind, period: str) -> Provenance:
    """One basis for a figure or chart made of several: every source once, in order."""
    seen: dict[tuple[str, str], Source] = {}
    for provenance in bases:
        for one in provenance.sources:
            seen.setdefault((one.document.document_id, one.place), one)
    return Provenance(kind, period, tuple(seen.values()))
