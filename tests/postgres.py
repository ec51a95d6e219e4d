"""A PostgreSQL for the tests: a cluster of their own in a temporary folder, on a loopback port, gone when they end."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from msgspec import Struct, field

NOT_FOUND = "no PostgreSQL found: apt-get install postgresql, or put its initdb and postgres on the PATH"
UNPRIVILEGED = ("postgres", "nobody")  # PostgreSQL refuses to run as root
STARTS_WITHIN_S = 120


class Cluster(Struct):
    """A server; it trusts everyone on this machine. ``command`` starts it, with ``options`` of Popen."""

    port: int
    command: Sequence[str | Path]
    options: Mapping[str, Any]
    numbers: Iterator[int] = field(default_factory=count)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError where it does not."""
        import psycopg  # here and below: only who needs a PostgreSQL pays for its client

        self.process = subprocess.Popen(self.command, **self.options)
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                psycopg.connect(self.admin, connect_timeout=1).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start (exit code {self.process.poll()})")

    @property
    def stopped(self) -> bool:
        """Whether it does not run."""
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        """Stop it at once: it waits for no connection; what was committed stays."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:  # somebody's connection is still open
            self.process.kill()
            self.process.wait()

    def database(self, template: str = "template0") -> str:
        """The address of a new database, a copy of ``template``."""
        import psycopg

        name = f"test{next(self.numbers)}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return f"postgresql+psycopg://xining@127.0.0.1:{self.port}/{name}"

    @property
    def admin(self) -> str:
        """Where databases are made."""
        return f"postgresql://xining@127.0.0.1:{self.port}/postgres"


def binaries() -> Path | None:
    """Where initdb and postgres are: on the PATH or where Debian keeps the newest; None where there are none."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True
    )
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that forgets everything when the block ends and does not wait for the disk."""
    found = binaries()
    assert found, NOT_FOUND
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="xining-postgres-"))
    shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    account = pwd.getpwnam(user)
    runs_as: dict[str, Any] = (
        {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    )
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **runs_as}
    made: list[str | Path] = [found / "initdb", "-D", folder / "data", "-U", "xining"]
    made += ["-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(made, check=True, **quiet)
    options: list[str | Path] = ["-h", "127.0.0.1", "-p", str(port), "-k", folder, "-F", "-c", "max_connections=60"]
    server = Cluster(port, [str(found / "postgres"), "-D", str(folder / "data"), *options], quiet)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str:
    """Who runs the server: whoever runs the tests, or somebody with fewer rights in root's place."""
    if os.geteuid():
        return getpass.getuser()
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)
