"""What improved, what is at risk, what is unknown."""

from markupsafe import Markup

from reports.overview import Move, Overview
from views.text import amounts
from views.text import format as fmt
from views.text.words import Words
from views.ui import cards


def notable(report: Overview, w: Words) -> list[Markup]:
    """What improved, what is at risk, what is unknown, as three cards."""
    improved = [_move(move, w) for move in report.improved]
    risks = [_move(move, w) for move in report.slipped]
    risks.append(w("overview.rule_effect", year=report.effect.start.year, points=fmt.number(report.effect.points, 1)))
    unknown = [
        w("overview.unknown_delegated", n=report.delegated, total=report.main_total),
        w("overview.unknown_conflicts", n=report.contradictions),
    ]
    parts = (
        ("improved", improved, report.provenance),
        ("risk", risks, report.effect.provenance),
        ("unknown", unknown, report.provenance),
    )
    return [
        cards.card(
            w(f"overview.{name}", total=report.main_total), cards.notes(items), foot=cards.source_note(provenance, w)
        )
        for name, items, provenance in parts
    ]


def _move(move: Move, w: Words) -> str:
    one = move.promise
    if move.measured:
        return w(
            "overview.move_measured",
            name=w.of(one.indicator.short),
            start=amounts.of_promise(one, move.start, "=", "", w),
            start_period=fmt.period(move.start_period, w),
            latest=amounts.of_promise(one, move.latest.value, move.latest.op, "", w),
            period=fmt.period(move.latest.period, w),
        )
    return w(
        "overview.move",
        name=w.of(one.indicator.short),
        start=amounts.of_promise(one, move.start, one.target.baseline_op, "", w),
        start_period=fmt.period(move.start_period, w),
        latest=amounts.of_promise(one, move.latest.value, move.latest.op, "", w),
        period=fmt.period(move.latest.period, w),
    )
