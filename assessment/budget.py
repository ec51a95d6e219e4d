"""How many more days above AQI 100 a year may have, and what of a change is the air's and what the rule's.

Everything is counted in days: a share rounded for reading never enters.
"""

from decimal import Decimal

from msgspec import Struct

from assessment.air_year import Share


def allowed_as_before(*, days_in_year: int, lost_days_before: int, known_days_before: int) -> int:
    """Days a year may lose to be no worse than another: the other's lost days to its known ones, floor of the same share.

    Raises ValueError where the other year has no known day, or more lost than known.
    """
    if not 0 <= lost_days_before <= known_days_before or known_days_before == 0:
        raise ValueError(f"{lost_days_before} lost of {known_days_before} known days is no count")
    return days_in_year * lost_days_before // known_days_before


def allowed_by_share(*, days_in_year: int, share_pct: float) -> int:
    """Days a year may lose to reach a share that was chosen as it is written (95 means 95 exactly, not 94.96 rounded).

    Raises ValueError outside 0 to 100.
    """
    if not 0 <= share_pct <= 100:
        raise ValueError(f"a share of {share_pct} % is outside 0 to 100")
    return int(days_in_year * (100 - Decimal(str(share_pct))) / 100)


class Left(Struct, frozen=True, weakref=True):
    """Days left to lose: as far as known, and the range if the days passed without data were all good or all lost.

    Below zero: by how many the year has already lost more than allowed.
    """

    allowed_days: int
    lost_days: int
    known_days: int
    unknown_days: int
    days_to_come: int

    def __post_init__(self) -> None:
        if self.lost_days > self.known_days or min(self.known_days, self.unknown_days, self.days_to_come) < 0:
            raise ValueError(f"these days do not add up: {self}")

    @property
    def days(self) -> int:
        """Allowed less lost, unknown days aside."""
        return self.allowed_days - self.lost_days

    @property
    def free_days(self) -> int:
        """Days that may still be lost; none where the budget is used up."""
        return max(self.days, 0)

    @property
    def over_days(self) -> int:
        """Days lost beyond the budget."""
        return max(-self.days, 0)

    @property
    def if_unknown_good(self) -> int:
        """The same where every unknown day was good."""
        return self.days

    @property
    def if_unknown_lost(self) -> int:
        """The same where every unknown day was lost."""
        return self.days - self.unknown_days


class Step(Struct, frozen=True, weakref=True):
    """One step of a change of the good-day share, in percentage points (not rounded)."""

    air: float
    rule: float


class Split(Struct, frozen=True, weakref=True):
    """A change between two periods judged by two rules, as air and rule, in both orders of substitution.

    ``before``, ``now``: the shares by each one's own rule; ``before_by_later``, ``now_by_earlier``: by the other one's.
    """

    before: Share
    before_by_later: Share
    now_by_earlier: Share
    now: Share

    @property
    def known_days(self) -> int | None:
        """Days behind all four shares where they are as many: then the change may be given in days; else None."""
        counts = {one.valid_days for one in (self.before, self.before_by_later, self.now_by_earlier, self.now)}
        return counts.pop() if len(counts) == 1 else None

    @property
    def air_first(self) -> Step:
        """The air changes while the earlier rule holds, then the rule."""
        return Step(_points(self.before, self.now_by_earlier), _points(self.now_by_earlier, self.now))

    @property
    def rule_first(self) -> Step:
        """The rule changes while the earlier air holds, then the air."""
        return Step(_points(self.before_by_later, self.now), _points(self.before, self.before_by_later))

    @property
    def total(self) -> float:
        """The whole change in percentage points."""
        return _points(self.before, self.now)


def _points(first: Share, second: Share) -> float:
    """Percentage points from the counts. Raises ValueError where one of them has no valid day."""
    if not first.valid_days or not second.valid_days:
        raise ValueError("a share without a valid day cannot be compared")
    return 100 * (second.good_days / second.valid_days - first.good_days / first.valid_days)
