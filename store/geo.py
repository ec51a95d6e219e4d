"""The tracked shapes: districts, rivers and places in WGS-84, each with its accuracy and licence."""

import json
from functools import lru_cache
from typing import Any

from store.tracked import DATA


@lru_cache(maxsize=8)
def collection(name: str) -> dict[str, Any]:
    """A GeoJSON file of ``data/geo`` (districts, rivers, places), as parsed. Treat it as read-only."""
    return json.loads((DATA / "geo" / f"{name}.geojson").read_text(encoding="utf-8"))


def features(name: str) -> list[dict[str, Any]]:
    """Its features."""
    return collection(name)["features"]
