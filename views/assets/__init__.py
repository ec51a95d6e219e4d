"""The site's own stylesheets, scripts and icon, each under an address that changes with its content."""

import hashlib
import re
from pathlib import Path

from msgspec import Struct

from views import tokens

HERE = Path(__file__).parent
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
COMMENT, BLANKS, AROUND = re.compile(r"/\*.*?\*/", re.S), re.compile(r"\s+"), re.compile(r"\s*([{};:,>])\s*")


class Asset(Struct, frozen=True, weakref=True):
    """A file as it is served."""

    address: str
    content: bytes
    media_type: str


def _asset(name: str, before: str = "") -> Asset:
    content = (before + (HERE / name).read_text(encoding="utf-8")).encode()
    stem, suffix = name.split(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"/{stem}-{digest}.{suffix}", content, MEDIA_TYPES[f".{suffix}"])


SITE_CSS = _asset("site.css", tokens.stylesheet())
GEOLOCATION_JS, LABELS_JS = _asset("geolocation.js"), _asset("labels.js")
WALL_CSS, WALL_JS = _asset("wall.css"), _asset("wall.js")
ICON = _asset("icon.svg")
EXHIBIT_CSS, EXHIBIT_JS = _asset("exhibit.css", tokens.exhibit_stylesheet()), _asset("exhibit.js")
ALL = (SITE_CSS, GEOLOCATION_JS, LABELS_JS, WALL_CSS, WALL_JS, ICON, EXHIBIT_CSS, EXHIBIT_JS)


def _packed(name: str) -> str:
    """A stylesheet without comments and needless blanks, for pages that carry it in themselves."""
    text = COMMENT.sub("", (HERE / name).read_text(encoding="utf-8"))
    return AROUND.sub(r"\1", BLANKS.sub(" ", text)).strip()


LIGHT_CSS = tokens.light_page_stylesheet() + _packed("light.css")
BRIEF_CSS, NAMES_CSS = _packed("brief.css"), _packed("names.css")
