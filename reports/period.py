"""A month or a year of which there is no report: none at all, one that lies ahead, one before everything known."""

from typing import Literal

Refusal = Literal["no_period", "future", "before"]


class PeriodError(ValueError):
    """``asked``: what was asked for. ``why``: the reason; ``first``: the first of which there is a report, as it is written."""

    def __init__(self, asked: str, why: Refusal, first: str) -> None:
        said = {
            "no_period": f"{asked!r} is not written like {first}",
            "future": f"{asked} lies in the future",
            "before": f"{asked} lies before the first with data, {first}",
        }
        super().__init__(said[why])
        self.asked, self.why, self.first = asked, why, first
