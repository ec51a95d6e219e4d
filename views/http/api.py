"""The numbers as JSON for screens, partners and monitors: the same reports as the pages, read-only and bounded.

Every answer names its sources; a moment is ISO with its offset, a unit stands in its name, null is "not found".
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reports import air, air_now, budget, freshness, goals, lookup, model, tables, water
from reports.figures import Point
from reports.goals import Promise
from reports.provenance import Provenance
from reports.terms import Comparison, Terms
from store import clock, database, sources
from views.http.conditional import respond

Json = dict[str, Any]
FRESH_S = 60
MOST_DAYS = 400
CONCENTRATIONS = ("pm25_ugm3", "pm10_ugm3", "so2_ugm3", "no2_ugm3", "co_mgm3", "o3_8h_ugm3")
OZONE_TOLD = ("ozone", "ozone_judged", "aqi_at_most", "o3_stations", "ozone_unsure")


class AskedWrongError(ValueError):
    """A question that cannot be answered; the message names the parameter and what it may be."""


# ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────────
def now(_asked: Mapping[str, str]) -> Json:
    """The latest hour of the air, its stations, the modelled days ahead, the latest river readings, each source's age."""
    at = clock.now()
    report, forecast = air_now.now(), model.forecast(at)
    return {
        "air": None
        if report is None
        else _hour(report.city, at) | {"stations": [_station(one, at) for one in report.stations]},
        "forecast": [_day_ahead(one, forecast, at) for one in forecast.days] if forecast else [],
        "water": [_reading(some[0], at) for some in water.overview(at.date()).readings],
        "sources": [_heard(name, at) for name, source in sources.declared().items() if source.on],
    }


def _hour(hour: air_now.Hour, now: datetime) -> Json:
    return {
        "at": hour.at.isoformat(),
        "state": freshness.of(freshness.AIR, now, data_at=hour.at, kind=hour.provenance.kind).state,
        "aqi": hour.aqi,
        "level": hour.level,
        "primary": list(hour.primary),
        "primary_computed": hour.primary_computed,
        "above_100": list(hour.above_100),
        "published": hour.published,
        "standard": hour.standard,
        "items": {one.column: one.value for one in hour.items},
        "basis": _provenance(hour.provenance),
    }


def _station(one: air_now.Station, now: datetime) -> Json:
    place = {
        "station_id": one.station_id,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "lon": one.lon,
        "lat": one.lat,
    }
    return place | {
        key: value for key, value in _hour(one.hour, now).items() if key not in ("basis", "published", "standard")
    }


def _day_ahead(one: model.Day, forecast: model.Forecast, now: datetime) -> Json:
    told = {
        "date": one.date.isoformat(),
        "state": freshness.of(model.AIR, now, data_at=forecast.run_at, kind=one.provenance.kind).state,
        "aqi": one.aqi,
        "level": one.level,
        "hourly_low": one.low,
        "hourly_high": one.high,
    }
    return told | {"basis": _provenance(one.provenance)}


def _reading(one: water.Reading, now: datetime) -> Json:
    return {
        "section_id": one.section_id,
        "at": one.at.isoformat(),
        "state": freshness.of(water.SOURCE, now, data_at=one.at, kind=one.provenance.kind).state,
        "water_class": one.judged.water_class,
        "deciding": list(one.judged.deciding),
        "platform_class": one.site_class,
        "items": {item.column: item.value for item in (*one.items, *one.reference)},
        "basis": _provenance(one.provenance),
    }


def _heard(name: str, at: datetime) -> Json:
    """How a source stands, without its age: an answer is the same until something changes.

    ``state``: never, live or stale; ``stale`` is null where nothing was ever received: nobody can say how old it is.
    """
    fresh = freshness.of(name, at)
    return {
        "source": name,
        "state": fresh.state,
        "stale": fresh.stale,
        "failing": fresh.failing,
        "data_at": fresh.data_at and fresh.data_at.isoformat(),
        "answered": fresh.answered_at is not None,
        "failing_since": fresh.failing_since and fresh.failing_since.isoformat(),
    }


def indicators(asked: Mapping[str, str]) -> Json:
    """Every promise of every plan with its state; ``plan`` and ``theme`` choose."""
    plan, theme = asked.get("plan"), asked.get("theme")
    _known("plan", plan, lookup.plans())
    _known("theme", theme, {row.theme for row in lookup.indicators().values()})
    board = goals.scoreboard(clock.today())
    chosen = [one for one in board if plan in (None, one.plan.plan_id) and theme in (None, one.indicator.theme)]
    return {"indicators": [_promise(one) for one in chosen]}


