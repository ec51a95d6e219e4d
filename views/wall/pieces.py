"""What a scene of the wall is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from reports import water
from reports.air import Year
from reports.basis import Basis
from views import cards
from views import format as fmt
from views import river as river_words
from views.air_words import level_names
from views.words import Words

MOST_SOURCES = 4  # named in print; the site names them all


@dataclass(frozen=True)
class Scene:
    """What a scene shows: a sentence with its number in <em>, a line under it, the picture, numbers at the foot."""

    headline: str
    sub: str
    picture: str
    numbers: tuple[str, ...] = ()


def number(label: str, value: str, sub: str, basis: Basis, w: Words, kind: str = "") -> str:
    """A number at the foot of a scene, what it says beside it, its source in print."""
    return (
        f'<section class="{kind}"><div class="label">{escape(label)}</div><div class="row"><div class="value">{value}</div>'
        f"<span>{escape(sub)}</span></div><div>{source(replace(basis, sources=basis.sources[:1]), w)}</div></section>"
    )


def large(text: str, unit: str, color: str) -> str:
    """The one number a scene is about, on the colour of its grade."""
    paint = f"background:{color};color:{cards.ink_on(color)}"
    return f'<div class="large" style="{paint}">{escape(text)}<small>{escape(unit)}</small></div>'


def source(basis: Basis, w: Words) -> str:
    """Every source by its short name, in print: nobody opens anything on a wall."""
    names = list(dict.fromkeys(cards.source_name(one, w) for one in basis.sources))
    shown = w("wall.list_comma").join(names[:MOST_SOURCES])
    return escape(w("wall.source" if len(names) <= MOST_SOURCES else "wall.sources", name=shown, n=len(names)))


def foot(said: str, basis: Basis, w: Words) -> str:
    """One line under a picture: how to read it, and its sources."""
    return f'<section class="wide"><div>{said}</div><div>{source(basis, w)}</div></section>'


def cells(header: Iterable[str], rows: Iterable[Iterable[str]], kind: str) -> str:
    """A table for a wall; cells are HTML already escaped."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in header)
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    return f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def levels(w: Words) -> list[tuple[int, str]]:
    """The AQI levels with their words."""
    return list(level_names(w).items())


def so_far(this: Year, w: Words) -> dict[str, object]:
    """A running year in words: until when, days known, good ones, their share."""
    return {
        "year": this.year,
        "until": fmt.day(this.until, w, year=False),
        "known": this.known_days,
        "good": this.good_days,
        "share": f"{this.share_pct:.1f}",
    }


def reading(section: water.Section, known: water.Known, w: Words) -> dict[str, str]:
    """A class in words: where, of when, resting on what."""
    name = river_words.section_name(section, w)
    return {"section": name, "when": river_words.when(known, w), "kind": river_words.kind(known, w)}
