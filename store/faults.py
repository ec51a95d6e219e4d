"""Why a store cannot be used, from what the database or the system reported, and what to do about it."""

import errno
import sqlite3
from enum import StrEnum

RESTORE = "python -m store restore FILE --force"


class Fault(StrEnum):
    """The kinds of fault that have a remedy of their own."""

    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    LOCKED = "locked"
    UNREACHABLE = "unreachable"
    NO_FILE = "no_file"
    NO_TABLE = "no_table"


REMEDIES = {
    Fault.FULL: "its disk is full: make room and try again; what was stored before is still there",
    Fault.READ_ONLY: "it may not be written: give the account that runs this the right to write to the file and its folder",
    Fault.DAMAGED: f"it is damaged: look with python -m store check, bring the newest backup back with {RESTORE}",
    Fault.LOCKED: "another program holds it locked: end that one (python -m loaders status names who collects) and try again",
    Fault.UNREACHABLE: "the database server does not answer or refuses: start it, or correct XINING_DATABASE_URL",
    Fault.NO_FILE: "its file cannot be opened: correct XINING_DATABASE_URL or the rights of its folder",
    Fault.NO_TABLE: f"fill it: python -m loaders fill; bring a backup back: {RESTORE}",
}
OF_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_PERM: Fault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
    sqlite3.SQLITE_BUSY: Fault.LOCKED,
    sqlite3.SQLITE_LOCKED: Fault.LOCKED,
    sqlite3.SQLITE_CANTOPEN: Fault.NO_FILE,
}
PRIMARY = 0xFF  # SQLite's extended codes carry the kind in their lowest byte
OF_THE_SYSTEM = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EACCES: Fault.READ_ONLY,
    errno.EPERM: Fault.READ_ONLY,
    errno.EROFS: Fault.READ_ONLY,
}
OF_POSTGRESQL = {  # the beginning of SQLSTATE
    "53100": Fault.FULL,
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,
    "55P03": Fault.LOCKED,
    "42P01": Fault.NO_TABLE,
    "42703": Fault.NO_TABLE,  # a column: the tables are another version's
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    "08": Fault.UNREACHABLE,
    "57P": Fault.UNREACHABLE,
}


def origin(error: BaseException) -> BaseException:
    """The driver's own error, of which SQLAlchemy makes one of its own, and pandas one of that."""
    outer = error if hasattr(error, "orig") else error.__cause__
    return getattr(outer, "orig", None) or error


def fault(error: BaseException) -> Fault | None:
    """The kind of a database's or the system's error; None where it is of no known kind."""
    cause = origin(error)
    if isinstance(cause, OSError):
        return OF_THE_SYSTEM.get(cause.errno or 0)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        missing = str(cause).startswith(("no such table", "no such column"))
        return Fault.NO_TABLE if missing else OF_SQLITE.get(code & PRIMARY)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return Fault.UNREACHABLE if _of_no_server(cause) else None
    return next((kind for begin, kind in OF_POSTGRESQL.items() if state.startswith(begin)), None)


def _of_no_server(cause: BaseException) -> bool:
    """Whether psycopg reports what no server said: no answer, a connection that ended, a host whose name leads nowhere."""
    operational = any(one.__name__ == "OperationalError" for one in type(cause).__mro__)
    return hasattr(cause, "pgconn") and (operational or "connection" in str(cause))


def remedy(error: BaseException) -> str:
    """What to do about an error, as the end of a sentence; empty where nothing particular is known."""
    kind = fault(error)
    return REMEDIES[kind] if kind else ""


def sentence(subject: str, error: BaseException) -> str:
    """What is the matter with a file or a store, and what to do, in one line."""
    known, why = remedy(error), reason(error)
    return f"{subject}: {known} ({why})" if known else f"{subject}: {why}"


def reason(error: BaseException) -> str:
    """The message of the database or the system itself in one line, without the statement."""
    cause = origin(error)
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)  # PostgreSQL's goes on with the statement
    return " ".join(str(getattr(cause, "strerror", None) or primary or cause).split())
