"""Pieces of pages as HTML text: pure functions of results and words, used by pages and by server-rendered views alike."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from reports import lookup
from reports.provenance import Provenance, Source
from store.records import Indicator
from views import tokens
from views.cached import cached_rendering_of
from views.text import format as fmt
from views.text.markup import html, join
from views.text.words import Words
from views.ui import inline

Cell = Markup | str  # of a table: markup as it is, all else as text


def card(label: str, body: Markup, *, pill: Markup = Markup(), foot: Markup = Markup(), kind: str = "") -> Markup:
    """A card: label and state on top, body, and its basis at the foot; a screen reader hears it as one thing."""
    named = html(' role="group" aria-label="{label}"', label=label) if label else Markup()
    top = html('<div class="top"><span class="label">{label}</span>{pill}</div>', label=label, pill=pill)
    foot = html('<div class="foot">{foot}</div>', foot=foot) if foot else Markup()
    return html(
        '<div class="card {kind}"{named}>{top}{body}{foot}</div>', kind=kind, named=named, top=top, body=body, foot=foot
    )


def value(text: str, unit: str = "", when: str = "") -> Markup:
    """A large number with its unit and period."""
    small = " ".join(part for part in (unit.strip(), when) if part)
    return html('<div class="value">{text}<small>{small}</small></div>', text=text, small=small)


def no_value(w: Words, key: str = "site.not_found") -> Markup:
    """The place of a number that was not found."""
    return html('<div class="value none">{}</div>', w(key))


def line(text: Markup | str, kind: str = "gap") -> Markup:
    """One line of words in a card."""
    return html('<div class="{kind}">{text}</div>', kind=kind, text=text) if text else Markup()


def ends(left: str, right: str) -> Markup:
    """The labels at the two ends of a bar."""
    return html('<div class="ends"><span>{left}</span><span>{right}</span></div>', left=left, right=right)


def bullet(
    low: float,
    high: float,
    *,
    baseline: float | None,
    latest: float | None,
    target: float | None,
    title: str,
    color: str = "var(--accent)",
    run: bool = True,
) -> Markup:
    """A promise as a line: an open dot at its start, a full dot at the latest value, an upright stroke at the target.

    ``run``: the way between the two dots is drawn, which only numbers of one kind have. What is not known is not drawn;
    values outside low … high are drawn at the end of the line.
    """

    def at(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{100 * max(0.0, min(1.0, share)):.1f}%"

    parts = []
    if run and baseline is not None and latest is not None:
        ends_at = sorted((at(baseline), at(latest)), key=lambda share: float(share[:-1]))
        parts.append(html('<i class="run" style="left:{};right:calc(100% - {})"></i>', ends_at[0], ends_at[1]))
    if target is not None:
        parts.append(html('<i class="aim" style="left:{}"></i>', at(target)))
    if baseline is not None:
        parts.append(html('<i class="start" style="left:{}"></i>', at(baseline)))
    if latest is not None:
        parts.append(html('<i class="now" style="left:{}"></i>', at(latest)))
    return html(
        '<div class="bullet" role="img" aria-label="{title}" style="--run:{color}"><div>{}</div></div>',
        join(parts),
        title=title,
        color=color,
    )


def grid(cards: Iterable[Markup], kind: str = "") -> Markup:
    """Cards side by side, as many as fit."""
    return html('<div class="grid {kind}">{}</div>', join(cards), kind=kind)


def pill(status: str, w: Words) -> Markup:
    """The state of a promise in one word."""
    return state(status, w(f"site.status.{status}"))


def state(kind: str, text: str) -> Markup:
    """A state in a word or two; ``kind``: that of a promise whose colour it has, empty for none."""
    return html('<span class="pill {kind}">{text}</span>', kind=kind, text=text)


def states(counts: Mapping[str, int], w: Words) -> Markup:
    """How many promises are in each state."""
    return counted((pill(status, w), n) for status, n in counts.items())


def counted(states: Iterable[tuple[Markup, int]]) -> Markup:
    """States in a row, each with how many are in it."""
    shown = (html('<span class="row" style="gap:.3rem">{}<span>{n}</span></span>', one, n=n) for one, n in states)
    return wrapped("row", join(shown))


def chip(text: str, color_hex: str, *, square: bool = False) -> Markup:
    """A word on an official colour (an AQI level, a water class)."""
    shape = " square" if square else ""
    return html(
        '<span class="chip{shape}" style="background:{color_hex};color:{}">{text}</span>',
        tokens.ink_on(color_hex),
        shape=shape,
        color_hex=color_hex,
        text=text,
    )


def legend(items: Sequence[tuple[str, str]]) -> Markup:
    """Colour and word pairs."""
    return (
        Markup('<div class="legend">')
        + join(html('<span><i style="background:{c}"></i>{t}</span>', c=c, t=t) for t, c in items)
        + Markup("</div>")
    )


def table(
    header: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    *,
    numeric: Iterable[int] = (),
    caption: str = "",
    region: str = "",
    kind: str = "",
) -> Markup:
    """A plain table; a cell is text or markup.

    ``kind``: its class in the stylesheet; ``region``: the name under which the keyboard reaches it where it is wider than
    its place; its caption, else its columns where none is given.
    """
    right = set(numeric)
    mark = [Markup(' class="n"') if i in right else Markup() for i in range(len(header))]
    head = join(html('<th scope="col"{}>{text}</th>', mark[i], text=text) for i, text in enumerate(header))
    body = join(
        Markup("<tr>")
        + join(html("<td{}>{text}</td>", mark[i], text=text) for i, text in enumerate(row))
        + Markup("</tr>")
        for row in rows
    )
    title = html("<caption>{caption}</caption>", caption=caption) if caption else Markup()
    whole = html(
        "<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", title=title, head=head, body=body
    )
    columns = join((name for name in header if name), " · ").striptags()
    return scrolling(whole, region or caption or columns, kind, role="region" if region or caption else "group")


def scrolling(body: Markup, name: str, kind: str = "", *, role: str = "region") -> Markup:
    """A place that scrolls sideways where its contents are wider; the keyboard reaches it under its name.

    ``role``: "region" where the name is its own on a page, a landmark; else "group".
    """
    return html(
        '<div class="scroll{}" tabindex="0" role="{role}" aria-label="{name}">{body}</div>',
        f" {kind}" if kind else "",
        role=role,
        name=name,
        body=body,
    )


def wrapped(kind: str, body: Markup) -> Markup:
    """A piece in a box; ``kind``: its class in the stylesheet."""
    return html('<div class="{kind}">{body}</div>', kind=kind, body=body)


def narrow(body: Markup, rem: int) -> Markup:
    """A drawing that grows no wider than so many letters."""
    return html('<div style="max-width:{rem}rem">{body}</div>', rem=rem, body=body)


def cell(content: object) -> Cell:
    """A table cell's content, markup as it is, all else as text; a dash where there is none."""
    if content in (None, ""):
        return "—"
    return content if isinstance(content, Markup) else str(content)


