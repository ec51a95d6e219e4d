"""Markup is put together of pieces and never changed afterwards: what a change misses would vanish without a sound."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator

import pytest
from markupsafe import Markup, escape

from store import clock
from tests import syntax
from tests.test_house import ROOT, modules
from views.drawings import qr, svg
from views.exhibit import frame as exhibit_frame
from views.exhibit import pieces as exhibit
from views.http import light
from views.text import marked
from views.text.markup import html
from views.text.words import LANGUAGES, Words
from views.ui import cards, inline, screens
from views.ui import frame as page_frame
from views.ui import rows as lists
from views.visit import Visit
from views.wall import frame as wall

CHANGES = {"replace", "sub", "subn", "translate"}
# Texts that are changed after they were made, none of them markup of ours, and why.
ALLOWED = {
    "views/http/api/endpoint.py:key": "an address becomes a key of words",
    "views/site/sheet.py:label": "signs that Streamlit would read as Markdown",
    "views/text/air.py:pollutant": "the name of a pollutant becomes a key of words",
    "views/text/format.py:period": "the mark of an inferred period is taken off before it is read",
    "views/text/format.py:signed": "a number is read back without its thousands' commas",
    "views/text/words.py:_of_the_city": "the city's names go into words as they are read from their file",
    "views/assets/__init__.py:_packed": "a stylesheet is packed",
    "views/tokens.py:_named": "a colour's name as stylesheets write it",
    "views/paper/standalone.py:resolved": "a colour's name as stylesheets write it",
    "views/http/share_picture.py:_written": "letters no installed font has",
    "views/site/sheet.py:show": "a line break would end the block of HTML for Markdown; any blank does",
    "views/paper/standalone.py:_color": "the value of one attribute of a parsed drawing",
    "views/charts/plain.py:_lines": "bold in a label of Plotly's, which SVG does not know",
    "views/exports/excel.py:workbook": "the sign Excel reads in a foot",
    "views/exports/excel.py:_safe": "signs no workbook may hold",
    "views/http/shell.py:_finish": "Streamlit's own stylesheets",
}


def changed(source: str) -> Iterator[str]:
    """The innermost function around every call that changes a text; keyword-only calls replace fields of a value.

    A module of ours may have a function of such a name: ``past_years.sub`` is the line below a title.
    """

    tree = ast.parse(source)
    ours = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("views")
        for alias in node.names
    }

    def walk(node: ast.AST, inside: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            name = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else inside
            call = child.func if isinstance(child, ast.Call) and child.args else None
            made_by_us = isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id in ours
            if isinstance(call, ast.Attribute) and call.attr in CHANGES and not made_by_us:
                yield name
            yield from walk(child, name)

    yield from walk(tree, "")


def test_no_markup_is_changed_after_it_was_made() -> None:
    found = {
        f"{file.relative_to(ROOT).as_posix()}:{name}"
        for folder in ("views", "pages")
        for file in modules(folder)
        for name in changed(file.read_text(encoding="utf-8"))
    }
    assert found == ALLOWED.keys(), "pass the piece into the component that makes the markup"


def test_a_change_is_seen_wherever_it_hides() -> None:
    assert list(changed('def card(h): return h.replace("</section>", "x</section>")')) == ["card"]
    assert list(changed('import re\ndef a():\n    def b(h): return re.sub("<p>", "", h)')) == ["b"]
    assert list(changed("def a(h): return LINK.sub(r'', one(h))")) == ["a"]
    assert not list(changed("def a(t): return t.replace(second=0)"))
    assert not list(changed("from views import past_years\ndef a(w): return past_years.sub(w)"))


# Patterns that read markup, and whose.
READ = {
    "views/text/words.py": "the marks a sentence of ours may hold",
    "views/text/marked.py": "the same, of its numbers",
    "views/charts/plain.py": "labels of Plotly's",
    "views/exports/picture.py": "the size a drawing says of itself",
}
OF_MARKUP = re.compile(r"(?<!\?P)<[/a-z(\[]|\b(?:class|href|style|viewBox)=")


def test_no_markup_is_read_back() -> None:
    found = {
        file.relative_to(ROOT).as_posix()
        for file in modules("views")
        for node in syntax.nodes(file)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")
        for one in ast.walk(node.args[0])
        if isinstance(one, ast.Constant) and OF_MARKUP.search(str(one.value))
    }
    assert found == READ.keys(), "take it along as data"


# ── every piece given to a component is in what it makes, text escaped, markup as it is ─────────────────────────
def handed(name: str, kind: object) -> tuple[object, list[str]] | None:
    """Something of a parameter's type, and what of it must be seen again; None for types of reports."""
    text, seen = f"<piece & {name}>", f"&lt;piece &amp; {name}&gt;"
    markup = Markup(f"<b>markup of {name}</b>")
    if "hex" in name or name in ("color", "fill"):
        return "#0A0B0C", ["#0A0B0C"]
    known: dict[str, tuple[object, list[str]]] = {
        str(str): (text, [seen]),
        str(Markup): (markup, [markup]),
        str(Markup | str): (text, [seen]),
        str(float): (7.25, []),
        str(int): (7, []),
        str(bool): (True, []),
    }
    for many in ("Sequence", "Iterable"):
        known[f"collections.abc.{many}[str]"] = ([text], [seen])
        known[f"collections.abc.{many}[markupsafe.Markup]"] = ([markup], [markup])
        known[f"collections.abc.{many}[{Markup | str}]"] = ([text, markup], [seen, markup])
    known[f"collections.abc.Iterable[collections.abc.Sequence[{Markup | str}]]"] = ([[text, markup]], [seen, markup])
    known["collections.abc.Iterable[int]"] = ([0], [])
    known["collections.abc.Sequence[tuple[str, str]]"] = ([(text, f"{text}2")], [seen, f"{seen}2"])
    return known.get(str(kind))


