"""A scheme of a document drawn as a house: its core as the roof, fields, supports, and what all of it stands on."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.schemes import Scheme
from views.cached import cached_rendering
from views.drawings import svg
from views.text.markup import html, join
from views.text.words import Words

WIDTH, SIZE, ROOF, TALL, GAP, HEAD, SPACE = 400.0, 15.0, 58.0, 46.0, 8.0, 22.0, 12.0
FILLS = ("var(--leaf)", "var(--earth)", "var(--river)", "var(--sky)")


@cached_rendering
def drawing(scheme: Scheme, heads: Sequence[str], w: Words, *, title: str) -> Markup:
    """SVG of the scheme's groups from top to bottom, each under its head; the first is the roof."""
    parts, y = [], 0.0
    for n, (head, (_, members)) in enumerate(zip(heads, scheme.groups, strict=True)):
        parts.append(svg.words(WIDTH / 2, y + SIZE, head, size=SIZE - 1, anchor="middle"))
        y += HEAD
        names = [w.of(one.name) for one in members]
        parts.append(_roof(names[0], y) if n == 0 else _row(names, y, FILLS[n % len(FILLS)]))
        y += (ROOF if n == 0 else TALL) + SPACE
    return svg.frame(WIDTH, y - SPACE + 2, join(parts), title=title)


def _roof(name: str, y: float) -> Markup:
    shape = html(
        '<path d="M{:g} {y:g}L{:g} {foot:g}H2Z" style="fill:{};stroke:{}" fill-opacity=".18" stroke-width="1.5"/>',
        WIDTH / 2,
        WIDTH - 2,
        FILLS[0],
        FILLS[0],
        y=y,
        foot=y + ROOF,
    )
    return shape + svg.words(WIDTH / 2, y + ROOF - 12, name, size=SIZE, fill="var(--ink)", anchor="middle", weight=650)


def _row(names: Sequence[str], y: float, color: str) -> Markup:
    wide = (WIDTH - 4 - GAP * (len(names) - 1)) / len(names)
    return join(
        html(
            '<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{TALL:g}" rx="6" style="fill:{color};stroke:{color}" '
            'fill-opacity=".14"/>',
            x=2 + n * (wide + GAP),
            y=y,
            wide=wide,
            TALL=TALL,
            color=color,
        )
        + svg.words(
            2 + n * (wide + GAP) + wide / 2,
            y + TALL / 2 + 5,
            name,
            size=SIZE,
            fill="var(--ink)",
            anchor="middle",
            weight=650,
        )
        for n, name in enumerate(names)
    )
