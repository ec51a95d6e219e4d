"""The rules of the project: who may import whom, words in both languages, no word out of place."""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from msgspec import Struct

from store import schema
from tests import syntax
from views.addresses import TABS
from views.http.api import openapi
from views.http.api.endpoints import ENDPOINTS
from views.text.words import FOLDER, LANGUAGES, Words, all_words

ROOT = Path(__file__).resolve().parent.parent
# From below: a package may import only from those before it. The rules know nothing of where their numbers are kept; the
# store fills their editions, and loaders let them make days of hours on the way.
ORDER = ("assessment", "store", "loaders", "reports", "views", "pages")
MAY_IMPORT = {
    "assessment": {"assessment"},
    "store": {"store", "assessment"},
    "loaders": {"store", "assessment", "loaders"},
    "reports": {"store", "assessment", "reports"},
    "views": {"store", "reports", "views"},
    "pages": {"reports", "views"},
}
# Programs: what they put together they may import from above. No module imports them.
PROGRAMS = {
    ROOT / "assessment" / "__main__.py",  # it takes the standards from the store
    ROOT / "reports" / "__main__.py",  # it writes files that views lay out
}
# They read and write the tables of those who call the rules from a shell.
COMMAND_LINE = {ROOT / "assessment" / "__main__.py", *(ROOT / "assessment" / "command_line").glob("*.py")}
CLOCK_AND_FILES = {
    "sqlalchemy",
    "time",
    "os",
    "io",
    "pathlib",
    "requests",
    "aiohttp",
    "urllib",
    "sqlite3",
    "socket",
    "streamlit",
}


