"""The states an answer of an upstream can be in, and the causes of failures: codes the store holds, never sentences."""

from enum import StrEnum


class AnswerState(StrEnum):
    """What became of an answer."""

    OK = "ok"  # read by its loader; rows that could not be read are in its ``problem``
    NOTHING_PUBLISHED = "nothing_published"  # the upstream has nothing for the request: no failure
    UPSTREAM_ERROR = "upstream_error"  # no usable answer came: the network, the server, a refusal
    BAD_PROTOCOL = "bad_protocol"  # an answer came whole and is not in the agreed form
    LOADER_FAULT = "loader_fault"  # an error of our own while it was read or stored

    @property
    def came_whole(self) -> bool:
        """Whether its loader was given the answer's bytes, so that parsing them again may bring more."""
        return self in (AnswerState.OK, AnswerState.BAD_PROTOCOL, AnswerState.LOADER_FAULT)


class FailureCause(StrEnum):
    """Why a source's fetch failed, as pages can express it in the visitor's language."""

    REFUSED = "refused"
    TIMEOUT = "timeout"
    DNS = "dns"
    TLS = "tls"
    RESET = "reset"
    REDIRECT = "redirect"
    BUSY = "busy"  # HTTP 429 or 503, or an upstream that asks to wait
    HTTP = "http"  # any other error status
    TYPE = "type"  # another content type than requested
    SIZE = "size"
    EMPTY = "empty"
    GARBLED = "garbled"  # bytes that cannot be decompressed, decoded or read as JSON
    PROTOCOL = "protocol"  # readable, but not in the agreed form
    LOADER = "loader"  # an error of our own, not of the upstream