def _promise(one: Promise) -> Json:
    target, latest = one.target, one.latest
    return {
        "number": one.number,
        "plan_id": one.plan.plan_id,
        "indicator_id": one.indicator.indicator_id,
        "name_zh": one.indicator.name.zh,
        "name_en": one.indicator.name.en,
        "theme": one.indicator.theme,
        "unit": one.indicator.unit_id,
        "area_id": target.area_id,
        "kind": target.kind,
        "nature": target.nature,
        "baseline": {
            "value": target.baseline_value,
            "year": target.baseline_year,
            "year_basis": target.baseline_basis,
        },
        "target": {
            "op": target.target_op,
            "value": target.target_value,
            "due": target.due and target.due.isoformat(),
            "due_basis": target.due_basis,
            "due_text_zh": target.due_text.zh if target.due_text else None,
            "due_text_en": target.due_text.en if target.due_text else None,
            "set_by": target.delegated_by,
        },
        "official": _result(one, one.official),
        "measured": _measured(one),
        "evidence": one.evidence,
        "comparable": _sides(one),
        "latest": latest
        and {"op": latest.op, "value": latest.value, "period": latest.period, "basis": _provenance(latest.provenance)},
        "status": one.judgement.status,
        "basis": _provenance(one.provenance),
    }


def _result(one: Promise, point: Point | None) -> Json | None:
    """A result with what it is: its terms, and whether it may be set against the target's number."""
    if point is None or point.provenance.terms is None:
        return None
    told = {"value": point.value, "op": point.op, "unit": point.row.unit_id, "period": point.period}
    area = {"area_id": point.provenance.terms.area}
    against = _differs(one.against_target(point)) or ["target" if one.target.target_value is None else "value"]
    return (
        told
        | area
        | _terms(point.provenance.terms)
        | {"comparable_with_target": against, "basis": _provenance(point.provenance)}
    )


def _measured(one: Promise) -> Json | None:
    """What this site measures or derives, with how, and from which figures."""
    told = _result(one, one.measured.point) if one.measured else None
    if told is None or one.measured is None:
        return None
    formula = one.measured.values.get("formula")
    parents = formula.parents.split() if formula else []
    return told | {"how": one.measured.how, "parents": parents}


def _sides(one: Promise) -> bool | list[str]:
    """Whether the official and the measured result may be set against each other: true, or the names of what differs.

    Where a side has no number there is no pair: the list then names the side that lacks it, and nothing else.
    """
    sides = {"official": one.official, "measured": one.measured.point if one.measured else None}
    lacking = [name for name, point in sides.items() if point is None or point.result is None]
    return _differs(one.measured_against_official) or lacking


def _differs(found: Comparison | None) -> bool | list[str] | None:
    """True, or the names of the terms that differ; None where nothing was compared."""
    return None if found is None else found.comparable or list(found.dimensions)


def daily(asked: Mapping[str, str]) -> Json:
    """Judged days from ``from`` to ``to`` (the last year where none is named), at most 400 of them."""
    frame = air.days()
    until = _day("to", asked.get("to")) or air.latest_day().day
    since = _day("from", asked.get("from")) or until - timedelta(days=364)
    if not 0 <= (until - since).days < MOST_DAYS:
        raise AskedWrongError(f"from … to: from 1 to {MOST_DAYS} days may be asked for, not {(until - since).days + 1}")
    days = frame[(frame["date"].dt.date >= since) & (frame["date"].dt.date <= until)]
    told = days[["date", *CONCENTRATIONS, "aqi", "level", "primary", "standard", *OZONE_TOLD, "document_id"]]
    return {
        "days": [row | {"date": row["date"].isoformat()} for row in tables.rows(told)],
        "basis": _provenance(air.days_provenance(days)) if len(days) else None,
    }


def air_budget(asked: Mapping[str, str]) -> Json:
    """Days ``year`` may still lose to be no worse than ``against``, both by one ``edition`` and without ozone."""
    today = clock.today()
    running = budget.running_year(today)
    year = _year("year", asked.get("year"), running)
    against, edition = _year("against", asked.get("against"), year - 1), asked.get("edition", "2026")
    _known("edition", edition, budget.EDITIONS)
    if against >= year:
        raise AskedWrongError(f"against={against}: a year before {year}")
    try:
        found = budget.budget(year, against, edition, today)
    except ValueError as error:
        raise AskedWrongError(str(error)) from None
    left, now = found.left, found.now
    return {
        "year": year,
        "against": against,
        "edition": now.edition,
        "ozone": "excluded",
        "known_days": left.known_days,
        "known_until": found.known_until.isoformat(),
        "unknown_days": left.unknown_days,
        "days_to_come": left.days_to_come,
        "against_known_days": found.before.known_days,
        "against_lost_days": found.before.lost_days,
        "allowed_days": left.allowed_days,
        "lost_days": left.lost_days,
        "left_days": left.days,
        "left_days_if_unknown_good": left.if_unknown_good,
        "left_days_if_unknown_lost": left.if_unknown_lost,
        "lost_by_ozone_alone_days": now.lost_by_ozone_alone_days,
        "ozone_known_days": now.ozone_known_days,
        "basis": _provenance(now.provenance),
        "against_basis": _provenance(found.before.provenance),
    }


