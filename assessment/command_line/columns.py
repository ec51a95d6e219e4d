"""Columns of an answer, and their rows as lines of a CSV."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from assessment.command_line.source import InputError

STRUCTURE = '[",\r\n]'
MOST = 500  # whole numbers up to here are put into words once
WHOLE = pa.array([*map(str, range(MOST + 1)), ""])


def check_header(header: Sequence[str], known: Iterable[str], words: Iterable[str], required: Iterable[str]) -> None:
    """Refuse what the header has too much or too little: every column is known, once, and something is to be judged."""
    known, allowed = list(known), [*words, *known]
    for place, name in enumerate(header):
        if name not in allowed:
            raise InputError(f"row 1, column {name or place + 1}: unknown; known are {', '.join(allowed)}")
        if name in header[:place]:
            raise InputError(f"row 1, column {name}: stands there twice")
    for name in required:
        if name not in header:
            raise InputError(f"row 1, column {name}: missing")
    if not set(header) & set(known):
        raise InputError(f"row 1, column {known[0]} or another to judge: missing; known are {', '.join(known)}")


def cell(text: str) -> str:
    """A text as a cell of a CSV."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if re.search(STRUCTURE, text) else text


def whole_numbers(values: NDArray[np.floating] | NDArray[np.integer]) -> pa.StringArray:
    """Whole numbers from 0 to 500 as cells, a row each; empty where NaN."""
    return WHOLE.take(pa.array(np.where(np.isnan(values), MOST + 1, values).astype(np.int16)))


class Sets:
    """Names in every combination as cells, each put into words once: ``names``, at most 64, joined by ``separator``."""

    def __init__(self, names: Sequence[str], separator: str) -> None:
        self._names, self._separator = names, separator
        self._cell = lru_cache(maxsize=1 << 16)(self._joined)

    def _joined(self, number: int) -> str:
        return cell(self._separator.join(name for bit, name in enumerate(self._names) if number >> bit & 1))

    def cells(self, members: NDArray[np.bool_]) -> pa.StringArray:
        """A cell for every row's set; ``members`` (rows × names) says who is in it."""
        bits = np.zeros((len(members), 8), dtype=np.uint8)
        packed = np.packbits(members, axis=1, bitorder="little")
        bits[:, : packed.shape[1]] = packed
        places, numbers = pd.factorize(bits.view("<u8")[:, 0])
        return taken([self._cell(number) for number in numbers.tolist()], places)


def taken(cells: Sequence[str], places: NDArray[np.integer]) -> pa.StringArray:
    """The cell of each row by its place among a few."""
    return pa.array(cells, pa.string()).take(pa.array(places))


def lines(given: Sequence[pa.StringArray], found: Sequence[pa.StringArray], *, structured: bool) -> bytes:
    """Rows as lines of a CSV in UTF-8: texts as they were given, and cells.

    ``structured``: a text may hold a comma, a quotation mark or the end of a line.
    """
    columns = [*(map(_cells, given) if structured else given), *found]
    if not len(columns[0]):
        return b""
    rows = pc.binary_join_element_wise(*columns, ",")
    whole = pc.binary_join(pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows), "\n")
    return bytes(whole[0].as_buffer()) + b"\n"


def _cells(texts: pa.StringArray) -> pa.StringArray:
    in_need = pc.match_substring_regex(texts, STRUCTURE)
    if not pc.any(in_need).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(in_need, pc.binary_join_element_wise('"', doubled, '"', ""), texts)


def line(texts: Sequence[str]) -> bytes:
    """One line of a CSV."""
    return (",".join(map(cell, texts)) + "\n").encode()
