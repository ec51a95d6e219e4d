"""Cells that a spreadsheet would run, defused.

A text that begins with one of the signs of a formula is run when a CSV is opened. An apostrophe before it makes it text
again (OWASP, "CSV injection"); numbers, negative ones too, stay numbers, and a sign alone runs nothing.
"""

import re

SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # the wide ones are taken for them in East Asian settings
CONTROLS = ("\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s?%?")
APOSTROPHE = "'"


def runs(text: str) -> bool:
    """Whether a spreadsheet might run a cell's text."""
    bare = text.strip()
    if text.startswith(CONTROLS):
        return bool(bare)
    return len(bare) > 1 and bare.startswith(SIGNS) and not NUMBER.fullmatch(bare)


def defused(text: str) -> str:
    """A cell's text with an apostrophe before it where a spreadsheet would run it; else as it is."""
    return APOSTROPHE + text if runs(text) else text
