"""What documents publish: figures, documents, contradictions between them, and the standards numbers are judged by."""

from datetime import date

from msgspec import Struct

from reports import conflicts, figures, lookup, method
from reports.figures import Point
from store import records
from store.records import Evidence, Theme
from views.http.api import parameters
from views.http.api.parameters import Id, InPages, Nothing
from views.http.api.values import Basis, Figure, Paged, basis, en, figure, zh


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class FiguresQuestion(InPages, frozen=True, kw_only=True):
    """Of one theme, indicator, area or document, or all."""

    theme: Id | None = None
    indicator: Id | None = None
    area: Id | None = None
    document: Id | None = None


class Figures(Paged, frozen=True, kw_only=True):
    """Published figures in the order of indicator, area and period."""

    figures: list[Figure]


def all_figures(asked: FiguresQuestion) -> Figures:
    """Every published figure that is asked for."""
    indicators = lookup.indicators()
    parameters.check("theme", asked.theme, {row.theme for row in indicators.values()})
    parameters.check("indicator", asked.indicator, indicators.keys())
    parameters.check("area", asked.area, lookup.areas().keys())
    parameters.check("document", asked.document, _documents().keys())
    chosen = [one for one in figures.every(worded=True) if _is_asked(one, asked, indicators[one.row.indicator_id])]
    shown, after = parameters.page(chosen, asked, lambda one: one.row)
    return Figures(figures=[figure(one) for one in shown], next=after)


def _is_asked(one: Point, asked: FiguresQuestion, indicator: records.Indicator) -> bool:
    return (
        asked.theme in (None, indicator.theme)
        and asked.indicator in (None, one.row.indicator_id)
        and asked.area in (None, one.row.area_id)
        and asked.document in (None, one.row.document_id)
    )


# ── documents ────────────────────────────────────────────────────────────────────────────────────────────────────────
class DocumentsQuestion(InPages, frozen=True, kw_only=True):
    """Of one kind, or all; ``document``: one by its id."""

    kind: Id | None = None
    document: Id | None = None


class DocumentKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """A document. seen: how it was read; url: only where it is an official address; figures, other_rows: what rests on it."""

    document_id: str
    title_zh: str
    title_en: str
    issuer_zh: str
    issuer_en: str
    issued: str | None
    kind: str
    seen: str
    url: str | None
    licence: str | None
    note_zh: str | None
    note_en: str | None
    figures: int
    other_rows: int


class Documents(Paged, frozen=True, kw_only=True):
    """Documents by kind, those that carry most figures first."""

    documents: list[DocumentKnown]


def documents(asked: DocumentsQuestion) -> Documents:
    """Every document numbers come from."""
    parameters.check("kind", asked.kind, method.KINDS)
    parameters.check("document", asked.document, _documents().keys())
    chosen = [
        one
        for name, one in _documents().items()
        if asked.kind in (None, one.source.document.kind) and asked.document in (None, name)
    ]
    shown, after = parameters.page(chosen, asked, lambda one: one.source.document.document_id)
    return Documents(documents=[_document(one) for one in shown], next=after)


def _documents() -> dict[str, method.Document]:
    return {one.source.document.document_id: one for some in method.documents().values() for one in some}


def _document(one: method.Document) -> DocumentKnown:
    row = one.source.document
    return DocumentKnown(
        document_id=row.document_id,
        title_zh=row.title.zh,
        title_en=row.title.en,
        issuer_zh=row.issuer.zh,
        issuer_en=row.issuer.en,
        issued=row.issued,
        kind=row.kind,
        seen=row.seen,
        url=row.url,
        licence=row.licence,
        note_zh=zh(row.note),
        note_en=en(row.note),
        figures=one.figures,
        other_rows=one.others,
    )


# ── contradictions ───────────────────────────────────────────────────────────────────────────────────────────────────
class ContradictionsQuestion(InPages, frozen=True, kw_only=True):
    """Of one theme, or all."""

    theme: Id | None = None


class Side(Struct, frozen=True, kw_only=True, weakref=True):
    """What one of the documents says."""

    words_zh: str
    words_en: str
    basis: Basis


class ContradictionKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """Two documents that do not say the same, and how this site reads them."""

    contradiction_id: str
    theme: Theme
    kind: str
    indicator_id: str | None
    area_id: str | None
    period: str | None
    topic_zh: str
    topic_en: str
    first: Side
    second: Side
    reading_zh: str
    reading_en: str


class Contradictions(Paged, frozen=True, kw_only=True):
    """Contradictions by theme."""

    contradictions: list[ContradictionKnown]


def contradictions(asked: ContradictionsQuestion) -> Contradictions:
    """Where published documents contradict each other."""
    known = method.contradictions()
    parameters.check("theme", asked.theme, known.keys())
    chosen = [one for theme, some in known.items() for one in some if asked.theme in (None, theme)]
    shown, after = parameters.page(chosen, asked, lambda one: one.row.contradiction_id)
    return Contradictions(contradictions=[_contradiction(one) for one in shown], next=after)


