"""Imported by the server that forks writers: it has written once, so that a child writes its first batch as fast as its next."""

import os
import tempfile

from store import database, migrate
from tests.store import writer

with tempfile.TemporaryDirectory() as folder:
    os.environ["XINING_DATABASE_URL"] = f"sqlite:///{folder}/warm.db"
    migrate.upgrade()
    for number in range(2):
        writer.write(number)
    database.engine().dispose()
