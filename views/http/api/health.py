"""The state of each source, for the answer of ``now`` and for monitors at ``/healthz``."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response

from reports import freshness
from reports.freshness import Freshness
from store import clock, database
from views.http import metrics
from views.http.api.values import Moment, encoded


class SourceState(Struct, frozen=True, kw_only=True, weakref=True):
    """How a source stands: stale is null where nothing was ever received. An age is left out: it changes by the minute."""

    source: str
    state: freshness.State
    stale: bool | None
    failing: bool
    data_at: Moment | None
    answered: bool
    failing_since: Moment | None


def of_sources(at: datetime) -> list[SourceState]:
    """Each source that is collected."""
    return [state_of(one) for one in freshness.collected(at)]


def state_of(fresh: Freshness) -> SourceState:
    """The state of one source."""
    return SourceState(
        source=fresh.source_id,
        state=fresh.state,
        stale=fresh.stale,
        failing=fresh.failing,
        data_at=fresh.data_at,
        answered=fresh.answered_at is not None,
        failing_since=fresh.failing_since,
    )


def healthz(request: Request) -> Response:
    """Whether the store can be read, and how old the collected numbers are. 503 where pages cannot be served.

    ``why``: the reason, for those alone who may read the figures of operation, since it names the inside.
    ``store_away_s``: how long its server has not answered, while pages are served from memory; null while it answers.
    """
    content: dict[str, Any]
    try:
        away = database.away()  # raises where the store cannot be read
        at = clock.now()
        ages = [asdict(state_of(one)) | {"age_minutes": _age_minutes(one)} for one in freshness.collected(at)]
        away_s = None if away is None else int(away.total_seconds())
        content, status = {"alive": True, "ready": True, "store_away_s": away_s, "sources": ages}, 200
    except database.StoreError as error:
        content, status = {"alive": True, "ready": False}, 503
        if metrics.refusal(request.scope) is None:
            content["why"] = str(error)
    return Response(encoded(content), status, media_type="application/json", headers={"cache-control": "no-store"})


def _age_minutes(fresh: Freshness) -> int | None:
    age = fresh.age
    return None if age is None else int(age.total_seconds() // 60)
