"""Drawings made on the server as SVG text: they need no script, follow the theme by CSS, and print sharp."""

from collections.abc import Sequence

from markupsafe import Markup

from views.text.markup import html, join

REGULAR = 400  # the weight of letters that say none: each drawing sets it, whatever stands around it


def frame(width: float, height: float, body: Markup, *, title: str, role: str = "img") -> Markup:
    """An SVG that fills its column; ``title``: its name for screen readers; ``role``: "group" where it holds links."""
    return html(
        '<svg viewBox="0 0 {width:g} {height:g}" width="100%" role="{role}" aria-label="{title}" font-weight="400" '
        'xmlns="http://www.w3.org/2000/svg">{body}</svg>',  # no <title>: browsers would lay it over the drawing
        width=width,
        height=height,
        title=title,
        role=role,
        body=body,
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    size: float = 13,
    fill: str = "var(--muted)",
    anchor: str = "start",
    weight: int = REGULAR,
    after: Markup = Markup(),
) -> Markup:
    """Text at a point; ``after``: SVG that goes on in the same line, such as a tspan."""
    kind = _weight(weight)
    if anchor != "start":
        kind += html(' text-anchor="{}"', anchor)
    return html(
        '<text x="{:g}" y="{:g}" font-size="{:g}"{kind} style="fill:{fill}">{}{}</text>',
        round(x, 1),
        round(y, 1),
        size,
        text,
        after,
        kind=kind,
        fill=fill,
    )


def alike(texts: Sequence[Markup], *, size: float, fill: str, anchor: str, weight: int = REGULAR) -> Markup:
    """Many short texts of one kind (:func:`alike_word`), which is said once."""
    return html(
        '<g font-size="{:g}" text-anchor="{}"{weight} style="fill:{fill}">{texts}</g>',
        size,
        anchor,
        weight=_weight(weight),
        fill=fill,
        texts=join(texts),
    )


def _weight(weight: int) -> Markup:
    return Markup() if weight == REGULAR else html(' font-weight="{}"', weight)


def alike_word(x: float, y: float, text: str) -> Markup:
    """One of texts of a kind."""
    return html('<text x="{:g}" y="{:g}">{}</text>', round(x, 1), round(y, 1), text)


def on_lines(texts: Markup, ground: str = "var(--card)") -> Markup:
    """Texts that stand on lines, with a rim in the colour of the ground."""
    return html(
        '<g style="paint-order:stroke;stroke:{ground};stroke-width:3px">{texts}</g>', ground=ground, texts=texts
    )


def box(x: float, y: float, width: float, height: float, *, fill: str, rounded: float = 0) -> Markup:
    """A filled rectangle."""
    return html(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="{:g}" style="fill:{}"/>',
        x, y, width, height, rounded, fill,
    )  # fmt: skip


def rule(left: float, right: float, y: float, color: str) -> Markup:
    """A thin line across."""
    return html('<path d="M{:g} {:.1f}H{:g}" style="stroke:{}" fill="none"/>', left, y, right, color)


def polyline(points: Sequence[tuple[float, float]], *, color: str = "var(--accent)", width: float = 2) -> Markup:
    """A line through points."""
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return html(
        '<path d="{path}" fill="none" style="stroke:{color}" stroke-width="{width:g}" stroke-linejoin="round"/>',
        path=path,
        color=color,
        width=width,
    )


def line(x0: float, y0: float, x1: float, y1: float, color: str, width: float, dash: str = "") -> Markup:
    """A straight line; ``dash``: lengths of its dashes and gaps."""
    dashes = html(' stroke-dasharray="{}"', dash) if dash else Markup()
    return html(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{:g}"{}/>',
        x0, y0, x1, y1, color, width, dashes,
    )  # fmt: skip


def dot(x: float, y: float, radius: float, *, fill: str, edge: str, width: float) -> Markup:
    """A dot with an edge."""
    return html(
        '<circle cx="{:.1f}" cy="{:.1f}" r="{:g}" fill="{}" stroke="{}" stroke-width="{:g}"/>',
        x, y, radius, fill, edge, width,
    )  # fmt: skip


def outlined(path: str, *, fill: str, edge: str, width: float) -> Markup:
    """A shape with an edge; ``path``: its outline as SVG writes it."""
    return html('<path d="{}" fill="{}" stroke="{}" stroke-width="{:g}"/>', path, fill, edge, width)


def dashed(drawing: Markup, dash: str) -> Markup:
    """A drawing whose lines are dashed."""
    return html('<g stroke-dasharray="{}">{}</g>', dash, drawing)


def faded(drawing: Markup, opacity: float) -> Markup:
    """A drawing that lets through what is below it; ``opacity``: 0 to 1."""
    return html('<g opacity="{:g}">{}</g>', opacity, drawing)


def upright(words: Markup, x: float, y: float) -> Markup:
    """Words that run upwards at a point."""
    return html('<g transform="translate({:g} {:g}) rotate(-90)">{}</g>', x, y, words)


def placed(drawing: Markup, x: float, y: float, width: float, height: float) -> Markup:
    """A drawing as a part of another one, at a place and size of its own."""
    return html(
        '<svg x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}">{drawing}</svg>',
        x=x,
        y=y,
        width=width,
        height=height,
        drawing=drawing,
    )
