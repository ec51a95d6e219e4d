"""Pieces of pages as HTML text: pure functions of results and words, used by pages and by server-rendered views alike."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from reports import basis as basis_of
from reports.basis import Basis, Source
from views import format as fmt
from views.words import Words

DARK_INK, LIGHT_INK = "#0A1520", "#FFFFFF"  # the dark one reads on the official red too (4.6 : 1)


def card(label: str, body: str, *, pill: str = "", foot: str = "", kind: str = "") -> str:
    """A card: label and state on top, body, and its basis at the foot; a screen reader hears it as one thing."""
    named = f' role="group" aria-label="{escape(label)}"' if label else ""
    top = f'<div class="top"><span class="label">{escape(label)}</span>{pill}</div>'
    foot = f'<div class="foot">{foot}</div>' if foot else ""
    return f'<div class="card {kind}"{named}>{top}{body}{foot}</div>'


def value(text: str, unit: str = "", when: str = "") -> str:
    """A large number with its unit and period."""
    small = " ".join(part for part in (unit.strip(), when) if part)
    return f'<div class="value">{escape(text)}<small>{escape(small)}</small></div>'


def no_value(w: Words, key: str = "site.not_found") -> str:
    """The place of a number that was not found."""
    return f'<div class="value none">{escape(w(key))}</div>'


def line(text: str, kind: str = "gap") -> str:
    """One line of words in a card."""
    return f'<div class="{kind}">{escape(text)}</div>' if text else ""


def ends(left: str, right: str) -> str:
    """What stands at the two ends of a bar."""
    return f'<div class="ends"><span>{escape(left)}</span><span>{escape(right)}</span></div>'


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
) -> str:
    """A promise as a line: open dot where it started, full dot where it stands, upright stroke at the target.

    ``run``: the way between the two dots is drawn, which only numbers of one kind have. What is not known is not drawn;
    values outside low … high stand at the end of the line.
    """

    def at(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{100 * max(0.0, min(1.0, share)):.1f}%"

    parts = []
    if run and baseline is not None and latest is not None:
        ends_at = sorted((at(baseline), at(latest)), key=lambda share: float(share[:-1]))
        parts.append(f'<i class="run" style="left:{ends_at[0]};right:calc(100% - {ends_at[1]})"></i>')
    if target is not None:
        parts.append(f'<i class="aim" style="left:{at(target)}"></i>')
    if baseline is not None:
        parts.append(f'<i class="start" style="left:{at(baseline)}"></i>')
    if latest is not None:
        parts.append(f'<i class="now" style="left:{at(latest)}"></i>')
    return f'<div class="bullet" role="img" aria-label="{escape(title)}" style="--run:{color}"><div>{"".join(parts)}</div></div>'


def grid(cards: Iterable[str], kind: str = "") -> str:
    """Cards side by side, as many as fit."""
    return f'<div class="grid {kind}">{"".join(cards)}</div>'


def pill(status: str, w: Words) -> str:
    """The state of a promise in one word."""
    return f'<span class="pill {status}">{escape(w(f"site.status.{status}"))}</span>'


def ink_on(color_hex: str) -> str:
    """Dark or light ink, whichever reads better on a colour (WCAG relative luminance)."""
    parts = [int(color_hex[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return DARK_INK if luminance > 0.196 else LIGHT_INK


def chip(text: str, color_hex: str, *, square: bool = False) -> str:
    """A word on an official colour (an AQI level, a water class)."""
    shape = " square" if square else ""
    return f'<span class="chip{shape}" style="background:{color_hex};color:{ink_on(color_hex)}">{escape(text)}</span>'


def legend(items: Sequence[tuple[str, str]]) -> str:
    """Colour and word pairs."""
    return (
        '<div class="legend">'
        + "".join(f'<span><i style="background:{c}"></i>{escape(t)}</span>' for t, c in items)
        + "</div>"
    )


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numeric: Iterable[int] = (),
    caption: str = "",
    region: str = "",
) -> str:
    """A plain table; cells are HTML already escaped where they come from data (see :func:`cell`).

    ``region``: the name under which the keyboard reaches it, for one that is wider than its place and holds no link.
    """
    right = set(numeric)
    mark = [' class="n"' if i in right else "" for i in range(len(header))]
    head = "".join(f'<th scope="col"{mark[i]}>{escape(text)}</th>' for i, text in enumerate(header))
    body = "".join(
        "<tr>" + "".join(f"<td{mark[i]}>{text}</td>" for i, text in enumerate(row)) + "</tr>" for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    reached = f' tabindex="0" role="region" aria-label="{escape(region)}"' if region else ""
    return (
        f'<div class="scroll"{reached}><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def cell(text: object) -> str:
    """A table cell's text, escaped; a dash where there is none."""
    return escape(str(text)) if text not in (None, "") else "—"