def modules(package: str) -> list[Path]:
    """The Python files of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imports(file: Path) -> set[str]:
    """Top names of what a file imports."""
    names = set()
    for node in syntax.nodes(file):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_from_packages_below(package: str) -> None:
    assert modules(package), f"no code in {package}"
    for file in modules(package):
        assert not {full for node in syntax.nodes(file) for _, full in syntax.imported(node) if ".__main__" in full}
        if file in PROGRAMS:
            continue
        above = (imports(file) & set(ORDER)) - MAY_IMPORT[package]
        assert not above, f"{file.relative_to(ROOT)} imports {above}"


# Within views/: what each folder may import of the others. Surfaces do not know each other; only site/ knows Streamlit.
SHARED = {"visit", "addresses", "tokens", "assets", "cached", "templates", "text", "ui", "drawings"}
WITHIN_VIEWS = {
    "visit": {"text", "addresses"},
    "addresses": set(),
    "tokens": set(),
    "assets": {"tokens"},
    "cached": {"text"},
    "templates": {"addresses"},
    "text": {"text", "cached", "visit"},
    "ui": {"text", "ui", "tokens", "visit", "cached", "addresses"},
    "drawings": {"text", "ui", "drawings", "tokens", "cached", "addresses"},
    "charts": SHARED | {"charts"},
    "site": SHARED | {"charts", "site"},
    "lite": SHARED | {"lite"},
    "wall": SHARED | {"wall"},
    "exhibit": SHARED | {"exhibit"},
    "paper": SHARED | {"paper"},
    "exports": SHARED | {"charts", "site", "paper", "exports"},  # pictures of what the site's blocks draw
    "http": SHARED | {"http", "lite", "wall", "exhibit", "paper", "exports"},
}
WAYS_IN = {"site/wall.py": {"wall"}, "site/exhibit.py": {"exhibit"}}  # pages that show the way to a screen of its own
HEAVY = {"streamlit", "plotly", "pydeck"}  # libraries no light page, wall or exhibit needs


def within_views(file: Path) -> set[str]:
    """The folders (or single files) of views/ a file imports."""
    names = set()
    for node in syntax.nodes(file):
        if isinstance(node, ast.ImportFrom) and node.module == "views":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("views."):
            names.add((node.module or "").split(".")[1])
    return names


@pytest.mark.parametrize("folder", WITHIN_VIEWS)
def test_a_folder_of_views_imports_only_what_it_may(folder: str) -> None:
    single = ROOT / "views" / f"{folder}.py"
    files = [single] if single.exists() else modules(f"views/{folder}")
    assert files, folder
    for file in files:
        beyond = within_views(file) - WITHIN_VIEWS[folder] - WAYS_IN.get(f"{folder}/{file.name}", set())
        assert not beyond, f"{file.relative_to(ROOT)} imports {sorted(beyond)}"


def test_every_part_of_views_has_its_rule() -> None:
    parts = {one.stem for one in (ROOT / "views").iterdir() if one.name not in ("__init__.py", "__pycache__", "words")}
    assert parts == set(WITHIN_VIEWS)


def test_streamlit_and_charts_are_known_where_they_are_needed_and_nowhere_else() -> None:
    knows = {"site": HEAVY, "charts": {"plotly", "pydeck"}}
    for folder in WITHIN_VIEWS:
        single = ROOT / "views" / f"{folder}.py"
        for file in [single] if single.exists() else modules(f"views/{folder}"):
            assert not imports(file) & HEAVY - knows.get(folder, set()), file
    for package in ("store", "loaders", "assessment", "reports"):
        for file in modules(package):
            assert not imports(file) & HEAVY, file


OF_FILES = {
    "paper/word.py",
    "paper/workbook.py",
    "exports/excel.py",
    "http/share_picture.py",
}  # their libraries make files


def test_the_server_starts_without_the_libraries_of_files() -> None:
    """Word, Excel and Pillow cost a twentieth of the start: their modules are loaded inside the functions that make a file."""
    of_files = {f"views.{one.removesuffix('.py').replace('/', '.')}" for one in OF_FILES}
    for file in modules("views"):
        inside = file.relative_to(ROOT / "views").as_posix() in OF_FILES
        assert bool(imports(file) & {"docx", "openpyxl", "PIL"}) == inside, file
        for node in syntax.tree(file).body:  # what stands at the top is run at the start
            if isinstance(node, ast.ImportFrom):
                named = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
                assert not named & of_files, file


def test_views_read_facts_from_reports_alone() -> None:
    """A row a page needs comes with its report; only names of things are looked up, by ``reports.lookup``."""
    for package in ("views", "pages"):
        for file in modules(package):
            for node in syntax.nodes(file):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    before = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                    named = {before + alias.name for alias in node.names}
                    assert not any(one.startswith("store.facts") for one in named), file


# Blocks and components draw the reports they are given; a page fetches them. Names of things are looked up anywhere.
DRAWN_FROM_REPORTS = ("text", "site", "ui", "charts", "drawings")


def fetching_reports() -> frozenset[str]:
    """Functions of reports/ that read the store. Not asked for at import: every process would parse all reports."""
    return frozenset(name for name in syntax.fetching() if not name.startswith("reports.lookup."))


@pytest.mark.parametrize("folder", DRAWN_FROM_REPORTS)
def test_blocks_receive_their_reports(folder: str) -> None:
    """No block or component calls a function of reports/ that reads the store, be it through others, of views/ too."""
    fetching = syntax.fetching_through_views(fetching_reports())
    assert {"reports.goals.scoreboard", "views.exhibit.sky.chapter", "views.exhibit.frame.CHAPTERS"} <= fetching
    for file in modules(f"views/{folder}"):
        used = syntax.references(syntax.tree(file), syntax.bindings(file))
        found = sorted(f"{name} in line {line}" for name, line in used if name in fetching)
        assert not found, f"{file.relative_to(ROOT)} fetches {found}"


# A light page, a scene of the wall and a chapter of the exhibit are each made by one function, which fetches; what it calls
# draws.
MADE_BY = {"lite": "page", "wall": "scene", "exhibit": "chapter"}


@pytest.mark.parametrize("folder", MADE_BY)
def test_what_is_made_by_one_function_fetches_in_it(folder: str) -> None:
    fetching = fetching_reports()
    for file in modules(f"views/{folder}"):
        drawing = [one for one in syntax.tree(file).body if getattr(one, "name", "") != MADE_BY[folder]]
        used = [pair for one in drawing for pair in syntax.references(one, syntax.bindings(file))]
        found = sorted(f"{name} in line {line}" for name, line in used if name in fetching)
        assert not found, f"{file.relative_to(ROOT)} fetches {found}"


# A surface lays out the row of views.ui.promise. Charts label a line with its target, and a move has two values of its own.
WHERE_PROMISES_ARE_FORMATTED = {"ui/promise.py", "ui/promise_sentences.py", "ui/notable.py", "charts"}


def test_a_promise_is_formatted_in_one_place() -> None:
    for file in modules("views"):
        used = {name for name, _ in syntax.references(syntax.tree(file), syntax.bindings(file))}
        place = file.relative_to(ROOT / "views")
        if not WHERE_PROMISES_ARE_FORMATTED & {str(place), place.parts[0]}:
            assert "views.text.amounts.of_promise" not in used, file
            assert not any(name.startswith("views.ui.promise_sentences") for name in used), file


TAG = re.compile(r"</?[a-zA-Z]")
OF_PLOTLY = re.compile(r"</?(b|br|extra)>|<br ?/?>")  # what it reads in its labels


@pytest.mark.parametrize("folder", WITHIN_VIEWS)
def test_markup_is_written_in_components_drawings_and_templates(folder: str) -> None:
    """No string of code holds a tag outside views/ui and views/drawings; whole documents are templates."""
    single = ROOT / "views" / f"{folder}.py"
    for file in [single] if single.exists() else modules(f"views/{folder}"):
        if folder in ("ui", "drawings"):
            continue
        texts = [
            (one.lineno, OF_PLOTLY.sub("", str(one.value)) if folder == "charts" else str(one.value))
            for one in syntax.strings(file)
        ]
        found = [f"line {line}: {text[:40]}" for line, text in texts if TAG.search(text)]
        assert not found, f"{file.relative_to(ROOT)}: {found}"


PACKAGES = (*ORDER, "tests", "benchmarks", "deploy")


def test_a_module_has_one_name_in_all_files() -> None:
    """In tests a second one where a file has something else of the module's own name."""
    files = [ROOT / "dashboard.py", *(file for package in PACKAGES for file in modules(package))]
    known = {syntax.module_name(file) for file in files}
    names: dict[str, set[str]] = {}
    aliases: dict[str, set[str]] = {}
    for file in files:
        for node in syntax.nodes(file):
            for local, full in syntax.imported(node):
                if full not in known or local == full:
                    continue
                if file.relative_to(ROOT).parts[0] != "tests":
                    names.setdefault(full, set()).add(local)
                if local != full.rpartition(".")[2]:
                    aliases.setdefault(full, set()).add(local)
    several = {module: sorted(found) for module, found in (*names.items(), *aliases.items()) if len(found) > 1}
    assert several == {}


