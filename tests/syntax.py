"""What the source text of the packages says of itself, read from syntax trees: imports, string constants, calls."""

import ast
from collections.abc import Iterator
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
    uses: dict[str, set[str]] = {}
    for file in sorted((ROOT / "reports").rglob("*.py")):
        functions = [one for one in tree(file).body if isinstance(one, FUNCTIONS)]
        own = {one.name: f"{module_name(file)}.{one.name}" for one in functions}
        for one in functions:
            uses[own[one.name]] = {name for name, _ in references(one, bindings(file) | own)}
    readers = tuple(f"store.{name}." for name in STORE_READERS)
    found: set[str] = set()
    while True:
        more = {
            name
            for name, used in uses.items()
            if name not in found
            and (used & found or "reports.cached.cached_report" in used or any(one.startswith(readers) for one in used))
        }
        if not more:
            return frozenset(found)
        found |= more
