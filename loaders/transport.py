"""The HTTP client of all loaders: bounded in time, size and tries, with an answer for every call, failed ones too."""

import asyncio
import errno
import os
import re
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, ParamSpec, Self, TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

import aiohttp
import certifi
import tenacity
from msgspec import Struct, field
from msgspec.structs import replace

from assessment.messages import one_line
from loaders import reasons
from loaders.answer import Answer
from loaders.decode import is_html
from store import clock
from store.sources import Source
from store.states import FailureCause

P = ParamSpec("P")
T = TypeVar("T")

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
REDIRECTS, WITH_THEIR_FORM = (301, 302, 303, 307, 308), (307, 308)
PACKED = ("gzip", "x-gzip", "deflate")  # only the first is requested
_between_tries = tenacity.wait_exponential_jitter(initial=1, max=8, jitter=2)


class Limits(Struct, frozen=True):
    """What one call may cost."""

    connect_s: float = 6
    read_s: float = 15  # without a single byte
    try_s: float = 20  # one try, to the last byte
    call_s: float = 60  # a call with its tries and the waits between them
    tries: int = 3
    wait_s: float = 10  # the longest Retry-After before the call is given up
    redirects: int = 3
    body_bytes: int = 20_000_000  # decoded


class FaultError(Exception):
    """Why a try brought nothing usable, in a sentence; whether it is worth another, after how long, what the upstream says."""

    def __init__(
        self, cause: FailureCause, problem: str, *, again: bool = False, wait_s: float | None = None, reason: str = ""
    ) -> None:
        super().__init__(problem)
        self.reason = reason  # in the upstream's own words; empty: none
        self.cause = cause
        self.again = again
        self.wait_s = wait_s


class _Request(Struct, frozen=True):
    """What is sent."""

    verb: Literal["GET", "POST"]
    address: str
    headers: Mapping[str, str]
    body: bytes | None = None  # of a GET

    def redirected(self, status: int, target: str) -> "_Request":
        """The same request to another path: with its form on 307 and 308, as a GET otherwise."""
        if status in WITH_THEIR_FORM or self.verb == "GET":
            return replace(self, address=target)
        headers = {name: value for name, value in self.headers.items() if name != "Content-Type"}
        return _Request("GET", target, headers)


class _Try(Struct):
    """What one try has brought so far."""

    answer: Answer
    body: bytearray = field(default_factory=bytearray)  # decompressed
    fault: FaultError | None = None


