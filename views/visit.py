"""Who is looking: known to every surface, with no library of any of them."""

from dataclasses import dataclass
from datetime import date, datetime

from views.text.words import Words


@dataclass(frozen=True)
class Visit:
    """Who is looking: the words of their language, light or dark, the time in Xining, inside another page, on a phone."""

    w: Words
    theme: str
    now: datetime
    embedded: bool
    phone: bool = False

    @property
    def today(self) -> date:
        """The day in Xining."""
        return self.now.date()

    @property
    def dark(self) -> bool:
        """Whether the dark theme is on."""
        return self.theme == "dark"
