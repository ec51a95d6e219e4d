"""The register of the documents: bans on the page of goals, coverage on the page of methods."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from reports.register import Coverage, Listed
from views import addresses
from views.site import page
from views.site.sheet import drawn_once
from views.text.markup import join
from views.text.words import Words
from views.ui import cards, inline
from views.visit import Visit


@drawn_once()
def bans(v: Visit, rows: Sequence[Listed]) -> None:
    """What the plan forbids, each with its place, folded."""
    w = v.w
    if not rows:
        return
    lines = [_ban(one, w) for one in rows]
    source = cards.line(
        w("register.bans_source", name=cards.source_name(rows[0].provenance.sources[0], w)), "muted small"
    )
    page.section(w("register.bans_title"), w("register.bans_sub"))
    page.show(cards.folded(w("register.bans_fold", n=len(lines)), cards.notes(lines) + source))


def _ban(one: Listed, w: Words) -> str:
    return w("register.ban", rule=w.of(one.row.summary), place=cards.place(one.row.place, w))


@drawn_once()
def coverage(v: Visit, documents: Iterable[Coverage]) -> None:
    """How each document was read: sentences, marked ones, rows used and left out with the reasons."""
    w = v.w
    page.section(w("register.read_title"), w("register.read_sub"))
    names = ("document", "sentences", "marked", "used", "left_out")
    header = [w(f"register.column_{name}") for name in names]
    table = cards.table(header, (_coverage(one, w) for one in documents), numeric=(1, 2, 3))
    page.show(cards.wrapped("read", table) + _files(w))


def _coverage(one: Coverage, w: Words) -> list[cards.Cell]:
    reasons = w("air.list_comma").join(w(f"register.left_out.{name}", n=n) for name, n in one.left_out.items())
    return [
        cards.cell(w.of(one.source.document.title)),
        cards.cell(str(one.sentences)),
        cards.cell(str(one.marked)),
        cards.cell(str(one.used)),
        cards.cell(reasons or "—"),
    ]


def _files(w: Words) -> Markup:
    links = (
        inline.link(addresses.table(table), w(f"method.table.{table}"), kind="small")
        for table in ("register", "sentences")
    )
    return inline.paragraph(join(links, " "), "row")
