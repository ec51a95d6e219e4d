"""Imported by the server that forks writers: it has written once into the store that is theirs, and taken it back.

So a child, whose engine is then the server's, writes its first batch as fast as its next.
"""

from store import database
from tests.store import writer

with database.engine().connect() as c:
    for number in range(2):
        writer.put(c, number)
    c.rollback()
database.engine().dispose()
