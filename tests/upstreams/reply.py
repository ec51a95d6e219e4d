"""What a protocol answers before it becomes bytes, so that a fault can change it in its own terms."""

import json
from typing import Any

from msgspec import Struct, field

HTML = "text/html; charset=utf-8"


class Query(Struct):
    """A request as it arrived; names of headers in lower case."""

    verb: str
    path: str
    params: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


class Reply(Struct):
    """An answer: a payload (JSON, or text) and how it is labelled. ``data``: it holds values that a fault may change."""

    payload: Any
    kind: str = "application/json; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    data: bool = False
    escaped: bool = False  # < > ' & as JSON escapes, as ASP.NET writes them

    def text(self) -> str:
        """The payload as it goes over the wire."""
        if isinstance(self.payload, str):
            return self.payload
        content = json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))
        for sign in "<>'&" if self.escaped else "":
            content = content.replace(sign, f"\\u{ord(sign):04x}")
        return content


def page(status: int, title: str) -> Reply:
    """A page for people where a program asked."""
    return Reply(f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{title}</body></html>", HTML, status)
