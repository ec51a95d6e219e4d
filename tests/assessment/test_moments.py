"""The same moments give the same days, whatever they come as."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assessment.moments import days_of

# 00:00 ends the day before; a second later is of the new day; NaT stays.
SHOWN = pd.DatetimeIndex(["2026-02-28T23:00", "2026-03-01T00:00", "2026-03-01T00:00:01", None])
FORMS: dict[str, Callable[[], Any]] = {
    "index": lambda: SHOWN,
    "index with a zone": lambda: SHOWN.tz_localize("Asia/Shanghai").tz_convert("UTC"),
    "array": SHOWN.to_numpy,
    "series": lambda: pd.Series(SHOWN),
    "series with a zone": lambda: pd.Series(SHOWN.tz_localize("Asia/Shanghai").tz_convert("UTC")),
    "text": lambda: ["2026-02-28T23:00", "2026-03-01T00:00:00", "2026-03-01T00:00:01", None],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("ends_of_hours", "days"),
    [
        (False, ["2026-02-28", "2026-03-01", "2026-03-01", "NaT"]),
        (True, ["2026-02-28", "2026-02-28", "2026-03-01", "NaT"]),
    ],
)
def test_days_do_not_depend_on_the_form_of_the_moments(form: str, ends_of_hours: bool, days: list[str]) -> None:
    found = days_of(FORMS[form](), ends_of_hours=ends_of_hours)
    assert found.dtype == "datetime64[D]"
    assert np.array_equal(found, np.array(days, dtype="datetime64[D]"), equal_nan=True)
