"""The site as a city runs it, on loopback ports: nginx, dashboards, one collector, PostgreSQL; ``python -m tests.cluster``.

The nginx site is the one ``deploy/site.py`` writes for a server. Everything is in a temporary folder and gone at the end.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct, field

from deploy.site import FOLDER, Site, render
from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
NO_NGINX = "no nginx found: apt-get install nginx"
DASHBOARDS = 3
STARTS_WITHIN_S = 180
ENDS_WITHIN_S = 30
UNLIMITED = 1_000_000  # all visitors of a test come from one address


def nginx() -> str | None:
    """Where nginx is; None where the machine has none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing() -> str:
    """What this machine lacks for a cluster; empty where it lacks nothing."""
    return NO_NGINX if nginx() is None else postgres.NOT_FOUND if postgres.binaries() is None else ""


class Running(Struct):
    """A cluster: its address, what to start a dashboard again with, and its processes by name."""

    address: str
    database: postgres.Cluster
    ports: tuple[int, ...]
    environment: Mapping[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        """Start one of its programs; what it writes goes into its log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def start_dashboard(self, number: int) -> None:
        """Start the dashboard of a number, from 0 on."""
        port = str(self.ports[number])
        serve = ("-m", "streamlit", "run", "dashboard.py", "--server.port", port, "--logger.level", "warning")
        self.start(f"dashboard{number}", sys.executable, *serve)

    def wait(self, address: str) -> None:
        """Wait until an address answers. Raises RuntimeError where a program ended or it takes too long."""
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} ended: {(self.folder / f'{name}.log').read_text()[-2000:]}")
            try:
                urllib.request.urlopen(address, timeout=STARTS_WITHIN_S).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{address} does not answer")

    def get(self, number: int, path: str) -> str:
        """What one dashboard answers when it is asked directly."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[number]}{path}", timeout=STARTS_WITHIN_S) as answer:
            return str(answer.read().decode())

    def metric(self, number: int, name: str) -> float:
        """A figure of one dashboard's operation, without labels."""
        lines = self.get(number, "/metrics").splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))

    def kill(self, name: str) -> None:
        """Kill one of its programs without asking."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def restore(self) -> None:
        """Start every dashboard again that was killed, and wait until it answers."""
        for number, port in enumerate(self.ports):
            if f"dashboard{number}" not in self.processes:
                self.start_dashboard(number)
                self.wait(f"http://127.0.0.1:{port}/_stcore/health")

    def end(self) -> None:
        """End every program: asked first, all at once, then without asking."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + ENDS_WITHIN_S
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def running(
    dashboards: int = DASHBOARDS, environment: Mapping[str, str] | None = None, *, port: int = 0
) -> Iterator[Running]:
    """A cluster that answers; it ends with the block."""
    assert not missing(), missing()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="xining-cluster-")))
        database = stack.enter_context(postgres.cluster())
        front, *ports = free_ports(dashboards + 1)
        secret = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32), "XINING_DATABASE_URL": database.database()}
        cluster = Running(
            f"http://127.0.0.1:{port or front}",
            database,
            tuple(ports),
            {**os.environ, "XINING_COLLECT": "off", **secret, **(environment or {})},
            folder,
        )
        stack.callback(cluster.end)
        fill = [sys.executable, "-m", "loaders", "fill", "--quiet"]
        subprocess.run(fill, cwd=ROOT, env=cluster.environment, check=True)
        for number in range(dashboards):
            cluster.start_dashboard(number)
        cluster.start("collector", sys.executable, "-m", "loaders", "collect")
        cluster.start("nginx", str(nginx()), "-e", str(folder / "error.log"), "-c", str(configuration(cluster)))
        for one in ports:
            cluster.wait(f"http://127.0.0.1:{one}/_stcore/health")
        cluster.wait(f"{cluster.address}/lite")
        yield cluster


def configuration(cluster: Running) -> Path:
    """The file nginx is started with: the shipped nginx.conf around the shipped site on the cluster's ports."""
    folder = cluster.folder
    site = Site(
        name="127.0.0.1",
        dashboards=tuple(f"127.0.0.1:{port}" for port in cluster.ports),
        listen=cluster.address.removeprefix("http://"),
        cache=str(folder / "cache"),
        logs=str(folder),
        pages=str(folder),
        requests_per_second=UNLIMITED,
        burst=UNLIMITED,
        connections=60_000,
    )
    shutil.copy(FOLDER / "away.html", folder)
    if os.geteuid() == 0:  # workers of root's nginx run as somebody else, who must reach the folder
        folder.chmod(0o755)
    written = folder / "nginx.conf"
    written.write_text(whole(render(site), folder), encoding="utf-8")
    return written


def whole(site: str, folder: Path) -> str:
    """The shipped nginx.conf around a site, its modules and limits as they are, writing into a folder alone."""
    (folder / "site.conf").write_text(site, encoding="utf-8")
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    for shipped, here in {
        "user www-data;": "daemon off;" + (" user nobody nogroup;" if os.geteuid() == 0 else ""),
        "pid /run/nginx.pid;": f"pid {folder}/nginx.pid;",
        "include /etc/nginx/conf.d/*.conf;": f"{temporary}\ninclude {folder}/site.conf;",
    }.items():
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    return text


def free_ports(count: int) -> list[int]:
    """Loopback ports nobody uses, no two the same."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def main() -> int:
    """Stand up a cluster until Ctrl+C; 1 where the machine lacks something."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description=__doc__)
    parser.add_argument("--dashboards", type=int, default=DASHBOARDS)
    parser.add_argument("--port", type=int, default=8500)
    chosen = parser.parse_args()
    if lacks := missing():
        print(lacks, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    began = time.monotonic()
    try:
        with running(chosen.dashboards, port=chosen.port) as cluster:
            took = time.monotonic() - began
            print(f"{cluster.address} · {chosen.dashboards} dashboards, collector, PostgreSQL, nginx · {took:.0f} s")
            print(f"logs: {cluster.folder}   (Ctrl+C 停止 / stops)", flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
