"""An UpstreamClient that sends nothing: what a loader requests is written down, a subclass answers it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from loaders.answer import Answer
from loaders.transport import Accept, UpstreamClient
from store import sources


class Asked(Struct, frozen=True, weakref=True):
    """A request as a loader makes it; ``form`` and ``idempotent`` of a POST."""

    verb: Literal["GET", "POST"]
    call: str
    path: str
    params: Mapping[str, Any]
    headers: Mapping[str, str]
    accept: Accept
    form: Mapping[str, Any] | None = None
    idempotent: bool = True


class StubClient(UpstreamClient, ABC):
    """In an UpstreamClient's place."""

    def __init__(self, source: str) -> None:
        super().__init__(sources.get(source))
        self.asked: list[Asked] = []

    @abstractmethod
    def answer(self, asked: Asked) -> Answer:
        """What is answered; a subclass says it."""

    def get(
        self,
        call: str,
        path: str = "",
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Accept = "json",
    ) -> Answer:
        return self._ask(Asked("GET", call, path, params or {}, headers or {}, accept))

    def post(
        self,
        call: str,
        path: str = "",
        *,
        params: Mapping[str, Any] | None = None,
        form: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Accept = "json",
        idempotent: bool = False,
    ) -> Answer:
        return self._ask(Asked("POST", call, path, params or {}, headers or {}, accept, form, idempotent))

    def _ask(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answer(asked)
