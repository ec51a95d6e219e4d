"""What answers have in common: the origin of a number, what it may be compared with, how JSON is written."""

import json
from typing import Any

from reports.provenance import Provenance
from reports.terms import Terms

Json = dict[str, Any]


def encoded(content: Json) -> bytes:
    """The bytes of an answer."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def basis(origin: Provenance) -> Json:
    """Where a number comes from."""
    return {
        "kind": origin.kind,
        "period": origin.period,
        "standard": origin.standard or None,
        "dust": None if origin.dust == "none" else origin.dust,
        "terms": origin.terms and of_terms(origin.terms),
        "sources": [{"document_id": one.document.document_id, "place": one.place or None} for one in origin.sources],
    }


def of_terms(terms: Terms) -> Json:
    """What a figure is: what it may be compared with."""
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
