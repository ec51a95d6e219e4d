"""The state of each source, for the answer of ``now`` and for monitors at ``/healthz``."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from reports import freshness
from reports.freshness import Freshness
from store import clock, database
from views.http.api.values import Json, encoded


def of_sources(at: datetime) -> dict[str, Json]:
    """Each source that is collected, by its name."""
    return {one.source_id: _source(one) for one in freshness.collected(at)}


def _source(fresh: Freshness) -> Json:
    """The state of a source, without its age: an answer is the same until something changes.

    ``state``: never, live or stale; ``stale`` is null where nothing was ever received: its age is unknown.
    """
    return {
        "source": fresh.source_id,
        "state": fresh.state,
        "stale": fresh.stale,
        "failing": fresh.failing,
        "data_at": fresh.data_at and fresh.data_at.isoformat(),
        "answered": fresh.answered_at is not None,
        "failing_since": fresh.failing_since and fresh.failing_since.isoformat(),
    }


def healthz(_request: Request) -> Response:
    """Whether the store can be read, and how old the collected numbers are. 503 where pages cannot be served.

    ``store_away_s``: how long its server has not answered, while pages are served from memory; null while it answers.
    """
    content: Json
    try:
        away = database.away()  # raises where the store cannot be read
        at = clock.now()
        ages = [_source(one) | {"age_minutes": _age_minutes(one)} for one in freshness.collected(at)]
        away_s = None if away is None else int(away.total_seconds())
        content, status = {"alive": True, "ready": True, "store_away_s": away_s, "sources": ages}, 200
    except database.StoreError as error:
        content, status = {"alive": True, "ready": False, "why": str(error)}, 503
    return Response(encoded(content), status, media_type="application/json", headers={"cache-control": "no-store"})


def _age_minutes(fresh: Freshness) -> int | None:
    age = fresh.age
    return None if age is None else int(age.total_seconds() // 60)
