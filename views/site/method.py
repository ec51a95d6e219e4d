"""Blocks of the data and methods page."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from reports import method, provenance
from reports.conflicts import Conflict
from reports.corrections import Correction
from reports.method import Breakpoints, Breaks, Document, Holding, Inventory, KnownYears, Limit, Rulebook
from reports.overlaps import HOURS_TO_COMPARE, ITEMS, Overlap, Recomputed
from reports.searches import Search
from store import records
from views import addresses
from views.cached import cached_rendering, cached_rendering_of
from views.drawings import by_year
from views.site import page
from views.site.sheet import drawn_once
from views.text import air as air_words
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import HTML_LANG, Words
from views.ui import bars, cards, files, inline
from views.ui import conflicts as conflict_cards
from views.ui import corrections as corrections_table
from views.ui import layout as page_layout
from views.ui.bars import Bar
from views.visit import CHOICES, Visit

THEME = "method"
WIDE, NARROW = 860, 358  # pixels a drawing is laid out for
CLASSES = range(1, 6)
CORRECTIONS_AT_SIGHT = 20
DECIMALS = dict.fromkeys(ITEMS, 1) | {"co_mgm3": 2}  # of a mean difference
# Formulas of other sources and our own, in the order of the page; they follow those of the standards.
OTHER = ("water", "river", "days_left", "outlook", "progress", "trend")
NOT_STORED = ("person", "position", "log", "outside")
CITE, LICENCE = ("figure", "archive", "judged"), ("documents", "archives", "map", "own")


@drawn_once()
def lead(v: Visit, inventory: Inventory) -> None:
    """Whether the numbers can be checked, in a sentence."""
    w = v.w
    seen = {kind: inventory.seen.get(kind, 0) for kind in ("original", "reprint", "named")}
    headline = w.html("method.headline", figures=inventory.figures, targets=inventory.targets, days=inventory.days)
    page.head(v, THEME, headline, w("method.lead", documents=inventory.documents, **seen))


@drawn_once("air_hours", "air_days", "water")
def known(v: Visit, rows: Sequence[KnownYears]) -> None:
    """How much is known year by year, of the air, of published figures, of the river."""
    w = v.w
    wide, narrow = (by_year.drawing(rows, w, width=width) for width in (WIDE, NARROW))
    merged = provenance.merged((one.provenance for one in rows), "derived", rows[0].provenance.period)
    page.drawing(
        v,
        wide,
        shown=cards.wrapped("by-year", page_layout.by_width(wide, narrow)),
        download="known-by-year",
        title=_known_title(rows[0], w),
        sub=w("method.known_sub"),
        provenance=merged,
        data=_known_frame(rows, w),
    )


def _known_title(days: KnownYears, w: Words) -> str:
    """In how many past years the days are enough for a year's statistics, and how many days of the running one are known."""
    running = max(days.by_year)
    return w("method.known_title", n=len(days.enough), of=len(days.past), year=running, days=days.by_year[running])


@cached_rendering
def _known_frame(rows: Sequence[KnownYears], w: Words) -> pd.DataFrame:
    columns = {w(f"method.known_{one.name}"): list(one.by_year.values()) for one in rows}
    return pd.DataFrame({w("method.column_year"): [str(year) for year in rows[0].by_year], **columns})


@drawn_once()
def how_sure(v: Visit, inventory: Inventory, evidence: Mapping[str, int]) -> None:
    """How well documents, figures and rules were seen."""
    w = v.w
    page.section(w("method.sure_title"), w("method.sure_sub"))
    groups = (
        ("documents", "method.sure_documents", "site.seen_words", inventory.seen),
        ("figures", "method.sure_figures", "site.confidence_words", inventory.confidence),
        ("rules", "method.sure_rules", "method.evidence", evidence),
    )
    made = []
    for table, title, words, counts in groups:
        shown = [Bar(w(f"{words}.{kind}"), ((n, "var(--accent)"),), str(n)) for kind, n in counts.items()]
        made.append(cards.card(w(title, n=sum(counts.values())), bars.rows(shown), foot=_download(table, w)))
    page.show(cards.grid(made, "three"))


