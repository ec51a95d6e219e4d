"""The docs site: `make docs`. Strict: a warning or a request to an outside host fails the build."""

import csv
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

project = "天更蓝 水更清 · Bluer Sky, Clearer Water"
author = "The maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_generated", "pictures"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = project
html_show_sphinx = False
html_copy_source = False
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True

STANDARDS = ROOT / "data" / "standards"
OUTSIDE = re.compile(
    r'<(?:script|img|iframe|link)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"|@import|url\(["\']?(?:https?:)?//'
)


def _table(file: str, columns: dict[str, str]) -> str:
    """Columns of a tracked table as Markdown: name in the file → heading."""
    with (STANDARDS / file).open(encoding="utf-8", newline="") as opened:
        rows = [
            [row[name].replace("|", "\\|").replace("\n", " ") for name in columns] for row in csv.DictReader(opened)
        ]
    lines = [list(columns.values()), ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_rules(_app: Any) -> None:
    """The page of rules, from data/standards."""
    rules = {
        "rule_id": "",
        "topic_en": "rule",
        "standard": "standard",
        "effective_from": "from",
        "effective_to": "until",
    }
    rules |= {"rule_en": "what it says", "evidence": "evidence", "source": "clause"}
    editions = {"standard_id": "standard", "title_en": "title", "effective_from": "from", "effective_to": "until"}
    text = f"## Rules\n\n{_table('rules.csv', rules)}\n\n## Editions\n\n{_table('standards.csv', editions)}\n"
    (HERE / "_generated").mkdir(exist_ok=True)
    (HERE / "_generated" / "rules.md").write_text(text, encoding="utf-8")


def refuse_outside_hosts(app: Any, error: Exception | None) -> None:
    """No page of the site loads anything from elsewhere."""
    found = [
        f"{file.relative_to(app.outdir)}: {hit[0][:120]}"
        for kind in ("*.html", "*.css")
        for file in sorted(Path(app.outdir).rglob(kind))
        for hit in OUTSIDE.finditer(file.read_text(encoding="utf-8"))
    ]
    if found and error is None:
        raise SystemExit("an outside host is requested:\n" + "\n".join(found))


def setup(app: Any) -> None:
    """What is done before and after a build."""
    app.connect("builder-inited", write_rules)
    app.connect("build-finished", refuse_outside_hosts)
