"""The flow of a year's industrial waste: what every surface lays out."""

from msgspec import Struct

from reports.waste import Flow
from views.text import amounts
from views.text import format as fmt
from views.text.words import Words

COLORS = {"used": "var(--leaf)", "disposed": "var(--earth)", "rest": "var(--none)"}


class Way(Struct, frozen=True, weakref=True):
    """One way waste went: its name, amount and share in words and as numbers, its colour. ``known``: figures state it."""

    name: str
    amount: str
    share: str
    amount_10kt: float
    share_pct: float
    color: str
    known: bool


class WasteFlow(Struct, frozen=True, weakref=True):
    """What was generated in a year, and the ways it went: used, disposed of, the rest that no figure states."""

    period: str
    generated: str
    ways: tuple[Way, ...]


def flow(report: Flow, w: Words) -> WasteFlow:
    """A year's flow in words."""
    parts = {"used": report.used.value, "disposed": report.disposed.value, "rest": report.unstated_10kt}
    ways = tuple(_way(name, amount or 0.0, report, w) for name, amount in parts.items())
    generated = amounts.amount(report.generated.value or 0, "10kt", w)
    return WasteFlow(fmt.period(report.period, w), generated, ways)


def _way(name: str, amount_10kt: float, report: Flow, w: Words) -> Way:
    share_pct = report.share_pct(amount_10kt)
    amount = amounts.amount(amount_10kt, "10kt", w)
    return Way(
        w(f"waste.{name}"),
        amount,
        f"{fmt.number(share_pct, 1)}%",
        amount_10kt,
        share_pct,
        COLORS[name],
        known=name != "rest",
    )