def _download(table: str, w: Words) -> Markup:
    name = w(f"method.table.{table}")
    return inline.link(addresses.table(table), w("method.download", name=name), kind="small")


@drawn_once()
def sources(v: Visit, documents: Mapping[str, tuple[Document, ...]]) -> None:
    """Every document, by kind, with what rests on it."""
    w = v.w
    page.section(w("method.sources_title"), w("method.sources_sub"))
    page.show(_documents(documents, w))


def _documents(documents: Mapping[str, tuple[Document, ...]], w: Words) -> Markup:
    header = [w("method.column_document"), w("method.column_figures"), w("method.column_others")]
    folds = []
    for kind, found in documents.items():
        body = cards.table(header, [_document(one, w) for one in found], numeric=(1, 2))
        folds.append(cards.folded(w("method.fold_kind", kind=w(f"method.kind.{kind}"), n=len(found)), body))
    return cards.card(w("method.by_kind"), join(folds), foot=_download("documents", w))


def _document(one: Document, w: Words) -> list[cards.Cell]:
    note = inline.below(w.of(one.source.document.note))
    return [cards.source_line(one.source, w) + note, str(one.figures or "—"), str(one.others or "—")]


@drawn_once()
def holdings(v: Visit, tables: Sequence[Holding]) -> None:
    """Every table of the store, to download."""
    page.section(v.w("method.holdings_title"), v.w("method.holdings_sub"))
    page.show(_holdings(tables, v.w))


def _holdings(tables: Sequence[Holding], w: Words) -> Markup:
    header = [w(f"method.column_{name}") for name in ("table", "rows", "until", "latest")]
    body = cards.table(header, [_holding(one, w) for one in tables], numeric=(1,))
    rows = fmt.number(sum(one.rows for one in tables))
    return cards.folded(w("method.fold_tables", n=len(tables), rows=rows), body)


def _holding(one: Holding, w: Words) -> list[cards.Cell]:
    link = inline.link(addresses.table(one.name), w(f"method.table.{one.name}"))
    latest = cards.source_name(one.latest, w) if one.latest else ""
    return [link, fmt.number(one.rows), cards.cell(fmt.period(one.until, w) if one.until else ""), cards.cell(latest)]


@drawn_once()
def not_found(v: Visit, searches: Sequence[Search]) -> None:
    """What was looked for, where and until when, and whether it was found."""
    page.section(v.w("method.missing_title"), v.w("method.missing_sub"))
    page.show(_searches(searches, v.w))


def _searches(searches: Sequence[Search], w: Words) -> Markup:
    header = [w(f"method.searched_{name}") for name in ("what", "where", "until", "result")]
    rows = [
        [
            cards.cell(w.of(one.row.what)),
            cards.cell(w.of(one.row.where)),
            cards.cell(fmt.day(one.on, w)),
            _result(one, w),
        ]
        for one in searches
    ]
    return cards.folded(w("method.fold_searches", n=len(rows)), cards.table(header, rows))


def _result(one: Search, w: Words) -> Markup:
    return html("{}{}", w(f"goals.searched_{one.row.result}"), inline.below(w.of(one.row.note)))


@drawn_once()
def contradictions(v: Visit, found: Mapping[str, tuple[Conflict, ...]]) -> None:
    """All contradictions, by theme."""
    total = sum(len(mine) for mine in found.values())
    page.section(v.w("method.conflicts_title", n=total), v.w("method.conflicts_sub"))
    page.show(_contradictions(found, v.w))


def _contradictions(found: Mapping[str, tuple[Conflict, ...]], w: Words) -> Markup:
    folds = [
        cards.folded(
            w("method.fold_conflicts", theme=w(f"site.themes.{theme}"), n=len(mine)), conflict_cards.grid(mine, w)
        )
        for theme, mine in found.items()
    ]
    return cards.card(w("method.by_theme"), join(folds), foot=_download("contradictions", w))


