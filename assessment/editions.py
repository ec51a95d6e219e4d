"""What an edition of a standard gives the rules to judge by: tables of breakpoints, levels, the days it holds.

They are filled by :mod:`store.standards`; the rules take them as arguments. The few numbers of the standards that rules
and reports name are here, once.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

OLD, NEW = "HJ 633-2012", "HJ 633-2026"
GB3095_2012, GB3095_2026 = "GB 3095-2012", "GB 3095-2026"
NEW_FROM = date(2026, 3, 1)  # both of 2026
STATE_CHANGED = date(2018, 9, 1)  # amendment of GB 3095-2012: gases at 298.15 K, particles at actual conditions
FIRST_YEAR_SINCE_CHANGE = STATE_CHANGED.year + 1  # the first whole year measured as today
LEVEL_ENDS = (50, 100, 150, 200, 300, 500)  # the AQI at which each level ends (HJ 633)
PRIMARY_ABOVE = 50  # an index up to it names no primary pollutant (2012: 4.4.2; 2026: 4.3.1)
GOOD_UP_TO, GOOD_LEVEL = 100, 2  # the last AQI and the last level of a good day: above, the air is polluted (R33)
DAYS_FOR_A_YEAR = 324  # GB 3095 table 4 and HJ 663: fewer daily means make no annual value


class Breakpoints(Struct, frozen=True, eq=False, weakref=True):
    """One row of the AQI table: concentrations (µg/m³, CO mg/m³) at rising IAQI; ``top`` is the last IAQI it reaches.

    Compared and hashed by identity, so that what is derived from a table can be cached with it.
    """

    concentration: NDArray[np.float64]
    iaqi: NDArray[np.float64]

    @property
    def top(self) -> float:
        """The highest IAQI with a concentration: 500, or where the standard stops (SO2 1 h at 200, O3 8 h at 300)."""
        return float(self.iaqi[-1])


class Category(Struct, frozen=True, weakref=True):
    """An AQI level: low ≤ AQI ≤ high; the worst level has no upper bound in the standard's words (high None)."""

    level: int
    low: int
    high: int | None
    name_zh: str
    name_en: str
    color_hex: str


class AqiEdition(Struct, frozen=True, weakref=True):
    """One edition of HJ 633 with the days it judges Xining; breakpoints by (pollutant, averaging: 24h, 1h, 8h)."""

    id: str
    effective_from: date
    effective_to: date | None
    breakpoints: dict[tuple[str, str], Breakpoints]
    categories: tuple[Category, ...]


class CompositeProfile(Struct, frozen=True, weakref=True):
    """A named way to the composite index: limits (means of SO2, NO2, PM10, PM2.5, P95 of CO, P90 of O3-8h) and weights.

    ``confirmed``: the text of its rule (a row of ``rules``) was read; a second-hand rule is not.
    """

    name: str
    rule_id: str
    limits: Mapping[str, float]
    weights: Mapping[str, float]
    confirmed: bool
