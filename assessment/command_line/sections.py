"""A CSV of river sections and lakes as classes of surface water: what decides them, what exceeds, what is missing."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from numpy.typing import NDArray

from assessment import water as rules
from assessment.command_line import cells
from assessment.command_line.cells import Mark
from assessment.command_line.columns import Sets, check_header, taken, whole_numbers
from assessment.command_line.source import Rows

WORDS = ("section", "date", "water_body")
NEVER_BELOW_DETECTION = ("water_temp_c", "ph")
JOINED = "、"
NO_MULTIPLE = -1.0  # of an item worse than class Ⅲ it is above 0


class Sections(Struct, frozen=True, dict=True, weakref=True):
    """How sections are judged: by which limits (``surface_water_limits``) and which list of items.

    ``bounds``: the lowest and highest value an item can have. Raises InputError where the header has unknown columns,
    or lacks one of section, date, water_body or every item.
    """

    header: Sequence[str]
    limits: pd.DataFrame
    bounds: Mapping[str, tuple[float, float]]
    items: rules.Items

    def __post_init__(self) -> None:
        check_header(self.header, self._chinese, WORDS, WORDS)

    @cached_property
    def _chinese(self) -> dict[str, str]:
        return dict(zip(self.limits["item"], self.limits["name_zh"], strict=True))  # an item of each water body

    @cached_property
    def _list(self) -> list[str]:
        return rules.items_of(self.limits, self.items)

    @cached_property
    def _given(self) -> list[str]:
        return [name for name in self._chinese if name in self.header]

    @cached_property
    def _deciding(self) -> Sets:
        return Sets([self._chinese[name] for name in self._list if name in self.header], JOINED)

    @cached_property
    def _lacking(self) -> Sets:
        return Sets(self._list, ",")

    @cached_property
    def _below(self) -> Sets:
        return Sets(self._given, ",")

    @property
    def names(self) -> list[str]:
        """The columns that :meth:`judge` adds."""
        return ["class", "deciding_items", "exceedance", "incomplete", "missing", "below_detection"]

    def judge(self, rows: Rows) -> list[pa.StringArray]:
        """The new columns as text. Raises InputError on the first cell that is at fault."""
        bodies = cells.choices(cells.column(rows, self.header, "water_body"), rules.BODIES)
        cells.days(cells.column(rows, self.header, "date"), required=False)
        numbers = {name: self._numbers(rows, name) for name in self._given}
        frame = pd.DataFrame({name: one.values for name, one in numbers.items()})
        found = rules.verdicts(frame.assign(water_body=bodies), self.limits, items=self.items)
        lacking = frame.reindex(columns=self._list).isna().to_numpy()
        below = np.column_stack([one.are(Mark.BELOW_DETECTION) for one in numbers.values()])
        chinese = [self._chinese[name] for name in found.items]
        return [
            whole_numbers(np.where(found.worst, found.worst, np.nan)),
            self._deciding.cells(found.deciding),
            self._exceedance(chinese, found.main, found.multiples),
            taken(["false", "true"], lacking.any(axis=1).astype(np.int8)),
            self._lacking.cells(lacking),
            self._below.cells(below),
        ]

    def _numbers(self, rows: Rows, name: str) -> cells.Numbers:
        return cells.numbers(
            rows,
            self.header,
            name,
            may_be=() if name in NEVER_BELOW_DETECTION else {Mark.BELOW_DETECTION},
            bounds=self.bounds.get(name, (0.0, np.inf)),
        )

    def _exceedance(
        self, chinese: Sequence[str], main: NDArray[np.int64], multiples: NDArray[np.float64]
    ) -> pa.StringArray:
        """The main pollutants of each row with their multiples: 氨氮(0.5)、化学需氧量(0.25)."""
        ranks = (_ranked(chinese, main[:, rank], multiples[:, rank], rank) for rank in range(rules.MOST_NAMED))
        joined: pa.StringArray = pc.binary_join_element_wise(*ranks, "")
        return joined


def _ranked(
    chinese: Sequence[str], items: NDArray[np.int64], multiples: NDArray[np.float64], rank: int
) -> pa.StringArray:
    """The pollutant of one rank in each row, empty where there is none; each pair is put into words once."""
    places, pairs = pd.factorize(items + 1j * np.nan_to_num(multiples, nan=NO_MULTIPLE))
    before = JOINED if rank else ""
    texts = [
        before + chinese[int(item)] + (f"({multiple:g})" if multiple != NO_MULTIPLE else "") if item >= 0 else ""
        for item, multiple in zip(pairs.real.tolist(), pairs.imag.tolist(), strict=True)
    ]
    return taken(texts, places)
