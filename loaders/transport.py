"""The HTTP client of all loaders: bounded in time, size and tries, with an answer for every call, failed ones too."""

import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote, urlencode, urljoin, urlsplit

import requests
import tenacity
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.util.ssl_ import create_urllib3_context

from loaders.answer import Answer
from store import clock
from store.sources import Source
from store.states import FailureCause

Accept = Literal["json", "html", "csv", "any"]
ACCEPT_HEADERS: dict[Accept, str] = {
    "json": "application/json, text/javascript, */*; q=0.01",
    "html": "text/html, application/xhtml+xml, */*; q=0.1",
    "csv": "text/csv, text/plain, */*; q=0.1",
    "any": "*/*",
}
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
PIECE = 64 * 1024  # bytes read at once, and the most stored of an answer that failed
TOO_MANY, UNAVAILABLE = 429, 503
TELLING = (
    urllib3.exceptions.NameResolutionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.DecodeError,
    ssl.SSLError,
)
_between_tries = tenacity.wait_exponential_jitter(initial=1, max=8, jitter=2)


@dataclass(frozen=True)
class Limits:
    """What one call may cost."""

    connect_s: float = 6
    read_s: float = 15  # without a single byte
    try_s: float = 20  # one try, to the last byte
    call_s: float = 60  # a call with its tries and the waits between them
    tries: int = 3
    wait_s: float = 10  # the longest wait an upstream may ask for (Retry-After) before the call is given up
    redirects: int = 3
    body_bytes: int = 20_000_000  # decoded


class FaultError(Exception):
    """Why a try brought nothing usable, in a sentence; whether it is worth another, and after how long."""

    def __init__(self, cause: FailureCause, problem: str, *, again: bool = False, wait_s: float | None = None) -> None:
        super().__init__(problem)
        self.cause = cause
        self.again = again
        self.wait_s = wait_s


@dataclass
class _Try:
    """What one try has brought so far."""

    answer: Answer
    fault: FaultError | None = None


