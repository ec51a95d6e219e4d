"""The frame of every light page: head with what a shared link shows, navigation, main part, foot. One file, no script."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from views.shell import CONTRASTS, LITE, LITE_ROOMS, TEXT_SIZES, THEMES
from views.tokens import DARK, LIGHT, Tokens
from views.words import LANGUAGES, Words

ROOT, PICTURES = LITE, "/og"
ROOMS = LITE_ROOMS
READING = {"text": ("text_size", TEXT_SIZES), "contrast": ("contrast", CONTRASTS)}
ACCENTS = {"air": "sky", "water": "river", "waste": "earth", "greening": "leaf"}
COLORS = ("ground", "card", "ink", "muted", "line", "faint", "sky", "river", "leaf", "earth", "none")


def _variables(theme: Tokens) -> str:
    return ";".join(f"--{name}:{getattr(theme, name)}" for name in COLORS)


def _css() -> str:
    """The styles of every page, with the house's colours; older browsers on phones know no light-dark()."""
    light, dark = _variables(LIGHT), _variables(DARK)
    themes = (
        f":root{{{light};color-scheme:light}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark};color-scheme:dark}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark};color-scheme:dark}}}}"
    )
    accents = "".join(f".theme-{room}{{--accent:var(--{color})}}" for room, color in ACCENTS.items())
    text = (Path(__file__).parent / "lite.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return themes + accents + re.sub(r"\s*([{};:,>])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


CSS = _css()


class NotThereError(LookupError):
    """No page stands under an address."""


@dataclass(frozen=True)
class Picture:
    """What the picture of a shared link says: a large number with its unit, a word on its official colour, two lines."""

    big: str
    unit: str = ""
    chip: str = ""
    color: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """A light page. ``path`` below /lite; ``full``: the same on the interactive dashboard; ``body``: HTML of its main part."""

    path: str
    room: str
    title: str
    description: str
    body: str
    picture: Picture
    full: str = ""


def href(w: Words, path: str = "", **query: str) -> str:
    """Address of a light page, in the language of this one."""
    asked = ({"lang": w.lang} if w.lang != LANGUAGES[0] else {}) | query
    tail = "&amp;".join(f"{name}={value}" for name, value in asked.items())
    return f"{ROOT}/{path}".rstrip("/") + (f"?{tail}" if tail else "")


def html(one: Page, w: Words, chosen: Mapping[str, str], base: str) -> str:
    """The whole page. ``chosen``: theme, text, contrast, each where it is not the device's; ``base``: the site's address."""
    theme = chosen.get("theme", "")
    marks = "".join(f' data-{name}="{chosen[name]}"' for name in ("theme", *READING) if name in chosen)
    return (
        f'<!doctype html><html lang="{w.html_lang}"{marks}><head>{_head(one, w, theme, base)}</head>'
        f'<body class="theme-{one.room}"><a class="skip" href="#main">{escape(w("lite.skip"))}</a>'
        f'{_top(one, w)}<main id="main">{one.body}</main>{_foot(one, w, chosen)}</body></html>'
    )


def _head(one: Page, w: Words, theme: str, base: str) -> str:
    title, description = escape(f"{one.title} · {w('site.name')}"), escape(one.description)
    here = escape(base) + href(w, one.path)
    picture = f"{escape(base)}{PICTURES}/{one.path or ROOMS[0]}.png?lang={w.lang}"
    others = "".join(
        f'<link rel="alternate" hreflang="{lang}" href="{escape(base)}{href(Words(lang), one.path)}">'
        for lang in LANGUAGES
    )
    grounds = {"light": LIGHT.ground, "dark": DARK.ground}
    colors = (
        f'<meta name="theme-color" content="{grounds[theme]}">'
        if theme
        else "".join(
            f'<meta name="theme-color" content="{color}" media="(prefers-color-scheme:{name})">'
            for name, color in grounds.items()
        )
    )
    return (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{title}</title><meta name="description" content="{description}">'
        f'<link rel="canonical" href="{here}">{others}'
        f'<meta property="og:type" content="website"><meta property="og:site_name" content="{escape(w("site.name"))}">'
        f'<meta property="og:title" content="{escape(one.title)}"><meta property="og:description" content="{description}">'
        f'<meta property="og:url" content="{here}"><meta property="og:image" content="{picture}">'
        '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">'
        f'<meta name="twitter:card" content="summary_large_image">{colors}'
        f'<link rel="icon" href="data:,"><style>{CSS}</style>'
    )


def _top(one: Page, w: Words) -> str:
    """Name, language, light or dark, the interactive version; then the pages."""
    other = next(lang for lang in LANGUAGES if lang != w.lang)
    flips = "".join(
        f'<a class="to-{name}" href="{href(w, one.path, theme=name)}" '
        f'aria-label="{escape(w(f"site.theme_to_{name}"))}">◐</a>'
        for name in THEMES
    )
    rooms = "".join(
        f'<a href="{href(w, "" if room == "overview" else room)}"{_here(room == one.room)}>{escape(w(f"site.nav.{room}"))}</a>'
        for room in ROOMS
    )
    lang = f"&amp;lang={w.lang}"
    return (
        f'<header><a class="name" href="{href(w)}">{escape(w("site.name"))}</a>'
        f'<nav class="bar" aria-label="{escape(w("site.main_menu"))}">'
        f'<a href="{href(Words(other), one.path, lang=other)}" lang="{other}" hreflang="{other}" '
        f'aria-label="{escape(w("site.language_switch_label"))}">{escape(w("site.language_switch"))}</a>{flips}'
        f'<a class="full" href="/{one.full}?full=1{lang}">{escape(w("lite.full"))}</a></nav>'
        f'<nav class="rooms" aria-label="{escape(w("lite.rooms"))}">{rooms}</nav></header>'
    )


def _here(current: bool) -> str:
    return ' aria-current="page"' if current else ""


def _foot(one: Page, w: Words, chosen: Mapping[str, str]) -> str:
    """What holds for every page, and how it reads: text size and contrast."""
    lines = (w("site.footer_sources"), w("site.footer_archive"))
    said = "".join(f"<p>{escape(text)}</p>" for text in lines)
    reading = "".join(
        f"<div>{escape(w(f'page.{title}'))}"
        + "".join(
            f'<a href="{href(w, one.path, **{name: value})}"{_here(value == chosen.get(name, values[0]))}>'
            f"{escape(w(f'page.{name}_{value}'))}</a>"
            for value in values
        )
        + "</div>"
        for name, (title, values) in READING.items()
    )
    return f'<footer>{said}<nav class="reading" aria-label="{escape(w("page.reading"))}">{reading}</nav></footer>'
