"""The yearly account in words: a table a plan, each promise with its start, target, official and measured result."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from reports import provenance
from reports.account import Account
from reports.goals import Promise
from reports.provenance import Provenance
from views.cached import cached_rendering
from views.paper import sheet, typesetting
from views.text import format as fmt
from views.text.words import Words
from views.tokens import LIGHT
from views.ui import cards, promise

COLUMNS = ("promise", "start", "target", "official", "measured", "state")
WIDTHS = (17, 12, 17, 18, 20, 22)


@dataclass(frozen=True)
class OfPlan:
    """The promises of a plan as rows of texts, in the order of :data:`COLUMNS`; ``sources``: what they rest on."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    sources: str


@dataclass(frozen=True)
class Printed:
    """The account in one language; ``notes``: of when it is and how to read it."""

    lang: str
    name: str
    site: str
    title: str
    notes: tuple[str, ...]
    header: tuple[str, ...]
    plans: tuple[OfPlan, ...]
    sources_title: str
    made: str


def of(report: Account, w: Words, address: str) -> Printed:
    """The account as texts; ``address``: where it is found."""
    return Printed(
        lang=w.lang,
        name=file_name(report, w),
        site=w("site.name"),
        title=w("account.title", year=report.year),
        notes=notes(report, w),
        header=tuple(w(f"account.col_{name}") for name in COLUMNS),
        plans=tuple(_plan(list(mine), w) for _, mine in groupby(report.promises, lambda one: one.plan.plan_id)),
        sources_title=w("brief.sources"),
        made=w("page.printed", day=fmt.day(report.today, w), address=address),
    )


def file_name(report: Account, w: Words) -> str:
    """The name of its file, without the ending."""
    return f"account-{report.year}-{w.lang}"


def notes(report: Account, w: Words) -> tuple[str, ...]:
    """On which day it is judged, how many promises are in which state, and that official and measured are never mixed."""
    counts = w("brief.comma").join(
        w("goals.tally_count", status=w(f"site.status.{status}"), n=n) for status, n in report.by_status.items()
    )
    return (
        w("account.as_of" if report.over else "account.running", year=report.year, day=fmt.day(report.as_of, w)),
        w("account.counts", n=len(report.promises), counts=counts, measured=report.measured_n),
        w("account.apart"),
    )


def _plan(mine: list[Promise], w: Words) -> OfPlan:
    basis = provenance.merged(sources_of(mine), "published", "")
    return OfPlan(w.of(mine[0].plan.name), tuple(_row(one, w) for one in mine), sheet.sources(basis, w))


def sources_of(promises: Iterable[Promise]) -> list[Provenance]:
    """Where promises and their results come from."""
    found: list[Provenance] = []
    for one in promises:
        found.append(one.provenance)
        found += [one.official.provenance] if one.official else []
        found += [one.measured.point.provenance] if one.measured else []
    return found


def _row(one: Promise, w: Words) -> tuple[str, ...]:
    shown = promise.row(one, w)
    return (
        " ".join(part for part in (one.target.no, shown.long_name, shown.scope) if part),
        shown.start or w("goals.no_baseline"),
        shown.target.line,
        official(shown, w),
        shown.measured.sentence if shown.measured else "—",
        fmt.sentences(w, shown.word + w("account.colon"), shown.reason),
    )


def official(shown: promise.Row, w: Words) -> str:
    """The official result with its period and where it stands; that none was found."""
    if shown.official is None or not shown.official.text:
        return w("site.not_found")
    source = cards.source_line(shown.official.provenance.sources[0], w, linked=False).striptags()
    return w("account.official", value=shown.official.text, period=shown.official.period, source=source)


def pdf(made: Printed) -> bytes:
    """The account as PDF, A4 across. Raises typesetting.NoFontError where no installed font holds Chinese letters."""
    return _set(made, typesetting.family())


@cached_rendering
def _set(made: Printed, family: str) -> bytes:
    colors = {"ink": LIGHT.ink, "muted": LIGHT.muted, "line": LIGHT.none, "accent": LIGHT.sky}
    told = {**vars(made), **colors, "font": family, "widths": WIDTHS, "plans": [vars(one) for one in made.plans]}
    return typesetting.pdf("account", told, {})
