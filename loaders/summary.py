"""What many answers, or the rows of a file, brought together: one sum and one sentence for every command."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from assessment.messages import one_line
from loaders.intake import Outcome

MOST_NAMED = 5  # of what was left out, and of what failed


class Sum(Struct):
    """Counts of readings, and why answers or rows brought none.

    ``left_out``: rows (of Open-Meteo variables and hours, of MODIS composites) that could not be read; ``problems``: the
    first sentences about them, each with call and row; ``remarks``: about what else is odd; ``failures``: one sentence an
    answer that brought nothing. ``same`` and ``refused``: of a file's rows; None for answers of upstreams, whose readings
    nobody refuses.
    """

    answers: int = 0
    readings: int = 0
    new: int = 0
    changed: int = 0
    flagged: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    same: int | None = None
    refused: int | None = None

    def add(self, outcome: Outcome) -> None:
        """Take in what became of some answers."""
        self.answers += len(outcome.calls)
        self.readings += outcome.readings
        self.new += outcome.new
        self.changed += outcome.changed
        self.flagged += outcome.flagged
        self.left_out += outcome.left_out
        self.problems += outcome.left_out_rows[: MOST_NAMED - len(self.problems)]
        self.remarks += outcome.remarks
        self.failures += [f"{one.call}: {one.reason}" if one.call else one.reason for one in outcome.failures]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> "Sum":
        """The sum of several outcomes."""
        total = cls()
        for outcome in outcomes:
            total.add(outcome)
        return total

    @property
    def nothing_read(self) -> bool:
        """Whether answers (a file) came and nothing in them could be read; not where nothing was published."""
        return not self.readings and bool(self.failures or self.left_out or self.remarks)

    def sentence(self, answers: str = "answers", readings: str = "readings") -> str:
        """What was read, new, changed, left out and flagged (of a file: the same and refused too), for a command's last line."""
        counts = {
            answers: self.answers,
            readings: self.readings,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "left out": self.left_out,
            "refused": self.refused,
            "flagged": self.flagged if self.refused is None else None,
        }
        return ", ".join(f"{number} {what}" for what, number in counts.items() if number is not None)

    def warnings(self) -> list[str]:
        """The first of what was left out and of what failed, each with how many more there are."""
        return [*self.row_warnings(), *named(self.failures, len(self.failures), "answers that brought nothing")]

    def row_warnings(self) -> list[str]:
        """The first rows that were left out and the first remarks, each with how many more there are."""
        rows = named([f"left out: {problem}" for problem in self.problems], self.left_out, "left out")
        return [*rows, *named(self.remarks, len(self.remarks), "remarks")]


def named(sentences: Sequence[str], total: int, what: str) -> list[str]:
    """The first sentences, shortened to a line each, and how many more of ``total`` there are."""
    shown = [one_line(one) for one in sentences[:MOST_NAMED]]
    more = total - len(shown)
    return [*shown, f"and {more} more {what}"] if more > 0 else shown
