"""What is known of a day's ozone, and what it may still do to the day's index.

The daily report judges ozone by its largest 8-hour mean (HJ 633-2012 5.1.2, HJ 633-2026 4.2.2). Where that is not
known, the day's largest hour bounds it: no mean of eight hours lies above the largest of them.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assessment.aqi import HIGHEST, Floats, iaqi
from assessment.editions import GOOD_UP_TO, NEW, AqiEdition

State = Literal["counted", "counted_from_stations", "proven_not_exceeding", "unknown"]
COUNTED: State = "counted"  # the city's own 8-hour value
FROM_STATIONS: State = "counted_from_stations"  # the mean of its stations' 8-hour values
PROVEN: State = "proven_not_exceeding"  # not counted; the largest hour proves an index of at most 100
UNKNOWN: State = "unknown"
COUNTS = (COUNTED, FROM_STATIONS)  # the 8-hour value is known


def iaqi_8h(values: ArrayLike, edition: AqiEdition) -> Floats:
    """IAQI of 8-hour ozone, µg/m³. Above the table's end its last IAQI by the 2026 edition, NaN by the 2012 one."""
    table = edition.breakpoints["O3", "8h"]
    return iaqi(values, table, beyond=min(table.top, HIGHEST) if edition.id == NEW else np.nan)


def states(mda8: ArrayLike, largest_hour: ArrayLike, of_stations: ArrayLike, edition: AqiEdition) -> NDArray[np.str_]:
    """What is known of each day's ozone.

    ``mda8``: largest 8-hour mean, µg/m³, NaN where unknown; ``largest_hour``: largest 1-hour mean; ``of_stations``:
    whether ``mda8`` is a mean of stations' values. Raises ValueError on a negative concentration.
    """
    known = ~np.isnan(np.asarray(mda8, dtype=float))
    proven = iaqi_8h(largest_hour, edition) <= GOOD_UP_TO
    return np.select(
        [known & np.asarray(of_stations, dtype=bool), known, proven], [FROM_STATIONS, COUNTED, PROVEN], UNKNOWN
    )


def aqi_at_most(aqi: ArrayLike, mda8: ArrayLike, largest_hour: ArrayLike, edition: AqiEdition) -> Floats:
    """The index a day has at most once its ozone is counted.

    ``aqi``: the index of what is counted, NaN without one. Returned: the larger of it and the IAQI of the 8-hour value,
    of the largest hour where only that is known; NaN where neither is, and above the end of the 2012 edition's table.
    Raises ValueError on a negative concentration.
    """
    values = np.asarray(mda8, dtype=float)
    ozone = iaqi_8h(np.where(np.isnan(values), largest_hour, values), edition)
    larger: Floats = np.maximum(np.asarray(aqi, dtype=float), ozone)
    return larger


def unsure(lowest: ArrayLike, highest: ArrayLike, edition: AqiEdition) -> NDArray[np.bool_]:
    """Whether the stations' values lie on both sides of the limit, so that their mean does not settle the day."""
    return (iaqi_8h(lowest, edition) <= GOOD_UP_TO) & (iaqi_8h(highest, edition) > GOOD_UP_TO)