# Words that once were names here and nowhere else; in names the trade's own terms stand for what they meant.
PRIVATE = re.compile(
    r"(?:^|_)(?:told|tells?|said|says|living|beats?|rooms?|doors?|house|rungs?|ladders?)(?:_|$)", re.IGNORECASE
)


def test_names_are_plain() -> None:
    for package in PACKAGES:
        for file in modules(package):
            defined = {getattr(node, "name", None) or getattr(node, "arg", None) for node in syntax.nodes(file)}
            stored = {
                node.id for node in syntax.nodes(file) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            names = {name for name in defined | stored if isinstance(name, str) and not name.startswith("test_")}
            assert {name for name in names if PRIVATE.search(name)} == set(), file.relative_to(ROOT)


def test_assessment_reads_no_file_and_no_clock() -> None:
    for file in modules("assessment"):
        if file in COMMAND_LINE:
            continue
        source = file.read_text(encoding="utf-8")
        assert not imports(file) & CLOCK_AND_FILES, file
        assert not re.search(r"\b(today|now|utcnow)\(|\bopen\(|read_csv|read_bytes", source), file


def test_pages_hold_no_sums_and_no_queries() -> None:
    for file in modules("pages"):
        assert not imports(file) & {"pandas", "numpy", "sqlalchemy", "plotly"}, file


def test_both_languages_say_the_same_things() -> None:
    zh, en = (all_words(lang) for lang in LANGUAGES)
    assert zh.keys() == en.keys()
    for section in zh:
        assert zh[section].keys() == en[section].keys(), section
        for key in zh[section]:
            places = [sorted(re.findall(r"{(\w+)[^}]*}", words[section][key])) for words in (zh, en)]
            assert set(places[0]) == set(places[1]) or _language_form(key), f"{section}.{key}: {places}"


def _language_form(key: str) -> bool:
    """Dates are put together differently: one language names the month, the other numbers it."""
    return key in {"month", "day_with_year", "day_without_year"}


ENGLISH_IN_CHINESE = re.compile(r"[A-Za-z]{2,}")
KEPT_IN_CHINESE = re.compile(
    r"OpenAPI|ETag|/data/\w+\.csv|/api|null|"
    r"PM2\.5|PM10|PM|SO2|SO₂|NO2|NO₂|NOx|CO|AQI|IAQI|HJ ?\d[\d-]*|GB ?\d[\d-]*|GS|NDVI|EQI|VOCs?|OBD|pH|mg/L|mg/m³|μg/m³|µg/m³|"
    r"dB\(A\)|GWh|GW|kWh|"
    r"UTC|CSV|Excel|API|SQLite|PostgreSQL|python -m \w+( \w+)?|QR|DEM|WGS-84|URL|CC BY 4\.0|EN|COD|BOD5|MDA8|P9[058]|"
    r"Open-Meteo|Frictionless|Parquet|Theil–Sen|Kendall|Sen|Künsch|Hirsch|Slack|CAMS|quotsoft\.net|MODIS|JSON|GeoJSON|DO|TP|TN|NH3-N|CODMn|HTML|WebGL"
)


NAME_IN_API = re.compile(r"[a-z_]+")


@cache
def _names_of_the_api() -> frozenset[str]:
    """Names and values of parameters, and fields of answers: what a program writes is the same in both languages."""
    described = openapi.document(ENDPOINTS, Words("en"))
    asked = [one for path in described["paths"].values() for one in path["get"]["parameters"]]
    fields = [name for shape in described["components"]["schemas"].values() for name in shape.get("properties", ())]
    values = [str(value) for one in asked for value in one["schema"].get("enum", ())]
    return frozenset([*fields, *values, *(one["name"] for one in asked), *schema.THEMES])


def test_no_stray_english_on_a_chinese_page() -> None:
    for section, words in all_words("zh").items():
        for key, sentence in words.items():
            bare = KEPT_IN_CHINESE.sub("", re.sub(r"{[^}]*}", "", re.sub(r"<[^>]*>", "", sentence)))
            if section == "api":
                bare = NAME_IN_API.sub(lambda name: "" if name[0] in _names_of_the_api() else name[0], bare)
            assert not ENGLISH_IN_CHINESE.search(bare) or key == "language_switch_label", f"{section}.{key}: {sentence}"


def test_no_stray_chinese_on_an_english_page() -> None:
    for section, words in all_words("en").items():
        for key, sentence in words.items():
            assert not re.search(r"[一-鿿]", sentence) or key.startswith("language_switch"), (
                f"{section}.{key}: {sentence}"
            )


KEY_IN_CODE = re.compile(r"""\bw\(\s*["']([a-z_]+\.[a-z0-9_.]+)["'](?!\s*~)""")


def test_every_key_the_code_names_has_words_and_every_word_is_used() -> None:
    code = "\n".join(f.read_text(encoding="utf-8") for package in ("views", "pages") for f in modules(package))
    code += (ROOT / "dashboard.py").read_text(encoding="utf-8")
    code += "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "views/templates").rglob("*.html")))
    known = {f"{section}.{key}" for section, words in all_words("zh").items() for key in words}
    named = set(KEY_IN_CODE.findall(code))
    named |= {f"{page}.tab_{tab}" for page, tabs in TABS.items() for tab in tabs}
    assert named <= known, sorted(named - known)
    prefixes = set(re.findall(r"""["']([a-z_]+\.[a-z0-9_.]*)(?:{|['"]\s*~)""", code))  # f-strings, and ~ of templates
    unused = {key for key in known - named if f'"{key}"' not in code and not any(key.startswith(p) for p in prefixes)}
    assert not unused, sorted(unused)


def test_words_live_in_the_words_files() -> None:
    """No Chinese sentence stands in code: what a page says comes from the words files or from the data."""
    for package in ("views", "pages", "reports", "assessment"):
        for file in modules(package):
            for node in syntax.nodes(file):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and not _docstring_like(node.value):
                    assert not re.search(r"[一-鿿]{3,}", node.value), f"{file.relative_to(ROOT)}: {node.value[:40]}"
    assert FOLDER.exists()


def _docstring_like(text: str) -> bool:
    return "\n" in text or text.endswith(".") or len(text) > 80


_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_INCLUDED = re.compile(r"```\{include\} (\S+)\n(?::[^\n]*\n)*")


def _documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*.md")]


def test_every_link_of_a_document_leads_to_a_file() -> None:
    """Relative links of Markdown, from the folder the document stands in."""
    dead = [
        f"{file.relative_to(ROOT)}: {target}"
        for file in _documents()
        if "_generated" not in file.parts
        for target in _LINK.findall(file.read_text(encoding="utf-8"))
        if not (file.parent / target).exists()
    ]
    assert not dead, dead


def test_an_included_document_brings_its_links_along() -> None:
    """The docs site stands one folder deeper than the files it includes from the top."""
    bare = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "docs").glob("*.md")
        for whole, target in ((hit[0], hit[1]) for hit in _INCLUDED.finditer(file.read_text(encoding="utf-8")))
        if target.startswith("../")
        and ":relative-docs:" not in whole
        and "](docs/" in (file.parent / target).read_text(encoding="utf-8")
    ]
    assert not bare, bare