@drawn_once()
def corrections(v: Visit, found: Sequence[Correction]) -> None:
    """What was put right after it had been shown."""
    w = v.w
    page.section(w("method.corrections_title"), w("method.corrections_sub") if found else "")
    if not found:
        page.note(w("method.corrections_none"))
        return
    rows = corrections_table.table(found[:CORRECTIONS_AT_SIGHT], w)
    rest = found[CORRECTIONS_AT_SIGHT:]
    more = (
        cards.folded(w("method.corrections_more", n=len(rest)), corrections_table.table(rest, w)) if rest else Markup()
    )
    page.show(cards.card(w("method.corrections_count", n=len(found)), rows + more))


@drawn_once()
def standards(v: Visit, book: Rulebook) -> None:
    """The limits through the years; the full tables one click away."""
    page.section(v.w("method.standards_title"), v.w("method.standards_sub"))
    page.show(_limits(book, v.w))
    page.show(_tables(book, v.w))


def _limits(book: Rulebook, w: Words) -> Markup:
    header = [w("method.column_limit"), *(w("site.year", year=start.year) for start in book.starts)]
    body = cards.table(header, [_limit(one, w) for one in book.limits], numeric=(1, 2, 3))
    first, second, third = (fmt.day(start, w) for start in book.starts)
    note = cards.line(w("method.limits_note", first=first, second=second, third=third), "muted small")
    return cards.card(w("method.limits_title"), body + note, foot=_download("air_limits", w))


def _limit(one: Limit, w: Words) -> list[cards.Cell]:
    """A row of limits; one that differs from the phase before is in bold."""
    name = f"{air_words.symbol(one.pollutant)} {w(f'method.averaging.{one.averaging}')}"
    texts = ["—" if value is None else fmt.plain(value) for value in one.values]
    return [name, *(inline.strong(text) if new else text for text, new in zip(texts, one.changed, strict=True))]


def _tables(book: Rulebook, w: Words) -> Markup:
    """Every standard, breakpoint, limit and rule in full, folded."""
    folds = [cards.folded(w("method.fold_standards", n=len(book.standards)), _standards(book, w))]
    for table in book.breakpoints:
        title = w("method.fold_aqi", name=table.standard.standard_id)
        folds.append(cards.folded(title, _breakpoints(table, w)))
    folds.append(cards.folded(w("method.fold_water"), _water(book, w)))
    folds.append(cards.folded(w("method.fold_rules", n=len(book.rules)), _rules(book, w)))
    return cards.card(w("method.full_tables"), join(folds))


def _standards(book: Rulebook, w: Words) -> Markup:
    entries = [
        cards.entry(_name(row, w), w.of(row.note), (in_force(row, w), _evidence(row, w))) for row in book.standards
    ]
    return join(entries) + _download("standards", w)


def _name(row: records.Standard, w: Words) -> str:
    """Number and title; some have only a title."""
    number, title = cards.place(row.standard_id, w), w.of(row.title)
    return title if number == title else f"{number} {title}"


def _evidence(row: records.Standard | records.Rule, w: Words) -> str:
    return w(f"method.evidence.{row.evidence}")


def in_force(row: records.Standard | records.Rule, w: Words) -> str:
    """From when to when something is in force, in words."""
    start, end = _day(row.effective_from, w), _day(row.effective_to, w)
    if start and end:
        return w("method.from_to", start=start, end=end)
    return w("method.from_day", day=start) if start else w("method.dates_unknown")


def _day(value: date | None, w: Words) -> str:
    return fmt.day(value, w) if value else ""


def _breakpoints(table: Breakpoints, w: Words) -> Markup:
    header = [
        "IAQI",
        *(
            f"{air_words.symbol(pollutant)} {w(f'method.averaging.{averaging}')}"
            for pollutant, averaging in table.columns
        ),
    ]
    rows = [
        [str(iaqi), *("—" if value is None else fmt.plain(value) for value in values)]
        for iaqi, values in zip(table.iaqi, table.values, strict=True)
    ]
    note = w("method.aqi_note", title=w.of(table.standard.title), dates=in_force(table.standard, w))
    return (
        cards.line(note, "muted small")
        + cards.table(header, rows, numeric=range(len(header)))
        + _download("aqi_breakpoints", w)
    )


