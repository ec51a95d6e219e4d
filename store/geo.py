"""The tracked shapes: districts, rivers and places in WGS-84, each with its accuracy and licence."""

import json
from functools import lru_cache
from typing import Any

from store.tracked import DATA


@lru_cache(maxsize=8)
def collection(name: str) -> dict[str, Any]:
    """A GeoJSON file of ``data/geo`` (districts, rivers, places), as parsed. Treat it as read-only."""
    parsed: dict[str, Any] = json.loads((DATA / "geo" / f"{name}.geojson").read_text(encoding="utf-8"))
    return parsed


def features(name: str) -> list[dict[str, Any]]:
    """Its features."""
    found: list[dict[str, Any]] = collection(name)["features"]
    return found