# ── what is installed ────────────────────────────────────────────────────────────────────────────────────────────────
def pinned(file: str) -> dict[str, str]:
    """Version by name of the packages a file of requirements pins; names as registries compare them."""
    text = (ROOT / file).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def test_every_package_is_installed_by_the_hashes_of_its_files() -> None:
    locked, text = pinned("requirements.lock"), (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = pinned("constraints.txt") | pinned("requirements.txt")
    lacking = set(pinned("requirements.txt")) - set(locked)
    stale = lacking | {name for name, version in locked.items() if wanted.get(name, version) != version}
    assert not stale, f"make lock: {sorted(stale)}"
    assert len(re.findall(r"==\S+(?: ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", text)) == len(locked)


def values_of(package: str) -> list[type[Struct]]:
    """The frozen types a package defines."""
    for file in modules(package):
        if file.name != "__main__.py":
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    kinds, found = [Struct], []
    while kinds:
        kinds += (mine := kinds.pop().__subclasses__())
        found += [one for one in mine if one.__module__.split(".")[0] == package and one.__struct_config__.frozen]
    return found


@pytest.mark.parametrize("package", ["assessment", "reports", "views"])
def test_what_follows_from_a_value_can_be_cached_beside_it(package: str) -> None:
    """A fingerprint is read once for each object: by a weak reference, so that it ends with the object."""
    found = values_of(package)
    assert len(found) > 20
    assert [one.__qualname__ for one in found if not one.__struct_config__.weakref] == []


def test_no_default_is_read_from_the_class_of_a_value() -> None:
    """There a field is a descriptor whatever its default, though mypy takes it for one of its values."""
    files = [file for package in (*ORDER, "deploy") for file in modules(package)]
    fields = {
        (one.name, line.target.id)
        for file in files
        for one in syntax.nodes(file)
        if isinstance(one, ast.ClassDef) and "Struct" in map(ast.unparse, one.bases)
        for line in one.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    read = [
        f"{file.relative_to(ROOT)}: {ast.unparse(one)}"
        for file in files
        for one in syntax.nodes(file)
        if isinstance(one, ast.Attribute) and (ast.unparse(one.value).rpartition(".")[2], one.attr) in fields
    ]
    assert len(fields) > 500
    assert read == []


PLACED = {"drawings", "charts"}  # where things are drawn, not what is said
OF_STYLES = {"cards.py", "bars.py", "rows.py", "advice.py"}  # widths in per cent, coordinates of places


@pytest.mark.parametrize("package", ["assessment", "reports", "views"])
def test_what_is_said_is_rounded_as_the_rules_have_it(package: str) -> None:
    """GB/T 8170, of the decimal number: Python's own ``round`` and ``:.1f`` take 32.15 for the binary number below it."""
    found = [
        f"{file.relative_to(ROOT)}: {ast.unparse(node)}"
        for file in modules(package)
        if not PLACED & set(file.relative_to(ROOT).parts) and file.name not in OF_STYLES
        for node in syntax.nodes(file)
        if _rounds_by_itself(node)
    ]
    assert found == []


def _rounds_by_itself(node: ast.AST) -> bool:
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        return re.search(r"\.[1-3]f", ast.unparse(node.format_spec)) is not None
    if not isinstance(node, ast.Call):
        return False
    name = (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else node.func.id
        if isinstance(node.func, ast.Name)
        else ""
    )
    decimals = [one.value for one in node.args if isinstance(one, ast.Constant)]
    return name == "round" and any(one in (1, 2, 3) for one in decimals)