class UpstreamClient:
    """Asks one source during one run; a context manager that reuses cookies and connections.

    Never raises for an upstream's fault: the Answer carries ``problem``, a sentence with what happened and the bound.
    """

    def __init__(
        self,
        source: Source,
        *,
        now: Callable[[], datetime] = clock.now,
        sleep: Callable[[float], None] = time.sleep,
        **limits: Any,
    ) -> None:
        self.source = source
        self._now = now
        self._sleep = sleep
        self._limits = Limits(**limits)
        self._rate_limited_by = ""  # the answer by which the upstream refused further calls of this run

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if "_session" in self.__dict__:
            self._adapter.cut()
            self._session.close()

    def get(
        self,
        call: str,
        path: str = "",
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Accept = "json",
    ) -> Answer:
        """Ask; tried again on connection errors, 429 and 5xx."""
        request = requests.Request("GET", self.source.url + path, headers=dict(headers or {}), params=params)
        return self._call(call, request, accept, tries=self._limits.tries)

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
        """Send a form, if only an empty one; tried again only where it is a mere question (``idempotent``)."""
        sent = {"Content-Type": FORM, **(headers or {})}
        request = requests.Request(
            "POST", self.source.url + path, headers=sent, params=params, data=urlencode(form or {})
        )
        return self._call(call, request, accept, tries=self._limits.tries if idempotent else 1)

    @cached_property
    def _adapter(self) -> "_Adapter":
        return _Adapter(os.environ.get("XINING_CA_BUNDLE"))

    @cached_property
    def _session(self) -> "_Session":
        session = _Session()
        session.headers["User-Agent"] = user_agent()
        session.trust_env = not self.source.at_home  # the operator's proxy leads outside, not to this machine
        for scheme in ("http://", "https://"):
            session.mount(scheme, self._adapter)
        return session

    def _call(self, call: str, request: requests.Request, accept: Accept, *, tries: int) -> Answer:
        started = time.monotonic()
        request.headers = {"Accept": ACCEPT_HEADERS[accept], **request.headers}
        asked = Answer(self.source.id, call, request.url or "", self._now(), None, "", b"")
        if self._rate_limited_by:
            return asked.failed(FailureCause.BUSY, f"not asked, after {self._rate_limited_by}")

        def once() -> _Try:
            left = self._limits.call_s - (time.monotonic() - started)
            return self._try(asked, request, accept, seconds=min(self._limits.try_s, left))

        answer = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda tried: tried.fault is not None and tried.fault.again),
            stop=tenacity.stop_after_attempt(tries) | tenacity.stop_before_delay(self._limits.call_s),
            wait=_wait,
            sleep=self._sleep,
            retry_error_callback=_give_up,
        )(once).answer
        if answer.status == TOO_MANY:
            self._rate_limited_by = answer.problem
        return answer

    def _try(self, asked: Answer, request: requests.Request, accept: Accept, *, seconds: float) -> _Try:
        """One try within so many seconds."""
        tried = _Try(asked)
        got = bytearray()
        try:
            with self._adapter.no_longer_than(seconds):
                prepared = self._session.prepare_request(request)
                tried.answer = replace(asked, address=prepared.url or asked.address)
                response = self._send(prepared)
                content_type = response.headers.get("Content-Type", "")
                tried.answer = replace(tried.answer, status=response.status_code, content_type=content_type)
                if response.status_code >= 300:
                    raise self._refused(response, got)
                self._read(response, got)
                self._check(content_type, got, accept)
        except FaultError as fault:
            tried.fault = fault
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            tried.fault = self._explain(error, got)
        if tried.fault:
            self._drop()
            answer = replace(tried.answer, body=bytes(got[:PIECE]))
            tried.answer = answer.failed(tried.fault.cause, str(tried.fault), wait_s=tried.fault.wait_s)
        else:
            tried.answer = replace(tried.answer, body=bytes(got))
        return tried

    def _drop(self) -> None:
        """Leave no connection open on which half an answer may still come."""
        if "_adapter" in self.__dict__:
            self._adapter.cut()

    def _send(self, prepared: requests.PreparedRequest) -> requests.Response:
        """The answer's head, after redirects within the same scheme, host and port."""
        for _ in range(self._limits.redirects + 1):
            response = self._session.send(
                prepared, stream=True, allow_redirects=False, timeout=(self._limits.connect_s, self._limits.read_s)
            )
            if not response.is_redirect:
                return response
            response.close()
            target = urljoin(response.url, response.headers["Location"])
            if _origin(target) != _origin(response.url):
                raise FaultError(FailureCause.REDIRECT, f"redirects to another host ({target[:200]})")
            prepared = self._redirected(prepared, response.status_code, target)
        raise FaultError(FailureCause.REDIRECT, f"redirects more than {self._limits.redirects} times")

    def _redirected(self, prepared: requests.PreparedRequest, status: int, target: str) -> requests.PreparedRequest:
        """The same question at another path: with its form on 307 and 308, as a GET otherwise."""
        again = requests.Request(prepared.method, target, headers=dict(prepared.headers), data=prepared.body)
        for name in ("Cookie", "Content-Length"):  # made anew
            again.headers.pop(name, None)
        if status not in (307, 308) and prepared.method != "GET":
            again.method, again.data = "GET", None
            again.headers.pop("Content-Type", None)
        return self._session.prepare_request(again)

    def _read(self, response: requests.Response, got: bytearray) -> None:
        """The body, decoded piece by piece and never more than its bound, into ``got``."""
        most, announced = self._limits.body_bytes, response.raw.length_remaining or 0
        if announced > most:
            raise FaultError(FailureCause.SIZE, f"more than {_size(most)} ({_size(announced)} announced)")
        for piece in _pieces(response):
            got += piece
            if len(got) > most:
                raise FaultError(FailureCause.SIZE, f"more than {_size(most)}")
        if self._adapter.over:  # a body without a length ends at the cut as if it were whole
            raise TimeoutError

    def _check(self, content_type: str, got: bytearray, accept: Accept) -> None:
        if not got.strip():
            raise FaultError(FailureCause.EMPTY, "empty answer")
        if not _fits(content_type, bytes(got[:PIECE]), accept):
            raise FaultError(
                FailureCause.TYPE, f"answers {_kind(content_type) or 'no content type'} instead of {accept.upper()}"
            )

    def _refused(self, response: requests.Response, got: bytearray) -> FaultError:
        """The fault of an error status, its page into ``got``; worth another try where the upstream is busy or broken."""
        with suppress(urllib3.exceptions.HTTPError, OSError):  # the status says enough where its page breaks off
            for piece in _pieces(response):
                got += piece
                if len(got) > PIECE:
                    break
        again = response.status_code == TOO_MANY or response.status_code >= 500
        try:
            wait_s = urllib3.Retry().get_retry_after(response.raw)
        except urllib3.exceptions.InvalidHeader:
            wait_s = None
        if wait_s is None:
            cause = FailureCause.BUSY if response.status_code in (TOO_MANY, UNAVAILABLE) else FailureCause.HTTP
            return FaultError(cause, f"HTTP {response.status_code}", again=again)
        problem = f"HTTP {response.status_code}, asks to wait {wait_s:.0f} s"
        return FaultError(FailureCause.BUSY, problem, again=again and wait_s <= self._limits.wait_s, wait_s=wait_s)

    def _explain(self, error: Exception, got: bytearray) -> FaultError:
        """An exception of the libraries as a sentence; connection errors are worth another try."""
        limits = self._limits
        cause = _cause(error)
        if "_adapter" in self.__dict__ and self._adapter.over:
            came = f" ({_size(len(got))} came)" if got else ""
            return FaultError(
                FailureCause.TIMEOUT, f"no {'whole ' if got else ''}answer within {self._adapter.seconds:g} s{came}"
            )
        match cause:
            case urllib3.exceptions.NameResolutionError() | socket.gaierror():
                return FaultError(FailureCause.DNS, f"name not found: {urlsplit(self.source.url).hostname}", again=True)
            case ssl.SSLCertVerificationError():
                return FaultError(FailureCause.TLS, f"certificate not trusted: {cause.verify_message or cause.reason}")
            case ssl.SSLError() | urllib3.exceptions.SSLError():
                return FaultError(FailureCause.TLS, f"TLS failed: {cause}")
            case urllib3.exceptions.ConnectTimeoutError():
                return FaultError(FailureCause.TIMEOUT, f"no connection within {limits.connect_s:g} s", again=True)
            case urllib3.exceptions.ReadTimeoutError() | TimeoutError():
                return FaultError(FailureCause.TIMEOUT, f"no answer within {limits.read_s:g} s")
            case ConnectionRefusedError():
                return FaultError(FailureCause.REFUSED, "connection refused", again=True)
            case ConnectionError() | urllib3.exceptions.IncompleteRead() | urllib3.exceptions.ProtocolError():
                half = f" after {_size(len(got))}" if got else " before an answer"
                return FaultError(FailureCause.RESET, f"connection broken{half}", again=True)
            case urllib3.exceptions.DecodeError():
                return FaultError(FailureCause.GARBLED, "compressed bytes that cannot be decompressed")
            case OSError() if not isinstance(cause, requests.RequestException):
                return FaultError(FailureCause.RESET, f"no connection: {cause.strerror or cause}", again=True)
        return FaultError(FailureCause.PROTOCOL, f"cannot be asked: {cause}")


