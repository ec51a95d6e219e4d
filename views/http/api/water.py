"""The sections of the river."""

from collections.abc import Mapping

from reports import water
from reports.water import HoursOfMonth, Section
from store import clock
from views.http.api.values import Json, basis


def sections(_parameters: Mapping[str, str]) -> Json:
    """Every section with its newest class and its target."""
    return {"sections": [_section(one) for one in water.river(clock.today()).sections]}


def _section(one: Section) -> Json:
    return {
        "section_id": one.id,
        "name_zh": one.name.name.zh,
        "name_en": one.name.name.en,
        "river_id": one.row.river_id,
        "lon": one.row.lon,
        "lat": one.row.lat,
        "accuracy_km": one.row.accuracy_km,
        "latest": _latest(one),
        "annual": _annual(one),
        "target": _target(one),
        "annual_against_target": one.against_aim,
        "recorded_hours": [_hours(month) for month in one.recorded],
    }


def _latest(one: Section) -> Json | None:
    latest = one.latest
    return (
        None
        if latest is None
        else {
            "period": latest.period,
            "hour": latest.hour,
            "op": latest.op,
            "water_class": latest.water_class,
            "official": latest.official,
            "deciding": list(latest.deciding),
            "below_detection": dict(latest.below_detection),
            "basis": basis(latest.provenance),
        }
    )


def _annual(one: Section) -> Json | None:
    annual = one.annual
    return (
        None
        if annual is None
        else {
            "year": int(annual.period),
            "water_class": annual.water_class,
            "basis": basis(annual.provenance),
        }
    )


def _target(one: Section) -> Json | None:
    aim = one.aim
    return (
        None
        if aim is None
        else {"water_class": aim.water_class, "year": aim.year, "draft": aim.draft, "of_river": aim.of_river}
    )


def _hours(month: HoursOfMonth) -> Json:
    return {
        "month": month.month,
        "hours": month.hours,
        "by_class": {str(number): n for number, n in month.by_class.items()},
        "left_out": month.left_out,
        "basis": basis(month.provenance),
    }