class UpstreamClient:
    """Sends the requests of one run to one source; a context manager that reuses cookies and connections.

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
        self._loop = asyncio.Runner()  # runs while a call does

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if session := self.__dict__.pop("_session", None):
            self._beside_any_loop(self._loop.run, session.close())
        self._beside_any_loop(self._loop.close)

    def _beside_any_loop(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it here; in a thread of its own where the caller's runs a loop already, beside which no other runs."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return function(*args, **kwargs)
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(function, *args, **kwargs).result()

    def get(
        self,
        call: str,
        path: str = "",
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        accept: Accept = "json",
    ) -> Answer:
        """Send a GET; tried again on connection errors, on 5xx, and on a 429 that names a short wait."""
        sent = {"Accept": ACCEPT_HEADERS[accept], **(headers or {})}
        return self._call(call, _Request("GET", self._address(path, params), sent), accept, tries=self._limits.tries)

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
        sent = {"Accept": ACCEPT_HEADERS[accept], "Content-Type": FORM, **(headers or {})}
        request = _Request("POST", self._address(path, params), sent, urlencode(form or {}).encode())
        return self._call(call, request, accept, tries=self._limits.tries if idempotent else 1)

    def _address(self, path: str, params: Mapping[str, Any] | None) -> str:
        return self.source.url + path + (f"?{urlencode(params, doseq=True)}" if params else "")

    @cached_property
    def _session(self) -> aiohttp.ClientSession:
        """Connections and cookies of this run; made where the loop runs."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=_trusted(os.environ.get("XINING_CA_BUNDLE"))),
            # also cookies of a server without a name, and sent as they came
            cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False),
            headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(sock_connect=self._limits.connect_s, sock_read=self._limits.read_s),
            trust_env=not self.source.at_home,  # the operator's proxy leads outside, not to this machine
            auto_decompress=False,  # a bomb is met before it is unpacked
            middlewares=(_sent_once,),
        )

    def _call(self, call: str, request: _Request, accept: Accept, *, tries: int) -> Answer:
        started = time.monotonic()
        unanswered = Answer(self.source.id, call, request.address, self._now(), None, "", b"")
        if self._rate_limited_by:
            return unanswered.failed(FailureCause.BUSY, f"not asked, after {self._rate_limited_by}")

        def once() -> _Try:
            left = self._limits.call_s - (time.monotonic() - started)
            return self._try(unanswered, request, accept, seconds=min(self._limits.try_s, left))

        tried: _Try = tenacity.Retrying(
            retry=tenacity.retry_if_result(lambda tried: tried.fault is not None and tried.fault.again),
            stop=tenacity.stop_after_attempt(tries) | tenacity.stop_before_delay(self._limits.call_s),
            wait=_wait,
            sleep=self._sleep,
            retry_error_callback=_give_up,
        )(once)
        answer = _with_reason(tried)
        if answer.status == TOO_MANY:
            self._rate_limited_by = answer.problem
        return answer

    def _try(self, unanswered: Answer, request: _Request, accept: Accept, *, seconds: float) -> _Try:
        """One try within so many seconds."""
        tried = _Try(unanswered)
        try:
            self._beside_any_loop(self._loop.run, self._exchange(request, accept, tried, seconds))
        except FaultError as fault:
            tried.fault = fault
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            tried.fault = self._explain(error, len(tried.body))
        if tried.fault:
            answer = replace(tried.answer, body=bytes(tried.body[:PIECE]))
            tried.answer = answer.failed(tried.fault.cause, str(tried.fault), wait_s=tried.fault.wait_s)
        else:
            tried.answer = replace(tried.answer, body=bytes(tried.body))
        return tried

    async def _exchange(self, request: _Request, accept: Accept, tried: _Try, seconds: float) -> None:
        """Send a request and read its answer into ``tried``, after redirects within the same scheme, host and port."""
        await asyncio.sleep(0)  # connections that ended since the last call are noticed before one of them is taken
        try:
            async with asyncio.timeout(seconds) as deadline:
                for _ in range(self._limits.redirects + 1):
                    sent = self._session.request(
                        request.verb, request.address, headers=request.headers, data=request.body, allow_redirects=False
                    )
                    async with sent as response:
                        if response.status not in REDIRECTS or "Location" not in response.headers:
                            return await self._take(response, accept, tried)
                        target = urljoin(request.address, response.headers["Location"])
                    if _origin(target) != _origin(request.address):
                        raise FaultError(FailureCause.REDIRECT, f"redirects to another host ({target[:200]})")
                    request = request.redirected(response.status, target)
                raise FaultError(FailureCause.REDIRECT, f"redirects more than {self._limits.redirects} times")
        except TimeoutError:
            if not deadline.expired():
                raise
            whole, came = ("whole ", f" ({_size(len(tried.body))} came)") if tried.body else ("", "")
            raise FaultError(FailureCause.TIMEOUT, f"no {whole}answer within {seconds:g} s{came}") from None

    async def _take(self, response: aiohttp.ClientResponse, accept: Accept, tried: _Try) -> None:
        """The answer itself. Raises FaultError where it cannot be used."""
        content_type, most = response.headers.get("Content-Type", ""), self._limits.body_bytes
        tried.answer = replace(tried.answer, status=response.status, content_type=content_type)
        if response.status >= 300:
            with suppress(aiohttp.ClientError, OSError, zlib.error):  # the status is enough where its page breaks off
                await _read(response, tried.body, PIECE)
            raise self._refused(response, bytes(tried.body[:PIECE]))
        if (announced := response.content_length or 0) > most:
            raise FaultError(FailureCause.SIZE, f"more than {_size(most)} ({_size(announced)} announced)")
        if not await _read(response, tried.body, most):
            raise FaultError(FailureCause.SIZE, f"more than {_size(most)}")
        if not tried.body.strip():
            raise FaultError(FailureCause.EMPTY, "empty answer")
        if not _fits(content_type, bytes(tried.body[:PIECE]), accept):
            kind = _called(content_type, bytes(tried.body[:PIECE]))
            raise FaultError(FailureCause.TYPE, f"answers {kind} instead of {accept.upper()}")

    def _refused(self, response: aiohttp.ClientResponse, body: bytes) -> FaultError:
        """The fault of an error status; worth another try where the upstream is busy or broken."""
        status, now = response.status, self._now()
        reason = reasons.reason(body, response.headers.get("Content-Type", ""), status)
        wait_s = _retry_after(response.headers.get("Retry-After", ""), now)
        problem = f"HTTP {status}" if wait_s is None else f"HTTP {status}, asks to wait {wait_s:.0f} s"
        returns = None
        if wait_s is None and status == TOO_MANY and (quota := reasons.quota(reason, now)):
            wait_s, returns = quota
        known = wait_s is not None
        # a refusal that names no moment is not asked again within the run: the next run is the next try
        again = status >= 500 if not known else status == TOO_MANY or status >= 500
        return FaultError(
            FailureCause.BUSY if known or status in (TOO_MANY, UNAVAILABLE) else FailureCause.HTTP,
            problem + (f", {returns}" if returns else ""),
            again=again and not returns and (wait_s or 0) <= self._limits.wait_s,
            wait_s=wait_s,
            reason=reason,
        )

    def _explain(self, error: Exception, came: int) -> FaultError:
        """An exception of the library as a sentence; connection errors are worth another try."""
        match error:
            case aiohttp.ClientConnectorDNSError():
                return FaultError(FailureCause.DNS, f"name not found: {urlsplit(self.source.url).hostname}", again=True)
            case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as cause):
                return FaultError(FailureCause.TLS, f"certificate not trusted: {cause.verify_message or cause.reason}")
            case aiohttp.ClientSSLError() | ssl.SSLError():
                return FaultError(FailureCause.TLS, f"TLS failed: {error}")
            case aiohttp.ConnectionTimeoutError():
                return FaultError(
                    FailureCause.TIMEOUT, f"no connection within {self._limits.connect_s:g} s", again=True
                )
            case TimeoutError():
                return FaultError(FailureCause.TIMEOUT, f"no answer within {self._limits.read_s:g} s")
            case aiohttp.ClientConnectorError(errno=errno.ECONNREFUSED):
                return FaultError(FailureCause.REFUSED, "connection refused", again=True)
            case aiohttp.ClientConnectorError():
                return FaultError(FailureCause.RESET, f"no connection: {error.strerror or error}", again=True)
            case aiohttp.ClientPayloadError() | OSError():
                half = f" after {_size(came)}" if came else " before an answer"
                return FaultError(FailureCause.RESET, f"connection broken{half}", again=True)
            case zlib.error():
                return FaultError(FailureCause.GARBLED, "compressed bytes that cannot be decompressed")
        return FaultError(FailureCause.PROTOCOL, f"cannot be asked: {error}")


