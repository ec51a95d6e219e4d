"""Stylesheets have no rule for a class that nothing draws, and scripts select only what is drawn."""

import re
from pathlib import Path

import pytest
from msgspec.structs import asdict

from deploy.site import FOLDER
from tests import syntax
from views import tokens
from views.assets import HERE
from views.visit import THEMES
from views.wall.frame import SCENES

VIEWS = HERE.parent
COMMENTS, BLOCKS = re.compile(r"/\*.*?\*/", re.S), re.compile(r"\{[^{}]*\}")
CLASS, NAME = re.compile(r"\.([A-Za-z][\w-]*)"), re.compile(r"[A-Za-z][\w-]*")
SELECTOR = re.compile(r"""\b(?:all|one|shown|closest|querySelector(?:All)?)\(\s*["'`]([^"'`]+)["'`]""")
SELECTED = re.compile(r"(?<=\.)[A-Za-z][\w-]*|(?<=\[)data-[\w-]+")  # classes and data attributes of a selector
OTHERS = re.compile(
    r"main-svg|svg-container|st[A-Z]\w*|js-plotly-plot|modebar|data-test(id|-.*)"
)  # Streamlit's and Plotly's own names
BUILT = {*(f"wall-{name}" for name in SCENES), *(f"to-{theme}" for theme in THEMES)}  # of two parts, in templates


def classes(stylesheet: Path) -> set[str]:
    """The classes a stylesheet has rules for."""
    text = COMMENTS.sub("", stylesheet.read_text(encoding="utf-8"))
    return set(CLASS.findall(BLOCKS.sub("{}", text)))


def names_in_use(*endings: str) -> set[str]:
    """Every name in files of these endings, and in the strings of views and of what gives them states."""
    texts = [file.read_text(encoding="utf-8") for ending in endings for file in VIEWS.rglob(f"*.{ending}")]
    for folder in ("views", "reports", "assessment"):
        texts += [str(one.value) for file in (syntax.ROOT / folder).rglob("*.py") for one in syntax.strings(file)]
    return set(NAME.findall("\n".join(texts)))


@pytest.mark.slow
@pytest.mark.parametrize("stylesheet", sorted(HERE.glob("*.css")), ids=lambda file: file.name)
def test_every_class_of_a_stylesheet_is_in_use(stylesheet: Path) -> None:
    known = names_in_use("html", "js") | BUILT
    unused = {name for name in classes(stylesheet) if name not in known and not OTHERS.fullmatch(name)}
    assert classes(stylesheet)
    assert not unused, sorted(unused)


@pytest.mark.slow
@pytest.mark.parametrize("script", sorted(HERE.glob("*.js")), ids=lambda file: file.name)
def test_every_selector_of_a_script_finds_what_templates_draw(script: Path) -> None:
    """Classes and data attributes of selectors: a name that only the script knows finds nothing."""
    known = names_in_use("html")
    selectors = SELECTOR.findall(script.read_text(encoding="utf-8"))
    selected = {name for selector in selectors for name in SELECTED.findall(selector)}
    assert selected
    unknown = {name for name in selected if name not in known and not OTHERS.fullmatch(name)}
    assert not unknown, sorted(unknown)


# ── colours stand in the tokens alone ────────────────────────────────────────────────────────────────────────────────
LIT = re.compile(r"light-dark\(\s*(#\w+|var\([\w-]+\))\s*,\s*(#\w+|var\([\w-]+\))\s*\)")  # by day, by night
ROOT_BLOCK, VARIABLE = re.compile(r":root\s*\{([^}]*)\}"), re.compile(r"--([\w-]+):\s*(#\w+)")
PLAIN = {"#FFFFFF", "#000000"}


def colors(*themes: tokens.Tokens) -> set[str]:
    """The colours of themes but for white and black, and those of water classes."""
    return ({one for theme in themes for one in asdict(theme).values()} | set(tokens.WATER_CLASSES.values())) - PLAIN


@pytest.mark.parametrize("stylesheet", sorted(HERE.glob("*.css")), ids=lambda file: file.name)
def test_no_stylesheet_repeats_a_color_of_its_theme(stylesheet: Path) -> None:
    light, dark = colors(tokens.LIGHT, tokens.LIGHT_CONTRAST), colors(tokens.DARK, tokens.DARK_CONTRAST)
    pairs = LIT.findall(stylesheet.read_text(encoding="utf-8"))
    repeated = [pair for pair in pairs if pair[0].upper() in light or pair[1].upper() in dark]
    assert not repeated, "take the variable the tokens give it"


def test_pairs_of_colors_are_seen() -> None:
    assert LIT.findall("a { fill: light-dark(#A1B2C3, var(--leaf)); }") == [("#A1B2C3", "var(--leaf)")]
    assert LIT.search((HERE / "exhibit.css").read_text(encoding="utf-8"))


def test_the_page_shown_while_the_site_restarts_has_the_sites_colors() -> None:
    """A file by itself that nginx serves: it cannot read the tokens."""
    blocks = ROOT_BLOCK.findall((FOLDER / "away.html").read_text(encoding="utf-8"))
    light, dark = (dict(VARIABLE.findall(block)) for block in blocks)
    names = {"ground", "ink", "muted", "sky"}
    assert light == {name: color for name, color in asdict(tokens.LIGHT).items() if name in names}
    assert dark == {name: color for name, color in asdict(tokens.DARK).items() if name in names}
