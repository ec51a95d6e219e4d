"""A CSV of air as an AQI report: standard, individual indices, AQI, category, primary pollutants, what is missing."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from msgspec import Struct

from assessment import aqi
from assessment.command_line import cells
from assessment.command_line.cells import Mark
from assessment.command_line.columns import cell, check_header, taken, whole_numbers
from assessment.command_line.source import Rows
from assessment.editions import AqiEdition

MOST = 1e6  # of any concentration: no street has ever had a gram in a cubic metre of air
NOON = np.timedelta64(12, "h")
ITEM_OF = {aqi.short(name).removeprefix("iaqi_"): name for name in aqi.ITEMS}


class Air(Struct, frozen=True, weakref=True):
    """How rows of air are judged: by one edition (its ``standard``) or, without, by the one in force on each row's day.

    Raises InputError where the header has unknown columns, or lacks the date or every item.
    """

    header: Sequence[str]
    editions: Mapping[str, AqiEdition]
    standard: str | None
    hourly: bool

    def __post_init__(self) -> None:
        check_header(self.header, aqi.ITEMS, ["date"], [] if self.standard else ["date"])

    @property
    def items(self) -> list[str]:
        """The items given, in the order of the report."""
        return [name for name in aqi.ITEMS if name in self.header]

    @property
    def judged_items(self) -> list[str]:
        """Those of them that a report of these editions takes: the same columns whatever days the rows are of."""
        taken = {
            name for one in self.editions for name in aqi.REPORTS[one, self.hourly] if self.standard in (None, one)
        }
        return [name for name in self.items if name in taken]

    @property
    def names(self) -> list[str]:
        """The columns that :meth:`judge` adds."""
        iaqis = [aqi.short(name) for name in self.judged_items]
        return ["standard", *iaqis, "aqi", "category", "primary", "incomplete", "missing"]

    def judge(self, rows: Rows) -> list[pa.StringArray]:
        """The new columns as text. Raises InputError on the first cell that is at fault."""
        numbers = {
            name: cells.numbers(rows, self.header, name, may_be={Mark.NOT_MONITORED}, bounds=(0.0, MOST))
            for name in self.items
        }
        frame = pd.DataFrame({name: one.values for name, one in numbers.items()})
        if "date" in self.header:
            days = cells.days(
                cells.column(rows, self.header, "date"), required=self.standard is None, ends_of_hours=self.hourly
            )
            frame["date"] = days + NOON  # a moment in the middle belongs to its day by every rule
        judged = aqi.judge(
            frame,
            self.editions,
            edition=self.standard,
            hourly=self.hourly,
            unmonitored={name: one.are(Mark.NOT_MONITORED) for name, one in numbers.items()},
        )
        nothing = np.full(len(judged), np.nan)
        values = [judged.get(aqi.short(name), nothing) for name in self.judged_items] + [judged["aqi"]]
        missing, sets = pd.factorize(judged["missing"])
        return [
            _texts(judged["standard"]),
            *(whole_numbers(np.asarray(one)) for one in values),
            _texts(judged["category"]),
            _texts(judged["primary"]),
            taken(["true" if names else "false" for names in sets], missing),
            taken([cell(_columns_of(names)) for names in sets], missing),
        ]


def _texts(column: pd.Series) -> pa.StringArray:
    places, texts = pd.factorize(column)
    return taken([cell(text) for text in texts], places)


def _columns_of(missing: str) -> str:
    """Items as the columns they stand in: "co,o3_8h" as "co_mgm3,o3_8h_ugm3"."""
    return ",".join(ITEM_OF[name] for name in missing.split(",") if name)