def user_agent() -> str:
    """The client's name: the product, and the operator where XINING_PUBLIC_URL or XINING_CONTACT name one.

    It begins as browsers' do, because the water platform answers nobody else.
    """
    operators = [os.environ.get(name, "").strip() for name in ("XINING_PUBLIC_URL", "XINING_CONTACT")]
    named = "".join(f"; {quote(who, safe=':/@+.,?&=# ')}" for who in operators if who)
    return f"Mozilla/5.0 (compatible; XiningEnvironmentDashboard{named})"


def _trusted(bundle: str | None) -> ssl.SSLContext:
    """The usual authorities, and the bundle's. Raises ValueError where the bundle cannot be used."""
    try:
        return _authorities(bundle, Path(bundle).stat().st_mtime_ns if bundle else 0)
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"XINING_CA_BUNDLE={bundle} holds no certificates ({error})") from None


@lru_cache(maxsize=1)
def _authorities(bundle: str | None, changed_ns: int) -> ssl.SSLContext:
    """Read once until the bundle changes: reading takes longer than most answers."""
    context = ssl.create_default_context(cafile=certifi.where())
    if bundle:
        context.load_verify_locations(bundle)
    return context


async def _sent_once(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Break off where the connection does: aiohttp would send a GET again by itself, and not count it as a try."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        raise FaultError(FailureCause.RESET, "connection broken before an answer", again=True) from None


async def _read(response: aiohttp.ClientResponse, into: bytearray, most: int) -> bool:
    """Read a body as it comes, decompressed piece by piece; whether it ended before there was more of it than ``most``.

    Raises zlib.error where it cannot be decompressed.
    """
    packed = response.headers.get("Content-Encoding", "").strip().lower() in PACKED
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed else None
    async for piece in response.content.iter_any():
        rest = piece
        while rest:
            into += unpacker.decompress(rest, PIECE) if unpacker else rest
            rest = unpacker.unconsumed_tail if unpacker else b""
            if len(into) > most:
                return False
    if unpacker and not unpacker.eof:
        raise zlib.error("ends too early")
    return True


LONGEST_WAIT_S = float(clock.DAY_S)  # whatever an upstream asks for: a slip of its clock must not silence it for years


def _retry_after(header: str, now: datetime) -> float | None:
    """Seconds an upstream asks to wait, be they given as such or as a date; None where it does not ask."""
    if header.strip().isdecimal():
        return min(float(header), LONGEST_WAIT_S)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    wait_s = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
    return min(max(wait_s, 0.0), LONGEST_WAIT_S)


def _wait(state: tenacity.RetryCallState) -> float:
    """As long as the upstream wants, else a little longer each time."""
    fault = _tried(state).fault
    wait_s = fault.wait_s if fault else None
    return wait_s if wait_s is not None else _between_tries(state)


def _give_up(state: tenacity.RetryCallState) -> _Try:
    tried = _tried(state)
    if state.attempt_number > 1:
        tried.answer = replace(tried.answer, problem=f"{tried.answer.problem} ({state.attempt_number} tries)")
    return tried


def _with_reason(tried: _Try) -> Answer:
    """The answer; where it failed, with what the upstream itself gives as the reason."""
    if not tried.fault or not tried.fault.reason:
        return tried.answer
    return replace(tried.answer, problem=one_line(f"{tried.answer.problem}: {tried.fault.reason}"))


def _tried(state: tenacity.RetryCallState) -> _Try:
    assert state.outcome  # called only after a try
    tried: _Try = state.outcome.result()
    return tried


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _called(content_type: str, head: bytes) -> str:
    """What an answer is: its content type, and that it is a page where the type does not say so."""
    kind = _kind(content_type)
    if is_html(head) and "html" not in kind:
        return f"HTML (as {kind})" if kind else "HTML"
    return kind or "no content type"


def _fits(content_type: str, head: bytes, accept: Accept) -> bool:
    """Whether an answer is of the kind requested. JSON and CSV come under loose names: then its first byte decides."""
    kind = _kind(content_type)
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    match accept:
        case "json":
            return ("json" in kind and not is_html(head)) or (
                (kind.startswith("text/") or not kind) and first in (b"{", b"[")
            )
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
