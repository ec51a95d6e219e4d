"""What axe finds on a page, with each colour parsed once."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
# What depends on colours alone, for a second theme of the same document.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Axe parses the same few colours thousands of times, at a fifth of what a run of it costs.
ONCE = """;(colour => {
  const parse = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    const one = known.get(text);
    if (one) { [this.r, this.g, this.b, this.alpha] = one; return this }
    parse.call(this, text);
    known.set(text, [this.r, this.g, this.b, this.alpha]);
    return this } })(axe.commons.color.Color.prototype)"""
SCRIPT = Axe().axe_script + ONCE


def examined(page: Page, rules: dict[str, Any]) -> list[dict[str, Any]]:
    """What violates rules; a window's document gets axe once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(rules).then(found => found.violations)", {**rules, "resultTypes": ["violations"]}
    )
    return found


def violations(page: Page, rules: dict[str, Any] = RULES) -> tuple[tuple[str, list[Any]], ...]:
    """What axe finds: the rule and the first places.

    Without the shadows that tables bear at their edges: over them axe would not judge the contrast of words.
    """
    page.add_style_tag(content=".scroll { background: none !important }")
    return tuple((one["id"], [node["target"] for node in one["nodes"]][:4]) for one in examined(page, rules))