def _water(book: Rulebook, w: Words) -> Markup:
    names = [fmt.water_class(grade, w) for grade in CLASSES]
    rows = [
        [
            w.of(row.name) + ("" if row.water_body == "all" else w(f"method.body.{row.water_body}")),
            *_grades(row),
        ]
        for row in book.water_limits
    ]
    body = cards.table([w("method.column_item"), *names], rows, numeric=range(1, 6))
    return cards.line(w("method.water_note"), "muted small") + body + _download("surface_water_limits", w)


def _grades(row: records.SurfaceWaterLimit) -> list[str]:
    return [fmt.limit(row, value) for value in method.grades(row)]


def _rules(book: Rulebook, w: Words) -> Markup:
    entries = [
        cards.entry(
            f"{row.rule_id} {w.of(row.topic)}",
            w.of(row.rule),
            (cards.place(row.standard, w), in_force(row, w), _evidence(row, w), cards.place(row.source, w)),
        )
        for row in book.rules.values()
    ]
    return cards.line(w("method.missing_note"), "muted small") + join(entries) + _download("rules", w)


@drawn_once()
def formulas(v: Visit, book: Rulebook) -> None:
    """Every formula, folded, with the rule it follows and how sure that rule is."""
    w = v.w
    page.section(w("method.formulas_title"), w("method.formulas_sub"))
    made = [_ruled(name, rules, w) for name, rules in book.formulas.items()]
    made += [
        _formula(name, [w(f"method.explained.{name}")], cards.line(w(f"method.grounds.{name}"), "muted small"), w)
        for name in OTHER
    ]
    page.show(join(made))


def _ruled(name: str, rules: Sequence[records.Rule], w: Words) -> Markup:
    grounds = join(_ground(row, w) for row in rules)
    return _formula(name, [w.of(row.rule) for row in rules], grounds, w)


def _ground(row: records.Rule, w: Words) -> Markup:
    ground = w("method.ground", no=row.rule_id, standard=cards.place(row.standard, w), evidence=_evidence(row, w))
    return cards.line(ground, "muted small")


def _formula(name: str, explained: Sequence[str], grounds: Markup, w: Words) -> Markup:
    formula = cards.wrapped("formula", inline.lines(w(f"method.formula.{name}").splitlines()))
    return cards.folded(w(f"method.formula_title.{name}"), formula + cards.notes(explained) + grounds)


@drawn_once()
def breaks(v: Visit, found: Breaks, book: Rulebook) -> None:
    """Where a series must not be compared across, and what is missing."""
    w = v.w
    page.section(w("method.breaks_title"), w("method.breaks_sub"))
    gap = found.longest
    source_note = cards.source_note(found.provenance, w)
    state, edition = (_ground(book.rules[one], w) for one in (method.STATE_CHANGE, method.EDITION))
    made = [
        cards.card(fmt.day(found.state_change, w), cards.line(w("method.break_state")), foot=state),
        cards.card(fmt.day(found.edition, w), cards.line(w("method.break_edition")), foot=edition),
    ]
    if gap:
        missing = w("method.break_missing", n=gap.days, start=fmt.day(gap.first, w), end=fmt.day(gap.last, w))
        made.append(cards.card(w("method.missing_days", n=found.missing), cards.line(missing), foot=source_note))
    page.show(cards.grid(made, "three"))
    header = [w("method.column_ozone"), w("method.column_first"), w("method.column_last"), w("method.column_days")]
    rows = [
        [w(f"method.ozone.{one.kind}"), fmt.day(one.first, w), fmt.day(one.last, w), str(one.days)]
        for one in found.ozone
    ]
    ozone = cards.table(header, rows, numeric=(3,)) + cards.line(w("method.break_ozone"), "muted small")
    if months := found.ozone_by_month:
        span = {"first": fmt.period(months.first, w), "last": fmt.period(months.last, w)}
        ozone += cards.line(w("method.ozone_by_month", **span, n=months.months), "muted small")
        source_note += cards.source_note(months.provenance, w)
    page.show(cards.card(w("method.ozone_title"), ozone, foot=source_note))