def opening(summary: Markup, body: Markup) -> Markup:
    """A card of which the summary is seen, and the rest when it is opened."""
    return html(
        '<details class="card" style="display:block"><summary style="cursor:pointer">{summary}</summary>'
        '<div style="padding-top:.5rem">{body}</div></details>',
        summary=summary,
        body=body,
    )


def pair(name: str, remark: str, value: str) -> Markup:
    """A name and, at the other end of the line, its value; a remark below them."""
    return html(
        '<div><div class="row" style="justify-content:space-between;flex-wrap:nowrap;align-items:baseline">'
        '<span style="overflow-wrap:anywhere">{name}</span>'
        '<strong style="flex:none;max-width:55%;text-align:right">{value}</strong></div>{}</div>',
        inline.below(remark),
        name=name,
        value=value,
    )


def entry(title: str, text: str, remarks: Iterable[str]) -> Markup:
    """A named rule or standard with its text and remarks: reads on a phone where a table would not."""
    return html(
        '<div style="padding:.45rem 0"><strong>{title}</strong>{}{}</div>',
        line(text),
        inline.below(join(remarks, " · ")),
        title=title,
    )


def folded(summary: str, body: Markup) -> Markup:
    """Something shown on demand, such as the table behind a chart."""
    return html('<details class="table"><summary>{summary}</summary>{body}</details>', summary=summary, body=body)