def user_agent() -> str:
    """Who asks: the product, and the operator where XINING_PUBLIC_URL or XINING_CONTACT name one.

    It begins as browsers' do, because the water platform answers nobody else.
    """
    asks = [os.environ.get(name, "").strip() for name in ("XINING_PUBLIC_URL", "XINING_CONTACT")]
    named = "".join(f"; {quote(who, safe=':/@+.,?&=# ')}" for who in asks if who)
    return f"Mozilla/5.0 (compatible; XiningEnvironmentDashboard{named})"


class _Session(requests.Session):
    """Leaves redirects to the client: requests would read a redirect's body whole, however large, before telling of it."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


class _Adapter(HTTPAdapter):
    """Trusts the operator's bundle beside the usual authorities, and can cut the connection it has open.

    A socket's timeout starts anew with every byte, also those of a head or a TLS handshake that drips in: only ending
    the connection from outside holds a deadline.
    """

    def __init__(self, bundle: str | None) -> None:
        self._bundle = bundle
        self._open: socket.socket | None = None
        self.over = False
        self.seconds = 0.0
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._bundle:
            kwargs["ssl_context"] = _context(self._bundle)
        super().init_poolmanager(*args, **kwargs)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        if not hasattr(pool.ConnectionCls, "adapter"):
            pool.ConnectionCls = type("Cuttable", (_Cuttable, pool.ConnectionCls), {"adapter": self})
        return pool

    def opened(self, connection: socket.socket) -> None:
        """Remember the newest connection; calls come one after another, so an older one has ended."""
        if self._open:
            self._open.close()
        # a second handle on the same connection: TLS takes the first one away
        self._open = connection.dup()
        if self.over:
            self.cut()

    def cut(self) -> None:
        """End the open connection, whoever waits for it."""
        held, self._open = self._open, None
        if held:
            with held, suppress(OSError):  # the other side may have been quicker
                held.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def no_longer_than(self, seconds: float) -> Iterator[None]:
        """Cut what is still going on after so many seconds."""
        self.over, self.seconds = False, seconds
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.over = True
        self.cut()


class _Cuttable(HTTPConnection):
    """A connection that its adapter knows of."""

    adapter: _Adapter

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        self.adapter.opened(connection)
        return connection


def _context(bundle: str) -> ssl.SSLContext:
    """TLS as urllib3 wants it, with the bundle's authorities. Raises ValueError where the bundle cannot be used."""
    context = create_urllib3_context()
    try:
        context.load_verify_locations(bundle)
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"XINING_CA_BUNDLE={bundle} holds no certificates ({error})") from None
    return context


