"""What a value is, as 16 bytes: equal content has an equal fingerprint, whichever object holds it.

So a cached result can be keyed by the reports and frames it was made of, which Python cannot hash.
"""

from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from enum import Enum
from functools import singledispatch
from hashlib import blake2b
from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from store.cache import MIB, OfObjects

SIZE = 16
PLAIN = (str, bytes, int, float, date, timedelta, Enum, np.generic, type(None), type(pd.NA), pd.Period)
# Results are shared and nobody changes them: each is read once.
_known: OfObjects[bytes] = OfObjects("fingerprints", 16 * MIB)


def of(value: Any) -> bytes:
    """The fingerprint of a value; of a large one from memory, if it was asked for not long ago.

    Raises TypeError where something in it cannot be distinguished from others of its type.
    """
    if isinstance(value, PLAIN):
        return _digest(_plain(value))
    if isinstance(value, tuple):
        return _digest(type(value).__qualname__, *map(_part, value))
    return _known.get(value, _content)


def _content(value: Any) -> bytes:
    """The fingerprint by what a value holds."""
    if isinstance(value, PLAIN):
        return _plain(value)
    return _digest(type(value).__qualname__, *_parts(value))


def _part(value: Any) -> bytes:
    """A part of a value: what is plain as it is, all else from memory where it was read before."""
    return _plain(value) if isinstance(value, PLAIN) else of(value)


def _plain(value: Any) -> bytes:
    return f"{type(value).__qualname__}:{value!r}".encode()


def _digest(*parts: bytes | str) -> bytes:
    made = blake2b(digest_size=SIZE)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.digest()


@singledispatch
def _parts(value: Any) -> list[bytes]:
    """What distinguishes a value from others of its type."""
    raise TypeError(f"a {type(value).__qualname__} has no fingerprint")


register = _parts.register


@register(Struct)
def _of_struct(value: Struct) -> list[bytes]:
    return [_part(getattr(value, name)) for name in value.__struct_fields__]


@register(list)
def _of_sequence(value: list[Any]) -> list[bytes]:
    return [_part(one) for one in value]


@register(set)
@register(frozenset)
def _of_set(value: set[Any] | frozenset[Any]) -> list[bytes]:
    return sorted(_part(one) for one in value)


@register(Mapping)
def _of_mapping(value: Mapping[Hashable, Any]) -> list[bytes]:
    return [_part(one) for pair in value.items() for one in pair]


@register(FunctionType)
def _of_function(value: FunctionType) -> list[bytes]:
    if value.__closure__ or value.__name__ == "<lambda>":
        raise TypeError(f"{value.__qualname__} is made in a call: it has no fingerprint")
    return [value.__module__.encode(), value.__qualname__.encode()]


@register(np.ndarray)
def _of_array(value: np.ndarray) -> list[bytes]:
    cells = _of_sequence(value.ravel().tolist()) if value.dtype == object else [np.ascontiguousarray(value).tobytes()]
    return [f"{value.dtype} {value.shape}".encode(), *cells]


@register(pd.DataFrame)
def _of_frame(value: pd.DataFrame) -> list[bytes]:
    columns = [_column(value.iloc[:, number]) for number in range(value.shape[1])]
    return [_column(value.columns), _column(value.index), *columns]


@register(pd.Series)
def _of_series(value: pd.Series) -> list[bytes]:
    return [_plain(value.name), _column(value.index), _column(value)]


@register(pd.Index)
def _of_index(value: pd.Index) -> list[bytes]:
    return [_plain(value.name), _column(value)]


def _column(values: pd.Series | pd.Index) -> bytes:
    """A column by pandas' own hash of each value; one of lists or dictionaries value by value."""
    try:
        hashed = pd.util.hash_pandas_object(pd.Index(values), index=False).to_numpy()
    except TypeError:
        return _digest(*_of_sequence(list(values)))
    return _digest(_plain(values.name), str(values.dtype), hashed.tobytes())
