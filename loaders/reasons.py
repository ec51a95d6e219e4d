"""What an upstream itself says about a refusal: its reason in a few words, and when a quota it names is free again."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from typing import Any

from loaders.cells import plain
from loaders.decode import is_html
from store.clock import ZONE

LENGTH = 160  # of a reason, in signs
PAGE_BEGINS = 8192  # signs of a page that are looked through: patterns over tags cost their square
FIELDS = ("reason", "error", "message", "detail", "error_description", "msg", "title")
_TEXT_TYPES = re.compile(r"text/|json|xml|html|^$")
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Words by which quotas are named, the longest span first: a text may name a lesser one as the way out.
_QUOTAS = (
    ("monthly", r"\bmonth(ly)?\b|每月|当月|本月"),
    ("daily", r"\b(daily|tomorrow)\b|(\bper[ -]|\ba |/ ?|\bthe )day\b|每日|每天|当日|今日|明天"),
    ("hourly", r"\b(hourly|next hour|one hour)\b|(\bper[ -]|\ban |/ ?|\bthe )hour\b|每小时"),
    ("minutely", r"\b(minutely|next minute|one minute)\b|(\bper[ -]|\ba |/ ?|\bthe )minute\b|每分钟"),
)


def reason(body: bytes, content_type: str, status: int) -> str:
    """The reason a refusal gives: of JSON its field, of a page its title, else the first words; in one line, bounded.

    Empty where there is none, or only the name of the status (404 Not Found).
    """
    if not body.strip() or not _TEXT_TYPES.search(content_type.partition(";")[0].strip().lower()):
        return ""
    text = _decoded(body)
    if text.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        text = _of_json(text)
    elif is_html(body) or text.lstrip().startswith("<"):
        text = _of_page(text[:PAGE_BEGINS])
    words = plain(" ".join(text.split()))
    if (
        not words
        or words == "-1"
        or re.fullmatch(rf"(HTTP )?({status})?[ :]*({re.escape(_phrase(status))})?", words, re.I)
    ):
        return ""
    return words if len(words) <= LENGTH else words[: LENGTH - 1].rstrip() + "…"


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")


def _of_json(text: str) -> str:
    """The first field of :data:`FIELDS` that holds a text, also one level down; else the beginning of the JSON."""
    try:
        content: Any = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return text[:LENGTH]
    if isinstance(content, list) and content:
        content = content[0]
    if not isinstance(content, dict):
        return ""
    inner = [one for name in FIELDS if isinstance(one := content.get(name), dict)]
    for part in (content, *inner):
        for name in FIELDS:
            if isinstance(value := part.get(name), str) and value.strip():
                return value
    return text[: 2 * LENGTH] if content else ""


def _of_page(text: str) -> str:
    if (title := _TITLE.search(text)) and title[1].strip():
        return unescape(title[1])
    return unescape(_TAG.sub(" ", _UNSEEN.sub(" ", text)))


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def quota(reason: str, now: datetime) -> tuple[float, str] | None:
    """Which quota a reason names: seconds until it is free again, and a sentence with that moment; None: it names none.

    No service asked here states when a quota returns: it is assumed at the next whole minute, hour, day or month of UTC (00:00
    UTC is 8:00 in Xining), and the sentence says so. A minute more is waited.
    """
    for span, words in _QUOTAS:
        if re.search(words, reason, re.IGNORECASE):
            returns = _next(span, now.astimezone(UTC)) + timedelta(minutes=1)
            moment = returns.astimezone(ZONE).isoformat(timespec="minutes")
            return (
                returns - now
            ).total_seconds(), f"{span} quota used up, assumed free again {moment} (counted in UTC)"
    return None


def _next(span: str, now: datetime) -> datetime:
    """The next beginning of a minute, an hour, a day or a month."""
    minute = now.replace(second=0, microsecond=0)
    match span:
        case "monthly":
            return (minute.replace(day=1, hour=0, minute=0) + timedelta(days=32)).replace(day=1)
        case "daily":
            return minute.replace(hour=0, minute=0) + timedelta(days=1)
        case "hourly":
            return minute.replace(minute=0) + timedelta(hours=1)
    return minute + timedelta(minutes=1)
