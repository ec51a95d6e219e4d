"""A month or a year of which there is no report: none at all, one that lies ahead, one before everything known."""

from typing import Literal

Refusal = Literal["no_period", "future", "before"]


class PeriodError(ValueError):
    """``asked``: what was asked for. ``why``: the reason; ``first``: the first of which there is a report.

    What makes it the first (data, a plan) is the report's own: its words say it.
    """

    def __init__(self, asked: str, why: Refusal, first: str) -> None:
        sentences = {
            "no_period": f"{asked!r} is no period of which there can be a report",
            "future": f"{asked} lies in the future",
            "before": f"{asked} lies before the first of which there is a report, {first}",
        }
        super().__init__(sentences[why])
        self.asked, self.why, self.first = asked, why, first
