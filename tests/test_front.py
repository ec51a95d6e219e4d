"""The project's front keeps its word: decisions are dated, named files exist, rights and versions are stated once."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from store import facts, sources, tracked

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
STATED = re.compile(r"^Date (\d{4}-\d\d-\d\d) · (accepted|superseded by (\d+))", re.M)
NAMED_FILE = re.compile(r"`([\w./]+/[\w.]*|\w+\.py)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
PAGES = [DOCS / "architecture.md", ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
LINKED = [*PAGES, ROOT / "CHANGELOG.md", ROOT / "data" / "LICENSES.md", *sorted(DOCS.rglob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", DECISIONS, ids=lambda file: file.stem)
def test_a_decision_has_its_number_a_date_and_a_status(file: Path) -> None:
    content = file.read_text(encoding="utf-8")
    assert content.startswith(f"# {int(file.name[:4])} · ")
    stated = STATED.search(content)
    assert stated, f"{file.name}: no line such as 'Date 2026-11-29 · accepted'"
    if stated[3]:
        assert int(stated[3]) in {int(one.name[:4]) for one in DECISIONS}


def test_decisions_are_numbered_without_gap_or_double() -> None:
    assert [int(file.name[:4]) for file in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("file", [DOCS / "architecture.md", ROOT / "SECURITY.md"], ids=lambda file: file.stem)
def test_every_file_that_is_named_exists(file: Path) -> None:
    named = set(NAMED_FILE.findall(file.read_text(encoding="utf-8")))
    assert len(named) > 2
    assert {one for one in named if not (ROOT / one).exists()} == set()


@pytest.mark.parametrize("file", sorted(set(LINKED)), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    links = LINK.findall(file.read_text(encoding="utf-8"))
    assert {one for one in links if not (file.parent / one).exists()} == set()


def test_the_rights_of_every_source_document_and_shape_are_stated() -> None:
    licences = text("data/LICENSES.md")
    documents = facts.rows(tracked.read("documents"))
    named = {row["document_id"] for row in documents if row["kind"] in ("archive", "dataset") or row["licence"]}
    ours = set(sources.declared()) | {file.name for file in (ROOT / "data" / "geo").iterdir()}
    missing = {name for name in (named - set(sources.declared())) | ours if f"`{name}`" not in licences}
    assert missing == set()
    for row in documents:
        if row["licence"]:
            line = next(line for line in licences.splitlines() if f"`{row['document_id']}`" in line)
            assert row["licence"] in line
    kinds = {row["kind"] for row in documents} - {"archive", "dataset"}
    assert {kind for kind in kinds if kind not in licences} == set()


def test_the_licences_of_shapes_are_those_in_the_files() -> None:
    licences = text("data/LICENSES.md")
    for file in (ROOT / "data" / "geo").iterdir():
        inside = json.loads(file.read_text(encoding="utf-8"))["metadata"].get("sources", {})
        for one in inside.values():
            assert one.get("licence", "").partition("（")[0] in licences


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    newest, released = re.findall(r"^## \[(\d[\d.]*)\] - (\S+)$", text("CHANGELOG.md"), re.M)[0]
    cited = dict(re.findall(r"^(version|date-released): \"?([\d.-]+)", text("CITATION.cff"), re.M))
    assert (version, version, released) == (newest, cited["version"], cited["date-released"])


def test_the_changelog_has_room_for_what_comes_and_its_versions_in_order() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", text("CHANGELOG.md"), re.M)
    assert headings[0] == "Unreleased"
    numbers = [tuple(map(int, one.split("."))) for one in headings[1:]]
    assert numbers == sorted(set(numbers), reverse=True)


def test_the_licence_is_apache_2() -> None:
    licence = text("LICENSE")
    assert "Apache License\n                           Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert tomllib.loads(text("pyproject.toml"))["project"]["license"] == "Apache-2.0"


def test_the_reference_names_modules_that_exist() -> None:
    named = re.findall(r"automodule:: ([\w.]+)", (DOCS / "reference.md").read_text(encoding="utf-8"))
    assert len(named) > 5
    assert {one for one in named if not (ROOT / (one.replace(".", "/") + ".py")).exists()} == set()