def sections(_asked: Mapping[str, str]) -> Json:
    """Every section of the river with its newest class and its target."""
    return {"sections": [_section(one) for one in water.river(clock.today()).sections]}


def _section(one: water.Section) -> Json:
    latest, annual, aim = one.latest, one.annual, one.aim
    return {
        "section_id": one.id,
        "name_zh": one.name.name.zh,
        "name_en": one.name.name.en,
        "river_id": one.row.river_id,
        "lon": one.row.lon,
        "lat": one.row.lat,
        "accuracy_km": one.row.accuracy_km,
        "latest": latest
        and {
            "period": latest.period,
            "hour": latest.hour,
            "op": latest.op,
            "water_class": latest.water_class,
            "official": latest.official,
            "deciding": list(latest.deciding),
            "basis": _provenance(latest.provenance),
        },
        "annual": annual
        and {"year": int(annual.period), "water_class": annual.water_class, "basis": _provenance(annual.provenance)},
        "target": aim
        and {"water_class": aim.water_class, "year": aim.year, "draft": aim.draft, "of_river": aim.of_river},
        "annual_against_target": one.against_aim,
        "recorded_hours": [
            {
                "month": held.month,
                "hours": held.hours,
                "by_class": {str(number): n for number, n in held.by_class.items()},
                "left_out": held.left_out,
                "basis": _provenance(held.provenance),
            }
            for held in one.held
        ],
    }


def _provenance(told: Provenance) -> Json:
    return {
        "kind": told.kind,
        "period": told.period,
        "standard": told.standard or None,
        "dust": None if told.dust == "none" else told.dust,
        "terms": told.terms and _terms(told.terms),
        "sources": [{"document_id": one.document.document_id, "place": one.place or None} for one in told.sources],
    }


def _terms(terms: Terms) -> Json:
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


# ── asked and answered ───────────────────────────────────────────────────────────────────────────────────────────────
def _known(name: str, value: str | None, known: Iterable[str]) -> None:
    if value is not None and value not in known:
        raise AskedWrongError(f"{name}={value}: there are {', '.join(sorted(known))}")


def _day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise AskedWrongError(f"{name}={text}: a day is written YYYY-MM-DD") from None


def _year(name: str, text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not re.fullmatch(r"\d{4}", text):
        raise AskedWrongError(f"{name}={text}: a year is written YYYY")
    return int(text)


def routes() -> list[Route]:
    """The routes of the API and of the monitors' question."""
    told = {
        "now": now,
        "indicators": indicators,
        "air/daily": daily,
        "air/budget": air_budget,
        "water/sections": sections,
    }
    return [Route(f"/api/v1/{path}", _answering(tell)) for path, tell in told.items()] + [Route("/healthz", healthz)]


def _answering(tell: Callable[[Mapping[str, str]], Json]) -> Callable[[Request], Response]:
    """An endpoint; Starlette runs it in a thread of its own."""

    def answer(request: Request) -> Response:
        try:
            body = _json(tell(request.query_params))
        except AskedWrongError as error:
            return Response(_json({"error": str(error)}), 400, media_type="application/json")
        cross = {"access-control-allow-origin": "*"}
        fresh = f"public, max-age={FRESH_S}"
        return respond(request, body, "application/json", cache_control=fresh, headers=cross)

    return answer


def _json(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def healthz(_request: Request) -> Response:
    """Alive, whether the store can be read, how old the living numbers are. 503 where the pages cannot be served."""
    try:
        database.revision()  # raises where the store cannot be read
        at = clock.now()
        ages = [
            _heard(name, at) | {"age_minutes": _age_minutes(name, at)}
            for name, one in sources.declared().items()
            if one.on
        ]
        told, status = {"alive": True, "ready": True, "sources": ages}, 200
    except database.StoreError as error:
        told, status = {"alive": True, "ready": False, "why": str(error)}, 503
    return Response(_json(told), status, media_type="application/json", headers={"cache-control": "no-store"})


def _age_minutes(name: str, at: datetime) -> int | None:
    age = freshness.of(name, at).age
    return None if age is None else int(age.total_seconds() // 60)