def components() -> Iterator[tuple[str, Callable[..., Markup]]]:
    for module in (cards, inline, page_frame, svg, lists, screens, exhibit):
        for name, made in inspect.getmembers(module, inspect.isfunction):
            public = made.__module__ == module.__name__ and not name.startswith("_")
            if public and name != "icon" and inspect.signature(made).return_annotation is Markup:
                kinds = {key: one.annotation for key, one in inspect.signature(made).parameters.items()}
                if all(handed(key, kind) for key, kind in kinds.items()):
                    yield f"{module.__name__}.{name}", made


@pytest.mark.parametrize(
    ("name", "made"), list(components()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_piece_handed_over_is_seen(name: str, made: Callable[..., Markup]) -> None:
    pieces: list[object] = []
    named: dict[str, object] = {}
    expected: list[str] = []
    for key, one in inspect.signature(made).parameters.items():
        value, marks = handed(key, one.annotation) or (None, [])
        expected += marks
        if one.kind is one.KEYWORD_ONLY:
            named[key] = value
        else:
            pieces.append(value)
    shown = made(*pieces, **named)
    assert isinstance(shown, Markup), name
    assert not [mark for mark in expected if mark not in shown], name
    assert "<piece" not in shown, f"{name} lets text through as markup"


def test_there_are_components_to_hold() -> None:
    assert {"views.ui.cards.card", "views.ui.cards.table", "views.drawings.svg.words", "views.ui.rows.row"} <= {
        name for name, _ in components()
    }


# ── the pieces that once were cut in ─────────────────────────────────────────────────────────────────────────────────
def test_a_marked_sentence_keeps_all_its_letters() -> None:
    sentence = Markup("In {year} <em>3 &lt; 5</em> of <em>ten</em>")
    assert marked.plain(sentence) == "In {year} 3 < 5 of ten"
    assert inline.marks_in_bold(sentence) == "In {year} <strong>3 &lt; 5</strong> of <strong>ten</strong>"
    assert marked.parts(Markup("none")) == [("none", False)]
    assert inline.marks_in_bold(Markup("none")) == "none"


def test_a_clause_keeps_its_own_marks() -> None:
    assert inline.clauses(Markup("甲，乙<em>3 &lt; 5，丙？</em>丁<em>戊</em>，己")) == [
        "甲，",
        "乙<em>3 &lt; 5，</em>",
        "<em>丙？</em>",
        "丁<em>戊</em>，",
        "己",
    ]
    assert inline.clauses(Markup("甲")) == ["甲"]
    assert inline.clauses(Markup()) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clause_of_the_exhibit_is_whole(lang: str) -> None:
    w = Words(lang)
    v = Visit(w, "light", clock.now(), False)
    chapters = [exhibit_frame.chapter(name, v) for name in exhibit_frame.CHAPTERS]
    headlines = [one.headline for one in chapters] + [screen.headline for one in chapters for screen in one.screens]
    for headline in headlines:
        cut = exhibit_frame.clauses(headline, w)
        assert "".join(map(marked.plain, cut)) == marked.plain(headline)
        for clause in cut:
            assert re.fullmatch(r"([^<]|<em>[^<]+</em>)+", clause), clause


def test_words_take_markup_and_escape_text() -> None:
    w = Words("en")
    sentence = w.html("wall.air_hour", time="1<8", age=Markup("<span data-ago>5 &lt; 6</span>"))
    assert "<span data-ago>5 &lt; 6</span>" in sentence
    assert "1&lt;8" in sentence
    assert w.html("lite.known_since", value="<", period="&", source="s") == escape(
        w("lite.known_since", value="<", period="&", source="s")
    )
    assert "<em>" in w.html("exhibit.part.headline")


def test_a_template_names_its_places_and_misses_none() -> None:
    assert html("<b>{}</b>{name}{}", "<", ">", name=Markup("<i>")) == Markup("<b>&lt;</b><i>&gt;")
    assert html("{x:.1f}|{{}}", x=2.25) == Markup("2.2|{}")
    with pytest.raises(KeyError):
        html("<b>{gone}</b>")
    with pytest.raises(IndexError):
        html("<b>{}{}</b>", "one")


@pytest.mark.slow
def test_no_markup_of_any_surface_is_put_into_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Markup in an f-string would be text again, and be escaped where it is shown."""

    def refused(self: Markup, spec: str) -> str:
        raise AssertionError(f"markup in plain text: {self[:80]}")

    monkeypatch.setattr(Markup, "__format__", refused)
    for lang in LANGUAGES:
        v = Visit(Words(lang), "light", clock.now(), False)
        for path in light.PAGES:
            light.PAGES[path](v)
        for name in wall.SCENES:
            wall.scene(name, v)
        for chapter in exhibit_frame.CHAPTERS.values():
            chapter(v)


def test_a_code_has_its_title_and_its_size() -> None:
    drawn = qr.svg("http://green.example/goals", title="a <title>", size=180)
    assert re.match(r'<svg [^>]*role="img" aria-label="a &lt;title&gt;" width="180" height="180"><svg ', drawn)
    assert "viewBox" in drawn
