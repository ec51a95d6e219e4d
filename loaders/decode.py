"""From an answer's bytes to text and JSON, whatever the upstream's server calls them."""

import json
import math
import re
from typing import Any

from loaders.answer import Answer, AnswerError
from store.states import FailureCause

MOST_VALUES = 3_000_000  # of one JSON answer; the largest one asked for has 2 million
LAST_RESORT = "gb18030"  # holds GBK and GB2312: what Chinese servers send when it is not UTF-8


_HTML = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body|script|title|meta)\b",
    re.I | re.S,
)


def is_html(body: bytes) -> bool:
    """Whether bytes begin as a page does, whatever their content type says."""
    return bool(_HTML.match(body[:4096]))


def text(answer: Answer) -> str:
    """An answer's text: as UTF-8, else by the content type's charset, else as GB18030; without byte order mark.

    Raises AnswerError where its bytes are none of these.
    """
    named = re.search(r"charset=[\"']?([\w.:-]+)", answer.content_type, re.IGNORECASE)
    encodings = dict.fromkeys(("utf-8-sig", named[1].lower() if named else "utf-8-sig", LAST_RESORT))
    for encoding in encodings:
        try:
            return answer.body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    raise AnswerError(answer, f"text that is none of {', '.join(encodings).upper()}", cause=FailureCause.GARBLED)


def json_of(answer: Answer) -> Any:
    """An answer's JSON. NaN, Infinity and numbers too large for a float become None: not available.

    Raises AnswerError with the place where the JSON breaks off or goes wrong, and where it holds more than
    :data:`MOST_VALUES` values, which take a hundred times their bytes in memory.
    """
    if (values := sum(answer.body.count(sign) for sign in (b",", b"[", b"{"))) > MOST_VALUES:
        raise AnswerError(answer, f"{values} values, more than {MOST_VALUES}", cause=FailureCause.SIZE)
    content = text(answer)
    try:
        return json.loads(content, parse_constant=lambda _: None, parse_float=_finite)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}, character {error.pos} of {len(content)}"
        raise AnswerError(answer, f"no JSON ({error.msg} at {where})", cause=FailureCause.GARBLED) from None
    except (ValueError, RecursionError) as error:
        raise AnswerError(answer, f"no JSON that can be read ({error})", cause=FailureCause.GARBLED) from None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None
