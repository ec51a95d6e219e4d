"""Stylesheets have no rule for a class that nothing draws, and scripts select only what is drawn."""

import re
from pathlib import Path

import pytest

from tests import syntax
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
