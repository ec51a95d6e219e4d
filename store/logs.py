"""The log on stderr: lines for people, or with XINING_LOG=json one JSON object a line for programs."""

import json
import logging
import os
from datetime import datetime

from store.clock import ZONE

PLAIN = logging.Formatter("%(asctime)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
LIBRARIES = ("streamlit", "uvicorn")  # they write by handlers of their own


class AsJson(logging.Formatter):
    """A record as one line: ``time`` (ISO 8601, Xining), ``level``, ``logger``, ``message``; ``traceback`` of a fault."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; whatever a message holds, it stays one line."""
        moment = datetime.fromtimestamp(record.created, ZONE)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def as_json() -> bool:
    """Whether the operator wants the log for programs."""
    return os.environ.get("XINING_LOG") == "json"


def configure() -> None:
    """Let log lines be seen on stderr; those of the server's libraries in the same form, where it is JSON."""
    formatter = AsJson() if as_json() else PLAIN
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler])
    if not as_json():
        return
    logging.captureWarnings(True)
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in LIBRARIES]
    for one in (logging.root, *map(logging.getLogger, names)):
        for written_by in one.handlers:
            written_by.setFormatter(formatter)