@drawn_once()
def overlaps(v: Visit, found: Sequence[Overlap], recomputed: Recomputed) -> None:
    """How far archives that know the same days or months lie apart, and whether published hourly AQIs follow from the rule."""
    w = v.w
    page.section(w("method.overlaps_title"), w("method.overlaps_sub"))
    header = [w("method.column_table"), w("method.column_beside"), *(w(f"method.apart.{name}") for name in ITEMS)]
    rows = [
        [
            w(f"method.table.{one.name}"),
            w(f"method.beside_{one.step}", n=one.n),
            *(
                fmt.number(one.apart[name], DECIMALS[name]) if name in one.apart else w("method.not_beside")
                for name in ITEMS
            ),
        ]
        for one in found
    ]
    notes = [w("method.overlaps_ozone"), w("method.overlaps_hours", hours=HOURS_TO_COMPARE)]
    table = cards.table(header, rows, numeric=range(2, len(header)), region=w("method.overlaps_title"))
    body = table + join(cards.line(one, "muted small") for one in notes)
    page.show(
        cards.card(w("method.overlaps_card"), body, foot=join(cards.source_note(one.provenance, w) for one in found))
    )
    text = w("method.recomputed", n=recomputed.n, equal=recomputed.equal, standard=recomputed.provenance.standard)
    page.show(
        cards.card(w("method.recomputed_title"), cards.line(text), foot=cards.source_note(recomputed.provenance, w))
    )


@drawn_once()
def glossary(v: Visit, terms: Sequence[records.Term]) -> None:
    """What the words mean, folded; one of them is found by the search."""
    w = v.w
    page.section(w("method.glossary_title", n=len(terms)), w("method.glossary_sub"))
    page.show(cards.folded(w("method.glossary_all"), _terms(terms, w) + _download("glossary", w)))


@cached_rendering_of("facts")
def _terms(rows: Sequence[records.Term], w: Words) -> Markup:
    other = "en" if w.lang == "zh" else "zh"
    header = [w(f"method.column_{name}") for name in ("term", "other", "meaning")]
    body = [
        [
            inline.strong(row.en if w.lang == "en" else row.zh),
            inline.of_language(row.zh if w.lang == "en" else row.en, HTML_LANG[other]),
            cards.cell(w.of(row.definition)),
        ]
        for row in rows
    ]
    return cards.table(header, body)


@drawn_once()
def use(v: Visit, account_year: str | None) -> None:
    """How to cite, who owns what, and the ways to the brief and, where there is one, a year's account."""
    w = v.w
    page.section(w("method.use_title"))
    cite = cards.card(w("method.cite_title"), cards.notes([w(f"method.cite.{name}") for name in CITE]))
    licence = cards.card(w("method.licence_title"), cards.notes([w(f"method.licence.{name}") for name in LICENCE]))
    page.show(cards.grid([cite, licence], "two") + inline.paragraph(inline.for_others(w)))
    page.show(files.brief(v) + files.account(account_year, v))


@drawn_once()
def privacy(v: Visit) -> None:
    """What is stored of a visitor: their choices, in their own browser."""
    w = v.w
    none = cards.card(w("privacy.none_title"), cards.notes([w(f"privacy.none.{name}") for name in NOT_STORED]))
    choices = [
        w.html("privacy.choice_of", cookie=inline.code(name), what=w(f"privacy.choice.{name}")) for name in CHOICES
    ]
    stored = cards.card(w("privacy.stored_title"), cards.notes(choices), foot=html("{}", w("privacy.about")))
    page.section(w("privacy.title"), w("privacy.sub"))
    page.show(cards.grid([none, stored], "two"))
