"""What answers have in common: the origin of a number, what it may be compared with, how JSON is written."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Struct

from reports.figures import Point
from reports.provenance import Dust as DustOfBasis
from reports.provenance import Kind, Provenance
from reports.terms import Dust, Measurer, Ozone, Span, State, Statistic, Terms
from store.records import Both

Moment = Annotated[datetime, msgspec.Meta(tz=True)]  # with its offset


class TermsOf(Struct, frozen=True, kw_only=True, weakref=True):
    """What a figure is, thus what it may be compared with; null where a term does not apply.

    known_days: days with data in its period, null where the issuer does not state them.
    """

    quantity: str
    statistic: Statistic
    span: Span
    edition: str | None
    state: State | None
    dust: Dust | None
    ozone: Ozone | None
    known_days: int | None
    measured_by: Measurer


class PlaceInDocument(Struct, frozen=True, kw_only=True, weakref=True):
    """A document (its row is in /api/v1/documents) and the place in it."""

    document_id: str
    place: str | None


class Basis(Struct, frozen=True, kw_only=True, weakref=True):
    """Where a number comes from: kind, ISO period ("?": inferred), standard, dust basis, terms, documents, note."""

    kind: Kind
    period: str
    standard: str | None
    dust: DustOfBasis | None
    confidence: str | None
    terms: TermsOf | None
    sources: list[PlaceInDocument]
    note_zh: str | None
    note_en: str | None


class Figure(Struct, frozen=True, kw_only=True, weakref=True):
    """A published figure: its value (null where only words were published), what bounds it, and where it comes from."""

    indicator_id: str
    area_id: str
    period: str
    op: str
    value: float | None
    unit: str
    text_zh: str | None
    text_en: str | None
    basis: Basis


class Paged(Struct, frozen=True, kw_only=True, weakref=True):
    """A page of a list. next: the cursor of the page after it, null on the last."""

    next: str | None


def encoded(content: object) -> bytes:
    """The bytes of an answer: days and moments as ISO 8601."""
    return msgspec.json.encode(content, enc_hook=_plain)


def _plain(value: object) -> object:
    """Numbers of numpy as Python's. Raises NotImplementedError for what is no value of an answer."""
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(type(value).__name__)


def basis(provenance: Provenance) -> Basis:
    """Where a number comes from."""
    return Basis(
        kind=provenance.kind,
        period=provenance.period,
        standard=provenance.standard or None,
        dust=None if provenance.dust == "none" else provenance.dust,
        confidence=provenance.confidence or None,
        terms=of_terms(provenance.terms) if provenance.terms else None,
        sources=[
            PlaceInDocument(document_id=one.document.document_id, place=one.place or None) for one in provenance.sources
        ],
        note_zh=provenance.note_zh or None,
        note_en=provenance.note_en or None,
    )


def of_terms(terms: Terms) -> TermsOf:
    """What a figure is: what it may be compared with."""
    return TermsOf(**terms_by_name(terms))


def terms_by_name(terms: Terms) -> dict[str, Any]:
    """The fields of :class:`TermsOf`, for answers that bear them themselves."""
    return {
        "quantity": terms.quantity,
        "statistic": terms.statistic,
        "span": terms.span,
        "edition": terms.edition or None,
        "state": terms.state or None,
        "dust": terms.dust or None,
        "ozone": terms.ozone or None,
        "known_days": terms.known_days,
        "measured_by": terms.measurer,
    }


def figure(point: Point) -> Figure:
    """A published figure as every endpoint gives it."""
    return Figure(
        indicator_id=point.row.indicator_id,
        area_id=point.row.area_id,
        period=point.period,
        op=point.op,
        value=point.value,
        unit=point.row.unit_id,
        text_zh=zh(point.row.text),
        text_en=en(point.row.text),
        basis=basis(point.provenance),
    )


def figure_or_none(point: Point | None) -> Figure | None:
    """The same, null where there is none."""
    return None if point is None else figure(point)


def zh(words: Both | None) -> str | None:
    """The Chinese of a text of the data; null where there is none."""
    return (words.zh or None) if words else None


def en(words: Both | None) -> str | None:
    """The English of a text of the data; null where there is none."""
    return (words.en or None) if words else None
