"""The cable between a browser and a dashboard: it counts what comes down it, and it can be cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlparse

CHUNK = 65536


class Wire:
    """A relay on loopback to a server's address; ``down`` is how many bytes came from the server so far.

    All bytes of the connections: headers, compressed bodies, frames of the WebSocket.
    """

    def __init__(self, address: str) -> None:
        there = urlparse(address)
        self.server = (there.hostname or "", there.port or 0)
        self.down = 0
        self.whole = True
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """End every connection and take no new one."""
        self.whole = False
        for one in list(self.open):
            _end(one)

    def mend(self) -> None:
        """Let connections through again."""
        self.whole = True

    def _take(self) -> None:
        with suppress(OSError):  # the listener is closed: nobody listens any more
            while True:
                near, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        if not self.whole:
            near.close()
            return
        try:
            far = socket.create_connection(self.server)
        except OSError:  # the server is gone, as it is for whoever asks
            near.close()
            return
        self.open |= {near, far}
        up = threading.Thread(target=self._pass, args=(near, far, False), daemon=True)
        up.start()
        self._pass(far, near, True)
        up.join()
        self.open -= {near, far}
        near.close()
        far.close()

    def _pass(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(CHUNK):
                self.down += len(piece) if counted else 0
                sink.sendall(piece)
        _end(sink)
        _end(source)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(address: str) -> Iterator[Wire]:
    """A cable to an address; it is gone with the block."""
    laid = Wire(address)
    try:
        yield laid
    finally:
        laid.cut()
        laid.listener.close()
