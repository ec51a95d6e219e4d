"""The frame of every light page: head with what a shared link shows, navigation, main part, foot. One file, no script."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from views.http.shell import CONTRASTS, LITE, LITE_ROOMS, TEXT_SIZES, THEMES
from views.text.markup import html, join
from views.text.words import LANGUAGES, Words
from views.tokens import DARK, LIGHT, Tokens

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
    body: Markup
    picture: Picture
    full: str = ""


def href(w: Words, path: str = "", **query: str) -> str:
    """Address of a light page, in the language of this one."""
    asked = ({"lang": w.lang} if w.lang != LANGUAGES[0] else {}) | query
    tail = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{ROOT}/{path}".rstrip("/") + (f"?{tail}" if tail else "")


def document(one: Page, w: Words, chosen: Mapping[str, str], base: str) -> Markup:
    """The whole page. ``chosen``: theme, text, contrast, each where it is not the device's; ``base``: the site's address."""
    theme = chosen.get("theme", "")
    marks = join(html(' data-{name}="{}"', chosen[name], name=name) for name in ("theme", *READING) if name in chosen)
    return html(
        '<!doctype html><html lang="{}"{marks}><head>{}</head>'
        '<body class="theme-{}"><a class="skip" href="#main">{}</a>'
        '{}<main id="main">{}</main>{}</body></html>',
        w.html_lang,
        _head(one, w, theme, base),
        one.room,
        w("lite.skip"),
        _top(one, w),
        one.body,
        _foot(one, w, chosen),
        marks=marks,
    )


def _head(one: Page, w: Words, theme: str, base: str) -> Markup:
    title, description = f"{one.title} · {w('site.name')}", one.description
    here = base + href(w, one.path)
    picture = f"{base}{PICTURES}/{one.path or ROOMS[0]}.png?lang={w.lang}"
    others = join(
        html(
            '<link rel="alternate" hreflang="{lang}" href="{base}{}">',
            href(Words(lang), one.path),
            lang=lang,
            base=base,
        )
        for lang in LANGUAGES
    )
    grounds = {"light": LIGHT.ground, "dark": DARK.ground}
    colors = (
        html('<meta name="theme-color" content="{}">', grounds[theme])
        if theme
        else join(
            html(
                '<meta name="theme-color" content="{color}" media="(prefers-color-scheme:{name})">',
                color=color,
                name=name,
            )
            for name, color in grounds.items()
        )
    )
    return html(
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        '<title>{title}</title><meta name="description" content="{description}">'
        '<link rel="canonical" href="{here}">{others}'
        '<meta property="og:type" content="website"><meta property="og:site_name" content="{}">'
        '<meta property="og:title" content="{}"><meta property="og:description" content="{description}">'
        '<meta property="og:url" content="{here}"><meta property="og:image" content="{picture}">'
        '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">'
        '<meta name="twitter:card" content="summary_large_image">{colors}'
        '<link rel="icon" href="data:,"><style>{CSS}</style>',
        w("site.name"),
        one.title,
        title=title,
        description=description,
        here=here,
        others=others,
        picture=picture,
        colors=colors,
        CSS=Markup(CSS),
    )


def _top(one: Page, w: Words) -> Markup:
    """Name, language, light or dark, the interactive version; then the pages."""
    other = next(lang for lang in LANGUAGES if lang != w.lang)
    flips = join(
        html(
            '<a class="to-{name}" href="{}" aria-label="{}">◐</a>',
            href(w, one.path, theme=name),
            w(f"site.theme_to_{name}"),
            name=name,
        )
        for name in THEMES
    )
    rooms = join(
        html(
            '<a href="{}"{}>{}</a>',
            href(w, "" if room == "overview" else room),
            _here(room == one.room),
            w(f"site.nav.{room}"),
        )
        for room in ROOMS
    )
    lang = f"&lang={w.lang}"
    return html(
        '<header><a class="name" href="{}">{}</a>'
        '<nav class="bar" aria-label="{}">'
        '<a href="{}" lang="{other}" hreflang="{other}" '
        'aria-label="{}">{}</a>{flips}'
        '<a class="full" href="/{}?full=1{lang}">{}</a></nav>'
        '<nav class="rooms" aria-label="{}">{rooms}</nav></header>',
        href(w),
        w("site.name"),
        w("site.main_menu"),
        href(Words(other), one.path, lang=other),
        w("site.language_switch_label"),
        w("site.language_switch"),
        one.full,
        w("lite.full"),
        w("lite.rooms"),
        other=other,
        flips=flips,
        lang=lang,
        rooms=rooms,
    )


def _here(current: bool) -> Markup:
    return Markup(' aria-current="page"') if current else Markup()


def _foot(one: Page, w: Words, chosen: Mapping[str, str]) -> Markup:
    """What holds for every page, and how it reads: text size and contrast."""
    lines = (w("site.footer_sources"), w("site.footer_archive"))
    said = join(html("<p>{text}</p>", text=text) for text in lines)
    reading = join(
        html("<div>{}", w(f"page.{title}"))
        + join(
            html(
                '<a href="{}"{}>{}</a>',
                href(w, one.path, **{name: value}),
                _here(value == chosen.get(name, values[0])),
                w(f"page.{name}_{value}"),
            )
            for value in values
        )
        + Markup("</div>")
        for name, (title, values) in READING.items()
    )
    return html(
        '<footer>{said}<nav class="reading" aria-label="{}">{reading}</nav></footer>',
        w("page.reading"),
        said=said,
        reading=reading,
    )