def folded(summary: str, body: str) -> str:
    """Something shown on demand, such as the table behind a chart."""
    return f'<details class="table"><summary>{escape(summary)}</summary>{body}</details>'


def origin(basis: Basis, w: Words, *, summary: str = "", linked: bool = True) -> str:
    """The badge of a figure's basis; it opens to documents, places, period, standard and dust basis.

    ``linked``: official addresses can be followed; else they stand as text.
    """
    kind = w(f"site.kinds.{basis.kind}")
    lead = summary or source_name(basis.sources[0], w)
    terms = _terms(basis, w) + [(w("site.source"), source_line(one, w, linked=linked)) for one in basis.sources]
    body = "".join(f"<dt>{escape(term)}</dt><dd>{text}</dd>" for term, text in terms)
    return (
        f'<details class="origin"><summary><span class="kind">{escape(kind)}</span> '
        f"<span>{escape(lead)}</span></summary><dl>{body}</dl></details>"
    )


def _terms(basis: Basis, w: Words) -> list[tuple[str, str]]:
    terms = [(w("site.kind"), escape(w(f"site.kinds.{basis.kind}")))]
    if basis.period:
        terms.append((w("site.period_label"), escape(fmt.period(basis.period, w))))
    if basis.standard:
        terms.append((w("site.standard"), escape(basis.standard)))
    if basis.dust != "none":
        terms.append((w("site.dust"), escape(w(f"site.dust_words.{basis.dust}"))))
    if basis.confidence:
        terms.append((w("site.confidence"), escape(w(f"site.confidence_words.{basis.confidence}"))))
    if note := (basis.note_zh if w.lang == "zh" else basis.note_en):
        terms.append((w("site.note"), escape(note)))
    return terms


def source_name(source: Source, w: Words) -> str:
    """Short name of a document: issuer, without what stands in brackets behind it, and year."""
    document = source.document
    year = str(document.get("issued") or "")[:4]
    issuer = w.of(document, "issuer").split("（")[0].split(" (")[0]
    return " ".join(part for part in (issuer, year) if part)


def source_line(source: Source, w: Words, *, linked: bool = True) -> str:
    """A document in full as HTML, with its official address where there is one, to follow or as text."""
    title, *rest = source_parts(source, w)
    quoted, url = escape(title), escape(source.document.get("url") or "")
    if url:
        quoted = (
            f'<a href="{url}" target="_blank" rel="noopener">{quoted}</a>'
            if linked
            else f"{quoted} <small>{url}</small>"
        )
    return separator(w).join([quoted, *(escape(part) for part in rest)])


def source_parts(source: Source, w: Words) -> list[str]:
    """What is said of a document: title, issuer, date, place, how it was seen."""
    document = source.document
    title = w.of(document, "title")
    parts = [
        f"《{title}》" if w.lang == "zh" and not title.startswith(("《", "“")) else title,
        w.of(document, "issuer"),
        document.get("issued") or "",
        place(source.place, w),
        w(f"site.seen_words.{document['seen']}"),
    ]
    return [part for part in parts if part]


def separator(w: Words) -> str:
    """What stands between the parts of a line."""
    return "，" if w.lang == "zh" else ", "


def place(text: str, w: Words) -> str:
    """A place in a document, or a reference, in the visitor's language."""
    return text if w.lang == "zh" else basis_of.in_english(text)


def notes(items: Sequence[str]) -> str:
    """A list of short sentences."""
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def data_name(row: Mapping, w: Words) -> str:
    """Short name of an indicator or area row, the long one where it has no short one."""
    return w.of(row, "short") or w.of(row, "name")
