"""``python -m deploy.site``: the nginx site in front of the dashboards, for one machine, containers and the demo cluster."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct
from msgspec.structs import asdict

from views.visit import CHOICES, DEFAULTS, READING

FOLDER = Path(__file__).parent / "nginx"
FIRST_PORT = 8501  # dashboard@8501.service and on
PAGES = "/opt/xining/deploy/nginx"


class Site(Struct, frozen=True):
    """What differs from place to place.

    ``name``: the host the public opens; ``dashboards``: host:port of each; ``listen``: address or port; ``plain``: the port
    that leads to https; ``certificate`` and ``key``: PEM files, empty for http alone; ``cache``, ``logs``: folders nginx
    may write; ``pages``: the folder with away.html. The limits are for one address.
    """

    name: str
    dashboards: tuple[str, ...]
    listen: str = "443"
    plain: str = "80"
    certificate: str = ""
    key: str = ""
    cache: str = "/var/cache/xining"
    logs: str = "/var/log/nginx"
    pages: str = PAGES
    requests_per_second: int = 200
    burst: int = 1000
    connections: int = 1000


def render(site: Site) -> str:
    """The site's configuration for nginx's http context."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    return environment.get_template("site.conf.j2").render(
        asdict(site), choices=CHOICES, reading=READING, defaults=DEFAULTS
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the configuration of the options."""
    parser = argparse.ArgumentParser(prog="python -m deploy.site", description=__doc__)
    parser.add_argument("--name", required=True, help="the host the public opens, such as sky.example.gov.cn")
    parser.add_argument("--dashboards", type=int, default=2, help=f"how many, on the ports from {FIRST_PORT} on")
    parser.add_argument("--at", nargs="+", metavar="HOST:PORT", help="where they are instead")
    parser.add_argument("--listen", help="443, or 80 without a certificate")
    parser.add_argument("--certificate", default="", help="PEM; without it http alone, behind what ends TLS")
    parser.add_argument("--key", default="")
    parser.add_argument("--pages", default=PAGES, help="the folder with away.html")
    chosen = parser.parse_args(arguments)
    if bool(chosen.certificate) != bool(chosen.key):
        parser.error("--certificate and --key go together")
    ports = range(FIRST_PORT, FIRST_PORT + chosen.dashboards)
    site = Site(
        name=chosen.name,
        dashboards=tuple(chosen.at or [f"127.0.0.1:{port}" for port in ports]),
        listen=chosen.listen or ("443" if chosen.certificate else "80"),
        certificate=chosen.certificate,
        key=chosen.key,
        pages=chosen.pages,
    )
    sys.stdout.write(render(site))


if __name__ == "__main__":
    main()
