"""Whole tables of facts, and results that are tables, as plain rows: for files and interfaces that hand them on."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from store import facts


def stored(name: str) -> tuple[Sequence[str], list[list[Any]]]:
    """The columns of a table of facts and its rows as stored; what is missing is None, days are dates."""
    frame = facts.table(name)
    return list(frame.columns), [list(row.values()) for row in facts.rows(frame)]


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a result by column; what is missing is None, days are dates."""
    return facts.rows(frame)