def _contradiction(one: conflicts.Conflict) -> ContradictionKnown:
    row = one.row
    return ContradictionKnown(
        contradiction_id=row.contradiction_id,
        theme=row.theme,
        kind=row.kind,
        indicator_id=row.indicator_id,
        area_id=row.area_id,
        period=row.period,
        topic_zh=row.topic.zh,
        topic_en=row.topic.en,
        first=Side(words_zh=row.value_a.zh, words_en=row.value_a.en, basis=basis(one.first)),
        second=Side(words_zh=row.value_b.zh, words_en=row.value_b.en, basis=basis(one.second)),
        reading_zh=row.reading.zh,
        reading_en=row.reading.en,
    )


# ── standards ────────────────────────────────────────────────────────────────────────────────────────────────────────
class StandardKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """A standard with the days it holds. evidence: whether its text was read, met second-hand, or is from memory."""

    standard_id: str
    title_zh: str
    title_en: str
    issued: str | None
    effective_from: date | None
    effective_to: date | None
    replaced_by: str | None
    evidence: Evidence
    source: str
    note_zh: str | None
    note_en: str | None


class LimitFrom(Struct, frozen=True, kw_only=True, weakref=True):
    """A class-2 limit of the air from a day on; null where that phase has none."""

    effective_from: date
    limit: float | None


class LimitOfAir(Struct, frozen=True, kw_only=True, weakref=True):
    """The class-2 limits of a pollutant for an averaging time through the phases of GB 3095, in ``unit``."""

    pollutant: str
    averaging: str
    unit: str
    phases: list[LimitFrom]


class LimitOfWater(Struct, frozen=True, kw_only=True, weakref=True):
    """The limits of an item for the classes Ⅰ to Ⅴ of GB 3838-2002 in ``unit``; null where it has a range instead."""

    item: str
    water_body: str
    name_zh: str
    name_en: str
    unit: str
    classes: list[float | None]
    range_low: float | None
    range_high: float | None


class IndexTable(Struct, frozen=True, kw_only=True, weakref=True):
    """The breakpoints of one edition of HJ 633: concentrations (µg/m³, CO mg/m³) by "pollutant averaging" at each IAQI."""

    standard_id: str
    iaqi: list[int]
    concentrations: dict[str, list[float | None]]


class RuleKnown(Struct, frozen=True, kw_only=True, weakref=True):
    """A rule of assessment; formula is null where its text is not known."""

    rule_id: str
    topic_zh: str
    topic_en: str
    standard: str
    effective_from: date | None
    effective_to: date | None
    rule_zh: str
    rule_en: str
    formula: str | None
    evidence: Evidence
    source: str


class Standards(Struct, frozen=True, kw_only=True, weakref=True):
    """What numbers are judged by."""

    standards: list[StandardKnown]
    air_limits: list[LimitOfAir]
    aqi_breakpoints: list[IndexTable]
    water_limits: list[LimitOfWater]
    rules: list[RuleKnown]


def standards(_asked: Nothing) -> Standards:
    """The standards with their limits, breakpoints and rules."""
    book = method.rulebook()
    return Standards(
        standards=[_standard(one) for one in book.standards],
        air_limits=[_limit(one, book.starts) for one in book.limits],
        aqi_breakpoints=[_breakpoints(one) for one in book.breakpoints],
        water_limits=[_water_limit(one) for one in book.water_limits],
        rules=[_rule(one) for one in book.rules.values()],
    )


def _standard(row: records.Standard) -> StandardKnown:
    return StandardKnown(
        standard_id=row.standard_id,
        title_zh=row.title.zh,
        title_en=row.title.en,
        issued=row.issued,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        replaced_by=row.replaced_by,
        evidence=row.evidence,
        source=row.source,
        note_zh=zh(row.note),
        note_en=en(row.note),
    )


def _limit(one: method.Limit, starts: tuple[date, ...]) -> LimitOfAir:
    phases = [LimitFrom(effective_from=day, limit=value) for day, value in zip(starts, one.values, strict=True)]
    return LimitOfAir(pollutant=one.pollutant, averaging=one.averaging, unit=one.unit, phases=phases)


def _breakpoints(one: method.Breakpoints) -> IndexTable:
    columns = zip(*one.values, strict=True)
    named = {
        f"{pollutant} {averaging}": list(values)
        for (pollutant, averaging), values in zip(one.columns, columns, strict=True)
    }
    return IndexTable(standard_id=one.standard.standard_id, iaqi=list(one.iaqi), concentrations=named)


def _water_limit(row: records.SurfaceWaterLimit) -> LimitOfWater:
    return LimitOfWater(
        item=row.item,
        water_body=row.water_body,
        name_zh=row.name.zh,
        name_en=row.name.en,
        unit=row.item_unit,
        classes=list(method.grades(row)),
        range_low=row.range_low,
        range_high=row.range_high,
    )


def _rule(row: records.Rule) -> RuleKnown:
    return RuleKnown(
        rule_id=row.rule_id,
        topic_zh=row.topic.zh,
        topic_en=row.topic.en,
        standard=row.standard,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        rule_zh=row.rule.zh,
        rule_en=row.rule.en,
        formula=row.formula,
        evidence=row.evidence,
        source=row.source,
    )