def _wait(state: tenacity.RetryCallState) -> float:
    """As long as the upstream asked for, else a little longer each time."""
    fault = _tried(state).fault
    asked = fault.wait_s if fault else None
    return asked if asked is not None else _between_tries(state)


def _give_up(state: tenacity.RetryCallState) -> _Try:
    tried = _tried(state)
    if state.attempt_number > 1:
        tried.answer = replace(tried.answer, problem=f"{tried.answer.problem} ({state.attempt_number} tries)")
    return tried


def _tried(state: tenacity.RetryCallState) -> _Try:
    assert state.outcome  # asked only after a try
    tried: _Try = state.outcome.result()
    return tried


def _cause(error: BaseException) -> BaseException:
    """The first of the exceptions wrapped in one another that says what happened, else the innermost."""
    # NewConnectionError calls itself a timeout; what it wraps knows better
    while not isinstance(error, TELLING) or type(error) is urllib3.exceptions.NewConnectionError:
        around = (getattr(error, "reason", None), *error.args, error.__cause__)
        inner = next((one for one in around if isinstance(one, BaseException)), None)
        if inner is None:
            break
        error = inner
    return error


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """A body as it comes, decoded: nothing that came is lost in a half-filled buffer when the connection is cut."""
    while piece := response.raw.read1(PIECE, decode_content=True):
        yield piece


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _fits(content_type: str, head: bytes, accept: Accept) -> bool:
    """Whether an answer is of the kind asked for. JSON and CSV come under loose names: then its first byte decides."""
    kind = _kind(content_type)
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    match accept:
        case "json":
            return "json" in kind or ((kind.startswith("text/") or not kind) and first in (b"{", b"["))
        case "html":
            return "html" in kind
        case "csv":
            loose = bool(re.search(r"csv|excel|octet-stream|text/plain", kind)) or not kind
            return loose and first not in (b"<", b"{", b"[")
        case "any":
            return True


def _size(count: float) -> str:
    """Bytes for people: 20 MB, 64 kB, 17 bytes."""
    for unit, size in (("MB", 1_000_000), ("kB", 1000)):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count:g} bytes"
