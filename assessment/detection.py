"""Values below the limit of detection: how people and programs write them, one recogniser for every reader.

HJ/T 91-2002 writes ``0.001L``; half the limit takes part in statistics (also 环办监测函〔2020〕82号, 7).
"""

import math
import re
import unicodedata

_NUMBER = r"(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)"
_WORDS = r"nd|n\.d\.?|bdl|<(?:[dm]?dl|lo[dq])|(?:[未不]|没有?)检测?出|(?:低于|小于)(?:方法)?(?:最低)?检出(?:限)"
_UNIT = r"(?:mg/l)?"  # in no other: the column would be read a thousand times too high
_WITH_LIMIT = re.compile(rf"(?:<|低于|小于){_NUMBER}l?{_UNIT}|{_NUMBER}\(?l\)?{_UNIT}", re.IGNORECASE)
_IN_WORDS = re.compile(rf"(?:{_WORDS})(?:\(?<?(?:{_NUMBER}l?|l){_UNIT}\)?)?", re.IGNORECASE)


def limit(text: str) -> float | None:
    """The limit a text names as not reached, in the column's unit; NaN where it names none, None where it is no such mark.

    ``0.001L``, ``<0.001``, 低于0.001, ``ND(0.001)`` name one; ``ND``, 未检出, ``<DL`` do not. Two numbers are no mark.
    """
    normal = unicodedata.normalize("NFKC", text)
    if re.search(r"\d\s+\d", normal):
        return None
    folded = "".join(normal.split())
    found = _WITH_LIMIT.fullmatch(folded) or _IN_WORDS.fullmatch(folded)
    if not found:
        return None
    named = next((float(part) for part in found.groups() if part), math.nan)
    return None if math.isinf(named) else named
