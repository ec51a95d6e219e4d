"""What the source text of the packages says of itself, read from syntax trees: imports, string constants, calls."""

import ast
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DOCUMENTED = (ast.Module, ast.ClassDef, *FUNCTIONS)
# The modules of the store that answer from the database; the others declare tables, read the clock or tracked files.
STORE_READERS = ("facts", "readings", "state", "standards", "raw", "database")


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file, walked once."""
    return tuple(ast.walk(tree(file)))


def module_name(file: Path) -> str:
    """The dotted name of a file's module."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def strings(file: Path) -> tuple[ast.Constant, ...]:
    """The string constants of a file, the fixed parts of f-strings included, docstrings left out."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(file)
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node
        for node in nodes(file)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    )


def imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What an import binds: the local name with the dotted name of the module or of its member."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.asname or alias.name, alias.name
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


@cache
def bindings(file: Path) -> dict[str, str]:
    """Every imported name of a file with the dotted name it stands for."""
    return dict(pair for node in nodes(file) for pair in imported(node))


def references(node: ast.AST, names: dict[str, str]) -> Iterator[tuple[str, int]]:
    """The dotted names a piece of code uses with their lines: imported ones, and members of imported modules."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load) and one.id in names:
            yield names[one.id], one.lineno
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in names:
            yield f"{names[one.value.id]}.{one.attr}", one.lineno


@cache
def fetching() -> frozenset[str]:
    """Dotted names of the functions of reports/ that read the store: cached reports, and whatever uses one."""
    uses = _uses("reports")
    readers = ("reports.cached.cached_report", *(f"store.{name}." for name in STORE_READERS))
    direct = {name for name, used in uses.items() if any(one.startswith(readers) for one in used)}
    return _with_users(direct, uses)


def fetching_through_views(reports: frozenset[str]) -> frozenset[str]:
    """``reports`` by their dotted names, and all of views/ that uses one, be it through others or a table of functions."""
    return _with_users(reports, _uses("views"))


def _uses(package: str) -> dict[str, set[str]]:
    """The dotted names each function and each value of a package's modules uses."""
    uses: dict[str, set[str]] = {}
    for file in sorted((ROOT / package).rglob("*.py")):
        defined = {name: one for one in tree(file).body for name in _defines(one)}
        own = {name: f"{module_name(file)}.{name}" for name in defined}
        for name, one in defined.items():
            uses[own[name]] = {used for used, _ in references(one, bindings(file) | own)}
    return uses


def _defines(node: ast.stmt) -> list[str]:
    if isinstance(node, FUNCTIONS):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _with_users(names: Set[str], uses: dict[str, set[str]]) -> frozenset[str]:
    found = set(names)
    while more := {name for name, used in uses.items() if name not in found and used & found}:
        found |= more
    return frozenset(found)