@cached_rendering_of("facts")
def source_note(provenance: Provenance, w: Words, *, summary: str = "", linked: bool = True) -> Markup:
    """The badge of a figure's basis; it opens to documents, places, period, standard and dust basis.

    ``linked``: official addresses can be followed; else they are text. Nothing where nothing was found that has a source.
    """
    if not provenance.sources:
        return Markup()
    kind = w(f"site.kinds.{provenance.kind}")
    lead = summary or source_name(provenance.sources[0], w)
    terms = _terms(provenance, w) + [
        (w("site.source"), source_line(one, w, linked=linked)) for one in provenance.sources
    ]
    body = join(html("<dt>{term}</dt><dd>{text}</dd>", term=term, text=text) for term, text in terms)
    return html(
        '<details class="origin"><summary><span class="kind">{kind}</span> '
        "<span>{lead}</span></summary><dl>{body}</dl></details>",
        kind=kind,
        lead=lead,
        body=body,
    )


def _terms(provenance: Provenance, w: Words) -> list[tuple[str, str]]:
    terms = [(w("site.kind"), w(f"site.kinds.{provenance.kind}"))]
    if provenance.period:
        terms.append((w("site.period_label"), fmt.period(provenance.period, w)))
    if provenance.standard:
        terms.append((w("site.standard"), provenance.standard))
    if provenance.dust != "none":
        terms.append((w("site.dust"), w(f"site.dust_words.{provenance.dust}")))
    if provenance.confidence:
        terms.append((w("site.confidence"), w(f"site.confidence_words.{provenance.confidence}")))
    if note := (provenance.note_zh if w.lang == "zh" else provenance.note_en):
        terms.append((w("site.note"), note))
    return terms


def source_name(source: Source, w: Words) -> str:
    """Short name of a document: issuer, without what follows it in brackets, and year."""
    document = source.document
    year = (document.issued or "")[:4]
    issuer = fmt.before_brackets(w.of(document.issuer))
    return " ".join(part for part in (issuer, year) if part)


def source_line(source: Source, w: Words, *, linked: bool = True) -> Markup:
    """A document in full, with its official address where there is one, to follow or as text."""
    title, *rest = source_parts(source, w)
    url = source.document.url or ""
    quoted = escape(title)
    if url and linked:
        quoted = html('<a href="{url}" target="_blank" rel="noopener">{title}</a>', url=url, title=title)
    elif url:
        quoted = html("{title} <small>{url}</small>", title=title, url=url)
    return join([quoted, *rest], separator(w))


def source_parts(source: Source, w: Words) -> list[str]:
    """A document's title, issuer, date, place, and how it was seen, as far as they are known."""
    document = source.document
    title = w.of(document.title)
    parts = [
        f"《{title}》" if w.lang == "zh" and not title.startswith(("《", "“")) else title,
        w.of(document.issuer),
        document.issued or "",
        place(source.place, w),
        w(f"site.seen_words.{document.seen}"),
    ]
    return [part for part in parts if part]


def separator(w: Words) -> str:
    """The separator of the parts of a line."""
    return "，" if w.lang == "zh" else ", "


def place(text: str, w: Words) -> str:
    """A place in a document, or a reference, in the visitor's language."""
    return text if w.lang == "zh" else lookup.in_english(text)


def notes(items: Sequence[Markup | str]) -> Markup:
    """A list of short sentences."""
    return Markup("<ul>") + join(html("<li>{item}</li>", item=item) for item in items) + Markup("</ul>")


def data_name(row: Indicator, w: Words) -> str:
    """Short name of an indicator, the long one where it has no short one."""
    return w.of(row.short) or w.of(row.name)


MOST_SOURCES = 4  # named in print; the site names them all


def short_sources(provenance: Provenance, w: Words) -> str:
    """Every source by its short name, in print: nobody opens anything on a wall."""
    names = list(dict.fromkeys(source_name(one, w) for one in provenance.sources))
    shown = w("wall.list_comma").join(names[:MOST_SOURCES])
    return w("wall.source" if len(names) <= MOST_SOURCES else "wall.sources", name=shown, n=len(names))
