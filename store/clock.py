"""What time it is in Xining. XINING_TODAY (a day, or a day with an hour) replaces it in tests and pictures."""

import os
from datetime import date, datetime, time

from assessment.moments import ZONE

__all__ = ["AHEAD_OF_UTC_S", "DAY_S", "ZONE", "minute", "now", "today"]
DAY_S, AHEAD_OF_UTC_S = 86_400, 8 * 3600
NOON = time(12)


def now() -> datetime:
    """The time in Xining; where XINING_TODAY names only a day, its noon."""
    replaced = os.environ.get("XINING_TODAY")
    return fixed(replaced) if replaced else datetime.now(ZONE)


def fixed(moment: str) -> datetime:
    """The time a day, or a day with an hour, stands for. Raises ValueError where the text is neither."""
    if "T" in moment:
        return datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    return datetime.combine(date.fromisoformat(moment), NOON, ZONE)


def minute(moment: datetime) -> datetime:
    """The minute a moment lies in."""
    return moment.replace(second=0, microsecond=0)


def today() -> date:
    """The day in Xining."""
    return now().date()
