"""The yearly account in words: one sheet with a table a plan, for page, PDF and workbook."""

from itertools import groupby

from msgspec.structs import asdict

from reports import goals
from reports.account import Account
from reports.goals import Promise
from views.cached import cached_rendering
from views.paper import sheet, typesetting
from views.paper.sheet import Part, Sheet, Table
from views.text import format as fmt
from views.text.words import Words
from views.tokens import LIGHT
from views.ui import cards, promise

COLUMNS = ("promise", "start", "target", "official", "measured", "state")
WIDTHS = (17, 12, 17, 18, 20, 22)


def of(report: Account, w: Words, address: str) -> Sheet:
    """The account of a year; ``address``: where it is found."""
    return Sheet(
        lang=w.lang,
        name=file_name(report, w),
        site=w("site.name"),
        title=w("account.title", year=report.year),
        sub=w("account.as_of" if report.over else "account.running", year=report.year, day=fmt.day(report.as_of, w)),
        headline=_counts(report, w),
        parts=(
            Part(w("account.how"), (w("account.apart"),)),
            *(_plan(list(mine), w) for _, mine in groupby(report.promises, lambda one: one.plan.plan_id)),
        ),
        sources_title=w("brief.sources"),
        sources=sheet.sources(report.provenance, w),
        made=w("page.printed", day=fmt.day(report.today, w), address=address),
    )


def file_name(report: Account, w: Words) -> str:
    """The name of its file, without the ending."""
    return f"account-{report.year}-{w.lang}"


def _counts(report: Account, w: Words) -> str:
    """How many promises are in which state."""
    counts = w("brief.semicolon").join(
        w("goals.tally_count", status=w(f"site.status.{status}"), n=n) for status, n in report.by_status.items()
    )
    return w("account.counts", n=len(report.promises), counts=counts, measured=report.measured_n)


def _plan(mine: list[Promise], w: Words) -> Part:
    header = tuple(w(f"account.col_{name}") for name in COLUMNS)
    table = Table(header, tuple(_row(one, w) for one in mine), (), WIDTHS)
    return Part(
        w.of(mine[0].plan.name),
        (w("account.colon").join((w("brief.sources"), sheet.sources(goals.provenance_of(mine), w))),),
        table,
    )


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
    source = w("brief.comma").join(cards.source_parts(shown.official.provenance.sources[0], w))
    return w("account.official", value=shown.official.text, period=shown.official.period, source=source)


def pdf(made: Sheet) -> bytes:
    """The account as PDF, A4 across. Raises typesetting.NoFontError where no installed font holds Chinese letters."""
    return _set(made, typesetting.family())


@cached_rendering
def _set(made: Sheet, family: str) -> bytes:
    colors = {"ink": LIGHT.ink, "muted": LIGHT.muted, "line": LIGHT.none, "accent": LIGHT.sky}
    parts = [
        {"title": one.title, "lines": one.lines, "table": asdict(one.table) if one.table else None}
        for one in made.parts
    ]
    return typesetting.pdf("account", {**asdict(made), **colors, "font": family, "parts": parts}, {})
